"""Festivals with their holidays, and lunar dates, in the year that suits: 春节, 国庆假期, 农历十月初十."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bulletinnlp.times.calendar.calendars import lunar_day, months
from bulletinnlp.times.calendar.festivals import Festival, day_of
from bulletinnlp.times.calendar.holidays import days_off
from bulletinnlp.times.context import AHEAD, Anchor, Date, MalformedError, Resolved, Scope
from bulletinnlp.times.when import When, on


def _nearest(days: list[date], scope: Scope, look: int, after: When | None) -> date | None:
    """The one of the days that suits: the nearest to the publication, or to the day that its sentence tells of."""
    if not days:
        return None
    context = scope.context
    told = context.day.date if context.day and context.day_here and look == 2 else None
    from_day = told or context.published.around
    if after is not None and after.first is not None:
        return min([day for day in days if day >= after.first] or days)
    if look < 0:
        days = [day for day in days if (day - from_day).days <= (AHEAD if look == -1 else 0)] or days
    return min(days, key=lambda day: abs(day - from_day))


@dataclass(slots=True)
class FestivalDate(Date):
    """春节, 去年国庆, 虎年春节, 国庆中秋假期, 上一个春节."""

    festival: Festival
    #: 元旦|春节期间
    last: Festival | None = None
    #: its days off (期间, 假期), and whether a day beside it is meant (假期当天)
    holiday: bool = False
    beside: bool = False

    def resolve(self, scope: Scope) -> Resolved:
        rule, context, this = self.festival.rule, scope.context, scope.context.published.year
        late = rule.startswith("农12")
        year = scope.named_year if scope.year else context.year if context.year_here else None
        anchor: Anchor = scope.year.anchor if scope.year else "published" if year is None else "context"
        if year is None and (scope.year or this is None):
            return Resolved(When("day"))
        told = context.day.date if context.day is not None and not scope.year else None
        # 3月8日妇女节: of the date beside it
        if told is not None and told == day_of(rule, told.year - late) and not self.holiday:
            return Resolved(on(told), None, "context")
        years = [year - late] if year is not None else range((this or 0) - 2, (this or 0) + 2)
        days = [day for of in years if (day := day_of(rule, of))]
        found = _nearest(days, scope, 0 if year is not None else scope.look, scope.after)
        if found is None:
            return Resolved(When("day", year), None, anchor)
        if scope.hop:
            side = [day for day in days if (day - context.published.around).days * scope.hop > 0]
            found = _nearest(side, scope, 0, None) or found
        first = last = found
        if self.holiday and self.festival.holiday and not self.beside:
            first, last = days_off(self.festival.holiday, found)
            if self.last is not None and self.last.holiday:
                coming = (day_of(self.last.rule, of) for of in (found.year, found.year + 1))
                following = next((day for day in coming if day and day >= found), found)
                last = max(last, days_off(self.last.holiday, following)[1])
        return Resolved(on(first), on(last) if last != first else None, anchor)


@dataclass(slots=True)
class LunarDate(Date):
    """农历十月初十, 腊月, 闰二月初八, 初八."""

    month: int | None = None
    day: int | None = None
    leap: bool = False

    def resolve(self, scope: Scope) -> Resolved | None:
        context, year, month = scope.context, scope.named_year, self.month
        if month is None:
            if self.day is None or context.lunar is None:
                return None
            year, month = context.lunar
        if not 1 <= month <= 12 or (self.day is not None and not 1 <= self.day <= 30):
            raise MalformedError
        month = -month if self.leap else month
        anchor: Anchor = scope.year.anchor if scope.year else "published"
        this = context.published.year
        if year is None and (scope.year or this is None):
            return Resolved(When("day"), None, anchor)
        if year is not None:
            years = [year]
        elif context.year is not None and context.year_here:
            years = [context.year]
        else:
            years = list(range((this or 0) - 2, (this or 0) + 2))
        found = {day: of for of in years if (day := lunar_day(of, month, self.day or 1))}
        day = _nearest(list(found), scope, scope.look if year is None else 0, scope.after)
        if day is None:
            raise MalformedError
        context.lunar = (found[day], month)
        if self.day is not None:
            return Resolved(on(day), None, anchor)
        return Resolved(on(day), on(day + timedelta(days=months(found[day])[month].days - 1)), anchor)
