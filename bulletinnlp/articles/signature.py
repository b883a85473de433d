"""Reading the words of a signature: `(融媒体 全兴社 通讯员 苏敏)`, `东昌府交警大队 摄`, `来源：某某发布 编辑：甲`.

A signature is a row of words: *cues* that say what the people beside them did (记者, 通讯员, 摄, 责编), names of
*bodies* and *media*, and names of *people*. `read_words` tells them apart; `likeness` says how much a line looks like a
signature at all. The splitter needs the second to find the byline of an article, the byline parser the first to read
it.

>>> [(word.text, word.kind) for word in read_words("（本报记者 张  弓 通讯员 县公安局 邸雪）")]
[('本报', 'media'), ('记者', 'cue'), ('张  弓', 'name'), ('通讯员', 'cue'), ('县公安局', 'body'), ('邸雪', 'name')]
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

import regex

from bulletinnlp.data import lexicon, table

WordKind = Literal["cue", "media", "body", "name", "date", "remark", "other"]

#: A longer line is no signature.
LONGEST = 120


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


@cache
def cues() -> dict[str, Cue]:
    """The cues of `data/lexicons/byline_cues.txt`."""
    return {word: Cue(role, place) for word, role, place in table("byline_cues")}


_WORD = regex.compile(r"[^\s\u3000《》、，,；;|｜（）()【】\[\]<>〈〉/／：:□■●○▲△◆◇★☆※◎*_＿—\-~]+")
_DATE = regex.compile(
    r"(?:[12]\d{3}|[一二○〇零]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})日"
)
# 图片由受访者提供, 资料图片, 本报综合: says something of the pictures, names nobody.
_REMARK = regex.compile(
    r"""(?:图片?|照片|本文图片)(?:均)?由.{1,20} | 资料(?:图片|照片|图) | 受访者供图 | 网络图片 | (?:本报)?综合 | 整理
    | 完 | 未完待续 | .{0,4}电 | .{2,12}\d日[电讯] | 等""",
    regex.VERBOSE,
)
_HAN = r"[\p{Han}㐀-䶿〇]"
_FOREIGN = regex.compile(rf"{_HAN}{{1,8}}(?:[·•・∙‧．.]{_HAN}{{1,10}}){{1,3}}")
_PLAIN = regex.compile(rf"{_HAN}{{2,6}}")


@cache
def _glued() -> regex.Pattern[str]:
    """Cues that are found inside a word, with what stands before and behind them: 本报首席|记者, 记者|张三."""
    inside = sorted(
        (cue for cue in cues() if len(cue) > 1 and cue not in ("报道", "文字", "整理")), key=len, reverse=True
    )
    return regex.compile(
        rf"""(?P<outlet>.*?)
        (?P<rank>(?:首席|见习|实习|特约|特派|驻站|驻村|资深|高级|摄影|文字|小|主任|青年)*)
        (?P<cue>{"|".join(map(regex.escape, inside))})
        (?!站|团|部|家|协|节|组|室|处|中心|委员会|部门)
        (?P<rest>.*)""",
        regex.VERBOSE | regex.DOTALL,
    )


@cache
def _surnames() -> frozenset[str]:
    return frozenset(lexicon("surnames"))


@cache
def _endings() -> tuple[str, ...]:
    """Endings of names of bodies and places that sign: 局, 大队, 街道, 镇."""
    places = tuple(row[0] for row in table("place_suffixes") if len(row) > 1 and row[1] == "unit")
    bodies = tuple(row[0] for row in table("body_suffixes") if len(row) > 1 and (row[1] == "full" or len(row[0]) > 1))
    return tuple(sorted({*bodies, *places, *lexicon("signing_units")}, key=len, reverse=True))


@cache
def _media() -> regex.Pattern[str]:
    words = sorted(lexicon("media_words"), key=len, reverse=True)
    return regex.compile("|".join(map(regex.escape, words)))


def looks_like_name(text: str) -> bool:
    """Whether a word may be a person's name: 孙乐文, 欧阳桂香, 古丽米热·吾斯曼; a surname decides for plain names."""
    if _FOREIGN.fullmatch(text):
        return True
    if not _PLAIN.fullmatch(text):
        return False
    return (text[0] in _surnames() and len(text) <= 3) or (text[:2] in _surnames() and len(text) <= 4)


def _kind(text: str) -> WordKind:
    if text in cues():
        return "cue"
    if _DATE.fullmatch(text):
        return "date"
    if _REMARK.fullmatch(text):
        return "remark"
    if _media().search(text) and not (looks_like_name(text) and len(text) <= 2):
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
    if len(text) > 4 and text[-1] in "宣图文" and _kind(text[:-1]) in ("body", "media"):  # 区教体局宣
        end = start + len(text)
        return [*_split_word(text[:-1], start), Word(text[-1], "cue", end - 1, end)]
    if 3 <= len(text) <= 30 and text[-1] == "摄" and text not in cues():  # 通讯员王小明摄
        end = start + len(text)
        return [*_split_word(text[:-1], start), Word("摄", "cue", end - 1, end)]
    if len(text) > 3 and text[0] == "据" and _kind(text[1:]) == "media":  # 据新华社
        return [Word("据", "cue", start, start + 1), Word(text[1:], "media", start + 1, start + len(text))]
    if text in cues() or len(text) > LONGEST:
        return [Word(text, "cue" if text in cues() else "other", start, start + len(text))]
    if _REMARK.fullmatch(text):
        return [Word(text, "remark", start, start + len(text))]
    found = _glued().fullmatch(text)
    if found is None:
        return [Word(text, _kind(text), start, start + len(text))]
    if not _may_be_glued(found["outlet"], found["cue"], found["rest"]):
        return [Word(text, _kind(text), start, start + len(text))]  # 读者来信, 南方告诉记者
    words = []
    if outlet := found["outlet"]:
        kind = _kind(outlet)
        words.append(Word(outlet, "media" if kind == "name" else kind, start, start + len(outlet)))
    at = start + found.start("rank")
    words.append(Word(found["rank"] + found["cue"], "cue", at, start + found.end("cue")))
    if rest := found["rest"]:
        at = start + found.start("rest")
        words.extend(_split_word(rest, at))
    return words


