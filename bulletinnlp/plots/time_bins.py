"""Bins of a time line, and which days count in each: the same rules as the view's (`report/view/timeline.js`)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple, get_args

from bulletinnlp.summaries.days import EPOCH, Days

Grain = Literal["day", "week", "month", "year"]
GRAINS: tuple[Grain, ...] = get_args(Grain)
#: A line of more bars is hard to read.
MOST_BINS = 110
#: This share of the days lies beyond each end of the line.
BEYOND = 0.02
#: Longer times count in a longer stretch only: "in October" is of October, not of the 3rd.
VAGUE_DAYS = 7


class Bin(NamedTuple):
    """A bar's days, counted from 1970, both included."""

    first: int
    last: int

    @property
    def days(self) -> int:
        return self.last - self.first + 1


def bins_of(spans: Sequence[Days], grain: Grain | None = None) -> tuple[Grain, list[Bin]]:
    """The bins from the first day to the last without a gap, and their grain; the finest that gives few enough.

    Without a `grain`, the few first and last of the days are left out. Raises ValueError for another grain.

    >>> bins_of([(19323, 19323), (19325, 19325)])
    ('day', [Bin(first=19323, last=19323), Bin(first=19324, last=19324), Bin(first=19325, last=19325)])
    >>> [(grain, len(bins)) for grain, bins in [bins_of([(19000, 19000), (19200, 19200)])]]
    [('week', 30)]
    """
    if grain and grain not in GRAINS:
        raise ValueError(f"by {grain!r} is unknown; choose {', '.join(GRAINS)}")
    starts = sorted(first for first, last in spans if grain is not None or last - first < VAGUE_DAYS)
    if not starts:
        return grain or "day", []
    beyond = 0 if grain else int(len(starts) * BEYOND)
    first, last = starts[beyond], starts[len(starts) - 1 - beyond]
    fitting: list[Grain] = [grain] if grain else [one for one in GRAINS if _length(first, last, one) <= MOST_BINS]
    chosen = fitting[0] if fitting else "year"
    return chosen, _line(first, last, chosen)


def counts(bins: Sequence[Bin], things: Iterable[Sequence[Days]]) -> list[int]:
    """How many things each bin has; a thing counts once in every bin that counts one of its spans.

    >>> counts([Bin(1, 1), Bin(2, 2)], [[(1, 2)], [(2, 2), (2, 2)], [(1, 20)]])
    [1, 2]
    """
    many = [0] * len(bins)
    for spans in things:
        for number in {n for span in spans for n in bins_with(bins, span)}:
            many[number] += 1
    return many


def bins_with(bins: Sequence[Bin], span: Days) -> list[int]:
    """The numbers of the bins in which a span counts.

    >>> days = [Bin(1, 1), Bin(2, 2), Bin(3, 3)]
    >>> bins_with(days, (2, 3)), bins_with(days, (2, 20)), bins_with([Bin(1, 31)], (2, 20))
    ([1, 2], [], [0])
    """
    begin = bisect_left(bins, span[0], key=lambda one: one.last)
    end = bisect_right(bins, span[1], key=lambda one: one.first)
    return [n for n in range(begin, end) if counts_in(span, bins[n])]


def counts_in(span: Days, stretch: Days) -> bool:
    """Whether days count in a stretch: they meet it, and are no vaguer than it is."""
    (first, last), (begin, end) = span, stretch
    return first <= end and last >= begin and last - first < max(VAGUE_DAYS, end - begin + 1)


def _line(first: int, last: int, grain: Grain) -> list[Bin]:
    floor, following = _STEPS[grain]
    found, day = [], floor(first)
    while day <= last:
        found.append(Bin(day, following(day) - 1))
        day = following(day)
    return found


def _length(first: int, last: int, grain: Grain) -> int:
    return len(_line(first, last, grain)) if (last - first) / 31 < 10 * MOST_BINS or grain == "year" else MOST_BINS + 1


def _month(day: int, on: int) -> int:
    when = date.fromordinal(day + EPOCH)
    years, month = divmod(when.month - 1 + on, 12)
    return date(when.year + years, month + 1, 1).toordinal() - EPOCH


def _year(day: int, on: int) -> int:
    return date(date.fromordinal(day + EPOCH).year + on, 1, 1).toordinal() - EPOCH


_Step = Callable[[int], int]
#: The first day of a bin, and of the next; weeks begin on Monday.
_STEPS: dict[Grain, tuple[_Step, _Step]] = {
    "day": (lambda day: day, lambda day: day + 1),
    "week": (lambda day: day - (day + 3) % 7, lambda day: day + 7),
    "month": (lambda day: _month(day, 0), lambda day: _month(day, 1)),
    "year": (lambda day: _year(day, 0), lambda day: _year(day, 1)),
}
