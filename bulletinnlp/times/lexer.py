"""From text to lexemes: the words that times are made of.

Every kind of lexeme has a one-letter code, so the lexemes of a text are also a string, over which the grammar is written:
11月25日（星期五）上午9时 reads `N月N日（W）PN时`. The vocabulary is data (`data/lexicons/time_*.txt`); only numbers,
clock times, numeric dates and a few families that numbers form (周三, 初八, “十四五”) are patterns here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from bulletinnlp.data import lexicon, table
from bulletinnlp.times.calendar.feasts import feasts
from bulletinnlp.times.numerals import Number, about, number

#: A lexeme that only keeps others from being read wrongly.
GUARD = "×"
#: Stands in the code string where lexemes do not touch.
GAP = " "

NUMERALS = "零〇○一二三四五六七八九十百千万两廿卅"

#: What makes a number of the numeral before it.
RUNS_ON = "年月日号天个小点时分秒周岁季刻载余多来几世星礼钟名位元万亿米亩"

#: Words that begin inside others: 30日|前, 五年|前年产, 说明|年底, 每天|天亮.
NOT_AFTER_A_COUNT = "日前 日后 年内 前天 前日 前年 前晚 后天 后日 后年 天天 日日 年年 月月 周周 夜夜".split()
NOT_AFTER_VERB = "明年 明天 明日 明早 明晚 明晨 明春 明夏 明秋 明冬 时下".split()

#: Families of words that are formed, not listed.
SHAPES = rf"""
    (?P<iso>(?<![\d.])(?:1[89]|20)\d\d(?:-\d\d?-\d\d?|/\d\d?/\d\d?|\.\d\d?\.\d\d?)(?![\d.]\d|[-/]\d))   # 2022-11-03, 2022.11.3
  | (?P<short>(?<=\d[—–－~～至-])(?:1[0-2]|0?[1-9])\.(?:3[01]|[12]\d|0?[1-9])(?![\d.%％万亿元米公个])) # 2024.3.15—4.15
  | (?P<clock>(?<![\d:：.])(?:[01]?\d|2[0-4])[:：∶][0-5]\d(?:[:：∶][0-5]\d)?(?![\d:：∶]))               # 8:50
  | (?P<digits>(?<![\d.])\d{{1,9}}(?:\.\d{{1,4}})?)
  | (?P<weekend>(?<=[上下本这]周)末)
  | (?P<weekday>(?:周|星期|礼拜|(?<=[上下本这]周)|(?<=[上下本这个]星期)|(?<=[上下本这个]礼拜))[一二三四五六日天](?![次趟回班期场节课个例遍月报届度会清测检轮周岁年线])
       (?<![一二两三四五六七八九十几数\d]周.)(?<![一二两三四五六七八九十几个\d]星期.)(?<![一二两三四五六七八九十几个\d]礼拜.))
  | (?P<nth>的?第[一二三四五1-5]个(?:周|星期|礼拜)[一二三四五六日天])                                     # 5月的第二个星期日
  | (?P<plan>“?十[一二三四五六]五”?(?![一二三四五六七八九十百\d年月日天岁个]))                              # “十四五”
  | (?P<lunarday>初[一二三四五六七八九十](?![学年级班])|廿[一二三四五六七八九])                             # 初八, 廿三
  | (?P<numeral>[{NUMERALS}]*(?:好几|几|(?<![多少总人次户分参指无倍岁件])数(?=[十百千天日年月周个小分载]))[十百千万]*
       (?=[十百千万多余来个年月日天周小分秒载点星礼钟世昼夜晚季])|若干(?=[年天日月周个小])|[{NUMERALS}]+)
"""


class Lexeme(NamedTuple):
    """A word of the time grammar at `text[start:end]`."""

    code: str
    value: Any
    start: int
    end: int


@cache
def vocabulary() -> dict[str, tuple[str, Any]]:
    """word → code and value, from the lexicons."""
    words: dict[str, tuple[str, Any]] = {word: (GUARD, None) for word in lexicon("time_guards")}
    for row in table("time_words"):
        words[row[0]] = (row[1], row[2] if len(row) > 2 else None)
    for name, feast in feasts().items():
        words.setdefault(name, (feast.code, feast))
    for dynasties, era, first in table("time_eras"):
        for dynasty in ("", *dynasties.split("|")):
            words[dynasty + era] = ("Y", int(first))
            if dynasty:
                words[f"{dynasty}朝{era}"] = words[f"{dynasty}代{era}"] = ("Y", int(first))
    return words


@cache
def pattern() -> re.Pattern[str]:
    """One pattern for every lexeme: shapes and words, the longest word first."""
    bound = {*NOT_AFTER_A_COUNT, *NOT_AFTER_VERB}
    words = _trie([word for word in vocabulary() if word not in bound])
    counted = _trie([word for word in NOT_AFTER_A_COUNT if word in vocabulary()])
    verbs = _trie([word for word in NOT_AFTER_VERB if word in vocabulary()])
    special = (
        rf"(?<![\d{NUMERALS}几数半年月日号天周时钟末每今去昨明本上下当次同])(?P<bound>{counted})"
        rf"|(?<![证说声表透光文聪发清照阐查指当平])(?P<after>{verbs})"
    )
    listed = _trie([word for word in vocabulary() if word[0] in NUMERALS])
    # 三月三 is a feast, 三月三日 a date: a listed word that ends in a numeral must not run on as a number.
    listed_numerals = rf"(?P<name>(?=[{NUMERALS}]){listed}(?:(?<![{NUMERALS}])|(?![{NUMERALS}{RUNS_ON}])))"
    return re.compile(
        rf"{SHAPES.replace('(?P<numeral>', listed_numerals + '|(?P<numeral>', 1)}|{special}|(?P<word>{words})", re.X
    )


def _trie(words: list[str]) -> str:
    """A pattern that matches the longest of the words, each character looked at once."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}

    def spell(node: dict[str, Any]) -> str:
        rest = [re.escape(char) + spell(child) for char, child in sorted(node.items()) if char]
        if not rest:
            return ""
        return f"(?:{'|'.join(rest)})" + ("?" if "" in node else "")

    return spell(root)


