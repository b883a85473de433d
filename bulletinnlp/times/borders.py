"""Borders of words: 目前 stands in 目前进展顺利, but 项目前期 is 项目 and 前期."""

from __future__ import annotations

import re
from functools import cache

from bulletinnlp.data import table

#: How many characters around a word are cut into words: few words are longer.
_REACH = 3
#: What a character costs that is no word, at most what a time of the dictionary costs, a character of any other.
_UNKNOWN, _TIME, _NEW = 200, 100, 40

#: Words that seldom stand where they seem to: 至|今年, 而|今天, 正月|初一.
_LOOSE = frozenset(("至今", "而今", "月初", "从今"))
#: What stands before a number of places: 各科目|前三|名.
_RANKS = ("前三", "前五", "前十", "前百")
#: What makes a longer time of the word before: 上周|六, 去年|底, 正月|初一.
_GOES_ON = re.compile("(?<!近)[年月周代季纪][初中底末]|[周期拜][一二三四五六日天]")


@cache
def _costs() -> dict[str, int]:
    """What the words of the dictionary cost (see `data/lexicons/words.txt`)."""
    costs = {word: int(cost) for _, cost, words in table("words") for word in words.split(" ") if word not in _LOOSE}
    return costs | dict.fromkeys(_RANKS, 60)


@cache
def _joints() -> frozenset[str]:
    """Every two characters that stand side by side in a word."""
    return frozenset(word[at : at + 2] for word in _costs() for at in range(len(word) - 1))


def crossed(text: str, start: int, end: int) -> bool:
    """Whether words of common use lie across a border of `text[start:end]`: the cheapest cut decides.

    >>> crossed("该项目前期工作", 2, 4), crossed("该项目目前进展顺利", 3, 5)
    (True, False)
    """
    costs, joints = _costs(), _joints()
    if text[start - 1 : start + 1] not in joints and text[end - 1 : end + 1] not in joints:
        return False
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    borders = [(border, at) for border in (start, end) for at in range(max(low, border - _REACH), border)]
    if not any(text[at:to] in costs for b, at in borders for to in range(b + 1, min(at + _REACH + 1, high) + 1)):
        return False  # no word at all lies there
    best = [0] + [1 << 30] * (high - low)
    #: whether the cheapest cut up to a place goes across a border of the word
    across = [False] * (high - low + 1)
    for at in range(low, high):
        before, over = best[at - low], across[at - low]
        for stop in range(at + 1, min(at + _REACH + 1, high) + 1):
            cost = costs.get(text[at:stop])
            if at == start and (stop == end or (stop == end + 1 and _GOES_ON.match(text, end - 1))):
                cost = min(cost, _TIME) if cost else _NEW * (stop - at)
            elif cost is None:
                if stop > at + 1:
                    continue
                cost = _UNKNOWN
            if before + cost < best[stop - low]:
                best[stop - low] = before + cost
                across[stop - low] = over or at < start < stop or start < at < end < stop
    return across[-1]
