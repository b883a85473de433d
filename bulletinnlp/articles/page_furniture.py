"""Lines that belong to the page and not to an article: mastheads, imprints, advertisements, jump lines (下转第2版)."""

from __future__ import annotations

import regex

from bulletinnlp.lexicons import listed_rows, per_lexicons
from bulletinnlp.text.patterns import any_of
from bulletinnlp.text.sentences import Span


@per_lexicons
def _words() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """The words of `data/lexicons/page_furniture.txt`: the sure ones, the hints."""
    rows = listed_rows("page_furniture")
    sure, hint = (any_of(word for word, how in rows if how == kind) for kind in ("sure", "hint"))
    return regex.compile(sure), regex.compile(hint)


_PAGE_NUMBER = regex.compile(
    r"""第?\s?[A-DＡ-Ｄ]?\d{1,4}\s?[版页](?:\s|$|[^\p{Han}]) | [A-DＡ-Ｄ]\d{1,2}(?:\s|$)
    | 第[一二三四五六七八九十]{1,3}版
    | [一二三四五六七八]版(?:\s|$) | (?:19|20)\d\d年\d{1,2}月\d{1,2}日\s{0,4}(?:星期|农历|第)
    | 星期[一二三四五六日天](?:\s|$)
    | (?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?$ | 农历.{2,12}月.{1,4}$
    | [一二][一二三四五六七八九〇○零]{3}年.{1,3}月.{1,3}日$""",
    regex.VERBOSE,
)
_PAGE_DATE = regex.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s{0,4}(?:星期|农历)")
_CONTACT = regex.compile(r"[\w.]{2,30}@[\w.]{3,30}|(?:电话|热线|手机)[：: ]{0,3}[\d（(]|https?://|www\.", regex.ASCII)
_LETTER = regex.compile(r"[\p{L}\p{N}]")
_JUMP = regex.compile(
    r"[（(]?\s?(?:下转|(?P<from>上接))\s?(?:第|[A-D]?\d|[一二三四五六七八]版|本版)[^（()）。]{0,16}[）)]?"
)


def is_jump(text: str) -> bool:
    """Whether a line says that an article goes on, or comes from, elsewhere: （下转第2版）, （上接第1版）."""
    return _JUMP.fullmatch(text) is not None


def resumes(text: str) -> bool:
    """Whether a line says that an article comes from elsewhere: （上接第1版）."""
    found = _JUMP.fullmatch(text)
    return found is not None and found["from"] is not None


def jump_span(text: str) -> Span | None:
    """Where a jump mark stands that begins or ends a line of text: （上接第1版）会议指出, 责任。（下转第4版）.

    >>> jump_span("（上接第1版）会议指出，要加强领导。"), jump_span("会议指出（此处略）。")
    ((0, 7), None)
    """
    found = _JUMP.match(text)
    if found is None and text.endswith(("）", ")")):
        at = max(text.rfind("（", -24), text.rfind("(", -24))
        found = _JUMP.fullmatch(text, at) if at >= 0 else None
    return found.span() if found and found.group()[0] in "（(" else None


def furniture_score(text: str) -> float:
    """How much a line belongs to the page and not to an article, on the scale of `headings`.

    >>> furniture_score("02版 要闻 2017年8月17日 责任编辑：李敏") > 3 > 0 > furniture_score("一封感谢信背后的抗疫故事")
    True
    """
    n = len(text)
    if n > 90 or "。" in text[:-1]:
        return -9.0
    if is_jump(text):
        return 6.0
    sure, hint = _words()
    score = -2.0
    if sure.search(text):
        score += 6.0 if n <= 50 else 3.0
    if _PAGE_NUMBER.match(text):
        score += 6.0 if n <= 50 else 2.0
    elif _PAGE_DATE.search(text) and n <= 70:
        score += 6.0
    elif _PAGE_NUMBER.search(text) and n <= 40:
        score += 3.0
    if _CONTACT.search(text):
        score += 2.0
    if hint.search(text):
        score += 1.0
    if not _LETTER.search(text):
        score += 5.0
    return score
