"""What the page is cut by: text runs with the space that they take, and their projection from left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bulletinnlp.pages.documents.text_runs import TextRun

#: Type that is so much larger than that of the body is a headline's.
LARGE = 1.17
#: The narrowest gutter, in sizes of the body.
GUTTER = 0.7
#: Runs overlap by so much (in sizes) and still stand one under another.
_OVERLAP = 0.15
#: Marks that may hang over the edge of a column.
_HANGING = "，。、；：,."

#: A projection profile: what is printed of a region from left to right, as stretches with gutters between them.
Projection = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class LayoutBox:
    """A run with the space that it takes: from x0 to x1."""

    run: TextRun
    x0: float
    x1: float
    large: bool = False

    @property
    def top(self) -> float:
        return self.run.y0 + _OVERLAP * self.run.size

    @property
    def bottom(self) -> float:
        return self.run.y1 - _OVERLAP * self.run.size


def layout_boxes(runs: Sequence[TextRun], size: float) -> list[LayoutBox]:
    """Runs as boxes, on a page whose body is set in type of a size."""
    return [LayoutBox(f, f.x0, f.x1 - f.size * _hangs(f), f.size > LARGE * size) for f in runs]


def _hangs(run: TextRun) -> bool:
    return run.text[-1] in _HANGING and run.width > 2 * run.size


def body_size(runs: Iterable[TextRun]) -> float:
    """The size of type that most of a page is printed in, 0 for an empty page."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.size * 2) / 2] += len(run.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def projection(stretches: Iterable[tuple[float, float]], gutter: float) -> Projection:
    """Stretches from left to right, those that leave no gutter between them put together.

    >>> projection([(60, 100), (0, 50), (20, 55)], 7)
    [(0, 100)]
    >>> projection([(70, 100), (0, 50), (20, 55)], 7)
    [(0, 55), (70, 100)]
    """
    found: Projection = []
    for x0, x1 in sorted(stretches):
        if found and x0 - found[-1][1] < gutter:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found
