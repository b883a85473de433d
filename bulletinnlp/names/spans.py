"""Spans of a text that are names, or may be: which to take of those that overlap, where one stands again."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Literal, NamedTuple

from bulletinnlp.annotations import Label

#: Start, end and label.
LabelledSpan = tuple[int, int, Label]
#: A span less likely than this to the tagger is no candidate of its own.
POSSIBLE = 0.02
#: What found a name: the tagger, a user's gazetteer, `name_patterns.py`, the same name elsewhere in the article.
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


def occurrences(text: str, strings: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where these strings, of two characters or more, stand in a text, in order.

    >>> list(occurrences("孙乐文说，孙乐文来", {"孙乐文", "乐文"}))
    [(0, 3), (1, 3), (5, 8), (6, 8)]
    """
    lengths: dict[str, set[int]] = defaultdict(set)
    for string in strings:
        lengths[string[:2]].add(len(string))
    sizes = {head: sorted(some, reverse=True) for head, some in lengths.items()}
    for at, head in enumerate(map(str.__add__, text, text[1:])):
        for size in sizes.get(head, ()):
            if text[at : at + size] in strings:
                yield at, at + size


class Covered:
    """Spans of a text that do not overlap, in order.

    >>> Covered([(2, 5), (9, 12)]).meet(4, 9), Covered([(2, 5), (9, 12)]).meet(5, 9)
    (True, False)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = list(spans)

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with `start`–`end`."""
        before = bisect_left(self.spans, (end, 0)) - 1
        return before >= 0 and self.spans[before][1] > start
