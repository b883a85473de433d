"""Which division a printed name denotes.

>>> resolve("道口铺街道陈化屯村", home="聊城市东昌府区")
Place(adcode='371502005207', region='山东省聊城市东昌府区道口铺街道陈化屯村', exact=True, candidates=())
>>> resolve("彭水县").region
'重庆市彭水苗族土家族自治县'
>>> resolve("新华街道").adcode is None, len(resolve("新华街道").candidates) > 10
(True, True)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from bulletinnlp.data import lexicon, words_of
from bulletinnlp.places.divisions import Division, divisions
from bulletinnlp.places.name_forms import kind, stem, suffixes, village_name, without_blanks


class Place(NamedTuple):
    """What a name denotes. `exact` is False where the table does not hold the name and the code is that of the unit
    around it; `candidates` are the codes among which nothing decides (then `adcode` is None)."""

    adcode: str | None
    region: str | None
    exact: bool
    candidates: tuple[str, ...] = ()


class ChainParse(NamedTuple):
    """One way to parse a printed chain: the units named, the last one's code, and what is left of the string.

    `loose` counts the units that are printed otherwise than in the table (short, or as 乡 where it is now 镇);
    `bare` says that the last unit stands without its ending.
    """

    code: str
    rest: str
    loose: int
    bare: bool
    units: int


class Match(NamedTuple):
    """A unit that a string begins with: its code, how many characters print it, what its form costs, and whether it
    stands without its ending."""

    code: str
    length: int
    cost: int
    bare: bool


NOWHERE = Place(None, None, False)
_LONGEST_COUNTY, _LONGEST_TOWN = 12, 24
#: What left a province since 1990: 重庆 left 四川 in 1997 (四川省涪陵地区).
_LEFT = {"51": "50"}
#: Endings of cities and prefectures: what lay in one of them may lie in another of the province today.
_AROUND_COUNTIES = ("地区", "盟", "市")
#: So many units are named before such a city: no chain names more.
_MOST_MOVED = 2
#: Which ending of a county became which: 茌平县 is 茌平区, 章丘市 is 章丘区; no district became a county.
_BECAME = {"县": ("区", "市"), "市": ("区",), "旗": ("区", "市")}
#: After a bare short name these say that the name is another one: 河南|镇, 北京|路.
_ENDINGS = ("省", "市", "州", "县", "区", "旗", "镇", "乡", "街", "路", "村", "社区")
#: Endings of sites of a kind.
_endings = partial(words_of, "site_endings")
_UNITS = ("省", "市", "州", "盟", "地区", "县", "区", "旗")


def place_of(code: str, exact: bool = True) -> Place:
    """The `Place` of a code."""
    unit = divisions()[code]
    return Place(unit.adcode, divisions().region(code), exact)


def table_form(name: str) -> str:
    """A name as the table writes names: without blanks and radicals, and without 中国 before a province.

    >>> table_form("中国福建省 福州市"), table_form("中国银行")
    ('福建省福州市', '中国银行')
    """
    name = without_blanks(name)
    rest = name.removeprefix("中华人民共和国").removeprefix("中国")
    heads = (rest[:length] for length in divisions().lengths(rest[:2])) if rest != name else ()
    return rest if any(unit.level == "province" for head in heads for unit in divisions().named(head)) else name


def resolve(name: str, home: str | None = None) -> Place:
    """The unit that a printed name denotes or lies in.

    `name` may be a chain (山东省聊城市东昌府区), a short name (聊城, 彭水县), a town or village, or a site that begins
    with a unit (新区街道后许小区). `home` is where the paper or the speaker is, as a chain, a name or a code; towns and
    villages are searched there. Ambiguous names give `adcode=None` and the candidates.

    >>> resolve("新区街道后许小区", home="371502")
    Place(adcode='371502003', region='山东省聊城市东昌府区新区街道', exact=False, candidates=())
    >>> resolve("朝阳区", home="吉林省长春市").adcode
    '220104'
    """
    at = home_code(home)
    name = table_form(name)
    found = best_parse(parses(name, at), at)
    if found:
        return place_of(found.code, exact=not found.rest)
    return _ambiguous(name, at)


@lru_cache(maxsize=1024)
def home_code(home: str | None) -> str:
    """The code (2 to 12 digits, not filled up) of a home, which is a chain, a name or a code; "" for none."""
    if not home:
        return ""
    if home.isdigit():
        unit = divisions().get(home)
        return unit.code if unit else ""
    home = table_form(home)
    _, _, rest = home.rpartition("兵团")  # 新疆生产建设兵团第八师石河子市
    found = [parse for parse in parses(rest or home, "") if not parse.rest]
    if not found and home != (city := re.sub(r"^第.{1,2}师", "", rest)):
        return home_code(city)
    codes = {parse.code for parse in found}
    if len(codes) > 1:  # 东莞市 is a city and its only county; 吉林 a province and a city
        full = {parse.code for parse in found if not parse.loose} or codes
        deepest = max(full, key=len)
        codes = {deepest} if all(deepest.startswith(code) for code in full) else full
    return codes.pop() if len(codes) == 1 else ""


def best_parse(found: Iterable[ChainParse], home: str) -> ChainParse | None:
    """The parse that leaves least, names most and lies nearest to home; None if two lie equally near."""
    ranked = sorted(found, key=lambda parse: _rank(parse, home))
    if not ranked:
        return None
    first = ranked[0]
    rivals = {r.code for r in ranked if _rank(r, home) == _rank(first, home)}
    return first if len(rivals) == 1 else None


def _rank(parse: ChainParse, home: str) -> tuple[float, ...]:
    """Smaller is better: near home first, then the higher unit (吉林: the province).

    A province's short name means the province far from it too, but in a unit that goes by it: 河北 in 天津市河北区.
    """
    near: float = _shared(parse.code, home)
    if parse.bare and parse.units == 1 and len(parse.code) == 2:
        near = 2.5
    elif home.startswith(parse.code):
        near = 3
    return (len(parse.rest), parse.loose, -near, len(parse.code) if parse.loose else -len(parse.code) % 6)


def _shared(code: str, home: str) -> int:
    """How many levels a code shares with home."""
    return sum(len(home) >= n and len(code) >= n and code[:n] == home[:n] for n in (2, 4, 6))


@lru_cache(maxsize=4096)
def parses(name: str, home: str) -> tuple[ChainParse, ...]:
    """All ways to parse a printed name as a chain of units, as far as the table and `home` allow.

    >>> [r.code for r in parses("聊城市东昌府区", "")]
    ['3715', '371502']
    """
    name = table_form(name)
    starts = ["", home] if len(home) >= 6 else [""]  # all China, and what lies in the home county or town
    found = (parse for start in starts for parse in _descend(name, start, 0, 0, home))
    return tuple(parse for parse in found if _plausible(parse, name, home))


def _descend(
    text: str, scope: str, units: int, loose: int, home: str, bare_before: bool = True
) -> Iterator[ChainParse]:
    for unit, length, cost, bare in _first_unit(text, scope, home):
        rest = text[length:]
        if bare and bare_before and len(unit) == 12:
            continue  # 三江|南站, 商贸城: a village is bare only after its town's full name
        parse = ChainParse(unit, rest, loose + cost, bare, units + 1)
        yield parse
        if rest and not (bare and rest.startswith(_ENDINGS)):
            yield from _descend(rest, unit, units + 1, loose + cost, home, bare)
            moved = (cost or len(unit) == 6) and not bare and text[:length].endswith(_AROUND_COUNTIES)
            if moved and units < _MOST_MOVED:
                yield from _descend(rest, unit[:2], units + 1, loose + cost + 1, home, bare)


def _first_unit(text: str, scope: str, home: str) -> Iterator[Match]:
    """The units that `text` may begin with in a scope."""
    if len(scope) < 6:
        yield from _upper(text, scope)
        if left := _LEFT.get(scope):
            yield from (found._replace(cost=found.cost + 1) for found in _upper(text, left) if not found.bare)
        if scope and home.startswith(scope) and len(home) >= 6:  # 聊城市道口铺街道, with the county left out
            yield from _towns(text, home[:6])
    elif len(scope) == 6:
        yield from _towns(text, scope)
        yield from _villages(text, scope)
    elif len(scope) == 9:
        yield from _villages(text, scope)


def _upper(text: str, scope: str) -> Iterator[Match]:
    china = divisions()
    for length in china.lengths(text[:2]):
        name = text[:length]
        for unit in china.named(name, scope):
            if len(unit.code) > len(scope):
                bare = unit.name != name and (stem(unit.name, unit.level) == name or not name.endswith(_UNITS))
                yield Match(unit.code, length, int(unit.name != name), bare)
    for length in range(3, min(len(text), _LONGEST_COUNTY) + 1):
        if text[length - 1] in _BECAME:
            yield from _renamed(text[:length], scope)
    yield from _prefectures(text, scope)


def _renamed(name: str, scope: str) -> Iterator[Match]:
    """A county under its former ending: 茌平县 is 茌平区 now. Only where one county of China has the stem."""
    china = divisions()
    short = stem(name, "county")
    if china.named(name) or len(short) < 2:
        return
    counties = [unit for unit in china.named(short) if unit.level == "county" and unit.name != short]
    if len(counties) == 1 and counties[0].code.startswith(scope) and counties[0].name.endswith(_BECAME[name[-1]]):
        yield Match(counties[0].code, len(name), 1, False)


def _prefectures(text: str, scope: str) -> Iterator[Match]:
    """A city under its name of the nineties: 聊城地区. 北京地区 and 海南地区 are no prefectures."""
    length = text.find("地区", 2) + 2
    units = divisions().named(text[: length - 2], scope) if 3 < length <= _LONGEST_COUNTY else []
    province = any(unit.level == "province" for unit in units)
    for unit in units:
        if unit.level == "city" and (unit.name.endswith("市") or not province):
            yield Match(unit.code, length, 1, False)


def _towns(text: str, county: str) -> Iterator[Match]:
    bases = _town_bases(county)
    for length in range(1, min(len(text), _LONGEST_TOWN) + 1):
        base = text[:length]
        for unit in bases.get(base, ()):
            if base == unit.name:
                yield Match(unit.code, length, 0, False)
            rest = text[length:]
            ending = next((s for s in suffixes("town") if rest.startswith(s)), "")
            if base + ending == unit.name:
                continue
            if ending:
                yield Match(unit.code, length + len(ending), 1, False)
            elif base != unit.name and length >= 2:
                yield Match(unit.code, length, 1, True)


@lru_cache(maxsize=256)
def _town_bases(county: str) -> dict[str, list[Division]]:
    """The full and the short names of a county's towns → towns."""
    bases: dict[str, list[Division]] = {}
    for unit in divisions().towns(county):
        for base in {unit.name, stem(unit.name, "town")}:
            bases.setdefault(base, []).append(unit)
    return bases


