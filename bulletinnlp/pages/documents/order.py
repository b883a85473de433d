"""The reading order of a page: its fragments as blocks, columns one after another, headlines before their columns.

The page is cut where nothing is printed, again and again (recursive XY-cut, Nagy and Seth 1984): along gutters from top
to bottom, which part columns and articles side by side; where a line runs across the gutters, into bands one under
another. A headline counts as wide as its columns (`headlines`). What can not be cut is ordered without its headlines,
which are put back in front of what stands under them (after XY-Cut++, Liu et al. 2025).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulletinnlp.pages.documents.fragments import Fragment
from bulletinnlp.pages.documents.headlines import spanning
from bulletinnlp.pages.documents.items import GUTTER, Ink, Item, body_size, ink_of, items_of

#: The narrowest gutter in a single line of type, in its sizes.
_GUTTER_IN_LINE = 1.5
#: Type that is so much larger than that of the body is hardly a sub-heading's.
_HEADLINE = 1.25
#: A column of text is as wide as so many characters; a table's is narrower.
_NARROW = 6.0
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


def blocks(fragments: Sequence[Fragment]) -> list[Block]:
    """The fragments of a page as blocks in the order in which they are read."""
    size = body_size(fragments)
    return _cut(spanning(items_of(fragments, size), size), size, 0)


def _cut(items: list[Item], size: float, depth: int) -> list[Block]:
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


def _block(items: list[Item]) -> Block:
    ordered = sorted((item.fragment for item in items), key=lambda f: (f.y1, f.x0))
    left, right = min(f.x0 for f in ordered), max(f.x1 for f in ordered)
    return Block(tuple(ordered), right - left)


def _side_by_side(columns: list[list[Item]], size: float, depth: int) -> list[Block]:
    """Columns one after another; those that are one block each are columns of one text, and equally wide."""
    cut = [_cut(column, size, depth + 1) for column in columns]
    widest = max((some[0].width for some in cut if len(some) == 1), default=0.0)
    found: list[Block] = []
    for some in cut:
        first = replace(some[0], flows=bool(found) or some[0].flows)
        found += [replace(first, width=widest)] if len(some) == 1 else [first, *some[1:]]
    return found


def _columns(items: list[Item], size: float) -> list[list[Item]]:
    """The region cut along the gutters that run through it from top to bottom."""
    in_line = _is_line(items)
    columns: list[list[Item]] = []
    reach = 0.0
    for item in sorted(items, key=lambda item: item.x0):
        gutter = _GUTTER_IN_LINE * item.fragment.size if in_line else GUTTER * size
        if not columns or item.x0 - reach >= gutter:
            columns.append([])
            reach = item.x1
        columns[-1].append(item)
        reach = max(reach, item.x1)
    return [items] if _is_table(columns, size) else columns


def _is_line(items: list[Item]) -> bool:
    """Whether a region is a single line of type."""
    return max(item.top for item in items) < min(item.bottom for item in items)


def _is_table(columns: list[list[Item]], size: float) -> bool:
    """Whether columns are those of a table: narrow ones, with several rows."""
    narrow = sum(max(item.x1 for item in c) - min(item.x0 for item in c) < _NARROW * size for c in columns)
    return 2 * narrow > len(columns) and max(map(len, columns)) > 1


def _rows(items: list[Item]) -> list[list[Item]]:
    """The region cut wherever nothing is printed from its left to its right."""
    rows: list[list[Item]] = []
    reach = 0.0
    for item in sorted(items, key=lambda item: item.top):
        if not rows or item.top >= reach:
            rows.append([])
            reach = item.bottom
        rows[-1].append(item)
        reach = max(reach, item.bottom)
    return rows


def _bands(items: list[Item], size: float) -> list[list[Item]]:
    """The region cut into bands: rows that share a gutter stay together.

    Headlines begin one where nothing but headlines begins.
    """
    bands: list[list[Item]] = []
    ink: Ink = []
    headed = False
    rows = _rows(items)
    for row, own in zip(rows, _inks(rows, size), strict=True):
        both = ink_of([*ink, *own], GUTTER * size)
        parted = len(both) == 1 and (len(own) > 1 or len(ink) > 1)
        if not bands or parted or (not headed and _begins_with_headlines(row, own, size)):
            bands.append([])
            both = own
        bands[-1] += row
        ink, headed = both, all(item.large for item in row)
    return bands


def _inks(rows: list[list[Item]], size: float) -> list[Ink]:
    """What each row covers; a gap in a line of the text is none if neither of the rows beside it has one there."""
    inks = [ink_of([(item.x0, item.x1) for item in row], GUTTER * size) for row in rows]
    found = []
    for row, own, over, under in zip(rows, inks, [[], *inks], [*inks[1:], []], strict=False):
        alone = len(own) > 1 and not (_shared(own, over, size) or _shared(own, under, size))
        is_text = _is_line(row) and not any(item.large for item in row)
        found.append([(own[0][0], own[-1][1])] if alone and is_text else own)
    return found


def _shared(ink: Ink, other: Ink, size: float) -> bool:
    """Whether two rows have a gutter in common, with print on both sides of it."""
    return len(other) > 1 and len(ink_of([*ink, *other], GUTTER * size)) > 1


def _begins_with_headlines(row: list[Item], ink: Ink, size: float) -> bool:
    """Whether what stands highest in each column of a row is a headline or an eyebrow, and not all are sub-headings."""
    highest: dict[int, Item] = {}
    for item in sorted(row, key=lambda item: item.top):
        highest.setdefault(bisect_right(ink, (item.x0, float("inf"))), item)
    first = highest.values()
    return all(i.large for i in first) and max(i.fragment.size for i in first) > _HEADLINE * size


def _is_tangled(items: list[Item], size: float) -> bool:
    """Whether a region that can not be cut is more than one column: lines lie side by side."""
    printed = ([(i.fragment.x0, i.fragment.x1) for i in row] for row in _rows(items) if len(row) > 2)
    return any(len(ink_of(row, GUTTER * size)) > 1 for row in printed)


def _untangled(items: list[Item], size: float, depth: int) -> list[Block]:
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


def _stands_over(head: Item, block: Block) -> bool:
    first = block.fragments[0]
    return first.y0 >= head.bottom - first.size and first.x0 < head.x1 and first.x1 > head.x0
