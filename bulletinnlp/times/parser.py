"""From the lexemes of a point of time to its typed expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bulletinnlp.times.dates import CalendarDate, DayStep, Fixed, GlossedDay, MonthStep, NthDay, Offset, Pair, Week
from bulletinnlp.times.festivals import FestivalDate, LunarDate
from bulletinnlp.times.lexer import Lexeme
from bulletinnlp.times.numerals import Number, about, number
from bulletinnlp.times.points import Clock, NthPart, Point
from bulletinnlp.times.scope import InexactError, Year
from bulletinnlp.times.when import When
from bulletinnlp.times.years import Age, PartOfYear, Seasons


def parse(lexemes: list[Lexeme]) -> Point:
    """The point that lexemes say, before anything is known of its surroundings.

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
#: The part of the day of a compound word: 昨晚, 今晨.
_IN_COMPOUND = {"晚": "EV eve", "夜": "NI night", "晨": "MO am"}


class _Parser:
    """Takes in lexeme by lexeme: numbers wait for their unit, a word makes a date or says more of the one before."""

    def __init__(self) -> None:
        self.point = Point()
        self.numbers: list[Number] = []
        self.ordinal = self.up_to = False
        #: first year of an era, 0 for 公元, -1 for 公元前
        self.era: int | None = None
        self.zodiac: int | None = None
        self.hop = 0

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
        elif word := _WORDS.get(kind):
            word(self, value)
            if kind in _GOES_ON:
                return
        elif unit := _UNITS.get(kind):
            if isinstance(date, Pair):
                date.unit = "year" if kind == "年" else "day"
            elif self.numbers:
                unit(self, self.numbers[-1])
        else:
            return
        self.numbers, self.ordinal = [], False

    @property
    def clock(self) -> Clock:
        """The time of day, to be filled."""
        if self.point.clock is None:
            self.point.clock = Clock()
        return self.point.clock

    @property
    def age(self) -> Age:
        """The decade or century, to be filled."""
        if not isinstance(self.point.date, Age):
            self.point.date = Age()
        return self.point.date

    def _nth(self, nth: int, unit: str, value: Any) -> None:
        point = self.point
        if point.date is None and point.year is None:
            if unit == "year":
                point.year = Year(nth=nth)
            else:
                point.date = NthDay(nth)
            return
        if isinstance(point.date, FestivalDate):
            point.date.holiday = True
        period = Point(point.year, point.date, counted=point.counted)
        point.date = NthPart(period, nth, unit, value if unit == "weekday" else None)

    # --- units, behind a number ---

    def year(self, n: Number) -> None:
        if n.text[-1] == "几":  # 八几年
            self.age.decades = [10 * _whole(number(n.text[0]))]
        elif self.era:
            self.point.year = Year(-_whole(n) if self.era < 0 else self.era + _whole(n) - 1)
        else:
            self.point.year = Year(_whole(n), short=len(n.text) <= 2 and self.era is None)

    def month(self, n: Number) -> None:
        date, month = self.point.date, _whole(n)
        if isinstance(date, LunarDate):
            date.month = month
            return
        last = month + 1 if about(n.text) and not self.up_to else None
        self.point.date = CalendarDate(month, None, last, None, self.up_to, isinstance(date, Week))

    def day(self, n: Number) -> None:
        date, day = self.point.date, _whole(n)
        match date:
            case CalendarDate() | LunarDate() | MonthStep() | Offset(unit="month"):
                date.day = day
            case Offset(unit="day") | Week(offset=int()):
                self.point.date = GlossedDay(date, day)
            case Week() | None:
                self.point.date = CalendarDate(day=day, weekday=date is not None)

    def hour(self, n: Number) -> None:
        clock = self.clock
        clock.hour = _whole(n)
        if clock.short_of and clock.minute is not None:  # 差十分九点
            clock.minute, clock.hour = 60 - clock.minute, clock.hour - 1

    def decade(self, n: Number) -> None:
        """90 → 90; 五六十 → 50, 60."""
        two = len(n.text) == 3 and n.text[-1] == "十" and n.text[0] != "十"
        self.age.decades = [10 * _whole(number(digit)) for digit in n.text[:2]] if two else [_whole(n)]

    # --- words ---

    def festival(self, festival: Any) -> None:
        date = self.point.date
        if not isinstance(date, FestivalDate):
            self.point.date = FestivalDate(festival, zodiac=self.zodiac, hop=self.hop)
        elif date.festival.rule != festival.rule:  # 元旦春节期间
            date.last = festival

    def holiday(self, _: Any) -> None:
        if isinstance(self.point.date, FestivalDate):
            self.point.date.holiday = True

    def last(self, _: Any) -> None:
        self.ordinal, self.numbers = True, [_LAST]

    def iso(self, value: tuple[int | None, int, int]) -> None:
        self.point.year = None if value[0] is None else Year(value[0])
        self.point.date = CalendarDate(*value[1:])

    def at(self, value: tuple[int, ...]) -> None:
        """18:20, 18:20:05."""
        self.clock.hour, self.clock.minute, self.clock.second = (*value, None)[:3]

    def part(self, value: str) -> None:
        code, mode = value.split()
        self.clock.part, self.clock.mode = "dawn" if mode == "dawn" else code, mode

    def half_past(self, _: Any) -> None:
        if self.clock.hour is not None and self.clock.minute is None:
            self.clock.minute = 30

    def counted(self, date: Offset | Week) -> None:
        self.point.date, self.point.counted = date, True

    def day_offset(self, value: str) -> None:
        """`1`, or with the part of the day `-1 晚`."""
        count, *part = value.split()
        self.counted(Offset("day", int(count)))
        if part:
            self.part(_IN_COMPOUND[part[0]])

    def day_step(self, value: str) -> None:
        """So many days from the day told of; behind a day, from that."""
        count, *part = value.split()
        match self.point.date:
            case GlossedDay() | NthPart() | Offset(unit="day") | FestivalDate():
                self.point.days = int(count)
            case CalendarDate(day=int()) | LunarDate(day=int()) | Offset(day=int()) | MonthStep(day=int()):
                self.point.days = int(count)
            case MonthStep() | LunarDate() | Pair():
                pass
            case _:
                self.point.date = DayStep(int(count))
        if isinstance(self.point.date, FestivalDate):
            self.point.date.beside = True
        if part:
            self.part(_IN_COMPOUND[part[0]])

    def weekday(self, value: Any) -> None:
        match self.point.date:
            case None:
                self.point.date = Week(weekday=int(value), hop=self.hop)
            case Week() as week:
                week.weekday = int(value)
            case CalendarDate() as date:
                date.weekday = True

    def weekend(self, _: Any) -> None:
        if not isinstance(self.point.date, Week):
            self.point.date = Week(hop=self.hop)
        self.point.date.weekend = True

    def third(self, value: str) -> None:
        if self.point.date is None:
            self.point.date = CalendarDate()
        if isinstance(self.point.date, CalendarDate | MonthStep | Offset):
            first, last = value.split()
            self.point.date.third = int(first), int(last)

    def season(self, value: str) -> None:
        """`FA WI`, or with the distance of its year before it: `-1 WI`."""
        first, *rest = value.split()
        years = None if first.isupper() else int(first)
        if not isinstance(self.point.date, Seasons):
            self.point.date = Seasons([], hop=self.hop)
        self.point.date.seasons += [(years, season) for season in ([first, *rest] if years is None else rest)]

    def month_edge(self, _: Any) -> None:
        """月底 leaves the month before it as it is; alone it is of this month."""
        if self.point.date is None:
            self.counted(Offset("month", 0))

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
        self.point.date = PartOfYear("quarter", int(value[1]), edge=True) if value[0] == "Q" else PartOfYear()

    def lunar(self, **said: Any) -> None:
        """A lunar month, a day, or that the month is a leap month."""
        if not isinstance(self.point.date, LunarDate):
            self.point.date = LunarDate(getattr(self.point.date, "month", None))
        for slot, value in said.items():
            setattr(self.point.date, slot, value)

    def epoch(self, value: str) -> None:
        """`1949-10-01`, `2012-11`, `1978`."""
        year, month, day = (*map(int, value.split("-")), None, None)[:3]
        self.point.date = Fixed(When("day" if day else "month" if month else "year", year, month, day))

    def since(self, _: Any) -> None:
        self.point.since = True
        if isinstance(self.point.date, Fixed):
            self.point.date.end = None


