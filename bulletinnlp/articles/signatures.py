"""How much a line looks like a signature: `(融媒体 全兴社 通讯员 苏敏)`, `东昌府交警大队 摄`, `来源：某某发布`.

The splitter looks for the byline of an article so; the byline parser reads the same words (`signature_words`).
"""

from __future__ import annotations

import regex

from bulletinnlp.articles.signature_words import (
    DAY,
    LONGEST,
    SignatureWord,
    cue_of,
    is_paper,
    kind_of,
    looks_like_name,
    read_words,
)
from bulletinnlp.text.sentences import LIST_ENDS, SPEECH_ENDS
from bulletinnlp.text.words import holds_a_word

#: The body of a picture's caption is not longer.
LONGEST_CAPTION = 300

_BRACKETED = regex.compile(r"[（(【\[][^（()）【】\[\]]*[）)】\]]")
_HALF_BRACKETED = regex.compile(r"[（(][^（()）]+|[^（()）]+[）)]")
_DAY = regex.compile(DAY)
_UNIT_BEHIND = regex.compile(r"[^（(）)]{2,30}[（(][^（(）)]{3,30}[）)]")  # 甲 乙（县教育局）
_SENTENCE = regex.compile(f"[{LIST_ENDS}…]")


def signature_score(text: str) -> float:
    """How much a line (stripped) looks like a signature: above 0 rather yes, 3 and more almost surely, below 0 no.

    >>> signature_score("(融媒体 全兴社 通讯员 苏敏)") > 3 > signature_score("阿吉木呷 罗洪英") > 0
    True
    >>> signature_score("教育快讯") < 0
    True
    """
    if not text or len(text) > LONGEST or _SENTENCE.search(text):
        return -8.0
    words = read_words(text)
    if not words:
        return -8.0
    kinds = [word.kind for word in words]
    wrong = kinds.count("other")
    signing = sum(kind in ("name", "org", "media") for kind in kinds)
    commas = text.count("，") + text.count(",")
    if wrong > signing // 2 or commas > 2:
        return -4.0
    bracketed = _BRACKETED.fullmatch(text) is not None
    score = _cue_score(words, signing) + (3.0 if bracketed else -1.0)
    if not bracketed and _HALF_BRACKETED.fullmatch(text):  # 王强、刘芳）
        bracketed = True
        score += 3.0
    if not bracketed and commas:
        score -= 2.0
    if score <= 2.5 and not bracketed:  # bare names, a bare organisation
        if _dated(words):
            return 3.0
        if any(mark in text for mark in "：:，,"):
            return -3.0
        if _UNIT_BEHIND.fullmatch(text) and kinds[-1] in ("org", "media") and set(kinds[:-1]) == {"name"}:
            return 3.0
        return _bare_names(words, joined="、" in text, marked=text[0] in "□■●○▲△◆◇")
    return min(score - 1.5 * wrong - 1.2 * sum(map(_is_long_name, words)), 7.0)


def _is_long_name(word: SignatureWord) -> bool:
    return word.kind == "name" and len(word.text) > 4 and "·" not in word.text


def _dated(words: list[SignatureWord]) -> bool:
    """Whether an organisation or a paper stands beside a day: 东河县公安局 2020年5月14日, 常德日报 2020-08-06 07:51."""
    signing = [word for word in words if word.kind != "date"]
    if len(signing) != 1 or not any(word.kind == "date" and _DAY.fullmatch(word.text) for word in words):
        return False
    return is_paper(signing[0].text) or words[0].kind == "org"


def _cue_score(words: list[SignatureWord], signing: int) -> float:
    """What the cues say: one in its right place, beside something it can belong to."""
    first, last = words[0], words[-1]
    found = [word for word in words if word.kind == "cue"]
    if not found:
        return 1.0 if signing == len(words) else -1.0
    if not signing:
        return -3.0
    long = [word for word in found if len(word.text) > 1]
    score = 0.0
    if first.kind == "cue" and _place(first) != "after":
        score += 4.0
    elif any(_place(word) == "before" for word in long):
        score += 4.0 if first.kind in ("media", "org", "name") else 2.0
    if last.kind == "cue" and _place(last) != "before":
        score += 4.0
    return score or 3.0 * bool(long)


