"""Who acts most, by type of event."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bulletinnlp.plots.colours import colour_of, is_dark
from bulletinnlp.plots.plot_data import Name, PlotData, ranked, short
from bulletinnlp.plots.style import (
    FAINT,
    GREY,
    INK,
    LABEL,
    SMALL,
    axes_for,
    empty,
    finish,
    head,
    legend_below,
    plain,
)
from bulletinnlp.plots.wording import Language, Words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from bulletinnlp.tables.table_set import TableSet

LONGEST_LABEL = 16
#: A bar's part narrower than this share of the longest bar has no number in it.
NARROWEST = 0.025
#: So many types have a part of their own.
TYPES_SHOWN = 7
#: Of all further types: white, and hatched, so that they are not taken for the type `other`.
FURTHER = "#ffffff"


def actors(found: TableSet, ax: Axes | None, *, events: pd.DataFrame | None, top: int, language: Language) -> Axes:
    """Draw it; see `Plots.actors`."""
    words = Words(language)
    counted = PlotData(found, events).events
    most = ranked(name for event in counted for name in event.who)[:top]
    ax = axes_for(ax, (9.5, 1.3 + 0.36 * max(len(most), 4)))
    if not most:
        return empty(ax, words("actors"), words("nobody"))
    drawn = {name for name, _ in most}
    split: Counter[tuple[Name, str | None]] = Counter(
        (name, event.type) for event in counted for name in event.who if name in drawn
    )
    types = [kind for kind, _ in _by_type(split)]
    named, others = types[:TYPES_SHOWN], types[TYPES_SHOWN:]
    left = [0] * len(most)
    for kind in named:
        mine = [split[name, kind] for name, _ in most]
        left = _part(ax, mine, left, colour_of(kind), words.type(kind) or words("no_type"), most[0][1])
    if others:
        rest = [sum(split[name, kind] for kind in others) for name, _ in most]
        left = _part(ax, rest, left, FURTHER, words("other_types"), most[0][1])
    for row, (_, many) in enumerate(most):
        ax.annotate(
            f"{many:,}", (many, row), (5, 0), textcoords="offset points", va="center", color=INK, fontsize=LABEL
        )
    _dress(ax, most)
    nobody = sum(not event.who for event in counted)
    head(ax, words("actors"), words("actors_note", f"{nobody:,}", f"{len(counted):,}"))
    return finish(ax)


def _by_type(split: Counter[tuple[Name, str | None]]) -> list[tuple[str | None, int]]:
    """The types by how many events of theirs are drawn; `other` stands last among the others."""
    many: Counter[str | None] = Counter()
    for (_, kind), number in split.items():
        many[kind] += number
    return sorted(many.items(), key=lambda item: (item[0] in (None, "other"), -item[1]))


def _part(ax: Axes, many: list[int], left: list[int], colour: str, label: str, longest: int) -> list[int]:
    """A type's part of each bar, with numbers where they fit; gives where the next begins."""
    further = colour == FURTHER
    bars = ax.barh(
        range(len(many)), many, left=left, color=colour, label=label, height=0.72, linewidth=0.0 if further else 0.8,
        edgecolor=GREY if further else "white", hatch="////" if further else None,
    )  # fmt: skip
    written = ax.bar_label(
        bars, [str(n) if n > NARROWEST * longest else "" for n in many], label_type="center", fontsize=SMALL - 0.5,
        color="white" if is_dark(colour) else INK,
    )  # fmt: skip
    if further:
        for text in written:
            text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.0})
    return [a + b for a, b in zip(left, many, strict=True)]


def _dress(ax: Axes, most: list[tuple[Name, int]]) -> None:
    from matplotlib.ticker import MaxNLocator

    plain(ax, "left")
    ax.spines["left"].set_visible(False)
    ax.set_yticks(range(len(most)), [short(name.text, LONGEST_LABEL) for name, _ in most])
    ax.set_ylim(len(most) - 0.4, -0.6)
    ax.set_xlim(0, most[0][1] * 1.06)
    ax.tick_params(axis="y", length=0, labelsize=LABEL)
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.grid(axis="x", color=FAINT, linewidth=0.6)
    legend_below(ax, 2.6)
