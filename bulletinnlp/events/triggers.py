"""Triggers: which characters of an article say that something occurs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bulletinnlp.events.article_context import ArticleContext
from bulletinnlp.events.event_network import Encoded

#: A character belongs to a stretch if its chance is this share of the threshold.
DOUBTFUL = 0.5


class Trigger(NamedTuple):
    """A trigger, `text[start:end]`, and how likely it is right."""

    start: int
    end: int
    score: float


def find_triggers(article: ArticleContext, encoded: Encoded, threshold: float) -> list[Trigger]:
    """The triggers of the article's body (of its headline where it has no body), in the order of the text.

    A stretch of characters that may be part of a trigger is one, and a new one begins where beginning is
    likelier than going on; it counts if its characters are part of a trigger with a mean chance of `threshold`.
    """
    chance = encoded.trigger_chances
    found: list[Trigger] = []
    for passage in article.passages:
        if passage.in_headline != article.has_body:
            found += _runs(chance[passage.start : passage.end], passage.start, threshold)
    return found


def _runs(chance: NDArray[np.float32], base: int, threshold: float) -> list[Trigger]:
    spans: list[list[int]] = []
    for at in np.flatnonzero(chance[:, 0] <= 1 - threshold * DOUBTFUL).tolist():
        if spans and spans[-1][1] == at and chance[at, 2] > chance[at, 1]:
            spans[-1][1] = at + 1
        else:
            spans.append([at, at + 1])
    scores = [1 - float(chance[start:end, 0].mean()) for start, end in spans]
    return [
        Trigger(base + start, base + end, score)
        for (start, end), score in zip(spans, scores, strict=True)
        if score >= threshold
    ]
