"""The base map: what stretch it shows, and the outlines of counties in it."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bulletinnlp.places.outlines import Box, outlines
from bulletinnlp.plots.style import GREY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Few events far from the others, at most this share, may lie beyond the edge …
BEYOND = 0.05
#: … if the map then is at most this part as wide and high.
CLOSER = 0.6
#: No map is closer than this many degrees across.
SMALLEST = 0.5
#: Of its size, what a map shows around its points.
MARGIN = 0.08
LAND, COUNTY_LINE, TINT = "#f6f4ef", "#d3cdc2", "#cfe3f2"
CITY_LINE, PROVINCE_LINE = "#a59d8f", "#6f685c"
#: Maps of so many degrees from south to north have thinner lines.
WHOLE_COUNTRY = 12
#: Where a name may stand in what is seen of a county.
_SHARES = np.linspace(0.08, 0.92, 13)
#: Kilometres of a degree of latitude.
DEGREE = 111.32


class Point(NamedTuple):
    """A point with so many events; `around` is what the map shows of it: its county."""

    longitude: float
    latitude: float
    many: int
    around: Box


def around(points: Sequence[Point], shape: float) -> Box:
    """The stretch of the map for points.

    `shape` is height by width of the drawing.

    >>> near = Point(115.99, 36.43, 60, Box(115.7, 36.2, 116.2, 36.7))
    >>> far = Point(116.41, 39.90, 1, Box(116.41, 39.90, 116.41, 39.90))
    >>> round(around([near, far], 0.7).north, 1), round(around([near, far._replace(many=30)], 0.7).north, 1)
    (36.7, 40.2)
    """
    total = sum(point.many for point in points)
    axes = [[point.longitude for point in points], [point.latitude for point in points]]
    middle = [_median([(place, point.many) for place, point in zip(places, points, strict=True)]) for places in axes]
    sorted_out = sorted(points, key=lambda point: np.hypot(point[0] - middle[0], point[1] - middle[1]))
    kept = len(points)
    while kept > 1 and sum(point.many for point in sorted_out[kept - 1 :]) <= BEYOND * total:
        kept -= 1
    whole, closer = (_box([point.around for point in some], shape) for some in (sorted_out, sorted_out[:kept]))
    return closer if closer.north - closer.south <= CLOSER * (whole.north - whole.south) else whole


def around_area(adcode: str, shape: float, margin: float = 0.04) -> Box:
    """The stretch of the map of a unit; raises ValueError where there is no outline of it."""
    code = adcode
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    boxes = [outlines().box(one) for one in outlines().codes() if one.startswith(code[:6])]
    if len(code) < 2 or not boxes:
        raise ValueError(f"there is no outline of an area {adcode!r}; give the adcode of a county, city or province")
    return _box(boxes, shape, margin)


def draw_base_map(ax: Axes, box: Box, marked: set[str], *, shapes: bool) -> list[str]:
    """Draw the counties in the box, those in `marked` tinted; gives the counties that are seen."""
    ax.set_xlim(box.west, box.east)
    ax.set_ylim(box.south, box.north)
    ax.set_aspect(1 / cos(radians((box.south + box.north) / 2)), adjustable="box")
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_color("#c9c9c9")
    ax.set_facecolor("white")
    if not shapes:
        return []
    seen = outlines().within(box)
    near = box.north - box.south < WHOLE_COUNTRY
    _fill(ax, [code for code in seen if code not in marked], LAND, 0.5 if near else 0.15)
    _fill(ax, [code for code in seen if code in marked], TINT, 0.5 if near else 0.15)
    _lines(ax, box, seen, near)
    return seen


def _fill(ax: Axes, codes: list[str], colour: str, width: float) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path

    paths = [Path.make_compound_path(*(Path(ring, closed=True) for ring in outlines().rings(code))) for code in codes]
    ax.add_collection(
        PathCollection(paths, facecolors=colour, edgecolors=COUNTY_LINE, linewidths=width, zorder=1), autolim=False
    )


def _lines(ax: Axes, box: Box, seen: list[str], near: bool) -> None:
    from matplotlib.collections import LineCollection

    thick = 1.3 if near else 0.8
    for digits, colour, width in ((4, CITY_LINE, 0.9 if near else 0.25), (2, PROVINCE_LINE, thick)):
        pieces = outlines().borders(seen, digits)
        ax.add_collection(LineCollection(list(pieces), colors=colour, linewidths=width, zorder=2, capstyle="round"),
                          autolim=False)  # fmt: skip
    lines = outlines().lines(box)
    ax.add_collection(LineCollection(lines, colors=PROVINCE_LINE, linewidths=thick, zorder=2), autolim=False)


def middle_of(code: str, box: Box) -> tuple[float, float]:
    """A point inside what the box shows of a county, far from its outline."""
    from matplotlib.path import Path

    mine = outlines().box(code)
    low = np.maximum([mine.west, mine.south], [box.west, box.south])
    high = np.minimum([mine.east, mine.north], [box.east, box.north])
    shares = np.array([(x, y) for x in _SHARES for y in _SHARES])
    points = low + shares * (high - low)
    ring = max(outlines().rings(code), key=len)
    free = np.linalg.norm(points[:, None] - ring[None], axis=2).min(axis=1)
    free = np.minimum(free, np.abs(points - low).min(axis=1))
    free = np.minimum(free, np.abs(high - points).min(axis=1))
    free[~Path(ring).contains_points(points)] = 0
    found = points[int(np.argmax(free))]
    return float(found[0]), float(found[1])


def scale_bar(ax: Axes, box: Box) -> None:
    """A bar of a round number of kilometres, in the lower left corner."""
    from matplotlib.patheffects import withStroke

    wide = (box.east - box.west) * cos(radians((box.south + box.north) / 2)) * DEGREE
    kilometres = round_step(wide / 6)
    halo = [withStroke(linewidth=3, foreground="white")]
    x, y = 0.03, 0.035
    long = kilometres / wide
    ax.plot([x, x, x + long, x + long], [y + 0.012, y, y, y + 0.012], color=GREY, linewidth=1, zorder=6,
            transform=ax.transAxes, path_effects=halo)  # fmt: skip
    ax.text(x + long / 2, y + 0.012, f"{kilometres:,g} km", transform=ax.transAxes, ha="center", va="bottom", 
            fontsize=8, color=GREY, zorder=6, path_effects=halo)  # fmt: skip


def round_step(value: float) -> float:
    """1, 2 or 5 times a power of ten, not above a value by much.

    >>> round_step(33), round_step(8)
    (50.0, 10.0)
    """
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= 0.7 * value))


def _median(values: list[tuple[float, int]]) -> float:
    """The value in the middle, each counted so often."""
    values = sorted(values)
    sums = np.cumsum([many for _, many in values])
    return values[int(np.searchsorted(sums, sums[-1] / 2))][0]


def _box(boxes: Sequence[Box], shape: float, margin: float = MARGIN) -> Box:
    """The box around boxes, as high by wide as the drawing, with room around them."""
    corners = np.array(boxes)
    (west, south), (east, north) = corners[:, :2].min(axis=0), corners[:, 2:].max(axis=0)
    shrink = cos(radians((south + north) / 2))
    tall = max(north - south, (east - west) * shrink * shape, SMALLEST * shape) * (1 + 2 * margin)
    wide = tall / shape / shrink
    x, y = (west + east) / 2, (south + north) / 2
    return Box(*map(float, (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)))
