"""The words of a signature: `(融媒体 全兴社 通讯员 苏敏)`, `东昌府交警大队 摄`, `来源：某某发布 编辑：甲`.

A signature is a row of words: *cues* that say what the people beside them did (记者, 通讯员, 摄, 责编), names of
*bodies* and *media*, and names of *people*; dates and remarks may stand between them. `read_words` tells them apart,
also where they are printed as one word (记者王强通讯员李明) or with spaces inside (编 辑：王 丹).

>>> [(word.text, word.kind) for word in read_words("（本报记者 张  弓 通讯员 县公安局 邸雪）")]
[('本报', 'media'), ('记者', 'cue'), ('张  弓', 'name'), ('通讯员', 'cue'), ('县公安局', 'body'), ('邸雪', 'name')]
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import regex

from bulletinnlp.articles.common_words import holds_a_word
from bulletinnlp.lexicons import listed, listed_rows, per_lexicons

WordKind = Literal["cue", "media", "body", "name", "date", "remark", "other"]

#: A pattern that matches nothing.
NEVER = r"(?!)"
#: A longer line is no signature.
LONGEST = 120
#: So many characters are names that are printed without a space between them, at most.
_RUN = 12


class Word(NamedTuple):
    """A word of a signature; `text[start:end]` of the line it was read from."""

    text: str
    kind: WordKind
    start: int
    end: int


class Cue(NamedTuple):
    """What a cue says: the role of the names beside it, and on which side they stand."""

    role: str
    place: str


@per_lexicons
def cues() -> dict[str, Cue]:
    """The cues of `data/lexicons/byline_cues.txt`."""
    return {word: Cue(role, place) for word, role, place in listed_rows("byline_cues")}


#: A day with its year, and the weekday behind it; an hour with minutes.
DAY = r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?(?:[ \u3000]{0,2}星期[一二三四五六日天])?"
CLOCK = r"(?<!\d)\d{1,2}[:：]\d\d(?:[:：]\d\d)?(?!\d)"
_TOKEN = regex.compile(
    rf"(?P<date>{DAY}(?=$|[^\d\p{{Han}}])|{CLOCK})"
    r"|[^\s\u3000《》、，,；;|｜丨（）()【】\[\]<>〈〉/／：:□■●○▲△◆◇★☆※◎*_＿—\-~]+"
)
_DATE = regex.compile(
    r"(?:[12]\d{3}|[一二○〇零]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})日"
)
# 图片由受访者提供, 资料图片, 本报综合: says something of the pictures, names nobody.
_REMARK = regex.compile(
    r"""(?:图片?|照片|本文图片)(?:均)?由.{1,20} | 资料(?:图片|照片|图) | 受访者供图 | 网络图片 | (?:本报)?综合 | 整理
    | 完 | 未完待续 | .{0,4}电 | .{2,12}\d日[电讯] | 等 | 本(?:网)?站""",
    regex.VERBOSE,
)
_HAN = r"[\p{Han}㐀-䶿〇]"
_FOREIGN = regex.compile(rf"{_HAN}{{1,8}}(?:[·•・∙‧．.]{_HAN}{{1,10}}){{1,3}}")
_PLAIN = regex.compile(rf"{_HAN}{{2,6}}")


@per_lexicons
def _inside() -> regex.Pattern[str]:
    """Cues that are found inside a word, with their rank: 本报|首席记者|张三."""
    inside = sorted(
        (cue for cue in cues() if len(cue) > 1 and cue not in ("报道", "文字", "整理")), key=len, reverse=True
    )
    return regex.compile(
        rf"""(?:首席|见习|实习|特约|特派|驻站|驻村|资深|高级|摄影|文字|小|主任|青年)*
        (?P<cue>{"|".join(map(regex.escape, inside)) or NEVER})
        (?!站|团|部|家|协|节|组|室|处|中心|委员会|部门)""",
        regex.VERBOSE,
    )


@per_lexicons
def _behind() -> tuple[str, ...]:
    """Cues that are printed in one word with the name before them: 王小明摄, 李想报道."""
    return tuple(sorted((cue for cue, what in cues().items() if cue == "摄" or cue.endswith("报道")), key=len)[::-1])


@per_lexicons
def _surnames() -> frozenset[str]:
    return frozenset(listed("surnames"))


@per_lexicons
def _endings() -> tuple[str, ...]:
    """Endings of names of bodies and places that sign: 局, 大队, 街道, 镇."""
    places = tuple(row[0] for row in listed_rows("place_suffixes") if row[1] == "unit")
    bodies = tuple(row[0] for row in listed_rows("body_suffixes") if row[1] == "full" or len(row[0]) > 1)
    return tuple(sorted({*bodies, *places, *listed("signing_units")}, key=len, reverse=True))


@per_lexicons
def media() -> regex.Pattern[str]:
    """The words of `data/lexicons/media_words.txt`."""
    words = sorted(listed("media_words"), key=len, reverse=True)
    return regex.compile("|".join(map(regex.escape, words)) or NEVER)


def is_paper(text: str) -> bool:
    """Whether a word names a paper or a site: 大理日报, 武宁网, 徐闻发布."""
    return media().search(text) is not None or text.endswith(("报", "网", "发布", "在线"))


def looks_like_name(text: str) -> bool:
    """Whether a word may be a person's name: 孙乐文, 欧阳桂香, 古丽米热·吾斯曼; a surname decides for plain names."""
    if _FOREIGN.fullmatch(text):
        return True
    if not _PLAIN.fullmatch(text):
        return False
    return (text[0] in _surnames() and len(text) <= 3) or (text[:2] in _surnames() and len(text) <= 4)


