"""Which ids mean the same: short names of organisations, persons with and without a title.

`merged` compares the names of one article; `namesakes` and `merge_organisations` those of a whole input, where only
names of one block are compared (`blocks`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from bulletinnlp.identity.organisations import (
    FullNames,
    abbreviates,
    brand,
    is_proper,
    last_characters,
    listed_full_names,
    proper,
)
from bulletinnlp.identity.persons import Affiliation, fitting
from bulletinnlp.identity.profile import EntityProfile
from bulletinnlp.places.divisions import divisions
from bulletinnlp.text.short_names import is_short


class Sets:
    """Disjoint sets of ids."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def find(self, item: str) -> str:
        while (up := self._up.get(item, item)) != item:
            self._up[item] = self._up.get(up, up)  # the way is halved, so that it stays short
            item = up
        return item

    def union(self, a: str, b: str) -> None:
        low, high = sorted((self.find(a), self.find(b)))
        if low != high:
            self._up[high] = low

    def renamed(self, rank: Callable[[str], Any]) -> dict[str, str]:
        """Each id that gives way → the one that stands for its set, the first by rank."""
        sets: dict[str, list[str]] = defaultdict(list)
        for item in self._up:
            sets[self.find(item)].append(item)
        renamed = {}
        for root, items in sets.items():
            first = min([root, *items], key=rank)
            renamed.update({item: first for item in (root, *items) if item != first})
        return renamed


def merged(profiles: Mapping[str, EntityProfile]) -> dict[str, str]:
    """Ids of one article that mean another entity → that entity's id."""
    sets = Sets()
    organisations: dict[str, dict[str, str]] = defaultdict(dict)
    for entity_id, one in sorted(profiles.items()):
        if one.key.label == "ORG":
            organisations[one.key.scope][one.key.core] = entity_id
    for cores in organisations.values():
        longest_first = sorted(cores, key=lambda core: (-len(core), core))
        merge_organisations(longest_first, _fulls_among(cores), cores.__getitem__, sets)
    _merge_unanchored(profiles, organisations, sets)
    _merge_companies(organisations, sets)
    _merge_persons(profiles, sets)
    return sets.renamed(lambda i: rank(i, profiles[i]))


def namesakes(profiles: Mapping[str, EntityProfile]) -> dict[str, str]:
    """Ids of persons of one name, in a whole input, that mean another person → that person's id."""
    sets = Sets()
    _merge_persons(profiles, sets)
    return sets.renamed(lambda i: rank(i, profiles[i]))


def rank(entity_id: str, profile: EntityProfile) -> tuple[int, bool, str]:
    """The smallest stands for what means the same: the fullest name; the order of merging does not matter."""
    return -len(profile.key.core), not profile.affiliations, entity_id


def merge_organisations(
    cores: Iterable[str],
    fulls: Callable[[str], Iterable[str]],
    id_of: Callable[[str], str],
    sets: Sets,
) -> None:
    """Short names with the one full name in the same unit that they can stand for; with none if there are several.

    `cores` are the names of a unit's organisations without the unit, the longest first; `fulls` gives those of them
    that may be the full name of a short one: all whose proper part is one of its `stretches`, and its listed ones.
    """
    for short in cores:
        usual, ends = listed_full_names(short), last_characters(short)
        found: set[str] = set()
        for full in fulls(short):
            if full in usual or (len(full) > len(short) and full[-1] in ends and abbreviates(short, full)):
                found.add(sets.find(id_of(full)))
                if len(found) > 1:
                    break
        if len(found) == 1:
            sets.union(id_of(short), found.pop())


def _fulls_among(cores: Collection[str]) -> Callable[[str], Iterable[str]]:
    """What `merge_organisations` asks for, of the names of one article."""
    names = FullNames(cores)

    def fulls(short: str) -> Iterable[str]:
        yield from (full for full in listed_full_names(short) if full in cores)
        yield from (full for full in names.of(short) if proper(full) in short)

    return fulls


def stretches(name: str) -> set[str]:
    """All that may be the proper part of a name: its stretches, and nothing.

    >>> sorted(stretches("天香"))
    ['', '天', '天香', '香']
    """
    return {""} | {name[i:j] for i in range(len(name)) for j in range(i + 1, len(name) + 1)}


def _merge_companies(organisations: Mapping[str, Mapping[str, str]], sets: Sets) -> None:
    """金凤凰公司 with 威县金凤凰蛋鸡养殖有限公司, if the article has only one such company."""
    all_cores = [(core, i) for cores in organisations.values() for core, i in cores.items()]
    fulls = sorted((brand(core), i) for core, i in all_cores if core.endswith("公司"))
    for short, entity_id in all_cores:
        if len(short) > 3 and short.endswith(("公司", "集团")):
            at = bisect_left(fulls, (short[:-2],))
            some = fulls[at : at + 3]  # itself and two others: more are not asked for
            found = [i for name, i in some if i != entity_id and name.startswith(short[:-2])]
            if len(found) == 1:
                sets.union(entity_id, found[0])


def _merge_unanchored(
    profiles: Mapping[str, EntityProfile], organisations: Mapping[str, Mapping[str, str]], sets: Sets
) -> None:
    """An organisation that does not say where it belongs with the only one of its name around: 聊城天香酿造博物馆.

    Only names that are more than words for organisations: 实验小学 may be anybody's.
    """
    for where, cores in organisations.items():
        # the units around the county, and "" for organisations of no place
        chain = ["", *(unit.code for unit in divisions().chain(where)[:-1])] if where else []
        for core, entity_id in cores.items():
            if not chain or not profiles[entity_id].unanchored or not is_proper(core):
                continue
            around = [organisations[code][core] for code in chain if core in organisations.get(code, ())]
            if len(around) == 1:
                sets.union(entity_id, around[0])


def _merge_persons(profiles: Mapping[str, EntityProfile], sets: Sets) -> None:
    persons: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity_id, one in sorted(profiles.items()):
        if one.key.label == "PER" and not is_short(one.key.core):
            persons[one.key.scope, one.key.core].append(entity_id)
    for ids in persons.values():
        _merge_namesakes(ids, profiles, sets)
    _merge_national(profiles, sets)


def _merge_namesakes(ids: Iterable[str], profiles: Mapping[str, EntityProfile], sets: Sets) -> None:
    """Persons of one name in one home's papers: those whose units fit; those without a unit if only one is left."""
    titled = [i for i in ids if profiles[i].affiliations]
    bearer: dict[Affiliation, str] = {}
    for one in titled:
        for unit in profiles[one].affiliations:
            sets.union(one, bearer.setdefault(unit, one))
    for a, b in fitting(bearer):
        sets.union(bearer[a], bearer[b])
    left = {sets.find(i) for i in titled}
    for one in ids:
        if not profiles[one].affiliations and len(left) == 1:
            sets.union(one, titled[0])


def _merge_national(profiles: Mapping[str, EntityProfile], sets: Sets) -> None:
    """A name that somewhere bears a national title is one person in all papers."""
    public = {one.key.core for one in profiles.values() if one.national}
    first: dict[str, str] = {}
    for entity_id, one in sorted(profiles.items()):
        if one.key.label == "PER" and one.key.core in public:
            sets.union(entity_id, first.setdefault(one.key.core, entity_id))
