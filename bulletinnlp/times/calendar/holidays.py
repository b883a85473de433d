"""Days off of the State Council's yearly notices, from `chinesecalendar` (MIT; 2004 to the last notice it knows)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
#: Days off before and after the festival itself where no notice is known: the golden weeks of 2000 to 2003, and what
#: the 2024 revision of 全国年节及纪念日放假办法 gives with the usual exchange of weekends.
BEFORE_2004 = {"Spring Festival": (0, 6), "Labour Day": (0, 6), "National Day": (0, 6)}
SINCE_2025 = {"Spring Festival": (1, 6), "Labour Day": (0, 4), "National Day": (0, 6)}


@cache
def _notices() -> tuple[dict[date, str], frozenset[date]]:
    """Days off, and weekend days that were worked instead."""
    from chinese_calendar.constants import holidays, workdays

    return dict(holidays), frozenset(workdays)


@cache
def days_off(name: str, festival: date) -> tuple[date, date]:
    """First and last day off around a festival; where no notice is known and no rule holds, the festival itself.

    Weekend days beside a holiday belong to it. A festival that falls into another's holiday (中秋 in the week of 国庆)
    has the days off of that one.

    >>> days_off("Spring Festival", date(2024, 2, 10))
    (datetime.date(2024, 2, 10), datetime.date(2024, 2, 17))
    """
    off, worked = _notices()
    if festival.year < min(off).year or festival.year > max(off).year:
        rule = BEFORE_2004 if 2000 <= festival.year < 2004 else SINCE_2025 if festival.year > max(off).year else {}
        before, after = rule.get(name, (0, 0))
        return festival - before * DAY, festival + after * DAY
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
