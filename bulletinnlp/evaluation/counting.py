"""Precision, recall, F1, and the list of what went wrong."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple


class Error(NamedTuple):
    """Something that the tables lack, or hold too much."""

    kind: Literal["missing", "extra"]
    #: The page and the head of the article's headline.
    where: str
    what: Any


@dataclass
class Count:
    """Hits of one measure over all pages; F1 is micro-averaged.

    >>> count = Count()
    >>> count.add(["区委", "区委", "区政府"], ["区委", "团区委"], where="p1")
    >>> count.precision, round(count.recall, 2), [error.what for error in count.missing]
    (0.5, 0.33, ['区委', '区政府'])
    """

    hits: int = 0
    gold: int = 0
    found: int = 0
    errors: list[Error] = field(default_factory=list, repr=False)

    def add(self, gold: Sequence[Hashable], found: Sequence[Hashable], where: str) -> None:
        """Count what is in both, with multiplicity."""
        left = list(found)
        for item in gold:
            if item in left:
                left.remove(item)
                self.hits += 1
            else:
                self.miss(where, item)
        for item in left:
            self.extra(where, item)
        self.gold += len(gold)
        self.found += len(found)

    def miss(self, where: str, what: Any) -> None:
        """Note what the tables lack."""
        self.errors.append(Error("missing", where, what))

    def extra(self, where: str, what: Any) -> None:
        """Note what the tables hold too much."""
        self.errors.append(Error("extra", where, what))

    @property
    def missing(self) -> list[Error]:
        return [error for error in self.errors if error.kind == "missing"]

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0
