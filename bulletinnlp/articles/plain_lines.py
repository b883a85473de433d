"""Lines as they are read: in plain characters, and without what stands between these: a space each (县 委 召 开), or
what takes no room.
"""

from __future__ import annotations

import regex

from bulletinnlp.articles.lines import Line
from bulletinnlp.text.plain import INSIDE, plain

#: A line of so many single characters is spaced out; a shorter one may be 大 中 小.
_SHORTEST = 5

_RUN = regex.compile(r"[^ \u3000\t\xa0]+")
#: A space inside a word, which goes; a wider one stands between words, and stays.
_NARROW = 1


def close_up(printed: list[Line]) -> list[Line]:
    """The lines, those that are spaced out without their spaces.

    On a page of which half is spaced out, short lines are closed up as well.

    >>> from bulletinnlp.articles.lines import lines
    >>> [line.text for line in close_up(lines("县 委 会 议\\n6 月 8 日 ， 县 委 开 会 。  （ 记 者  甲 ）"))]
    ['县委会议', '6月8日，县委开会。 （记者 甲）']
    """
    spaced = [_spaced(line.text) for line in printed]
    much = 2 * sum(len(line.text) for line, is_one in zip(printed, spaced, strict=True) if is_one)
    fewest = 2 if much > sum(len(line.text) for line in printed) else _SHORTEST
    return [_closed(line) if size >= fewest else line for line, size in zip(printed, spaced, strict=True)]


def _spaced(text: str) -> int:
    """How many characters stand by themselves in a line of nothing else; 0 if there is something else."""
    if len(text) < 3 or text[1] not in " \u3000\t\xa0":
        return 0
    runs = [len(found.group()) for found in _RUN.finditer(text)]
    single = runs.count(1)
    return single if single >= 0.9 * len(runs) else 0


def _closed(line: Line) -> Line:
    """A line without the spaces between its characters; pieces that lead back to the page."""
    text: list[str] = []
    joints: list[tuple[int, int]] = []
    length = end = 0
    for found in _RUN.finditer(line.text):
        start = found.start() - (end > 0 and found.start() - end > _NARROW)
        joints.append((length, line.start + start))
        text.append(line.text[start : found.end()])
        length += found.end() - start
        end = found.end()
    return Line("".join(text), line.start, line.end, line.indent, line.gap, tuple(joints))


def in_plain(printed: list[Line], page: str) -> list[Line]:
    """The lines in plain characters (`text/plain.py`), where they stand on the page unchanged.

    >>> from bulletinnlp.articles.lines import lines
    >>> [line.text for line in in_plain(lines("記者 甲"), "記者 甲")]
    ['记者 甲']
    """
    read = plain(page)
    return printed if read == page else [line._replace(text=read[line.start : line.end]) for line in printed]


def visible(printed: list[Line]) -> list[Line]:
    """The lines without the characters inside of them that take no room.

    >>> from bulletinnlp.articles.lines import lines
    >>> [(line.text, line.spans(1, 3)) for line in visible(lines("贺秋\u200b实"))]
    [('贺秋实', [(1, 2), (3, 4)])]
    """
    return [_visible(line) if INSIDE.search(line.text) else line for line in printed]


def _visible(line: Line) -> Line:
    text: list[str] = []
    joints: list[tuple[int, int]] = []
    length = at = 0
    for start, end in [*(found.span() for found in INSIDE.finditer(line.text)), (len(line.text), 0)]:
        for first, last in line.spans(at, start):
            joints.append((length, first))
            length += last - first
        text.append(line.text[at:start])
        at = end
    return line._replace(text="".join(text), joints=tuple(joints))
