"""Which mentions mean the same person, body or place, over the whole input.

Two steps, so that a million pages and several workers need only a cheap merge:

1. `EntityIndex.add_article` gives each mention an id that depends on its article alone (label, where it belongs,
   its name in a regular form): 区市场监管局 in a paper of 东昌府区 and 东昌府区市场监督管理局 get one id in every
   worker.
2. `EntityIndex.final` compares what the whole input holds and says which of these ids mean the same (教体局 and
   教育和体育局; a person named once with a title and once without): a small mapping, empty for most entities.
   `EntityIndex.rows` gives the table `entities` with the mapping applied.

>>> index = EntityIndex()
>>> street = MentionFact("PLACE", "道口铺街道", "371502005", "山东省聊城市东昌府区道口铺街道", True)
>>> ids = index.add_article("p#1", [street])
>>> index.merge(EntityIndex())
>>> index.final()
{}
>>> [(row.name, row.mentions, row.articles, row.adcode) for row in index.rows()]
[('道口铺街道', 1, 1, '371502005')]
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class MentionFact(NamedTuple):
    """A mention, as far as identity needs it.

    `adcode`, `region` and `exact` are those of its `Location` (of a PLACE or an ORG), if it has one; `titles` are a
    person's roles in this article as (title, unit or None).
    """

    label: str
    text: str
    adcode: str | None = None
    region: str | None = None
    exact: bool = False
    titles: tuple[tuple[str, str | None], ...] = ()


class Entity(NamedTuple):
    """A row of the table `entities`."""

    entity_id: str
    label: str
    name: str
    aliases: list[str]
    mentions: int
    articles: int
    adcode: str | None
    region: str | None
    latitude: float | None
    longitude: float | None
    parent_id: str | None


@dataclass(slots=True)
class _Known:
    """What is known of one id."""

    label: str
    names: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    adcode: str | None = None
    region: str | None = None


class EntityIndex:
    """Gathers mentions, article by article, and gives the table of entities.

    Ids are stable: the same input and settings give the same ids, in whatever order or process it is read. Add each
    article once. Memory grows with the number of different names, not with the number of mentions.
    """

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def add_article(self, article_id: str, facts: Sequence[MentionFact], home: str | None = None) -> list[str]:
        """Take in the mentions of one article; gives the id of each, in order.

        `home` is the paper's home as in `pages.home` (山东省聊城市东昌府区).
        """
        ids = []
        for fact in facts:
            key = (fact.label, fact.adcode if fact.exact else f"{home}/{fact.text}")
            ids.append("e" + hashlib.blake2b("\t".join(map(str, key)).encode(), digest_size=8).hexdigest())
            known = self._known.setdefault(ids[-1], _Known(fact.label, adcode=fact.adcode, region=fact.region))
            known.names[fact.text] += 1
        for entity_id in set(ids):
            self._known[entity_id].articles += 1
        return ids

    def merge(self, other: EntityIndex) -> None:
        """Take in what another index has seen (of other articles), for several workers."""
        for entity_id, theirs in other._known.items():
            mine = self._known.setdefault(entity_id, _Known(theirs.label, adcode=theirs.adcode, region=theirs.region))
            mine.names.update(theirs.names)
            mine.articles += theirs.articles

    def final(self) -> dict[str, str]:
        """Ids of `add_article` that turned out to mean another entity → that entity's id. The rest stay."""
        return {}

    def rows(self) -> Iterator[Entity]:
        """The table `entities`, with `final` applied, in the order of the ids."""
        for entity_id, known in sorted(self._known.items()):
            name = min(known.names, key=lambda text: (-known.names[text], -len(text), text))
            aliases = sorted(set(known.names) - {name})
            yield Entity(
                entity_id,
                known.label,
                name,
                aliases,
                sum(known.names.values()),
                known.articles,
                known.adcode,
                known.region,
                None,
                None,
                None,
            )
