"""Dates as the text says them, each of which resolves itself: 11月25日, 今天, 上周五, 第三天, 年底, 去冬今春."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bulletinnlp.annotations import TimeAnchor as Anchor
from bulletinnlp.times.discourse import AHEAD, Anchors, DateExpression, Discourse, Resolved
from bulletinnlp.times.time_point import SEASONS, TimePoint, date_in, on, shift, shift_to_grain, week_of


@dataclass(slots=True)
class CalendarDate(DateExpression):
    """11月, 11月25日, 25日, 七八月份, 11月上旬, 前10个月."""

    month: int | None = None
    day: int | None = None
    #: 七八月份
    last_month: int | None = None
    #: first and last day of 上旬, 中旬, 下旬 (31: the last of the month)
    third: tuple[int, int] | None = None
    #: 前10个月
    up_to: bool = False
    #: a weekday stands beside it, or a word of the week: the date decides
    weekday: bool = False

    def resolve(self, anchors: Anchors) -> Resolved:
        published = anchors.discourse.published
        if self.month is None:
            if self.third is None:
                return _bare_day(self.day or 0, anchors)
            month = anchors.discourse.month or TimePoint("month", published.year, published.month)
            return _of_month(month, "context", None, self.third)
        if self.up_to:
            of = anchors.named_year or anchors.turned(date_in(published.year, self.month, 1), published.year)
            return Resolved(TimePoint("month", of, 1), TimePoint("month", of, self.month))
        month, anchor = self._month(anchors._replace(direction=0) if self.weekday else anchors)
        return _of_month(month, anchor, self.day, self.third, self.last_month)

    def _month(self, anchors: Anchors) -> tuple[TimePoint, Anchor]:
        if anchors.year:
            return TimePoint("month", anchors.named_year, self.month), anchors.year.anchor
        month, after, mentioned = self.month or 0, anchors.after, anchors.discourse.year
        if after is not None and after.year is not None:
            return TimePoint("month", after.year + (after.month is not None and month < after.month), month), "context"
        this = anchors.discourse.published.year
        day = date_in(this, month, self.day or 1)
        if mentioned is not None and not self._recent(anchors, day):
            return TimePoint("month", mentioned, month), "context"
        return TimePoint("month", anchors.turned(day, this, self.day is not None), month), "published"

    def _recent(self, anchors: Anchors, day: date | None) -> bool:
        """A day of the last weeks, or of the next, is the news, not of the year that an earlier sentence names."""
        discourse, today = anchors.discourse, anchors.discourse.published.date
        if self.day is None or today is None or day is None or discourse.year == today.year:
            return False
        ahead = (day - today).days
        return (anchors.direction > 0 and 0 < ahead < 120) or (not discourse.year_here and -20 <= ahead <= 0)


def _of_month(
    month: TimePoint, anchor: Anchor, day: int | None, third: tuple[int, int] | None, last_month: int | None = None
) -> Resolved:
    """A month, or a day or a third of it."""
    if day is not None:
        return Resolved(TimePoint("day", month.year, month.month, day), None, anchor)
    if third is None or month.year is None or month.month is None:
        return Resolved(month, replace(month, month=last_month) if last_month else None, anchor)
    last = min(third[1], monthrange(month.year, month.month)[1])
    first, end = (TimePoint("day", month.year, month.month, edge) for edge in (third[0], last))
    return Resolved(first, end, anchor)


def _bare_day(day: int, anchors: Anchors) -> Resolved:
    """15日: of the month named last, else of that of publication; what has happened does not lie ahead."""
    discourse, today, after = anchors.discourse, anchors.discourse.published.date, anchors.after
    anchor: Anchor = "context"
    if after is not None and after.month is not None:
        month = TimePoint("month", after.year, after.month)
        if after.day is not None and day < after.day:
            month = shift(month, 1, "month")
    elif discourse.month is not None:
        month, mentioned = _month_of_day(discourse, discourse.month, day), discourse.day
        if mentioned and mentioned.day and mentioned.month == month.month and day + 20 <= mentioned.day:
            following = shift(month, 1, "month")
            later = date_in(following.year, following.month, day)
            month = following if later and (today is None or later <= today) else month
    else:
        month, anchor = TimePoint("month", discourse.published.year, discourse.published.month), "published"
        if today is not None and day > today.day and anchors.direction <= 0:
            month = shift(month, -1, "month")
    return Resolved(TimePoint("day", month.year, month.month, day), None, anchor)


def _month_of_day(discourse: Discourse, named: TimePoint, day: int) -> TimePoint:
    """The month of a bare day: the one named in the sentence, else of those in play the one that brings it nearest."""
    today, mentioned, main = discourse.published.date, discourse.day, discourse.main_day
    if discourse.month_here or today is None or named.year is None or named.month is None:
        return named
    if main is not None and main == mentioned and discourse.last and discourse.last.day is None:
        return TimePoint("month", main.year, main.month)  # the month was named in a digression
    if abs((named.year - today.year) * 12 + named.month - today.month) > 1:
        return named
    in_play = [named, TimePoint("month", today.year, today.month)]
    if mentioned is not None and mentioned.month is not None:
        in_play.insert(1, TimePoint("month", mentioned.year, mentioned.month))
    days = {month: date_in(month.year, month.month, day) or date.max for month in in_play}
    past = [month for month in in_play if days[month] <= today]
    return min(past or in_play, key=lambda month: abs(days[month] - today))


@dataclass(slots=True)
class GlossedDay(DateExpression):
    """今（19）日, 上周五（25日）: the day of the month decides, near the one that the words say."""

    words: DateExpression
    day: int

    def resolve(self, anchors: Anchors) -> Resolved:
        words = self.words.resolve(anchors)
        near = words.start.date if words else None
        if near is None:
            return _bare_day(self.day, anchors)
        months = (shift(on(near), count, "month") for count in (-1, 0, 1))
        days = [day for month in months if (day := date_in(month.year, month.month, self.day))]
        return Resolved(on(min(days, key=lambda day: abs(day - near))) if days else TimePoint("day", day=self.day))


@dataclass(slots=True)
class Offset(DateExpression):
    """So many units from the publication (今天, 上月25日, 本季度, 下学期), or from what the text mentioned last (当天,
    前一天晚上, 当月25日)."""

    unit: str
    count: int
    anaphoric: bool = False
    day: int | None = None
    third: tuple[int, int] | None = None
    #: 昨今两天, 今明两年
    last: int | None = None

    @property
    def step(self) -> int:  # type: ignore[override]
        return self.count if self.anaphoric and self.unit == "day" else 0

    def resolve(self, anchors: Anchors) -> Resolved | None:
        discourse, published, count = anchors.discourse, anchors.discourse.published, self.count
        year, month = published.year, published.month
        if self.unit == "day" and self.anaphoric:
            base = discourse.day or discourse.last
            if base is None or base.undated or (base.year is None and base.day is None):
                return Resolved(TimePoint("day"), None, "context")
            return Resolved(shift(base.to_day, count, "day") if count else base.to_day, None, "context")
        if self.unit == "day":
            return Resolved(_day_from(discourse, count), None if self.last is None else _day_from(discourse, self.last))
        if self.unit == "year":
            first, last = (TimePoint("year", None if year is None else year + of) for of in (count, self.last or 0))
            return Resolved(first, last)
        if self.unit == "month":
            origin = discourse.month if self.anaphoric else TimePoint("month", year, month)
            unknown = TimePoint("month", None if self.anaphoric or count else year)
            found = (origin and shift_to_grain(origin, count, "month")) or unknown
            return _of_month(found, "context" if self.anaphoric else "published", self.day, self.third)
        if self.unit == "quarter":
            if year is None or month is None:
                return Resolved(TimePoint("quarter", None if count else year, nth="X"))
            quarters = 4 * year + (month - 1) // 3 + count
            return Resolved(TimePoint("quarter", quarters // 4, nth=quarters % 4 + 1))
        if year is None or month is None:  # a term of school; that of spring runs from February to July
            return Resolved(TimePoint("season", None if count else year, nth="XX"))
        terms = 2 * (year - (month == 1)) + (month == 1 or month >= 8) + count
        return Resolved(TimePoint("season", terms // 2, nth="FA" if terms % 2 else "SP"))


def _day_from(discourse: Discourse, days: int) -> TimePoint:
    if days == 0:
        return discourse.today or discourse.published.point
    return shift(discourse.published.point, days, "day") if discourse.published.date else TimePoint("day")


@dataclass(slots=True)
class NthDay(DateExpression):
    """第三天, from the day on which what is reported began."""

    nth: int
    step = 1

    def resolve(self, anchors: Anchors) -> Resolved | None:
        discourse = anchors.discourse
        if discourse.last is None:
            return Resolved(TimePoint("day"), None, "vague") if self.nth == 2 else None
        origin = discourse.origin or discourse.day or discourse.last
        day = origin.to_day
        return Resolved(shift(day, self.nth - 1, "day") if day.date else day, None, "context")


@dataclass(slots=True)
class Week(DateExpression):
    """本周, 上周五, 星期五, 周末, 上一个周五."""

    #: from that of publication
    offset: int | None = None
    weekday: int | None = None
    weekend: bool = False

    def resolve(self, anchors: Anchors) -> Resolved:
        discourse, after, today = anchors.discourse, anchors.after, anchors.discourse.published.date
        unit = "weekend" if self.weekend else "week"
        mentioned = discourse.day.date if discourse.day and discourse.day_here and after is None else None
        if self.weekday is not None and self.offset is None:
            if mentioned is not None and mentioned.isoweekday() == self.weekday:  # 10月12日，星期三
                return Resolved(on(mentioned), None, "context")
            if after is not None and after.date is not None:
                day = after.date + timedelta(days=(self.weekday - after.date.isoweekday()) % 7)
                return Resolved(on(day), None, "context")
        if today is None:
            year = None if self.offset else discourse.published.year
            return Resolved(TimePoint("day") if self.weekday else TimePoint(unit, year))
        if anchors.occurrence:
            ahead = (((self.weekday or 6) - today.isoweekday()) * anchors.occurrence - 1) % 7 + 1
            day = today + timedelta(days=anchors.occurrence * ahead)
            return Resolved(on(day) if self.weekday else week_of(day, "weekend"))
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=self.offset or 0)
        if self.weekday is None:
            return Resolved(week_of(monday, unit))
        day = monday + timedelta(days=self.weekday - 1)
        return Resolved(on(day - timedelta(days=7 * (anchors.direction == -2 and self.offset is None and day > today))))


@dataclass(slots=True)
class Fixed(DateExpression):
    """What has its dates by itself: “十四五”, 改革开放, 2023—2024学年."""

    start: TimePoint
    end: TimePoint | None = None

    def resolve(self, anchors: Anchors) -> Resolved:
        return Resolved(self.start, self.end, "explicit")


def _year_of(anchors: Anchors, begun: bool = False) -> tuple[int | None, Anchor]:
    """The year that a part without one is of: the one mentioned, else that of publication."""
    if anchors.year:
        return anchors.named_year, anchors.year.anchor
    mentioned, this = anchors.discourse.year, anchors.discourse.published.year
    year = mentioned if mentioned is not None and not begun and anchors.direction != 2 else this
    return year, "published" if mentioned is None else "context"


@dataclass(slots=True)
class PartOfYear(DateExpression):
    """上半年, 一季度, 前三季度 (`up_to`), 年底 (Q4), 年初 (Q1); the year as a whole; 岁末年初 (`turn`)."""

    unit: str = "year"
    nth: int | None = None
    up_to: bool = False
    #: by a word for the end or the beginning of a year (年底, 年初), not by number
    edge: bool = False

    def resolve(self, anchors: Anchors) -> Resolved:
        published, (year, anchor) = anchors.discourse.published, _year_of(anchors)
        free = not anchors.year and anchors.discourse.year is None
        if self.unit == "turn":
            turn = (published.year or 1) - (published.year is None or (published.month or 12) <= 6)
            return Resolved(TimePoint("quarter", turn, nth=4), TimePoint("quarter", turn + 1, nth=1))
        if free and self.edge and self.nth == 4:  # 年底, told in January
            year = year and year - (anchors.direction <= 0 and (published.month or 12) <= 2)
        elif free and self.unit == "quarter" and not self.edge:
            year = anchors.turned(date_in(year, 3 * (self.nth or 0) - 2, 1), year)
        last = TimePoint(self.unit, year, nth=self.nth)
        return Resolved(replace(last, nth=1), last, anchor) if self.up_to else Resolved(last, None, anchor)


@dataclass(slots=True)
class Seasons(DateExpression):
    """春天, 去冬今春, 入冬 (`begun`), 上一个冬天: the distance of the year, if the text has one, and the season."""

    seasons: list[tuple[int | None, str]] = field(default_factory=list)
    begun: bool = False

    def resolve(self, anchors: Anchors) -> Resolved:
        published, (year, anchor) = anchors.discourse.published, _year_of(anchors, self.begun)
        if anchors.occurrence and published.year:  # the last that is over
            seasons = [TimePoint("season", published.year + of, nth=self.seasons[0][1]) for of in range(-2, 3)]
            edges = {
                edge: season for season in seasons if (edge := season.last if anchors.occurrence < 0 else season.first)
            }
            return Resolved(edges[anchors.nearest_occurrence(edges) or published.around])
        found: list[TimePoint] = []
        for count, season in self.seasons:
            of = year if count is None or anchors.year else published.year and published.year + count
            if of and not anchors.year and anchors.discourse.year is None and (count or 0) >= 0:
                of -= season == "WI" and (published.month or 12) <= 2  # winter goes on
            first = TimePoint("season", of, nth=season).first
            if of and first and self.begun and count == 0 and (first - published.around).days > AHEAD:
                of -= 1  # 入冬以来 in March
            if of and found and count is None and SEASONS[season] < SEASONS[str(found[-1].nth)]:
                of += 1  # 冬春
            found.append(TimePoint("season", of, nth=season))
        return Resolved(found[0], found[1] if len(found) > 1 else None, anchor)


@dataclass(slots=True)
class Age(DateExpression):
    """Decades and centuries: 九十年代, 1990年代, 上世纪五六十年代, 18世纪."""

    decades: list[int] = field(default_factory=list)
    century: int | None = None
    #: from that of publication: 上世纪
    offset: int | None = None

    def resolve(self, anchors: Anchors) -> Resolved:
        this = anchors.discourse.published.year or 2000
        if self.decades and self.decades[0] >= 1000:  # 1990年代
            return Resolved(TimePoint("decade", self.decades[0]), None, "explicit")
        if self.century is not None:
            century = self.century - 1
        elif self.offset is not None:
            century = this // 100 + self.offset
        else:
            century = this // 100 - (self.decades[0] > this % 100)
        anchor: Anchor = "explicit" if self.century is not None else "published"
        decades = [TimePoint("decade", 100 * century + decade) for decade in self.decades]
        first, *others = decades or [TimePoint("century", 100 * century)]
        return Resolved(first, others[0] if others else None, anchor)
