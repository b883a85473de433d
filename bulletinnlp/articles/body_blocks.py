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


def subheadings(printed: list[Line], texts: list[bool], signed: list[bool]) -> list[bool]:
    """For each line whether it is a sub-heading: two or more short lines of one form, each with a text under it.

    `texts` says which lines are running text, `signed` which are signatures or stand over a stamp.

    >>> from bulletinnlp.articles.lines import lines
    >>> page = lines("山村来了法官\\n一张欠条\\n6月8日，法庭庭长进村。\\n一个书包\\n6月9日，庭长看望学生。")
    >>> subheadings(page, [False, False, True, False, True], [False] * 5)
    [False, True, False, True, False]
    """
    found: list[int] = []
    begun = False
    for i, line in enumerate(printed):
        under = texts[i - 1] if begun else i > 0
        if under and not texts[i] and not signed[i] and i + 1 < len(printed) and texts[i + 1] and _is_short(line.text):
            found.append(i)
        begun = begun or texts[i]
    alike = {
        i
        for n, i in enumerate(found)
        for j in found[max(n - 1, 0) : n + 2]
        if i != j and _alike(printed[i], printed[j])
    }
    return [i in alike for i in range(len(printed))]


#: A sub-heading is not longer, one in brackets or with a number excepted.
_LONGEST_SUB, _LONGEST_MARKED = 9, 18
_MARKED_SUB = regex.compile(r"[【\[■●◆▍█]|0?\d{1,2}[ 、.．]|[一二三四五六七八九十][、.．]")
_SUB = regex.compile(r"[^。，；：:！]+")


def _is_short(text: str) -> bool:
    longest = _LONGEST_MARKED if _MARKED_SUB.match(text) else _LONGEST_SUB
    return len(text) <= longest and _SUB.fullmatch(text) is not None


def _alike(line: Line, other: Line) -> bool:
    """Whether two lines are of one form: as long, or with the same kind of mark before them."""
    marks = [_MARKED_SUB.match(text) is not None for text in (line.text, other.text)]
    return marks[0] == marks[1] and (marks[0] or abs(len(line.text) - len(other.text)) <= 3)


def _runs(printed: list[Line], key: Callable[[Line], int]) -> Iterator[tuple[int, int]]:
    """Runs of lines with the same key, other than 0: where they begin and end."""
    at = 0
    for value, group in groupby(printed, key):
        size = sum(1 for _ in group)
        if value:
            yield at, at + size
        at += size
