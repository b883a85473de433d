"""What a point of time is resolved to, and the year it is in: shared by the modules that resolve."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple

from bulletinnlp.times.reading import Reading
from bulletinnlp.times.thread import Thread
from bulletinnlp.times.when import When, shift

Anchor = Literal["explicit", "published", "context", "vague"]
#: A date further ahead than this was last year's, unless the sentence looks ahead.
AHEAD = 120
#: A year of two digits is the latest such year, also of the next ones: 到25年底 in 2022.
SOON = 10
#: A date longer ago than this is next year's, if the sentence looks ahead.
AGO = 200


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


def named_year(r: Reading, thread: Thread) -> int | None:
    """The year that the reading names."""
    if r.year is not None:
        if not r.short_year:
            return r.year
        this = thread.issue.year or 2000
        return this + SOON - (this + SOON - r.year) % 100
    if r.year_shift is not None:
        return None if thread.issue.year is None else thread.issue.year + r.year_shift
    if r.year_step is not None:
        base = thread.last.year if thread.last is not None else None
        return None if base is None else base + r.year_step
    return None


def year_anchor(r: Reading) -> Anchor:
    return "explicit" if r.year is not None else "context" if r.year_step is not None else "published"


def turned(thread: Thread, day: date | None, look: int, year: int | None, exact: bool = False) -> int | None:
    """The year of a date without one: the year of issue, or across its turn the side that the sentence looks to.

    An `exact` day just after the turn is ahead also where the sentence does not say.
    """
    issue = thread.issue
    if year is None or issue.month is None or day is None:
        return year
    ahead = (day - issue.around).days
    if ahead > (AGO if look > 0 else AHEAD):
        return year - 1
    if ahead < -AGO and (look > 0 or (exact and look == 0 and issue.month > 10 and ahead < -320)):
        return year + 1
    return year


def moved(point: When, days: int) -> When:
    """The same time of day so many days later."""
    day = shift(point.to_day, days, "day") or When("day")
    return replace(point, year=day.year, month=day.month, day=day.day) if point.is_time else day