def kind_of(text: str) -> WordKind:
    """What a word of a signature is, as far as it tells by itself.

    >>> kind_of("区教体局"), kind_of("大理日报"), kind_of("孙乐文"), kind_of("责编")
    ('body', 'media', 'name', 'cue')
    """
    if text in cues():
        return "cue"
    if _DATE.fullmatch(text):
        return "date"
    if _REMARK.fullmatch(text):
        return "remark"
    if media().search(text) and not (looks_like_name(text) and len(text) <= 2):
        return "media"
    ends = text.endswith(_endings())
    if ends and len(text) >= 4:
        return "body"
    if ends and len(text) == 3 and not text.endswith(("会", "科", "团", "旗", "村")):  # 郑家镇, 区妇联; but 王红旗
        return "body"
    if text in _endings() and len(text) == 2:  # 法院
        return "body"
    if ends and len(text) == 3 and text[0] in "县区市镇乡省州旗":
        return "body"
    if looks_like_name(text):
        return "name"
    if len(text) >= 2 and text[0] in "县区市省州旗" and text[-1] in "局委办部院协联":
        return "body"
    if _PLAIN.fullmatch(text):
        return "name"
    return "other"


def _split_word(text: str, start: int) -> list[Word]:
    """One printed word as the words that it is made of: 本报记者张三 is an outlet, a cue and a name."""
    if len(text) > LONGEST:
        return [Word(text, "other", start, start + len(text))]
    if text in cues():
        return [Word(text, "cue", start, start + len(text))]
    if len(text) > 4 and text[-1] in "宣图文" and kind_of(text[:-1]) in ("body", "media"):  # 区教体局宣
        return _with_cue_behind(text, text[-1], start)
    if len(text) <= 30 and text.endswith(_behind()):
        cue = next(cue for cue in _behind() if text.endswith(cue))
        words = _with_cue_behind(text, cue, start)
        if len(text) > len(cue) + 1 and (cue == "摄" or all(word.kind != "other" for word in words)):
            return words
    if len(text) > 3 and text[0] == "据" and kind_of(text[1:]) == "media":  # 据新华社
        return [Word("据", "cue", start, start + 1), Word(text[1:], "media", start + 1, start + len(text))]
    whole = Word(text, kind_of(text), start, start + len(text))
    if whole.kind == "remark" or not _inside().search(text):
        return [whole]
    if whole.kind == "name":  # 记者调查
        whole = whole._replace(kind="other")
    return _split_at_cues(text, start) or [whole]


def _with_cue_behind(text: str, cue: str, start: int) -> list[Word]:
    end = start + len(text)
    return [*_split_word(text[: -len(cue)], start), Word(cue, "cue", end - len(cue), end)]


def _split_at_cues(text: str, start: int) -> list[Word]:
    """The words of one that has cues inside; nothing if what stands around them is neither outlet nor name."""
    found = list(_inside().finditer(text))
    words: list[Word] = []
    if outlet := text[: found[0].start()]:
        kind = kind_of(outlet)
        if kind not in ("media", "body") and (len(outlet) > 6 or _TALK.search(outlet)):
            return []  # 南方告诉记者
        kind = kind if kind != "name" or looks_like_name(outlet) else "media"
        words.append(Word(outlet, kind, start, start + len(outlet)))
    for i, cue in enumerate(found):
        words.append(Word(cue.group(), "cue", start + cue.start(), start + cue.end()))
        last = i + 1 == len(found)
        rest = text[cue.end() : None if last else found[i + 1].start()]
        members = _members(rest, start + cue.end(), cues()[cue["cue"]].role, opens=i == 0 and not outlet, last=last)
        if rest and not members:
            return []  # 读者来信
        words += members
    return words


_TALK = regex.compile(r"[说告诉向对问让是在从据由与和经]")


