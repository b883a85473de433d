"""Feasts, holidays and lunar dates, in the year that suits."""

from __future__ import annotations

from datetime import date, timedelta

from bulletinnlp.times.calendar.feasts import day_of
from bulletinnlp.times.calendar.holidays import days_off
from bulletinnlp.times.calendar.lunar import lunar_day, months
from bulletinnlp.times.reading import MalformedError, Reading
from bulletinnlp.times.resolved import AHEAD, Anchor, Resolved, named_year, year_anchor
from bulletinnlp.times.thread import Thread
from bulletinnlp.times.when import When, on


def nearest(days: list[date], thread: Thread, look: int, after: When | None) -> date | None:
    """The one of the days that suits: the nearest to the issue, or to the day that its sentence tells of."""
    if not days:
        return None
    told = thread.day.date if thread.day and thread.day_here and look == 2 else None
    issue = told or thread.issue.around
    if after is not None and after.first is not None:
        later = [day for day in days if day >= after.first]
        return min(later or days)
    if look < 0:
        days = [day for day in days if (day - issue).days <= (AHEAD if look == -1 else 0)] or days
    return min(days, key=lambda day: abs(day - issue))


def feast_day(r: Reading, thread: Thread, look: int, after: When | None) -> Resolved:
    feast = r.feast
    assert feast is not None
    issue = thread.issue
    if r.zodiac is not None:
        around = issue.year or 2000
        year: int | None = min(range(around - 6, around + 7), key=lambda y: (y % 12 != r.zodiac, abs(y - around)))
    else:
        year = named_year(r, thread) if r.names_year else thread.year if thread.year_here else None
    if (r.names_year and year is None) or (issue.year is None and year is None):
        return Resolved(When("day"))
    if thread.day is not None and thread.day.date is not None and not r.names_year:
        told = thread.day.date  # 3月8日妇女节: of the date beside it
        if told == day_of(feast.rule, told.year - feast.rule.startswith("农12")) and not r.holiday:
            return Resolved(on(told), None, "context")
    late = feast.rule.startswith("农12")
    if year is not None:
        days = [day_of(feast.rule, year - late)]
        anchor: Anchor = year_anchor(r) if r.names_year else "context" if r.zodiac is None else "explicit"
    else:
        this = issue.year or 2000
        days = [day_of(feast.rule, y) for y in range(this - 2, this + 2)]
        anchor = "published"
    found = nearest([day for day in days if day], thread, 0 if year is not None else look, after)
    if found is None:
        return Resolved(When("day", year), None, anchor)
    if r.hop:  # 上一个春节
        side = [day for day in days if day and (day - issue.around).days * r.hop > 0]
        found = nearest(side, thread, 0, None) or found
    if r.holiday and feast.holiday and r.then is None:
        first, last = days_off(feast.holiday, found)
        if r.last_feast is not None and r.last_feast.holiday:
            following = next(
                (d for y in (found.year, found.year + 1) if (d := day_of(r.last_feast.rule, y)) and d >= found), found
            )
            last = max(last, days_off(r.last_feast.holiday, following)[1])
        return Resolved(on(first), on(last) if last != first else None, anchor)
    return Resolved(on(found), None, anchor)


def lunar_date(r: Reading, thread: Thread, look: int, after: When | None) -> Resolved | None:
    year = named_year(r, thread) if r.names_year else None
    month = r.month
    if month is None:
        if r.day is None or (thread.lunar is None and after is None):
            return None
        if thread.lunar is None:
            return None
        year, month = thread.lunar
    if not 1 <= month <= 12 or (r.day is not None and not 1 <= r.day <= 30):
        raise MalformedError
    if r.leap:
        month = -month
    anchor: Anchor = year_anchor(r) if r.names_year else "published"
    if year is None and r.names_year:
        return Resolved(When("day"), None, anchor)
    this = thread.issue.year
    if year is None and this is None:
        return Resolved(When("day"))
    years = [year] if year is not None else list(range((this or 2000) - 2, (this or 2000) + 2))
    if year is None and thread.year is not None and thread.year_here:
        years = [thread.year]
    found = {lunar_day(y, month, r.day or 1): y for y in years}
    day = nearest([d for d in found if d], thread, look if year is None else 0, after)
    if day is None:
        raise MalformedError
    thread.lunar = (found[day], month)
    if r.day is not None:
        return Resolved(on(day), None, anchor)
    days = months(found[day])[month].days
    return Resolved(on(day), on(day + timedelta(days=days - 1)), anchor)
