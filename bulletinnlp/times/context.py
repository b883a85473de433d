"""What time expressions are resolved in, and what they are resolved to: the running context of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812
from functools import lru_cache
from typing import NamedTuple

from bulletinnlp.annotations import TimeAnchor as Anchor
from bulletinnlp.times.when import When, on

#: How many days back a flashback ends with its paragraph.
LONG_AGO = 30
_PUBLISHED = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")


class PublicationDate(NamedTuple):
    """The date of publication, as far as it is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    #: the day, None where only the month or the year is known
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
        if not match:
            raise ValueError(
                f"published must be a day, a month or a year (2022-11-29, 2022-11, 2022), not {published!r}"
            )
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            date = Day(year or 1, month or 1, day or 1)
            return cls(year, month, day, date if day else None)
        except ValueError:
            raise ValueError(f"published is not a day of the calendar: {published!r}") from None

    @property
    def around(self) -> Day:
        """A day to measure nearness from: the middle of what is known."""
        return Day(self.year or 2000, self.month or 7, self.day or 15)

    @property
    def when(self) -> When:
        return on(self.date) if self.date else When("day", self.year, self.month)


@dataclass(slots=True)
class Context:
    """What has been named so far. Every field is None until the text names it."""

    published: PublicationDate
    #: the day that the dateline names, if it is not that of the publication
    today: When | None = None
    #: the last point on the calendar, as fine as it was given
    last: When | None = None
    #: the last day, for times of day and bare days
    day: When | None = None
    #: the day from which 第二天, 第三天 count
    origin: When | None = None
    month: When | None = None
    #: whether the month was named in this paragraph, of a time that is past
    month_here: bool = False
    #: a year the text tells of
    year: int | None = None
    #: whether it was named in this sentence
    year_here: bool = False
    #: the year from which 第二年, 第三年 count
    origin_year: int | None = None
    #: the last day was one of several: times of day beside it have no date of their own
    several: bool = False
    #: the last time of day with its date, and how its part of the day counts hours
    time: When | None = None
    mode: str | None = None
    lunar: tuple[int, int] | None = None
    #: the last period, for 去年同期
    period: tuple[When, When | None] | None = None
    #: in a sentence that tells what is done as a rule, a time of day has no date
    habitual: bool = False
    #: whether a day was named in this sentence
    day_here: bool = False
    #: the latest day told of that is not ahead: a new paragraph goes on from it
    main: When | None = None
    #: the last day was given with its hour: the telling is there, and a new paragraph goes on with it
    timed: bool = False

    def remember(
        self, start: When, end: When | None, mode: str | None, *, step: int = 0, festival: bool = False
    ) -> None:
        """Take in what was resolved last.

        `step` tells that it was counted on (1) or back (-1) from what came before, `festival` that it is one by name.
        """
        point = end if end and end.is_time else start
        if start.undated:
            self.time, self.mode = point, mode or self.mode
            return
        if step < 0:  # the day before does not move the telling
            return
        self.last = point
        if not point.is_time:
            self.period = (start, end)
        if start.year is None:
            return
        same = False
        if start.month is not None and not (festival and self.month):
            last = end if end and end.month is not None else start
            self.month, self.month_here = When("month", last.year, last.month), not self._ahead(last)
        if start.day is not None and not (festival and self.day):
            day = (point if point.is_time else start).to_day
            same = self.day == day
            self.day, self.day_here, self.habitual, self.timed = day, True, False, point.is_time
            if not festival:
                self._note_main(day)
            self.several = end is not None and not end.is_time
            if not step:
                self.origin = start.to_day
        if point.is_time:
            self.time, self.mode = point, mode or (None if point.hour is not None else self.mode)
        elif start.day is not None and not same and not festival:
            self.time, self.mode = None, None

    def lies_behind(self, point: When) -> bool:
        """Whether a point lies before the day told of, or is no more than a year that is past."""
        told = self.day or self.last
        if told is None:
            return point.unit == "year" and point.year != self.published.year
        return bool(point.first and told.first and point.first < told.first)

    def date_from(self, written: When) -> None:
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
        if self.day is None or self.main is None or self.day == self.main:
            return
        aside = self._ahead(self.day) and not self.several
        if paragraph:  # a day with its hour goes on, but not one of months ago
            told, main = self.day.date, self.main.date
            aside = not (self.several or self.timed) or bool(told and main and (main - told).days > LONG_AGO)
        if aside:
            self.day = self.origin = self.main
            self.several, self.time, self.mode = False, None, None

    def _ahead(self, point: When) -> bool:
        first = point.first
        return first is not None and self.published.date is not None and first > self.published.date

    def _note_main(self, day: When) -> None:
        told, today = day.date, self.published.date
        if told is not None and (today is None or told <= today) and day != self.main:
            known = self.main.date if self.main else None
            self.main = day if known is None or told > known else self.main


