"""The outlines of counties behind the view's map, as few numbers: around the places of events, no finer than seen."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

#: The map shows so much around its points at most, of their distance from each other and in degrees.
AROUND, SMALLEST = 0.4, 0.25
#: Steps across the map: what is finer is not seen.
SEEN = 600


def packed_outlines(points: Sequence[tuple[float, float]]) -> dict[str, Any] | None:
    """Rings of counties around points (latitude, longitude), and the source's lines that bound no county.

    None for fewer than two points.

    A line or ring is a list of x, y, and the steps from there on, in `steps` a degree. All are rounded alike, so that
    neighbours keep one border; what is smaller than a step is left out.

    >>> made = packed_outlines([(36.4347, 115.9883), (36.8383, 115.7055)])
    >>> made["steps"], len(made["rings"]) > 10
    (1000, True)
    """
    if len(set(points)) < 2:
        return None
    from bulletinnlp.places.outlines import STEPS, Box, outlines

    latitudes, longitudes = [point[0] for point in points], [point[1] for point in points]
    middle = ((min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2)
    shrink = cos(radians(middle[0]))
    across = max(max(latitudes) - min(latitudes), (max(longitudes) - min(longitudes)) * shrink, SMALLEST)
    tall = across * (0.5 + AROUND)
    wide = tall / shrink
    box = Box(middle[1] - wide, middle[0] - tall, middle[1] + wide, middle[0] + tall)
    steps = min(STEPS, round(SEEN / across))
    rings = [_packed(ring, steps, 4) for code in outlines().within(box) for ring in outlines().rings(code)]
    lines = [_packed(line, steps, 2) for line in outlines().lines(box)]
    return {"steps": steps, "rings": [ring for ring in rings if ring], "lines": [line for line in lines if line]}


def _packed(line: np.ndarray, steps: int, fewest: int) -> list[int]:
    """A line in steps; empty where fewer points than that are left."""
    import numpy as np

    points = np.round(line * steps).astype(int)
    points = points[np.r_[True, np.any(np.diff(points, axis=0) != 0, axis=1)]]
    moves = np.diff(points, axis=0)
    turns = moves[:-1, 0] * moves[1:, 1] != moves[:-1, 1] * moves[1:, 0]
    points = points[np.r_[True, turns, True]] if len(points) > 1 else points
    if len(points) < fewest:
        return []
    packed: list[int] = np.diff(points, axis=0, prepend=[[0, 0]]).ravel().tolist()
    return packed
