"""The running context of an article: what a reader carries from one time expression to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bulletinnlp.times.when import When, on

_ISSUE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Issue:
    """The date of issue, as far as it is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, published: str | None) -> Issue:
        """From `2022-11-29`, `2022-11` or `2022`; None for an unknown date. ValueError for anything else.

        >>> Issue.parse("2022-11")
        Issue(year=2022, month=11, day=None)
        """
        if published is None:
            return cls()
        match = _ISSUE.fullmatch(published.strip())
        if not match:
            raise ValueError(
                f"published must be a day, a month or a year (2022-11-29, 2022-11, 2022), not {published!r}"
            )
        issue = cls(*(int(part) if part else None for part in match.groups()))
        try:
            date(issue.year or 1, issue.month or 1, issue.day or 1)
        except ValueError:
            raise ValueError(f"published is not a day of the calendar: {published!r}") from None
        return issue

    @property
    def date(self) -> date | None:
        """The day, None where only the month or the year is known."""
        return date(self.year, self.month, self.day) if self.year and self.month and self.day else None

    @property
    def around(self) -> date:
        """A day to measure nearness from: the middle of what is known."""
        return date(self.year or 2000, self.month or 7, self.day or 15)

    @property
    def when(self) -> When:
        return on(self.date) if self.date else When("day", self.year, self.month)


@dataclass(slots=True)
class Thread:
    """What has been named so far. Every field is None until the text names it."""

    issue: Issue
    #: the last point on the calendar, as fine as it was given
    last: When | None = None
    #: the last day, for times of day and bare days
    day: When | None = None
    #: the day from which 第二天, 第三天 count
    origin: When | None = None
    month: When | None = None
    #: a year the text tells of
    year: int | None = None
    #: the last time of day with its date, and how its part of the day counts hours
    time: When | None = None
    mode: str | None = None
    lunar: tuple[int, int] | None = None
    #: the last period, for 去年同期
    period: tuple[When, When | None] | None = None
    #: in a sentence that tells what is done as a rule, a time of day has no date
    habit: bool = False

    def remember(self, start: When, end: When | None, mode: str | None, stepped: bool = False) -> None:
        """Take in what was resolved last; `stepped` tells that it was counted from what came before (次日)."""
        point = end if end is not None and end.is_time else start
        if start.undated:
            self.time, self.mode = point, mode or self.mode
            return
        self.last, self.period = point, (start.to_day, end.to_day if end else None)
        if start.year is not None:
            if start.month is not None:
                self.month = When("month", start.year, start.month)
                if end is not None and end.month is not None:
                    self.month = When("month", end.year, end.month)
            if not stepped:
                self.origin = start.to_day if start.day is not None else None
            self.day = (point if point.is_time else start).to_day if start.day is not None else None
            if start.day is None and start.unit in ("month", "season", "year", "quarter"):
                self.day = None
        if point.is_time:
            self.time, self.mode = point, mode or (None if point.hour is not None else self.mode)
        else:
            self.time, self.mode = None, None
