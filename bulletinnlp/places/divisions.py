"""The divisions of China, from the province down to the village, and their lookup by name and by code.

State of 2023-06-30 (`data/divisions/README.txt`). The upper levels load at once; the villages of a county are read when
they are asked for.

>>> china = divisions()
>>> china["371502005"]
Division(code='371502005', name='道口铺街道', level='town')
>>> china.region("371502005")
'山东省聊城市东昌府区道口铺街道'
>>> [unit.code for unit in china.named("东昌府区")]
['371502']
>>> [village.name for village in china.below("371502005")][:2]
['下堤社区居委会', '同创社区居委会']
"""

from __future__ import annotations

import re
import struct
import zlib
from bisect import bisect_right
from collections.abc import Collection, Iterator
from functools import cache, cached_property, lru_cache
from typing import Literal, NamedTuple

from bulletinnlp.data import resource, table
from bulletinnlp.places.name_forms import upper_forms, village_name

Level = Literal["province", "city", "county", "town", "village"]
_LEVELS: dict[int, Level] = {2: "province", 4: "city", 6: "county", 9: "town", 12: "village"}
#: Rows of the official table that gather units and name none.
_GATHERING = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class Division(NamedTuple):
    """A unit of the table.

    `code` has 2, 4, 6, 9 or 12 digits by level; `adcode` is the same filled up to six.
    """

    code: str
    name: str
    level: Level

    @property
    def adcode(self) -> str:
        """The official code: 6 digits to the county, 9 for a town, 12 for a village.

        >>> divisions()["3715"].adcode
        '371500'
        """
        return self.code.ljust(6, "0")


def level_of(code: str) -> Level:
    """The level of a code of 2, 4, 6, 9 or 12 digits."""
    return _LEVELS[len(code)]


def unpadded(adcode: str) -> str:
    """The code without the zeros that fill it up: 371500 → 3715.

    >>> unpadded("371500"), unpadded("370000"), unpadded("371502005")
    ('3715', '37', '371502005')
    """
    if len(adcode) != 6:
        return adcode
    return adcode[:2] if adcode.endswith("0000") else adcode[:4] if adcode.endswith("00") else adcode


