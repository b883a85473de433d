"""Lines that are what they are because of the lines around them: rows of a table, verses of a poem, sub-headings.

乡镇 面积（万亩） 用水（万方）        流过我童年的门前        一张欠条
东关 4.2 1650                       流过母亲的棒槌声        6月8日，东关法庭庭长……
西关 3.8 1480                       流过父亲的犁铧          一个书包
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

import regex

from bulletinnlp.articles.lines import Line

#: A cell of a table and a verse are not longer.
_LONGEST_CELL, _LONGEST_VERSE = 14, 18
#: A poem has so many lines in a row that all end with a mark; or that all have none, headline and author among them.
_MARKED_VERSES, _PLAIN_VERSES, _BEFORE = 4, 6, 2

_GAP = regex.compile(r"[ \u3000\t|｜]+")
_RUNNING = regex.compile(r"[。！？；，]")
_FIGURE = regex.compile(r"[-+]?[\d.,]+[%％‰]?\p{Han}{0,2}")


def cells(text: str) -> list[str]:
    """The cells of a line that may be a row of a table, else nothing.

    >>> cells("东关 4.2 1650"), cells("近日，县里 下了雨。")
    (['东关', '4.2', '1650'], [])
    """
    found = _GAP.split(text) if len(text) <= 100 else []
    return found if len(found) > 1 and all(_is_cell(cell) for cell in found) else []


def _is_cell(text: str) -> bool:
    return len(text) <= _LONGEST_CELL and _RUNNING.search(text) is None


def block_lines(printed: list[Line]) -> list[bool]:
    """For each line whether it is a row of a table or a verse: body, and nothing else.

    >>> from bulletinnlp.articles.lines import lines
    >>> block_lines(lines("全县春灌进展\\n乡镇 面积（万亩）\\n东关 4.2\\n西关 3.8\\n6月9日，县里派出工作组。"))
    [False, True, True, True, False]
    """
    marked = [False] * len(printed)
    tables = _runs(printed, lambda line: len(cells(line.text)))
    for start, end in tables:
        rows = [cells(line.text) for line in printed[start:end]]
        figures = sum(any(_FIGURE.fullmatch(cell) for cell in row) for row in rows)
        if len(rows) > 1 and 2 * figures >= len(rows):
            marked[start:end] = [True] * len(rows)
    for start, end in _runs(printed, _verse):
        before = 0 if _verse(printed[start]) == _MARKED else _BEFORE
        if end - start >= (_PLAIN_VERSES if before else _MARKED_VERSES):
            marked[start + before : end] = [True] * (end - start - before)
    return marked


_MARKED, _PLAIN = 1, 2
_MARKS = regex.compile(r"[，。！？；、：:（(\d]")
_VERSE_END = regex.compile(r"[，。！？；、][”’]?$")


def _verse(line: Line) -> int:
    """Whether a line may be a verse: a short one that ends with a mark, or has none; 0 if not."""
    if len(line.text) > _LONGEST_VERSE:
        return 0
    if _VERSE_END.search(line.text):
        return _MARKED
    return 0 if _MARKS.search(line.text) else _PLAIN


def _runs(printed: list[Line], key: Callable[[Line], int]) -> Iterator[tuple[int, int]]:
    """Runs of lines with the same key, other than 0: where they begin and end."""
    at = 0
    for value, group in groupby(printed, key):
        size = sum(1 for _ in group)
        if value:
            yield at, at + size
        at += size
