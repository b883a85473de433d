"""What the print of a PDF says of the lines of its text: running heads, lines in larger type."""

from __future__ import annotations

from collections.abc import Sequence

from bulletinnlp.articles.line_labels import Look
from bulletinnlp.articles.lines import Line
from bulletinnlp.pages.page import TextLine

#: Larger type makes a line a headline, or an eyebrow, where it is so much smaller than the line under it.
_LARGE, _UNDER = 3.0, 0.9
#: A line in larger type that looks less like a headline is one of a title of the page, a number.
_LEAST = -1.0


def without_heads(found: list[Line], printed: Sequence[TextLine]) -> list[Line]:
    """The lines of a page, its running heads and page numbers left out.

    >>> from bulletinnlp.articles.lines import lines
    >>> head, text = TextLine(0, 4, None, 9, is_running_head=True), TextLine(5, 10, None, 20)
    >>> [line.text for line in without_heads(lines("平原日报\\n县一中开学"), [head, text])]
    ['县一中开学']
    """
    heads = {line.start for line in printed if line.is_running_head}
    return [line for line in found if line.start not in heads] if heads else found


def with_type(looks: list[Look], found: Sequence[Line], printed: Sequence[TextLine]) -> list[Look]:
    """The looks of the lines of a page, those in larger type more like headlines.

    A line over one in still larger type is an eyebrow.
    """
    sizes = {line.start: line.size for line in printed if line.is_large}
    if not sizes:
        return looks
    own = [sizes.get(line.start, 0.0) for line in found]
    return [
        _in_type(seen, size < _UNDER * under) if size and not seen.block else seen
        for seen, size, under in zip(looks, own, [*own[1:], 0.0], strict=True)
    ]


def _in_type(seen: Look, is_eyebrow: bool) -> Look:
    if is_eyebrow:
        return seen._replace(eyebrow=max(seen.eyebrow, _LEAST) + _LARGE)
    return seen._replace(title=max(seen.title, _LEAST) + _LARGE)
