"""A point of time: its date and its time of day, each as far as the text says them, and how they resolve together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bulletinnlp.times.date_expressions import PartOfYear
from bulletinnlp.times.discourse import Anchors, DateExpression, Resolved, YearExpression
from bulletinnlp.times.festivals import FestivalDate
from bulletinnlp.times.time_point import DAY, UNITS, TimePoint, nth_of, on, shift, valid, week_of

WEEK = 7 * DAY
#: Hours of a part of the day that are of the second half of it.
_LATE = {"pm": range(12), "noon": range(4), "eve": range(4, 13), "night": range(6, 13)}
_WHOLE_YEAR = PartOfYear()


@dataclass(slots=True)
class Clock:
    """A time of day: 上午, 晚上8时30分, 18:20. `mode` says how hours count in its part of the day."""

    part: str | None = None
    mode: str | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    #: 差十分九点
    short_of: bool = False

    def of_day(self, mode: str | None) -> tuple[int, int]:
        """The hour of 24, and the days it moves on (晚12点, 24时)."""
        hour = self.hour or 0
        if mode == "dawn" and hour == 12:
            return 0, 0
        if mode in _LATE and hour in _LATE[mode]:
            hour += 12
        return (0, 1) if hour == 24 else (hour, 0)

    def on(self, day: TimePoint, mode: str | None = None) -> TimePoint:
        """This time of a day."""
        if self.hour is None:
            return TimePoint("part", day.year, day.month, day.day, nth=self.part)
        hour, next_day = self.of_day(self.mode or mode)
        if next_day:
            day = shift(day, 1, "day")
        unit = "hour" if self.minute is None else "minute" if self.second is None else "second"
        return TimePoint(unit, day.year, day.month, day.day, hour, self.minute, self.second)

    def resolve(self, anchors: Anchors) -> Resolved:
        """A time of day takes the date the text gives before it; a bare hour its part of the day."""
        discourse, after = anchors.discourse, anchors.after
        mode, before = self.mode, after or discourse.time
        bare = mode is None and self.hour is not None and self.hour <= 12
        if bare and before and discourse.mode in ("pm", "eve", "night"):
            goes_on = after is None or before.hour is None or self.of_day(discourse.mode)[0] >= before.hour
            mode = discourse.mode if goes_on else mode
        base = after or (None if discourse.habitual or discourse.several else discourse.day)
        if base is None or base.undated or UNITS.index(base.unit) < UNITS.index("day"):
            return Resolved(replace(self.on(TimePoint("day"), mode), undated=True), None, "explicit", mode)
        day = base.to_day
        early = self.part == "dawn" if self.hour is None else self.hour < 6 and self.mode in (None, "dawn")
        if early and before is not None and not before.undated and _evening(before) and before.to_day == day:
            day = shift(day, 1, "day")
        return Resolved(self.on(day, mode), None, "context", mode)


def _evening(point: TimePoint) -> bool:
    return point.nth in ("EV", "NI") if point.unit == "part" else (point.hour or 0) >= 18


@dataclass(slots=True)
class PointExpression:
    """A date with its year and its time of day, each None where the text does not say it.

    A date that is None is the year itself.
    """

    year: YearExpression | None = None
    date: DateExpression | None = None
    clock: Clock | None = None
    #: days from the date: 清明节前一天
    days: int | None = None
    #: 11月以来
    since: bool = False
    #: whether a word counts it from the publication: 今天, 本月, 上周
    deictic: bool = False
    #: 上一个周五: see `Anchors`
    occurrence: int = 0

    @property
    def only_time(self) -> bool:
        """Whether it is nothing but a time of day."""
        return self.clock is not None and self.date is None and self.year is None

    @property
    def depends_on_direction(self) -> bool:
        """Whether it matters if the sentence is about past or future: not for a time of day, nor with a year."""
        return self.deictic or not (self.year or self.only_time)

    @property
    def mode(self) -> str | None:
        return self.clock.mode if self.clock else None

    @property
    def step(self) -> int:
        """How it is counted from what was mentioned: on (1), back (-1), not at all (0)."""
        return 1 if self.year and self.year.nth else self.date.step if self.date else 0

    @property
    def is_festival(self) -> bool:
        """A festival as a whole, by its name."""
        date = self.date.period.date if isinstance(self.date, NthPart) else self.date
        return isinstance(date, FestivalDate) and self.clock is None and self.days is None

    def resolve(self, anchors: Anchors) -> Resolved | None:
        """As `DateExpression.resolve`; the year and the time of day are its own."""
        found = self._found(anchors)
        if found is None:
            return None
        if self.days is not None:
            found = Resolved(shift(found.start, self.days, "day"), None, found.anchor)
        if self.clock and not self.only_time:
            found = Resolved(self.clock.on(found.start), None, found.anchor)
        if not valid(found.start) or (found.end is not None and not valid(found.end)):
            raise ValueError("no calendar has it")
        return found

    def _found(self, anchors: Anchors) -> Resolved | None:
        if self.clock and self.only_time:
            return self.clock.resolve(anchors)
        date, discourse = self.date or _WHOLE_YEAR, anchors.discourse
        year = self.year and self.year.resolve(discourse)
        if self.year and self.year.nth not in (None, 2) and year is None:
            return None  # 第三年 of nothing
        if self.year and self.deictic and not isinstance(date, NthPart):  # 去年今天
            same, years = date.resolve(anchors), (year or 0) - (discourse.published.year or 0)
            return same and same._replace(start=shift(same.start, years, "year"))
        return date.resolve(anchors._replace(year=self.year, occurrence=self.occurrence))


#: The day by which a unit of a period is deictic, and the unit of that day.
_UNITS: dict[str, tuple[Callable[[date], bool], Callable[[date], TimePoint]]] = {
    "day": (lambda day: True, on),
    "week": (lambda day: day.isoweekday() == 4, week_of),
    "weekend": (lambda day: day.isoweekday() == 6, lambda day: week_of(day, "weekend")),
    "month": (lambda day: day.day == 1, lambda day: TimePoint("month", day.year, day.month)),
    "quarter": (
        lambda day: day.day == 1 and day.month % 3 == 1,
        lambda day: TimePoint("quarter", day.year, nth=day.month // 3 + 1),
    ),
}


@dataclass(slots=True)
class NthPart(DateExpression):
    """The n-th (-1: the last) unit of a period: 国庆假期第三天, 12月第一周, 去年最后一个月, 5月的第二个星期日.

    Weeks of a year are ISO weeks; those of a shorter period have seven days from its first, the last from its end.
    """

    period: PointExpression
    nth: int
    unit: str
    weekday: int | None = None
    step = 1

    def resolve(self, anchors: Anchors) -> Resolved | None:
        period = self.period._found(anchors)
        if period is None:
            return None
        begin, end = period.start.first, (period.end or period.start).last
        if begin is None or end is None:
            return Resolved(period.start, None, period.anchor)
        if self.unit == "week" and period.start.unit != "year":
            first = begin + (self.nth - 1) * WEEK if self.nth >= 0 else end - 6 * DAY
            if not begin <= first <= end:
                raise ValueError("no calendar has it")
            return Resolved(on(first), on(min(first + 6 * DAY, end)), period.anchor)
        counts, unit_of = _UNITS.get(self.unit, (lambda day: day.isoweekday() == self.weekday, on))
        beyond = WEEK if self.unit == "day" and self.nth > 0 else 0 * DAY  # a holiday may be longer than we know
        day = nth_of(begin, end + beyond, self.nth, counts)
        if day is None:
            raise ValueError("no calendar has it")
        return Resolved(unit_of(day), None, period.anchor)
