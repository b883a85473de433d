"""Printed lines that a page's text has merged into one, cut apart again.

Some text has no line break between a byline and the next headline, or between a headline and the dateline under it;
some has no line breaks at all. A line is cut behind a byline in brackets that follows a sentence, around a jump mark
(（上接第1版）), and between a headline and a dateline.
"""

from __future__ import annotations

import regex

from bulletinnlp.articles.datelines import opening
from bulletinnlp.articles.headings import jump
from bulletinnlp.articles.lines import Line, strip_span
from bulletinnlp.articles.signatures import likeness

#: A shorter line is not two.
_SHORTEST = 30
#: A headline before a dateline on its line is not longer.
_HEADLINE = 60

_BYLINE = regex.compile(
    r"(?<=[。！？”…!?][ \u3000]{0,2})[（(][^（()）]{2,60}[）)](?=[ \u3000]{0,4}[^\s，。、；：,.;:])"
)
_GAP = regex.compile(r"[ \u3000]+")


def cut_merged(printed: list[Line]) -> list[Line]:
    """The lines, those cut that were merged.

    >>> from bulletinnlp.articles.lines import lines
    >>> text = "县一中开学 本报讯 昨日，县一中开学，迎来新生千名。（记者 王小明）县医院义诊 本报讯 近日，医生下乡。"
    >>> for line in cut_merged(lines(text)):
    ...     print(line.text)
    县一中开学
    本报讯 昨日，县一中开学，迎来新生千名。（记者 王小明）
    县医院义诊
    本报讯 近日，医生下乡。
    """
    cut: list[Line] = []
    for line in printed:
        if len(line.text) < _SHORTEST and jump(line.text) is None:
            cut.append(line)
        else:
            cut += _at(line, _cuts(line.text))
    return cut


def _cuts(text: str) -> list[int]:
    """Where a line is cut."""
    starts = [0, *(found.end() for found in _BYLINE.finditer(text) if likeness(found.group()) >= 4)]
    mark = jump(text)
    if mark is not None:
        starts += [at for at in mark if 0 < at < len(text)]
    starts = sorted(set(starts))
    return sorted({*starts, *(at for start in starts if (at := _before_dateline(text, start)))})


def _before_dateline(text: str, start: int) -> int:
    """Where the dateline behind a headline begins that begins at `start`; 0 if there is none."""
    if opening(text[start : start + 2 * _HEADLINE].lstrip()).dateline:
        return 0
    for gap in _GAP.finditer(text, start + 4, start + _HEADLINE):
        if "。" in text[start : gap.start()]:
            return 0
        if opening(text[gap.end() : gap.end() + 2 * _HEADLINE]).dateline:
            return gap.end()
    return 0


def _at(line: Line, cuts: list[int]) -> list[Line]:
    """The pieces of a line that is cut at these offsets."""
    if len(cuts) == 1:
        return [line]
    pieces: list[Line] = []
    for start, end in zip(cuts, [*cuts[1:], len(line.text)], strict=True):
        start, end = strip_span(line.text, start, end)
        if start < end:
            first = not pieces
            text = line.text[start:end]
            pieces.append(Line(text, line.start + start, line.start + end, line.indent * first, line.gap * first))
    return pieces
