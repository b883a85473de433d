"""Spans of a text that are names, or may be: which to take of those that overlap, where one stands again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Literal

from bulletinnlp.annotations import Label, Proposal

#: Start, end and label.
LabelledSpan = tuple[int, int, Label]
#: A span less likely than this to the tagger is no candidate of its own.
POSSIBLE = 0.02
#: What found a name: the tagger, `name_patterns.py`, the same name elsewhere in the article.
Source = Literal["embedded", "grammar", "consistency"]


def choose(names: Iterable[Proposal]) -> list[Proposal]:
    """The best names that do not overlap, in the order of the text: higher scores first, then longer ones.

    >>> choose([Proposal(0, 3, "PLACE", 0.6, "grammar"), Proposal(0, 8, "ORG", 0.8, "grammar")])
    [Proposal(start=0, end=8, label='ORG', score=0.8, source='grammar', known_as='')]
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
