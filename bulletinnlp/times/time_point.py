"""A point of time as fine as the text gives it: its TIMEX3 value, the interval it denotes, and arithmetic on it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date as Date  # noqa: N812
from datetime import datetime, timedelta
from itertools import islice

#: From the coarsest to the finest.
UNITS = (
    "century", "decade", "year", "half", "quarter", "season", "month", "week", "weekend",
    "day", "part", "hour", "minute", "second",
)  # fmt: skip
TIME_UNITS = frozenset(("part", "hour", "minute", "second"))
DAY = timedelta(days=1)
#: Units that are some months long.
MONTHS = {"century": 1200, "decade": 120, "year": 12, "half": 6, "quarter": 3, "season": 3, "month": 1}
#: How many of a unit the year has at most.
_MOST = {"half": 2, "quarter": 4, "week": 53}
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
#: Hours that a part of the day covers. Night begins in the evening of its date; before dawn (凌晨) it is `dawn`.
PARTS = {"MO": (6, 12), "MI": (11, 13), "AF": (12, 18), "EV": (18, 24), "NI": (20, 30), "DT": (6, 18), "dawn": (0, 6)}
#: TIMEX3 of what is no day and nothing finer.
_FORMATS = {
    "century": "{year:.2}XX", "decade": "{year:.3}X", "year": "{year}", "half": "{year}-H{nth}",
    "quarter": "{year}-Q{nth}", "season": "{year}-{nth}", "month": "{year}-{month}", "week": "{year}-W{week}",
    "weekend": "{year}-W{week}-WE",
}  # fmt: skip


@dataclass(slots=True, unsafe_hash=True)  # frozen ones take three times as long to make; none is ever changed
class TimePoint:
    """A point of time. What is None above `unit` is unknown and reads X.

    `nth` says which half, quarter, season, week or part of the day. With `undated` it is a time of day only.

    >>> TimePoint("day", 2022, 11, 25).value, TimePoint("season", 1937, nth="WI").value
    ('2022-11-25', '1937-WI')
    """

    unit: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    nth: int | str | None = None
    undated: bool = False

    @property
    def is_time(self) -> bool:
        return self.unit in TIME_UNITS

    @property
    def value(self) -> str:
        """TIMEX3, after ISO 8601."""
        if self.is_time:
            return f"{'' if self.undated else self._date}T{self._clock}"
        return self._date

    @property
    def _date(self) -> str:
        year = "XXXX" if self.year is None else f"BC{-self.year:04d}" if self.year < 0 else f"{self.year:04d}"
        month = "XX" if self.month is None else f"{self.month:02d}"
        if shape := _FORMATS.get(self.unit):
            week = "XX" if self.nth is None else f"{self.nth:0>2}"
            return shape.format(year=year, month=month, nth=self.nth, week=week)
        return f"{year}-{month}-" + ("XX" if self.day is None else f"{self.day:02d}")

    @property
    def _clock(self) -> str:
        if self.unit == "part":
            return "NI" if self.nth == "dawn" else str(self.nth)
        fields = [f"{n:02d}" for n in (self.hour, self.minute, self.second) if n is not None]
        return ":".join(fields) if len(fields) > 1 else f"{fields[0]}:00"

    @property
    def bounds(self) -> tuple[datetime, datetime] | None:
        """Begin and end (exclusive); None for what is not complete, or lies before the year 1."""
        if self.undated or self.year is None or self.year < 1:
            return None
        try:
            if months := MONTHS.get(self.unit):
                first = SEASONS.get(str(self.nth)) or months * (int(self.nth or 1) - 1) + 1
                first = (self.month or 0) if self.unit == "month" else first
                year = self.year - self.year % (months // 12 or 1)
                end = 12 * year + first - 1 + months
                return datetime(year or 1, first, 1), datetime(end // 12, end % 12 + 1, 1)
            if self.unit in ("week", "weekend"):
                monday = datetime.fromisocalendar(self.year, int(self.nth or 0), 1)
                return monday + timedelta(days=5 if self.unit == "weekend" else 0), monday + timedelta(days=7)
            midnight = datetime(self.year, self.month or 0, self.day or 0)
            if self.unit == "day":
                return midnight, midnight + DAY
            if self.unit == "part":
                begin, until = PARTS[str(self.nth)]
                return midnight + timedelta(hours=begin), midnight + timedelta(hours=until)
            moment = midnight + timedelta(hours=self.hour or 0, minutes=self.minute or 0, seconds=self.second or 0)
            return moment, moment + timedelta(**{f"{self.unit}s": 1})
        except (ValueError, OverflowError, TypeError):
            return None

    @property
    def date(self) -> Date | None:
        """The day, where it is complete."""
        return date_in(self.year, self.month, self.day) if self.year and self.day else None

    @property
    def first(self) -> Date | None:
        """The first day that it covers."""
        return self.date or (bounds[0].date() if (bounds := self.bounds) else None)

    @property
    def last(self) -> Date | None:
        """The last day that it covers."""
        return self.date or ((bounds[1] - timedelta(seconds=1)).date() if (bounds := self.bounds) else None)

    @property
    def to_day(self) -> TimePoint:
        """The day that it stands in; what is coarser than a day stays."""
        return TimePoint("day", self.year, self.month, self.day, undated=self.undated) if self.is_time else self


def date_in(year: int | None, month: int | None, day: int | None) -> Date | None:
    """A day (of a leap year, if that is unknown), None where there is none."""
    try:
        return Date(year or 2000, month or 0, day or 0)
    except ValueError:
        return None


def on(day: Date) -> TimePoint:
    """The point of a day."""
    return TimePoint("day", day.year, day.month, day.day)


def week_of(day: Date, unit: str = "week") -> TimePoint:
    """The ISO week (or weekend) that a day stands in."""
    year, week, _ = day.isocalendar()
    return TimePoint(unit, year, nth=week)


def nth_of(begin: Date, end: Date, nth: int, counts: Callable[[Date], bool]) -> Date | None:
    """The n-th day of a period that counts, from its end for a negative number; None where there is none."""
    days = (begin + at * DAY if nth > 0 else end - at * DAY for at in range((end - begin).days + 1))
    return next(islice(filter(counts, days), abs(nth) - 1, None), None) if nth else None


def valid(point: TimePoint) -> bool:
    """False for what no calendar and no clock has: 2月30日, 25时."""
    month, hour = 1 if point.month is None else point.month, point.hour or 0
    day = 1 if point.day is None else point.day
    if not (1 <= month <= 12 and 0 <= hour <= 24 and (point.minute or 0) < 60 and (point.second or 0) < 60):
        return False
    if most := _MOST.get(point.unit):
        return point.nth in (None, "X") or 1 <= int(point.nth) <= most
    return 1 <= day < 29 or 1 <= day <= monthrange(max(point.year or 2000, 1), month)[1]


def shift_to_grain(point: TimePoint, count: int, unit: str) -> TimePoint | None:
    """A point so many units later (or earlier), as fine as the unit (or as the point itself where that is coarser).

    >>> day = TimePoint("day", 2022, 11, 29)
    >>> shift_to_grain(day, 2, "month").value, shift_to_grain(day, 1, "week").value
    ('2023-01', '2022-W49')
    """
    with suppress(ValueError, OverflowError):
        if unit == "year":
            return None if point.year is None else TimePoint("year", point.year + count)
        if unit == "month":
            if point.year is None or point.month is None:
                return _coarse(point, unit)
            months = point.year * 12 + point.month - 1 + count
            return TimePoint("month", months // 12, months % 12 + 1)
        if unit in ("hour", "minute", "second"):
            if point.hour is None or point.undated:
                return point if point.unit == "part" else None
            start = datetime(point.year or 0, point.month or 0, point.day or 0, point.hour, point.minute or 0)
            moved = start + timedelta(seconds=point.second or 0) + timedelta(**{f"{unit}s": count})
            second = moved.second if unit == "second" or point.second is not None else None
            return TimePoint("minute" if second is None else "second", *moved.timetuple()[:5], second)
        if point.date is None:
            return _coarse(point, unit)
        day = point.date + timedelta(days=count * (7 if unit == "week" else 1))
        return week_of(day) if unit == "week" else on(day)
    return None


def shift(point: TimePoint, count: int, unit: str) -> TimePoint:
    """The same point so many years, months or days later: its day, its week of the year, its time of day stay.

    >>> shift(TimePoint("day", 2024, 2, 29), -1, "year").value
    '2023-02-28'
    """
    if unit in ("day", "week"):
        day = shift_to_grain(point.to_day, count * (7 if unit == "week" else 1), "day") or TimePoint("day")
        return replace(point, year=day.year, month=day.month, day=day.day) if point.is_time else day
    if point.year is None:
        return point
    months = count * (12 if unit == "year" else 1)
    year, month = divmod(12 * point.year + (point.month or 1) - 1 + months, 12)
    if not 1 < year < 9999:
        return TimePoint("year")
    if point.month is None or point.day is None:
        return replace(point, year=year, month=point.month and month + 1)
    return replace(point, year=year, month=month + 1, day=min(point.day, monthrange(year, month + 1)[1]))


def _coarse(point: TimePoint, unit: str) -> TimePoint | None:
    """What is coarser than the step: its year and month stay, the rest is unknown (三天后 in 1942-05: 1942-05-XX)."""
    complete = point.year is not None and not (point.unit == "day" and point.day is None)
    if not complete or UNITS.index(point.unit) >= UNITS.index(unit):
        return None
    return TimePoint(unit, point.year, point.month) if point.unit in ("year", "month") else point
