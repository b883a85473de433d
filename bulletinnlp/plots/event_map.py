"""Where events are."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from bulletinnlp.places.divisions import divisions
from bulletinnlp.places.outlines import Box, outlines
from bulletinnlp.plots.base_map import Point, around, around_area, draw_base_map, middle_of, scale_bar
from bulletinnlp.plots.label_placement import Labels
from bulletinnlp.plots.plot_data import PlotData, ranked
from bulletinnlp.plots.style import (
    BLUE,
    GREY,
    INK,
    LABEL,
    RED,
    SMALL,
    axes_for,
    empty,
    finish,
    head,
    make_room,
    size_of,
)
from bulletinnlp.plots.wording import Language, Words
from bulletinnlp.summaries.map_points import COUNTY, MapPoint

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from bulletinnlp.tables.table_set import TableSet

#: Of the dot of one event, and of that of the most, in points.
SMALLEST, LARGEST, LARGEST_OF_MANY = 2.6, 15.0, 9.0
#: Of more dots than these the largest are smaller.
MANY_DOTS = 25
#: On a map of no more dots a name may stand off its own.
FEW_DOTS = 8
#: Of the size of a county, what is shown around it where it is the only one.
NEIGHBOURS = 0.5
#: So many names are listed in a line.
LISTED = 4
#: More counties than these are not named on the map unless they have events.
MOST_NAMED = 60

_DOT: dict[str, Any] = {"facecolor": BLUE, "edgecolor": "white", "linewidth": 0.8, "alpha": 0.88, "zorder": 4}
_RING: dict[str, Any] = {"facecolor": "none", "edgecolor": RED, "linewidth": 1.6, "zorder": 4.5}


class Dot(NamedTuple):
    """A point of the map with its events."""

    point: MapPoint
    many: int
    is_county: bool


def map_of(
    found: TableSet,
    ax: Axes | None,
    *,
    events: pd.DataFrame | None,
    area: str | None,
    outlines: bool,
    language: Language,
) -> Axes:
    """Draw it; see `Plots.map`."""
    words = Words(language)
    data = PlotData(found, events)
    met = [{name.point for name in event.where if name.point is not None} for event in data.events]
    dots = [
        Dot(data.points[n], many, _is_county(data.points[n])) for n, many in ranked(n for some in met for n in some)
    ]
    ax = axes_for(ax, (8.6, 7.0))
    if not dots and area is None:
        unknown = bool(data.events) and not any(data.homes)
        return empty(ax, words("map"), words("no_home" if unknown else "no_places"))
    make_room(ax, below=12, above=44)
    wide, tall = size_of(ax)
    box = _box_of(dots, area, tall / wide)
    inside = [dot for dot in dots if _holds(box, dot.point)]
    names_inside = {dot.point for dot in inside}
    seen = draw_base_map(ax, box, {_county(dot.point) for dot in dots if dot.is_county}, shapes=outlines)
    _dots(ax, inside, box, seen, words)
    shown = sum(any(data.points[n] in names_inside for n in some) for some in met)
    listed = dots if area is None else inside
    head(ax, words("map"), _note(words, listed, names_inside, shown, len(data.events), outlines))
    if outlines:
        ax.annotate(words("source"), (1, 0), (0, -4), xycoords="axes fraction", textcoords="offset points", ha="right",
                    va="top", fontsize=7.5, color=GREY)  # fmt: skip
    return finish(ax)


def _box_of(dots: list[Dot], area: str | None, shape: float) -> Box:
    """What the map shows; around a single dot its county with the neighbours, or its city or province."""
    if area is not None:
        return around_area(area, shape)
    if len(dots) == 1 and dots[0].point.adcode:
        code = _county(dots[0].point)
        if not dots[0].is_county:
            return around_area(code, shape)
        if outlines().holds(code):
            return around_area(code, shape, NEIGHBOURS)
    return around([_point(dot) for dot in dots], shape)


def _point(dot: Dot) -> Point:
    """Of a county the map shows all, of a larger unit the seat."""
    longitude, latitude = dot.point.longitude, dot.point.latitude
    seat = Box(longitude, latitude, longitude, latitude)
    shown = outlines().box(_county(dot.point)) if dot.is_county and outlines().holds(_county(dot.point)) else seat
    return Point(longitude, latitude, dot.many, shown)


def _dots(ax: Axes, dots: list[Dot], box: Box, seen: list[str], words: Words) -> None:
    from matplotlib.patheffects import withStroke

    halo = [withStroke(linewidth=2.4, foreground="white", alpha=0.85)]
    rim = [withStroke(linewidth=3, foreground="white", alpha=0.85)]
    labels = Labels(ax)
    labels.take_scale()
    labels.take_legend([words("larger"), words("county")], SMALL)
    most = max((dot.many for dot in dots), default=1)
    largest = LARGEST if len(dots) <= MANY_DOTS else LARGEST_OF_MANY
    radius = {dot: SMALLEST + (largest - SMALLEST) * sqrt((dot.many - 1) / max(most - 1, 1)) for dot in dots}
    for is_county, key in ((False, "larger"), (True, "county")):
        mine = [dot for dot in dots if dot.is_county == is_county]
        if not mine:
            continue
        style = _DOT if is_county else {**_RING, "path_effects": rim}
        ax.scatter(
            [dot.point.longitude for dot in mine],
            [dot.point.latitude for dot in mine],
            s=[(2 * radius[dot]) ** 2 for dot in mine],
            label=words(key),
            **style,
        )
    for dot in dots:
        labels.take(dot.point.longitude, dot.point.latitude, radius[dot])
    for dot in dots:
        labels.beside(
            f"{dot.point.name} {dot.many:,}",
            *(dot.point.longitude, dot.point.latitude, radius[dot], LABEL),
            far=len(dots) <= FEW_DOTS,
            color=INK,
            zorder=5,
            path_effects=halo,
        )
    if len(seen) <= MOST_NAMED:
        _neighbours(labels, {_county(dot.point) for dot in dots if dot.is_county}, seen, box)
    scale_bar(ax, box)
    if dots:
        legend = ax.legend(loc="upper right", fontsize=SMALL, labelcolor=INK, frameon=True, framealpha=0.9,
                           edgecolor="none", borderpad=0.5)  # fmt: skip
        for handle in legend.legend_handles:
            handle.set_sizes([45])  # type: ignore[union-attr]


def _neighbours(labels: Labels, with_events: set[str], seen: list[str], box: Box) -> None:
    """Counties without an event are named in grey, where there is room."""
    for code in seen:
        unit = divisions().get(code)
        if unit and code not in with_events:
            labels.over(unit.name, *middle_of(code, box), SMALL - 1, color="#9b958a", zorder=3)


def _note(words: Words, dots: list[Dot], inside: set[MapPoint], shown: int, many: int, shapes: bool) -> str:
    lines = [words("map_note", f"{shown:,}", f"{many:,}")]
    if beyond := [f"{dot.point.name} {dot.many:,}" for dot in dots if dot.point not in inside]:
        lines.append(words("beyond", _listed(words, beyond)))
    bare = [d.point.name for d in dots if d.point in inside and d.is_county and not outlines().holds(_county(d.point))]
    if shapes and bare:
        lines.append(words("no_outline", _listed(words, bare)))
    return "\n".join(lines)


def _listed(words: Words, names: list[str]) -> str:
    shown = words("listed").join(names[:LISTED])
    return shown if len(names) <= LISTED else words("more", shown, len(names) - LISTED)


def _county(point: MapPoint) -> str:
    return (point.adcode or "")[:COUNTY]


def _is_county(point: MapPoint) -> bool:
    """Whether a point is that of a county, or of a town in it, and of no larger unit."""
    unit = divisions().get(_county(point)) if point.adcode else None
    return unit is not None and unit.level not in ("province", "city")


def _holds(box: Box, point: MapPoint) -> bool:
    return box.west <= point.longitude <= box.east and box.south <= point.latitude <= box.north
