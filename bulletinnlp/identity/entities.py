"""Which mentions mean the same person, body or place, over the whole input.

Two steps, so that a million pages and several workers need only a cheap merge:

1. `EntityIndex.add_article` gives each mention an id that depends on its article alone (label, where it belongs,
   its name in a regular form): 区双拥中心 in a paper of 东昌府区 and 东昌府区双拥中心 get one id in every worker.
2. A `EntityStore` (`register.py`) takes in what the whole input holds, and says which of these ids mean the same
   (市场监管局 and 市场监督管理局; a person named once with a title and once without): few of them. It gives the table
   `entities`.

What an id depends on: a place that the divisions hold, its code; another place, its county and its name; a body, the
unit that it belongs to and its name without that; a person, the paper's home, the name and the unit of the first
title; 高女士 and her like, the article.

>>> index = EntityIndex()
>>> ids = [index.add_article(f"p#{n}", [MentionFact("ORG", name)], "371502")[0]
...        for n, name in enumerate(["区教体局", "东昌府区教体局", "市教体局"])]
>>> ids[0] == ids[1], ids[0] == ids[2]
(True, False)
>>> [(known.names, known.articles) for known in index]
[({'区教体局': 1, '东昌府区教体局': 1}, 2), ({'市教体局': 1}, 1)]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bulletinnlp.data import lexicon
from bulletinnlp.identity.bodies import scope
from bulletinnlp.identity.merging import merged
from bulletinnlp.identity.persons import Bearers, Unit, unit_of
from bulletinnlp.identity.profile import EntityKey, EntityProfile
from bulletinnlp.places.divisions import Division, divisions
from bulletinnlp.places.lookup import best, home_code, readings
from bulletinnlp.text.short_names import is_short


class MentionFact(NamedTuple):
    """A mention, as far as identity needs it.

    `adcode`, `region` and `exact` are those of its `Location` (of a PLACE or an ORG), if it has one; `titles` are a
    person's roles in this article as (title, unit or None), told by one mention of the name or shared by several;
    `printed` is what stands in the article where that is not the name, but an alias of it.
    """

    label: str
    text: str
    adcode: str | None = None
    region: str | None = None
    exact: bool = False
    titles: tuple[tuple[str, str | None], ...] = ()
    printed: str | None = None


class EntityIndex:
    """Gathers mentions, article by article. Iterating gives what is known of each id.

    Ids are stable: the same input and settings give the same ids, in whatever order or process it is read. Add each
    article once. Memory grows with the number of different names, not with the number of mentions.
    """

    def __init__(self) -> None:
        self._known: dict[str, EntityProfile] = {}

    def add_article(self, article_id: str, facts: Sequence[MentionFact], home: str | None = None) -> list[str]:
        """Take in the mentions of one article; gives the id of each, in order.

        `home` is the paper's home as in `pages.home` (山东省聊城市东昌府区).
        """
        article = _Article(article_id, facts, home_code(home))
        here: dict[str, EntityProfile] = {}
        id_of: dict[MentionFact, str] = {}
        for fact, count in Counter(facts).items():
            key = article.key(fact)
            id_of[fact] = key.id()
            here.setdefault(id_of[fact], EntityProfile(key)).take(article.known(fact, key, count))
        same = merged(here)
        for entity_id, known in here.items():
            target = same.get(entity_id, entity_id)
            self._take(target, here[target].key, known)
        ids = [same.get(id_of[fact], id_of[fact]) for fact in facts]
        for entity_id in set(ids):
            self._known[entity_id].articles += 1
        return ids

    def add_home(self, home: str | None, meant: Collection[str]) -> None:
        """Take in the units of a paper's home whose ids are `meant` (by 我区), though no article need name them.

        >>> index = EntityIndex()
        >>> index.add_home("山东省聊城市东昌府区", {home_id("东昌府区", "山东省聊城市东昌府区")})
        >>> [(known.key.where, known.names) for known in index]
        [('371502', {})]
        """
        for entity_id, unit in home_units(home).items():
            if entity_id in meant:
                key = EntityKey("PLACE", unit.code, "")
                self._take(entity_id, key, EntityProfile(key, adcodes={unit.adcode: 0}, unanchored=False))

    def say_who_acts(self, actors: Collection[str]) -> None:
        """Say of each id whether it is an actor of some event; `actors` are the ids of those that are."""
        for entity_id, known in self._known.items():
            known.acts = entity_id in actors

    def merge(self, other: EntityIndex) -> None:
        """Take in what another index has seen (of other articles), for several workers."""
        for entity_id, theirs in other._known.items():
            self._take(entity_id, theirs.key, theirs)

    def _take(self, entity_id: str, key: EntityKey, known: EntityProfile) -> None:
        if entity_id not in self._known:
            self._known[entity_id] = EntityProfile(key)
        self._known[entity_id].take(known)

    def __iter__(self) -> Iterator[EntityProfile]:
        return iter(self._known.values())

    def __len__(self) -> int:
        return len(self._known)


def home_id(name: str, home: str | None) -> str | None:
    """The id of the unit of a home's chain that goes by this name, whether or not an article mentions it.

    For what 我区 stands for (`Reference.antecedent`) in an article that does not name the district.

    >>> home_id("东昌府区", "山东省聊城市东昌府区") == EntityKey("PLACE", "371502", "").id()
    True
    """
    return next((entity_id for entity_id, unit in home_units(home).items() if unit.name == name), None)


@lru_cache(maxsize=100)
def home_units(home: str | None) -> Mapping[str, Division]:
    """The units of a home's chain by their ids, the largest first."""
    code = home_code(home)
    chain = divisions().chain(code) if code else []
    return {EntityKey("PLACE", unit.code, "").id(): unit for unit in chain}


class _Article:
    """The mentions of one article, and the keys that they get in the light of each other."""

    def __init__(self, article_id: str, facts: Sequence[MentionFact], home: str) -> None:
        self.article_id = article_id
        self.home = home
        titles: dict[str, dict[tuple[str, str | None], None]] = {}
        for fact in facts:
            if fact.label == "PER":
                titles.setdefault(fact.text, {}).update(dict.fromkeys(fact.titles))
        held = {person: [title for title, _ in some] for person, some in titles.items()}
        self.bearers = Bearers(held)
        self.units = {person: self._units(some) for person, some in titles.items()}
        national = lexicon("national_titles")
        self.national = {person for person, some in held.items() if any(title.endswith(national) for title in some)}
        towns = {fact.adcode[:9] for fact in facts if fact.adcode and len(fact.adcode) >= 9}
        self.town = towns.pop() if len(towns) == 1 else None

    def key(self, fact: MentionFact) -> EntityKey:
        if fact.label == "PER":
            return self._person(fact.text)
        if fact.label == "ORG":
            at = scope(fact.text, self.home)
            if self.town and fact.text.startswith(("镇", "乡", "街道")) and at.core == fact.text:
                return EntityKey("ORG", self.town, fact.text.removeprefix("街道").lstrip("镇乡"))
            return EntityKey("ORG", at.code, at.core)
        return self._place(fact)

    def _place(self, fact: MentionFact) -> EntityKey:
        """A division by its code; a site by its county and its name, by its town if its name is everybody's."""
        code = divisions()[fact.adcode].code if fact.adcode else self.home
        if fact.adcode and fact.exact:
            return EntityKey("PLACE", code, "")
        reading = best([r for r in readings(fact.text, self.home) if r.rest and not r.bare], self.home)
        core = reading.rest if reading else fact.text
        return EntityKey("PLACE", code[:9] if core in lexicon("generic_sites") else code[:6], core)

    def _units(self, titles: Iterable[tuple[str, str | None]]) -> list[Unit]:
        """The units of a person's titles, in order."""
        named = [organisation for _, organisation in titles if organisation]
        return [unit_of(organisation, self.home) for organisation in dict.fromkeys(named)]

    def _person(self, name: str) -> EntityKey:
        full = self.bearers.of(name) or name
        if is_short(full):
            return EntityKey("PER", self.article_id, full)
        return EntityKey("PER", self.home, full, next(iter(self.units[full]), None))

    def known(self, fact: MentionFact, key: EntityKey, count: int) -> EntityProfile:
        """What so many mentions say."""
        if fact.label == "PER":
            units = set(self.units[fact.text])
            return EntityProfile(
                key, {fact.printed or fact.text: count}, units=units, national=fact.text in self.national
            )
        code = self.adcode(fact)
        names = {fact.printed or fact.text: count}
        return EntityProfile(key, names, adcodes={code: count} if code else {}, unanchored=code is None)

    def adcode(self, fact: MentionFact) -> str | None:
        """The code of the unit that a place or body lies in, as far as its name says so."""
        if fact.adcode:
            return fact.adcode
        if fact.label == "ORG":
            at = scope(fact.text, self.home)
            return divisions()[at.code].adcode if at.printed and at.code else None
        return None
