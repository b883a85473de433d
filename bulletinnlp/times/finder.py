"""Finding and normalising the times of a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Literal

from bulletinnlp.times import cues, refusals
from bulletinnlp.times.characters import PlainText
from bulletinnlp.times.grammar import branches, scanner
from bulletinnlp.times.lengths import GRAIN, Length, length, period
from bulletinnlp.times.lexer import Lexeme, lex
from bulletinnlp.times.reading import InexactError, MalformedError, Reading, read
from bulletinnlp.times.resolution import resolve, with_time
from bulletinnlp.times.resolved import Resolved, moved
from bulletinnlp.times.thread import Issue, Thread
from bulletinnlp.times.time import Time
from bulletinnlp.times.when import UNITS, When, carried, shift

Stretch = tuple[int, int]
Kind = Literal["DATE", "TIME", "DURATION", "SET"]
_SENTENCE_END = re.compile("[。！？；!?;\n]")
#: How many lexemes lie between the first number of a list (1、2、…日) and its unit at most.
LONGEST_LIST = 18
#: Unit that a range's second end shares with the first.
_SHARED_UNIT = "月日季年时点"


def find(text: str, published: str | None = None) -> list[Time]:
    """The times of a text, in its order, resolved against the date of issue and against one another.

    `published` is a day, a month or a year (2022-11-29, 2022-11, 2022) or None. Raises ValueError for anything else.

    >>> [(t.text, t.value) for t in find("11月13日早上6点集合，7点出发，次日返回。", "2022-11-29")]
    [('11月13日早上6点', '2022-11-13T06:00'), ('7点', '2022-11-13T07:00'), ('次日', '2022-11-14')]
    """
    return find_in(text, [(0, len(text))], published)


def normalise(expression: str, published: str | None = None) -> Time | None:
    """A single expression, None if it is no time as a whole.

    >>> normalise("去年冬至", "2022-11-29").value
    '2021-12-21'
    """
    found = find(expression.strip(), published)
    return found[0] if len(found) == 1 and found[0].text == expression.strip() else None


def find_in(
    text: str, stretches: Iterable[Stretch], published: str | None = None, dateline: Stretch | None = None
) -> list[Time]:
    """The times of some stretches of a text (eyebrow, headline, body), read one after the other as one telling.

    What stands in the dateline is no find, but its day says when the text was written.
    """
    plain = PlainText(text)
    found: list[Time] = []

    def scan(stretch: Stretch, thread: Thread, found: list[Time]) -> Thread:
        return _Scan(plain.text, plain.plain(stretch[0]), plain.plain(stretch[1]), thread).collect(found)

    thread = Thread(Issue.parse(published))
    if dateline:
        written = scan(dateline, thread, [])
        thread = Thread(written.issue, today=written.today)
    for stretch in stretches:
        thread = scan(stretch, thread, found)
    return found if plain.text is text else [plain.as_printed(time) for time in found]


class _Scan:
    """One pass over a stretch of text."""

    def __init__(self, text: str, start: int, end: int, thread: Thread) -> None:
        self.text, self.start, self.end, self.thread = text, start, end, thread
        self.lexemes, self.codes, self.index = lex(text, start, end)
        self.sentence, self.habit = (start, start), end
        #: the telling outside of what is set aside, and where that begins and ends
        self.aside: tuple[tuple[Any, ...], int, int] | None = None

    def collect(self, found: list[Time]) -> Thread:
        """Add the times to those found; returns the thread as it stands at the end."""
        search = scanner().search
        at = 0
        while match := search(self.codes, at):
            at = match.start()
            start = self.lexemes[self.index[at]].start
            self._return(start)
            if not self.aside and self.thread.day is not None and (close := cues.quoted(self.text, self.start, start)):
                self._set_aside(start, close)
            self._enter(start)
            time = self._read(match.lastgroup or "", match)
            if time is None:
                at += 1
                continue
            found.append(time)
            while at < len(self.codes) and (self.index[at] < 0 or self.lexemes[self.index[at]].start < time.end):
                at += 1
        self._return(self.end)
        return self.thread

    def _set_aside(self, start: int, end: int) -> None:
        """What a quotation or a clause in between tells of does not move the telling outside of it."""
        if not self.aside:
            self.aside = self.thread.scene(), start, end

    def _return(self, offset: int) -> None:
        """Go back to the telling outside, if what was set aside ends before."""
        if self.aside and offset >= self.aside[2]:
            scene, start, end = self.aside
            self.aside = None
            self.thread.set_scene(scene)
            if "\n" in self.text[start:offset]:
                self.thread.new_sentence(paragraph=True)

    def _read(self, first: str, match: re.Match[str]) -> Time | None:
        """The branch that matched, or the next in precedence that is not refused."""
        at, tried = match.start(), False
        for branch, pattern in branches().items():
            tried = tried or branch == first
            here = match if branch == first else pattern.match(self.codes, at) if tried else None
            if here is None:
                continue
            lexemes = [self.lexemes[self.index[i]] for i in range(at, here.end()) if self.index[i] >= 0]
            time = self._time(branch, here.group(), lexemes, at)
            if time is not None:
                return time
        return None

    def _enter(self, offset: int) -> None:
        """Keep the bounds of the sentence; a new one ends what holds for a sentence only, a new paragraph more."""
        if self.sentence[0] <= offset < self.sentence[1]:
            return
        before = self.sentence[1]
        begin = before
        for match in _SENTENCE_END.finditer(self.text, before, offset):
            begin = match.end()
        stop = _SENTENCE_END.search(self.text, offset, self.end)
        self.thread.new_sentence(paragraph="\n" in self.text[max(before - 1, 0) : offset])
        self.sentence = (begin, stop.end() if stop else self.end)
        self.habit = cues.habitual(self.text, *self.sentence)

    def _time(self, branch: str, codes: str, lexemes: list[Lexeme], at: int) -> Time | None:
        if refusals.refused(self.text, branch, codes, lexemes, self.codes[at - 1] if at else ""):
            return None
        match branch:
            case "set":
                self.thread.habit = True
                return self._period(lexemes, period(lexemes))
            case "beat":
                return self._period(lexemes, length(lexemes))
            case "ago":
                return self._ago(lexemes)
            case "lately":
                return self._lately(lexemes)
            case "compound" | "length":
                return self._length(lexemes)
            case "vague":
                self.thread.year = None
                value = "PAST_REF" if lexemes[0].code == "前" else lexemes[0].value
                return self._plain(lexemes, "DATE", value, None, "vague")
            case "same":
                return self._same(lexemes)
            case _:
                return self._point(branch, codes, lexemes)

    # --- lengths and sets ---

    def _plain(self, lexemes: list[Lexeme], kind: Kind, value: str, grain: str | None, anchor: str) -> Time:
        start, end = lexemes[0].start, lexemes[-1].end
        return Time(self.text[start:end], start, end, kind, value, None, None, grain, anchor)  # type: ignore[arg-type]

    def _period(self, lexemes: list[Lexeme], of: Length) -> Time:
        return self._plain(lexemes, "SET", of.value, GRAIN[of.finest], "explicit")

    def _length(self, lexemes: list[Lexeme]) -> Time | None:
        if lexemes[0].code == "近":
            lexemes = lexemes[1:]
        if lexemes[0].code == "y":
            return None
        of = length(lexemes)
        return self._plain(lexemes, "DURATION", of.value, GRAIN[of.finest], "explicit")

    def _lately(self, lexemes: list[Lexeme]) -> Time | None:
        """近三年来 is the past; 近 before a length alone may be no more than almost."""
        if lexemes[0].code == "近" and lexemes[-1].code not in "来o" and cues.almost(self.text, lexemes):
            return self._length(lexemes)
        value = lexemes[0].value if lexemes[0].code == "未" else "PAST_REF"
        return self._plain(lexemes, "DATE", value, None, "vague")

    def _ago(self, lexemes: list[Lexeme]) -> Time | None:
        """三年前, 20分钟后, 再过三天: counted from where the telling stands."""
        again = lexemes[0].code == "再"
        cut = next((at for at, lexeme in enumerate(lexemes) if lexeme.code == "的"), len(lexemes))  # 三年前|的|今天
        sign = 1 if again else int(lexemes[cut - 1].value)
        of = length(lexemes[1:] if again else lexemes[: cut - 1])
        step = of.step
        if step is None:
            return self._plain(lexemes, "DATE", "FUTURE_REF" if sign > 0 else "PAST_REF", None, "vague")
        count, unit = step
        if cut < len(lexemes):
            return self._same_day(lexemes, cut + 1, sign * count, unit)
        base = self._base(unit, sign)
        late = unit == "year" and sign > 0 and count >= 10 and self.thread.last is None
        moved = self._year(0) if late else shift(base, sign * count, unit)
        if moved is None:
            return self._plain(lexemes, "DATE", "FUTURE_REF" if sign > 0 else "PAST_REF", None, "vague")
        return self._resolved(lexemes, Resolved(moved, None, "context"), False, None, keep=not again, step=sign)

    def _same_day(self, lexemes: list[Lexeme], cut: int, count: int, unit: str) -> Time | None:
        """三年前的今天: a day of the issue, so many years, months or days away."""
        found = resolve(read(lexemes[cut:]), self.thread, 0)
        months = {"year": 12, "month": 1}.get(unit)
        if found is None or (months is None and unit not in ("week", "day")):
            return None
        days = 7 if unit == "week" else 1
        day = carried(found.start, months * count) if months else moved(found.start, days * count)
        return self._resolved(lexemes, Resolved(day), False, None)

    def _base(self, unit: str, sign: int) -> When:
        """Where the telling stands. Years and months ago count from the issue, unless the sentence told of a year."""
        thread = self.thread
        issue = When("day", thread.issue.year, thread.issue.month, thread.issue.day)
        if thread.last is None or thread.last.undated:
            return issue
        if sign < 0 and unit in ("year", "month") and not thread.year_here:
            return issue
        if sign < 0 and UNITS.index(thread.last.unit) < UNITS.index(unit) < UNITS.index("part"):
            return issue
        if unit in ("hour", "minute", "second"):
            return thread.time if thread.time is not None and not thread.time.undated else thread.day or issue
        return thread.last.to_day

    def _same(self, lexemes: list[Lexeme]) -> Time | None:
        """去年同期: the period just named, a year earlier."""
        period, issue = self.thread.period, self.thread.issue.year
        named = read(lexemes[:-1])
        years = int(lexemes[-1].value) or named.year_shift or 0
        if named.year is not None:
            from_year = period[0].year if period else issue
            years = named.year - (named.year if from_year is None else from_year)
        if period is None:
            return None if not years else self._resolved(lexemes, Resolved(self._year(years)), False, None)
        start, end = (carried(point, 12 * years) if point else None for point in period)
        return self._resolved(lexemes, Resolved(start or When("year"), end, "context"), False, None, keep=False)

    def _year(self, count: int) -> When:
        year = self.thread.issue.year
        return When("year", None if year is None else year + count)

    # --- points and ranges ---

    def _point(self, branch: str, codes: str, lexemes: list[Lexeme]) -> Time | None:
        look = cues.look(self.text, self.sentence, lexemes[0].start, lexemes[-1].end)
        try:
            if branch == "range":
                return self._range(codes, lexemes, look)
            self.thread.habit |= not self.thread.day_here and self.habit < lexemes[0].start
            generic = cues.generic(self.text, codes, lexemes, self.sentence)
            figure = cues.figure(self.text, codes, lexemes)
            if figure:
                return self._plain(lexemes, "DATE", figure, None, "vague")
            reading = read(self._completed(lexemes))
            if generic:
                point = _unknown(reading)
                return self._resolved(lexemes, Resolved(point, None, "vague"), False, None, keep=False)
            found = resolve(reading, self.thread, look)
            if found is None:
                return None
            unknown = (reading.day_step or 0) < 0 and found.start.day is None
            if unknown and refusals.attached(self.text, lexemes[0].start):  # 生日前一天
                return None
            span = lexemes[0].start, lexemes[-1].end
            if self.thread.lies_behind(found.start) and (close := cues.subordinate(self.text, span[1])):
                self._set_aside(span[0], close)
            self._tell(reading, found, span)
            step = reading.day_step or (0 if reading.ordinal is None else 1)
            mode = found.mode or reading.mode
            feast = reading.feast is not None and not (reading.has_time or "a" in codes)
            return self._resolved(lexemes, found, reading.open, mode, step=step, feast=feast)
        except InexactError:
            return None
        except (MalformedError, ValueError, OverflowError):  # no calendar has it, or ours does not reach so far
            kind: Kind = "TIME" if any(lexeme.code in "时点k" for lexeme in lexemes) else "DATE"
            return self._plain(lexemes, kind, "", None, "explicit")._replace(value=None)

    def _completed(self, lexemes: list[Lexeme]) -> list[Lexeme]:
        """10月15、16日: the unit of the last is that of the first."""
        if lexemes[-1].code not in "Ny" or self.text[lexemes[-1].end : lexemes[-1].end + 1] != "、":
            return lexemes
        at = bisect_left(self.lexemes, lexemes[-1].end, key=lambda lexeme: lexeme.start)
        unit = next((x for x in self.lexemes[at : at + LONGEST_LIST] if x.code in "日月季年"), None)
        return [*lexemes, unit] if unit else lexemes

    def _range(self, codes: str, lexemes: list[Lexeme], look: int) -> Time | None:
        cut = next(i for i, lexeme in enumerate(lexemes) if lexeme.code == "至")
        left, right = lexemes[:cut], lexemes[cut + 1 :]
        while left[-1].code == "o":
            left = left[:-1]
        if left[-1].code in "Nyf" and (unit := next((x for x in right if x.code in _SHARED_UNIT), None)):
            left = [*left, unit._replace(start=left[-1].end, end=left[-1].end)]
        first, second = read(left), read(right)
        if first.lunar and first.day and right[0].code == "N" and not second.lunar and not second.has_time:
            second = Reading(lunar=True, day=int(right[0].value.value or 0))  # 正月初一至十五
        start = resolve(first, self.thread, look)
        if start is None:
            return None
        self._tell(first, start, (left[0].start, left[-1].end))
        self.thread.remember(start.start, start.end, first.mode)
        anchor = start.end or start.start
        end = resolve(second, self.thread, 1 if anchor.undated else look, after=anchor)
        if end is None:
            return None
        last = end.end or end.start
        if start.start.undated and last.is_time and second.day_step is not None:  # 21时至次日5时
            last = replace(last, undated=True)
        elif start.start.undated and not last.undated:  # 22时到后天5时
            issue = self.thread.issue.when
            day = issue if (issue.date or date.max) <= (last.date or date.min) else last
            dated = replace(start.start, undated=False, year=day.year, month=day.month, day=day.day)
            start = start._replace(start=dated)
        if second.only_time and not last.undated and _before(last, start.start):
            last = _next_day(last)
        found = Resolved(start.start, last, start.anchor)
        self._tell(second, end, (right[0].start, right[-1].end))
        return self._resolved(lexemes, found, second.open, second.mode or first.mode)

    def _tell(self, reading: Reading, found: Resolved, span: tuple[int, int]) -> None:
        """A text that names a year goes on in it; what counts from the day of issue brings it back."""
        thread, year = self.thread, found.start.year
        if reading.names_year and year is not None and not reading.open:
            bare = found.start.unit == "year"
            if not (bare and cues.compared(self.text, *span, reading.year is not None)):
                thread.year, thread.year_here = year, True
                if reading.year_step is None:
                    thread.origin_year = year
        elif reading.day_shift is not None or reading.month_shift is not None or reading.week_shift is not None:
            thread.year = None

    def _resolved(
        self,
        lexemes: list[Lexeme],
        found: Resolved,
        is_open: bool,
        mode: str | None,
        keep: bool = True,
        step: int = 0,
        feast: bool = False,
    ) -> Time:
        start, end = found.start, found.end
        if keep:
            self.thread.remember(start, end, mode, step=step, feast=feast)
        if self.text[lexemes[-1].end : lexemes[-1].end + 1] in ("讯", "电"):
            self.thread.date_from(start)
        kind: Kind = "TIME" if start.is_time or (end is not None and end.is_time) else "DATE"
        value = start.value
        if is_open:
            value += "/.."
        elif end is not None:
            value += f"/{end.value}"
        begin, until = _interval(start, end, is_open)
        first, last = lexemes[0].start, lexemes[-1].end
        grain = (end or start).unit if not start.is_time else start.unit
        return Time(self.text[first:last], first, last, kind, value, begin, until, grain, found.anchor)


def _interval(start: When, end: When | None, is_open: bool) -> tuple[str | None, str | None]:
    bounds = start.bounds
    if bounds is None:
        return None, None
    if is_open:
        return bounds[0].isoformat(), None
    if end is None:
        return bounds[0].isoformat(), bounds[1].isoformat()
    last = end.bounds
    until: datetime | None = None
    if last is not None:
        until = last[0] if end.is_time and end.unit != "part" else last[1]
    return bounds[0].isoformat(), until.isoformat() if until else None


def _before(last: When, start: When) -> bool:
    ends = last.bounds, start.bounds
    return bool(ends[0] and ends[1] and ends[0][0] < ends[1][0])


def _next_day(point: When) -> When:
    day = shift(point.to_day, 1, "day")
    if day is None:
        return point
    return When(point.unit, day.year, day.month, day.day, point.hour, point.minute, point.second, point.nth)


def _unknown(reading: Reading) -> When:
    """What is meant in general: 次日 → XXXX-XX-XX, 上午 → TMO."""
    if reading.has_time:
        return replace(with_time(When("day"), reading), undated=True)
    return When("month" if reading.month_step is not None else "year" if reading.year_step is not None else "day")
