"""The reading order of a page: its fragments as blocks, columns one after another, headlines before their columns.

The page is cut where nothing is printed, again and again (recursive XY-cut, Nagy and Seth 1984): along gutters from top
to bottom, which part columns and articles side by side; where a line runs across the gutters, into bands one under
another. A headline counts as wide as the columns of text that begin level under it, however short it is. What can not
be cut is ordered without its headlines, which are put back in front of what stands under them (after XY-Cut++, Liu et
al. 2025).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulletinnlp.pages.documents.fragments import Fragment

#: Type that is so much larger than that of the body is a headline's.
LARGE = 1.17
#: The narrowest gutter, and in a single line of type, in sizes.
_GUTTER, _GUTTER_IN_LINE = 0.7, 1.5
#: Fragments overlap by so much (in sizes) and still stand one under another.
_OVERLAP = 0.15
#: Columns of text begin level under a headline, give or take so much; the text under it is not further away; columns
#: side by side are not further apart, as their first lines show (in sizes of the body).
_LEVEL, _UNDER, _APART, _ROWS = 0.6, 5.0, 7.0, 5.0
#: A headline is set over the middle of its columns or over the left edge, give or take so much (in sizes of the body).
_SET = 1.5
#: A column of text is as wide as so many characters; a table's is narrower.
_NARROW = 6.0
_HANGING = "，。、；：,."
#: Pages are not cut more often.
_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Block:
    """Fragments of one column, from top to bottom; `width` is that of the column.

    `flows` says that the block before it is the column to its left.
    """

    fragments: tuple[Fragment, ...]
    width: float
    flows: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    """A fragment with the space that it takes: from x0 to x1."""

    fragment: Fragment
    x0: float
    x1: float
    large: bool = False

    @property
    def top(self) -> float:
        return self.fragment.y0 + _OVERLAP * self.fragment.size

    @property
    def bottom(self) -> float:
        return self.fragment.y1 - _OVERLAP * self.fragment.size


def body_size(fragments: Sequence[Fragment]) -> float:
    """The size of type that most of the page is printed in, 0 for an empty page."""
    sizes: Counter[float] = Counter()
    for fragment in fragments:
        sizes[round(fragment.size * 2) / 2] += len(fragment.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def blocks(fragments: Sequence[Fragment]) -> list[Block]:
    """The fragments of a page as blocks in the order in which they are read."""
    size = body_size(fragments)
    items = _spanning([_Item(f, f.x0, _right(f), f.size > LARGE * size) for f in fragments], size)
    return _cut(items, size, 0)


def _right(fragment: Fragment) -> float:
    """Where a fragment ends; a mark at its end may hang over the edge of its column."""
    hangs = fragment.text[-1] in _HANGING and fragment.width > 2 * fragment.size
    return fragment.x1 - fragment.size * hangs


def _cut(items: list[_Item], size: float, depth: int) -> list[Block]:
    """Cut a region into blocks."""
    if depth < _DEEPEST:
        columns = _columns(items, size)
        if len(columns) > 1:
            return _side_by_side(columns, size, depth)
        bands = _bands(items, size)
        if len(bands) > 1:
            return [block for band in bands for block in _cut(band, size, depth + 1)]
        if _is_tangled(items, size):
            return _untangled(items, size, depth)
    return [_block(items)]


def _block(items: list[_Item]) -> Block:
    ordered = sorted((item.fragment for item in items), key=lambda f: (f.y1, f.x0))
    left, right = min(f.x0 for f in ordered), max(f.x1 for f in ordered)
    return Block(tuple(ordered), right - left)


def _side_by_side(columns: list[list[_Item]], size: float, depth: int) -> list[Block]:
    """Columns one after another; those that are one block each are columns of one text, and equally wide."""
    cut = [_cut(column, size, depth + 1) for column in columns]
    widest = max((some[0].width for some in cut if len(some) == 1), default=0.0)
    found: list[Block] = []
    for some in cut:
        first = replace(some[0], flows=bool(found) or some[0].flows)
        found += [replace(first, width=widest)] if len(some) == 1 else [first, *some[1:]]
    return found


def _columns(items: list[_Item], size: float) -> list[list[_Item]]:
    """The region cut along the gutters that run through it from top to bottom."""
    in_line = _is_line(items)
    columns: list[list[_Item]] = []
    reach = 0.0
    for item in sorted(items, key=lambda item: item.x0):
        gutter = _GUTTER_IN_LINE * item.fragment.size if in_line else _GUTTER * size
        if not columns or item.x0 - reach >= gutter:
            columns.append([])
            reach = item.x1
        columns[-1].append(item)
        reach = max(reach, item.x1)
    return [items] if _is_table(columns, size) else columns


def _is_line(items: list[_Item]) -> bool:
    """Whether a region is a single line of type."""
    return max(item.top for item in items) < min(item.bottom for item in items)


def _is_table(columns: list[list[_Item]], size: float) -> bool:
    """Whether columns are those of a table: narrow ones, with several rows."""
    narrow = sum(max(item.x1 for item in c) - min(item.x0 for item in c) < _NARROW * size for c in columns)
    return 2 * narrow > len(columns) and max(map(len, columns)) > 1


def _rows(items: list[_Item]) -> list[list[_Item]]:
    """The region cut wherever nothing is printed from its left to its right."""
    rows: list[list[_Item]] = []
    reach = 0.0
    for item in sorted(items, key=lambda item: item.top):
        if not rows or item.top >= reach:
            rows.append([])
            reach = item.bottom
        rows[-1].append(item)
        reach = max(reach, item.bottom)
    return rows


Ink = list[tuple[float, float]]


def _ink(stretches: list[tuple[float, float]], gutter: float) -> Ink:
    """Stretches from left to right, those that leave no gutter between them put together."""
    found: Ink = []
    for x0, x1 in sorted(stretches):
        if found and x0 - found[-1][1] < gutter:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def _bands(items: list[_Item], size: float) -> list[list[_Item]]:
    """The region cut into bands: rows that share a gutter stay together.

    A headline with nothing beside it begins one.
    """
    bands: list[list[_Item]] = []
    ink: Ink = []
    headed = False
    for row in _rows(items):
        own = _ink([(item.x0, item.x1) for item in row], _GUTTER * size)
        both = _ink([*ink, *own], _GUTTER * size)
        parted = len(both) == 1 and (len(own) > 1 or len(ink) > 1)
        heads = all(item.large for item in row)
        if not bands or parted or (heads and not headed):
            bands.append([])
            both = own
        bands[-1] += row
        ink, headed = both, heads
    return bands


def _is_tangled(items: list[_Item], size: float) -> bool:
    """Whether a region that can not be cut is more than one column: lines lie side by side."""
    printed = ([(i.fragment.x0, i.fragment.x1) for i in row] for row in _rows(items) if len(row) > 2)
    return any(len(_ink(row, _GUTTER * size)) > 1 for row in printed)


def _untangled(items: list[_Item], size: float, depth: int) -> list[Block]:
    """Order a region without its headlines, then put these back."""
    heads = [item for item in items if item.large]
    rest = [item for item in items if not item.large]
    if not heads or not rest:
        return [_block(items)]
    found = _cut(rest, size, depth + 1)
    for head in sorted(heads, key=lambda item: (-item.top, -item.x0)):
        under = (n for n, block in enumerate(found) if _stands_over(head, block))
        found.insert(next(under, len(found)), _block([head]))
    return found


def _stands_over(head: _Item, block: Block) -> bool:
    first = block.fragments[0]
    return first.y0 >= head.bottom - first.size and first.x0 < head.x1 and first.x1 > head.x0


def _spanning(items: list[_Item], size: float) -> list[_Item]:
    """The items, headlines as wide as the columns of text that begin level under them."""
    items = sorted(items, key=lambda item: item.fragment.y0)
    tops = [item.fragment.y0 for item in items]
    highest = max((item.fragment.y1 - item.fragment.y0 for item in items), default=0.0)
    for head in _headlines(items, size):
        x0, x1 = min(items[n].x0 for n in head), max(items[n].x1 for n in head)
        top, bottom = min(items[n].top for n in head), max(items[n].bottom for n in head)
        near = range(bisect_left(tops, top - highest), bisect_left(tops, bottom + _UNDER * size))
        beside = [items[n] for n in near if n not in head and items[n].top < bottom and items[n].bottom > top]
        left = max((item.fragment.x1 for item in beside if item.fragment.x1 <= x0 + size), default=float("-inf"))
        right = min((item.fragment.x0 for item in beside if item.fragment.x0 >= x1 - size), default=float("inf"))
        under = [items[n] for n in near if items[n].top >= bottom and left <= items[n].x0 and items[n].x1 <= right]
        x0, x1 = _widened((x0, x1), under, size)
        for n in head:
            items[n] = replace(items[n], x0=x0, x1=x1)
    return items


def _widened(head: tuple[float, float], under: list[_Item], size: float) -> tuple[float, float]:
    """How far a headline reaches over the text under it."""
    x0, x1 = head
    below = [item for item in under if not item.large and item.x0 < x1 and item.x1 > x0]
    if not below:
        return head
    level = min(item.fragment.y0 for item in below) + _LEVEL * size
    rows = [item for item in under if item.fragment.y0 < level + _ROWS * size]
    columns = [
        column
        for column in _ink([(item.x0, item.x1) for item in rows], _GUTTER * size)
        if min(item.fragment.y0 for item in rows if column[0] <= item.x0 <= column[1]) < level
    ]
    covered = [n for n, (left, right) in enumerate(columns) if left < x1 and right > x0]
    if not covered:
        return head
    first, last = covered[0], covered[-1]
    while first and columns[first][0] - columns[first - 1][1] < _APART * size:
        first -= 1
    while last + 1 < len(columns) and columns[last + 1][0] - columns[last][1] < _APART * size:
        last += 1
    spans = [(a, b) for a, _ in columns[first : covered[0] + 1] for _, b in columns[covered[-1] : last + 1]]
    fitting = [(a, b) for a, b in spans if abs(x0 - a) < _SET * size or abs(x0 + x1 - a - b) < 2 * _SET * size]
    a, b = max(fitting, key=lambda span: span[1] - span[0], default=(columns[covered[0]][0], columns[covered[-1]][1]))
    return min(x0, a), max(x1, b)


def _headlines(items: list[_Item], size: float) -> list[set[int]]:
    """Headlines: lines of large type right under one another."""
    found: list[set[int]] = []
    open_ones: list[set[int]] = []
    for n, item in enumerate(items):
        if not item.large:
            continue
        reach = item.fragment.size
        open_ones = [one for one in open_ones if item.top - max(items[m].bottom for m in one) < reach]
        own = next((one for one in open_ones if _meet(items, one, item)), None)
        if own is None:
            own = set()
            found.append(own)
            open_ones.append(own)
        own.add(n)
    return found


def _meet(items: list[_Item], head: set[int], item: _Item) -> bool:
    return any(items[m].x0 < item.x1 and items[m].x1 > item.x0 for m in head)
