"""The words of a signature: `(融媒体 全兴社 通讯员 苏敏)`, `东昌府交警大队 摄`, `来源：某某发布 编辑：甲`.

A signature is a row of words: *cues* that say what the people beside them did (记者, 通讯员, 摄, 责编), names of
*organisations*, of *media* and of *people*; dates and remarks may stand between them. `read_words` finds and labels
them, also where they are printed as one word (记者王强通讯员李明) or with spaces inside (编 辑：王 丹).

>>> [(word.text, word.kind) for word in read_words("（本报记者 张  弓 通讯员 县公安局 邸雪）")]
[('本报', 'media'), ('记者', 'cue'), ('张  弓', 'name'), ('通讯员', 'cue'), ('县公安局', 'org'), ('邸雪', 'name')]
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import regex

from bulletinnlp.lexicons import listed, listed_rows, listed_set, per_lexicons
from bulletinnlp.text.patterns import any_of
from bulletinnlp.text.words import holds_a_word

WordKind = Literal["cue", "media", "org", "name", "date", "remark", "other"]

#: A longer line is no signature.
LONGEST = 120
#: So many characters are names that are printed without a space between them, at most.
_RUN = 12


class SignatureWord(NamedTuple):
    """A word of a signature; `text[start:end]` of the line it was read from."""

    text: str
    kind: WordKind
    start: int
    end: int


class Cue(NamedTuple):
    """What a cue says: the role of the names beside it, and on which side they stand (`before`, `after`, `both`)."""

    role: str
    place: str


@per_lexicons
def byline_cues() -> dict[str, Cue]:
    """The cues of `data/lexicons/byline_cues.txt`."""
    return {word: Cue(role, place) for word, role, place in listed_rows("byline_cues")}


def cue_of(text: str) -> Cue | None:
    """The cue with which a word ends, the longest: 本报首席记者 is a 记者."""
    return next((cue for at in range(len(text)) if (cue := byline_cues().get(text[at:]))), None)


#: A day with its year, and the weekday behind it; the day in Chinese figures; an hour with minutes.
DAY = r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?(?:[ \u3000]{0,2}星期[一二三四五六日天])?"
CHINESE_DAY = r"[一二][一二三四五六七八九〇○零]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
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
_FOREIGN = regex.compile(r"\p{Han}{1,8}(?:[·•・∙‧．.]\p{Han}{1,10}){1,3}")
_PLAIN = regex.compile(r"\p{Han}{2,6}")


@per_lexicons
def _cue_inside() -> regex.Pattern[str]:
    """A cue that is found inside a word, with its rank: 本报|首席记者|张三."""
    inside = [cue for cue in byline_cues() if len(cue) > 1 and cue not in ("报道", "文字", "整理")]
    return regex.compile(
        rf"""(?:首席|见习|实习|特约|特派|驻站|驻村|资深|高级|摄影|文字|小|主任|青年)*
        (?P<cue>{any_of(inside)})
        (?!站|团|部|家|协|节|组|室|处|中心|委员会|部门)""",
        regex.VERBOSE,
    )


@per_lexicons
def _cue_behind() -> regex.Pattern[str]:
    """A cue that is printed in one word with the name before it: 王小明摄, 李想报道."""
    return regex.compile(f"(?:{any_of(cue for cue in byline_cues() if cue == '摄' or cue.endswith('报道'))})$")


@per_lexicons
def unit_endings() -> tuple[str, ...]:
    """Endings of names of organisations and places that sign, or that are eyebrows: 局, 大队, 街道, 镇."""
    places = [row[0] for row in listed_rows("place_suffixes") if row[1] == "unit"]
    orgs = [row[0] for row in listed_rows("body_suffixes") if row[1] == "full" or len(row[0]) > 1]
    return tuple(dict.fromkeys([*orgs, *places, *listed("signing_units")]))


@per_lexicons
def media_words() -> regex.Pattern[str]:
    """The words of `data/lexicons/media_words.txt`."""
    return regex.compile(any_of(listed("media_words")))


def is_paper(text: str) -> bool:
    """Whether a word names a paper or a site: 大理日报, 武宁网, 徐闻发布."""
    return media_words().search(text) is not None or text.endswith(("报", "网", "发布", "在线"))


def looks_like_name(text: str) -> bool:
    """Whether a word may be a person's name: 孙乐文, 欧阳桂香, 古丽米热·吾斯曼; a surname decides for plain names."""
    if _FOREIGN.fullmatch(text):
        return True
    if not _PLAIN.fullmatch(text):
        return False
    surnames = listed_set("surnames")
    return (text[0] in surnames and len(text) <= 3) or (text[:2] in surnames and len(text) <= 4)


