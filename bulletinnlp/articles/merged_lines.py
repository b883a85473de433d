"""Printed lines that a page's text has merged into one, split again.

Some text has no line break between a byline and the next headline, or between a headline and the dateline under it;
some has no line breaks at all. A line is split behind a byline in brackets that follows a sentence, around a jump mark
(（上接第1版）), and between a headline and a dateline.
"""

from __future__ import annotations

from itertools import pairwise

import regex

from bulletinnlp.articles.datelines import opening
from bulletinnlp.articles.lines import Line
from bulletinnlp.articles.page_furniture import jump_span
from bulletinnlp.articles.signatures import signature_score

#: A shorter line is not two.
_SHORTEST = 30
#: A headline before a dateline on its line is not longer.
_HEADLINE = 60

_BYLINE = regex.compile(
    r"(?<=[。！？”…!?][ \u3000]{0,2})[（(][^（()）]{2,60}[）)](?=[ \u3000]{0,4}[^\s，。、；：,.;:])"
)
_GAP = regex.compile(r"[ \u3000]+")


def split_merged(printed: list[Line]) -> list[Line]:
    """The lines, those split that were merged.

    >>> from bulletinnlp.articles.lines import lines
    >>> text = "县一中开学 本报讯 昨日，县一中开学，迎来新生千名。（记者 王小明）县医院义诊 本报讯 近日，医生下乡。"
    >>> for line in split_merged(lines(text)):
    ...     print(line.text)
    县一中开学
    本报讯 昨日，县一中开学，迎来新生千名。（记者 王小明）
    县医院义诊
    本报讯 近日，医生下乡。
    """
    return [piece for line in printed for piece in _pieces(line)]


def _pieces(line: Line) -> list[Line]:
    starts = _starts(line.text)
    if len(starts) == 1:
        return [line]
    first, *others = line.cut_out(pairwise([*starts, len(line.text)]))
    return [first, *(other._replace(indent=0, gap=0) for other in others)]


def _starts(text: str) -> list[int]:
    """Where the lines begin that a line was merged of."""
    jump = jump_span(text)
    if len(text) < _SHORTEST and jump is None:
        return [0]
    starts = {0, *(found.end() for found in _BYLINE.finditer(text) if signature_score(found.group()) >= 4)}
    starts |= {at for at in jump or () if 0 < at < len(text)}
    return sorted({*starts, *(at for start in starts if (at := _dateline_in_line(text, start)))})


def _dateline_in_line(text: str, start: int) -> int:
    """Where the dateline behind a headline begins that begins at `start`; 0 if there is none."""
    if opening(text[start : start + 2 * _HEADLINE].lstrip()).dateline_end:
        return 0
    for gap in _GAP.finditer(text, start + 4, start + _HEADLINE):
        if "。" in text[start : gap.start()]:
            return 0
        if opening(text[gap.end() : gap.end() + 2 * _HEADLINE]).dateline_end:
            return gap.end()
    return 0
