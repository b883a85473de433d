"""Running heads and feet: what a page prints over and under its text, such as the paper's name and the page's number.

They are the outermost lines of a page, in small type, and hold a number or a date, or stand in the same place on a page
nearby, numbers aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bulletinnlp.pages.documents.layout_boxes import LARGE, body_size
from bulletinnlp.pages.documents.text_runs import TextRun
from bulletinnlp.pages.issue_dates import PRINTED

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


class PageZones(NamedTuple):
    """The runs of a page: running heads, its text, running feet."""

    header: list[TextRun]
    body: list[TextRun]
    footer: list[TextRun]


def zones(runs: Sequence[TextRun], height: float, nearby: Iterable[Sequence[TextRun]] = ()) -> PageZones:
    """The zones of a page of so many points' height; `nearby` are those of other pages of the document.

    >>> head, number = TextRun("平原日报 要闻", 50, 20, 130, 29, 9), TextRun("3", 300, 810, 305, 819, 9)
    >>> text = [TextRun("县里开会，他去了。", 50, y, 130, y + 10, 10) for y in (100, 115, 130)]
    >>> other = [head, *text]
    >>> [len(some) for some in zones([head, *text, number], 842, [other])]
    [1, 3, 1]
    """
    size = body_size(runs)
    seen = {_trace(f) for page in nearby for f in page if f.y1 < _EDGE * height or f.y0 > (1 - _EDGE) * height}
    rows = _rows(runs)
    top = _count(rows, size, seen, [row for row in rows if row[0].y1 < _EDGE * height])
    rest = rows[top:][::-1]
    foot = _count(rest, size, seen, [row for row in rest if row[0].y0 > (1 - _EDGE) * height])
    some = rows[:top], rows[top : len(rows) - foot], rows[len(rows) - foot :]
    return PageZones(*([f for row in part for f in row] for part in some))


def _rows(runs: Sequence[TextRun]) -> list[list[TextRun]]:
    """The runs on one base line each, from top to bottom and from left to right."""
    rows: list[list[TextRun]] = []
    for run in sorted(runs, key=lambda f: f.y1):
        if not rows or run.y1 - rows[-1][0].y1 > _LEVEL * run.size:
            rows.append([])
        rows[-1].append(run)
    return [sorted(row, key=lambda f: f.x0) for row in rows]


def _count(rows: list[list[TextRun]], size: float, seen: set[Trace], edge: list[list[TextRun]]) -> int:
    """How many of the outermost rows are heads, those on the `edge`; a row outside a head is one, too."""
    found = 0
    for n, row in enumerate(edge[:_ROWS], 1):
        if any(f.size > LARGE * size for f in row):
            break
        space = min((abs(f.y1 - row[0].y1) for f in rows[n]), default=0.0) if n < len(rows) else 0.0
        is_head = any(_is_number(f.text) or _trace(f) in seen for f in row)
        if is_head or (space > _SPACE * size and any(map(_is_dated, row))):
            found = n
    return found


def _trace(run: TextRun) -> Trace:
    """The words of a run, numbers aside, and about where it stands."""
    return _DIGITS.sub("0", run.text), round(run.y1 / _PLACE)


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def _is_dated(run: TextRun) -> bool:
    return PRINTED.search(run.text) is not None and not any(mark in run.text for mark in "，。；")
