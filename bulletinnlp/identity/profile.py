"""What is known of a name, and the id that it gets from that."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bulletinnlp.identity.persons import Unit


class EntityKey(NamedTuple):
    """What an id is made of: label, where it belongs (code, home or article), name in a regular form, unit."""

    label: str
    where: str
    core: str
    unit: Unit | None = None

    def id(self) -> str:
        """The id: 16 hexadecimal digits."""
        parts = (self.label, self.where, self.core, *(self.unit or ()))
        return hashlib.blake2b("\t".join(parts).encode(), digest_size=8).hexdigest()

    @property
    def is_division(self) -> bool:
        """Whether this is a division of China; `where` is its code."""
        return self.label == "PLACE" and not self.core


@dataclass(slots=True)
class EntityProfile:
    """What is known of one id. `names` and `adcodes` count mentions."""

    key: EntityKey
    names: dict[str, int] = field(default_factory=dict)
    articles: int = 0
    adcodes: dict[str, int] = field(default_factory=dict)
    units: set[Unit] = field(default_factory=set)
    national: bool = False
    #: A body whose name nowhere says where it belongs; the home stands in.
    unanchored: bool = True
    #: Whether it is an actor of some event; None where events were not looked for.
    acts: bool | None = None

    def take(self, other: EntityProfile) -> None:
        """Add what is known of another id that means the same."""
        _add(self.names, other.names)
        self.articles += other.articles
        _add(self.adcodes, other.adcodes)
        self.units |= other.units
        self.national |= other.national
        self.unanchored &= other.unanchored
        self.acts = self.acts or other.acts if other.acts is not None else self.acts


def _add(counts: dict[str, int], others: Mapping[str, int]) -> None:
    for what, count in others.items():
        counts[what] = counts.get(what, 0) + count
