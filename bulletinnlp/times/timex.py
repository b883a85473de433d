"""Finding and normalising the times of a text.

The times are found in the string of the kinds of lexemes, by a regular expression with a branch for each form of
time. What only looks like a time is left out, and the next branch that matches there is tried. The branch says how its
lexemes are read: as a duration or a recurrence, as counted from here (三年前), as a vague reference (近日), or as a
point or a range, which resolves in the discourse.

A time that is found moves the discourse on; one in a quotation or an attributive clause does so only within that.
Therefore the times are read in the order of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bulletinnlp.annotations import Time
from bulletinnlp.annotations import TimeAnchor as Anchor
from bulletinnlp.annotations import TimeKind as Kind
from bulletinnlp.text.plain import Visible, plain
from bulletinnlp.text.sentences import LIST_END
from bulletinnlp.times import false_positives, time_cues
from bulletinnlp.times.date_expressions import Offset
from bulletinnlp.times.discourse import Anchors, Discourse, InexactError, PublicationDate, Resolved
from bulletinnlp.times.durations import GRAIN, Duration, duration, recurrence
from bulletinnlp.times.festivals import LunarDate
from bulletinnlp.times.lexer import Lexeme, lex
from bulletinnlp.times.point_expressions import PointExpression
from bulletinnlp.times.point_parser import parse
from bulletinnlp.times.time_grammar import branches, code, scanner
from bulletinnlp.times.time_point import UNITS, TimePoint, shift, shift_to_grain

Stretch = tuple[int, int]
#: How many lexemes lie between the first number of a list (1、2、…日) and its unit at most.
LONGEST_LIST = 18
#: Unit that a range's second end shares with the first, and kinds that have it so.
_SHARED_UNIT = "月日季年时点"
_NUMBERS = ("number", "year_number")


def find(text: str, published: str | None = None) -> list[Time]:
    """The times of a text, in its order, resolved against the date of publication and against one another.

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
    """The times of some stretches of a text (eyebrow, headline, body), read one after the other as one discourse.

    What stands in the dateline is no find, but its day says when the text was written.
    """
    visible = Visible(text)
    read = plain(visible.text)
    found: list[Time] = []

    def scan(stretch: Stretch, discourse: Discourse, found: list[Time]) -> Discourse:
        return _Scan(read, visible.inside(stretch[0]), visible.inside(stretch[1]), discourse).collect(found)

    discourse = Discourse(PublicationDate.parse(published))
    if dateline:
        written = scan(dateline, discourse, [])
        discourse = Discourse(written.published, today=written.today)
    for stretch in stretches:
        discourse = scan(stretch, discourse, found)
    if read is text:
        return found
    printed = [visible.original(time.start, time.end) for time in found]
    return [time._replace(text=text[a:b], start=a, end=b) for time, (a, b) in zip(found, printed, strict=True)]


