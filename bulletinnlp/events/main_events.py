"""Which one or two of an article's events it is about.

A conditional logit chooses among the events of the article (`data/events/main.json`; `training/events/linear_models.py`
fits it): by what an event shares with the headline, in words and in what they mean, by where it stands, and by what
kind of event it is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import exp
from typing import NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

from bulletinnlp.data import resource
from bulletinnlp.events.arguments import EventFrame
from bulletinnlp.events.article_context import ArticleContext, Sentence, Span
from bulletinnlp.text.linear_model import linear_score
from bulletinnlp.text.sentences import CLAUSE_MARKS, SENTENCE_ENDS

_HAN = regex.compile(r"\p{Han}")
_HAN_PAIR = regex.compile(r"\p{Han}{2}")
_NUMBER = regex.compile(r"[\d一二三四五六七八九十百千万]")
_BOUNDARY = regex.compile(f"[{CLAUSE_MARKS}{SENTENCE_ENDS}]")
_SHARES = (0.0, 0.1, 0.2, 0.35, 0.5)
_SCORES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_COSINES = (0.3, 0.45, 0.6, 0.8, 0.95)
#: A character of the headline may be part of a trigger from this chance on.
_MAYBE = 0.15


class Meaning(NamedTuple):
    """What the characters of an article mean (rows of numbers), and their chance to be part of a trigger."""

    senses: NDArray[np.float32]
    triggers: NDArray[np.float32]


class MainModel(NamedTuple):
    """The weights, and the chances from which on the likeliest event is a main one and the next one is, too."""

    weights: dict[str, float]
    bars: tuple[float, float]


@cache
def load_main() -> MainModel:
    """The shipped model."""
    stored = json.loads(resource("events", "main.json").read_text(encoding="utf-8"))
    return MainModel(stored["weights"], tuple(stored["bars"]))


def main_events(model: MainModel, features: Sequence[Sequence[str]]) -> set[int]:
    """The numbers of the main events: the likeliest above the first bar, the next above the second."""
    found = chances(model.weights, features)
    order = sorted(range(len(found)), key=lambda number: -found[number])[:2]
    return {number for number, bar in zip(order, model.bars, strict=False) if found[number] > bar}


def chances(weights: Mapping[str, float], features: Sequence[Sequence[str]]) -> list[float]:
    """The chance of each event of an article to be the one that it is about."""
    scores = [linear_score(weights, some) for some in features]
    powers = [exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def main_features(
    article: ArticleContext, frames: Sequence[EventFrame], meaning: Meaning, scores: Sequence[float]
) -> list[list[str]]:
    """The features of each event, by name, by which the model says whether the article is about it.

    `scores` are those of the triggers.
    """
    head = _Headline(article, meaning)
    measured = [dict(_likeness(article, frame, head, meaning)) for frame in frames]
    tops = {name: max(one.get(name, 0.0) for one in measured) for name in {key for one in measured for key in one}}
    actors = Counter(name for frame in frames for name in frame.who)
    types = Counter(frame.type for frame in frames)
    lead = next((sentence for sentence in article.sentences if not sentence.in_headline), None)
    first_time = next((m.name for m in article.mentions if m.label == "TIME" and lead and m.start >= lead.start), "")
    found = []
    for number, (frame, likeness) in enumerate(zip(frames, measured, strict=True)):
        features = [*_place(article, frame, number, len(frames), lead), *_content(article, frame)]
        features += [f"score>{step}" for step in _SCORES if scores[number] > step]
        for name, value in likeness.items():
            steps = _COSINES if name.startswith("sense") else _SHARES
            features += [f"{name}>{step}" for step in steps if value > step]
            if value and value >= tops[name] - 1e-6:
                features.append(f"{name} most")
        share = types[frame.type] / len(frames)
        features += [f"type share>{step}" for step in (0.2, 0.4, 0.7) if share > step]
        often = max((actors[name] for name in frame.who), default=0) / len(frames)
        features += [f"actor share>{step}" for step in (0.1, 0.3, 0.6) if often > step]
        if frame.when and frame.when == first_time:
            features.append("first time")
        found.append(features)
    return found


class _Headline:
    """Eyebrow and headline: their pairs of characters, names, and what their characters mean."""

    def __init__(self, article: ArticleContext, meaning: Meaning) -> None:
        text = article.headline
        self.characters = frozenset(_HAN.findall(text))
        self.pairs = frozenset(_HAN_PAIR.findall(text, overlapped=True))
        places = [
            at for part in article.head_parts for at in range(part.start, part.end) if _HAN.match(article.text, at)
        ]
        self.senses = meaning.senses[places]
        chances = meaning.triggers[places]
        self.verbs = self.senses[chances > _MAYBE] * chances[chances > _MAYBE, None]


def _likeness(
    article: ArticleContext, frame: EventFrame, head: _Headline, meaning: Meaning
) -> Iterator[tuple[str, float]]:
    """How much of the headline an event's words repeat, and how near they come to it in meaning."""
    sentence = article.sentences[article.sentence_at(frame.start)]
    clause = _clause(article.text, frame, sentence)
    spans: dict[str, Span] = {"clause": clause, "trigger": (frame.start, frame.end)}
    if frame.what:
        spans["object"] = frame.what
    for name, (start, end) in [*spans.items(), ("sentence", (sentence.start, sentence.end))]:
        words = article.text[start:end]
        if name != "trigger":
            pairs = head.pairs.intersection(_HAN_PAIR.findall(words, overlapped=True))
            yield f"pairs of {name}", len(pairs) / max(1, len(head.pairs))
        characters = _HAN.findall(words)
        yield f"characters of {name}", sum(map(head.characters.__contains__, characters)) / max(1, len(characters))
    if len(head.senses):
        for name, (start, end) in spans.items():
            yield f"sense of {name}", float((meaning.senses[start:end] @ head.senses.T).max(initial=0.0))
    if len(head.verbs):
        yield "sense of verb", float((meaning.senses[frame.start : frame.end] @ head.verbs.T).max(initial=0.0))


