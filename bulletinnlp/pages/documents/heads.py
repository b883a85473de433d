"""Running heads and feet: what a page prints over and under its text, such as the paper's name and the page's number.

They are the outermost lines of a page, in small type, and hold a number or a date, or stand in the same place on a page
nearby, numbers aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bulletinnlp.pages.dates import PRINTED
from bulletinnlp.pages.documents.fragments import Fragment
from bulletinnlp.pages.documents.items import LARGE, body_size

#: Heads and feet lie in this share of the height of a page, and have so many rows at most.
_EDGE, _ROWS = 0.12, 3
#: Type on one base line, and the space to the text (base line to base line) of a head that is known by its date alone
#: (in sizes); the same place on two pages (in points).
_LEVEL, _SPACE, _PLACE = 0.5, 2.2, 6.0
_NUMBER = re.compile(
    r"[\s—–\-·•.|/~〈〉《》<>()（）]*(?:第\s*)?[A-DＡ-Ｄ]?\d{1,4}\s*[版页]?(?:\s*[/／共]\s*\d{1,4}\s*[版页]?)?"
    r"[\s—–\-·•.|/~〈〉《》<>()（）]*|第?[一二三四五六七八九十]{1,3}版"
)
_DIGITS = re.compile(r"\d+")


Trace = tuple[str, int]


class Parts(NamedTuple):
    """The fragments of a page: heads, its text, feet."""

    heads: list[Fragment]
    text: list[Fragment]
    feet: list[Fragment]


def parted(fragments: Sequence[Fragment], height: float, nearby: Iterable[Sequence[Fragment]] = ()) -> Parts:
    """Part the fragments of a page of so many points' height; `nearby` are those of other pages of the document.

    >>> head, number = Fragment("平原日报 要闻", 50, 20, 130, 29, 9), Fragment("3", 300, 810, 305, 819, 9)
    >>> text = [Fragment("县里开会，他去了。", 50, y, 130, y + 10, 10) for y in (100, 115, 130)]
    >>> other = [head, *text]
    >>> [len(some) for some in parted([head, *text, number], 842, [other])]
    [1, 3, 1]
    """
    size = body_size(fragments)
    seen = {_trace(f) for page in nearby for f in page if f.y1 < _EDGE * height or f.y0 > (1 - _EDGE) * height}
    rows = _rows(fragments)
    top = _count(rows, size, seen, [row for row in rows if row[0].y1 < _EDGE * height])
    rest = rows[top:][::-1]
    foot = _count(rest, size, seen, [row for row in rest if row[0].y0 > (1 - _EDGE) * height])
    some = rows[:top], rows[top : len(rows) - foot], rows[len(rows) - foot :]
    return Parts(*([f for row in part for f in row] for part in some))


def _rows(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """The fragments on one base line each, from top to bottom and from left to right."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: f.y1):
        if not rows or fragment.y1 - rows[-1][0].y1 > _LEVEL * fragment.size:
            rows.append([])
        rows[-1].append(fragment)
    return [sorted(row, key=lambda f: f.x0) for row in rows]


def _count(rows: list[list[Fragment]], size: float, seen: set[Trace], edge: list[list[Fragment]]) -> int:
    """How many of the outermost rows are heads, those on the edge given; a row outside a head is one, too."""
    found = 0
    for n, row in enumerate(edge[:_ROWS], 1):
        if any(f.size > LARGE * size for f in row):
            break
        space = min((abs(f.y1 - row[0].y1) for f in rows[n]), default=0.0) if n < len(rows) else 0.0
        known = any(_is_number(f.text) or _trace(f) in seen for f in row)
        if known or (space > _SPACE * size and any(map(_is_dated, row))):
            found = n
    return found


def _trace(fragment: Fragment) -> Trace:
    """The words of a fragment, numbers aside, and about where it stands."""
    return _DIGITS.sub("0", fragment.text), round(fragment.y1 / _PLACE)


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def _is_dated(fragment: Fragment) -> bool:
    return PRINTED.search(fragment.text) is not None and not any(mark in fragment.text for mark in "，。；")
