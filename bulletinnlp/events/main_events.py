"""Which one or two of an article's events it is about, and what tells them beside their words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bulletinnlp.events.context import ArticleContext, Span

#: How many numbers `article_features` gives an event.
WIDTH = 10
#: How far behind a trigger its words are compared with the headline.
_REACH = 14


def article_features(article: ArticleContext, triggers: Sequence[Span]) -> NDArray[np.float32]:
    """For each event: where it stands in the article, and what it shares with the headline."""
    head = set(article.headline)
    first = next((sentence for sentence in article.sentences if not sentence.head), None)
    rows = []
    for number, (start, end) in enumerate(triggers):
        sentence = article.sentences[article.sentence_at(start)]
        near = article.text[end : min(sentence.end, end + _REACH)]
        names = {article.mentions[n].name for n in article.mentions_in(sentence.start, sentence.end)}
        paragraph = sentence.paragraph - (first.paragraph if first else 0)
        rows.append(
            (
                1.0 / (1 + number),
                number / max(1, len(triggers)),
                float(first is not None and sentence.start == first.start),
                1.0 / (1 + max(0, paragraph)),
                sum(char in head for char in article.text[start:end]) / (end - start),
                sum(char in head for char in near) / max(1, len(near)),
                float(bool(names & article.headline_names)),
                float(not head),
                1.0 / max(1, len(triggers)),
                float(article.text[start:end] in article.headline),
            )
        )
    return np.array(rows, np.float32).reshape(-1, WIDTH)


def main_events(scores: Sequence[float], first: float, second: float) -> set[int]:
    """The numbers of the main events: the likeliest if its score is above `first`, the next if above `second`."""
    order = sorted(range(len(scores)), key=lambda number: -scores[number])[:2]
    bars = (first, second)
    return {number for number, bar in zip(order, bars, strict=False) if scores[number] > bar}
