"""Plots of what was found: events by day, who acts, where, and who stands together; matplotlib axes in, axes out.

`extraction.plot` is a `Plots`. It needs the extra `plots` (`pip install 'bulletinnlp[plots]'`); Chinese is drawn with
the font that ships with the package. The numbers are those of the HTML view's overview (`bulletinnlp.summaries`).

| to see … | open |
| --- | --- |
| what is counted | `plot_data` |
| events by day | `timeline`, `time_bins` |
| who acts | `actors` |
| where | `event_map`, `base_map` (outlines), `label_placement` |
| who stands together | `ties`, `tie_network` (the picture), `layout` (where names stand) |
| words, colours, fonts, axes | `wording`, `colours`, `fonts`, `style` |
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from bulletinnlp.plots.time_bins import Grain
    from bulletinnlp.plots.wording import Language
    from bulletinnlp.tables.table_set import TableSet

__all__ = ["Plots"]


class Plots:
    """The plots of an Extraction, each a method: `timeline`, `actors`, `map`, `network`.

    All take `ax`, the axes to draw into (a figure of its own without it); `events`, the rows of the table of events
    that count (all of them without it), so that one can choose deeds, or what one person did; and `language` of the
    labels, `en` or `zh`. They give the axes. Raises ModuleNotFoundError without the extra `plots`, AttributeError
    where the events stage did not run, ValueError for another language.

    Legends stand outside of the axes: a figure of one's own wants `plt.subplots(layout="constrained")`.

    >>> import bulletinnlp
    >>> texts = ["11月27日，县一中举行运动会。11月28日，县残联发放轮椅。"]
    >>> found = bulletinnlp.extract(texts=texts, published="2022-11-29")
    >>> ax = found.plot.timeline(language="zh")
    >>> ax.get_title(loc="left"), [int(bar.get_height()) for bar in ax.containers[0]]
    ('每日事件', [1, 1])
    """

    def __init__(self, found: TableSet) -> None:
        if find_spec("matplotlib") is None:
            raise ModuleNotFoundError("plots need matplotlib: pip install 'bulletinnlp[plots]'")
        self._found = found

    def timeline(
        self,
        ax: Axes | None = None,
        *,
        events: pd.DataFrame | None = None,
        by: Grain | None = None,
        language: Language = "en",
    ) -> Axes:
        """Events by day, empty days shown: upwards the events, downwards the articles that tell of the day.

        `by` is `day`, `week`, `month` or `year`, by default the finest that has no more than 110 bars. An event of
        several days counts on each of them; one of a week or more only in bars that are as long. The first and last
        fiftieth of the days are left out where `by` is left open, and the line under the title says how many events
        have no known day. `ax.containers[0]` holds the bars of what happened, `[1]` of what was planned, wished,
        required or denied, `[2]` of articles.
        """
        from bulletinnlp.plots.timeline import timeline

        return timeline(self._found, ax, events=events, by=by, language=language)

    def actors(
        self,
        ax: Axes | None = None,
        *,
        events: pd.DataFrame | None = None,
        top: int = 12,
        language: Language = "en",
    ) -> Axes:
        """Who acts most: a bar for each of the `top` actors that have a name, parted by type of event.

        `ax.containers` holds the bars of each type, the most frequent first, and last those of all other types.
        """
        from bulletinnlp.plots.actors import actors

        return actors(self._found, ax, events=events, top=top, language=language)

    def map(
        self,
        ax: Axes | None = None,
        *,
        events: pd.DataFrame | None = None,
        area: str | None = None,
        outlines: bool = True,
        language: Language = "en",
    ) -> Axes:
        """Where: a dot for each county, with its towns, of as many events; a ring for a city or a province.

        The map shows where the events are. Few of them far away (at most a twentieth) are left beyond its edge, and
        named under the title. `area` is the adcode of what it shall show instead: 37, 3715 or 371502. `outlines`
        draws the counties; they are the source's (`data/outlines/README.md`), which draws China as its authorities
        do, and no view on any border is meant. A county without an outline has its dot only, and is named.
        Dots stand at the seats of counties (`entities`), whose coordinates seem to be GCJ-02, some 500 m beside the
        outlines'. Raises ValueError for an area without an outline.
        """
        from bulletinnlp.plots.event_map import map_of

        return map_of(self._found, ax, events=events, area=area, outlines=outlines, language=language)

    def network(
        self,
        ax: Axes | None = None,
        *,
        events: pd.DataFrame | None = None,
        top: int = 40,
        language: Language = "en",
    ) -> Axes:
        """Who stands together: names that act, or are acted upon, in the same event; shared pages join nobody.

        The `top` names with the strongest ties are drawn, and of their ties those that are among the three strongest
        of one end. All of them, as a graph of networkx: `bulletinnlp.plots.ties.graph(found)`.
        """
        from bulletinnlp.plots.tie_network import network

        return network(self._found, ax, events=events, top=top, language=language)
