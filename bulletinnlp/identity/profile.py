"""The profile of an entity: the key that its id is made of, and the counts that linking compares.

>>> from bulletinnlp.annotations import Entity
>>> entity = Entity("", "ORG", "区教体局", (0, 12), ("区教体局", "教体局"), ("371502", None), "371502", "教体局")
>>> profile = profile_of(entity)
>>> profile.names, profile.articles, profile.adcodes
({'区教体局': 1, '教体局': 1}, 1, {'371502': 1})
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bulletinnlp.annotations import Entity
from bulletinnlp.identity.persons import Affiliation


class EntityKey(NamedTuple):
    """What an id is made of: label, where it belongs (code, home or article), name in a regular form, affiliation."""

    label: str
    scope: str
    core: str
    affiliation: Affiliation | None = None

    def id(self) -> str:
        """The id: 16 hexadecimal digits."""
        parts = (self.label, self.scope, self.core, *(self.affiliation or ()))
        return hashlib.blake2b("\t".join(parts).encode(), digest_size=8).hexdigest()

    @property
    def is_division(self) -> bool:
        """Whether this is a division of China; `scope` is its code."""
        return self.label == "PLACE" and not self.core


@dataclass(slots=True)
class EntityProfile:
    """What articles say of one id. `names` and `adcodes` count mentions."""

    key: EntityKey
    names: dict[str, int] = field(default_factory=dict)
    articles: int = 0
    adcodes: dict[str, int] = field(default_factory=dict)
    affiliations: set[Affiliation] = field(default_factory=set)
    national: bool = False
    #: An organisation whose name nowhere says where it belongs; the home stands in.
    unanchored: bool = True
    #: Whether it is an actor of some event; None where no stage finds events.
    acts: bool | None = None

    def add(self, other: EntityProfile) -> None:
        """Add the profile of another id that means the same."""
        _add(self.names, other.names)
        self.articles += other.articles
        _add(self.adcodes, other.adcodes)
        self.affiliations |= other.affiliations
        self.national |= other.national
        self.unanchored &= other.unanchored
        self.acts = self.acts or other.acts if other.acts is not None else self.acts


def _add(counts: dict[str, int], others: Mapping[str, int]) -> None:
    for what, count in others.items():
        counts[what] = counts.get(what, 0) + count


def profile_of(entity: Entity, acts: bool | None = None) -> EntityProfile:
    """The profile of an entity of an article; `acts` says whether it is an actor of some event there."""
    key = EntityKey(
        entity.label, entity.scope, entity.core, Affiliation(*entity.affiliation) if entity.affiliation else None
    )
    profile = EntityProfile(key, articles=int(bool(entity.mentions)), national=entity.national, acts=acts)
    profile.names = dict(Counter(entity.names))
    profile.adcodes = dict(Counter(filter(None, entity.adcodes)))
    profile.affiliations = {Affiliation(*one) for one in entity.affiliations}
    if not entity.mentions:
        profile.adcodes = {entity.scope.ljust(6, "0"): 0}
    return profile


def merged_profiles(profiles: Iterable[EntityProfile]) -> list[EntityProfile]:
    """One profile an id, of profiles in which an id may come again."""
    found: dict[str, EntityProfile] = {}
    for profile in profiles:
        found.setdefault(profile.key.id(), EntityProfile(profile.key)).add(profile)
    return list(found.values())
