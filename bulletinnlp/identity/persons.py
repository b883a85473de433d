"""When two mentions of a person mean the same one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bulletinnlp.identity.organisations import FullNames, abbreviates, listed_full_names, organisation_name
from bulletinnlp.places.lookup import best_parse, parses
from bulletinnlp.text.short_names import is_short, listed_surname_of


class Affiliation(NamedTuple):
    """What a person works for or lives in: a division, or an organisation (`core`) in it."""

    code: str
    core: str


#: The organisations that lead a county: one person speaks for several of them (县委副书记、县长).
_LEADING = frozenset({"", "委", "政府", "人民政府", "人大", "人大常委会", "政协", "纪委监委", "纪委", "监委"})


class Persons:
    """The persons of an article with their titles, and which of them a short name stands for.

    A surname with a title stands for the only person of that surname who has the title; the first part of a parted
    name (马木提汗·叶勒森) for the only one that begins so.

    >>> people = Persons({"仇海生": ["队长"], "白雪": [], "马木提汗·叶勒森": [], "高敏": []})
    >>> people.full_name("仇队长"), people.full_name("马木提汗"), people.full_name("高女士")
    ('仇海生', '马木提汗·叶勒森', None)
    """

    def __init__(self, titles: Mapping[str, Sequence[str]]) -> None:
        self._titles = titles
        self._parted: dict[str, list[str]] = defaultdict(list)
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for name in titles:
            if not is_short(name):
                self._by_first[name[:1]].append(name)
                for dot in re.finditer("·", name):
                    self._parted[name[: dot.start()]].append(name)

    def full_name(self, short: str) -> str | None:
        """The full name that a short one stands for."""
        if parted := self._parted.get(short):
            return parted[0] if len(parted) == 1 else None
        surname = listed_surname_of(short)
        if surname is None:
            return None
        title = short.removeprefix(surname)
        fits = [
            name
            for name in self._by_first.get(surname[:1], ())
            if name.startswith(surname) and any(held.endswith(title) for held in self._titles[name])
        ]
        return fits[0] if len(fits) == 1 else None


@lru_cache(maxsize=1024)
def affiliation_of(organisation: str, home: str) -> Affiliation:
    """The unit that a role names: 古楼街道香江社区 is a division, 区教体局 an organisation."""
    parse = best_parse([r for r in parses(organisation, home) if not r.rest], home)
    if parse and not parse.bare:
        return Affiliation(parse.code, "")
    at = organisation_name(organisation, home)
    return Affiliation(at.code, at.core)


def fitting(units: Collection[Affiliation]) -> Iterator[tuple[Affiliation, Affiliation]]:
    """The pairs of these units that can be one person's: one lies in the other, or both lead the same county.

    Of units that all fit each other only so many pairs as connect them.

    >>> list(fitting({Affiliation("371502001", ""), Affiliation("371502001003", "")}))  # 古楼街道, 香江社区 in it
    [(Affiliation(code='371502001', core=''), Affiliation(code='371502001003', core=''))]
    >>> list(fitting({Affiliation("371502", "教育和体育局"), Affiliation("371502", "财政局")}))
    []
    """
    at: dict[str, list[str]] = defaultdict(list)
    for code, core in sorted(units):
        at[code].append(core)
    for code, cores in at.items():
        for pair in (
            *pairwise(core for core in cores if core in _LEADING),
            *_one_organisation([c for c in cores if c]),
        ):
            yield Affiliation(code, pair[0]), Affiliation(code, pair[1])
        for outer in {code[:9], code[:12]} & at.keys() if len(code) >= 9 else ():  # not all that is in a county
            if "" in at[outer]:
                yield from (
                    (Affiliation(outer, ""), Affiliation(code, core)) for core in cores if (outer, "") != (code, core)
                )


def _one_organisation(cores: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names of organisations of one unit and those that they begin or abbreviate: 公安局, 公安局交警大队."""
    listed, fulls = set(cores), FullNames(cores)
    for core in cores:
        yield from ((core[:end], core) for end in range(1, len(core)) if core[:end] in listed)
        yield from ((core, full) for full in listed_full_names(core) if full in listed)
        yield from ((core, full) for full in fulls.of(core) if abbreviates(core, full))
