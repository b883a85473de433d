"""From what a point says to what it denotes: resolution against the date of issue and the running context."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from bulletinnlp.times.almanac import feast_day, lunar_date
from bulletinnlp.times.nth import nth_of
from bulletinnlp.times.reading import MalformedError, Reading
from bulletinnlp.times.resolved import Anchor, Resolved, moved, named_year, turned, year_anchor
from bulletinnlp.times.thread import Thread
from bulletinnlp.times.when import UNITS, When, carried, date_in, on, shift, valid, week_of
from bulletinnlp.times.years import of_age, of_year, seasons_of


def resolve(r: Reading, thread: Thread, look: int, after: When | None = None) -> Resolved | None:
    """What a reading denotes; None where it denotes nothing (第三天 with nothing before).

    `look` is where the sentence looks: 1 ahead, -1 back, 0 does not say. `after` is the first end of a range.
    Raises `MalformedError` for what no calendar has.
    """
    found = _time_alone(r, thread, after) if r.only_time else _date(r, thread, look, after)
    if found is None:
        return None
    if r.then is not None:
        found = Resolved(moved(found.start, r.then), None, found.anchor)
    if r.has_time and not r.only_time:
        found = Resolved(with_time(found.start, r), None, found.anchor)
    if not valid(found.start) or (found.end is not None and not valid(found.end)):
        raise MalformedError
    return found


# --- times of day ----------------------------------------------------------------------------------------------------


#: Hours of a part of the day that are of the second half of it.
_LATE = {"pm": range(12), "noon": range(4), "eve": range(4, 13), "night": range(6, 13)}


def hour_of(r: Reading, mode: str | None) -> tuple[int, int]:
    """The hour of 24, and the days it moves on (晚12点, 24时)."""
    hour = r.hour or 0
    if mode == "dawn" and hour == 12:
        return 0, 0
    if mode in _LATE and hour in _LATE[mode]:
        hour += 12
    return (0, 1) if hour == 24 else (hour, 0)


def with_time(day: When, r: Reading, mode: str | None = None) -> When:
    """A day with the time of day of a reading."""
    if r.hour is None:
        return When("part", day.year, day.month, day.day, nth=r.part)
    hour, next_day = hour_of(r, r.mode or mode)
    if next_day:
        day = moved(day, 1)
    unit = "hour" if r.minute is None else "minute" if r.second is None else "second"
    return When(unit, day.year, day.month, day.day, hour, r.minute, r.second)


def _time_alone(r: Reading, thread: Thread, after: When | None) -> Resolved:
    """A time of day takes the date the text gives before it; a bare hour its part of the day."""
    mode, before = r.mode, after or thread.time
    bare = mode is None and r.hour is not None and r.hour <= 12
    if bare and before and thread.mode in ("pm", "eve", "night"):
        goes_on = after is None or before.hour is None or hour_of(r, thread.mode)[0] >= before.hour
        mode = thread.mode if goes_on else mode
    base = after or (None if thread.habit or thread.several else thread.day)
    if base is None or base.undated or UNITS.index(base.unit) < UNITS.index("day"):
        return Resolved(replace(with_time(When("day"), r, mode), undated=True), None, "explicit", mode)
    day = base.to_day
    early = r.part == "dawn" if r.hour is None else r.hour < 6 and r.mode in (None, "dawn")
    if early and before is not None and not before.undated and _evening(before) and before.to_day == day:
        day = moved(day, 1)
    return Resolved(with_time(day, r, mode), None, "context", mode)


def _evening(point: When) -> bool:
    return point.nth in ("EV", "NI") if point.unit == "part" else (point.hour or 0) >= 18


# --- dates -----------------------------------------------------------------------------------------------------------


def _date(r: Reading, thread: Thread, look: int, after: When | None) -> Resolved | None:
    issue = thread.issue
    if r.ordinal is not None and r.ordinal_unit != "year" and r.names_period:
        return _nth(r, thread, look, after)
    if r.names_year and r.names_shift:  # 去年今天
        years = (named_year(r, thread) or 0) - (issue.year or 0)
        same = _date(replace(r, year=None, year_shift=None, year_step=None), thread, look, after)
        return same and same._replace(start=carried(same.start, 12 * years))
    if r.feast is not None:
        return feast_day(r, thread, look, after)
    if r.lunar:
        return lunar_date(r, thread, look, after)
    if r.day is not None and r.month is None and r.month_shift is None and (r.day_shift is not None or r.weekday):
        return _glossed(r, thread, look, after)
    if (r.day_shift is not None and r.month is None) or r.pair is not None:
        return _from_issue(r, thread)
    if r.day_step is not None or r.month_step is not None or r.ordinal is not None:
        return _from_context(r, thread)
    if r.week_shift is not None or r.weekday is not None or r.weekend:
        return _week(r, thread, look, after)
    if r.decades or r.century is not None or r.century_shift is not None:
        return of_age(r, thread)
    if r.fixed is not None:
        return Resolved(r.fixed[0], None if r.open else r.fixed[1], "explicit")
    if r.third is not None and not (r.month or r.month_shift is not None):  # 中旬
        return _of_month(r, thread.month or When("month", issue.year, issue.month), "context")
    if r.month is None and r.month_shift is None and r.day is None:
        return of_year(r, thread, look)
    if r.month_shift is not None:
        month = shift(When("month", issue.year, issue.month), r.month_shift, "month") or When("month")
        if issue.month is None:
            month = When("month", issue.year if r.month_shift == 0 else None)
        return _of_month(r, month, "published")
    if r.up_to:
        of = named_year(r, thread) or turned(thread, date_in(issue.year, r.month, 1), look, issue.year)
        return Resolved(When("month", of, 1), When("month", of, r.month), "published")
    if r.month is not None:
        return _of_month(r, *_month(r, thread, look, after))
    return _bare_day(r, thread, look, after)


def _nth(r: Reading, thread: Thread, look: int, after: When | None) -> Resolved | None:
    """最后一个月 of the year, 第三天 of the holiday."""
    of = replace(r, ordinal=None, ordinal_unit=None, holiday=r.holiday or r.feast is not None)
    if r.ordinal_unit in ("weekday", "weekend"):
        of.weekday, of.weekend = None, False
    period = _date(of, thread, look, after)
    return period and nth_of(period, r.ordinal or 0, r.ordinal_unit or "", r.weekday)


def _glossed(r: Reading, thread: Thread, look: int, after: When | None) -> Resolved:
    """今（19）日, 上周五（25日）, 25日（星期五）: the day of the month decides, near the one that the words say."""
    words = None if r.day_shift is None and r.week_shift is None else _date(replace(r, day=None), thread, look, after)
    near = words.start.date if words else None
    if near is None:
        return _bare_day(r, thread, look, after)
    months = (carried(on(near), count) for count in (-1, 0, 1))
    days = [day for month in months if (day := date_in(month.year, month.month or 1, r.day or 0))]
    return Resolved(on(min(days, key=lambda day: abs(day - near)))) if days else Resolved(When("day", day=r.day))


def _month(r: Reading, thread: Thread, look: int, after: When | None) -> tuple[When, Anchor]:
    if r.names_year:
        return When("month", named_year(r, thread), r.month), year_anchor(r)
    if not 1 <= (r.month or 0) <= 12:
        raise MalformedError
    if after is not None and after.year is not None:
        earlier = after.month is not None and (r.month or 0) < after.month
        return When("month", after.year + earlier, r.month), "context"
    day = date_in(thread.issue.year, r.month or 1, r.day or 1)
    if thread.year is not None and not _recent(r, thread, day, look):
        return When("month", thread.year, r.month), "context"
    return When("month", turned(thread, day, look, thread.issue.year, r.day is not None), r.month), "published"


def _recent(r: Reading, thread: Thread, day: date | None, look: int) -> bool:
    """A day of the last weeks (or one looked ahead to) is the news, not the year told of in an earlier sentence."""
    if thread.year == thread.issue.year or thread.issue.date is None or day is None:
        return False
    ahead = (day - thread.issue.date).days
    if r.day is not None and look > 0 and 0 < ahead < 120:
        return True
    return r.day is not None and not thread.year_here and -20 <= ahead <= 0


def _of_month(r: Reading, month: When, anchor: Anchor) -> Resolved:
    if r.day is not None:
        return Resolved(replace(month, unit="day", day=r.day), None, anchor)
    if r.third is not None:
        if month.year is None or month.month is None:
            return Resolved(month, None, anchor)
        if not 1 <= month.month <= 12:
            raise MalformedError
        last = min(r.third[1], monthrange(month.year, month.month)[1])
        day = replace(month, unit="day")
        return Resolved(replace(day, day=r.third[0]), replace(day, day=last), anchor)
    return Resolved(month, replace(month, month=r.month_end) if r.month_end else None, anchor)


def _bare_day(r: Reading, thread: Thread, look: int, after: When | None) -> Resolved:
    """15日: of the month named last, else of the month of issue; what has happened does not lie ahead."""
    issue, day = thread.issue, r.day or 0
    anchor: Anchor = "context"
    if after is not None and after.month is not None:
        month = When("month", after.year, after.month)
        if after.day is not None and day < after.day:
            month = shift(month, 1, "month") or month
    elif thread.month is not None:
        month = _month_of_day(thread, day)
        if thread.day and thread.day.day and thread.day.month == month.month and day + 20 <= thread.day.day:
            following = shift(month, 1, "month")
            later = following and following.year and date_in(following.year, following.month, day)
            if following and later and (issue.date is None or later <= issue.date):
                month = following
    else:
        month, anchor = When("month", issue.year, issue.month), "published"
        if issue.date is not None and day > issue.date.day and look <= 0:
            month = shift(month, -1, "month") or month
    return Resolved(When("day", month.year, month.month, day), None, anchor)


def _month_of_day(thread: Thread, day: int) -> When:
    """The month of a bare day: the one named in the sentence, else of those in play the one that brings it nearest."""
    issue, named = thread.issue.date, thread.month
    assert named is not None
    if thread.month_here or issue is None or named.year is None or named.month is None:
        return named
    if thread.main is not None and thread.main == thread.day and thread.last and thread.last.day is None:
        # the month was named in an aside
        return When("month", thread.main.year, thread.main.month)
    if abs((named.year - issue.year) * 12 + named.month - issue.month) > 1:
        return named
    in_play = [named, When("month", issue.year, issue.month)]
    if thread.day is not None and thread.day.month is not None:
        in_play.insert(1, When("month", thread.day.year, thread.day.month))
    past = [m for m in in_play if (d := date_in(m.year, m.month or 1, day)) is not None and d <= issue]
    near = {m: abs((date_in(m.year, m.month or 1, day) or date.max) - issue) for m in past or in_play}
    return min(near, key=lambda m: near[m])


def _from_issue(r: Reading, thread: Thread) -> Resolved:
    if r.pair is None:
        return Resolved(_day_from_issue(r.day_shift or 0, thread))
    year = thread.issue.year
    if r.pair_unit == "year":
        first, last = (When("year", None if year is None else year + count) for count in r.pair)
    else:
        first, last = (_day_from_issue(count, thread) for count in r.pair)
    return Resolved(first, last)


def _day_from_issue(days: int, thread: Thread) -> When:
    if days == 0:
        return thread.today or thread.issue.when
    return moved(thread.issue.when, days) if thread.issue.date else When("day")


def _from_context(r: Reading, thread: Thread) -> Resolved | None:
    if r.month_step is not None:
        base = thread.month
        month = shift(base, r.month_step, "month") if base else None
        return _of_month(r, month or When("month"), "context")
    if r.ordinal is not None:
        if r.ordinal_unit == "year":
            year = thread.origin_year or thread.year or (thread.last.year if thread.last else None)
            if year is None and r.ordinal != 2:
                return None
            year = None if year is None else year + r.ordinal - 1
            if r.month is not None:
                return _of_month(r, When("month", year, r.month), "context")
            if r.seasons:
                return seasons_of(r, thread, year, "context")
            return Resolved(When("year", year), None, "context")
        if thread.last is None:
            return Resolved(When("day"), None, "vague") if r.ordinal == 2 else None
        origin = thread.origin or thread.day or thread.last
        return Resolved(moved(origin.to_day, r.ordinal - 1) if origin.date else origin.to_day, None, "context")
    return Resolved(_step(thread, r.day_step or 0), None, "context")


def _step(thread: Thread, days: int) -> When:
    base = thread.day or thread.last
    if base is None or base.undated or (base.year is None and base.day is None):
        return When("day")
    base = base.to_day
    return base if days == 0 else moved(base, days)


def _week(r: Reading, thread: Thread, look: int, after: When | None) -> Resolved | None:
    issue, weeks = thread.issue, "weekend" if r.weekend else "week"
    if r.month is not None and r.day is not None:  # 上周五（11月25日）: the date decides
        return _of_month(r, *_month(r, thread, 0, after))
    told = thread.day.date if thread.day and thread.day_here and after is None else None
    if told is not None and told.isoweekday() == r.weekday and r.week_shift is None:  # 10月12日，星期三
        return Resolved(on(told), None, "context")
    if r.weekday is not None and after is not None and after.date is not None and r.week_shift is None:
        day = after.date + timedelta(days=(r.weekday - after.date.isoweekday()) % 7)
        return Resolved(on(day), None, "context")
    if issue.date is None:
        return Resolved(When("day") if r.weekday else When(weeks, None if r.week_shift else issue.year))
    if r.hop:  # 上一个周五
        ahead = (((r.weekday or 6) - issue.date.isoweekday()) * r.hop - 1) % 7 + 1
        day = issue.date + timedelta(days=r.hop * ahead)
        return Resolved(on(day) if r.weekday else week_of(day, "weekend"))
    monday = issue.date - timedelta(days=issue.date.weekday()) + timedelta(weeks=r.week_shift or 0)
    if r.weekday is not None:
        day = monday + timedelta(days=r.weekday - 1)
        return Resolved(on(day - timedelta(days=7 if look == -2 and r.week_shift is None and day > issue.date else 0)))
    return Resolved(week_of(monday, weeks))
