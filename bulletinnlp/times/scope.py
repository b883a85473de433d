"""What a time expression is resolved in, and what it is resolved to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple

from bulletinnlp.times.context import Context
from bulletinnlp.times.when import When, shift

Anchor = Literal["explicit", "published", "context", "vague"]
#: A date further ahead than this was last year's, unless the sentence looks ahead.
AHEAD = 120
#: A year of two digits is the latest such year, also of the next ones: 到25年底 in 2022.
SOON = 10
#: A date longer ago than this is next year's, if the sentence looks ahead.
AGO = 200


class MalformedError(ValueError):
    """A number that its place does not allow."""


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

    def turned(self, day: date | None, year: int | None, exact: bool = False) -> int | None:
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
        """What it denotes; None where it denotes nothing. Raises MalformedError for what no calendar has."""
        raise NotImplementedError


def moved(point: When, days: int) -> When:
    """The same time of day so many days later."""
    day = shift(point.to_day, days, "day") or When("day")
    return replace(point, year=day.year, month=day.month, day=day.day) if point.is_time else day
