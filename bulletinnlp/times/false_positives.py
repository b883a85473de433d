"""What has the form of a time and is none: by rules over kinds, words and what stands beside them, which are data
(`data/lexicons/time_false_positives.txt`), and here by what the numbers are."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bulletinnlp.data import lexicon, table
from bulletinnlp.text.patterns import any_of
from bulletinnlp.times.lexer import NUMERALS, Lexeme
from bulletinnlp.times.time_grammar import HAN, code, cue, shape

#: How many characters before and behind a time are read.
REACH = 12
#: A rule: the words, what stands right before, what follows; None for anything.
Rule = tuple[re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]


@cache
def _rules() -> tuple[tuple[frozenset[str], re.Pattern[str] | None, Rule], ...]:
    names = any_of(lexicon("time_names"))

    def compiled(pattern: str, end: str = "") -> re.Pattern[str] | None:
        if pattern == "-":
            return None
        pattern = pattern.replace("«H»", HAN).replace("«name»", f"(?:{names})").replace("«num»", NUMERALS)
        pattern = pattern.replace("«term»", cue("term_after").pattern)
        pattern = pattern.replace("«surname»", f"(?![{_BEFORE_FESTIVAL}])(?:{'|'.join(lexicon('surnames'))})")
        return re.compile(f"(?:{pattern}){end}", re.S)

    found = []
    for branches, codes, word, before, after, *_ in table("time_false_positives"):
        rule = compiled(word), compiled(before, r"\Z"), compiled(after)
        found.append((frozenset(branches.split(",")), compiled(codes if codes == "-" else shape(codes)), rule))
    return tuple(found)


@lru_cache(maxsize=4096)
def _rules_for(branch: str, codes: str) -> tuple[Rule, ...]:
    return tuple(
        rule for branches, shape, rule in _rules() if branch in branches and (not shape or shape.fullmatch(codes))
    )


#: Branches that the rules treat alike.
_KINDS = {"range": "point", "compound": "duration", "beat": "duration"}


def is_false(text: str, branch: str, codes: str, lexemes: list[Lexeme], before: str) -> bool:
    """True for what is no time here. `before` is the kind of what is right before it (`gap`: nothing)."""
    start, end = lexemes[0].start, lexemes[-1].end
    floor = max(0, start - REACH)
    kind = _KINDS.get(branch, branch)
    for word, behind, ahead in _rules_for(kind, codes):
        if (
            (not word or word.fullmatch(text, start, end))
            and (not ahead or ahead.match(text, end))
            and (not behind or behind.search(text, floor, start))
        ):
            return True
    if kind == "point":
        return _wrong_number(text, codes, lexemes, before)
    if kind in ("duration", "ago", "lately"):
        day = branch != "beat" and codes == _DAY and not is_number_of_days(text, lexemes)
        return day or before == "第"
    return False


def attached(text: str, start: int) -> bool:
    """Whether what stands before belongs to it: 生日|前一天, but not 从|前一天."""
    return bool(re.match(HAN, text[start - 1 : start])) and text[start - 1] not in "比在从到自于至就等而是和与"


#: Kinds of points of which the number decides.
_HOUR, _DAY = shape("number 点"), shape("number 日")
_HOURS, _NUMBERS = shape("number 至 number 点"), (code("number"), code("year_number"))


def _wrong_number(text: str, codes: str, lexemes: list[Lexeme], before: str) -> bool:
    """What the numbers in a point, or the lexeme before it, make impossible."""
    start, end = lexemes[0].start, lexemes[-1].end
    kind, value, *_ = lexemes[0]
    if before in ("第", "common_era", "before_common_era") and codes[0] in _NUMBERS:
        return True
    if before in ("number", "year_number", "bare_minute") and kind == "year_part":
        return True
    if kind == "number":
        if codes[:2] == _HOUR or codes == _HOURS:
            return value.value is None or value.value > 24 or value.value != int(value.value)
        if len(codes) == 1 and text[end + 1 : end + 2].isdecimal() != value.arabic:  # 一、11月12日
            return True
        if codes == _DAY:
            return (value.value or 0) > 99 or is_number_of_days(text, lexemes)
    if codes[-1] in _NUMBERS:  # 2021、2022年, but not 20、30年
        years = re.match("(?:、[0-9]+)+年", text[end : end + 12])
        return bool(years) and len(lexemes[-1].value.text) != 4
    if kind == "clock" and len(codes) == 1:
        window = text[max(0, start - 8) : end + 9]
        return any(game.end() < len(window) or end + 9 >= len(text) for game in cue("game").finditer(window))
    if kind == "festival" and len(codes) == 1 and re.match(HAN, text[start - 1 : start]):
        is_name = value.rule[0] == "节" and value.holiday is None  # a solar term: also a name of persons
        return is_name and text[start - 1] not in _BEFORE_TERM
    return False


#: What may stand right before a solar term; after any other character it is a name (程小满).
_BEFORE_TERM = "比在到过是的逢又年从于至随着临当迎今天日自每去和与即值入交以为，,前后近距离"
#: Surnames that are more often other words: 过|春节, 于|国庆.
_BEFORE_FESTIVAL = "于过和着从向年以时今云明任江元安东"


def is_number_of_days(text: str, lexemes: list[Lexeme]) -> bool:
    """三日内, 拘留5日 are durations; 15日 is a date."""
    start, end, number = lexemes[0].start, lexemes[-1].end, lexemes[0].value
    if number.value is None or (not number.arabic and not 1 <= number.value <= 31):
        return True
    return bool(
        cue("duration_before").search(text[max(0, start - 3) : start]) or cue("duration_after").match(text, end)
    )
