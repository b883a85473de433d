"""Lengths of time and what comes again: lexemes to ISO 8601 durations."""

from __future__ import annotations

import re
from typing import NamedTuple

from bulletinnlp.times.lexer import Lexeme

#: unit → ISO designator, factor, and what half of it is
UNITS: dict[str, tuple[str, int, tuple[str, int]]] = {
    "年": ("Y", 1, ("M", 6)), "载": ("Y", 1, ("M", 6)), "纪": ("Y", 100, ("Y", 50)), "季": ("M", 3, ("D", 45)),
    "期": ("M", 6, ("M", 3)), "月": ("M", 1, ("D", 15)), "周": ("W", 1, ("D", 3)), "夜": ("D", 1, ("TH", 6)),
    "晚": ("D", 1, ("TH", 6)), "刻": ("TM", 15, ("TM", 7)), "秒": ("TS", 1, ("TS", 1)),
    **dict.fromkeys("天日昼工全P", ("D", 1, ("TH", 12))), **dict.fromkeys("小时点", ("TH", 1, ("TM", 30))),
    **dict.fromkeys("钟分", ("TM", 1, ("TS", 30))),
}  # fmt: skip
ORDER = ("Y", "M", "W", "D", "TH", "TM", "TS")
GRAIN = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}
#: how many of a finer unit make one of a coarser, for points counted from a length
IN_FINER = {("Y", "M"): 12, ("D", "TH"): 24, ("TH", "TM"): 60, ("TM", "TS"): 60, ("M", "D"): 30, ("W", "D"): 7}


class Length(NamedTuple):
    """A length of time: amounts by ISO designator (None: inexact), and whether its number is inexact."""

    amounts: dict[str, float | None]
    vague: bool

    @property
    def value(self) -> str:
        """ISO 8601, X for an inexact number: P1Y6M, PT1H30M, PXD."""
        out, clock = "P", False
        for unit in ORDER:
            if unit in self.amounts:
                if unit[0] == "T" and not clock:
                    out, clock = out + "T", True
                amount = self.amounts[unit]
                out += ("X" if amount is None else f"{amount:g}" if amount < 1e6 else f"{amount:.0f}") + unit[-1]
        return out

    @property
    def finest(self) -> str:
        return max(self.amounts, key=ORDER.index)

    @property
    def step(self) -> tuple[int, str] | None:
        """Count and unit to move a point by, None for an inexact length: 一年半 → 18, month."""
        if self.vague:
            return None
        unit = self.finest
        total = 0.0
        for part, amount in self.amounts.items():
            factor = 1 if part == unit else IN_FINER.get((part, unit))
            if factor is None or amount is None:
                return None
            total += factor * amount
        if total != int(total):
            finer = {"TH": ("TM", 60), "D": ("TH", 24), "Y": ("M", 12)}.get(unit)
            if finer is None or total * finer[1] != int(total * finer[1]):
                return None
            return int(total * finer[1]), GRAIN[finer[0]]
        return int(total), GRAIN[unit]


def length(lexemes: list[Lexeme]) -> Length:
    """Read a length: 两个半小时, 三天三夜 (nights count as days beside days), 十多年 (`vague`, P10Y)."""
    amounts: dict[str, float | None] = {}
    count: float | None = 1
    vague = half = counted = False
    unit = ""
    codes = "".join(lexeme.code for lexeme in lexemes)
    if "至" in codes:
        lexemes = [lexemes[0], *lexemes[codes.index("至") + 2 :]]
    for at, lexeme in enumerate(lexemes):
        code = lexeme.code
        if code in "Ny":
            count, counted = lexeme.value.value, True
            vague = vague or count is None
        elif code == "把":
            count, counted, vague = 1, True, True
        elif code == "ð" or (code == "多" and not counted and not half):
            count, counted, vague = None, True, True
        elif code in "多来":
            vague = True
        elif code == "半":
            if not counted and not unit:
                half = True
            elif unit and "个" not in [lex.code for lex in lexemes[at - 1 : at]]:
                _add(amounts, *UNITS[unit][2])
            else:
                half = True
        elif code == "P" and not (lexeme.value[:2] in ("EV", "NI") and (count or 0) > 1):
            return Length({"TH": None}, True)
        elif code in UNITS:
            if code in "夜晚" and "D" in amounts:
                continue
            designator, factor, of_half = UNITS[code]
            if code == "全" and lexeme.value:
                designator = str(lexeme.value)
            if code == "全" and len(lexemes) > 1:
                continue
            if counted or not half:
                _add(amounts, designator, None if count is None else count * factor)
            if half:
                _add(amounts, *of_half)
            unit, count, counted, half = code, 1, False, False
    return Length(amounts or {"D": 1}, vague)


def _add(amounts: dict[str, float | None], unit: str, amount: float | None) -> None:
    before = amounts.get(unit, 0)
    amounts[unit] = None if amount is None or before is None else before + amount


#: What comes again with which period, by the codes of what it is: 每周三, 每晚, 每月15日, 每年春节.
_AGAIN = tuple(
    (re.compile(codes), unit)
    for codes, unit in (("[Ww]", "W"), ("[P晚夜k工]|N[时点]", "D"), ("N日|[旬R]|逢?[NR]|L(?!.*N月)", "M"), ("", "Y"))
)


def period(lexemes: list[Lexeme]) -> Length:
    """The period of a SET: 每两周 → two weeks, 隔天 → two days, 逢五排十 → five days, 每逢春节 → a year."""
    codes = "".join(lexeme.code for lexeme in lexemes)
    if codes[0] == "Σ":
        return Length({str(lexemes[0].value)[-1]: 1}, False)
    if codes[-1] == "度" and codes[0] != "每":
        return length(lexemes[:-1])
    if codes[0] == "隔":
        found = length(_up_to_unit(lexemes[1:]))
        unit, amount = next(iter(found.amounts.items()))
        counted = found.finest in ("D", "W", "M", "Y") and amount is not None and "半" not in codes
        return Length({unit: (amount or 0) + 1}, False) if counted else found
    rest = codes.removeprefix("每")
    if numbers := re.match("逢N(?:.?N)+", rest):  # 逢五排十
        return Length({"D": round(10 / numbers.group().count("N"))}, False)
    rest = re.sub("^(?:逢(?![NR])|个(?=[Ww]))", "", rest)
    named = lexemes[-len(rest) :]
    if rest[0] in "N半个年月天日周小时点钟秒刻季期工昼" and not (rest[:2] in ("N月", "N日") and named[0].value.arabic):
        return length(_up_to_unit(named))  # two weeks, but the 15th of March is a day of the year
    return Length({next(unit for again, unit in _AGAIN if again.match(rest)): 1}, False)


def _up_to_unit(lexemes: list[Lexeme]) -> list[Lexeme]:
    end = next((at for at, lexeme in enumerate(lexemes) if lexeme.code in UNITS), len(lexemes))
    return lexemes[: end + 1]
