"""The running context of an article: what a reader carries from one time expression to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812

from bulletinnlp.times.when import When, on

#: How many days back a flashback ends with its paragraph.
LONG_AGO = 30
_PUBLISHED = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """The date of issue, as far as it is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    #: the day, None where only the month or the year is known
    date: Date | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        known = self.year and self.month and self.day
        object.__setattr__(self, "date", Date(self.year or 1, self.month or 1, self.day or 1) if known else None)

    @classmethod
    def parse(cls, published: str | None) -> PublicationDate:
        """From `2022-11-29`, `2022-11` or `2022`; None for an unknown date. ValueError for anything else.

        >>> PublicationDate.parse("2022-11")
        PublicationDate(year=2022, month=11, day=None)
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
            Date(year or 1, month or 1, day or 1)
            return cls(year, month, day)
        except ValueError:
            raise ValueError(f"published is not a day of the calendar: {published!r}") from None

    @property
    def around(self) -> Date:
        """A day to measure nearness from: the middle of what is known."""
        return Date(self.year or 2000, self.month or 7, self.day or 15)

    @property
    def when(self) -> When:
        return on(self.date) if self.date else When("day", self.year, self.month)


@dataclass(slots=True)
class Context:
    """What has been named so far. Every field is None until the text names it."""

    published: PublicationDate
    #: the day that the dateline names, if it is not that of the issue
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
        """The day of a dateline is today; where the issue is of days later, all is counted from it."""
        day, issue = written.date, self.published.date
        if day is None or written.is_time or issue is None or not 0 < (issue - day).days < 100:
            return
        self.today = written
        if (issue - day).days > 1:
            self.published = PublicationDate(day.year, day.month, day.day)

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
        told, known, issue = day.date, self.main.date if self.main else None, self.published.date
        if told is not None and (issue is None or told <= issue) and (known is None or told > known):
            self.main = day
