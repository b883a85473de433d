"""Who stands together, as a picture."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from bulletinnlp.plots.layout import lay_out
from bulletinnlp.plots.plot_data import Name, PlotData, short
from bulletinnlp.plots.style import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    SMALL,
    axes_for,
    empty,
    finish,
    head,
    legend_below,
    make_room,
    size_of,
    width_of,
)
from bulletinnlp.plots.ties import Tie, strongest, ties_of
from bulletinnlp.plots.wording import Language, Words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from bulletinnlp.tables.table_set import TableSet

#: Of a name; one of more than a line's characters stands in two lines.
LONGEST_LABEL = 16
ONE_LINE = 9
#: Of a line, by the size of its text.
SPACING = 1.25
#: Mark and colour by kind: a circle is a person, a square a body, a diamond a place.
KINDS = {"PER": ("o", ORANGE), "ORG": ("s", BLUE), "PLACE": ("D", GREEN), "NONE": ("o", "#ffffff")}
LINE = "#b9b9b9"


def network(found: TableSet, ax: Axes | None, *, events: pd.DataFrame | None, top: int, language: Language) -> Axes:
    """Draw it; see `Plots.network`."""
    words = Words(language)
    weights, ties = strongest(ties_of(PlotData(found, events).events), top)
    ax = axes_for(ax, (9.5, 7.4))
    if not ties:
        return empty(ax, words("network"), words("no_ties"))
    names = list(weights)
    make_room(ax, below=2.4 * SMALL, above=44)
    size = size_of(ax)
    number = {name: n for n, name in enumerate(names)}
    lines = [label_of(name.text).split("\n") for name in names]
    halves = [max(width_of(line, SMALL) for line in mine) / 2 for mine in lines]
    extra = [(len(mine) - 1) * SPACING * SMALL for mine in lines]
    places = lay_out([(number[a], number[b]) for a, b in (tie.ends for tie in ties)], halves, *size, extra)
    at = {name: (float(x), float(y)) for name, (x, y) in zip(names, places, strict=True)}
    ax.set_axis_off()
    ax.set_xlim(0, size[0])
    ax.set_ylim(size[1], 0)
    _lines(ax, ties, at)
    _marks(ax, weights, at, words)
    head(ax, words("network"), words("network_note", f"{len(names):,}"))
    legend_below(ax, 0.6)
    return finish(ax)


def label_of(name: str) -> str:
    """A name as it is written: in two lines of like length if it is long, and cut only if it is very long.

    >>> label_of("县残联"), label_of("东昌府区教育和体育局")
    ('县残联', '东昌府区教\\n育和体育局')
    """
    name = short(name, LONGEST_LABEL)
    if len(name) <= ONE_LINE:
        return name
    half = -(-len(name) // 2)
    return f"{name[:half]}\n{name[half:]}"


def _lines(ax: Axes, ties: list[Tie], at: dict[Name, tuple[float, float]]) -> None:
    from matplotlib.collections import LineCollection

    widths = [0.9 + 1.5 * sqrt(tie.events - 1) for tie in ties]
    ax.add_collection(
        LineCollection(
            [[at[a], at[b]] for a, b in (tie.ends for tie in ties)], linewidths=widths, colors=LINE, zorder=1
        ),
        autolim=False,
    )


def _marks(ax: Axes, weights: dict[Name, float], at: dict[Name, tuple[float, float]], words: Words) -> None:
    most = max(weights.values())
    radius = {name: 3.2 + 4.3 * sqrt(weight / most) for name, weight in weights.items()}
    for kind, (mark, colour) in KINDS.items():
        mine = [name for name in weights if (name.label or "NONE") == kind]
        if mine:
            ax.scatter(
                [at[name][0] for name in mine], [at[name][1] for name in mine],
                s=[(2 * radius[name] * (0.85 if mark == "D" else 1)) ** 2 for name in mine],
                marker=mark, color=colour, edgecolor="white" if kind != "NONE" else INK, linewidth=0.8, zorder=2,
                label=words(kind),
            )  # fmt: skip
    for name in weights:
        x, y = at[name]
        ax.annotate(
            label_of(name.text), (x, y), (0, -radius[name] - 2), textcoords="offset points", ha="center",
            va="top", fontsize=SMALL, color=INK, zorder=3, linespacing=SPACING,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip
