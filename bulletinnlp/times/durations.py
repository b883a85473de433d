"""Durations and recurrences: lexemes to ISO 8601."""

from __future__ import annotations

import re
from typing import NamedTuple

from bulletinnlp.data import table
from bulletinnlp.times.lexer import Lexeme
from bulletinnlp.times.time_grammar import code, shape

#: unit → ISO designator, factor, and what half of it is
UNITS = {unit: (whole, int(factor), (half, int(of_half))) for unit, whole, factor, half, of_half in table("time_units")}
#: designators from the coarsest to the finest, with the grain
GRAIN = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}
ORDER = tuple(GRAIN)
#: the unit into which one is parted, and how many of it it has, for points counted from a duration
FINER = {"Y": ("M", 12), "M": ("D", 30), "W": ("D", 7), "D": ("TH", 24), "TH": ("TM", 60), "TM": ("TS", 60)}


class Duration(NamedTuple):
    """A duration: amounts by ISO designator (None: inexact), and whether its number is inexact."""

    amounts: dict[str, float | None]
    vague: bool

    @property
    def value(self) -> str:
        """ISO 8601, X for an inexact number: P1Y6M, PT1H30M, PXD."""
        out = "P"
        for unit in filter(self.amounts.__contains__, ORDER):
            amount = self.amounts[unit]
            out += "T" if unit[0] == "T" and "T" not in out else ""
            out += ("X" if amount is None else f"{amount:g}" if amount < 1e6 else f"{amount:.0f}") + unit[-1]
        return out

    @property
    def finest(self) -> str:
        return max(self.amounts, key=ORDER.index)

    @property
    def step(self) -> tuple[int, str] | None:
        """Count and unit to move a point by, None for an inexact duration: 一年半 → 18, month."""
        unit, total = self.finest, 0.0
        for part, amount in self.amounts.items():
            finer, factor = (unit, 1) if part == unit else FINER[part]
            if finer != unit or amount is None or self.vague:
                return None
            total += factor * amount
        if total != int(total) and unit in FINER:
            unit, factor = FINER[unit]
            total *= factor
        return (int(total), GRAIN[unit]) if total == int(total) else None


def duration(lexemes: list[Lexeme]) -> Duration:
    """Read a duration: 两个半小时, 三天三夜 (nights count as days beside days), 十多年 (`vague`, P10Y)."""
    amounts: dict[str, float | None] = {}
    count: float | None = 1
    vague = half = counted = False
    unit = before = ""
    kinds = [lexeme.kind for lexeme in lexemes]
    if "至" in kinds:
        lexemes = [lexemes[0], *lexemes[kinds.index("至") + 2 :]]
    for kind, value, *_ in lexemes:
        if kind in ("number", "year_number"):
            count, counted = value.value, True
            vague = vague or count is None
        elif kind == "把":
            count, counted, vague = 1, True, True
        elif kind == "many" or (kind == "多" and not counted and not half):
            count, counted, vague = None, True, True
        elif kind in ("多", "来"):
            vague = True
        elif kind == "半":
            if unit and before != "个":
                _add(amounts, *UNITS[unit][2])
            else:
                half = True
        elif kind == "day_part" and not (value[:2] in ("EV", "NI") and (count or 0) > 1):
            return Duration({"TH": None}, True)
        elif kind in UNITS and not (kind in ("夜", "晚") and "D" in amounts) and not (kind == "whole" and lexemes[1:]):
            designator, factor, of_half = UNITS[kind]
            if kind == "whole" and value:
                designator = str(value)
            if counted or not half:
                _add(amounts, designator, None if count is None else count * factor)
            if half:
                _add(amounts, *of_half)
            unit, count, counted, half = kind, 1, False, False
        before = kind
    return Duration(amounts or {"D": 1}, vague)


def _add(amounts: dict[str, float | None], unit: str, amount: float | None) -> None:
    before = amounts.get(unit, 0)
    amounts[unit] = None if amount is None or before is None else before + amount


#: What comes again with which period, by the kinds of what it is: 每周三, 每晚, 每月15日, 每年春节.
_AGAIN = tuple(
    (re.compile(shape(kinds)), unit)
    for kinds, unit in (
        ("weekday|weekend", "W"), ("[day_part 晚夜 clock workday]|number[时点]", "D"),
        ("number 日|旬|lunar_day|逢?(?:number|lunar_day)|lunar(?!.*number 月)", "M"), ("", "Y"),
    )
)  # fmt: skip
#: 逢五排十; what stands before what comes again; a count of units, and what is none (15日, 3月).
_LISTED = re.compile(shape("逢 number(?:.?number)+"))
_INTRODUCED = re.compile(shape("^(?:逢(?!number|lunar_day)|个(?=weekday|weekend))"))
_COUNTED = re.compile(shape("[number 半个年月天日周小时点钟秒刻季期 workday 昼]"))
_DATED = re.compile(shape("number[月日]"))


def recurrence(lexemes: list[Lexeme]) -> Duration:
    """The period of a SET: 每两周 → two weeks, 隔天 → two days, 逢五排十 → five days, 每逢春节 → a year."""
    first = lexemes[0].kind
    if first == "every":
        return Duration({str(lexemes[0].value)[-1]: 1}, False)
    if lexemes[-1].kind == "rate" and first != "每":
        return duration(lexemes[:-1])
    if first == "隔":
        found = duration(lexemes[1:])
        unit, amount = next(iter(found.amounts.items()))
        half = any(lexeme.kind == "半" for lexeme in lexemes)
        counted = found.finest in ("D", "W", "M", "Y") and amount is not None and not half
        return Duration({unit: (amount or 0) + 1}, False) if counted else found
    kinds = "".join(code(lexeme.kind) for lexeme in lexemes).removeprefix("每")
    if numbers := _LISTED.match(kinds):
        return Duration({"D": round(10 / numbers.group().count(code("number")))}, False)
    kinds = _INTRODUCED.sub("", kinds)
    named = lexemes[-len(kinds) :]
    if _COUNTED.match(kinds) and not (_DATED.match(kinds) and named[0].value.arabic):
        end = next((at for at, lexeme in enumerate(named) if lexeme.kind in UNITS), len(named))
        return duration(named[: end + 1])  # two weeks, but the 15th of March is a day of the year
    return Duration({next(unit for again, unit in _AGAIN if again.match(kinds)): 1}, False)