class Divisions:
    """The table. Use `divisions()`, which reads it once."""

    def __init__(self) -> None:
        text = zlib.decompress(resource("divisions", "upper.bin").read_bytes()).decode("utf-8")
        self._text = text
        self._names: dict[str, str] = {}
        self._towns: dict[str, tuple[int, int]] = {}  # county → where its towns stand in the text
        at = 0
        for line in text.splitlines():
            code, name, *towns = line.split("\t")
            self._names[code] = name
            if towns:
                self._towns[code] = (at + len(line) - len(towns[0]), at + len(line))
            at += len(line) + 1

    def __contains__(self, code: str) -> bool:
        return self.get(code) is not None

    def __getitem__(self, code: str) -> Division:
        found = self.get(code)
        if found is None:
            raise KeyError(f"no division has the code {code!r}")
        return found

    def get(self, code: str) -> Division | None:
        """The unit of a code (371502, 371500, 3715 …), None if there is none."""
        if code not in self._names:  # 441900 is 东莞市, a city without counties
            code = unpadded(code)
        if len(code) <= 6:
            name = self._names.get(code)
            return Division(code, name, level_of(code)) if name is not None and len(code) in _LEVELS else None
        if len(code) == 9:
            return next((unit for unit in self.towns(code[:6]) if unit.code == code), None)
        return next((unit for unit in self.villages(code[:6]) if unit.code == code), None)

    def units(self) -> Iterator[Division]:
        """All provinces, cities and counties, in the order of their codes."""
        return (self[code] for code, name in self._names.items() if name not in _GATHERING)

    def chain(self, code: str) -> list[Division]:
        """The unit and the units that it lies in, from the province down.

        Rows that only gather units (市辖区) and a county that repeats its city (东莞市) are left out.

        >>> [unit.name for unit in divisions().chain("500243")]
        ['重庆市', '彭水苗族土家族自治县']
        """
        code = self[code].code
        units: list[Division] = []
        for length in _LEVELS:
            if length > len(code):
                break
            unit = self.get(code[:length])
            if unit and unit.name not in _GATHERING and not (units and units[-1].name == unit.name):
                units.append(unit)
        return units

    def region(self, code: str) -> str:
        """The full chain as one string; a village in its short form (陈化屯村).

        >>> divisions().region("371502")
        '山东省聊城市东昌府区'
        """
        return "".join(village_name(u.name) if u.level == "village" else u.name for u in self.chain(code))

    @lru_cache(maxsize=512)  # noqa: B019 - the table lives as long as the process
    def towns(self, county: str) -> tuple[Division, ...]:
        """The towns and streets of a county."""
        if county not in self._towns:
            return ()
        start, end = self._towns[county]
        return tuple(Division(county + row[:3], row[3:], "town") for row in self._text[start:end].split("|") if row)

    @lru_cache(maxsize=64)  # noqa: B019
    def villages(self, county: str) -> tuple[Division, ...]:
        """The villages and communities of a county, read on demand."""
        return tuple(_read_block(county, _blocks().get(county)))

    def below(self, code: str) -> list[Division]:
        """The units one level down; of a province or a city without such a level (北京市), the counties."""
        code = self[code].code
        if len(code) == 9:
            return [unit for unit in self.villages(code[:6]) if unit.code.startswith(code)]
        if len(code) == 6:
            return list(self.towns(code))
        length = len(code) + 2
        rows = [self[c] for c in self._names if len(c) == length and c.startswith(code)]
        return [unit for row in rows for unit in (self.below(row.code) if row.name in _GATHERING else [row])]

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        """Printed form → codes, of provinces, cities and counties; higher levels first."""
        forms: dict[str, list[str]] = {}
        for code, name in sorted(self._names.items(), key=lambda item: (len(item[0]), item[0])):
            if name not in _GATHERING:
                for form in upper_forms(name, level_of(code)):
                    forms.setdefault(form, []).append(code)
        for name, codes in list(forms.items()):  # 浦东, but not 滨海, which is 滨海县 too
            if name.endswith("新区") and len(name) > 3 and name[:-2] not in forms:
                forms[name[:-2]] = codes
        for name, code in (*table("short_divisions"), *table("renamed_counties")):
            forms.setdefault(name, []).append(unpadded(code))
        return forms

    def forms(self) -> Collection[str]:
        """All printed forms of the names of provinces, cities and counties."""
        return self._forms.keys()

    def lengths(self, beginning: str) -> tuple[int, ...]:
        """How long the names (down to the county) are that begin with these two characters, the longest first."""
        return self._heads.get(beginning, ())

    @cached_property
    def _heads(self) -> dict[str, tuple[int, ...]]:
        lengths: dict[str, set[int]] = {}
        for form in self._forms:
            lengths.setdefault(form[:2], set()).add(len(form))
        return {head: tuple(sorted(some, reverse=True)) for head, some in lengths.items()}

    def named(self, name: str, within: str = "") -> list[Division]:
        """Provinces, cities and counties of this name, full, short or old (郫县), within a code, higher ones first.

        >>> [unit.code for unit in divisions().named("彭水县")]
        ['500243']
        """
        return [self[code] for code in self._forms.get(name, ()) if code.startswith(within)]

    @lru_cache(maxsize=1024)  # noqa: B019
    def towns_named(self, name: str, within: str = "") -> tuple[Division, ...]:
        """Towns whose official name is `name`, within a province, city or county, or in all China.

        >>> [unit.code for unit in divisions().towns_named("道口铺街道")]
        ['371502005']
        """
        if name not in self._town_names:
            return ()
        return tuple(self._search(name, within))

    @cached_property
    def _town_names(self) -> frozenset[str]:
        """The names of all towns: most strings that are looked up are none, and need no scan."""
        return frozenset(re.findall(r"[|\t]\d{3}([^|\n]+)", self._text))

    def _search(self, name: str, within: str) -> Iterator[Division]:
        """Towns of this name. A scan of the text: 0.2 ms for all China."""
        text, (start, end) = self._text, self._spans.get(within, (0, 0))
        at = text.find(name, start, end)
        while at >= 0:
            stop = at + len(name)
            if text[at - 4] in "|\t" and text[at - 3 : at].isdigit() and text[stop : stop + 1] in "|\n":
                yield Division(self._county_at(at) + text[at - 3 : at], name, "town")
            at = text.find(name, at + 1, end)

    @cached_property
    def _spans(self) -> dict[str, tuple[int, int]]:
        """Code → where the towns within it stand in the text. Codes are in order, so each is one stretch."""
        spans: dict[str, tuple[int, int]] = {}
        for county, (start, end) in self._towns.items():
            for code in ("", county[:2], county[:4], county):
                spans[code] = (spans.get(code, (start, end))[0], end + 1)
        return spans

    @cached_property
    def _starts(self) -> tuple[list[int], list[str]]:
        return [start for start, _ in self._towns.values()], list(self._towns)

    def _county_at(self, offset: int) -> str:
        starts, counties = self._starts
        return counties[bisect_right(starts, offset) - 1]


@cache
def divisions() -> Divisions:
    """The table of divisions, read at the first call (some 20 ms)."""
    return Divisions()


class _Blocks(NamedTuple):
    """`villages.bin`: the deflate dictionary, and where each county's block stands."""

    data: bytes
    words: bytes
    places: dict[str, tuple[int, int]]

    def get(self, county: str) -> str:
        if county not in self.places:
            return ""
        start, end = self.places[county]
        inflate = zlib.decompressobj(-15, zdict=self.words)
        return (inflate.decompress(self.data[start:end]) + inflate.flush()).decode("utf-8")


@cache
def _blocks() -> _Blocks:
    """See `training/divisions.py` for the layout."""
    data = resource("divisions", "villages.bin").read_bytes()
    count, length = struct.unpack_from("<II", data)
    words = data[8 : 8 + length]
    at = 8 + length + 8 * count
    places = {}
    for code, size in struct.iter_unpack("<II", data[8 + length : at]):
        places[f"{code:06d}"] = (at, at + size)
        at += size
    return _Blocks(data, words, places)


def _read_block(county: str, block: str) -> Iterator[Division]:
    for line in block.split("\n"):
        town, _, names = line.partition("\t")
        number = -1
        for name in filter(None, names.split("|")):
            number += 1
            if name[:3].isdigit():
                number, name = int(name[:3]), name[3:]
            yield Division(f"{county}{town}{number:03d}", name, "village")