def _villages(text: str, scope: str) -> Iterator[Match]:
    """A village is matched whole or by a beginning that ends as a village does: 华府社区|全民核酸采样点."""
    for length in _village_ends(text):
        name = text[:length]
        for unit in villages_like(name, scope):
            bare = kind(name) != "village"
            yield Match(unit.code, length, 2 * bare or int(village_name(unit.name) != name), bare)


def _village_ends(text: str) -> list[int]:
    """Lengths of the beginnings of `text` that may be a village, the longest first."""
    ends = {
        text.find(ending, 1) + len(ending)
        for ending in ("社区", "村", "嘎查", "新村", "居委会", "村委会")
        if text.find(ending, 1) > 0
    }
    return sorted(ends | {len(text)}, reverse=True)


@lru_cache(maxsize=1024)
def villages_like(name: str, scope: str) -> tuple[Division, ...]:
    """Villages of a county or town that go by this name: those of the same kind (村, 社区) if there are any.

    >>> [unit.name for unit in villages_like("陈化屯村", "371502")]
    ['陈化屯村委会']
    """
    wanted = bare_village(name)
    if len(wanted) < 2:
        return ()
    near = _villages_by_start(scope[:6]).get(wanted[:2], ())
    found = [unit for unit in near if unit.code.startswith(scope) and bare_village(unit.name) == wanted]
    same = [unit for unit in found if village_name(unit.name) == village_name(name)]
    return tuple(same or found)


