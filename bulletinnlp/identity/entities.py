"""Which mentions mean the same person, body or place, over the whole input.

Two steps, so that a million pages and several workers need only a cheap merge:

1. `EntityIndex.add_article` gives each mention an id that depends on its article alone (label, where it belongs,
   its name in a regular form): 区双拥中心 in a paper of 东昌府区 and 东昌府区双拥中心 get one id in every worker.
2. `EntityIndex.final` compares what the whole input holds and says which of these ids mean the same (市场监管局 and
   市场监督管理局; a person named once with a title and once without): a small mapping, empty for most entities.
   `EntityIndex.rows` gives the table `entities` with the mapping applied.

What an id depends on: a place that the divisions hold, its code; another place, its county and its name; a body, the
unit that it belongs to and its name without that; a person, the paper's home, the name and the unit of the first
title; 高女士 and her like, the article.

>>> index = EntityIndex()
>>> full, short = MentionFact("ORG", "区市场监督管理局"), MentionFact("ORG", "东昌府区市场监管局")
>>> ids = [index.add_article(f"p#{n}", [fact], "371502")[0] for n, fact in enumerate([full, short])]
>>> final = index.final()
>>> len({final.get(entity_id, entity_id) for entity_id in ids})
1
>>> [(row.name, row.aliases, row.mentions, row.region) for row in index.rows()]
[('区市场监督管理局', ['东昌府区市场监管局'], 2, '山东省聊城市东昌府区')]
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bulletinnlp.data import lexicon
from bulletinnlp.identity.bodies import scope
from bulletinnlp.identity.merging import merged, parents
from bulletinnlp.identity.persons import Unit, bearer, is_short, unit_of
from bulletinnlp.places.divisions import divisions
from bulletinnlp.places.forms import village_name
from bulletinnlp.places.lookup import best, home_code, readings


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


class Key(NamedTuple):
    """What an id is made of: label, where it belongs (code, home or article), name in a regular form, unit."""

    label: str
    where: str
    core: str
    unit: Unit | None = None

    def id(self) -> str:
        """The id: 16 hexadecimal digits."""
        parts = (self.label, self.where, self.core, *(self.unit or ()))
        return hashlib.blake2b("\t".join(parts).encode(), digest_size=8).hexdigest()


@dataclass(slots=True)
class Known:
    """What is known of one id."""

    key: Key
    names: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    adcodes: Counter[str] = field(default_factory=Counter)
    units: set[Unit] = field(default_factory=set)
    national: bool = False
    #: A body whose name nowhere says where it belongs; the home stands in.
    adrift: bool = True

    def take(self, other: Known) -> None:
        """Add what is known of another id that means the same."""
        self.names.update(other.names)
        self.articles += other.articles
        self.adcodes.update(other.adcodes)
        self.units |= other.units
        self.national |= other.national
        self.adrift &= other.adrift


class EntityIndex:
    """Gathers mentions, article by article, and gives the table of entities.

    Ids are stable: the same input and settings give the same ids, in whatever order or process it is read. Add each
    article once. Memory grows with the number of different names, not with the number of mentions.
    """

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}
        self._final: dict[str, str] | None = None  # worked out once, until more comes in

    def add_article(self, article_id: str, facts: Sequence[MentionFact], home: str | None = None) -> list[str]:
        """Take in the mentions of one article; gives the id of each, in order.

        `home` is the paper's home as in `pages.home` (山东省聊城市东昌府区).
        """
        self._final = None
        article = _Article(article_id, facts, home_code(home))
        here: dict[str, Known] = {}
        ids = []
        for fact in facts:
            key = article.key(fact)
            known = here.setdefault(key.id(), Known(key))
            known.names[fact.text] += 1
            if fact.label == "PER":
                known.units.update(article.units(fact.text))
                known.national |= article.national(fact.text)
            elif code := article.adcode(fact):
                known.adcodes[code] += 1
                known.adrift = False
            ids.append(key.id())
        same = merged(here, one_article=True)
        for entity_id, known in here.items():
            target = same.get(entity_id, entity_id)
            self._known.setdefault(target, Known(here[target].key)).take(known)
        ids = [same.get(entity_id, entity_id) for entity_id in ids]
        for entity_id in set(ids):
            self._known[entity_id].articles += 1
        return ids

    def merge(self, other: EntityIndex) -> None:
        """Take in what another index has seen (of other articles), for several workers."""
        self._final = None
        for entity_id, theirs in other._known.items():
            self._known.setdefault(entity_id, Known(theirs.key)).take(theirs)

    def final(self) -> dict[str, str]:
        """Ids of `add_article` that turned out to mean another entity → that entity's id. The rest stay."""
        if self._final is None:
            self._final = merged(self._known)
        return self._final

    def rows(self, places: Mapping[str, str] | None = None) -> Iterator[Entity]:
        """The table `entities`, with `final` applied, in the order of the ids.

        `places` are divisions (code → id) that this index does not know but the rest of the input does (`blocks`).
        """
        final = self.final()
        together: dict[str, Known] = {}
        for entity_id, known in sorted(self._known.items()):
            target = final.get(entity_id, entity_id)
            together.setdefault(target, Known(self._known[target].key)).take(known)
        above = parents(together, places or {})
        for entity_id, known in together.items():
            name = _canonical(known)
            adcode = _adcode(known)
            yield Entity(
                entity_id,
                known.key.label,
                name,
                sorted(set(known.names) - {name}),
                sum(known.names.values()),
                known.articles,
                adcode,
                divisions().region(adcode) if adcode else None,
                None,
                None,
                above.get(entity_id),
            )


