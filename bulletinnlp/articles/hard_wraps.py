"""Hard-wrapped lines of narrow columns, joined to paragraphs.

Text from a PDF often keeps every printed line of a column:

    东昌府讯 近日，我区全面开展线
    上巡课、教研工作。区教研中心统一
    部署。

A line that is as wide as its neighbours goes on in the next one, unless that one is indented. Pages whose lines are
whole paragraphs (or whole columns) stay as they are.
"""

from __future__ import annotations

from itertools import pairwise

from bulletinnlp.articles.body_blocks import cells, list_item
from bulletinnlp.articles.line_continuation import WordBreaks
from bulletinnlp.articles.lines import Line
from bulletinnlp.articles.page_furniture import is_jump
from bulletinnlp.articles.signatures import signature_score
from bulletinnlp.text.sentences import Span

#: No column is narrower or wider (in characters).
_NARROW, _WIDE = 8, 45
#: So many neighbours on both sides show the width of a column.
_NEIGHBOURS = 4
#: A page of so few lines shows less.
_FEW = 12
_CLAUSE_END = ("，", "、", "；", ",")
#: Full lines differ by so much at most: a punctuation mark that may not begin a line, digits.
_SLACK = 2


def unwrap(printed: list[Line]) -> list[Line]:
    """Join the lines of narrow columns; the lines as they are where the page has none.

    >>> from bulletinnlp.articles.lines import lines
    >>> page = "　　近日，我区全面开展教\\n学研讨工作，全区各校教\\n师在云端相聚，共同研讨授\\n课内容。\\n　　会后"
    >>> [line.text for line in unwrap(lines(page))]
    ['近日，我区全面开展教学研讨工作，全区各校教师在云端相聚，共同研讨授课内容。', '会后']
    """
    indents = sum(line.indent >= 2 for line in printed) * 20 >= len(printed)
    widths = [_width(line) if len(line.text) <= 2 * _WIDE else None for line in printed]
    wrapped = [
        _is_full(widths, i) and len(line.text) >= _NARROW and _goes_on(line, following, indents)
        for i, (line, following) in enumerate(pairwise(printed))
    ]
    if not _has_columns(printed, wrapped, indents):
        return printed
    groups: list[list[Line]] = []
    for line, goes_on in zip(printed, [False, *wrapped], strict=True):
        if goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_join(group) for group in groups]


def _width(line: Line) -> float:
    """Width in full characters: digits and Latin letters count half."""
    narrow = sum(character.isascii() for character in line.text)
    return len(line.text) - narrow / 2 + min(line.indent, 2)


def _is_full(widths: list[float | None], i: int) -> bool:
    """Whether a line is as wide as its column: some neighbours are as wide, and hardly any are wider."""
    width = widths[i]
    if width is None or not _NARROW <= width <= _WIDE:
        return False
    around = [*widths[max(i - _NEIGHBOURS, 0) : i], *widths[i + 1 : i + _NEIGHBOURS + 1]]
    alike = sum(other is not None and abs(other - width) <= _SLACK for other in around)
    wider = sum(other is not None and other > width + _SLACK for other in around)
    return alike >= 2 and wider <= 2


def _goes_on(line: Line, following: Line, indents: bool) -> bool:
    """Whether a paragraph runs over the end of a line that is as wide as its column."""
    if following.gap or following.indent >= 2 or list_item(following.text) or is_jump(line.text):
        return False
    if cells(line.text) and cells(following.text):
        return False
    if line.closes and not (indents and len(following.text) >= _NARROW):
        return False
    return signature_score(following.text) <= 1 and signature_score(line.text) <= 1


def _has_columns(printed: list[Line], wrapped: list[bool], indents: bool) -> bool:
    """Whether the page has narrow columns: words or clauses run over the ends of the lines that seem wrapped."""
    pairs = [pair for goes_on, pair in zip(wrapped, pairwise(printed), strict=True) if goes_on]
    if 4 * len(pairs) < len(printed):
        return False
    breaks = WordBreaks(printed)
    broken = sum(breaks.between(*pair) for pair in pairs)
    if len(printed) > _FEW:
        return broken >= 2 and 6 * broken >= len(pairs)
    clauses = sum(line.text.endswith(_CLAUSE_END) for line, _ in pairs)
    running = any(mark in line.text for pair in pairs for line in pair for mark in "，。")
    return broken + clauses + indents >= 1 and running


def _join(group: list[Line]) -> Line:
    """Several printed lines as one."""
    if len(group) == 1:
        return group[0]
    pieces: list[Span] = []
    text = ""
    for line in group:
        pieces += [(len(text) + offset, at) for offset, at in line.pieces or ((0, line.start),)]
        text += line.text
    return group[0]._replace(text=text, end=group[-1].end, pieces=tuple(pieces))
