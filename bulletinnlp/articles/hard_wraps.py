"""Lines of narrow columns, put together to paragraphs.

Text from a PDF often keeps every printed line of a column:

    东昌府讯 近日，我区全面开展线
    上巡课、教研工作。区教研中心统一
    部署。

A line that is as wide as its neighbours goes on in the next one, unless that one is indented. Pages whose lines are
whole paragraphs (or whole columns) stay as they are.
"""

from __future__ import annotations

from itertools import pairwise

from bulletinnlp.articles.body_blocks import cells
from bulletinnlp.articles.headings import is_jump, list_item
from bulletinnlp.articles.line_continuation import Joints
from bulletinnlp.articles.lines import Line
from bulletinnlp.articles.signatures import likeness

#: No column is narrower or wider (in characters).
_NARROW, _WIDE = 8, 45
#: So many neighbours on both sides tell the width of a column.
_NEIGHBOURS = 4
#: A page of so few lines tells less.
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
    full = [_full(printed, i) for i in range(len(printed))]
    on = [wide and _goes_on(*pair, indents) for wide, pair in zip(full, pairwise(printed), strict=False)]
    if not _narrow(printed, on, indents):
        return printed
    joined: list[Line] = []
    group: list[Line] = []
    for i, line in enumerate(printed):
        if group and not on[i - 1]:
            joined.append(_join(group))
            group = []
        group.append(line)
    return [*joined, _join(group)]


def _width(line: Line) -> float:
    """Width in full characters: digits and Latin letters count half."""
    narrow = sum(character.isascii() for character in line.text)
    return len(line.text) - narrow / 2 + min(line.indent, 2)


def _full(printed: list[Line], i: int) -> bool:
    """Whether a line is as wide as the column: some neighbours are as wide, and hardly any are wider."""
    line = printed[i]
    if not _NARROW <= len(line.text) <= 2 * _WIDE:
        return False
    width = _width(line)
    if not _NARROW <= width <= _WIDE:
        return False
    alike = wider = 0
    for j in range(max(i - _NEIGHBOURS, 0), min(i + _NEIGHBOURS + 1, len(printed))):
        if j != i and len(printed[j].text) <= 2 * _WIDE:
            other = _width(printed[j])
            alike += abs(other - width) <= _SLACK
            wider += other > width + _SLACK
    return alike >= 2 and wider <= 2


def _narrow(printed: list[Line], on: list[bool], indents: bool) -> bool:
    """Whether the page has narrow columns: words or clauses run over the ends of the lines that should go on."""
    ends = sum(on)
    if 4 * ends < len(printed):
        return False
    joints = Joints(printed)
    pairs = [pair for goes_on, pair in zip(on, pairwise(printed), strict=False) if goes_on]
    over = sum(joints.runs_over(*pair) for pair in pairs)
    if len(printed) <= _FEW:  # a paragraph or two
        clauses = sum(line.text.endswith(_CLAUSE_END) for line, _ in pairs)
        return over + clauses + indents >= 1 and any(
            mark in line.text for pair in pairs for line in pair for mark in "，。"
        )
    return over >= 2 and 6 * over >= ends


def _goes_on(line: Line, following: Line, indents: bool) -> bool:
    """Whether a paragraph runs over the end of a line that is as wide as its column."""
    if following.gap or following.indent >= 2 or list_item(following.text) or is_jump(line.text):
        return False
    if cells(line.text) and cells(following.text):
        return False
    if line.closes and not (indents and len(following.text) >= _NARROW):
        return False
    return likeness(following.text) <= 1 and likeness(line.text) <= 1


def _join(group: list[Line]) -> Line:
    """Several printed lines as one."""
    if len(group) == 1:
        return group[0]
    first, last = group[0], group[-1]
    joints: list[tuple[int, int]] = []
    texts: list[str] = []
    length = 0
    for line in group:
        joints += [(length + offset, at) for offset, at in line.joints or ((0, line.start),)]
        texts.append(line.text)
        length += len(line.text)
    return Line("".join(texts), first.start, last.end, first.indent, first.gap, tuple(joints))
