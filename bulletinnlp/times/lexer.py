"""From text to lexemes: the words that times are made of.

The vocabulary is data (`data/lexicons/time_*.txt`), with patterns for what is formed and not listed (numbers, clock
times, 周三, “十四五”); every word has a kind, over which the grammar is written.
Most characters of a text begin no lexeme, and most of those that could (个, 来, 到, 一) are not beside anything that
makes a time of them. The pattern asks for that at once, so that little is left to match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from bulletinnlp.data import lexicon, table
from bulletinnlp.times.borders import crossed
from bulletinnlp.times.festivals import festivals
from bulletinnlp.times.numerals import about, is_year, number
from bulletinnlp.times.time_grammar import NUMERALS, code, filled, scanner

#: First characters of the words that count only behind the piece `behind`, if they are a unit, a suffix or a blocker.
_UNITS = "年月日号天个时点分秒刻季多余来把许整起初底末前后周度载代"


class Lexeme(NamedTuple):
    """A word of the time grammar at `text[start:end]`."""

    kind: str
    value: Any
    start: int
    end: int


@cache
def vocabulary() -> dict[str, tuple[str, Any]]:
    """word → kind and value, from the lexicons."""
    words: dict[str, tuple[str, Any]] = dict.fromkeys(lexicon("time_blockers"), ("blocker", None))
    for row in table("time_words"):
        words[row[0]] = (row[1], row[2] if len(row) > 2 else None)
    for name, festival in festivals().items():
        words.setdefault(name, (festival.kind, festival))
    for dynasties, era, first in table("time_eras"):
        for dynasty in ("", *dynasties.split("|")):
            words[dynasty + era] = ("era", int(first))
            if dynasty:
                words[f"{dynasty}朝{era}"] = words[f"{dynasty}代{era}"] = ("era", int(first))
    return words


def _bound(word: str) -> bool:
    """Units, suffixes and the blockers of them: nothing without what stands before."""
    kind = vocabulary()[word][0]
    return word[0] in _UNITS and (len(word) == 1 or (kind == "blocker" and len(word) < 4) or kind == word[0])


#: First characters of what is no listed word, or of a word that something is asked of.
_ASKED = '“"”（()）第初廿周星礼末的至到—–－―~～、-若好几数排前头多半十日天' + NUMERALS


@cache
def _shapes() -> tuple[str, dict[str, str]]:
    """One pattern for the words that are formed, those that begin alike together, and the pieces of patterns."""
    pieces, groups = dict[str, str](), dict[str, list[str]]()
    for name, first, shape, *_ in table("time_shapes"):
        if name[0] == "«":
            pieces[name.strip("«»")] = filled(shape, pieces)
        else:
            groups.setdefault(first, []).append(f"(?P<{name}>{filled(shape, pieces)})")
    return "|".join(f"(?={first})(?:{'|'.join(shapes)})" for first, shapes in groups.items()), pieces


@cache
def pattern() -> re.Pattern[str]:
    """One pattern for every lexeme: shapes and words, the longest word first."""
    special = {word for words, *_ in table("time_bounds") for word in words.split("|")}
    words = [word for word in vocabulary() if word not in special]
    bound = [word for word in words if _bound(word)]
    asked = {*_ASKED, *(word[0] for word in (*special, *bound))}
    free = [word for word in words if word[0] not in NUMERALS and not _bound(word)]
    plain = [word for word in free if word[0] not in asked]
    shapes, pieces = _shapes()
    counts, completes, num = pieces["counts"], f"[{pieces['completes']}]", f"[{NUMERALS}]"
    behind = "|".join(f"(?<={completes}{num * count})" for count in range(1, 5))
    return re.compile(
        rf"""(?=[{_any({word[0] for word in words} | asked)}\d]|[ \u3000][至到—–－―~～\-])(?:
        (?=[{_any({word[0] for word in plain})}])(?P<plain>{_trie(plain)})
        |(?=[{_any(asked)}\d \u3000])(?:{shapes}
        # 三月三 is a festival, 三月三日 a date: a listed word that ends in a numeral must not run on as a number
        |(?={num})(?P<name>{_trie([word for word in words if word[0] in NUMERALS])}
            (?:(?<!{num})|(?![{NUMERALS}{pieces["runs on"]}]|小时)))
        |{_bounded()}
        |(?P<word>{_trie([word for word in free if word[0] in asked])})
        |(?<=[{pieces["behind"]} ])(?P<unit>{_trie(bound)})
        |(?P<ahead>(?:(?<![提目眼此以之先跟空当从])前|(?<=年)头)(?=[{NUMERALS}\d])|多(?=[年天日个])|半(?=[年个天小月日学夜]))
        |(?P<numeral>(?<![\d.])(?>{num}{{0,12}}(?:好几|几|(?<![多少总人次户分参指无倍岁件])数(?=[十百千天日年月周个小分载]))
            [十百千万]*)(?=[十百千万多余来个年月日天周小分秒载点星礼钟世昼夜晚季])
          |若干(?=[年天日月周个小])|(?<![\d.])(?>{num}{{1,12}})(?:(?=[{counts}])|{behind}))))""",
        re.X,
    )


def _any(characters: Iterable[str]) -> str:
    """The inside of a character class."""
    return re.escape("".join(sorted(characters)))


def _bounded() -> str:
    """The words of `time_bounds.txt`, each with what may not stand beside it."""
    rows = []
    for at, (words, before, after, *_) in enumerate(table("time_bounds")):
        not_before = "" if before == "-" else f"(?<![{filled(before)}])"
        not_after = "" if after == "-" else f"(?!{filled(after)})"
        first = "".join({word[0] for word in words.split("|")})
        rows.append(f"(?=[{first}]){not_before}(?P<bound{at}>{_trie(words.split('|'))}){not_after}")
    return "|".join(rows)


#: How many alternatives of a trie share one test of the next character.
_FAN = 6


def _trie(words: list[str]) -> str:
    """A pattern that matches the longest of the words, each character read once."""
    tails = {char: [word[1:] for word in group] for char, group in groupby(sorted(words), key=lambda word: word[:1])}
    ends = "?" if tails.pop("", None) else ""
    branches = [(char, re.escape(char) + _trie(rest)) for char, rest in tails.items()]
    return f"(?:{_choice(branches)}){ends}" if tails else ""


def _choice(branches: list[tuple[str, str]]) -> str:
    """Branches by their first characters: the engine tries them one by one, so most are skipped in a few steps."""
    if len(branches) <= _FAN:
        return "|".join(branch for _, branch in branches)
    size = -(-len(branches) // _FAN)
    parts = [branches[at : at + size] for at in range(0, len(branches), size)]
    return "|".join(f"(?=[{_any(char for char, _ in part)}])(?:{_choice(part)})" for part in parts)


def lex(text: str, start: int, end: int) -> list[Lexeme]:
    """The lexemes of a stretch of text, with a lexeme of kind `gap` between those that do not touch."""
    lexemes: list[Lexeme] = []
    words, whole = vocabulary(), pattern()
    last, search, new = -1, whole.search, tuple.__new__  # a named tuple takes twice as long to make by its name
    match = search(text, start, end)
    while match:
        begin, stop = match.span()
        group, word = match.lastgroup or "", match.group()
        reader = _READERS.get(group)
        kind, value = reader(word, text, begin, stop) if reader else _MARKS.get(group) or words[word]
        if not reader and 1 < stop - begin < 4 and kind not in _UNPARTED and crossed(text, begin, stop):
            match = whole.match(text, begin, stop - 1) or search(text, begin + 1, end)
            continue
        match = search(text, stop, end)
        blank = begin != last and lexemes and text[begin - 1] in _BLANKS
        if begin != last and not (blank and _only_blanks(text, lexemes[-1], kind, begin)):
            if len(lexemes) > 1 and lexemes[-2].kind == "gap" and not _alone(lexemes[-1].kind):
                lexemes.pop()
            else:
                lexemes.append(new(Lexeme, ("gap", None, last, begin)))
        lexemes.append(new(Lexeme, (kind, value, begin, stop)))
        last = stop
    return lexemes


_BLANKS = " \u3000\u00a0"
#: Kinds of words that count only behind others: nothing lies across their borders.
_UNPARTED = frozenset(("blocker", "rate", "beat", "day_part"))


@cache
def _alone(kind: str) -> bool:
    """Whether a lexeme of a kind is a time without a neighbour."""
    return scanner().search(code(kind)) is not None


def _only_blanks(text: str, before: Lexeme, kind: str, start: int) -> bool:
    """Blanks around Arabic digits and weekdays do not part a time: 11 月 25 日 星期五."""
    if start - before.end > 2 or text[before.end : start].strip(_BLANKS):
        return False
    return "weekday" in (kind, before.kind) or text[before.end - 1].isdecimal() or text[start].isdecimal()


_WEEKDAYS = {char: at % 7 + 1 for at, char in enumerate("一二三四五六日")} | {"天": 7}


def _plan(word: str, text: str, start: int, end: int) -> tuple[str, Any]:
    """Since the third plan (1966) five years each, without a gap."""
    return "plan", 1966 + 5 * (int(number(word.strip('“”"')[:-1]).value or 0) - 3)


#: 2024.3.15—, before 4.15
_FULL_DATE = re.compile(r"(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}[—–－―~～至\-]{1,2}$")


def _short_date(word: str, text: str, start: int, end: int) -> tuple[str, Any]:
    if not _FULL_DATE.search(text[max(0, start - 14) : start]):
        return "blocker", None
    return "iso_date", (None, *map(int, word.split(".")))


#: What shows that a number after 点 or 月 counts something: 8点20人.
_COUNTED = tuple("年月日天个小点时分秒人名位多余万亿元岁次户家辆件")
#: What may follow a day that is written without 日: 11月25上午, 五月十八，.
_AFTER_DAY = re.compile(r"[，。；！？）)（(”\n]|\Z|[上中下]午|[早晚夜]|凌晨|清晨|傍晚|深夜")


def _number(word: str, text: str, start: int, end: int) -> tuple[str, Any]:
    """The number of a year, minutes without 分, a day without 日, or any other number."""
    num = number(word)
    before, following = text[start - 1 : start], text[end : end + 1]
    if following in _BLANKS and num.arabic:
        following = text[end + 1 : end + 2]
    value = num.value or 0
    of_hour = before in ("点", "时") and text[start - 2] != "小" and following not in _COUNTED
    if of_hour and len(word) > 1 and value < 60:
        return "bare_minute", num  # 8点30, 七点二十
    if before == "月" and 1 <= value <= 31 and _AFTER_DAY.match(text, end) and (num.arabic or not about(word)):
        return "bare_day", num
    return "year_number" if following == "年" and is_year(num, text, start, end) else "number", num


#: Shapes that are kinds of lexemes by themselves.
_MARKS = {kind: (kind, None) for kind in ("rate", "weekend", "dotted_date", "第", "的", "排")}
#: What reads the other shapes.
_READERS: dict[str, Any] = {
    "digits": _number,
    "numeral": _number,
    "short": _short_date,
    "plan": _plan,
    "weekday": lambda word, text, start, end: ("weekday", _WEEKDAYS[word[-1]]),
    "clock": lambda word, text, start, end: ("clock", tuple(map(int, re.split("[:：∶]", word)))),
    "iso": lambda word, text, start, end: ("iso_date", tuple(map(int, re.split("[-/.]", word)))),
    "lunarday": lambda word, text, start, end: ("lunar_day", number(word.replace("初", "")).value),
    "joint": lambda word, text, start, end: ("、" if word == "、" else "至", None),
    "bracket": lambda word, text, start, end: ("（" if word in "（(" else "）", None),
    "quote": lambda word, text, start, end: ("”" if word == "”" or text[start - 1] in "一八四庆秋节" else "“", None),
    "ahead": lambda word, text, start, end: (word.replace("头", "前"), None),
}
