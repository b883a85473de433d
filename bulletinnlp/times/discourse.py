"""What time expressions are resolved in, and what they are resolved to: the running discourse of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812
from functools import lru_cache
from typing import NamedTuple

from bulletinnlp.annotations import TimeAnchor as Anchor
from bulletinnlp.times.time_point import TimePoint, date_in, on

#: How many days back a flashback ends with its paragraph.
LONG_AGO = 30
_PUBLISHED = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")


class PublicationDate(NamedTuple):
    """The date of publication: a day, a month or a year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    #: the day, None where there is only a month or a year
    date: Day | None = None

    @classmethod
    @lru_cache(maxsize=256)
    def parse(cls, published: str | None) -> PublicationDate:
        """From `2022-11-29`, `2022-11` or `2022`; None for an unknown date. ValueError for anything else.

        >>> PublicationDate.parse("2022-11")
        PublicationDate(year=2022, month=11, day=None, date=None)
        """
        if published is None:
            return cls()
        match = _PUBLISHED.fullmatch(published.strip())
        year, month, day = (int(part) if part else None for part in match.groups()) if match else (None, None, None)
        first = date_in(year or 1, month or 1, day or 1)
        if match is None or first is None:
            raise ValueError(
                f"published must be a day of the calendar, a month or a year (2022-11-29, 2022-11, 2022): {published!r}"
            )
        return cls(year, month, day, first if day else None)

    @property
    def around(self) -> Day:
        """A day to measure nearness from: the middle of the month or year."""
        return Day(self.year or 2000, self.month or 7, self.day or 15)

    @property
    def point(self) -> TimePoint:
        return on(self.date) if self.date else TimePoint("day", self.year, self.month)


@dataclass(slots=True)
class Discourse:
    """What has been named so far. Every field is None until the text names it."""

    published: PublicationDate
    #: the day that the dateline names, if it is not that of the publication
    today: TimePoint | None = None
    #: the last point on the calendar, as fine as the text has it
    last: TimePoint | None = None
    #: the last day, for times of day and bare days
    day: TimePoint | None = None
    #: the day from which 第二天, 第三天 count
    origin: TimePoint | None = None
    month: TimePoint | None = None
    #: whether the month was named in this paragraph, of a time that is past
    month_here: bool = False
    #: a year that the text is about
    year: int | None = None
    #: whether it was named in this sentence
    year_here: bool = False
    #: the year from which 第二年, 第三年 count
    origin_year: int | None = None
    #: the last day was one of several: times of day beside it have no date of their own
    several: bool = False
    #: the last time of day with its date, and how its part of the day counts hours
    time: TimePoint | None = None
    mode: str | None = None
    lunar: tuple[int, int] | None = None
    #: the last period, for 去年同期
    period: tuple[TimePoint, TimePoint | None] | None = None
    #: in a sentence about what is done as a rule, a time of day has no date
    habitual: bool = False
    #: whether a day was named in this sentence
    day_here: bool = False
    #: the latest day mentioned that is not ahead: a new paragraph goes on from it
    main_day: TimePoint | None = None
    #: the last day has an hour: a new paragraph goes on with it
    timed: bool = False

    def remember(
        self, start: TimePoint, end: TimePoint | None, mode: str | None, *, step: int = 0, festival: bool = False
    ) -> None:
        """Take in what was resolved last.

        `step` says that it was counted on (1) or back (-1) from what came before, `festival` that it is one by name.
        """
        point = end if end and end.is_time else start
        if start.undated:
            self.time, self.mode = point, mode or self.mode
            return
        if step < 0:  # the day before does not move the discourse
            return
        self.last = point
        if not point.is_time:
            self.period = (start, end)
        if start.year is None:
            return
        same = False
        if start.month is not None and not (festival and self.month):
            last = end if end and end.month is not None else start
            self.month, self.month_here = TimePoint("month", last.year, last.month), not self._ahead(last)
        if start.day is not None and not (festival and self.day):
            day = (point if point.is_time else start).to_day
            same = self.day == day
            self.day, self.day_here, self.habitual, self.timed = day, True, False, point.is_time
            if not festival:
                self._note_main_day(day)
            self.several = end is not None and not end.is_time
            if not step:
                self.origin = start.to_day
        if point.is_time:
            self.time, self.mode = point, mode or (None if point.hour is not None else self.mode)
        elif start.day is not None and not same and not festival:
            self.time, self.mode = None, None

    def lies_behind(self, point: TimePoint) -> bool:
        """Whether a point lies before the day mentioned, or is no more than a year that is past."""
        mentioned = self.day or self.last
        if mentioned is None:
            return point.unit == "year" and point.year != self.published.year
        return bool(point.first and mentioned.first and point.first < mentioned.first)

    def date_from(self, written: TimePoint) -> None:
        """The day of a dateline is today; where the publication is of days later, all is counted from it."""
        day, today = written.date, self.published.date
        if day is None or written.is_time or today is None or not 0 < (today - day).days < 100:
            return
        self.today = written
        if (today - day).days > 1:
            self.published = PublicationDate(day.year, day.month, day.day, day)

    def new_sentence(self, paragraph: bool) -> None:
        """What holds for a sentence ends with it, what holds for a paragraph with that."""
        self.habitual = self.year_here = self.day_here = False
        if paragraph:
            self.year, self.month_here = None, False
        if self.day is None or self.main_day is None or self.day == self.main_day:
            return
        digression = self._ahead(self.day) and not self.several
        if paragraph:  # a day with its hour goes on, but not one of months ago
            mentioned, main = self.day.date, self.main_day.date
            digression = not (self.several or self.timed) or bool(
                mentioned and main and (main - mentioned).days > LONG_AGO
            )
        if digression:
            self.day = self.origin = self.main_day
            self.several, self.time, self.mode = False, None, None

    def _ahead(self, point: TimePoint) -> bool:
        first = point.first
        return first is not None and self.published.date is not None and first > self.published.date

    def _note_main_day(self, day: TimePoint) -> None:
        mentioned, today = day.date, self.published.date
        if mentioned is not None and (today is None or mentioned <= today) and day != self.main_day:
            latest = self.main_day.date if self.main_day else None
            self.main_day = day if latest is None or mentioned > latest else self.main_day


