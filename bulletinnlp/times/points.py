"""A point of time: its date and its time of day, each as far as the text says them, and how they resolve together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bulletinnlp.times.context import Context, Date, Resolved, Scope, Year
from bulletinnlp.times.dates import Offset, PartOfYear
from bulletinnlp.times.festivals import FestivalDate
from bulletinnlp.times.when import DAY, UNITS, When, carried, nth_of, on, valid, week_of

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

    def on(self, day: When, mode: str | None = None) -> When:
        """This time of a day."""
        if self.hour is None:
            return When("part", day.year, day.month, day.day, nth=self.part)
        hour, next_day = self.of_day(self.mode or mode)
        if next_day:
            day = carried(day, 1, "day")
        unit = "hour" if self.minute is None else "minute" if self.second is None else "second"
        return When(unit, day.year, day.month, day.day, hour, self.minute, self.second)

    def resolve(self, context: Context, after: When | None) -> Resolved:
        """A time of day takes the date the text gives before it; a bare hour its part of the day."""
        mode, before = self.mode, after or context.time
        bare = mode is None and self.hour is not None and self.hour <= 12
        if bare and before and context.mode in ("pm", "eve", "night"):
            goes_on = after is None or before.hour is None or self.of_day(context.mode)[0] >= before.hour
            mode = context.mode if goes_on else mode
        base = after or (None if context.habitual or context.several else context.day)
        if base is None or base.undated or UNITS.index(base.unit) < UNITS.index("day"):
            return Resolved(replace(self.on(When("day"), mode), undated=True), None, "explicit", mode)
        day = base.to_day
        early = self.part == "dawn" if self.hour is None else self.hour < 6 and self.mode in (None, "dawn")
        if early and before is not None and not before.undated and _evening(before) and before.to_day == day:
            day = carried(day, 1, "day")
        return Resolved(self.on(day, mode), None, "context", mode)


def _evening(point: When) -> bool:
    return point.nth in ("EV", "NI") if point.unit == "part" else (point.hour or 0) >= 18


@dataclass(slots=True)
class Point:
    """A date with its year and its time of day. What is None is not said; a date that is None is the year itself."""

    year: Year | None = None
    date: Date | None = None
    clock: Clock | None = None
    #: days from the date: 清明节前一天
    days: int | None = None
    #: 11月以来
    since: bool = False
    #: whether a word counts it from the publication: 今天, 本月, 上周
    counted: bool = False
    #: 上一个周五: see `Scope`
    hop: int = 0

    @property
    def only_time(self) -> bool:
        """Nothing but a time of day was said."""
        return self.clock is not None and self.date is None and self.year is None

    @property
    def depends_on_look(self) -> bool:
        """Whether it matters where the sentence looks: not for a time of day, nor where the year is said."""
        return self.counted or not (self.year or self.only_time)

    @property
    def told(self) -> bool:
        """Whether it is a day counted from the one told of."""
        return isinstance(self.date, Offset) and self.date.told and self.date.unit == "day"

    @property
    def mode(self) -> str | None:
        return self.clock.mode if self.clock else None

    @property
    def step(self) -> int:
        """How it is counted from what the text told of: on (1), back (-1), not at all (0)."""
        return 1 if self.year and self.year.nth else self.date.step if self.date else 0

    @property
    def is_festival(self) -> bool:
        """A festival as a whole, by its name."""
        date = self.date.period.date if isinstance(self.date, NthPart) else self.date
        return isinstance(date, FestivalDate) and self.clock is None and self.days is None

    def resolve(self, context: Context, look: int, after: When | None = None) -> Resolved | None:
        """As `Date.resolve`; `look` and `after` as in `Scope`."""
        found = self._found(context, look, after)
        if found is None:
            return None
        if self.days is not None:
            found = Resolved(carried(found.start, self.days, "day"), None, found.anchor)
        if self.clock and (self.date or self.year):
            found = Resolved(self.clock.on(found.start), None, found.anchor)
        if not valid(found.start) or (found.end is not None and not valid(found.end)):
            raise ValueError("no calendar has it")
        return found

    def _found(self, context: Context, look: int, after: When | None) -> Resolved | None:
        date = self.date or _WHOLE_YEAR
        if self.clock and not (self.date or self.year):
            return self.clock.resolve(context, after)
        if self.year and self.year.nth not in (None, 2) and self.year.resolve(context) is None:
            return None  # 第三年 of nothing
        if self.year and self.counted and not isinstance(date, NthPart):  # 去年今天
            years = (self.year.resolve(context) or 0) - (context.published.year or 0)
            same = date.resolve(Scope(context, look, after))
            return same and same._replace(start=carried(same.start, years, "year"))
        return date.resolve(Scope(context, look, after, self.year, self.hop))


#: The day by which a unit of a period is counted, and the unit of that day.
_UNITS: dict[str, tuple[Callable[[date], bool], Callable[[date], When]]] = {
    "day": (lambda day: True, on),
    "week": (lambda day: day.isoweekday() == 4, week_of),
    "weekend": (lambda day: day.isoweekday() == 6, lambda day: week_of(day, "weekend")),
    "month": (lambda day: day.day == 1, lambda day: When("month", day.year, day.month)),
    "quarter": (
        lambda day: day.day == 1 and day.month % 3 == 1,
        lambda day: When("quarter", day.year, nth=day.month // 3 + 1),
    ),
}


@dataclass(slots=True)
class NthPart(Date):
    """The n-th (-1: the last) unit of a period: 国庆假期第三天, 12月第一周, 去年最后一个月, 5月的第二个星期日.

    Weeks of a year are ISO weeks; those of a shorter period have seven days from its first, the last from its end.
    """

    period: Point
    nth: int
    unit: str
    weekday: int | None = None
    step = 1

    def resolve(self, scope: Scope) -> Resolved | None:
        period = self.period._found(scope.context, scope.look, scope.after)
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