def _clause(text: str, frame: EventFrame, sentence: Sentence) -> Span:
    before = [found.end() for found in _BOUNDARY.finditer(text, sentence.start, frame.start)]
    behind = _BOUNDARY.search(text, frame.end, sentence.end)
    return before[-1] if before else sentence.start, behind.start() if behind else sentence.end


def _place(article: ArticleContext, frame: EventFrame, number: int, count: int, lead: Sentence | None) -> Iterator[str]:
    """Where an event stands in its article."""
    yield f"number={min(number, 6)}"
    yield f"quarter={4 * number // count}"
    if number == count - 1:
        yield "last"
    if not article.headline:
        yield f"no headline, number={min(number, 2)}"
    if lead:
        sentence = article.sentences[article.sentence_at(frame.start)]
        yield f"paragraph={min(3, sentence.paragraph - lead.paragraph)}"
        if sentence.start == lead.start:
            yield "lead"


def _content(article: ArticleContext, frame: EventFrame) -> Iterator[str]:
    """What kind of event it is, and which of its cells are filled."""
    yield f"type={frame.type}"
    yield f"actor={'name' if frame.who else 'words' if frame.phrases else 'nobody'}"
    for role in ("who", "whom", "where"):
        names: frozenset[str] = getattr(frame, role)
        if names:
            yield role
            if names & article.headline_names:
                yield f"{role} in headline"
    if len(frame.who) > 1:
        yield "several actors"
    yield "dated" if frame.when else "not dated"
    if frame.what is None:
        yield "no object"
    else:
        words = article.text[slice(*frame.what)]
        yield f"object of {min(3, len(words) // 5)}"
        if _NUMBER.search(words):
            yield "number in object"
    yield f"trigger of {min(4, frame.end - frame.start)}"
    if frame.planned:
        yield "planned"
    if frame.negative:
        yield "negative"
