"""How far a headline reaches: over the columns of text that begin level under it, however short it is.

    县里开会                     山村来了法官
近日，县  里召开会  议，决定    6月8日，  法庭庭长  (the first over three columns, the second over two)
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import NamedTuple

from bulletinnlp.pages.documents.layout_boxes import GUTTER, LayoutBox, Projection, projection

#: Columns of one text begin level, give or take so much, and so near under the headline; they are no further apart, as
#: so much of their beginning shows (in sizes of the body).
_LEVEL, _UNDER, _APART, _BEGINNING = 0.6, 5.0, 7.0, 5.0
#: A headline is set over the middle of its columns, or over their left edge, and sticks out no further (in sizes).
_MIDDLE, _EDGE, _OVER = 0.8, 1.5, 3.0

Span = tuple[float, float]


class _Headline(NamedTuple):
    """Lines of large type under one another: which boxes they are, and where they stand."""

    lines: list[int]
    x0: float
    x1: float
    top: float
    bottom: float


def spanning(boxes: list[LayoutBox], size: float) -> list[LayoutBox]:
    """The boxes of a page, headlines as wide as their columns. `size` is that of the body's type.

    One with no other beside it reaches over all. Of several, one that is set over the middle of some columns is sure to
    be theirs; another, which begins at the left edge, reaches as far as none of these does.
    """
    boxes = sorted(boxes, key=lambda box: box.run.y0)
    tops = [box.run.y0 for box in boxes]
    highest = max((box.run.y1 - box.run.y0 for box in boxes), default=0.0)
    heads = _headlines(boxes, size)
    over = []
    for head in heads:
        first = bisect_left(tops, head.top - highest)
        near = boxes[first : bisect_left(tops, head.bottom + (_UNDER + _BEGINNING) * size)]
        over.append(_columns(head, near, size))
    spans = [_middle(head, columns, size) for head, columns in zip(heads, over, strict=True)]
    for n, (head, columns) in enumerate(zip(heads, over, strict=True)):
        beside = [m for m, other in enumerate(heads) if _side_by_side(head, other)]
        taken = [span for m in beside if (span := spans[m])]
        span = columns.spans()[0] if columns and not beside else spans[n] or _from_left(head, columns, taken, size)
        x0 = span[0] if head.x0 > span[0] - _OVER * size else head.x0
        x1 = span[1] if head.x1 < span[1] + _OVER * size else head.x1
        for line in head.lines:
            boxes[line] = replace(boxes[line], x0=x0, x1=x1)
    return boxes


def _headlines(boxes: list[LayoutBox], size: float) -> list[_Headline]:
    found: list[_Headline] = []
    for n, box in enumerate(boxes):
        if not box.large:
            continue
        reach = box.top - box.run.size
        at = next((m for m in range(len(found) - 1, -1, -1) if found[m].bottom > reach and _meet(found[m], box)), None)
        if at is None:
            found.append(_Headline([n], box.x0, box.x1, box.top, box.bottom))
        else:
            head = found[at]
            found[at] = _Headline(
                [*head.lines, n], min(head.x0, box.x0), max(head.x1, box.x1), head.top, max(head.bottom, box.bottom)
            )
    return found


def _meet(head: _Headline, box: LayoutBox) -> bool:
    return head.x0 < box.x1 and head.x1 > box.x0


def _side_by_side(head: _Headline, other: _Headline) -> bool:
    return head is not other and head.top < other.bottom and head.bottom > other.top


class _Columns(NamedTuple):
    """Columns of text that begin level under a headline, side by side; which of them it covers, first and last."""

    profile: Projection
    first: int
    last: int

    def spans(self) -> list[Span]:
        """What the headline may reach over: what it covers and more on both sides, the widest first.

        The columns are equally wide, though the last may hold short lines only.
        """
        widest = max(b - a for a, b in self.profile)
        ends = [max(b, a + widest) for a, b in self.profile[self.last :]]
        return [(a, b) for a, _ in self.profile[: self.first + 1] for b in reversed(ends)]


def _columns(head: _Headline, near: list[LayoutBox], size: float) -> _Columns | None:
    """The columns under a headline, as far as something else stands beside it; None where no text begins."""
    beside = [box for box in near if box.top < head.bottom and box.bottom > head.top and not _meet(head, box)]
    left = max((box.run.x1 for box in beside if box.run.x1 <= head.x0), default=float("-inf"))
    right = min((box.run.x0 for box in beside if box.run.x0 >= head.x1), default=float("inf"))
    under = [box for box in near if box.top >= head.bottom and not box.large]
    level = min((box.run.y0 for box in under if _meet(head, box)), default=float("inf"))
    if level > head.bottom + _UNDER * size:
        return None
    text = [box for box in under if box.run.y0 < level + _BEGINNING * size]
    highest: dict[Span, float] = dict.fromkeys(projection(((i.x0, i.x1) for i in text), GUTTER * size), float("inf"))
    for box in text:
        column = next(span for span in highest if span[0] <= box.x0 <= span[1])
        highest[column] = min(highest[column], box.run.y0)
    profile = [
        (x0, x1)
        for (x0, x1), top in highest.items()
        if (left <= x0 and x1 <= right and top < level + _LEVEL * size) or (x0 < head.x1 and x1 > head.x0)
    ]
    covered = [n for n, (x0, x1) in enumerate(profile) if x0 < head.x1 and x1 > head.x0]
    first, last = covered[0], covered[-1]
    while first and profile[first][0] - profile[first - 1][1] < _APART * size:
        first -= 1
    while last + 1 < len(profile) and profile[last + 1][0] - profile[last][1] < _APART * size:
        last += 1
    return _Columns(profile[first : last + 1], covered[0] - first, covered[-1] - first)


def _middle(head: _Headline, columns: _Columns | None, size: float) -> Span | None:
    """The widest stretch of columns over whose middle a headline is set, None if there is none.

    One that fills its columns is set over their middle and begins at their left edge: nothing is sure of it.
    """
    spans = columns.spans() if columns else []
    set_over = [
        (a, b) for a, b in spans if abs(head.x0 + head.x1 - a - b) < 2 * _MIDDLE * size and head.x0 > a + _EDGE * size
    ]
    return max(set_over, key=lambda span: span[1] - span[0], default=None)


def _from_left(head: _Headline, columns: _Columns | None, taken: list[Span], size: float) -> Span:
    """The widest stretch of columns at whose left edge a headline begins, as far as no other is set over them."""
    if columns is None:
        return head.x0, head.x1
    free = [(a, b) for a, b in columns.spans() if not any(a < d and b > c for c, d in taken)]
    begun = [(a, b) for a, b in free if abs(head.x0 - a) < _EDGE * size]
    covered = columns.profile[columns.first][0], columns.profile[columns.last][1]
    return max(begun, key=lambda span: span[1] - span[0], default=covered)
