"""What the whole input says about which ids mean the same: short names of bodies, persons with and without a title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from bulletinnlp.identity.bodies import abbreviates, brand, is_proper, last_characters, proper, usual_fulls
from bulletinnlp.identity.persons import compatible, is_short
from bulletinnlp.places.divisions import divisions

if TYPE_CHECKING:
    from bulletinnlp.identity.entities import Known


class _Sets:
    """Disjoint sets of ids."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def find(self, item: str) -> str:
        while (up := self._up.get(item, item)) != item:
            item = up
        return item

    def union(self, a: str, b: str) -> None:
        low, high = sorted((self.find(a), self.find(b)))
        if low != high:
            self._up[high] = low

    def groups(self) -> Iterable[list[str]]:
        """The sets of more than one."""
        together: dict[str, list[str]] = defaultdict(list)
        for item in self._up:
            together[self.find(item)].append(item)
        return [[root, *items] for root, items in together.items()]


def merged(known: Mapping[str, Known], one_article: bool = False) -> dict[str, str]:
    """Ids that mean another entity → that entity's id.

    Over a whole input only ids of one block are compared (`blocks`); within an article also bodies of different units.
    """
    sets = _Sets()
    bodies: dict[str, dict[str, str]] = defaultdict(dict)
    people: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity_id, one in sorted(known.items()):
        if one.key.label == "ORG":
            bodies[one.key.where][one.key.core] = entity_id
        elif one.key.label == "PER" and not is_short(one.key.core):
            people[one.key.where, one.key.core].append(entity_id)
    for cores in bodies.values():
        _merge_bodies(cores, sets)
    if one_article:
        _merge_adrift(known, bodies, sets)
        _merge_companies(bodies, sets)
    for ids in people.values():
        _merge_namesakes(ids, known, sets)
    _merge_national(known, sets)
    mapping = {}
    for group in sets.groups():
        # The fullest name stands for the set; the order of merging does not matter.
        first = min(group, key=lambda i: (-len(known[i].key.core), not known[i].units, i))
        mapping.update({i: first for i in group if i != first})
    return mapping


def _merge_bodies(cores: Mapping[str, str], sets: _Sets) -> None:
    """Short names with the one full name in the same unit that they can stand for; with none if there are several."""
    by_proper: dict[str, list[str]] = defaultdict(list)
    for core in cores:
        by_proper[proper(core)].append(core)
    for short in sorted(cores, key=lambda core: (-len(core), core)):
        ends = last_characters(short)
        fulls = [full for full in usual_fulls(short) if full in cores]
        fulls += [
            full
            for part in _stretches(short)
            for full in by_proper.get(part, ())
            if len(full) > len(short) and full[-1] in ends and abbreviates(short, full)
        ]
        if len({sets.find(cores[full]) for full in fulls}) == 1:
            sets.union(cores[short], cores[fulls[0]])


def _stretches(name: str) -> set[str]:
    """All that may be the proper part of a name: its stretches, and nothing."""
    return {""} | {name[i:j] for i in range(len(name)) for j in range(i + 1, len(name) + 1)}


def _merge_companies(bodies: Mapping[str, Mapping[str, str]], sets: _Sets) -> None:
    """金凤凰公司 with 威县金凤凰蛋鸡养殖有限公司, if the article has only one such company."""
    all_cores = [(core, i) for cores in bodies.values() for core, i in cores.items()]
    fulls = [(brand(core), i) for core, i in all_cores if core.endswith("公司")]
    for short, entity_id in all_cores:
        if len(short) > 3 and short.endswith(("公司", "集团")):
            found = [i for name, i in fulls if i != entity_id and name.startswith(short[:-2])]
            if len(found) == 1:
                sets.union(entity_id, found[0])


def _merge_adrift(known: Mapping[str, Known], bodies: Mapping[str, Mapping[str, str]], sets: _Sets) -> None:
    """A body that does not say where it belongs with the only one of its name around: 聊城天香酿造博物馆.

    Only names that are more than words for bodies: 实验小学 may be anybody's.
    """
    for where, cores in bodies.items():
        for core, entity_id in cores.items():
            if not known[entity_id].adrift or not where or not is_proper(core):
                continue
            around = [bodies[code][core] for code in _chain(where) if core in bodies.get(code, ())]
            if len(around) == 1:
                sets.union(entity_id, around[0])


def _chain(code: str) -> list[str]:
    """The units around a county, and "" for bodies of no place."""
    return ["", *(unit.code for unit in divisions().chain(code)[:-1])]


def _merge_namesakes(ids: Iterable[str], known: Mapping[str, Known], sets: _Sets) -> None:
    """Persons of one name in one home's papers: those whose units fit; those without a unit if only one is left."""
    titled = [i for i in ids if known[i].units]
    for n, one in enumerate(titled):
        for other in titled[:n]:
            if compatible(known[one].units, known[other].units):
                sets.union(one, other)
    left = {sets.find(i) for i in titled}
    for one in ids:
        if not known[one].units and len(left) == 1:
            sets.union(one, titled[0])


def _merge_national(known: Mapping[str, Known], sets: _Sets) -> None:
    """A name that somewhere bears a national title is one person in all papers."""
    public = {one.key.core for one in known.values() if one.national}
    first: dict[str, str] = {}
    for entity_id, one in sorted(known.items()):
        if one.key.label == "PER" and one.key.core in public:
            sets.union(entity_id, first.setdefault(one.key.core, entity_id))


def parents(known: Mapping[str, Known], others: Mapping[str, str]) -> dict[str, str]:
    """Entity → the body or place that it is part of, where that is an entity too.

    `others` are divisions (code → id) that the rest of the input knows.

    县公安局交警大队 → 县公安局; 道口铺街道党工委 → 道口铺街道; 古楼街道香江社区 → 古楼街道.
    """
    places = dict(others) | {
        one.key.where: i for i, one in known.items() if one.key.label == "PLACE" and not one.key.core
    }
    bodies = {(one.key.where, one.key.core): i for i, one in known.items() if one.key.label == "ORG"}
    above: dict[str, str] = {}
    for entity_id, one in known.items():
        if one.key.label == "PER":
            continue
        found = _body_above(one, bodies) or _place_above(one, places)
        if found and found != entity_id:
            above[entity_id] = found
    return above


def _body_above(one: Known, bodies: Mapping[tuple[str, str], str]) -> str | None:
    """The body whose name begins this body's name."""
    core = one.key.core
    if one.key.label != "ORG":
        return None
    return next((i for n in range(len(core) - 1, 1, -1) if (i := bodies.get((one.key.where, core[:n])))), None)


def _place_above(one: Known, places: Mapping[str, str]) -> str | None:
    """The unit that it lies in, or the nearest one around that which is an entity."""
    if not one.adcodes:
        return None
    code = max(one.adcodes, key=lambda code: (one.adcodes[code], len(code), code))
    chain = [unit.code for unit in divisions().chain(code)]
    if one.key.label == "PLACE" and not one.key.core:
        chain = chain[:-1]
    return next((places[code] for code in reversed(chain) if code in places), None)
