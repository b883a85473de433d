"""From the lexemes of a point of time to its typed expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bulletinnlp.times.date_expressions import (
    Age,
    CalendarDate,
    Fixed,
    GlossedDay,
    NthDay,
    Offset,
    PartOfYear,
    Seasons,
    Week,
)
from bulletinnlp.times.discourse import DateExpression, InexactError, YearExpression
from bulletinnlp.times.festivals import FestivalDate, LunarDate
from bulletinnlp.times.lexer import Lexeme
from bulletinnlp.times.numerals import Number, about, number
from bulletinnlp.times.point_expressions import Clock, NthPart, PointExpression
from bulletinnlp.times.time_point import TimePoint


def parse(lexemes: list[Lexeme]) -> PointExpression:
    """The point that lexemes say, without what its surroundings say of it.

    >>> from bulletinnlp.times.lexer import lex
    >>> parse(lex("去年11月25日", 0, 8)).date
    CalendarDate(month=11, day=25, last_month=None, third=None, up_to=False, weekday=False)
    """
    parser = _Parser()
    for kind, value, _, _ in lexemes:
        parser.take(kind, value)
    if isinstance(parser.point.date, LunarDate):
        parser.take("", None)  # 正月十五
    return parser.point


def _whole(number: Number) -> int:
    if number.value is None or number.value != int(number.value):
        raise InexactError(number.text)
    return int(number.value)


#: 最后一
_LAST = Number(-1, "最后一")
#: Units that a period has several of.
_PARTS = {"季": "quarter", "月": "month", "周": "week", **dict.fromkeys("日天", "day"), "weekday": "weekday"}
_PARTS |= {"年": "year", "weekend": "weekend"}


class _Parser:
    """Takes in lexeme by lexeme: numbers wait for their unit, a word makes a date or says more of the one before."""

    __slots__ = ("era", "numbers", "ordinal", "point", "up_to")

    def __init__(self) -> None:
        self.point = PointExpression()
        self.numbers: list[Number] = []
        self.ordinal = self.up_to = False
        #: first year of an era, 0 for 公元, -1 for 公元前
        self.era: int | None = None

    def take(self, kind: str, value: Any) -> None:
        if kind == "number" or kind == "year_number":
            self.numbers.append(value)
            return
        date = self.point.date
        if kind == "bare_day":
            self.numbers, kind = [value], "日"
        elif isinstance(date, LunarDate) and date.month:
            if kind == "number_festival":  # 正月十一
                self.numbers, kind = [number(value.name)], "日"
            elif self.numbers and date.day is None and kind not in ("日", "月"):  # 正月十五|夜
                date.day = _whole(self.numbers.pop())
        if self.ordinal and self.numbers and kind in _PARTS and (kind != "季" or self.numbers[-1] is _LAST):
            self._nth(_whole(self.numbers[-1]), _PARTS[kind], value)
        elif unit := _UNITS.get(kind):
            if isinstance(date, Offset) and date.last is not None:
                date.unit = "year" if kind == "年" else "day"
            elif self.numbers:
                unit(self, self.numbers[-1])
        elif word := _WORDS.get(kind):
            word(self, value)
            if kind in _GOES_ON:
                return
        else:
            return
        self.numbers, self.ordinal = [], False

    def part_of(self, kind: type[Any]) -> Any:
        """The time of day, or the date as one of a kind, to be filled."""
        date = self.point.date
        if kind is Clock:
            self.point.clock = self.point.clock or Clock()
            return self.point.clock
        if not isinstance(date, kind):
            self.point.date = kind()
            if kind is LunarDate and isinstance(date, CalendarDate):
                self.point.date = LunarDate(date.month)
        return self.point.date

    def say(self, date: DateExpression, deictic: bool = False) -> None:
        self.point.date, self.point.deictic = date, self.point.deictic or deictic

    def _nth(self, nth: int, unit: str, value: Any) -> None:
        point = self.point
        self.holiday(None)
        if point.date or point.year:
            period = PointExpression(point.year, point.date, deictic=point.deictic)
            point.date = NthPart(period, nth, unit, value if unit == "weekday" else None)
        elif unit == "year":
            point.year = YearExpression(nth=nth)
        else:
            point.date = NthDay(nth)

    # --- units, behind a number ---

    def year(self, n: Number) -> None:
        if n.text[-1] == "几":  # 八几年
            self.part_of(Age).decades = [10 * _whole(number(n.text[0]))]
        elif self.era:
            self.point.year = YearExpression(-_whole(n) if self.era < 0 else self.era + _whole(n) - 1)
        else:
            self.point.year = YearExpression(_whole(n), short=len(n.text) <= 2 and self.era is None)

    def month(self, n: Number) -> None:
        date, month = self.point.date, _whole(n)
        if isinstance(date, LunarDate):
            date.month = month
        else:
            last = month + 1 if about(n.text) and not self.up_to else None
            self.say(CalendarDate(month, None, last, None, self.up_to, isinstance(date, Week)))

    def day(self, n: Number) -> None:
        match self.point.date:
            case CalendarDate() | LunarDate() | Offset(unit="month") as date:
                date.day = _whole(n)
            case Offset(unit="day", last=None) | Week(offset=int()) as words:
                self.say(GlossedDay(words, _whole(n)))
            case Week() | None as week:
                self.say(CalendarDate(day=_whole(n), weekday=week is not None))

    def hour(self, n: Number) -> None:
        clock = self.part_of(Clock)
        clock.hour = _whole(n)
        if clock.short_of and clock.minute is not None:  # 差十分九点
            clock.minute, clock.hour = 60 - clock.minute, clock.hour - 1

    def decade(self, n: Number) -> None:
        """90 → 90; 五六十 → 50, 60."""
        two = len(n.text) == 3 and n.text[-1] == "十" and n.text[0] != "十"
        self.part_of(Age).decades = [10 * _whole(number(digit)) for digit in n.text[:2]] if two else [_whole(n)]

    def school_year(self, n: Number) -> None:
        first = _whole(self.numbers[0])
        self.say(Fixed(TimePoint("year", first), TimePoint("year", _whole(n) if len(self.numbers) > 1 else first + 1)))

    # --- words ---

    def festival(self, festival: Any) -> None:
        date = self.point.date
        if not isinstance(date, FestivalDate):
            self.say(FestivalDate(festival))
        elif date.festival.rule != festival.rule:  # 元旦春节期间
            date.last = festival

    def holiday(self, _: Any) -> None:
        if isinstance(self.point.date, FestivalDate):
            self.point.date.holiday = True

    def last(self, _: Any) -> None:
        self.ordinal, self.numbers = True, [_LAST]

    def iso(self, value: tuple[int | None, int, int]) -> None:
        self.point.year = None if value[0] is None else YearExpression(value[0])
        self.say(CalendarDate(*value[1:]))

    def at(self, value: tuple[int, ...]) -> None:
        """18:20, 18:20:05."""
        clock = self.part_of(Clock)
        clock.hour, clock.minute, clock.second = (*value, None)[:3]

    def part(self, value: str) -> None:
        clock, (code, mode) = self.part_of(Clock), value.split()
        clock.part, clock.mode = "dawn" if mode == "dawn" else code, mode

    def half_past(self, _: Any) -> None:
        if (clock := self.part_of(Clock)).hour is not None and clock.minute is None:
            clock.minute = 30

    def days(self, value: str) -> int:
        """The number of days of a word; `-1 EV eve` (昨晚) also says the part of the day."""
        count, _, part = value.partition(" ")
        if part:
            self.part(part)
        return int(count)

    def month_edge(self, _: Any) -> None:
        """月底 leaves the month before it as it is; alone it is of this month."""
        if self.point.date is None:
            self.say(Offset("month", 0), True)

    def day_offset(self, value: str) -> None:
        self.say(Offset("day", self.days(value)), True)

    def day_step(self, value: str) -> None:
        """So many days from the day mentioned; behind a day, from that."""
        match self.point.date:
            case FestivalDate() as festival:
                festival.beside, self.point.days = True, self.days(value)
            case GlossedDay() | NthPart() | Offset(unit="day", anaphoric=False, last=None):
                self.point.days = self.days(value)
            case CalendarDate(day=int()) | LunarDate(day=int()) | Offset(day=int()):
                self.point.days = self.days(value)
            case LunarDate() | Offset(last=int()) | Offset(unit="month", anaphoric=True):
                self.days(value)
            case _:
                self.say(Offset("day", self.days(value), anaphoric=True))

    def weekday(self, value: Any) -> None:
        """A day beside it stays; what is coarser gives way."""
        match self.point.date:
            case CalendarDate(day=int()) as date:
                date.weekday = True
            case FestivalDate() | LunarDate() | GlossedDay() | NthDay() | NthPart():
                pass
            case Offset(unit="day") | Offset(anaphoric=True) | Offset(day=int()) | Offset(last=int()):
                pass
            case _:
                self.part_of(Week).weekday = int(value)

    def third(self, value: str) -> None:
        date = self.point.date if isinstance(self.point.date, Offset) else self.part_of(CalendarDate)
        date.third = tuple(map(int, value.split()))

    def season(self, value: str) -> None:
        """`FA WI`, or with the distance of its year before it: `-1 WI`."""
        first, *rest = value.split()
        years = None if first.isupper() else int(first)
        self.part_of(Seasons).seasons += [(years, season) for season in ([first, *rest] if years is None else rest)]

    def edge(self, value: str) -> None:
        """初 and 末 leave a month, a quarter, a decade, a century as it is; of a year and a plan they make another."""
        date = self.point.date
        if isinstance(date, Fixed) and date.end:
            date.start, date.end = date.end, None
        elif self.point.year and date is None:
            self.year_part(value)

    def year_part(self, value: str) -> None:
        if self.numbers:  # 2018|年底
            self.year(self.numbers[-1])
        self.say(PartOfYear("quarter", int(value[1]), edge=True) if value[0] == "Q" else PartOfYear())

    def epoch(self, value: str) -> None:
        """`1949-10-01`, `2012-11`, `1978`."""
        year, month, day = (*map(int, value.split("-")), None, None)[:3]
        self.say(Fixed(TimePoint("day" if day else "month" if month else "year", year, month, day)))


Word = Callable[[_Parser, Any], object]


def _date(make: Callable[[Any], Any], deictic: bool = False) -> Word:
    """A word that says the date by itself."""
    return lambda parser, value: parser.say(make(value), deictic)


def _year(slot: str) -> Word:
    """A word that says the year by a number of its own."""
    make: Callable[..., YearExpression] = YearExpression
    return lambda parser, value: setattr(parser.point, "year", make(**{slot: int(value)}))


def _fill(kind: type[Any], slot: str, fixed: Any = None, factor: int = 1) -> Word:
    """A word or a unit that fills a slot of the point, of its date, of its time of day, or of what goes before them."""

    def fill(parser: _Parser, value: Any) -> None:
        of = parser if kind is _Parser else parser.point if kind is PointExpression else parser.part_of(kind)
        number = _whole(value) if isinstance(value, Number) else int(value or 0)
        setattr(of, slot, factor * number if fixed is None else fixed)

    return fill


#: Words behind which a number before them still waits for its unit.
_GOES_ON = frozenset(("lunar", "bare_minute", "第", "last", "前"))
#: What a number before a unit says.
_UNITS: dict[str, Word] = {
    "年": _Parser.year, "月": _Parser.month, **dict.fromkeys("日天）", _Parser.day), "代": _Parser.decade,
    "季": lambda parser, n: parser.say(PartOfYear("quarter", _whole(n), parser.up_to)), "学": _Parser.school_year,
    **dict.fromkeys("时点", _Parser.hour), "分": _fill(Clock, "minute"), "秒": _fill(Clock, "second"),
    "刻": _fill(Clock, "minute", factor=15), "纪": _fill(Age, "century"),
}  # fmt: skip
#: What a word says by its value.
_WORDS: dict[str, Word] = {
    "第": _fill(_Parser, "ordinal", True), "前": _fill(_Parser, "up_to", True), "last": _Parser.last,
    **dict.fromkeys(("era", "common_era", "before_common_era"), _fill(_Parser, "era")),
    "year_offset": _year("offset"), "year_step": _year("step"), "zodiac": _year("zodiac"),
    "occurrence": _fill(PointExpression, "occurrence"),
    "元": lambda parser, _: setattr(parser.point, "year", YearExpression(parser.era)),
    "since": _fill(PointExpression, "since", True),
    "whole_year": lambda parser, _: setattr(parser.point, "year", parser.point.year or YearExpression(offset=0)),
    **dict.fromkeys(("day_offset", "part_offset"), _Parser.day_offset),
    "month_offset": _date(lambda n: Offset("month", int(n)), True), "week_offset": _date(lambda n: Week(int(n)), True),
    "quarter_offset": _date(lambda n: Offset("quarter", int(n)), True),
    "term_offset": _date(lambda n: Offset("term", int(n))),
    "month_step": _date(lambda n: Offset("month", int(n), anaphoric=True)),
    "month_edge": _Parser.month_edge,
    **dict.fromkeys(("day_step", "part_step"), _Parser.day_step), "named_month": _date(lambda n: CalendarDate(int(n))),
    "century_offset": _fill(Age, "offset"),
    "day_pair": _date(lambda days: Offset("day", int(days.split()[0]), last=int(days.split()[1]))),
    "part_of_year": _date(lambda part: PartOfYear(part.split()[0], int(part.split()[1]))),
    "year_turn": _date(lambda _: PartOfYear("turn")), "edge": _Parser.edge,
    **dict.fromkeys(("season", "season_word", "seasons", "vacation", "season_offset"), _Parser.season),
    "season_begun": _date(lambda season: Seasons([(0, season)], begun=True)), "year_part": _Parser.year_part,
    "weekday": _Parser.weekday, "weekend": _fill(Week, "weekend", True), "旬": _Parser.third,
    **dict.fromkeys(("festival", "number_festival", "weather_term"), _Parser.festival),
    **dict.fromkeys(("during", "假"), _Parser.holiday), "lunar": lambda parser, _: parser.part_of(LunarDate),
    **dict.fromkeys(("大", "lunar_month"), _fill(LunarDate, "month")), "lunar_day": _fill(LunarDate, "day"),
    "闰": _fill(LunarDate, "leap", True), "epoch": _Parser.epoch, "iso_date": _Parser.iso, "clock": _Parser.at,
    "plan": _date(lambda year: Fixed(TimePoint("year", year), TimePoint("year", year + 4))),
    **dict.fromkeys(("day_part", "晚", "夜"), _Parser.part), "半": _Parser.half_past,
    "差": _fill(Clock, "short_of", True), "bare_minute": _fill(Clock, "minute"),
}  # fmt: skip
