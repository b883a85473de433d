"""Chinese and Arabic numbers as newspapers write them, and whether a number before 年 names a year."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from bulletinnlp.data import table
from bulletinnlp.times.time_grammar import cue

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
TENS = {"廿": 20, "卅": 30}
VAGUE = "几数若"


class Number(NamedTuple):
    """A number in a text: its value (None where it is inexact: 几, 数十), and how it is written."""

    value: float | None
    text: str

    @property
    def arabic(self) -> bool:
        return self.text[0].isdecimal()


@lru_cache(maxsize=4096)
def number(text: str) -> Number:
    """Read a number. Of two neighbouring digits (三四天, 十七八岁) the lower counts.

    >>> words = "２５ 1.5 二〇二二 一百二十 两千零五 廿八 十几 七八 三五 1,200 2万"
    >>> [number(word).value for word in words.split()]
    [25, 1.5, 2022, 120, 2005, 28, None, 7, 3, 1200, 20000]
    """
    if text[0].isdecimal():
        digits = text.rstrip("万千").replace(",", "")
        value = float(digits) if "." in digits else int(digits)
        return Number(value * UNITS.get(text[-1], 1), text)
    if any(c in VAGUE for c in text):
        return Number(None, text)
    if positional(text):
        return Number(int("".join(str(DIGITS[c]) for c in text)), text)
    return Number(_counted(text), text)


def positional(text: str) -> bool:
    """Written digit by digit in Chinese: 二〇二二, 九八, 零五."""
    return len(text) > 1 and all(c in DIGITS for c in text) and not about(text)


def about(text: str) -> bool:
    """Two digits that name a span instead of a number: 三四, 七八, 三五."""
    if len(text) != 2 or any(c not in DIGITS or DIGITS[c] == 0 for c in text):
        return False
    low, high = DIGITS[text[0]], DIGITS[text[1]]
    return high - low == 1 or (low, high) == (3, 5)


def _counted(text: str) -> int:
    total, section, digit = 0, 0, 0
    for char in text:
        if char in DIGITS:
            if digit:  # 十七八, 三四十: the lower of the two
                continue
            digit = DIGITS[char]
        elif char in TENS:
            section, digit = section + TENS[char], 0
        elif char == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        else:
            section, digit = section + (digit or 1) * UNITS[char], 0
    return total + section + digit


@cache
def verbs() -> frozenset[str]:
    """Every word that may be a verb."""
    return frozenset(word for kind, _, words in table("words") if kind in "vN" for word in words.split(" "))


def is_year(number: Number, text: str, start: int, end: int) -> bool:
    """Whether `number` at `text[start:end]`, before 年, names a year.

    >>> is_year(number("17"), "他17年回村创业", 1, 3), is_year(number("17"), "他守林17年", 3, 5)
    (True, False)
    """
    word, value = number.text, number.value
    if value is None:  # 八几年
        return bool(re.fullmatch("[五六七八九零〇]几", word)) and not cue("years_counted").match(text, end)
    if not number.arabic:
        return positional(word) and (len(word) == 4 or (len(word) == 2 and (value > 20 or word[0] in "零〇○")))
    if not word.isdecimal():
        return False
    if len(word) == 4:
        old = value % 10 == 0 and not 1900 <= value < 2100
        return 1000 <= value < 2200 and not (old and cue("years_past").match(text, end))
    before = text[max(0, start - 6) : start]
    if len(word) == 3:
        return bool(cue("before_year").search(before)) and not cue("years_past").match(text, end)
    return len(word) == 2 and (word[0] in "0０" or _by_place(value, before, text, end))


def _by_place(value: float, before: str, text: str, end: int) -> bool:
    """A two-digit year, by what stands around it."""
    at_head = not before or cue("head").search(before)
    if value > 49 and value % 10 and at_head and not cue("years_counted").match(text, end):
        return True  # 98年我还在砖瓦厂烧窑
    if cue("before_year").search(before) and cue("from_year").match(text, end):
        return True
    alone = cue("subject").search(before) and not cue("counting").search(before) and before[-2:] not in verbs()
    return bool(alone and cue("turn").match(text, end))
