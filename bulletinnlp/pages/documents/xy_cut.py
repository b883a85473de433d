"""The reading order of a page: its runs as blocks, columns one after another, headlines before their columns.

The page is cut where nothing is printed, again and again (recursive XY-cut, Nagy and Seth 1984): along gutters from top
to bottom, which part columns and articles side by side; where a line runs across the gutters, into bands one under
another. A headline counts as wide as its columns (`headlines`). What can not be cut is ordered without its headlines,
which are put back in front of what stands under them (after XY-Cut++, Liu et al. 2025).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulletinnlp.pages.documents.headlines import spanning
from bulletinnlp.pages.documents.layout_boxes import GUTTER, LayoutBox, Projection, body_size, layout_boxes, projection
from bulletinnlp.pages.documents.text_runs import TextRun

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

    runs: tuple[TextRun, ...]
    width: float
    flows: bool = False


def blocks(runs: Sequence[TextRun]) -> list[Block]:
    """The runs of a page as blocks in the order in which they are read."""
    size = body_size(runs)
    return _cut(spanning(layout_boxes(runs, size), size), size, 0)


def _cut(boxes: list[LayoutBox], size: float, depth: int) -> list[Block]:
    """Cut a region into blocks."""
    if depth < _DEEPEST:
        columns = _columns(boxes, size)
        if len(columns) > 1:
            return _side_by_side(columns, size, depth)
        bands = _bands(boxes, size)
        if len(bands) > 1:
            return [block for band in bands for block in _cut(band, size, depth + 1)]
        if _is_tangled(boxes, size):
            return _untangled(boxes, size, depth)
    return [_block(boxes)]


def _block(boxes: list[LayoutBox]) -> Block:
    ordered = sorted((box.run for box in boxes), key=lambda f: (f.y1, f.x0))
    left, right = min(f.x0 for f in ordered), max(f.x1 for f in ordered)
    return Block(tuple(ordered), right - left)


def _side_by_side(columns: list[list[LayoutBox]], size: float, depth: int) -> list[Block]:
    """Columns one after another; those that are one block each are columns of one text, and equally wide."""
    cut = [_cut(column, size, depth + 1) for column in columns]
    widest = max((some[0].width for some in cut if len(some) == 1), default=0.0)
    found: list[Block] = []
    for some in cut:
        first = replace(some[0], flows=bool(found) or some[0].flows)
        found += [replace(first, width=widest)] if len(some) == 1 else [first, *some[1:]]
    return found


def _columns(boxes: list[LayoutBox], size: float) -> list[list[LayoutBox]]:
    """The region cut along the gutters that run through it from top to bottom."""
    in_line = _is_line(boxes)
    columns: list[list[LayoutBox]] = []
    reach = 0.0
    for box in sorted(boxes, key=lambda box: box.x0):
        gutter = _GUTTER_IN_LINE * box.run.size if in_line else GUTTER * size
        if not columns or box.x0 - reach >= gutter:
            columns.append([])
            reach = box.x1
        columns[-1].append(box)
        reach = max(reach, box.x1)
    return [boxes] if _is_table(columns, size) else columns


def _is_line(boxes: list[LayoutBox]) -> bool:
    """Whether a region is a single line of type."""
    return max(box.top for box in boxes) < min(box.bottom for box in boxes)


def _is_table(columns: list[list[LayoutBox]], size: float) -> bool:
    """Whether columns are those of a table: narrow ones, with several rows."""
    narrow = sum(max(box.x1 for box in c) - min(box.x0 for box in c) < _NARROW * size for c in columns)
    return 2 * narrow > len(columns) and max(map(len, columns)) > 1


def _rows(boxes: list[LayoutBox]) -> list[list[LayoutBox]]:
    """The region cut wherever nothing is printed from its left to its right."""
    rows: list[list[LayoutBox]] = []
    reach = 0.0
    for box in sorted(boxes, key=lambda box: box.top):
        if not rows or box.top >= reach:
            rows.append([])
            reach = box.bottom
        rows[-1].append(box)
        reach = max(reach, box.bottom)
    return rows


def _bands(boxes: list[LayoutBox], size: float) -> list[list[LayoutBox]]:
    """The region cut into bands: rows that share a gutter stay together.

    Headlines begin one where nothing but headlines begins.
    """
    bands: list[list[LayoutBox]] = []
    profile: Projection = []
    headed = False
    rows = _rows(boxes)
    for row, own in zip(rows, _profiles(rows, size), strict=True):
        both = projection([*profile, *own], GUTTER * size)
        parted = len(both) == 1 and (len(own) > 1 or len(profile) > 1)
        if not bands or parted or (not headed and _begins_with_headlines(row, own, size)):
            bands.append([])
            both = own
        bands[-1] += row
        profile, headed = both, all(box.large for box in row)
    return bands


def _profiles(rows: list[list[LayoutBox]], size: float) -> list[Projection]:
    """What each row covers; a gap in a line of the text is none if neither of the rows beside it has one there."""
    profiles = [projection([(box.x0, box.x1) for box in row], GUTTER * size) for row in rows]
    found = []
    for row, own, over, under in zip(rows, profiles, [[], *profiles], [*profiles[1:], []], strict=False):
        alone = len(own) > 1 and not (_shared(own, over, size) or _shared(own, under, size))
        is_text = _is_line(row) and not any(box.large for box in row)
        found.append([(own[0][0], own[-1][1])] if alone and is_text else own)
    return found


def _shared(profile: Projection, other: Projection, size: float) -> bool:
    """Whether two rows have a gutter in common, with print on both sides of it."""
    return len(other) > 1 and len(projection([*profile, *other], GUTTER * size)) > 1


def _begins_with_headlines(row: list[LayoutBox], profile: Projection, size: float) -> bool:
    """Whether what stands highest in each column of a row is a headline or an eyebrow, and not all are sub-headings."""
    highest: dict[int, LayoutBox] = {}
    for box in sorted(row, key=lambda box: box.top):
        highest.setdefault(bisect_right(profile, (box.x0, float("inf"))), box)
    first = highest.values()
    return all(i.large for i in first) and max(i.run.size for i in first) > _HEADLINE * size


def _is_tangled(boxes: list[LayoutBox], size: float) -> bool:
    """Whether a region that can not be cut is more than one column: lines lie side by side."""
    printed = ([(i.run.x0, i.run.x1) for i in row] for row in _rows(boxes) if len(row) > 2)
    return any(len(projection(row, GUTTER * size)) > 1 for row in printed)


def _untangled(boxes: list[LayoutBox], size: float, depth: int) -> list[Block]:
    """Order a region without its headlines, then put these back."""
    heads = [box for box in boxes if box.large]
    rest = [box for box in boxes if not box.large]
    if not heads or not rest:
        return [_block(boxes)]
    found = _cut(rest, size, depth + 1)
    for head in sorted(heads, key=lambda box: (-box.top, -box.x0)):
        under = (n for n, block in enumerate(found) if _stands_over(head, block))
        found.insert(next(under, len(found)), _block([head]))
    return found


def _stands_over(head: LayoutBox, block: Block) -> bool:
    first = block.runs[0]
    return first.y0 >= head.bottom - first.size and first.x0 < head.x1 and first.x1 > head.x0
