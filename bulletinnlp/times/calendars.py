"""The Chinese lunar calendar and the solar terms (`lunar_python`, MIT), the Islamic and the Tibetan one, and the
days off of the State Council's yearly notices (`chinesecalendar`, MIT; 2004 to the last notice that it has)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from math import floor

from bulletinnlp.data import table
from bulletinnlp.times.time_point import DAY

#: The Julian day number of a day, at noon, less its ordinal (`date.toordinal`).
_JULIAN = 1_721_425


@cache
def months(year: int) -> dict[int, range]:
    """The days (`date.toordinal`) of the months of a lunar year, from 正月 to 腊月, a leap month under its negative.

    >>> len(months(2023)[-2]), str(date.fromordinal(months(2023)[-2][0]))
    (29, '2023-03-22')
    """
    from lunar_python import LunarYear

    found = [month for month in LunarYear.fromYear(year).getMonths() if month.getYear() == year]
    firsts = [int(month.getFirstJulianDay()) - _JULIAN for month in found]
    return {
        month.getMonth(): range(first, first + month.getDayCount()) for month, first in zip(found, firsts, strict=True)
    }


def lunar_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a lunar date, None where there is none. Day 0 is the last of its month.

    >>> lunar_day(1988, 12, 28), lunar_day(2020, -4, 20), lunar_day(2022, 12, 0)
    (datetime.date(1989, 2, 4), datetime.date(2020, 6, 11), datetime.date(2023, 1, 21))
    """
    days = months(year).get(month, ()) if 1 <= year <= 9000 else ()
    return date.fromordinal(days[day - 1]) if day <= len(days) and days else None


@cache
def terms(year: int) -> dict[str, date]:
    """The solar terms that fall in a Gregorian year.

    >>> terms(2022)["立冬"]
    datetime.date(2022, 11, 7)
    """
    from lunar_python import Lunar, LunarYear, Solar

    found: dict[str, date] = {}
    for at, julian in enumerate(LunarYear.fromYear(year).getJieQiJulianDays()):
        solar = Solar.fromJulianDay(julian)
        if solar.getYear() == year:
            found[Lunar.JIE_QI[(at - 1) % 24]] = date(year, solar.getMonth(), solar.getDay())
    return found


#: 1 Muharram of the year 1, and the epoch of the Tibetan calendar, as `date.toordinal` counts.
_HIJRA, _TIBETAN = 227_015, -46_410


def islamic_day(year: int, month: int, day: int) -> date | None:
    """The Islamic day that falls in a Gregorian year, after the tabular calendar (leap years 2, 5, 7, 10, 13, 16, …),
    which gives the days that are kept in China.

    >>> str(islamic_day(2022, 10, 1)), str(islamic_day(2022, 12, 10))
    ('2022-05-03', '2022-07-10')
    """
    first = max(2, (year - 622) * 33 // 32)
    for hijri in (first - 1, first, first + 1):
        days = 29 * (month - 1) + month // 2 + 354 * (hijri - 1) + (3 + 11 * hijri) // 30
        found = date.fromordinal(_HIJRA - 1 + day + days)
        if found.year == year:
            return found
    return None


#: Minutes of arc by which the true sun and moon differ from the mean ones, at whole steps of their anomaly.
_SUN, _MOON = (0, 6, 10, 11), (0, 5, 10, 15, 19, 22, 24, 25)


def _equation(table: tuple[int, ...], anomaly: Fraction) -> Fraction:
    """The table, mirrored after its end and negative in the second half, between its steps by the rule of three."""
    half = 2 * (len(table) - 1)
    if anomaly > half:
        return -_equation(table, anomaly - half)
    step = min(anomaly, half - anomaly)
    low = floor(step)
    high = min(low + 1, len(table) - 1)
    return Fraction(table[low] + (table[high] - table[low]) * (step - low), 60)


def tibetan_day(year: int, month: int, day: int) -> date:
    """A day of the Tibetan year that begins in a Gregorian year, after the Phugpa school (Reingold and Dershowitz,
    Calendrical Calculations, chapter 21).

    >>> str(tibetan_day(2022, 1, 1)), str(tibetan_day(2021, 1, 1))
    ('2022-03-03', '2021-02-12')
    """
    since = year + 126 - (month == 1)  # a first month may be double: it follows the twelfth
    months = floor(Fraction(804 * since + 67 * (12 if month == 1 else month) + 64, 65)) + (month == 1)
    days = 30 * months + day
    mean = Fraction(days * 11_135, 11_312) - 31 + Fraction(1071, 1616)
    sun = Fraction(13 * days + 2117, 4824) % 1
    moon = Fraction(3781 * days, 105_840) + Fraction(2837, 15_120)
    return date.fromordinal(floor(_TIBETAN + mean - _equation(_SUN, 12 * sun) + _equation(_MOON, 28 * (moon % 1))))


@cache
def _notices() -> tuple[dict[date, str], frozenset[date]]:
    """Days off, and weekend days that were worked instead."""
    from chinese_calendar.constants import holidays, workdays

    return dict(holidays), frozenset(workdays)


@cache
def days_off(name: str, festival: date) -> tuple[date, date]:
    """First and last day off around a festival; without a notice or a rule, the festival itself.

    Weekend days beside a holiday belong to it. A festival that falls into another's holiday (中秋 in the week of 国庆)
    has the days off of that one.

    >>> days_off("Spring Festival", date(2024, 2, 10))
    (datetime.date(2024, 2, 10), datetime.date(2024, 2, 17))
    """
    off, worked = _notices()
    if festival.year < min(off).year or festival.year > max(off).year:
        for of, first_year, last_year, before, after in table("time_days_off"):
            if of == name and int(first_year) <= festival.year <= int(last_year):
                return festival - int(before) * DAY, festival + int(after) * DAY
        return festival, festival
    near = [day for n in range(-9, 10) if off.get(day := festival + n * DAY) == name]
    start = festival if festival in off else min(near, key=lambda day: abs(day - festival), default=festival)

    def free(day: date) -> bool:
        return day in off or (day.isoweekday() > 5 and day not in worked)

    first = last = start
    while free(first - DAY):
        first -= DAY
    while free(last + DAY):
        last += DAY
    return first, last