class _Scan:
    """One pass over a stretch of text."""

    def __init__(self, text: str, start: int, end: int, discourse: Discourse) -> None:
        self.text, self.start, self.end, self.discourse = text, start, end, discourse
        self.lexemes = lex(text, start, end)
        self.codes = "".join(map(code, [lexeme[0] for lexeme in self.lexemes]))
        self.sentence = start, start
        #: from where on the sentence is about what is done as a rule; its end where nowhere
        self.habitual_from = end
        self.ends = [match.end() for match in LIST_END.finditer(text, start, end)]
        #: the discourse outside of an embedded clause, and where that begins and ends
        self.outer: tuple[Discourse, int, int] | None = None

    def collect(self, found: list[Time]) -> Discourse:
        """Add the times to those found; returns the discourse as it stands at the end."""
        search = scanner().search
        at = 0
        while match := search(self.codes, at):
            at = match.start()
            start = self.lexemes[at].start
            self._leave(start)
            if self.discourse.day and (close := time_cues.quotation_end(self.text, self.start, start)):
                self._embed(start, close)
            self._enter(start)
            at += 1
            if time := self._read(match):
                found.append(time)
                while at < len(self.codes) and self.lexemes[at].start < time.end:
                    at += 1
        self._leave(self.end)
        return self.discourse

    def _embed(self, start: int, end: int) -> None:
        """What a quotation or an attributive clause mentions does not move the discourse outside of it."""
        if not self.outer:
            self.outer = replace(self.discourse), start, end

    def _leave(self, offset: int) -> None:
        """Go back to the discourse outside, if the embedded clause ends before."""
        if self.outer and offset >= self.outer[2]:
            self.discourse, start, _ = self.outer
            self.outer = None
            if "\n" in self.text[start:offset]:
                self.discourse.new_sentence(paragraph=True)

    def _read(self, match: re.Match[str]) -> Time | None:
        """The branch that matched, or the next in precedence that is no false positive."""
        if time := self._time(match):
            return time
        others = (pattern.match(self.codes, match.start()) for pattern in branches()[match.lastgroup or ""])
        return next((time for here in others if here and (time := self._time(here))), None)

    def _enter(self, offset: int) -> None:
        """Keep the bounds of the sentence; a new one ends what holds for a sentence only, a new paragraph more."""
        if self.sentence[0] <= offset < self.sentence[1]:
            return
        at, before = bisect_right(self.ends, offset), self.sentence[1]
        self.discourse.new_sentence(paragraph="\n" in self.text[max(before - 1, 0) : offset])
        self.sentence = (self.ends[at - 1] if at else self.start), (*self.ends[at : at + 1], self.end)[0]
        self.habitual_from = time_cues.habitual_from(self.text, *self.sentence)

    def _time(self, match: re.Match[str]) -> Time | None:
        branch, codes, lexemes = match.lastgroup or "", match.group(), self.lexemes[match.start() : match.end()]
        if false_positives.is_false(self.text, branch, codes, lexemes):
            return None
        match branch:
            case "set" | "beat":  # 每周二; 十分钟一班
                self.discourse.habitual |= branch == "set"
                return self._duration(lexemes, (recurrence if branch == "set" else duration)(lexemes), "SET")
            case "ago":  # 三年前
                return self._ago(lexemes)
            case "lately":  # 近三年来, 未来五年
                return self._lately(lexemes)
            case "compound" | "duration":  # 两年零三个月; 三天
                return self._lasting(lexemes)
            case "vague":  # 近日
                self.discourse.year = None
                return self._vague(lexemes, "PAST_REF" if lexemes[0].kind == "前" else lexemes[0].value)
            case "same":  # 去年同期
                return self._same(lexemes)
            case _:
                return self._point(branch, codes, lexemes)

    # --- durations, recurrences, vague references ---

    def _vague(self, lexemes: list[Lexeme], value: str) -> Time:
        start, end = lexemes[0].start, lexemes[-1].end
        return Time(self.text[start:end], start, end, "DATE", value, None, None, None, "vague")

    def _duration(self, lexemes: list[Lexeme], of: Duration, kind: Kind) -> Time:
        return self._vague(lexemes, of.value)._replace(type=kind, grain=GRAIN[of.finest], anchor="explicit")

    def _lasting(self, lexemes: list[Lexeme]) -> Time | None:
        if lexemes[0].kind == "近":
            lexemes = lexemes[1:]
        return None if lexemes[0].kind == "year_number" else self._duration(lexemes, duration(lexemes), "DURATION")

    def _lately(self, lexemes: list[Lexeme]) -> Time | None:
        """近三年来 is the past; 近 before a duration alone may be no more than almost."""
        if lexemes[0].kind == "近" and lexemes[-1].kind not in ("来", "since") and time_cues.almost(self.text, lexemes):
            return self._lasting(lexemes)
        return self._vague(lexemes, lexemes[0].value if lexemes[0].kind == "ahead" else "PAST_REF")

    def _ago(self, lexemes: list[Lexeme]) -> Time | None:
        """三年前, 20分钟后, 再过三天: counted from where the discourse stands."""
        again = lexemes[0].kind == "再"
        cut = next((at for at, lexeme in enumerate(lexemes) if lexeme.kind == "的"), len(lexemes))  # 三年前|的|今天
        sign = -1 if lexemes[cut - 1].kind == "前" else 1
        step = duration(lexemes[1:] if again else lexemes[: cut - 1]).step
        if step and cut < len(lexemes):
            same = parse(lexemes[cut + 1 :]).resolve(Anchors(self.discourse))
            if same is None or step[1] not in ("year", "month", "week", "day"):
                return None
            return self._resolved(lexemes, Resolved(shift(same.start, sign * step[0], step[1])))
        point = self._stepped(sign * step[0], step[1]) if step else None
        if point is None:
            return self._vague(lexemes, "FUTURE_REF" if sign > 0 else "PAST_REF")
        return self._resolved(lexemes, Resolved(point, None, "context"), keep=not again, step=sign)

    def _stepped(self, count: int, unit: str) -> TimePoint | None:
        """So many units from where the discourse stands. What lies back, and is no finer than what was mentioned, is
        counted from the publication."""
        discourse, last, published = self.discourse, self.discourse.last, self.discourse.published.point
        if unit == "year" and count >= 10 and last is None:
            return TimePoint("year", published.year)
        base = published
        if last is not None and not last.undated:
            as_fine = UNITS.index(last.unit) >= UNITS.index(unit)
            mentioned = discourse.year_here if unit in ("year", "month") else as_fine
            if unit in ("hour", "minute", "second"):
                base = discourse.time if discourse.time and not discourse.time.undated else discourse.day or published
            elif count > 0 or mentioned:
                base = last.to_day
        return shift_to_grain(base, count, unit)

    def _same(self, lexemes: list[Lexeme]) -> Time | None:
        """去年同期: the period just named, a year earlier."""
        period, named = self.discourse.period, parse(lexemes[:-1]).year
        start, end = period or (TimePoint("year", self.discourse.published.year), None)
        years = int(lexemes[-1].value) or (named and named.offset) or 0
        if named and named.number is not None and start.year is not None:
            years = named.number - start.year
        if period is None and not years:
            return None
        anchor: Anchor = "context" if period else "published"
        found = Resolved(shift(start, years, "year"), end and shift(end, years, "year"), anchor)
        return self._resolved(lexemes, found, keep=period is None)

    # --- points and ranges ---

    def _point(self, branch: str, codes: str, lexemes: list[Lexeme]) -> Time | None:
        try:
            if branch == "range":
                return self._range(lexemes)
            self.discourse.habitual |= not self.discourse.day_here and self.habitual_from < lexemes[0].start
            generic = time_cues.generic(self.text, codes, lexemes, self.sentence)
            if figure := time_cues.figure(self.text, codes, lexemes):
                return self._vague(lexemes, figure)
            point = parse(self._completed(lexemes))
            if generic:
                some = replace(point.clock.on(TimePoint("day")), undated=True) if point.clock else TimePoint("day")
                return self._resolved(lexemes, Resolved(some, None, "vague"), keep=False)
            span = lexemes[0].start, lexemes[-1].end
            direction = time_cues.direction(self.text, self.sentence, *span) if point.depends_on_direction else 0
            found = point.resolve(Anchors(self.discourse, direction))
            if found is None:
                return None
            back = point.step < 0 and found.start.day is None
            if back and false_positives.ruled("step back", self.text, codes, *span):
                return None  # 生日前一天
            if (close := time_cues.attribute_end(self.text, *span)) and self.discourse.lies_behind(found.start):
                self._embed(span[0], close)
            self._note_year(point, found, span)
            if point.clock or point.since:
                found = found._replace(mode=found.mode or point.mode, open=point.since)
            return self._resolved(lexemes, found, step=point.step, festival=point.is_festival)
        except InexactError:
            return None
        except (ValueError, OverflowError):  # no calendar has it, or ours does not reach so far
            kind: Kind = "TIME" if any(lexeme.kind in ("时", "点", "clock") for lexeme in lexemes) else "DATE"
            return self._vague(lexemes, "")._replace(type=kind, value=None, anchor="explicit")

    def _completed(self, lexemes: list[Lexeme]) -> list[Lexeme]:
        """10月15、16日: the unit of the last is that of the first."""
        if lexemes[-1].kind not in _NUMBERS or self.text[lexemes[-1].end : lexemes[-1].end + 1] != "、":
            return lexemes
        at = bisect_left(self.lexemes, lexemes[-1].end, key=lambda lexeme: lexeme.start)
        unit = next((x for x in self.lexemes[at : at + LONGEST_LIST] if x.kind in "日月季年"), None)
        return [*lexemes, unit] if unit else lexemes

    def _range(self, lexemes: list[Lexeme]) -> Time | None:
        direction = time_cues.direction(self.text, self.sentence, lexemes[0].start, lexemes[-1].end)
        cut = next(at for at, lexeme in enumerate(lexemes) if lexeme.kind == "至")
        left, right = lexemes[:cut], lexemes[cut + 1 :]
        while left[-1].kind == "since":
            left = left[:-1]
        unit = next((lexeme for lexeme in right if lexeme.kind in _SHARED_UNIT), None)
        if unit and left[-1].kind in (*_NUMBERS, "number_festival"):
            left = [*left, unit._replace(start=left[-1].end, end=left[-1].end)]
        first, second = parse(left), parse(right)
        of_lunar = isinstance(first.date, LunarDate) and first.date.day and not isinstance(second.date, LunarDate)
        if of_lunar and right[0].kind == "number" and not second.clock:  # 正月初一至十五
            second = PointExpression(date=LunarDate(day=int(right[0].value.value or 0)))
        start = first.resolve(Anchors(self.discourse, direction))
        if start is None:
            return None
        self._note_year(first, start, (left[0].start, left[-1].end))
        self.discourse.remember(start.start, start.end, first.mode)
        anchor = start.end or start.start
        end = second.resolve(Anchors(self.discourse, 1 if anchor.undated else direction, anchor))
        if end is None:
            return None
        last = end.end or end.start
        counted_on = isinstance(second.date, Offset) and second.date.anaphoric
        if start.start.undated and last.is_time and counted_on:  # 21时至次日5时
            last = replace(last, undated=True)
        elif start.start.undated and not last.undated:  # 22时到后天5时
            published = self.discourse.published.point
            day = published if (published.date or date.max) <= (last.date or date.min) else last
            dated = replace(start.start, undated=False, year=day.year, month=day.month, day=day.day)
            start = start._replace(start=dated)
        bounds = last.bounds, start.start.bounds
        if second.only_time and not last.undated and bounds[0] and bounds[1] and bounds[0][0] < bounds[1][0]:
            last = shift(last, 1, "day")
        self._note_year(second, end, (right[0].start, right[-1].end))
        whole = Resolved(start.start, last, start.anchor, second.mode or first.mode, second.since)
        return self._resolved(lexemes, whole)

    def _note_year(self, point: PointExpression, found: Resolved, span: tuple[int, int]) -> None:
        """A text that names a year goes on in it; what counts from the publication brings it back."""
        discourse, named, year = self.discourse, point.year, found.start.year
        if named and named.nth is None and named.zodiac is None and year is not None and not point.since:
            bare = found.start.unit == "year"
            if not (bare and time_cues.compared(self.text, *span, named.number is not None)):
                discourse.year, discourse.year_here = year, True
                if named.step is None:
                    discourse.origin_year = year
        elif point.deictic:
            discourse.year = None

    def _resolved(
        self, lexemes: list[Lexeme], found: Resolved, *, keep: bool = True, step: int = 0, festival: bool = False
    ) -> Time:
        start, end = lexemes[0].start, lexemes[-1].end
        if keep:
            self.discourse.remember(found.start, found.end, found.mode, step=step, festival=festival)
        if self.text[end : end + 1] in ("讯", "电"):
            self.discourse.date_from(found.start)
        kind: Kind = "TIME" if found.is_time else "DATE"
        return Time(self.text[start:end], start, end, kind, found.value, *found.interval, found.grain, found.anchor)