def home_id(name: str, home: str | None) -> str | None:
    """The id of the unit of a home's chain that goes by this name, whether or not an article mentions it.

    For what 我区 stands for (`Reference.antecedent`) in an article that does not name the district.

    >>> home_id("东昌府区", "山东省聊城市东昌府区") == Key("PLACE", "371502", "").id()
    True
    """
    code = home_code(home)
    chain = divisions().chain(code) if code else []
    return next((Key("PLACE", unit.code, "").id() for unit in chain if unit.name == name), None)


class _Article:
    """The mentions of one article, and the keys that they get in the light of each other."""

    def __init__(self, article_id: str, facts: Sequence[MentionFact], home: str) -> None:
        self.article_id = article_id
        self.home = home
        self.titles: dict[str, list[tuple[str, str | None]]] = {}
        for fact in facts:
            if fact.label == "PER":
                self.titles.setdefault(fact.text, []).extend(fact.titles)
        self.people = [name for name in self.titles if not is_short(name)]
        towns = {fact.adcode[:9] for fact in facts if fact.adcode and len(fact.adcode) >= 9}
        self.town = towns.pop() if len(towns) == 1 else None

    def key(self, fact: MentionFact) -> Key:
        if fact.label == "PER":
            return self._person(fact.text)
        if fact.label == "ORG":
            at = scope(fact.text, self.home)
            if self.town and fact.text.startswith(("镇", "乡", "街道")) and at.core == fact.text:
                return Key("ORG", self.town, fact.text.removeprefix("街道").lstrip("镇乡"))
            return Key("ORG", at.code, at.core)
        return self._place(fact)

    def _place(self, fact: MentionFact) -> Key:
        """A division by its code; a site by its county and its name, by its town if its name is everybody's."""
        code = divisions()[fact.adcode].code if fact.adcode else self.home
        if fact.adcode and fact.exact:
            return Key("PLACE", code, "")
        reading = best([r for r in readings(fact.text, self.home) if r.rest and not r.bare], self.home)
        core = reading.rest if reading else fact.text
        return Key("PLACE", code[:9] if core in lexicon("generic_sites") else code[:6], core)

    def _person(self, name: str) -> Key:
        titles = {person: [title for title, _ in held] for person, held in self.titles.items()}
        full = bearer(name, self.people, titles) or name
        if is_short(full):
            return Key("PER", self.article_id, full)
        return Key("PER", self.home, full, next(iter(self.units(full)), None))

    def units(self, name: str) -> list[Unit]:
        """The units of a person's titles in this article, in order."""
        named = [organisation for _, organisation in self.titles.get(name, ()) if organisation]
        return [unit_of(organisation, self.home) for organisation in dict.fromkeys(named)]

    def national(self, name: str) -> bool:
        """Whether the article gives the person a title of the whole country (总书记)."""
        return any(title.endswith(lexicon("national_titles")) for title, _ in self.titles.get(name, ()))

    def adcode(self, fact: MentionFact) -> str | None:
        """The code of the unit that a place or body lies in, as far as its name says so."""
        if fact.adcode:
            return fact.adcode
        if fact.label == "ORG":
            at = scope(fact.text, self.home)
            return divisions()[at.code].adcode if at.printed and at.code else None
        return None


def _adcode(known: Known) -> str | None:
    """The code that most mentions give; of equals, the finest."""
    if not known.adcodes:
        return None
    return max(known.adcodes, key=lambda code: (known.adcodes[code], len(code), code))


def _canonical(known: Known) -> str:
    """The name to show: a division's own; else the fullest form of a body, the usual one of a person or a site."""
    key = known.key
    if key.label == "PLACE" and not key.core:
        unit = divisions()[key.where]
        return village_name(unit.name) if unit.level == "village" else unit.name
    if key.label == "PER" and key.core in known.names:
        return key.core
    if key.label == "ORG" and len(known.names) > 1:
        return max(known.names, key=lambda name: (len(scope_free(name)), known.names[name], name))
    return max(known.names, key=lambda name: (known.names[name], len(name), name))


def scope_free(name: str) -> str:
    """A body's name without a unit that any paper would name (the home is not known here)."""
    return scope(name, "").core
