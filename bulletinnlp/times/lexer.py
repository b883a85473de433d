"""From text to lexemes: the words that times are made of.

Every kind of lexeme has a one-letter code, so the lexemes of a text are also a string, over which the grammar is
written: 11月25日（星期五）上午9时 reads `N月N日（W）PN时`. The vocabulary is data (`data/lexicons/time_*.txt`); only
numbers, clock times, numeric dates and a few families that numbers form (周三, 初八, “十四五”) are patterns here.

Most characters of a text begin no lexeme, and most of those that could (个, 来, 到, 一) are not beside anything that
makes a time of them. The pattern asks for that at once, so that little is left to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from bulletinnlp.data import lexicon, table
from bulletinnlp.times.borders import crossed
from bulletinnlp.times.calendar.feasts import feasts
from bulletinnlp.times.numerals import about, number
from bulletinnlp.times.shortyears import is_year

#: A lexeme that only keeps others from being read wrongly.
GUARD = "×"
#: Stands in the code string where lexemes do not touch.
GAP = " "

NUMERALS = "零〇○一二三四五六七八九十百千万两廿卅"
#: What makes a number of the numeral before it.
RUNS_ON = "年月日号天个点时分秒周岁季刻载余多来几世星礼钟名位元万亿米亩"
#: A number is looked at only before a unit or a joint, or behind what a number completes (正月|十五, 逢|五).
_COUNTS = "年月日号天个小时点分秒刻周星礼季世载余多来几昼夜晚上中下旬工钟零学半早清凌至到—–－―~～、" + r"\-"
_COMPLETES = "月逢排、至到—–－―~～零点时" + r"\-"
#: Units and other words of one character are looked at only behind one of these.
_BEHIND = (
    NUMERALS
    + r"\d干几半数多余来个每隔整第差年月日号天时点分秒刻周季期纪代度夜晚旬载昼午晨上里间末底初许工钟元节假头学夕宵"
    "秋春夏冬至暑寒露降种满雨蛰阳明庆旦五”）) "
)
#: A joint is looked at only before one of these.
_JOINED = (
    NUMERALS
    + r"\d几数正腊冬初廿次翌当同今明昨后周星下上早晚中凌清傍深夜半年月春夏元国农除端重立小大惊谷芒处白寒霜去本黎拂"
    "黑午子“"
)

#: First characters of the words that are looked at only behind `_BEHIND`, if they are a unit, a suffix or a guard.
_UNITS = "年月日号天个时点分秒刻季多余来把许整起初底末前后周度载代"

#: Families of words that are formed, not listed. Each has an example behind it.
SHAPES = rf"""
    (?=\d)(?<![\d.])(?:
        (?P<iso>(?:1[89]|20)\d\d(?:-\d\d?-\d\d?|/\d\d?/\d\d?|\.\d\d?\.\d\d?)
          (?!\d|\.\d|[-/]\d(?!\d\d\d[-/.]|\d?\.\d)))  # 2022-11-03
      | (?P<short>(?<=\d[—–－~～至-])(?:1[0-2]|0?[1-9])\.(?:3[01]|[12]\d|0?[1-9])(?![\d.%％万亿元米公个]))  # —4.15
      | (?P<clock>(?<!\d[:：∶])(?:[01]?\d|2[0-4])[:：∶][0-5]\d(?:[:：∶][0-5]\d)?(?!\d|[:：∶]\d))  # 8:50
      | (?P<digits>(?>\d{{1,3}}(?:,\d\d\d)+|\d{{1,9}}(?:\.\d{{1,4}})?)
          (?:[万千](?=[余多]?个?(?:小时|分钟|昼夜|天)))?
          (?:(?=[{_COUNTS}年 \u3000]|[）)][日晚晨早夜])|(?<=[{_COMPLETES}]\d)|(?<=[{_COMPLETES}]\d\d)))  # 25, 1.2万
    )
  | (?=[末周星礼一二三四五六两七八九十几日天的第最“"廿初])(?:
    (?P<sunday>(?<=[周期拜][一二三四五六]、)[日天](?![\d月年号]))  # 周六、|日
  | (?P<rate>(?<=[年月周天日时期钟度])[一两二三四五六七八九十几]{{1,2}}[次熟茬])  # 一周|两次
  | (?P<weekend>(?<=[上下本这]周)末)  # 上周|末
  | (?P<weekday>(?:周|星期|礼拜|(?<=[上下本这]周)|(?<=[上下本这个]星期)|(?<=[上下本这个]礼拜))[一二三四五六日天]
       (?![次趟回班期场节课个遍月报届度会清测检轮周岁年线]|天(?![气空黑亮还刚]))
       (?<![一二两三四五六七八九十几数\d]周.)(?<![一二两三四五六七八九十几\d]星期.)
       (?<![一二两三四五六七八九十几\d]礼拜.))  # 周三
  | (?P<plan>[“"]?十[一二三四五六]五[”"]?(?![一二三四五六七八九十百\d年月日天岁个]))  # “十四五”
  | (?P<lunarday>初[一二三四五六七八九十](?![学年级班])|廿[一二三四五六七八九](?!年))  # 初八, 廿三
    )
  | (?=[至到—–－―~～\-、（()）“”"第的排]|[ \u3000][至到—–－―~～\-])(?:
    (?P<joint>(?:[ \u3000]?(?:——|--|至(?!今(?![年天日晚晨春夏秋冬早明]))|[到—–－―~～\-])[ \u3000]?|、)(?=[{_JOINED}])
      |(?<=周[一二三四五六])、(?=[日天]))  # 10月1日| - |10月7日
  | (?P<bracket>[（(](?=[\d周星礼上农每])|(?<=[日一二三四五六天\d])[）)])
  | (?P<dotted>[“"]\d{{1,2}}[·•.]\d{{1,2}}[”"](?=[国世全]|消费))  # “3·15”|国际消费者权益日
  | (?P<quote>[“"](?=(?:[五六七八十三][一八四]|国庆|中秋|春节)[”"])|(?<=[“"][五六七八十三国中春][一八四庆秋节])[”"])
  | (?P<ordinal>第(?=[{NUMERALS}\d]))
  | (?P<of>(?<=[年月周天日末期季度半假节前后晨一二三四五六])的(?=[{_JOINED}第最]))  # 每年|的|3月, 去年|的|今天
  | (?P<row>(?<=[{NUMERALS}\d])排(?=[{NUMERALS}\d]))  # 逢五排十
    )
"""
_NUMERAL = rf"""
    (?P<numeral>(?<![\d.])(?>[{NUMERALS}]{{0,12}}(?:好几|几|(?<![多少总人次户分参指无倍岁件])数(?=[十百千天日年月周个小分载]))
        [十百千万]*)(?=[十百千万多余来个年月日天周小分秒载点星礼钟世昼夜晚季])
      | 若干(?=[年天日月周个小])
      | (?<![\d.])(?>[{NUMERALS}]{{1,12}})(?:(?=[{_COUNTS}])|(?<=[{_COMPLETES}][{NUMERALS}])
        |(?<=[{_COMPLETES}][{NUMERALS}]{{2}})|(?<=[{_COMPLETES}][{NUMERALS}]{{3}})|(?<=[{_COMPLETES}][{NUMERALS}]{{4}})))
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
    words: dict[str, tuple[str, Any]] = dict.fromkeys(lexicon("time_guards"), (GUARD, None))
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


def _bound(word: str) -> bool:
    """Units, suffixes and the guards against them: nothing without what stands before."""
    code = vocabulary()[word][0]
    return word[0] in _UNITS and (len(word) == 1 or (code == GUARD and len(word) < 4) or code == word[0])


#: First characters of what is no listed word, or of a word that something is asked of.
_ASKED = "“\"”（()）第初廿周星礼末的至到—–－―~～、-若好几数排前头多半十日天" + NUMERALS


@cache
def pattern() -> re.Pattern[str]:
    """One pattern for every lexeme: shapes and words, the longest word first."""
    special = {word for words, *_ in table("time_bounds") for word in words.split("|")}
    words = [word for word in vocabulary() if word not in special]
    bound = [word for word in words if _bound(word)]
    asked = {*_ASKED, *(word[0] for word in (*special, *bound))}
    free = [word for word in words if word[0] not in NUMERALS and not _bound(word)]
    plain = [word for word in free if word[0] not in asked]
    return re.compile(
        rf"""(?=[{_any({word[0] for word in words} | asked)}\d]|[ \u3000][至到—–－―~～\-])(?:
        (?=[{_any({word[0] for word in plain})}])(?P<plain>{_trie(plain)})
        |(?=[{_any(asked)}\d \u3000])(?:{SHAPES}
        # 三月三 is a feast, 三月三日 a date: a listed word that ends in a numeral must not run on as a number
        |(?=[{NUMERALS}])(?P<name>{_trie([word for word in words if word[0] in NUMERALS])}
            (?:(?<![{NUMERALS}])|(?![{NUMERALS}{RUNS_ON}]|小时)))
        |{_bounded()}
        |(?P<word>{_trie([word for word in free if word[0] in asked])})
        |(?<=[{_BEHIND}])(?P<unit>{_trie(bound)})
        |(?P<ahead>(?:(?<![提目眼此以之先跟空当从])前|(?<=年)头)(?=[{NUMERALS}\d])|多(?=[年天日个])|半(?=[年个天小月日学夜]))
        |{_NUMERAL}))""",
        re.X,
    )


def _any(characters: Iterable[str]) -> str:
    """The inside of a character class."""
    return re.escape("".join(sorted(characters)))


def _bounded() -> str:
    """The words of `time_bounds.txt`, each with what may not stand beside it."""
    rows = []
    for at, (words, before, after, *_) in enumerate(table("time_bounds")):
        numerals = NUMERALS + r"\d"
        before = before.replace("«num»", numerals).replace("«num一»", NUMERALS)
        not_before = "" if before == "-" else f"(?<![{before}])"
        not_after = "" if after == "-" else f"(?!{after.replace('«num»', numerals)})"
        first = "".join({word[0] for word in words.split("|")})
        rows.append(f"(?=[{first}]){not_before}(?P<bound{at}>{_trie(words.split('|'))}){not_after}")
    return "|".join(rows)


#: How many alternatives of a trie share one look at the next character.
_FAN = 6


def _trie(words: list[str]) -> str:
    """A pattern that matches the longest of the words, each character looked at once."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}

    def spell(node: dict[str, Any]) -> str:
        rest = [(char, re.escape(char) + spell(child)) for char, child in sorted(node.items()) if char]
        return rest and f"(?:{_choice(rest)})" + ("?" if "" in node else "") or ""

    return spell(root)


def _choice(branches: list[tuple[str, str]]) -> str:
    """Branches by their first characters: the engine tries them one by one, so most are skipped in a few steps."""
    if len(branches) <= _FAN:
        return "|".join(branch for _, branch in branches)
    size = -(-len(branches) // _FAN)
    parts = [branches[at : at + size] for at in range(0, len(branches), size)]
    return "|".join(f"(?=[{_any(char for char, _ in part)}])(?:{_choice(part)})" for part in parts)


def lex(text: str, start: int, end: int) -> list[Lexeme]:
    """The lexemes of a stretch of text, with a lexeme of code GAP between those that do not touch."""
    lexemes: list[Lexeme] = []
    words, whole = vocabulary(), pattern()
    last, search = -1, whole.search
    match = search(text, start, end)
    while match:
        begin, stop = match.span()
        reader = _READERS.get(match.lastgroup or "")
        code, value = reader(match.group(), text, begin, stop) if reader else words[match.group()]
        if not reader and 1 < stop - begin < 4 and code not in _UNPARTED and crossed(text, begin, stop):
            match = whole.match(text, begin, stop - 1) or search(text, begin + 1, end)
            continue
        match = search(text, stop, end)
        if begin != last and not (
            lexemes and text[begin - 1] in _BLANKS and _only_blanks(text, last, begin, "W" in (code, lexemes[-1].code))
        ):
            if len(lexemes) > 1 and lexemes[-2].code == GAP and lexemes[-1].code in _NOTHING_ALONE:
                lexemes.pop()
            else:
                lexemes.append(Lexeme(GAP, None, last, begin))
        lexemes.append(Lexeme(code, value, begin, stop))
        last = stop
    return lexemes


_BLANKS = " \u3000\u00a0"
#: Codes of words that are looked at only behind others: nothing lies across their borders.
_UNPARTED = GUARD + "度班P"
#: Lexemes that are nothing without a neighbour.
_NOTHING_ALONE = 'Nyμνλ的κ年月日天周小时点分钟秒刻季纪代载昼工期旬个半多来许第元学i差至、（）“”"后每隔逢排o初m×z'


def _only_blanks(text: str, start: int, end: int, weekday: bool) -> bool:
    """Blanks around Arabic digits and weekdays do not part a time: 11 月 25 日 星期五."""
    if end - start > 2 or text[start:end].strip(_BLANKS):
        return False
    return weekday or text[start - 1].isdecimal() or text[end].isdecimal()


_WEEKDAYS = {char: at % 7 + 1 for at, char in enumerate("一二三四五六日")} | {"天": 7}


def _plan(word: str, text: str, start: int, end: int) -> tuple[str, Any]:
    """Since the third plan (1966) five years each, without a gap."""
    return "K", 1966 + 5 * (int(number(word.strip('“”"')[:-1]).value or 0) - 3)


#: 2024.3.15—, before 4.15
_FULL_DATE = re.compile(r"(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}[—–－―~～至\-]{1,2}$")


def _short_date(word: str, text: str, start: int, end: int) -> tuple[str, Any]:
    if not _FULL_DATE.search(text[max(0, start - 14) : start]):
        return GUARD, None
    return "I", (None, *(int(part) for part in word.split(".")))


def _mark(code: str) -> Any:
    return lambda word, text, start, end: (code, None)


#: What shows that a number after 点 or 月 counts something: 8点20人.
_COUNTED = tuple("年月日天个小点时分秒人名位多余万亿元岁次户家辆件")
#: What may follow a day that is written without 日: 11月25上午, 五月十八，.
_AFTER_DAY = re.compile(r"[，。；！？）)（(”\n]|\Z|[上中下]午|[早晚夜]|凌晨|清晨|傍晚|深夜")


def _number(word: str, text: str, start: int, end: int) -> tuple[str, Any]:
    """`y` for the number of a year, `μ` for minutes without 分, `ν` for a day without 日, `N` for any other."""
    num = number(word)
    before, following = text[start - 1 : start], text[end : end + 1]
    if following in _BLANKS and num.arabic:
        following = text[end + 1 : end + 2]
    value = num.value or 0
    of_hour = before in ("点", "时") and text[start - 2] != "小" and following not in _COUNTED
    if of_hour and len(word) > 1 and value < 60:
        return "μ", num  # 8点30, 七点二十
    if before == "月" and 1 <= value <= 31 and _AFTER_DAY.match(text, end) and (num.arabic or not about(word)):
        return "ν", num
    if following != "年":
        return "N", num
    return "y" if is_year(num, text, start, end) else "N", num


_READERS: dict[str, Any] = {
    "digits": _number,
    "numeral": _number,
    "clock": lambda word, text, start, end: ("k", tuple(int(part) for part in re.split("[:：∶]", word))),
    "iso": lambda word, text, start, end: ("I", tuple(int(part) for part in re.split("[-/.]", word))),
    "short": _short_date,
    "weekday": lambda word, text, start, end: ("W", _WEEKDAYS[word[-1]]),
    "weekend": _mark("w"),
    "sunday": lambda word, text, start, end: ("W", 7),
    "rate": _mark("度"),
    "plan": _plan,
    "lunarday": lambda word, text, start, end: ("R", number(word.replace("初", "")).value),
    "joint": lambda word, text, start, end: ("、" if word == "、" else "至", None),
    "bracket": lambda word, text, start, end: ("（" if word in "（(" else "）", None),
    "quote": lambda word, text, start, end: ("”" if word == "”" or text[start - 1] in "一八四庆秋节" else "“", None),
    "ordinal": _mark("第"),
    "dotted": _mark("J"),
    "ahead": lambda word, text, start, end: (word.replace("头", "前"), None),
    "row": _mark("排"),
    "of": _mark("的"),
}
