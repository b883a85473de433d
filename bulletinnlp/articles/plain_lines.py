"""Lines as they are read: without running heads, in plain characters, without what stands between the characters: a
space each (县 委 召 开), or what takes no room.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from bulletinnlp.articles.lines import Line
from bulletinnlp.pages.page import TextLine
from bulletinnlp.text.plain import INSIDE, plain
from bulletinnlp.text.sentences import Span

#: A line of so many single characters is letterspaced; a shorter one may be 大 中 小.
_SHORTEST = 5
_RUN = regex.compile(r"[^ \u3000\t\xa0]+")


def without_running_heads(found: list[Line], printed: Sequence[TextLine]) -> list[Line]:
    """The lines of a page of a PDF, its running heads and page numbers left out.

    >>> from bulletinnlp.articles.lines import lines
    >>> head, text = TextLine(0, 4, None, 9, is_running_head=True), TextLine(5, 10, None, 20)
    >>> [line.text for line in without_running_heads(lines("平原日报\\n县一中开学"), [head, text])]
    ['县一中开学']
    """
    heads = {line.start for line in printed if line.is_running_head}
    return [line for line in found if line.start not in heads] if heads else found


def in_plain_characters(printed: list[Line], page: str) -> list[Line]:
    """The lines in plain characters (`text/plain.py`), where they stand on the page unchanged.

    >>> from bulletinnlp.articles.lines import lines
    >>> [line.text for line in in_plain_characters(lines("記者 甲"), "記者 甲")]
    ['记者 甲']
    """
    read = plain(page)
    return printed if read == page else [line._replace(text=read[line.start : line.end]) for line in printed]


def without_letterspacing(printed: list[Line]) -> list[Line]:
    """The lines, those whose characters stand one by one without the spaces between them.

    On a page of which half is letterspaced, so are short lines.

    >>> from bulletinnlp.articles.lines import lines
    >>> page = lines("县 委 会 议\\n6 月 8 日 ， 县 委 开 会 。  （ 记 者  甲 ）")
    >>> [line.text for line in without_letterspacing(page)]
    ['县委会议', '6月8日，县委开会。 （记者 甲）']
    """
    sizes = [_letterspaced(line.text) for line in printed]
    spaced = sum(len(line.text) for line, size in zip(printed, sizes, strict=True) if size)
    fewest = 2 if 2 * spaced > sum(len(line.text) for line in printed) else _SHORTEST
    return [line.only(_runs(line.text)) if size >= fewest else line for line, size in zip(printed, sizes, strict=True)]


def _letterspaced(text: str) -> int:
    """How many characters stand by themselves in a line of nothing else; 0 if there is something else."""
    if len(text) < 3 or text[1] not in " \u3000\t\xa0":
        return 0
    runs = [len(found.group()) for found in _RUN.finditer(text)]
    single = runs.count(1)
    return single if single >= 0.9 * len(runs) else 0


def _runs(text: str) -> list[Span]:
    """What stands between spaces; of a wide space, which stands between words, one character before it."""
    found: list[Span] = []
    for run in _RUN.finditer(text):
        wide = bool(found) and run.start() - found[-1][1] > 1
        found.append((run.start() - wide, run.end()))
    return found


def without_invisible(printed: list[Line]) -> list[Line]:
    """The lines without the characters inside of them that take no room.

    >>> from bulletinnlp.articles.lines import lines
    >>> [(line.text, line.spans(1, 3)) for line in without_invisible(lines("贺秋\u200b实"))]
    [('贺秋实', [(1, 2), (3, 4)])]
    """
    return [line.only(_visible(line.text)) if INSIDE.search(line.text) else line for line in printed]


def _visible(text: str) -> list[Span]:
    """What stands between characters that take no room."""
    unseen = [found.span() for found in INSIDE.finditer(text)]
    return list(zip([0, *(end for _, end in unseen)], [*(start for start, _ in unseen), len(text)], strict=True))
