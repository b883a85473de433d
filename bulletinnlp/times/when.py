"""A point of time as fine as the text gives it: its TIMEX3 value, the interval it denotes, and arithmetic on it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date as Date  # noqa: N812
from datetime import datetime, timedelta

#: From the coarsest to the finest.
UNITS = (
    "century", "decade", "year", "half", "quarter", "season", "month", "week", "weekend",
    "day", "part", "hour", "minute", "second",
)  # fmt: skip
TIME_UNITS = frozenset(("part", "hour", "minute", "second"))
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
#: Hours that a part of the day covers. Night begins in the evening of its date; before dawn (凌晨) it is `dawn`.
PARTS = {"MO": (6, 12), "MI": (11, 13), "AF": (12, 18), "EV": (18, 24), "NI": (20, 30), "DT": (6, 18), "dawn": (0, 6)}


@dataclass(frozen=True, slots=True)
class When:
    """A point of time. What is None above `unit` is unknown and reads X.

    `nth` tells which half, quarter, season, week or part of the day. With `undated` it is a time of day only.

    >>> When("day", 2022, 11, 25).value, When("day", 2022, 11).value, When("season", 1937, nth="WI").value
    ('2022-11-25', '2022-11-XX', '1937-WI')
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
        if self.year is None:
            year = "XXXX"
        elif self.year < 0:
            year = f"BC{-self.year:04d}"
        else:
            year = f"{self.year:04d}"
        match self.unit:
            case "century":
                return f"{year[:2]}XX"
            case "decade":
                return f"{year[:3]}X"
            case "year":
                return year
            case "half":
                return f"{year}-H{self.nth}"
            case "quarter":
                return f"{year}-Q{self.nth}"
            case "season":
                return f"{year}-{self.nth}"
            case "week" | "weekend":
                week = "XX" if self.nth is None else f"{self.nth:02d}"
                return f"{year}-W{week}" + ("-WE" if self.unit == "weekend" else "")
        month = "XX" if self.month is None else f"{self.month:02d}"
        if self.unit == "month":
            return f"{year}-{month}"
        return f"{year}-{month}-" + ("XX" if self.day is None else f"{self.day:02d}")

    @property
    def _clock(self) -> str:
        if self.unit == "part":
            return "NI" if self.nth == "dawn" else str(self.nth)
        fields = [f"{n:02d}" for n in (self.hour, self.minute, self.second) if n is not None]
        return ":".join(fields) if len(fields) > 1 else f"{fields[0]}:00"

    @property
    def bounds(self) -> tuple[datetime, datetime] | None:
        """Begin and end (exclusive); None for what is not known to the full, or lies before the year 1."""
        try:
            return self._bounds()
        except (ValueError, OverflowError, TypeError):
            return None

    def _bounds(self) -> tuple[datetime, datetime] | None:
        if self.undated or self.year is None or self.year < 1:
            return None
        match self.unit:
            case "century":
                return datetime(self.year // 100 * 100 or 1, 1, 1), datetime(self.year // 100 * 100 + 100, 1, 1)
            case "decade":
                return datetime(self.year // 10 * 10 or 1, 1, 1), datetime(self.year // 10 * 10 + 10, 1, 1)
            case "year":
                return _months(self.year, 1, 12)
            case "half":
                return _months(self.year, 6 * int(self.nth or 1) - 5, 6)
            case "quarter":
                return _months(self.year, 3 * int(self.nth or 1) - 2, 3)
            case "season":
                return _months(self.year, SEASONS[str(self.nth)], 3)
            case "month":
                return _months(self.year, self.month or 0, 1)
            case "week" | "weekend":
                monday = datetime.fromisocalendar(self.year, int(self.nth or 0), 1)
                return monday + timedelta(days=5 if self.unit == "weekend" else 0), monday + timedelta(days=7)
        midnight = datetime(self.year, self.month or 0, self.day or 0)
        if self.unit == "day":
            return midnight, midnight + timedelta(days=1)
        if self.unit == "part":
            first, last = PARTS[str(self.nth)]
            return midnight + timedelta(hours=first), midnight + timedelta(hours=last)
        begin = midnight + timedelta(hours=self.hour or 0, minutes=self.minute or 0, seconds=self.second or 0)
        return begin, begin + {"hour": timedelta(hours=1), "minute": timedelta(minutes=1)}.get(
            self.unit, timedelta(seconds=1)
        )

    @property
    def date(self) -> Date | None:
        """The day, where it is known to the full."""
        if self.year is None or self.month is None or self.day is None or self.year < 1:
            return None
        try:
            return Date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def first(self) -> Date | None:
        """The first day that it covers."""
        if self.undated:
            return None
        bounds = self.bounds
        return bounds[0].date() if bounds else None

    @property
    def last(self) -> Date | None:
        """The last day that it covers."""
        bounds = None if self.undated else self.bounds
        return (bounds[1] - timedelta(seconds=1)).date() if bounds else None

    @property
    def to_day(self) -> When:
        """The day that it stands in; what is coarser than a day stays."""
        return When("day", self.year, self.month, self.day, undated=self.undated) if self.is_time else self


def _months(year: int, month: int, count: int) -> tuple[datetime, datetime]:
    end = year * 12 + month - 1 + count
    return datetime(year, month, 1), datetime(end // 12, end % 12 + 1, 1)


def on(day: Date) -> When:
    """The point of a day."""
    return When("day", day.year, day.month, day.day)


def week_of(day: Date, unit: str = "week") -> When:
    """The ISO week (or weekend) that a day stands in."""
    year, week, _ = day.isocalendar()
    return When(unit, year, nth=week)


def valid(point: When) -> bool:
    """False for what no calendar and no clock has: 2月30日, 25时."""
    if point.month is not None and not 1 <= point.month <= 12:
        return False
    if (
        point.day is not None
        and not 1 <= point.day <= monthrange(point.year if point.year and point.year > 0 else 2000, point.month or 1)[1]
    ):
        return False
    if point.hour is not None and not 0 <= point.hour <= 24:
        return False
    if point.unit in ("quarter", "half") and not 1 <= int(point.nth or 0) <= (4 if point.unit == "quarter" else 2):
        return False
    if point.unit == "week" and point.nth is not None and not 1 <= int(point.nth) <= 53:
        return False
    return all(n is None or 0 <= n < 60 for n in (point.minute, point.second))


def shift(point: When, count: int, unit: str) -> When | None:
    """A point so many units later (or earlier), as fine as the unit (or as the point itself where that is coarser).

    >>> shift(When("day", 2022, 11, 29), 2, "month").value, shift(When("day", 2022, 11, 29), 1, "week").value
    ('2023-01', '2022-W49')
    """
    try:
        return _shift(point, count, unit)
    except (ValueError, OverflowError):
        return None


def _shift(point: When, count: int, unit: str) -> When | None:
    if unit == "year":
        return None if point.year is None else When("year", point.year + count)
    if unit == "month":
        if point.year is None or point.month is None:
            return _coarse(point, "month")
        months = point.year * 12 + point.month - 1 + count
        return When("month", months // 12, months % 12 + 1)
    if unit in ("hour", "minute", "second"):
        if point.hour is None or point.undated:
            return point if point.unit == "part" else None
        start = datetime(
            point.year or 0, point.month or 0, point.day or 0, point.hour, point.minute or 0, point.second or 0
        )
        moved = start + timedelta(**{f"{unit}s": count})
        second = moved.second if unit == "second" or point.second is not None else None
        return When(
            "minute" if second is None else "second",
            moved.year,
            moved.month,
            moved.day,
            moved.hour,
            moved.minute,
            second,
        )
    day = point.date
    if day is None:
        return _coarse(point, unit)
    day += timedelta(days=count * (7 if unit == "week" else 1))
    return week_of(day) if unit == "week" else on(day)


def carried(point: When, months: int) -> When:
    """The same point so many months later: its day, its week of the year, its part of the day stay.

    >>> carried(When("day", 2024, 2, 29), -12).value, carried(When("quarter", 2022, nth=1), -12).value
    ('2023-02-28', '2021-Q1')
    """
    if point.year is None:
        return point
    year, month = divmod(12 * point.year + (point.month or 1) - 1 + months, 12)
    if not 1 < year < 9999:
        return When("year")
    if point.month is None or point.day is None:
        return replace(point, year=year, month=point.month and month + 1)
    return replace(point, year=year, month=month + 1, day=min(point.day, monthrange(year, month + 1)[1]))


def _coarse(point: When, unit: str) -> When | None:
    """What is coarser than the step: its year and month stay, the rest is unknown (三天后 in 1942-05: 1942-05-XX)."""
    known = point.year is not None and not (point.unit == "day" and point.day is None)
    if not known or UNITS.index(point.unit) >= UNITS.index(unit):
        return None
    return When(unit, point.year, point.month) if point.unit in ("year", "month") else point
