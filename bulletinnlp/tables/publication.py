"""The date of issue as an interval, so that days, months and years can be compared, sorted and grouped."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from bulletinnlp.pages.issue_dates import parse_published


class Interval(NamedTuple):
    """The interval that a date of issue denotes, as in the columns of the tables; `until` is exclusive."""

    published_begin: datetime | None
    published_until: datetime | None


def issue_interval(published: str | None) -> Interval:
    """The interval of a day, a month or a year; None and None for what is none of these.

    >>> [str(moment) for moment in issue_interval("2022-11")]
    ['2022-11-01 00:00:00', '2022-12-01 00:00:00']
    """
    try:
        units = [int(unit) for unit in parse_published(published or "").split("-")]
    except ValueError:
        return Interval(None, None)
    year, month, day = (*units, 0, 0)[:3]
    begin = datetime(year, month or 1, day or 1)
    if day:
        return Interval(begin, datetime.fromordinal(begin.toordinal() + 1))
    return Interval(begin, datetime(year + month // 12, month % 12 + 1, 1) if month else datetime(year + 1, 1, 1))
