"""Festivals, memorial days and solar terms with their holidays, and lunar dates, in the year that suits."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from bulletinnlp.data import table
from bulletinnlp.times.calendars import days_off, islamic_day, lunar_day, terms, tibetan_day
from bulletinnlp.times.discourse import AHEAD, Anchors, DateExpression, Resolved
from bulletinnlp.times.time_point import TimePoint, nth_of, on


class Festival(NamedTuple):
    """A day that comes every year, by the rule that finds it (see `data/lexicons/time_festivals.txt`)."""

    name: str
    rule: str
    #: Name of the statutory holiday that it stands for, if any.
    holiday: str | None
    #: Kind of lexeme: a number (七一), or a solar term that also means weather (大雪), or neither.
    kind: str


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


#: The first character of a rule and its calendar; the Gregorian one has none.
_CALENDARS = {"农": lunar_day, "回": islamic_day, "藏": tibetan_day}


def day_of(rule: str, year: int) -> date | None:
    """The day of a festival. Lunar festivals belong to the lunar year that begins in `year`: 除夕 of
    2022 (农12-0) is in January 2023.

    >>> [str(day_of(rule, 2022)) for rule in ("10-01", "农1-15", "农12-0", "节清明", "5:2:7")]
    ['2022-10-01', '2022-02-15', '2023-01-21', '2022-04-05', '2022-05-08']
    """
    if not 2 <= year <= 9000:
        return None
    if rule == "复活":
        from dateutil.easter import easter

        return easter(year)
    if rule[0] == "节":
        return terms(year).get(rule[1:])
    if ":" in rule:
        month, nth, weekday = map(int, rule.split(":"))
        end = date(year, month, monthrange(year, month)[1])
        return nth_of(date(year, month, 1), end, nth, lambda day: day.isoweekday() == weekday)
    month, day = map(int, rule.lstrip("农回藏").split("-"))
    return _CALENDARS.get(rule[0], date)(year, month, day)


def _nearest(day_in: Callable[[int], date | None], year: int | None, anchors: Anchors) -> tuple[date | None, int]:
    """Of the days in a year, or without one in those around the publication, the one that suits, and its year: the
    nearest to the publication, or to the day that its sentence names."""
    discourse, direction, after = anchors.discourse, anchors.direction, anchors.after
    this = discourse.published.year
    around = () if anchors.year or this is None else range(this - 2, this + 2)
    found = {day: of for of in (around if year is None else (year,)) if (day := day_in(of))}
    mentioned = discourse.day.date if discourse.day and discourse.day_here and direction == 2 else None
    from_day = mentioned or discourse.published.around
    days = list(found)
    if after is not None and after.first is not None:
        days, from_day = [day for day in days if day >= after.first] or days, date.min
    elif direction < 0:
        days = [day for day in days if (day - from_day).days <= (AHEAD if direction == -1 else 0)] or days
    nearest = min(days, key=lambda day: abs(day - from_day), default=None)
    day = (anchors.occurrence and anchors.nearest_occurrence(found)) or nearest
    return day, found[day] if day else 0


@dataclass(slots=True)
class FestivalDate(DateExpression):
    """春节, 去年国庆, 虎年春节, 国庆中秋假期, 上一个春节."""

    festival: Festival
    #: 元旦|春节期间
    last: Festival | None = None
    #: its days off (期间, 假期), and whether a day beside it is meant (假期当天)
    holiday: bool = False
    beside: bool = False

    def resolve(self, anchors: Anchors) -> Resolved:
        rule, discourse, (year, anchor) = self.festival.rule, anchors.discourse, anchors.stated_year
        late = rule.startswith("农12")
        mentioned = discourse.day.date if discourse.day is not None and not anchors.year else None
        # 3月8日妇女节: of the date beside it
        if mentioned is not None and mentioned == day_of(rule, mentioned.year - late) and not self.holiday:
            return Resolved(on(mentioned), None, "context")
        found, _ = _nearest(partial(day_of, rule), year and year - late, anchors)
        if found is None:
            return Resolved(TimePoint("day", year), None, anchor)
        first = last = found
        if self.holiday and self.festival.holiday and not self.beside:
            first, last = days_off(self.festival.holiday, found)
            if self.last is not None and self.last.holiday:
                coming = (day_of(self.last.rule, of) for of in (found.year, found.year + 1))
                following = next((day for day in coming if day and day >= found), found)
                last = max(last, days_off(self.last.holiday, following)[1])
        return Resolved(on(first), on(last) if last != first else None, anchor)


@dataclass(slots=True)
class LunarDate(DateExpression):
    """农历十月初十, 腊月, 闰二月初八, 初八."""

    month: int | None = None
    day: int | None = None
    leap: bool = False

    def resolve(self, anchors: Anchors) -> Resolved | None:
        discourse, (year, anchor), month = anchors.discourse, anchors.stated_year, self.month
        if month is None:
            if self.day is None or discourse.lunar is None:
                return None
            (year, month), anchor = discourse.lunar, "context"
        elif self.leap:
            month = -month
        first = 1 if self.day is None else self.day
        if not (1 <= abs(month) <= 12 and 1 <= first <= 30):
            raise ValueError("no calendar has it")
        day, lunar_year = _nearest(lambda of: lunar_day(of, month, first), year, anchors)
        if day is None:
            if year is None and (anchors.year or discourse.published.year is None):
                return Resolved(TimePoint("day"), None, anchor)
            raise ValueError("no calendar has it")
        discourse.lunar = (lunar_year, month)
        last = lunar_day(lunar_year, month, 0) if self.day is None else None
        return Resolved(on(day), on(last) if last else None, anchor)