@lru_cache(maxsize=64)
def _villages_by_start(county: str) -> dict[str, list[Division]]:
    """A county's villages by their first two characters, which every form of a name keeps."""
    found: dict[str, list[Division]] = {}
    for unit in divisions().villages(county):
        found.setdefault(unit.name[:2], []).append(unit)
    return found


@lru_cache(maxsize=1024)
def bare_village(name: str) -> str:
    """The stem that the forms of a village share: 前李村委会, 前李村, 前李新村."""
    base = stem(village_name(name), "village")
    return base[:-1] if len(base) > 2 and base.endswith(("村", "新")) else base


def _plausible(parse: ChainParse, name: str, home: str) -> bool:
    """Whether what is left can follow. A bare short name proves little: 北京西路 is not in 北京."""
    rest = parse.rest
    if not parse.bare:
        return not rest or len(rest) > 1 or rest not in _ENDINGS
    short = name[: len(name) - len(rest)]
    if not rest:
        return parse.units > 1 or not _doubtful(short, parse.code, home)
    if len(rest) < 2 or rest.startswith(_ENDINGS):
        return False
    if len(parse.code) == 9 and (short.endswith(_endings("natural")) or rest.endswith(_endings("way"))):
        return False  # 淮河文化广场 is not in 淮河镇
    zones = _endings("zone")
    if (rest.endswith(zones) or rest.startswith(zones)) and len(parse.code) <= 6:
        return _may_have_zones(short, parse.code, home)
    return home.startswith(parse.code[:4]) or rest.endswith(_endings("spot"))