def _place(word: SignatureWord) -> str:
    """Where the names of a cue stand."""
    cue = cue_of(word.text)
    return cue.place if cue else "before"


def _bare_names(words: list[SignatureWord], joined: bool, marked: bool) -> float:
    """A line of names without brackets or cue: `寸心 尹家禄`, `融媒体 郭龙君`."""
    kinds = {word.kind for word in words}
    if kinds == {"media", "name"} and words[0].kind == "media":
        return 3.0
    if kinds == {"org", "name"} and words[0].kind == "org" and all(looks_like_name(w.text) for w in words[1:]):
        return 1.5
    if kinds != {"name"} or len(words) > 5:
        return -3.0
    sure = sum(looks_like_name(word.text) for word in words)
    if not sure or any(map(_is_long_name, words)):
        return -2.5
    if len(words) == 1:
        plain = len(words[0].text) == 3 and not holds_a_word(words[0].text)  # 孙乐文; but 丰收节
        return 0.8 if plain else -1.5 + 4 * marked
    return (2.0 if sure == len(words) else 1.0) + 2.0 * marked - joined


_SENTENCE_END = SPEECH_ENDS + "”"
_PHOTO_END = ("摄", "摄影", "摄影报道", "供图", "图", "宣")
#: 渔民学习厨艺 向阳 摄: a caption without a full stop.
_CAPTION = regex.compile(
    r"(?P<what>[^。！？]{6,60}|[^。！？]{2,4}现场)[ \u3000]+"
    r"(?P<who>\p{Han}{2,4}(?:[ 、]\p{Han}{2,4}){0,2}[ /／]?(?:摄|摄影))"
)


def tail_signature(text: str) -> int:
    """Where a byline at the end of a line of running text begins; 0 if there is none.

    >>> tail_signature("切实把各项工作落到实处。（融媒体 全兴社）"), tail_signature("草莓喜获丰收。记者 王小明 摄")
    (12, 7)
    """
    if len(text) < 8 or text[-1] in _SENTENCE_END:
        return 0
    at = -1
    if text.endswith(("）", ")", "】")):
        at = max(text.rfind(bracket, -100) for bracket in "（(【")
        if at > 0 and signature_score(text[at:]) < 3.5:
            at = -1
    if at <= 0:
        at = max(text.rfind(mark, -60) for mark in _SENTENCE_END) + 1
        at += len(text[at:]) - len(text[at:].lstrip())
        if at <= 0 or signature_score(text[at:]) < 3.0:
            return 0
    return at if text[:at].rstrip()[-1:] in _SENTENCE_END else 0


def is_photo(signature: str) -> bool:
    """Whether a byline is that of a picture: 李大伟 摄, 摄影 甲, （乙 摄影报道）."""
    bare = signature.strip("（()）[]【】 ")
    return bare.endswith(_PHOTO_END) or bare.startswith("摄影")


def caption_signature(text: str) -> int:
    """Where the photographer's byline at the end of a caption begins; 0 if the line is no caption.

    >>> lines = ["培训班现场。王强 摄", "（图为采茶。路遥 摄）", "渔民学习厨艺 向阳 摄", "记者 王强 摄"]
    >>> [caption_signature(line) for line in lines]
    [6, 6, 7, 0]
    """
    if len(text) > LONGEST or "摄" not in text[-5:]:
        return 0
    tail = tail_signature(text)
    if tail:
        return tail if is_photo(text[tail:]) else 0
    found = _CAPTION.fullmatch(text)
    if found is None or kind_of(found["what"]) in ("org", "media") or signature_score(found["what"]) > 0:
        return 0
    return found.start("who")