_TALK = regex.compile(r"[说告诉向对问让是在从据由与和经]")


def _may_be_glued(outlet: str, cue: str, rest: str) -> bool:
    """Whether an outlet, a cue and a name may be printed as one word: 本报记者张三."""
    if outlet and _kind(outlet) not in ("media", "body") and (len(outlet) > 6 or _TALK.search(outlet)):
        return False
    if not rest or looks_like_name(rest):
        return True
    if not outlet and cues()[cue].role == "source":
        return True
    return _kind(rest) in ("body", "media") and _TALK.search(rest) is None and "日" not in rest[:3]


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


def read_words(text: str) -> list[Word]:
    """The words of a signature, in order. Anything may be read; what is no word of a signature has kind `other`."""
    words = [part for found in _WORD.finditer(text) for part in _split_word(found.group(), found.start())]
    return _join_names(text, words)


_BRACKETED = regex.compile(r"[（(【\[][^（()）【】\[\]]*[）)】\]]")
_UNIT_BEHIND = regex.compile(r"[^（(）)]{2,30}[（(][^（(）)]{3,30}[）)]")  # 甲 乙（县教育局）
_SENTENCE = regex.compile(r"[。！？；!?;…]")


def likeness(text: str) -> float:
    """How much a line (stripped) looks like a signature: above 0 rather yes, 3 and more almost surely, below 0 no.

    >>> likeness("(融媒体 全兴社 通讯员 苏敏)") > 3 > likeness("阿吉木呷 罗洪英") > 0 > likeness("教育快讯")
    True
    """
    if not text or len(text) > LONGEST or _SENTENCE.search(text):
        return -8.0
    bracketed = _BRACKETED.fullmatch(text) is not None
    words = read_words(text)
    if not words:
        return -8.0
    kinds = [word.kind for word in words]
    names = kinds.count("name")
    wrong = kinds.count("other")
    known = names + kinds.count("body") + kinds.count("media")
    if wrong > known // 2 or text.count("，") + text.count(",") > 2:
        return -4.0
    score = _cue_score(words, known)
    score += 3.0 if bracketed else -1.0
    if not bracketed and ("，" in text or "," in text):
        score -= 2.0
    if score <= 2.5 and not bracketed:  # bare names, a bare body
        if "date" in kinds and kinds.count("body") == 1 and len(words) == 2:
            return 3.0
        if any(mark in text for mark in "：:，,"):
            return -3.0
        if _UNIT_BEHIND.fullmatch(text) and kinds[-1] in ("body", "media") and set(kinds[:-1]) == {"name"}:
            return 3.0
        return _bare_names(words, joined="、" in text, marked=text[0] in "□■●○▲△◆◇")
    score -= 1.5 * wrong
    long_names = sum(word.kind == "name" and len(word.text) > 4 and "·" not in word.text for word in words)
    return min(score - 1.2 * long_names, 7.0)


def _cue_score(words: list[Word], known: int) -> float:
    """What the cues say: one in its right place, beside something it can belong to."""
    first, last = words[0], words[-1]
    found = [word for word in words if word.kind == "cue"]
    if not found:
        return 1.0 if known == len(words) else -1.0
    if not known:
        return -3.0
    score = 0.0
    if first.kind == "cue" and _place(first) != "after":
        score += 4.0
    elif any(len(word.text) > 1 and _place(word) == "before" for word in found):
        score += 4.0 if first.kind in ("media", "body", "name") else 2.0
    if last.kind == "cue" and _place(last) != "before":
        score += 4.0
    if score == 0 and any(len(word.text) > 1 for word in found):
        score += 3.0
    return score


def _place(word: Word) -> str:
    """Where the names of a cue stand; 本报首席记者 counts as 记者."""
    for length in range(len(word.text), 0, -1):
        cue = cues().get(word.text[-length:])
        if cue is not None:
            return cue.place
    return "before"


def _bare_names(words: list[Word], joined: bool, marked: bool) -> float:
    """A line of names without brackets or cue: `寸心 尹家禄`, `融媒体 郭龙君`."""
    kinds = {word.kind for word in words}
    if kinds == {"media", "name"} and words[0].kind == "media":
        return 3.0
    if kinds == {"body", "name"} and words[0].kind == "body" and all(looks_like_name(w.text) for w in words[1:]):
        return 1.5
    if kinds != {"name"} or len(words) > 5:
        return -3.0
    sure = sum(looks_like_name(word.text) for word in words)
    long = sum(len(word.text) > 4 and "·" not in word.text for word in words)
    if long or not sure:
        return -2.5
    if len(words) == 1:
        return 0.8 if len(words[0].text) == 3 else -1.5 + 4 * marked
    return (2.0 if sure == len(words) else 1.0) + 2.0 * marked - joined
