"""What has the form of a time and is none: by rules over kinds, words and what stands beside them, which are data
(`data/lexicons/time_false_positives.txt`), and here by what the numbers are."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bulletinnlp.data import table
from bulletinnlp.text.patterns import any_of
from bulletinnlp.times.festivals import festivals
from bulletinnlp.times.lexer import Lexeme
from bulletinnlp.times.time_grammar import cue, filled, shape

#: How many characters before and behind a time are read.
REACH = 12
#: A rule: the words, what stands right before, what follows; None for anything.
Rule = tuple[re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]


@cache
def _rules() -> tuple[tuple[list[str], re.Pattern[str] | None, Rule], ...]:
    solar_terms = (name for name, festival in festivals().items() if festival.rule[0] == "节" and not festival.holiday)
    pieces = {"solar term": any_of(solar_terms)}

    def compiled(pattern: str, end: str = "") -> re.Pattern[str] | None:
        return None if pattern == "-" else re.compile(f"(?:{filled(pattern, pieces)}){end}", re.S)

    return tuple(
        (branches.split(","), compiled(shape(codes)), (compiled(word), compiled(before, r"\Z"), compiled(after)))
        for branches, codes, word, before, after, *_ in table("time_false_positives")
    )


@lru_cache(maxsize=4096)
def _rules_for(branch: str, codes: str) -> tuple[Rule, ...]:
    return tuple(
        rule for branches, shape, rule in _rules() if branch in branches and (not shape or shape.fullmatch(codes))
    )


#: Branches that the rules treat alike.
_KINDS = {"range": "point", "compound": "duration", "beat": "duration"}


def ruled(kind: str, text: str, codes: str, start: int, end: int) -> bool:
    """Whether a rule for this kind of expression holds for what stands at `text[start:end]`."""
    floor = max(0, start - REACH)
    for word, behind, ahead in _rules_for(kind, codes):
        here = (not word or word.fullmatch(text, start, end)) and (not ahead or ahead.match(text, end))
        if here and (not behind or behind.search(text, floor, start)):
            return True
    return False


def is_false(text: str, branch: str, codes: str, lexemes: list[Lexeme]) -> bool:
    """True for what is no time here."""
    kind = _KINDS.get(branch, branch)
    if ruled(kind, text, codes, lexemes[0].start, lexemes[-1].end):
        return True
    if kind == "point":
        return _wrong_number(text, codes, lexemes)
    counted = kind in ("duration", "ago", "lately") and branch != "beat"
    return counted and codes == _DAY and not is_number_of_days(text, lexemes)


#: Kinds of points of which the number decides.
_HOUR, _DAY, _HOURS = shape("number 点"), shape("number 日"), shape("number 至 number 点")


def _wrong_number(text: str, codes: str, lexemes: list[Lexeme]) -> bool:
    """What the numbers in a point make impossible."""
    start, end, (kind, value, *_) = lexemes[0].start, lexemes[-1].end, lexemes[0]
    if kind == "clock" and len(codes) == 1:
        window = text[max(0, start - 8) : end + 9]
        return any(game.end() < len(window) or end + 9 >= len(text) for game in cue("game").finditer(window))
    if kind != "number":
        return False
    if codes[:2] == _HOUR or codes == _HOURS:
        return value.value is None or value.value > 24 or value.value != int(value.value)
    if codes == _DAY:
        return (value.value or 0) > 99 or is_number_of_days(text, lexemes)
    return len(codes) == 1 and text[end + 1 : end + 2].isdecimal() != value.arabic  # 一、11月12日


def is_number_of_days(text: str, lexemes: list[Lexeme]) -> bool:
    """三日内, 拘留5日 are durations; 15日 is a date."""
    number = lexemes[0].value
    if number.value is None or (not number.arabic and not 1 <= number.value <= 31):
        return True
    return ruled("days", text, _DAY, lexemes[0].start, lexemes[-1].end)
