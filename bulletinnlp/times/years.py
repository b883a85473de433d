"""Years, their parts, decades and centuries: 2021年, 年底, 一季度, 去冬今春, 上世纪九十年代."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bulletinnlp.times.scope import AHEAD, Anchor, Date, Resolved, Scope
from bulletinnlp.times.when import SEASONS, When, date_in


def _year_of(scope: Scope, begun: bool = False) -> tuple[int | None, Anchor]:
    """The year that a part without one is of: the one told of, else that of publication."""
    if scope.year:
        return scope.named_year, scope.year.anchor
    told, this = scope.context.year, scope.context.published.year
    year = told if told is not None and not begun and scope.look != 2 else this
    return year, "published" if told is None else "context"


@dataclass(slots=True)
class PartOfYear(Date):
    """上半年, 一季度, 前三季度 (`up_to`), 年底 (Q4), 年初 (Q1); the year as a whole; 岁末年初 (`turn`)."""

    unit: str = "year"
    nth: int | None = None
    up_to: bool = False
    #: by a word for the end or the beginning of a year (年底, 年初), not by number
    edge: bool = False

    def resolve(self, scope: Scope) -> Resolved:
        published, (year, anchor) = scope.context.published, _year_of(scope)
        free = not scope.year and scope.context.year is None
        if self.unit == "turn":
            turn = (published.year or 1) - (published.year is None or (published.month or 12) <= 6)
            return Resolved(When("quarter", turn, nth=4), When("quarter", turn + 1, nth=1))
        nth = self.nth or 0
        if free and self.edge and nth == 4 and scope.look <= 0 and (published.month or 12) <= 2 and year is not None:
            year -= 1
        elif free and self.unit == "quarter" and not self.edge and 1 <= nth <= 4:
            year = scope.turned(date_in(year, 3 * nth - 2, 1), year)
        last = When(self.unit, year, nth=self.nth)
        return Resolved(replace(last, nth=1), last, anchor) if self.up_to else Resolved(last, None, anchor)


@dataclass(slots=True)
class Seasons(Date):
    """春天, 去冬今春, 入冬 (`begun`), 上一个冬天: the distance of the year, if it is said, and the season."""

    seasons: list[tuple[int | None, str]] = field(default_factory=list)
    begun: bool = False

    def resolve(self, scope: Scope) -> Resolved:
        published, (year, anchor) = scope.context.published, _year_of(scope, self.begun)
        if scope.hop:  # the last that is over
            years = range((published.year or 2000) - 2, (published.year or 2000) + 3)
            found = [When("season", of, nth=self.seasons[0][1]) for of in years]
            edges = [(season, season.last if scope.hop < 0 else season.first) for season in found]
            side = [season for season, edge in edges if edge and (edge - published.around).days * scope.hop > 0]
            return Resolved(side[-1 if scope.hop < 0 else 0])
        found = []
        for count, season in self.seasons:
            of = year
            if count is not None and not scope.year:
                of = None if published.year is None else published.year + count
            if of is not None and not scope.year and scope.context.year is None and (count or 0) >= 0:
                of -= season == "WI" and published.month is not None and published.month <= 2  # winter goes on
            first = When("season", of, nth=season).first
            if of is not None and self.begun and count == 0 and first and (first - published.around).days > AHEAD:
                of -= 1  # 入冬以来 in March
            if of is not None and found and count is None and SEASONS[season] < SEASONS[str(found[-1].nth)]:
                of += 1
            found.append(When("season", of, nth=season))
        return Resolved(found[0], found[1] if len(found) > 1 else None, anchor)


@dataclass(slots=True)
class Age(Date):
    """Decades and centuries: 九十年代, 1990年代, 上世纪五六十年代, 18世纪."""

    decades: list[int] = field(default_factory=list)
    century: int | None = None
    #: from that of publication: 上世纪
    offset: int | None = None

    def resolve(self, scope: Scope) -> Resolved:
        this = scope.context.published.year or 2000
        if self.decades and self.decades[0] >= 1000:  # 1990年代
            return Resolved(When("decade", self.decades[0]), None, "explicit")
        if self.century is not None:
            century = self.century - 1
        elif self.offset is not None:
            century = this // 100 + self.offset
        else:
            century = this // 100 - (self.decades[0] > this % 100)
        anchor: Anchor = "explicit" if self.century is not None else "published"
        ends = [When("decade", 100 * century + decade) for decade in self.decades] or [When("century", 100 * century)]
        return Resolved(ends[0], ends[1] if len(ends) > 1 else None, anchor)
