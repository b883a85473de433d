"""Names on a map, each beside its dot where nothing else stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from bulletinnlp.plots.style import size_of, width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Side = Literal["left", "center", "right"]


class Block(NamedTuple):
    """A stretch of the drawing that is taken, in points."""

    left: float
    low: float
    right: float
    high: float

    def meets(self, other: Block) -> bool:
        return self.left < other.right and self.right > other.left and self.low < other.high and self.high > other.low


class Labels:
    """The labels of a drawing, and what they must not cover."""

    def __init__(self, ax: Axes) -> None:
        self._ax = ax
        self._size = size_of(ax)
        self._taken: list[Block] = []

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the data stands, in points from the lower left corner of the axes."""
        share = self._ax.transAxes.inverted().transform(self._ax.transData.transform((x, y)))
        return float(share[0] * self._size[0]), float(share[1] * self._size[1])

    def take(self, x: float, y: float, radius: float) -> None:
        """A dot stands there, of so many points."""
        left, low = self.at(x, y)
        self._taken.append(Block(left - radius, low - radius, left + radius, low + radius))

    def take_scale(self) -> None:
        """Nothing is written over the bar of kilometres, in the lower left corner."""
        self._taken.append(Block(0, 0, 0.26 * self._size[0], 0.09 * self._size[1]))

    def take_legend(self, texts: list[str], size: float) -> None:
        """Nothing is written over the legend, in the upper right corner."""
        wide, tall = max(width_of(text, size) for text in texts) + 4.5 * size, (len(texts) * 1.6 + 1) * size
        self._taken.append(Block(self._size[0] - wide, self._size[1] - tall, *self._size))

    def beside(self, text: str, x: float, y: float, radius: float, size: float, far: bool, **style: object) -> bool:
        """Write a text right, left, over or under a dot; False where it would cover something.

        `far` lets it stand off where there are few dots, so that it is not taken for another's.
        """
        return any(self._beside(text, x, y, radius + away, size, style) for away in ((3, 18) if far else (3,)))

    def _beside(self, text: str, x: float, y: float, near: float, size: float, style: dict[str, object]) -> bool:
        tries: list[tuple[Side, float, float]] = [
            ("left", near, 0), ("right", -near, 0), ("center", 0, near + size / 2), ("center", 0, -near - size / 2),
            ("left", near * 0.75, near * 0.75 + size / 3), ("left", near * 0.75, -near * 0.75 - size / 3),
            ("right", -near * 0.75, near * 0.75 + size / 3), ("right", -near * 0.75, -near * 0.75 - size / 3),
        ]  # fmt: skip
        return any(self._write(text, x, y, side, dx, dy, size, style) for side, dx, dy in tries)

    def over(self, text: str, x: float, y: float, size: float, **style: object) -> bool:
        """Write a text at a point, in its middle; False where it would cover something."""
        return self._write(text, x, y, "center", 0, 0, size, style)

    def _write(
        self, text: str, x: float, y: float, side: Side, dx: float, dy: float, size: float, style: dict[str, object]
    ) -> bool:
        left, low = self.at(x, y)
        wide = width_of(text, size)
        start = left + dx - {"left": 0.0, "center": wide / 2, "right": wide}[side]
        block = Block(start - 1, low + dy - size * 0.62, start + wide + 1, low + dy + size * 0.62)
        if block.left < 2 or block.right > self._size[0] - 2 or block.low < 2 or block.high > self._size[1] - 2:
            return False
        if any(block.meets(other) for other in self._taken):
            return False
        self._taken.append(block)
        self._ax.annotate(
            text, (x, y), (dx, dy), textcoords="offset points", ha=side, va="center_baseline", fontsize=size,
            **style,  # type: ignore[arg-type]
        )  # fmt: skip
        return True
