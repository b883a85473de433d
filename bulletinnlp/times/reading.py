"""What a point of time says, before anything is known of its surroundings: lexemes folded into slots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bulletinnlp.times.calendar.feasts import Feast
from bulletinnlp.times.lexer import Lexeme
from bulletinnlp.times.numerals import Number, about, number
from bulletinnlp.times.when import When


@dataclass(slots=True)
class Reading:
    """The slots of a point of time. None: not said. A `…_shift` counts from the day of issue, a `…_step` from what the
    text named last."""

    #: first year of an era, 0 for 公元, -1 for 公元前
    era: int | None = None
    year: int | None = None
    short_year: bool = False
    year_shift: int | None = None
    year_step: int | None = None
    zodiac: int | None = None
    #: whether month and day are of the lunar calendar
    lunar: bool = False
    leap: bool = False
    month: int | None = None
    #: 七八月份
    month_end: int | None = None
    month_shift: int | None = None
    month_step: int | None = None
    day: int | None = None
    day_shift: int | None = None
    day_step: int | None = None
    #: 清明节前一天: days from the date that stands before.
    then: int | None = None
    week_shift: int | None = None
    weekday: int | None = None
    weekend: bool = False
    #: first and last day of 上旬, 中旬, 下旬 (31: the last of the month)
    third: tuple[int, int] | None = None
    feast: Feast | None = None
    last_feast: Feast | None = None
    holiday: bool = False
    half: int | None = None
    quarter: int | None = None
    quarter_shift: int | None = None
    #: 前10个月, 前三季度
    up_to: bool = False
    seasons: list[tuple[int | None, str]] = field(default_factory=list)
    entered: bool = False
    term: int | None = None
    year_part: str | None = None
    decades: list[int] = field(default_factory=list)
    century: int | None = None
    century_shift: int | None = None
    #: “十四五”, 改革开放, 2023—2024学年: what has its dates by itself
    fixed: tuple[When, When | None] | None = None
    #: 第三天, and which of a period (最后一个月: -1, month)
    ordinal: int | None = None
    ordinal_unit: str | None = None
    #: 上一个周五: how many of its kind from the day of issue
    hop: int = 0
    pair: tuple[int, ...] | None = None
    pair_unit: str | None = None
    part: str | None = None
    mode: str | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    #: 差十分九点
    short_of: bool = False
    open: bool = False
    #: nothing but a time of day was said
    only_time: bool = False

    @property
    def has_time(self) -> bool:
        return self.hour is not None or self.part is not None

    @property
    def names_day(self) -> bool:
        return any(x is not None for x in (self.feast, self.day, self.day_shift))

    @property
    def names_year(self) -> bool:
        return self.year is not None or self.year_shift is not None or self.year_step is not None

    @property
    def names_shift(self) -> bool:
        """今天, 本月, 上周, 本季度: something that is counted from the issue."""
        return any(x is not None for x in (self.day_shift, self.month_shift, self.week_shift, self.quarter_shift))

    @property
    def names_period(self) -> bool:
        """What has a first and a last day."""
        named = (self.month, self.month_step, self.feast, self.half, self.quarter)
        return self.names_year or self.names_shift or any(x is not None for x in named)


class MalformedError(ValueError):
    """A number that its place does not allow."""


class InexactError(ValueError):
    """A number that no calendar can have: 几, 1.5."""


#: Codes of a time of day.
_OF_TIME = frozenset("P晚夜k时点分半刻秒多许Nμy差o")


def read(lexemes: list[Lexeme]) -> Reading:
    """Fold the lexemes of a point of time into slots."""
    reading = Reading()
    pending: list[Number] = []
    ordinal = False
    for at, (code, value, *_) in enumerate((*lexemes, _END)):
        if code in "Nyμν":
            pending.append(value)
            if code == "μ":
                reading.minute = _whole(pending.pop())
            if code != "ν":
                continue
            code = "日"
        elif code in "第λ":
            ordinal = True
            pending = [LAST] if code == "λ" else pending
            continue
        elif code == "f" and reading.lunar and reading.month:  # 正月十一
            pending, code = [number(value.name)], "日"
        elif pending and reading.lunar and reading.month and reading.day is None and code not in "日月":
            reading.day = _whole(pending.pop())  # 正月十五|夜
        if code in UNITS:
            if reading.pair is not None:
                reading.pair_unit = "year" if code == "年" else "day"
            elif ordinal and pending and code in _NTH and (code != "季" or pending[-1] is LAST):
                _ordinal(reading, pending, _NTH[code])
            elif pending:
                UNITS[code](reading, pending, lexemes[:at])
            pending, ordinal = [], False
        elif code in WORDS:
            if ordinal and pending and code in "Ww":
                _ordinal(reading, pending, "weekday" if code == "W" else "weekend")
            WORDS[code](reading, value, pending)
            if code != "L":
                pending = []
    reading.only_time = reading.has_time and all(lexeme.code in _OF_TIME for lexeme in lexemes)
    return reading


#: What stands behind the last lexeme.
_END = Lexeme(" ", None, 0, 0)


def _whole(number: Number) -> int:
    if number.value is None or number.value != int(number.value):
        raise InexactError(number.text)
    return int(number.value)


#: 最后一
LAST = Number(-1, "最后一")
#: Units that a period has several of.
_NTH = {"年": "year", "季": "quarter", "月": "month", "周": "week", "日": "day", "天": "day"}
#: A unit takes the numbers before it and the lexemes before these.
Unit = Callable[[Reading, list[Number], list[Lexeme]], None]


def _ordinal(r: Reading, n: list[Number], unit: str) -> None:
    r.ordinal, r.ordinal_unit = _whole(n[-1]), unit


def _year(r: Reading, n: list[Number], before: list[Lexeme]) -> None:
    if n[-1].text[-1] == "几":  # 八几年
        r.decades = [10 * _whole(number(n[-1].text[0]))]
    elif r.era:
        r.year = -_whole(n[-1]) if r.era < 0 else r.era + _whole(n[-1]) - 1
    else:
        r.year = _whole(n[-1])
        r.short_year = len(n[-1].text) <= 2 and r.era is None


def _month(r: Reading, n: list[Number], before: list[Lexeme]) -> None:
    r.month = _whole(n[-1])
    r.up_to = _up_to(before)
    r.month_end = r.month + 1 if about(n[-1].text) and not r.lunar and not r.up_to else None


def _quarter(r: Reading, n: list[Number], before: list[Lexeme]) -> None:
    r.quarter, r.up_to = _whole(n[-1]), _up_to(before)


def _up_to(before: list[Lexeme]) -> bool:
    """前10个月, 前三季度."""
    return "前" in [lexeme.code for lexeme in before[-3:]]


def _clock(r: Reading, n: list[Number], before: list[Lexeme]) -> None:
    r.hour = _whole(n[-1])
    if r.short_of and r.minute is not None:  # 差十分九点
        r.minute, r.hour = 60 - r.minute, r.hour - 1


def _decade(r: Reading, n: list[Number], before: list[Lexeme]) -> None:
    """90 → 90; 五六十 → 50, 60."""
    text = n[-1].text
    two = len(text) == 3 and text[-1] == "十" and text[0] != "十"
    r.decades = [10 * _whole(number(digit)) for digit in text[:2]] if two else [_whole(n[-1])]


def _school(r: Reading, n: list[Number], before: list[Lexeme]) -> None:
    first = _whole(n[0])
    r.fixed = When("year", first), When("year", _whole(n[-1]) if len(n) > 1 else first + 1)


def _slot(slot: str, factor: int = 1) -> Unit:
    """A unit that puts its number into a slot."""
    return lambda r, n, before: setattr(r, slot, factor * _whole(n[-1]))


UNITS: dict[str, Unit] = {
    "年": _year, "月": _month, **dict.fromkeys("日天）", _slot("day")), "时": _clock, "点": _clock, "季": _quarter,
    "代": _decade, "学": _school, "分": _slot("minute"), "秒": _slot("second"), "刻": _slot("minute", 15),
    "纪": _slot("century"), "周": _slot("ordinal"),
}  # fmt: skip


Word = Callable[[Reading, Any, list[Number]], object]


def _set(**slots: Any) -> Word:
    """A word that fills slots: a type or a function reads its value, anything else is the value itself."""

    def fill(reading: Reading, value: Any, pending: list[Number]) -> None:
        for slot, content in slots.items():
            setattr(reading, slot, content(value) if callable(content) else content)

    return fill


def _two(value: str) -> tuple[int, ...]:
    """`11 20` → 11, 20."""
    return tuple(map(int, value.split()))


def _season(r: Reading, value: Any, pending: list[Number]) -> None:
    """`FA WI`, or with the distance of its year before it: `-1 WI`."""
    first, *rest = value.split()
    years = None if first.isupper() else int(first)
    r.seasons.extend((years, season) for season in (rest if years is not None else (first, *rest)))


def _part(r: Reading, value: Any, pending: list[Number]) -> None:
    code, mode = value.split()
    r.part, r.mode = "dawn" if mode == "dawn" else code, mode


#: The part of the day of a compound word: 昨晚, 今晨.
_IN_COMPOUND = {"晚": "EV eve", "夜": "NI night", "晨": "MO am"}


def _counted(slot: str) -> Word:
    """So many days away: `1`, or with the part of the day `-1 晚`; behind a day, from that."""

    def fill(reading: Reading, value: Any, pending: list[Number]) -> None:
        count, *part = value.split()
        setattr(reading, "then" if slot == "day_step" and reading.names_day else slot, int(count))
        if part:
            _part(reading, _IN_COMPOUND[part[0]], pending)

    return fill


def _spread(*slots: str) -> Word:
    """A word whose value has a part for each slot."""

    def fill(reading: Reading, value: Any, pending: list[Number]) -> None:
        for slot, part in zip(slots, value, strict=False):
            setattr(reading, slot, part)

    return fill


def _feast(r: Reading, value: Any, pending: list[Number]) -> None:
    if r.feast is None:
        r.feast = value
    elif r.feast.rule != value.rule:  # 元旦春节期间
        r.last_feast = value


def _holiday(r: Reading, value: Any, pending: list[Number]) -> None:
    r.holiday = r.feast is not None


def _whole_year(r: Reading, value: Any, pending: list[Number]) -> None:
    """去年全年 is last year, 全年 alone this one."""
    if not r.names_year:
        r.year_shift = 0


def _entered(r: Reading, value: Any, pending: list[Number]) -> None:
    r.seasons.append((0, value))
    r.entered = True


def _plan(r: Reading, value: Any, pending: list[Number]) -> None:
    r.fixed = When("year", value), When("year", value + 4)


def _epoch(r: Reading, value: Any, pending: list[Number]) -> None:
    """`1949-10-01`, `2012-11`, `1978`."""
    named = [int(part) for part in value.split("-")]
    year, month, day = (*named, None, None)[:3]
    r.fixed = When(("year", "month", "day")[len(named) - 1], year, month, day), None


def _edge(r: Reading, value: Any, pending: list[Number]) -> None:
    """初 and 末 leave a month, a quarter, a decade, a century as it is; of a year and a plan they make another."""
    if r.fixed and r.fixed[1]:
        r.fixed = r.fixed[1], None
    elif r.names_year and r.month is None and r.quarter is None and r.half is None:
        r.year_part = value


def _edge_of_month(r: Reading, value: Any, pending: list[Number]) -> None:
    """月底 leaves the month before it as it is; alone it is of this month."""
    if r.month is None and r.month_shift is None and r.month_step is None:
        r.month_shift = 0


def _year_part(r: Reading, value: Any, pending: list[Number]) -> None:
    r.year_part = value
    if pending:  # 2018|年底
        r.year, r.short_year = _whole(pending[-1]), len(pending[-1].text) <= 2


WORDS: dict[str, Word] = {
    "A": _set(year_shift=int), "B": _set(month_shift=int), "C": _set(week_shift=int), "D": _counted("day_shift"),
    "E": _counted("day_shift"), "e": _counted("day_step"), "a": _counted("day_step"),
    "b": _set(month_step=int), "ι": _set(month=int), "β": _edge_of_month,
    "φ": _whole_year, "c": _set(year_step=int), "v": _set(zodiac=int),
    **dict.fromkeys("P晚夜", _part), "k": _spread("hour", "minute", "second"), "I": _spread("year", "month", "day"),
    "半": lambda r, value, pending: setattr(r, "minute", 30 if r.hour is not None and r.minute is None else r.minute),
    "W": _set(weekday=int), "w": _set(weekend=True), "κ": _set(hop=int),
    "F": _feast, "f": _feast, "Z": _feast, "x": _holiday, "假": _holiday,
    "H": _set(half=int), "Q": _set(quarter=int), "ρ": _set(quarter_shift=int), "旬": _set(third=_two),
    "T": _set(term=int), **dict.fromkeys("SsGOU", _season), "u": _entered,
    "n": _year_part, "岁": _set(year_part="岁"), "m": _edge,
    "L": _set(lunar=True), "闰": _set(lunar=True, leap=True), "M": _set(lunar=True, month=int),
    "R": _set(lunar=True, day=int), "大": _set(lunar=True, month=1),
    "Y": _set(era=int), "p": _set(era=0), "q": _set(era=-1), "元": lambda r, value, pending: setattr(r, "year", r.era),
    "世": _set(century_shift=int), "K": _plan, "X": _epoch,
    "δ": _set(pair=_two), "差": _set(short_of=True), "o": _set(open=True),
}  # fmt: skip