def _date(make: Callable[[Any], Any]) -> Callable[[_Parser, Any], None]:
    """A word that says the date by itself."""
    return lambda parser, value: setattr(parser.point, "date", make(value))


def _year(make: Callable[[int], Year]) -> Callable[[_Parser, Any], None]:
    return lambda parser, value: setattr(parser.point, "year", make(int(value)))


def _kept(slot: str, value: Any = None) -> Callable[[_Parser, Any], None]:
    """What is kept for the lexemes behind it: a value of its own, or that of the word."""
    return lambda parser, own: setattr(parser, slot, int(own) if value is None else value)


def _time(slot: str, factor: int = 1) -> Callable[[_Parser, Number], None]:
    return lambda parser, n: setattr(parser.clock, slot, factor * _whole(n))


#: Words behind which a number before them still waits for its unit.
_GOES_ON = frozenset(("lunar", "bare_minute", "第", "last", "前"))
#: What a number before a unit says.
_UNITS: dict[str, Callable[[_Parser, Number], object]] = {
    "年": _Parser.year, "月": _Parser.month, **dict.fromkeys("日天）", _Parser.day),
    "季": lambda parser, n: setattr(parser.point, "date", PartOfYear("quarter", _whole(n), parser.up_to)),
    **dict.fromkeys("时点", _Parser.hour), "分": _time("minute"), "秒": _time("second"), "刻": _time("minute", 15),
    "代": _Parser.decade, "纪": lambda parser, n: setattr(parser.age, "century", _whole(n)),
    "学": lambda parser, n: setattr(parser.point, "date", _school_year(*map(_whole, parser.numbers))),
}  # fmt: skip
#: What a word says by its value.
_WORDS: dict[str, Callable[[_Parser, Any], object]] = {
    "第": _kept("ordinal", True), "前": _kept("up_to", True), "era": _kept("era"), "common_era": _kept("era", 0),
    "before_common_era": _kept("era", -1), "zodiac": _kept("zodiac"), "hop": _kept("hop"),
    "last": _Parser.last,
    "year_offset": _year(lambda n: Year(offset=n)), "year_step": _year(lambda n: Year(step=n)),
    "元": lambda parser, _: setattr(parser.point, "year", Year(parser.era)),
    "whole_year": lambda parser, _: setattr(parser.point, "year", parser.point.year or Year(offset=0)),
    "month_offset": lambda parser, n: parser.counted(Offset("month", int(n))),
    "week_offset": lambda parser, n: parser.counted(Week(int(n))),
    **dict.fromkeys(("day_offset", "part_offset"), _Parser.day_offset),
    **dict.fromkeys(("day_step", "part_step"), _Parser.day_step),
    "quarter_offset": _date(lambda n: Offset("quarter", int(n))), "month_edge": _Parser.month_edge,
    "term_offset": _date(lambda n: Offset("term", int(n))), "month_step": _date(lambda n: MonthStep(int(n))),
    "named_month": _date(lambda month: CalendarDate(int(month))),
    "century_offset": lambda parser, n: setattr(parser.age, "offset", int(n)),
    "day_pair": _date(lambda value: Pair(tuple(map(int, value.split())))),
    "half": _date(lambda nth: PartOfYear("half", int(nth))), "year_turn": _date(lambda _: PartOfYear("turn")),
    "first_quarter": _date(lambda nth: PartOfYear("quarter", int(nth))), "edge": _Parser.edge,
    **dict.fromkeys(("season", "season_word", "seasons", "vacation", "season_offset"), _Parser.season),
    "season_begun": _date(lambda season: Seasons([(0, season)], begun=True)), "year_part": _Parser.year_part,
    "weekday": _Parser.weekday, "weekend": _Parser.weekend, "旬": _Parser.third, "since": _Parser.since,
    **dict.fromkeys(("festival", "number_festival", "weather_term"), _Parser.festival),
    **dict.fromkeys(("during", "假"), _Parser.holiday), "lunar": lambda parser, _: parser.lunar(),
    "闰": lambda parser, _: parser.lunar(leap=True), "大": lambda parser, _: parser.lunar(month=1),
    "lunar_month": lambda parser, month: parser.lunar(month=int(month)),
    "lunar_day": lambda parser, day: parser.lunar(day=int(day)),
    "plan": _date(lambda year: Fixed(When("year", year), When("year", year + 4))), "epoch": _Parser.epoch,
    "iso_date": _Parser.iso,
    "clock": _Parser.at,
    **dict.fromkeys(("day_part", "晚", "夜"), _Parser.part), "半": _Parser.half_past,
    "差": lambda parser, _: setattr(parser.clock, "short_of", True),
    "bare_minute": lambda parser, n: setattr(parser.clock, "minute", _whole(n)),
}  # fmt: skip


def _school_year(first: int, last: int | None = None) -> Fixed:
    return Fixed(When("year", first), When("year", last or first + 1))
