"""The n-th day, week, month of a period: 国庆假期第三天, 12月第一周, 去年最后一个月, 5月的第二个星期日."""

from __future__ import annotations

from datetime import date, timedelta

from bulletinnlp.times.reading import MalformedError
from bulletinnlp.times.resolved import Resolved
from bulletinnlp.times.when import When, on, week_of

DAY = timedelta(days=1)
WEEK = 7 * DAY


def nth_of(period: Resolved, nth: int, unit: str, weekday: int | None = None) -> Resolved:
    """The `nth` (-1: the last) `unit` of a period. Raises MalformedError where it has none such.

    Weeks of a year are ISO weeks; those of a shorter period have seven days from its first, the last from its end.

    >>> nth_of(Resolved(When("month", 2022, 12)), 1, "week").end.value
    '2022-12-07'
    """
    begin, end = period.start.first, (period.end or period.start).last
    if begin is None or end is None:
        return Resolved(period.start, None, period.anchor)
    first, last = _within(begin, end, nth, unit, weekday or 6, period.start.unit == "year")
    if nth == 0 or not begin <= first <= end + (WEEK if unit == "day" else timedelta()):
        raise MalformedError
    anchor = period.anchor
    match unit:
        case "month":
            return Resolved(When("month", first.year, first.month), None, anchor)
        case "quarter":
            return Resolved(When("quarter", first.year, nth=(first.month + 2) // 3), None, anchor)
        case "weekend":
            return Resolved(week_of(first, "weekend"), None, anchor)
        case "week" if period.start.unit == "year":
            return Resolved(week_of(first + 3 * DAY), None, anchor)
    return Resolved(on(first), on(min(last, end)) if last != first else None, anchor)


def _within(begin: date, end: date, nth: int, unit: str, weekday: int, year: bool) -> tuple[date, date]:
    """First and last day of the unit."""
    if unit in ("month", "quarter"):
        months = 3 if unit == "quarter" else 1
        at = 12 * begin.year + begin.month - 1 + months * (nth - 1)
        if nth < 0:
            at = 12 * end.year + end.month - months
        first = date(at // 12, at % 12 + 1, 1)
        return first, first
    if unit in ("weekday", "weekend"):
        edge = begin + (weekday - begin.isoweekday()) % 7 * DAY
        first = edge + (nth - 1) * WEEK if nth > 0 else end - (end.isoweekday() - weekday) % 7 * DAY
        return first, first
    if unit == "week" and year:
        first = date.fromisocalendar(begin.year, nth if nth > 0 else date(begin.year, 12, 28).isocalendar()[1], 4)
        return first, first
    length = WEEK if unit == "week" else DAY
    first = begin + (nth - 1) * length if nth > 0 else end - length + DAY
    return first, first + length - DAY
