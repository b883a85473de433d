"""Days of events and articles, counted from 1970-01-01."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bulletinnlp.tables.rows import Row

#: Longer intervals (近年来, 2022) say nothing of the day of what is reported.
LONGEST_DAYS = 31
#: Days are counted from here.
EPOCH = date(1970, 1, 1).toordinal()

#: First and last day, both included.
Days = tuple[int, int]


def days_of(begin: str | None, until: str | None) -> Days | None:
    """First and last day of an interval; None where it is open, or longer than `LONGEST_DAYS`.

    `begin` and `until` are ISO timestamps, `until` exclusive.

    >>> days_of("2022-11-27T18:00:00", "2022-11-28T00:00:00")
    (19323, 19323)
    """
    if not begin or not until:
        return None
    first, end = datetime.fromisoformat(begin), datetime.fromisoformat(until)
    if (end - first).days > LONGEST_DAYS:
        return None
    last = max(first, end - datetime.resolution)  # the last moment before `until`
    return first.toordinal() - EPOCH, last.toordinal() - EPOCH


def days_of_article(times: Iterable[Row]) -> list[Days]:
    """The days that the times of an article denote, each once, in order."""
    return sorted({days for row in times if (days := days_of(row["begin"], row["until"]))})
