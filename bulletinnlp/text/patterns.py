"""Regular expressions that are made of word lists."""

from __future__ import annotations

from collections.abc import Iterable

import regex

#: A pattern that matches nothing.
NEVER = r"(?!)"


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first; without words one that matches nothing.

    >>> regex.findall(any_of(["记者", "首席记者"]), "首席记者甲 记者乙")
    ['首席记者', '记者']
    """
    return "|".join(map(regex.escape, sorted(set(words), key=len, reverse=True))) or NEVER
