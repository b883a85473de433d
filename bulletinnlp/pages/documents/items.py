"""What the order of a page is worked out from: fragments with the space that they take, and gutters between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bulletinnlp.pages.documents.fragments import Fragment

#: Type that is so much larger than that of the body is a headline's.
LARGE = 1.17
#: The narrowest gutter, in sizes of the body.
GUTTER = 0.7
#: Fragments overlap by so much (in sizes) and still stand one under another.
_OVERLAP = 0.15
#: Marks that may hang over the edge of a column.
_HANGING = "，。、；：,."

#: Stretches from left to right.
Ink = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Item:
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


def items_of(fragments: Sequence[Fragment], size: float) -> list[Item]:
    """Fragments as items, on a page whose body is set in type of a size."""
    return [Item(f, f.x0, f.x1 - f.size * _hangs(f), f.size > LARGE * size) for f in fragments]


def _hangs(fragment: Fragment) -> bool:
    return fragment.text[-1] in _HANGING and fragment.width > 2 * fragment.size


def body_size(fragments: Iterable[Fragment]) -> float:
    """The size of type that most of a page is printed in, 0 for an empty page."""
    sizes: Counter[float] = Counter()
    for fragment in fragments:
        sizes[round(fragment.size * 2) / 2] += len(fragment.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def ink_of(stretches: Iterable[tuple[float, float]], gutter: float) -> Ink:
    """Stretches from left to right, those that leave no gutter between them put together.

    >>> ink_of([(60, 100), (0, 50), (20, 55)], 7)
    [(0, 100)]
    >>> ink_of([(70, 100), (0, 50), (20, 55)], 7)
    [(0, 55), (70, 100)]
    """
    found: Ink = []
    for x0, x1 in sorted(stretches):
        if found and x0 - found[-1][1] < gutter:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found
