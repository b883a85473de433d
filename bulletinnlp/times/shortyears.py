"""Whether a number before 年 names a year or counts years: 17年回村, 自20年起, 建于789年, not 守林17年."""

from __future__ import annotations

import re
from functools import cache

from bulletinnlp.data import lexicon, table
from bulletinnlp.times.numerals import Number, about

#: What follows a number of years, but not a year at the head of a clause: 57年间, 51年的.
_LENGTH = re.compile("年[，。、；！？,;!?的来间前后里中]|年(?:了|多|历史|工龄|党龄|时间)")
#: What follows a number of years that is none of our era: 1300年前, 2000年的历史.
_AGE = re.compile("年(?:的?历史(?![最上同新])|来|间|古|悠久|沧桑|文明|树龄|前|以前|之前|多)")
_HEAD = re.compile(r"[，。；：！？、,;:!?“‘（(\s自从在到于是]$")
#: What stands before a year that nothing else marks: 建于|789年, 自|20年起; and what follows 20年 then.
_BEFORE = re.compile(r"(?:[于自从在]|公元|[（(—–~～-]|(?<![不达得遇直])[到至])$")
_FROM_ON = re.compile("年(?:起|开始|以来|[至到—-]|[，,。](?!没))")
#: A subject alone before it: 他|17年, ，公司|18年.
_SUBJECT = re.compile("(?:(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{0,4}|[他她我你咱俺们])$")
_COUNTING = tuple("了过着满近达这那用共整仅约有第前后余守当")


@cache
def _turns() -> re.Pattern[str]:
    return re.compile(f"年(?:{'|'.join(lexicon('time_turns'))})")


@cache
def verbs() -> frozenset[str]:
    """Every word that may be a verb."""
    return frozenset(word for kind, _, words in table("words") if kind in "vN" for word in words.split(" "))


def is_year(number: Number, text: str, start: int, end: int) -> bool:
    """Whether `number` at `text[start:end]`, before 年, names a year.

    >>> from bulletinnlp.times.numerals import number
    >>> is_year(number("17"), "他17年回村创业", 1, 3), is_year(number("17"), "他守林17年", 3, 5)
    (True, False)
    """
    word, value = number.text, number.value
    if value is None:  # 八几年
        return len(word) == 2 and word[0] in "五六七八九零〇" and word[1] == "几" and not _LENGTH.match(text, end)
    if not number.arabic:
        two = len(word) == 2 and not about(word)
        return number.positional and (len(word) == 4 or (two and (value > 20 or word[0] in "零〇○")))
    if not word.isdecimal():
        return False
    if len(word) == 4:
        old = value % 10 == 0 and not 1900 <= value < 2100
        return 1000 <= value < 2200 and not (old and _AGE.match(text, end))
    before = text[max(0, start - 6) : start]
    if len(word) == 3:
        return bool(_BEFORE.search(before)) and not _AGE.match(text, end)
    return len(word) == 2 and (word[0] in "0０" or _by_place(value, before, text, end))


def _by_place(value: float, before: str, text: str, end: int) -> bool:
    """A two-digit year, by what stands around it."""
    if value > 49 and value % 10 != 0 and not _LENGTH.match(text, end) and (not before or _HEAD.search(before)):
        return True  # 98年我还在砖瓦厂烧窑
    if _BEFORE.search(before) and _FROM_ON.match(text, end):
        return True
    alone = _SUBJECT.search(before) and not before.endswith(_COUNTING) and before[-2:] not in verbs()
    return bool(alone and _turns().match(text, end))
