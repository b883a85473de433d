"""What the words around a time say of it: whether it is past or future, a rule, a figure of speech."""

from __future__ import annotations

import re

from bulletinnlp.times.false_positives import ruled
from bulletinnlp.times.lexer import Lexeme
from bulletinnlp.times.numerals import verbs
from bulletinnlp.times.time_grammar import HAN, code, cue, shape

_PART, _DAY, _STEP = code("day_part"), code("day_offset"), code("day_step")
#: What a time that is meant in general begins with.
_GENERIC = frozenset(shape("day_part day_offset day_step number clock"))
#: How many characters a quotation may have.
REACH = 300


def direction(text: str, sentence: tuple[int, int], start: int, end: int) -> int:
    """Whether the sentence around a time, or the next word, is about the future or the past (see `Anchors`)."""
    if cue("next_ahead").match(text, end):
        return 2
    if cue("next_back").match(text, end) or cue("until_now").search(text[max(0, start - 3) : start]):
        return -2
    if cue("deadline").match(text, end):
        return 1
    floor, roof = max(sentence[0], start - 20), min(sentence[1], end + 24)
    if cue("ahead").search(text, floor, roof):
        return 1
    return -1 if cue("back").search(text, floor, roof) else 0


def habitual_from(text: str, start: int, end: int) -> int:
    """From where on a sentence is about what is done as a rule: a time of day behind it has no date."""
    found = cue("habitual").search(text, start, end)
    return found.start() if found else end


def quotation_end(text: str, floor: int, start: int) -> int:
    """Where the quotation “…” ends that the offset `start` stands in; 0 for none."""
    opened = text.rfind("“", max(floor, start - REACH), start)
    if opened < 0 or text.find("”", opened, start) >= 0:
        return 0
    return text.find("”", start, opened + REACH) + 1 or opened + REACH


def attribute_end(text: str, start: int, end: int) -> int:
    """Where the clause ends that makes an attribute of a time: 去年8月|救人的|教师, 写于1937年|的|家书; 0: none."""
    if cue("dated_noun").match(text, end) and text[start - 1 : start] == "于" and text[start - 2] != "将":
        return end + 1
    clause = cue("attribute").match(text, end)
    if not clause:
        return 0
    verb = clause["verb"]
    return clause.end() if verb is None or verb in verbs() or (len(verb) > 1 and verb[0] in verbs()) else 0


def compared(text: str, start: int, end: int, by_number: bool) -> bool:
    """A year that something is measured against (比2015年高), or that only modifies, is not the one mentioned."""
    measured = text[max(0, start - 1) : start] in tuple("比较与同跟和超按据")
    return measured or (by_number and text[end : end + 1] in ("级", "届"))


def almost(text: str, lexemes: list[Lexeme]) -> bool:
    """近 before a duration means almost: 守护近20年, not 近五年."""
    start = lexemes[0].start
    number = next((lexeme.value for lexeme in lexemes if lexeme.kind == "number"), None)
    if lexemes[-1].kind in "小钟秒" or (number and number.text in "百千"):
        return True
    if not re.match(HAN, text[max(0, start - 1) : start]) or text[start - 1] in "在是比据对":
        return False
    small = number and number.value is not None and number.value <= 10 and lexemes[-1].kind in "年月周天"
    return not small or bool(cue("almost").search(text[max(0, start - 3) : start]))


def figure(text: str, codes: str, lexemes: list[Lexeme]) -> str | None:
    """今天 and 明天 as figures of speech: 更加美好的明天 → FUTURE_REF."""
    if codes != _DAY:
        return None
    start, end = lexemes[0].start, lexemes[-1].end
    word = text[start:end]
    since = text[max(0, start - 24) : start]
    if word == "今天" and (cue("figure_now").match(text, max(0, start - 1)) or cue("figure_since").search(since)):
        return "PRESENT_REF"
    soon = cue("figure_soon").match(text, end) or not re.match(HAN, text[end : end + 1])
    return "FUTURE_REF" if word == "明天" and soon and cue("figure_ahead").search(since) else None


def generic(text: str, codes: str, lexemes: list[Lexeme], sentence: tuple[int, int]) -> bool:
    """当日反馈, 次日配送, 上午下单、下午配送: meant in general."""
    if codes[0] not in _GENERIC:
        return False
    start, end = lexemes[0].start, lexemes[-1].end
    if ruled("generic", text, codes, start, end):
        return True
    floor = max(sentence[0], start - 8)
    if codes == _PART:
        near = max(sentence[0], start - 40), end + 40
        return bool(cue("paired_parts").search(text, floor, end + 8) and cue("offered").search(text, *near))
    if not (codes == _STEP and cue("action").search(text, end, end + 3)) and text[start:end] != "前日":
        return False
    return bool(cue("paired_days").search(text, floor, end + 10))
