"""The Chinese lunar calendar and the solar terms, from `lunar_python` (MIT), one year at a time and cached."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

#: The Julian day number of a day, at noon, less its ordinal (`date.toordinal`).
_JULIAN = 1_721_425

TERMS = (
    "冬至", "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种",
    "夏至", "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪",
)  # fmt: skip


class LunarMonth(NamedTuple):
    """A lunar month: its first day and its length in days."""

    first: date
    days: int


@cache
def months(year: int) -> dict[int, LunarMonth]:
    """The months of a lunar year (from 正月 to 腊月), a leap month under its negative number.

    >>> months(2023)[-2]
    LunarMonth(first=datetime.date(2023, 3, 22), days=29)
    """
    from lunar_python import LunarYear

    return {
        month.getMonth(): LunarMonth(date.fromordinal(int(month.getFirstJulianDay()) - _JULIAN), month.getDayCount())
        for month in LunarYear.fromYear(year).getMonths()
        if month.getYear() == year
    }


def lunar_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a lunar date, None where there is none. Day 0 is the last of its month.

    >>> lunar_day(1988, 12, 28), lunar_day(2020, -4, 20), lunar_day(2022, 12, 0)
    (datetime.date(1989, 2, 4), datetime.date(2020, 6, 11), datetime.date(2023, 1, 21))
    """
    if not 1 <= year <= 9000 or (found := months(year).get(month)) is None or day > found.days:
        return None
    return found.first + timedelta(days=(day or found.days) - 1)


@cache
def terms(year: int) -> dict[str, date]:
    """The solar terms that fall in a Gregorian year.

    >>> terms(2022)["立冬"]
    datetime.date(2022, 11, 7)
    """
    from lunar_python import LunarYear, Solar

    found: dict[str, date] = {}
    for at, julian in enumerate(LunarYear.fromYear(year).getJieQiJulianDays()):
        solar = Solar.fromJulianDay(julian)
        if solar.getYear() == year:
            found[TERMS[(at - 1) % 24]] = date(year, solar.getMonth(), solar.getDay())
    return found