def lex(text: str, start: int = 0, end: int | None = None) -> tuple[list[Lexeme], str, list[int]]:
    """The lexemes of a stretch of text, their code string, and for each code which lexeme it is (-1: a gap)."""
    lexemes: list[Lexeme] = []
    codes: list[str] = []
    index: list[int] = []
    words = vocabulary()
    last = -1
    for match in pattern().finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup
        begin, stop = match.span()
        if kind in ("word", "name", "bound", "after"):
            code, value = words[match.group()]
        else:
            code, value = _shape(kind or "", match.group(), text, begin, stop)
        if begin != last and not (codes and _only_blanks(text, last, begin)):
            codes.append(GAP)
            index.append(-1)
        index.append(len(lexemes))
        codes.append(code)
        lexemes.append(Lexeme(code, value, begin, stop))
        last = stop
    return lexemes, "".join(codes), index


def _only_blanks(text: str, start: int, end: int) -> bool:
    """Blanks around Arabic digits do not part a time: 11 月 25 日."""
    between = text[start:end]
    return (
        0 < len(between) <= 2
        and not between.strip(" \u3000\u00a0")
        and (text[start - 1].isdecimal() or text[end].isdecimal())
    )


def _shape(kind: str, word: str, text: str, start: int, end: int) -> tuple[str, Any]:
    if kind == "digits" or kind == "numeral":
        return _number(word, text, start, end)
    if kind == "clock":
        return "k", tuple(int(part) for part in re.split("[:：∶]", word))
    if kind == "weekday":
        return "W", "一二三四五六日".find(word[-1].replace("天", "日")) + 1
    if kind == "weekend":
        return "w", None
    if kind == "lunarday":
        return "R", number(word.replace("初", "")).value
    if kind == "iso":
        return "I", tuple(int(part) for part in re.split("[-/.]", word))
    if kind == "short":
        return "I", (None, *(int(part) for part in word.split(".")))
    if kind == "nth":
        word = word.lstrip("的")
        return "η", (int(number(word[1]).value or 0), "一二三四五六日".find(word[-1].replace("天", "日")) + 1)
    plan = int(number(word.strip("“”")[:-1]).value or 0)
    return "K", 1966 + 5 * (plan - 3)  # since the third plan (1966) five years each, without a gap


#: What may follow a two-digit year at the head of a clause when it is a length instead: 57年间, 51年的.
_LENGTH = re.compile("[年][，。、；！？的来间前后里中]|年(?:了|多|历史|工龄|党龄|时间)")
#: What shows that a number after 点 counts something: 8点20人.
_COUNTED = tuple("年月日天个小点时分秒人名位多余万亿元岁次户家辆件")
#: What follows a number of years that is none of our era: 1300年前, 2000年的历史.
_AGE = re.compile("年(?:的?历史(?![最上同新])|来|间|古|悠久|沧桑|文明|树龄|前|以前|之前|多)")
_HEAD = re.compile(r"[，。；：！？、“”‘（(\s自从在到于是]$")


def _number(word: str, text: str, start: int, end: int) -> tuple[str, Any]:
    """`y` for the number of a year, `N` for any other."""
    num = number(word)
    if len(word) == 2 and num.arabic and text[start - 1 : start] == "点" and text[end : end + 1] not in _COUNTED:
        return "μ", num  # 8点30
    if num.value is None or text[end : end + 1].strip() != "年":
        return "N", num
    value = num.value
    if num.arabic:
        if len(word) == 4 and 1000 <= value < 2200:
            age = value % 10 == 0 and not 1900 <= value < 2100 and _AGE.match(text, end)
            return "N" if age else "y", num
        two = len(word) == 2
    else:
        if len(word) == 4 and num.positional:
            return "y", num
        two = len(word) == 2 and num.positional and not about(word)
    if two and (word[0] in "0零〇○" or (not num.arabic and value > 20) or _year_by_place(value, text, start, end)):
        return "y", Number(value, word)
    return "N", num


def _year_by_place(value: float, text: str, start: int, end: int) -> bool:
    """98年我还在砖瓦厂烧窑: a two-digit number above 49 at the head of a clause, not followed as a length is."""
    return (
        value > 49
        and value % 10 != 0
        and not _LENGTH.match(text, end)
        and bool(_HEAD.search(text[max(0, start - 1) : start] or "，"))
    )