def kind_of(text: str) -> WordKind:
    """What a word of a signature is, as far as the word itself says.

    >>> kind_of("区教体局"), kind_of("大理日报"), kind_of("孙乐文"), kind_of("责编")
    ('org', 'media', 'name', 'cue')
    """
    if text in byline_cues():
        return "cue"
    if _DATE.fullmatch(text):
        return "date"
    if _REMARK.fullmatch(text):
        return "remark"
    if media_words().search(text) and not (looks_like_name(text) and len(text) <= 2):
        return "media"
    if _ends_like_org(text):
        return "org"
    if looks_like_name(text):
        return "name"
    if len(text) >= 2 and text[0] in "县区市省州旗" and text[-1] in "局委办部院协联":
        return "org"
    return "name" if _PLAIN.fullmatch(text) else "other"


def _ends_like_org(text: str) -> bool:
    """Whether a word ends as names of organisations and places do, and is long enough: 法院, 郑家镇; but 王红旗."""
    if not text.endswith(unit_endings()):
        return False
    if len(text) == 3:
        return text[0] in "县区市镇乡省州旗" or not text.endswith(("会", "科", "团", "旗", "村"))
    return len(text) > 3 or (len(text) == 2 and text in unit_endings())


def _word(text: str, kind: WordKind, start: int) -> SignatureWord:
    return SignatureWord(text, kind, start, start + len(text))


def _split_word(text: str, start: int) -> list[SignatureWord]:
    """One printed word as the words that it is made of: 本报记者张三 is an outlet, a cue and a name."""
    if len(text) > LONGEST:
        return [_word(text, "other", start)]
    if text in byline_cues():
        return [_word(text, "cue", start)]
    if len(text) > 4 and text[-1] in "宣图文" and kind_of(text[:-1]) in ("org", "media"):  # 区教体局宣
        return _split_before(text, len(text) - 1, start)
    if len(text) <= 30 and (cue := _cue_behind().search(text)):
        words = _split_before(text, cue.start(), start)
        if cue.start() > 1 and (cue.group() == "摄" or all(word.kind != "other" for word in words)):
            return words
    if len(text) > 3 and text[0] == "据" and kind_of(text[1:]) == "media":  # 据新华社
        return [_word("据", "cue", start), _word(text[1:], "media", start + 1)]
    kind = kind_of(text)
    if kind == "remark" or not _cue_inside().search(text):
        return [_word(text, kind, start)]
    return _split_at_cues(text, start) or [_word(text, "other" if kind == "name" else kind, start)]  # 记者调查


def _split_before(text: str, at: int, start: int) -> list[SignatureWord]:
    """The words before a cue that ends a printed word, and the cue."""
    return [*_split_word(text[:at], start), _word(text[at:], "cue", start + at)]


def _split_at_cues(text: str, start: int) -> list[SignatureWord]:
    """The words of one that has cues inside; nothing if what stands around them is neither outlet nor name."""
    found = list(_cue_inside().finditer(text))
    words: list[SignatureWord] = []
    if outlet := text[: found[0].start()]:
        kind = kind_of(outlet)
        if kind not in ("media", "org") and (len(outlet) > 6 or _TALK.search(outlet)):
            return []  # 南方告诉记者
        words.append(_word(outlet, kind if kind != "name" or looks_like_name(outlet) else "media", start))
    for i, cue in enumerate(found):
        words.append(_word(cue.group(), "cue", start + cue.start()))
        last = i + 1 == len(found)
        rest = text[cue.end() : None if last else found[i + 1].start()]
        role = byline_cues()[cue["cue"]].role
        members = _members(rest, start + cue.end(), role, opens=i == 0 and not outlet, last=last)
        if rest and not members:
            return []  # 读者来信
        words += members
    return words


_TALK = regex.compile(r"[说告诉向对问让是在从据由与和经]")