#: A date further ahead than this was last year's, unless the sentence is about the future.
AHEAD = 120
#: A year of two digits is the latest such year, also of the next ones: 到25年底 in 2022.
SOON = 10
#: A date longer ago than this is next year's, if the sentence is about the future.
AGO = 200


class InexactError(ValueError):
    """A number that no calendar can have: 几, 1.5."""


class Resolved(NamedTuple):
    """A point or a period, and how it was found."""

    start: TimePoint
    end: TimePoint | None = None
    anchor: Anchor = "published"
    #: how hours count in it, for a bare hour after it
    mode: str | None = None
    #: 11月以来
    open: bool = False

    @property
    def is_time(self) -> bool:
        return self.start.is_time or (self.end is not None and self.end.is_time)

    @property
    def value(self) -> str:
        """TIMEX3: 2022-11-13/2022-11-15, 2022-11/.."""
        return self.start.value + ("/.." if self.open else f"/{self.end.value}" if self.end else "")

    @property
    def grain(self) -> str:
        return self.start.unit if self.start.is_time or not self.end else self.end.unit

    @property
    def interval(self) -> tuple[str | None, str | None]:
        """Begin and end (exclusive) as ISO timestamps, None where there is none."""
        first = self.start.bounds
        last = self.end.bounds if self.end else first
        if first is None or last is None or self.open:
            return first and first[0].isoformat(), None
        at_hour = self.end is not None and self.end.is_time and self.end.unit != "part"  # 8时至10时
        return first[0].isoformat(), last[0 if at_hour else 1].isoformat()


class YearExpression(NamedTuple):
    """A year: 2022年 (`number`), 去年 (`offset` from the year of publication), 次年 (`step` from the year named last),
    第二年 (`nth` from the year that the text is about), 虎年 (`zodiac`: the nearest)."""

    number: int | None = None
    offset: int | None = None
    step: int | None = None
    nth: int | None = None
    zodiac: int | None = None
    #: written with two digits: 17年
    short: bool = False

    @property
    def anchor(self) -> Anchor:
        explicit = self.number is not None or self.zodiac is not None
        return "explicit" if explicit else "published" if self.offset is not None else "context"

    def resolve(self, discourse: Discourse) -> int | None:
        """The number of the year, None where the text does not say it."""
        this, last = discourse.published.year, discourse.last
        if self.number is not None:
            return (this or 2000) + SOON - ((this or 2000) + SOON - self.number) % 100 if self.short else self.number
        if self.offset is not None:
            return None if this is None else this + self.offset
        if self.zodiac is not None:
            around = this or 2000
            return min(range(around - 6, around + 7), key=lambda year: (year % 12 != self.zodiac, abs(year - around)))
        if self.nth is not None:
            first = discourse.origin_year or discourse.year or (last.year if last else None)
            return None if first is None else first + self.nth - 1
        return None if last is None or last.year is None or self.step is None else last.year + self.step


class Anchors(NamedTuple):
    """What a date is resolved in.

    `direction` is what the sentence is about: 1 the future, -1 the past, 0 it does not say; 2, -2 where the word beside
    the date says so. `after` is the first end of a range, `year` the year that stands before the date, `occurrence` -1
    or 1 for the last or the next of its kind from the publication (上一个周五).
    """

    discourse: Discourse
    direction: int = 0
    after: TimePoint | None = None
    year: YearExpression | None = None
    occurrence: int = 0

    @property
    def named_year(self) -> int | None:
        return self.year and self.year.resolve(self.discourse)

    @property
    def stated_year(self) -> tuple[int | None, Anchor]:
        """The year that stands before the date, or in its sentence, and how it was found."""
        if self.year:
            return self.named_year, self.year.anchor
        year = self.discourse.year if self.discourse.year_here else None
        return year, "published" if year is None else "context"

    def nearest_occurrence(self, days: Iterable[Day]) -> Day | None:
        """The last or the next of the days from the publication, as `occurrence` says."""
        around = self.discourse.published.around
        side = [day for day in days if (day - around).days * self.occurrence > 0]
        return min(side, key=lambda day: abs(day - around), default=None)

    def turned(self, day: Day | None, year: int | None, exact: bool = False) -> int | None:
        """The year of a date without one: that of publication, or across its turn the side that the sentence is about.

        An `exact` day just after the turn is ahead also where the sentence does not say.
        """
        published, direction = self.discourse.published, self.direction
        if year is None or published.month is None or day is None:
            return year
        ahead = (day - published.around).days
        if ahead > (AGO if direction > 0 else AHEAD):
            return year - 1
        if ahead < -AGO and (direction > 0 or (exact and direction == 0 and published.month > 10 and ahead < -320)):
            return year + 1
        return year


class DateExpression:
    """A date as the text says it. `step`: whether it is counted on (1) or back (-1) from what was mentioned, else 0."""

    __slots__ = ()
    step: int = 0

    def resolve(self, anchors: Anchors) -> Resolved | None:
        """What it denotes; None for nothing (第三天 with nothing before). ValueError for what no calendar has."""
        raise NotImplementedError
