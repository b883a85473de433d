"""The forms in which the name of a division is printed: full, short, old.

>>> stem("彭水苗族土家族自治县", "county"), stem("道口铺街道", "town"), stem("陈化屯村委会", "village")
('彭水', '道口铺', '陈化屯')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bulletinnlp.data import lexicon, words_of
from bulletinnlp.text.patterns import any_of
from bulletinnlp.text.plain import plain as plain_text

#: White space, and characters that take no room: soft hyphen, zero-width spaces, marks of direction, byte-order mark.
_NO_ROOM = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
#: 花溪居委会（社区）
_NOTE = re.compile(r"[（(][^（()）]*[)）]$")
_MINIMUM = 2  # a stem of one character is no name: 浚县 stays 浚县


def without_blanks(name: str) -> str:
    """A name in plain characters (`text/plain.py`), without the blanks that OCR and PDF put into it.

    >>> without_blanks("江苏省 泰兴市"), without_blanks("⻓安区"), without_blanks("臺北市")
    ('江苏省泰兴市', '长安区', '台北市')
    """
    return _NO_ROOM.sub("", plain_text(name))


@cache
def suffixes(level: str) -> tuple[str, ...]:
    """The endings of names of a level, longest first: `suffixes("town")` has 街道办事处, 街道, 镇, 乡."""
    return tuple(sorted(words_of("division_suffixes", level), key=len, reverse=True))


@cache
def suffix_pattern(level: str) -> re.Pattern[str]:
    """Matches an ending of this level at the end of a string."""
    return re.compile(f"(?:{any_of(suffixes(level))})$")


@cache
def _groups() -> re.Pattern[str]:
    """The names of ethnic groups at the end of what precedes 自治县, 自治州, 乡."""
    return re.compile(rf"(?:(?:{any_of(lexicon('ethnic_groups'))})族)+$")


@cache
def _bare_groups() -> re.Pattern[str]:
    """Groups named without 族: 察布查尔锡伯自治县, 博尔塔拉蒙古自治州."""
    long = any_of(name for name in lexicon("ethnic_groups") if len(name) > 1)
    return re.compile(rf"(?:(?:{any_of(lexicon('ethnic_groups'))})族|{long})+$")


@lru_cache(maxsize=1024)
def stem(name: str, level: str) -> str:
    """The name without the ending of its level and without ethnic groups; itself where too little would be left.

    >>> stem("湘西土家族苗族自治州", "city"), stem("新疆维吾尔自治区", "province"), stem("浚县", "county")
    ('湘西', '新疆', '浚县')
    >>> stem("莪山畲族乡", "town"), stem("同创社区居委会", "village")
    ('莪山', '同创')
    """
    for suffix in suffixes(level):
        if not name.endswith(suffix):
            continue
        base = name[: -len(suffix)]
        if suffix.startswith("自治") or suffix == "乡" or suffix == "镇":
            pattern = _bare_groups() if suffix.startswith("自治") else _groups()
            short = pattern.sub("", base)
            if not short:  # 东乡族自治县
                short = base.removesuffix("族")
            if len(short) >= _MINIMUM:
                return short
        if len(base) >= _MINIMUM:
            return base
    return name


def upper_forms(name: str, level: str) -> Iterator[str]:
    """The forms in which a province, a city or a county is printed, the full one first.

    >>> list(upper_forms("彭水苗族土家族自治县", "county"))
    ['彭水苗族土家族自治县', '彭水自治县', '彭水县', '彭水']
    >>> list(upper_forms("聊城市", "city"))
    ['聊城市', '聊城']
    """
    yield name
    short = stem(name, level)
    if short == name:
        return
    for ending, plain in (("自治县", "县"), ("自治州", "州"), ("自治旗", "旗"), ("自治区", "自治区")):
        if name.endswith(ending):
            if short + ending != name:
                yield short + ending
            if plain != ending:
                yield short + plain
    yield short


@lru_cache(maxsize=1024)
def village_name(official: str) -> str:
    """The name by which a village or community goes: without its committee.

    >>> village_name("陈化屯村委会"), village_name("同创社区居委会"), village_name("前进居民委员会")
    ('陈化屯村', '同创社区', '前进社区')
    """
    official = _NOTE.sub("", official)
    for ending in ("嘎查村民委员会", "嘎查村委会", "嘎查委员会"):
        if official.endswith(ending) and official != ending:
            return official[: -len(ending)] + "嘎查"
    for ending in ("村村民委员会", "村村委会", "村民委员会", "村委会"):
        if official.endswith(ending) and official != ending:
            base = official[: -len(ending)]
            return base if base.endswith(("社区", "嘎查", "居")) else base + "村"
    for ending in ("社区居民委员会", "社区居委会", "居民委员会", "居委会"):
        if official.endswith(ending) and official != ending:
            base = official[: -len(ending)]
            return base if base.endswith(("村", "社区")) else base + "社区"
    return official


@lru_cache(maxsize=1024)
def kind(name: str) -> str | None:
    """The level that a printed name claims by its ending; None for a bare name or a site.

    >>> kind("山东省"), kind("道口铺街道"), kind("同创社区"), kind("聊城高速西口")
    ('province', 'town', 'village', None)
    """
    if len(name) < _MINIMUM:
        return None
    for level in ("village", "town"):
        if suffix_pattern(level).search(name) and not name.endswith("地区"):
            return level
    if name.endswith(("省", "自治区", "特别行政区")):
        return "province"
    if name.endswith(("自治州", "地区", "盟", "州市")):
        return "city"
    if name.endswith(("县", "旗", "区", "市")):
        return "county"
    return None
