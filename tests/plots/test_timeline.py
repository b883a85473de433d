"""Bars equal what the tables say of each day."""

from datetime import date, timedelta
from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import bulletinnlp
from bulletinnlp.plots.time_bins import MOST_BINS, Bin, bins_of
from bulletinnlp.summaries.days import EPOCH


def heights(ax: plt.Axes, container: int) -> dict[date, int]:
    """The bars of a plot by day, by their middle."""
    bars = ax.containers[container]
    return {date.fromordinal(EPOCH + round(bar.get_x() + bar.get_width() / 2)): round(bar.get_height()) for bar in bars}


def test_every_day_has_a_bar(found: bulletinnlp.Extraction) -> None:
    ax = found.plot.timeline()
    days = [date(2022, 11, day) for day in (27, 28, 29, 30)]
    assert heights(ax, 0) == dict(zip(days, [2, 0, 1, 0], strict=True))  # what happened; nothing on the 28th
    assert heights(ax, 1) == dict(zip(days, [0, 0, 0, 1], strict=True))  # a meeting that is planned
    assert heights(ax, 2) == dict(zip(days, [-1, 0, -1, -1], strict=True))  # articles that tell of the day
    assert "4 of 5 events" in ax.texts[0].get_text()  # 近日 is no day


def test_equals_the_table(seeds: bulletinnlp.Extraction) -> None:
    """Days counted with pandas: an event of some days is of each, one of a week or more of none."""
    events = seeds.events[seeds.events.begin.notna() & seeds.events["until"].notna()]
    last = events["until"] - pd.Timedelta("1us")
    long = last.dt.normalize() - events.begin.dt.normalize()
    counted: dict[date, int] = {}
    for begin, days in zip(events.begin[long < pd.Timedelta("7D")], long[long < pd.Timedelta("7D")], strict=True):
        for on in range(days.days + 1):
            day = begin.date() + timedelta(on)
            counted[day] = counted.get(day, 0) + 1
    ax = seeds.plot.timeline(by="day")
    happened, not_happened = heights(ax, 0), heights(ax, 1)
    both = {day: many + not_happened[day] for day, many in happened.items()}
    assert {day: many for day, many in both.items() if many} == counted
    assert sorted(both) == [min(both) + timedelta(n) for n in range(len(both))]  # no day is left out


def test_events_of_ones_own(found: bulletinnlp.Extraction) -> None:
    ax = found.plot.timeline(events=found.events[found.events.type == "donation"])
    assert heights(ax, 0) == {date(2022, 11, 29): 1}
    assert len(ax.containers) == 2  # the articles tell of more than these events


@pytest.mark.parametrize(
    ("days", "by", "grain", "first", "last", "many"),
    [
        ((19323, 19325), None, "day", Bin(19323, 19323), Bin(19325, 19325), 3),
        ((19323, 19323 + 200), None, "week", Bin(19317, 19323), Bin(19520, 19526), 30),
        ((19323, 19323 + 900), None, "month", Bin(19297, 19326), Bin(20209, 20239), 31),
        ((0, 365 * 20), None, "year", Bin(0, 364), Bin(6940, 7304), 20),
        ((19323, 19325), "month", "month", Bin(19297, 19326), Bin(19297, 19326), 1),
    ],
)
def test_bins(days: tuple[int, int], by: str, grain: str, first: Bin, last: Bin, many: int) -> None:
    found, bins = bins_of([(day, day) for day in days], by)
    assert (found, bins[0], bins[-1], len(bins)) == (grain, first, last, many)
    assert all(one.last + 1 == other.first for one, other in pairwise(bins))


def test_few_far_away_are_left_out() -> None:
    """A date of 1949 does not make the line one of years; asked for days, all are shown."""
    days = [(19323 + n % 30, 19323 + n % 30) for n in range(100)] + [(-7000, -7000)]
    assert bins_of(days)[0] == "day"
    assert len(bins_of(days)[1]) <= 30
    assert len(bins_of(days, "month")[1]) > MOST_BINS


def test_nothing_to_show(found: bulletinnlp.Extraction) -> None:
    ax = found.plot.timeline(events=found.events.iloc[:0])
    assert [text.get_text() for text in ax.texts][-1] == "No event is of a known day."
    with pytest.raises(ValueError, match="choose day, week, month, year"):
        found.plot.timeline(by="hour")
