"""Festivals, memorial days and solar terms: which day they fall on."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from bulletinnlp.data import table
from bulletinnlp.times.calendar.calendars import easter, islamic_day, lunar_day, terms, tibetan_day


class Festival(NamedTuple):
    """A day that comes every year, by the rule that finds it (see `data/lexicons/time_festivals.txt`)."""

    name: str
    rule: str
    #: Name of the statutory holiday that it stands for, if any.
    holiday: str | None
    #: Kind of lexeme: a number (七一), or a solar term that also means weather (大雪), or neither.
    kind: str

    @property
    def is_term(self) -> bool:
        """A solar term that is no holiday: also a name of persons."""
        return self.rule[0] == "节" and self.holiday is None


@cache
def festivals() -> dict[str, Festival]:
    """Every festival by each of its names."""
    found: dict[str, Festival] = {}
    for names, rule, *holiday in table("time_festivals"):
        for name in names.split("|"):
            kind = "number_festival" if name[0] == "数" else "weather_term" if name[-1] == "*" else "festival"
            name = name.removeprefix("数").removesuffix("*")
            found[name] = Festival(name, rule, holiday[0] if holiday else None, kind)
    return found


def day_of(rule: str, year: int) -> date | None:
    """The day of a festival. Lunar festivals belong to the lunar year that begins in `year`: 除夕 of
    2022 (农12-0) is in January 2023.

    >>> [str(day_of(rule, 2022)) for rule in ("10-01", "农1-15", "农12-0", "节清明", "5:2:7")]
    ['2022-10-01', '2022-02-15', '2023-01-21', '2022-04-05', '2022-05-08']
    """
    if not 2 <= year <= 9000:
        return None
    calendars = {"农": lunar_day, "回": islamic_day, "藏": tibetan_day}
    if rule[0] in calendars:
        month, day = rule[1:].split("-")
        return calendars[rule[0]](year, int(month), int(day))
    if rule == "复活":
        return easter(year)
    if rule[0] == "节":
        return terms(year).get(rule[1:])
    if ":" in rule:
        return nth_weekday(year, *(int(part) for part in rule.split(":")))
    month, day = rule.split("-")
    return date(year, int(month), int(day))


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The n-th Monday (1) … Sunday (7) of a month, the last for -1; None where there is none."""
    if nth < 0:
        return nth_weekday(year, month, 5, weekday) or nth_weekday(year, month, 4, weekday)
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    return found if found.month == month else None