def _may_have_zones(short: str, code: str, home: str) -> bool:
    """Whether a zone may go by the short name of a unit: 昆山高新区, not 东方|红开发区; 吉林高新区 is the city's."""
    unit = divisions()[code]
    if unit.level == "county":
        return short not in lexicon("division_words") and (not home or home[:2] == code[:2])
    return unit.level == "city" or not any(other.level == "city" for other in divisions().named(short))


def _doubtful(short: str, code: str, home: str) -> bool:
    """A bare name that may well be something else: a mountain or a river (六盘山), a word (水城), a far district."""
    if home.startswith(code):
        return False
    if len(code) > 2 and short in lexicon("division_words"):
        return True
    if len(code) > 4 and short.endswith(_endings("natural")):
        return True
    return len(code) == 6 and bool(home) and code[:2] != home[:2] and divisions()[code].name.endswith("区")


def _ambiguous(name: str, home: str) -> Place:
    """No parse decides: the candidates, or the only one in China."""
    china = divisions()
    level = kind(name)
    units: list[Division] = []
    if level == "town":
        units = list(china.towns_named(name, home[:4])) or list(china.towns_named(name))
        if len(units) == 1 and (not home or units[0].code.startswith(home[:4])):
            return place_of(units[0].code)
    elif level == "village" and len(home) >= 6:
        units = list(villages_like(name, home[:6]))
    elif level != "village":
        units = china.named(name, home[:4]) or china.named(name)
    return Place(None, None, False, tuple(unit.adcode for unit in units))
