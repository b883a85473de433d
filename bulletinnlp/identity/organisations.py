"""When two names of organisations mean the same one: where an organisation belongs, and short names beside full ones.

>>> organisation_name("区市场监管局", "371502")
OrganisationName(code='371502', core='市场监管局', stated=True)
>>> abbreviates("市场监管局", "市场监督管理局"), abbreviates("实验小学", "第二实验小学")
(True, False)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from bulletinnlp.data import table
from bulletinnlp.places.divisions import divisions
from bulletinnlp.places.locate import home_unit, level_before
from bulletinnlp.places.lookup import best_parse, parses


class OrganisationName(NamedTuple):
    """Where an organisation belongs (code of a division, "" for none) and its name without that.

    `stated` is False where the name does not say it, and it is taken to be of the home.
    """

    code: str
    core: str
    stated: bool


#: Organisations that are the same wherever a paper names them.
_EVERYWHERE = re.compile(
    r"^(?:中共中央|中央|国家|国务院|全国|中国|教育部|财政部|新华社|人民日报)|(?:有限(?:责任)?公司|股份公司|集团|大学|学院)$"
)
_ORDINAL = re.compile(r"第(?=[一二三四五六七八九十\d]+)")
#: 隰县|县委, 东昌府区|区政府: the level printed twice.
_TWICE = re.compile(r"^[省市州县区旗镇乡](?=委|政府|人大|政协|纪委|人民)")


@lru_cache(maxsize=1024)
def organisation_name(name: str, home: str) -> OrganisationName:
    """Split an organisation's name into the unit that it belongs to and the rest, in a regular form.

    >>> organisation_name("县委", "141031"), organisation_name("中共隰县县委", "141031")
    (OrganisationName(code='141031', core='委', stated=True), OrganisationName(code='141031', core='委', stated=True))
    >>> organisation_name("共青团东昌府区委", "371502") == organisation_name("团区委", "371502")
    True
    """
    text = _ORDINAL.sub("", name.removeprefix("中国共产党").removeprefix("中共")) or name
    league = re.match(r"(?:共青团|团)(?=.*委(?:员会)?$)", text)
    if league and (len(league[0]) > 1 or level_before(text[1:])):  # 团区委, 共青团东昌府区委
        at = organisation_name(text[league.end() :], home)
        return at._replace(core="团" + at.core)
    if level_before(text):
        unit = home_unit(home, text[0])
        return OrganisationName(unit.code if unit else home, _core(text[1:]), unit is not None)
    if _EVERYWHERE.search(text):
        return OrganisationName("", text, False)
    # A bare short name carries an organisation only at home: 东昌府|交警大队, but not 新华|书店.
    carrying = (parse for parse in parses(text, home) if not parse.bare or home.startswith(parse.code))
    if parse := best_parse((parse for parse in carrying if parse.rest and len(parse.code) <= 9), home):
        return OrganisationName(parse.code, _core(_TWICE.sub("", parse.rest)), True)
    return OrganisationName(home, _core(text), False)


def _core(rest: str) -> str:
    """委员会 is 委 where it is all; the rest stays."""
    return "委" if rest == "委员会" else rest


@cache
def _words() -> tuple[frozenset[str], frozenset[str], int]:
    rows = table("body_words")
    words = frozenset(row[0] for row in rows)
    return words, frozenset(row[0] for row in rows if len(row) > 1), max(map(len, words))


@cache
def _irregular() -> frozenset[tuple[str, str]]:
    """Short and full names that no rule connects: 政协, 人民政治协商会议."""
    return frozenset((row[0], row[1]) for row in table("body_abbreviations") if len(row) > 2)


def listed_full_names(short: str) -> list[str]:
    """The full names that only the table of usual pairs gives for a short one."""
    return sorted(full for listed, full in _irregular() if listed == short)


@cache
def _ends() -> dict[str, frozenset[str]]:
    pairs = {(row[0][-1], row[1][-1]) for row in table("body_abbreviations")}
    return {end: frozenset(full for short, full in pairs if short == end) | {end} for end, _ in pairs}


def last_characters(short: str) -> frozenset[str]:
    """The characters that the full name may end in: 纪委, 纪律检查委员会."""
    return _ends().get(short[-1], frozenset(short[-1]))


@lru_cache(maxsize=1024)
def words(name: str) -> tuple[str, ...]:
    """An organisation's name cut into listed words, the longest first at each place; the rest stays in characters.

    >>> words("住房和城乡建设局")
    ('住房', '和', '城乡', '建设', '局')
    """
    listed, _, longest = _words()
    out = []
    at = 0
    while at < len(name):
        length = next((n for n in range(min(longest, len(name) - at), 1, -1) if name[at : at + n] in listed), 1)
        out.append(name[at : at + length])
        at += length
    return tuple(out)


def proper(core: str) -> str:
    """What of an organisation's name is no word for organisations: what distinguishes such names, so short forms keep
    it.

    >>> proper("天香酿造博物馆"), proper("财政局")
    ('天香酿造', '')
    """
    listed = _words()[0]
    return "".join(word for word in words(core) if word not in listed)


def brand(company: str) -> str:
    """A company's name without the places before it.

    >>> brand("山东聊城德信堂连锁有限公司"), brand("威县金凤凰养殖有限公司")
    ('德信堂连锁有限公司', '金凤凰养殖有限公司')
    """
    china = divisions()
    at = 0
    while at < len(company) - 4:
        lengths = (n for n in china.lengths(company[at : at + 2]) if n < len(company) - at - 3)
        length = next((n for n in lengths if _is_place(company[at : at + n])), 0)
        if not length:
            break
        at += length
    return company[at:]


def _is_place(name: str) -> bool:
    """A full name of a unit, or the short one of a province or a city (山东, 聊城); 金凤 is a brand as well."""
    return any(unit.name == name or unit.level != "county" for unit in divisions().named(name))


def is_proper(core: str) -> bool:
    """Whether an organisation's name holds more than words for organisations.

    >>> is_proper("天香酿造博物馆"), is_proper("实验小学")
    (True, False)
    """
    return len(proper(core)) > 1


class FullNames:
    """Names of organisations of one unit, and which of them may be the full name of a short one.

    >>> FullNames(["财政局", "人力资源和社会保障局", "社会科学院"]).of("人社局")
    ['人力资源和社会保障局']
    """

    #: Where more names than this hold the rarest character of a short one, nothing decides between them.
    MOST = 1_000

    def __init__(self, names: Iterable[str]) -> None:
        self._with: dict[str, list[str]] = defaultdict(list)
        for name in names:
            for char in set(name):
                self._with[char].append(name)

    def of(self, short: str) -> list[str]:
        """The longer names that hold all characters of the short one."""
        chars = set(_ORDINAL.sub("", short))
        rarest = min((self._with.get(char, []) for char in chars), key=len, default=[])
        if len(rarest) > self.MOST:
            return []
        return [full for full in rarest if len(full) > len(short) and chars.issubset(full)]


@lru_cache(maxsize=1024)
def abbreviates(short: str, full: str) -> bool:
    """Whether `short` is a regular short form of `full`, both without the unit before them.

    Each character of the short form must begin a word of the full one or go on where the one before stopped; the first
    and the last word must be touched; words that are not listed (names, numbers) may not be left out.

    >>> abbreviates("人社局", "人力资源和社会保障局"), abbreviates("执法局", "综合行政执法局")
    (True, True)
    >>> abbreviates("民政局", "财政局"), abbreviates("人民医院", "二人民医院")
    (False, False)
    """
    short, full = _ORDINAL.sub("", short), _ORDINAL.sub("", full)
    if short == full or (short, full) in _irregular():
        return True
    if len(short) >= len(full) or len(short) < 2:
        return False
    if short[-1] not in words(full)[-1]:
        return False
    return _align(short, words(full), True)


def _align(short: str, rest: tuple[str, ...], front: bool) -> bool:
    """Whether the words that are left can give the characters that are left."""
    if not rest:
        return not short
    word, *more = rest
    left = tuple(more)
    listed, leading, _ = _words()
    for length in range(min(len(word), len(short)), 0, -1):
        if word.startswith(short[:length]) and _align(short[length:], left, False):
            return True
    if len(word) == 3 and short.startswith(word[0] + word[2]) and _align(short[2:], left, False):
        return True  # 人大常委会: 常务|委员会
    if not left:
        return short == word[-1:]  # 二院: 二人民医院
    may_skip = word in leading if front else word in listed
    return may_skip and _align(short, left, front)
