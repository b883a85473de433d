"""Events and articles by day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from bulletinnlp.plots.plot_data import PlotData
from bulletinnlp.plots.style import (
    BLUE,
    FAINT,
    GREY,
    INK,
    LIGHT_BLUE,
    ORANGE,
    axes_for,
    empty,
    finish,
    head,
    legend_below,
    plain,
    size_of,
)
from bulletinnlp.plots.time_bins import Bin, Grain, bins_of, bins_with, counts
from bulletinnlp.plots.wording import Language, Words
from bulletinnlp.summaries.days import EPOCH

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from bulletinnlp.tables.table_set import TableSet

#: Of a bin, how much its bar is wide.
WIDE = 0.86
#: A date has so much room, in points.
ROOM = 64
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def timeline(
    found: TableSet, ax: Axes | None, *, events: pd.DataFrame | None, by: Grain | None, language: Language
) -> Axes:
    """Draw it; see `Plots.timeline`."""
    words = Words(language)
    data = PlotData(found, events)
    spans = [[event.days] if event.days else [] for event in data.events]
    articles = data.article_days() if events is None else []
    spans_on_line = [span for mine in (*spans, *articles) for span in mine]
    grain, bins = bins_of(spans_on_line, by)
    ax = axes_for(ax, (9.5, 3.9))
    if not bins:
        return empty(ax, words(f"timeline_{grain}"), words("no_days"))
    happened = counts(bins, [span for event, span in zip(data.events, spans, strict=True) if event.happened])
    not_happened = counts(bins, [span for event, span in zip(data.events, spans, strict=True) if not event.happened])
    widths = [WIDE * one.days for one in bins]
    places = [(one.first + one.last) / 2 for one in bins]
    bar_style: dict[str, Any] = {"width": widths, "linewidth": 0}
    ax.bar(places, happened, color=BLUE, label=words("happened"), **bar_style)
    light = words("not_happened") if any(not_happened) else "_"
    ax.bar(places, not_happened, bottom=happened, color=LIGHT_BLUE, label=light, **bar_style)
    if articles:
        many = counts(bins, articles)
        ax.bar(places, [-n for n in many], color=ORANGE, alpha=0.75, label=words("articles"), **bar_style)
    if grain in ("day", "week"):
        _issues(ax, data, bins, words)
    _dress(ax, grain, bins, language)
    on_line = [bool(bins_with(bins, days)) for mine in spans for days in mine]
    shown, outside = sum(on_line), not all(on_line)
    note = words("timeline_note_outside" if outside else "timeline_note", f"{shown:,}", f"{len(spans):,}")
    head(ax, words(f"timeline_{grain}"), note)
    legend_below(ax, 4.2)
    return finish(ax)


def _day(published: str) -> int | None:
    """A date of issue, counted from 1970; None for a mere month or year."""
    try:
        return date.fromisoformat(published).toordinal() - EPOCH
    except ValueError:
        return None


def _issues(ax: Axes, data: PlotData, bins: list[Bin], words: Words) -> None:
    """A mark on each day of issue that the line shows."""
    days = {day for text in data.published if (day := _day(text)) is not None}
    seen = [day for day in sorted(days) if bins[0].first <= day <= bins[-1].last]
    if seen:
        ax.plot(seen, [0] * len(seen), "D", color=INK, markeredgecolor="white", markersize=5, label=words("issued"))


def _dress(ax: Axes, grain: Grain, bins: list[Bin], language: Language) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    plain(ax, "bottom")
    ax.spines["bottom"].set_visible(False)
    ax.axhline(0, color=GREY, linewidth=0.8)
    ax.set_xlim(bins[0].first - 0.7 * bins[0].days, bins[-1].last + 0.7 * bins[-1].days)
    most = max(2, int(size_of(ax)[0] / ROOM))
    marked = bins[:: -(-len(bins) // most)]
    years = [None, *(_date(one).year for one in marked)]
    ax.set_xticks(
        [(one.first + one.last) / 2 for one in marked],
        [_name(_date(one), grain, language, _date(one).year != year) for one, year in zip(marked, years, strict=False)],
    )
    ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):,.0f}"))
    ax.grid(axis="y", color=FAINT, linewidth=0.6)
    ax.margins(y=0.08)


def _date(one: Bin) -> date:
    return date.fromordinal(one.first + EPOCH)


def _name(day: date, grain: Grain, language: Language, with_year: bool) -> str:
    """A date under the line; its year below it where it is another than before.

    >>> _name(date(2022, 11, 29), "day", "zh", True), _name(date(2022, 11, 1), "month", "en", False)
    ('11月29日\\n2022年', 'Nov')
    """
    year = f"{day.year}年" if language == "zh" else str(day.year)
    if grain == "year":
        return year
    month = f"{day.month}月" if language == "zh" else MONTHS[day.month - 1]
    full = f"{month}{day.day}日" if language == "zh" else f"{day.day} {month}"
    day_name = month if grain == "month" else full
    return f"{day_name}\n{year}" if with_year else day_name
