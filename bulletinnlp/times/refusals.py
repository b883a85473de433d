"""What looks like a time and is none: decided by what stands beside it, by rules that are data.

The rules (`data/lexicons/time_refusals.txt`) say for which codes, words and neighbours an expression is refused; what
depends on numbers is decided here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from bulletinnlp.data import lexicon, table
from bulletinnlp.times.lexer import NUMERALS, Lexeme

HAN = "[\u4e00-\u9fff]"
#: How many characters before and behind a time are looked at.
REACH = 10


class Rule(NamedTuple):
    """A rule: the words, what stands right before, what follows; None for anything."""

    word: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether the rule refuses `text[start:end]`."""
        if self.word and not self.word.fullmatch(text, start, end):
            return False
        if self.before and not self.before.search(text[max(0, start - REACH) : start]):
            return False
        return not self.after or bool(self.after.match(text, end))


@cache
def cue(name: str) -> re.Pattern[str]:
    """What shows something of a time beside it, from `data/lexicons/time_cues.txt`."""
    return next(re.compile(pattern.replace("«H»", HAN)) for cue, pattern, *_ in table("time_cues") if cue == name)


@cache
def _rules() -> tuple[tuple[frozenset[str], re.Pattern[str] | None, Rule], ...]:
    names = "|".join(sorted(map(re.escape, lexicon("time_names")), key=len, reverse=True))

    def compiled(pattern: str, end: str = "") -> re.Pattern[str] | None:
        if pattern == "-":
            return None
        pattern = pattern.replace("«H»", HAN).replace("«name»", f"(?:{names})").replace("«num»", NUMERALS)
        pattern = pattern.replace("«surname»", f"(?![{_BEFORE_FEAST}])(?:{'|'.join(lexicon('surnames'))})")
        return re.compile(f"(?:{pattern}){end}", re.S)

    found = []
    for branches, codes, word, before, after, *_ in table("time_refusals"):
        rule = Rule(compiled(word), compiled(before, r"\Z"), compiled(after))
        found.append((frozenset(branches.split(",")), compiled(codes), rule))
    return tuple(found)


@lru_cache(maxsize=4096)
def _rules_for(branch: str, codes: str) -> tuple[Rule, ...]:
    return tuple(
        rule for branches, shape, rule in _rules() if branch in branches and (not shape or shape.fullmatch(codes))
    )


#: Branches that the rules treat alike.
_KINDS = {"range": "point", "compound": "length", "beat": "length"}


def refused(text: str, branch: str, codes: str, lexemes: list[Lexeme], before: str) -> bool:
    """True for what is no time here. `before` is the code right before it, if that touches."""
    start, end = lexemes[0].start, lexemes[-1].end
    kind = _KINDS.get(branch, branch)
    if any(rule.holds(text, start, end) for rule in _rules_for(kind, codes)):
        return True
    if kind == "point":
        return _number_refused(text, codes, lexemes, before)
    if kind in ("length", "ago", "lately"):
        return (
            before == "第" or _in_name(text, start, end) or (branch != "beat" and _length_refused(text, codes, lexemes))
        )
    return False


def attached(text: str, start: int) -> bool:
    """Whether what stands before belongs to it: 生日|前一天, but not 从|前一天."""
    return bool(re.match(HAN, text[start - 1 : start])) and text[start - 1] not in "比在从到自于至就等而是和与"


# --- points ----------------------------------------------------------------------------------------------------------


def _number_refused(text: str, codes: str, lexemes: list[Lexeme], before: str) -> bool:
    """What the numbers in a point, or the lexeme before it, make impossible."""
    start, end = lexemes[0].start, lexemes[-1].end
    number = lexemes[0].value if lexemes[0].code == "N" else None
    if before and ((before in "第pq" and codes[0] in "Ny") or (before in "Nyμ" and codes[0] == "n")):
        return True
    if number is not None:
        if codes[:2] == "N点" or codes == "N至N点":
            return number.value is None or number.value > 24 or number.value != int(number.value)
        if codes in ("N时", "N月"):
            return number.value is None
        if codes == "N" and text[end + 1 : end + 2].isdecimal() != number.arabic:  # 一、11月12日
            return True
        if codes in ("Nn", "N年N月"):
            return not (number.arabic and len(number.text) == 2)
        if codes == "N日":
            return (number.value or 0) > 99 or is_length_of_days(text, lexemes)
    if codes[-1] in "Ny":  # 2021、2022年, but not 20、30年
        years = re.match("(?:、[0-9]+)+年", text[end : end + 12])
        return bool(years) and len(lexemes[-1].value.text) != 4
    if codes == "k":
        window = text[max(0, start - 8) : end + 9]
        return any(game.end() < len(window) or end + 9 >= len(text) for game in cue("game").finditer(window))
    if codes == "Z":
        return not _is_term(text, start, end)
    if codes == "F" and lexemes[0].value.is_term and re.match(HAN, text[start - 1 : start]):
        return text[start - 1] not in _BEFORE_TERM
    return False


#: What may stand right before a solar term; after any other character it is a name (程小满).
_BEFORE_TERM = "比在到过是的逢又年从于至随着临当迎今天日自每去和与即值入交以为，,前后近距离"
#: Surnames that are more often other words: 过|春节, 于|国庆.
_BEFORE_FEAST = "于过和着从向年以时今云明任江元安东"


def _is_term(text: str, start: int, end: int) -> bool:
    if cue("term_after").match(text, end):
        return True
    return text[max(0, start - 1) : start] in tuple("，,（(、日是") and not re.match(HAN, text[end : end + 1])


# --- lengths ---------------------------------------------------------------------------------------------------------


def is_length_of_days(text: str, lexemes: list[Lexeme]) -> bool:
    """三日内, 拘留5日 are lengths; 15日 is a date."""
    start, end, number = lexemes[0].start, lexemes[-1].end, lexemes[0].value
    if number.value is None or (not number.arabic and not 1 <= number.value <= 31):
        return True
    return bool(cue("length_before").search(text[max(0, start - 3) : start]) or cue("length_after").match(text, end))


def _length_refused(text: str, codes: str, lexemes: list[Lexeme]) -> bool:
    number = lexemes[0].value if lexemes[0].code == "N" else None
    if number is None:
        return False
    if "N月" in codes and "个" not in codes:
        return number.value is not None and number.text != "两"
    if codes in ("N日前", "N日后", "N日o"):
        return number.arabic
    return codes == "N日" and not is_length_of_days(text, lexemes)


def _in_name(text: str, start: int, end: int) -> bool:
    """Inside a quoted name: “百日攻坚”行动."""
    opened = text.rfind("“", max(0, start - 12), start)
    closed = text.find("”", end, end + 8)
    return opened >= 0 and closed >= 0 and "”" not in text[opened:start] and bool(cue("named").match(text, closed))
