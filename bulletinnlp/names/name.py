"""What a name found in a text is, before it becomes a span of a `Doc`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from bulletinnlp.annotations import Label

Source = Literal["embedded", "gazetteer", "grammar", "consistency"]


class Name(NamedTuple):
    """A name found in a text: `text[start:end]`, how sure (0–1), and what found it."""

    start: int
    end: int
    label: Label
    score: float
    source: Source


def choose(names: Iterable[Name]) -> list[Name]:
    """The best names that do not overlap, in the order of the text: higher scores first, then longer ones.

    >>> choose([Name(0, 3, "PLACE", 0.6, "grammar"), Name(0, 8, "ORG", 0.8, "grammar")])
    [Name(start=0, end=8, label='ORG', score=0.8, source='grammar')]
    """
    taken: set[int] = set()
    best = []
    for name in sorted(names, key=lambda n: (-n.score, n.start - n.end, n.start)):
        if taken.isdisjoint(range(name.start, name.end)):
            taken.update(range(name.start, name.end))
            best.append(name)
    return sorted(best)