def _members(text: str, start: int, role: str, opens: bool, last: bool) -> list[SignatureWord]:
    """The names behind a cue in the same printed word; nothing if it is something else that stands there."""
    if not text:
        return []
    if looks_like_name(text):
        return [_word(text, "name", start)]
    if role == "source" and opens:
        return _split_word(text, start)
    if not last:  # 记者张三|本报|通讯员李四
        for n in (3, 2):
            outlet = kind_of(text[n:]) if looks_like_name(text[:n]) else "other"
            if outlet in ("org", "media"):
                return [_word(text[:n], "name", start), _word(text[n:], outlet, start + n)]
    kind = kind_of(text)
    if kind in ("org", "media") and _TALK.search(text) is None and "日" not in text[:3]:
        return [_word(text, kind, start)]
    if len(text) in (2, 3) and _PLAIN.fullmatch(text) and not holds_a_word(text):  # a rare surname
        return [_word(text, "name", start)]
    return _run_of_names(text, start)


def _run_of_names(text: str, start: int) -> list[SignatureWord]:
    """Names printed without a space between them: 王强刘小芳; as few as there can be."""
    if len(text) > _RUN:
        return []
    fewest: list[list[str] | None] = [[]] + [None] * len(text)
    for at in range(len(text)):
        before = fewest[at]
        for n in (4, 3, 2) if before is not None else ():
            after = fewest[at + n] if at + n <= len(text) else []
            if looks_like_name(text[at : at + n]) and (after is None or len(after) > len(before or ()) + 1):
                fewest[at + n] = [*(before or ()), text[at : at + n]]
    words: list[SignatureWord] = []
    for name in fewest[-1] or ():
        words.append(_word(name, "name", words[-1].end if words else start))
    return words


_ONE = regex.compile(r"\p{Han}")
_GAP = regex.compile(r"[ \t\u3000\xa0]{1,6}")
_ANONYMOUS = "甲乙丙丁戊己庚辛"


def _join_names(text: str, words: list[SignatureWord]) -> list[SignatureWord]:
    """`张  弓` is printed with a space so that it is as wide as a name of three characters.

    A single character that does not join is a name where a cue stands in the line: 记者 甲.
    """
    joined: list[SignatureWord] = []
    cue = any(word.kind == "cue" for word in words)
    for word in words:
        last = joined[-1] if joined else None
        one = word.kind == "other" and _ONE.fullmatch(word.text) is not None
        if one and last and _halves(last, word) and _GAP.fullmatch(text, last.end, word.start):
            joined[-1] = SignatureWord(text[last.start : word.end], "name", last.start, word.end)
        else:
            joined.append(word._replace(kind="name") if one and cue else word)
    return joined


def _halves(first: SignatureWord, second: SignatureWord) -> bool:
    """Whether two single characters may be one name; 甲 and 乙 stand for two."""
    if first.kind == "cue" or not _ONE.fullmatch(first.text):
        return False
    return not (first.text in _ANONYMOUS and second.text in _ANONYMOUS)


@per_lexicons
def _longest_cue() -> int:
    return max(map(len, byline_cues()), default=0)


def _join_cues(text: str, words: list[SignatureWord]) -> list[SignatureWord]:
    """`编 辑`, `通 讯 员`, `一 审`: cues that are printed with a space behind every character."""
    joined: list[SignatureWord] = []
    at = 0
    while at < len(words):
        run = 1 if len(words[at].text) == 1 else 0
        while run and run < _longest_cue() and at + run < len(words) and len(words[at + run].text) == 1:
            if not _GAP.fullmatch(text, words[at + run - 1].end, words[at + run].start):
                break
            run += 1
        spelled = "".join(word.text for word in words[at : at + run])
        size = next((n for n in range(run, 1, -1) if spelled[:n] in byline_cues()), 0)
        if size:
            joined.append(SignatureWord(spelled[:size], "cue", words[at].start, words[at + size - 1].end))
        else:
            joined.append(words[at])
        at += size or 1
    return joined


def read_words(text: str) -> list[SignatureWord]:
    """The words of a signature, in order. Anything may be read; what is no word of a signature has kind `other`.

    >>> [(word.text, word.kind) for word in read_words("记者王强通讯员李明")]
    [('记者', 'cue'), ('王强', 'name'), ('通讯员', 'cue'), ('李明', 'name')]
    >>> [(word.text, word.kind) for word in read_words("编 辑：王 丹")]
    [('编辑', 'cue'), ('王 丹', 'name')]
    """
    words: list[SignatureWord] = []
    for found in _TOKEN.finditer(text):
        if found["date"]:
            words.append(_word(found.group(), "date", found.start()))
        else:
            words += _split_word(found.group(), found.start())
    return _join_names(text, _join_cues(text, words))