def _members(text: str, start: int, role: str, opens: bool, last: bool) -> list[Word]:
    """The names behind a cue in the same printed word; nothing if it is something else that stands there."""
    if not text:
        return []
    end = start + len(text)
    if looks_like_name(text):
        return [Word(text, "name", start, end)]
    if role == "source" and opens:
        return _split_word(text, start)
    if not last:  # 记者张三|本报|通讯员李四
        for n in (3, 2):
            outlet = kind_of(text[n:]) if looks_like_name(text[:n]) else "other"
            if outlet in ("body", "media"):
                return [Word(text[:n], "name", start, start + n), Word(text[n:], outlet, start + n, end)]
    kind = kind_of(text)
    if kind in ("body", "media") and _TALK.search(text) is None and "日" not in text[:3]:
        return [Word(text, kind, start, end)]
    if len(text) in (2, 3) and _PLAIN.fullmatch(text) and not holds_a_word(text):  # a rare surname
        return [Word(text, "name", start, end)]
    return _run_of_names(text, start)


def _run_of_names(text: str, start: int) -> list[Word]:
    """Names printed without a space between them: 王强刘小芳; as few as there can be."""
    if len(text) > _RUN:
        return []
    best: list[list[int] | None] = [[]] + [None] * len(text)
    for at in range(len(text)):
        before = best[at]
        for n in (4, 3, 2) if before is not None else ():
            after = best[at + n] if at + n <= len(text) else []
            if looks_like_name(text[at : at + n]) and (after is None or len(after) > len(before or ()) + 1):
                best[at + n] = [*(before or ()), at]
    starts = best[-1] or []
    ends = [*starts[1:], len(text)]
    return [Word(text[a:b], "name", start + a, start + b) for a, b in zip(starts, ends, strict=False)]


_HAN_ONE = regex.compile(_HAN)
_GAP = regex.compile(r"[ \t\u3000\xa0]{1,6}")


def _halves(first: Word, second: Word) -> bool:
    """Whether two single characters may be one name; 甲 and 乙 stand for two."""
    return (
        len(first.text) == 1 and first.kind != "cue" and _HAN_ONE.fullmatch(first.text) is not None
        and not (first.text in _STEMS and second.text in _STEMS)
    )  # fmt: skip


_STEMS = "甲乙丙丁戊己庚辛"


def _join_names(text: str, words: list[Word]) -> list[Word]:
    """`张  弓` is printed with a space so that it is as wide as a name of three characters.

    A single character that does not join is a name where a cue stands in the line: 记者 甲.
    """
    joined: list[Word] = []
    cue = any(word.kind == "cue" for word in words)
    for word in words:
        last = joined[-1] if joined else None
        one = word.kind == "other" and _HAN_ONE.fullmatch(word.text) is not None
        if one and last is not None and _halves(last, word) and _GAP.fullmatch(text, last.end, word.start):
            joined[-1] = Word(text[last.start : word.end], "name", last.start, word.end)
            continue
        joined.append(word._replace(kind="name") if one and cue else word)
    return joined


@per_lexicons
def _longest_cue() -> int:
    return max(map(len, cues()), default=0)


def _join_cues(text: str, words: list[Word]) -> list[Word]:
    """`编 辑`, `通 讯 员`, `一 审`: cues that are printed with a space behind every character."""
    joined: list[Word] = []
    at = 0
    while at < len(words):
        run = 1 if len(words[at].text) == 1 else 0
        while run and run < _longest_cue() and at + run < len(words) and len(words[at + run].text) == 1:
            if not _GAP.fullmatch(text, words[at + run - 1].end, words[at + run].start):
                break
            run += 1
        spelled = "".join(word.text for word in words[at : at + run])
        size = next((n for n in range(run, 1, -1) if spelled[:n] in cues()), 0)
        if size:
            joined.append(Word(spelled[:size], "cue", words[at].start, words[at + size - 1].end))
        else:
            joined.append(words[at])
        at += size or 1
    return joined


def read_words(text: str) -> list[Word]:
    """The words of a signature, in order. Anything may be read; what is no word of a signature has kind `other`.

    >>> [(word.text, word.kind) for word in read_words("记者王强通讯员李明")]
    [('记者', 'cue'), ('王强', 'name'), ('通讯员', 'cue'), ('李明', 'name')]
    >>> [(word.text, word.kind) for word in read_words("编 辑：王 丹")]
    [('编辑', 'cue'), ('王 丹', 'name')]
    """
    words: list[Word] = []
    for found in _TOKEN.finditer(text):
        if found["date"]:
            words.append(Word(found.group(), "date", found.start(), found.end()))
        else:
            words += _split_word(found.group(), found.start())
    return _join_names(text, _join_cues(text, words))