#: A date further ahead than this was last year's, unless the sentence looks ahead.
AHEAD = 120
#: A year of two digits is the latest such year, also of the next ones: 到25年底 in 2022.
SOON = 10
#: A date longer ago than this is next year's, if the sentence looks ahead.
AGO = 200


class InexactError(ValueError):
    """A number that no calendar can have: 几, 1.5."""


class Resolved(NamedTuple):
    """A point or a period, and how it was found."""

    start: When
    end: When | None = None
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


class Year(NamedTuple):
    """A year: 2022年 (`number`), 去年 (`offset` from the year of publication), 次年 (`step` from the year named last),
    第二年 (`nth` of what the text tells of), 虎年 (`zodiac`: the nearest)."""

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

    def resolve(self, context: Context) -> int | None:
        """The number of the year, None where it is not known."""
        this, last = context.published.year, context.last
        if self.number is not None:
            return (this or 2000) + SOON - ((this or 2000) + SOON - self.number) % 100 if self.short else self.number
        if self.offset is not None:
            return None if this is None else this + self.offset
        if self.zodiac is not None:
            around = this or 2000
            return min(range(around - 6, around + 7), key=lambda year: (year % 12 != self.zodiac, abs(year - around)))
        if self.nth is not None:
            first = context.origin_year or context.year or (last.year if last else None)
            return None if first is None else first + self.nth - 1
        return None if last is None or last.year is None or self.step is None else last.year + self.step


class Scope(NamedTuple):
    """What a date is resolved in.

    `look` is where the sentence looks: 1 ahead, -1 back, 0 does not say; 2, -2 where the word beside the date says so.
    `after` is the first end of a range, `year` the year that stands before the date, `hop` -1 or 1 for the last or the
    next of its kind from the publication (上一个周五).
    """

    context: Context
    look: int = 0
    after: When | None = None
    year: Year | None = None
    hop: int = 0

    @property
    def named_year(self) -> int | None:
        return self.year and self.year.resolve(self.context)

    def hopped(self, days: Iterable[Day]) -> Day | None:
        """The last or the next of the days from the publication, as `hop` says."""
        around = self.context.published.around
        side = [day for day in days if (day - around).days * self.hop > 0]
        return min(side, key=lambda day: abs(day - around), default=None)

    def turned(self, day: Day | None, year: int | None, exact: bool = False) -> int | None:
        """The year of a date without one: that of publication, or across its turn the side that the sentence looks to.

        An `exact` day just after the turn is ahead also where the sentence does not say.
        """
        published, look = self.context.published, self.look
        if year is None or published.month is None or day is None:
            return year
        ahead = (day - published.around).days
        if ahead > (AGO if look > 0 else AHEAD):
            return year - 1
        if ahead < -AGO and (look > 0 or (exact and look == 0 and published.month > 10 and ahead < -320)):
            return year + 1
        return year


class Date:
    """A date as the text says it. `step` is how it is counted from what was told: on (1), back (-1), not at all (0)."""

    __slots__ = ()
    step: int = 0

    def resolve(self, scope: Scope) -> Resolved | None:
        """What it denotes; None for nothing (第三天 with nothing before). ValueError for what no calendar has."""
        raise NotImplementedError
