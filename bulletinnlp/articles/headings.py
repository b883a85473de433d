"""What the words of a single line say of its part in an article.

Every score here is a log-odds of sorts: 0 means that the line could as well be anything else, +3 that hardly anything
else looks like it, -3 the contrary. `grammar` adds them up along the page.
"""

from __future__ import annotations

import regex

from bulletinnlp.articles.signature_words import NEVER, looks_like_name
from bulletinnlp.lexicons import listed, listed_rows, per_lexicons

_HAN = r"[\p{Han}㐀-䶿〇]"

_MARKS = "【】[]〔〕●■◆▲★☆※◎· "
_CLOSERS = "，。、；：？！,.;:?!”’）)》】」』…—"
_HEADING_GAP = regex.compile(r"(?<=[\p{Han}\d”’）)》！？!?])[ \u3000]{1,4}(?=[\p{Han}\d“‘（(《])")
_FRESH = regex.compile(
    r"""近日|日前|连日来|近期|近年来|今年|去年|昨[日天]|今[日天]|为[了进切]|截至|据悉|“
    |图为|这是|编者按|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|\d{1,2}日[上下晚]|“""",
    regex.VERBOSE,
)
# How sentences begin in mid-article, and headlines hardly ever.
_MIDDLE = regex.compile(
    r"""据(?!理)|截至|目前|当[天日晚]|同时|此外|另外|下一步|接下来|随后|随着|在此|其间|期间|记者|会上|会议(?:强调|指出|要求)
    |有的|如今|经(?!济|营|典|开|贸|验)|自(?!然|主|信|治|强|学|来)|由(?!来)|针对|对(?!口|标|接|外|话)|也|又|都|就|还|但|而|且|则|却|并(?!购|网)
    |那|他们?|她们?|它们?|我们|你们|该|这(?!里)|其中|不仅|虽然|尽管|因为|所以|于是|从(?!严|优|业|教|容)""",
    regex.VERBOSE,
)
_DATED = regex.compile(r"(?:\d{4}年)?\d{1,2}[月日时](?:\d{1,2}日)?.{0,8}[，,]|\d{1,2}月\d{1,2}日|(?:上|下)午\d|凌晨\d")
_ENDS_OPEN = regex.compile(
    r"[的着在和与是及将把被对为从等以于向由并而且但或就也都还又这那其该每各不、，；：,;:“‘（(《-]$"
)
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("【", "】"))


# 一、……  （二）……  3.……  ①……
_NUMBERED = regex.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[、.．](?!\d)|[）)])|[①-⑳●▲◆■★]|第[一二三四五六七八九十]{1,3}[条章]"
)
_BULLET = regex.compile(r"[●▲△▶►◆◇■□★☆○◎]")
_LIST_MARK = regex.compile(r"[、，, \u3000]+")
_OFFICE = regex.compile(r"(?:长|主任|书记|委员|主席|代表|成员|名单|人|时间|地点|电话|单位|内容|对象|要求|范围|方式)$")
_LABELLED = regex.compile(r"[^：:，,。]{2,24}[：:](?P<rest>.+)")


def list_item(text: str) -> bool:
    """Whether a line is an item of a list in the text: numbered, or an office with the names of its holders.

    >>> list_item("副县长：巩固、蓝天"), list_item("里望乡：票箱进了苹果园"), list_item("二、管制路段：行政街")
    (True, False, True)
    """
    if _NUMBERED.match(text):
        return True
    found = _LABELLED.fullmatch(text) if len(text) <= 60 else None
    if found is None:
        return False
    if _OFFICE.search(found.group()[: found.start("rest") - 1]) and len(found["rest"]) <= 16:
        return True
    words = _LIST_MARK.split(found["rest"].strip())
    names = sum(looks_like_name(word) for word in words)
    return 2 * names > len(words) and all(len(word) <= 4 or "·" in word for word in words)


def bullet(text: str) -> bool:
    """Whether a line begins with a mark of an item: ▲, ●."""
    return _BULLET.match(text) is not None


_NOTICE = regex.compile(
    r"^关于.{4,40}的|(?:公告|通告|通知|启事|声明|公示|倡议书|讣告|慰问信|感谢信|公开信|一览表|名单)$"
)


def opens_like_body(text: str) -> bool:
    """Whether a line begins as the text of an article does: 近日, 为进一步, 11月25日, a quotation."""
    return _FRESH.match(text.lstrip(_MARKS)) is not None


def unbalanced(text: str) -> bool:
    """Whether quotation marks or brackets are cut: `说，“我们`."""
    return any(text.count(left) != text.count(right) for left, right in _PAIRS)


def title_score(text: str) -> float:
    """How much a line looks like a headline rather than a piece of running text.

    >>> title_score("戈壁“种”太阳 16.8亿元项目落户产业园区") > 2 > 0 > title_score("在梅仙镇，他来到老党员纪有根家中，")
    True
    """
    n = len(text)
    if n > 60:
        return -9.0
    score = -3.5 if n < 4 else -0.7 if n < 6 else 1.0 if n <= 34 else -1.0 if n <= 44 else -4.0
    if text.endswith("。"):
        score -= 8.0
    elif "。" in text or "；" in text or ";" in text:
        score -= 5.0
    commas = text.count("，") + text.count(",")
    score -= (0.0, 0.3, 1.3, 3.5)[min(commas, 3)]
    if _HEADING_GAP.search(text):
        score += 2.0
    if unbalanced(text) or (text[0] in "（(" and text[-1] in "）)"):
        score -= 2.5
    if _NOTICE.search(text):
        score += 1.5
    if list_item(text):
        score -= 3.0
    elif _MIDDLE.match(text):
        score -= 1.5
    elif _DATED.match(text):
        score -= 4.0
    if _ENDS_OPEN.search(text):
        score -= 2.5
    if text[0] in _CLOSERS and not text.startswith("—"):
        score -= 4.0
    return score


@per_lexicons
def _sections(place: str) -> tuple[str, ...]:
    """The words of `section_names` that stand at a place: `whole`, `head`, `tail`, `over` (a tail of eyebrows)."""
    return tuple(word for word, where in listed_rows("section_names") if where == place)


_SLOGAN = regex.compile(rf"{_HAN}{{3,6}}(?:[ \u3000]{{1,3}}{_HAN}{{3,8}}){{1,2}}")
#: Banners and eyebrows are not longer.
_LONGEST_OVER = 26


def _running(text: str) -> bool:
    return len(text) > _LONGEST_OVER or any(mark in text for mark in "。，,；")


def banner_score(text: str) -> float:
    """How much a line looks like a section heading or the name of a column: 教育快讯, 聚焦“三夏”, 众志成城 抗击疫情.

    >>> banner_score("教育快讯") > 0 > banner_score("区妇联婚姻家庭辅导中心")
    True
    """
    if _running(text):
        return -6.0
    bare = text.strip(_MARKS)
    if "".join(bare.split()) in _sections("whole"):  # 简 讯
        return 4.5
    n = len(bare)
    score = -2.5 if n <= 3 else -1.0 if n <= 8 else -1.8 if n <= 14 else -3.0
    if bare.startswith(_sections("head")) and n <= 16:
        score += 2.4
    if bare.endswith(_sections("tail")):
        score += 2.2
    if "·" in bare or bare != text:
        score += 1.5
    if _SLOGAN.fullmatch(bare) and n <= 14:
        score += 1.3
    return min(score, 3.5)


@per_lexicons
def _unit() -> regex.Pattern[str]:
    places = [row[0] for row in listed_rows("place_suffixes") if row[1] == "unit"]
    bodies = [row[0] for row in listed_rows("body_suffixes") if row[1] == "full" or len(row[0]) > 1]
    endings = {*places, *bodies, *listed("signing_units")}
    words = "|".join(sorted(map(regex.escape, endings), key=len, reverse=True)) or NEVER
    name = r"(?:(?![进走到向在让])[\p{Han}\d（）()“”]){1,22}"
    return regex.compile(rf"(?:{name}(?:{words})(?:[ \u3000、]|$)){{1,3}}")


_EVENT = regex.compile(
    rf"(?:{_HAN}|[\d“”（）()])*(?:第[\d一二三四五六七八九十百]+届|[省市县区镇乡]“)(?:{_HAN}|[\d“”·])+"
)


def eyebrow_score(text: str) -> float:
    """How much a line looks like an eyebrow: who or what the headline is about (区市民热线, 区国税局 区地税局).

    >>> eyebrow_score("区妇联婚姻家庭辅导中心") > 0 > eyebrow_score("教育快讯")
    True
    """
    if _running(text):
        return -6.0
    n = len(text)
    if _unit().fullmatch(text):
        return 2.0
    score = -4.0 if n <= 3 else -1.7 if n <= 14 else -2.8
    if text.endswith(_sections("over")) or _EVENT.fullmatch(text):
        score += 3.0
    elif banner_score(text) > 0.5:
        score -= 2.0
    return score


@per_lexicons
def _furniture() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    rows = listed_rows("page_furniture")
    sure, hint = ("|".join(regex.escape(w) for w, how in rows if how == kind) or NEVER for kind in ("sure", "hint"))
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
_JUMP = regex.compile(r"[（(]?\s?(?:下转|上接)\s?(?:第|[A-D]?\d|[一二三四五六七八]版|本版)[^（()）。]{0,16}[）)]?")


def is_jump(text: str) -> bool:
    """Whether a line says that an article goes on, or comes from, elsewhere: （下转第2版）."""
    return _JUMP.fullmatch(text) is not None


def jump(text: str) -> tuple[int, int] | None:
    """Where a jump mark stands that begins or ends a line of text: （上接第1版）会议指出, 责任。（下转第4版）.

    >>> jump("（上接第1版）会议指出，要加强领导。"), jump("会议指出（此处略）。")
    ((0, 7), None)
    """
    found = _JUMP.match(text)
    if found is None and text.endswith(("）", ")")):
        at = max(text.rfind("（", -24), text.rfind("(", -24))
        found = _JUMP.fullmatch(text, at) if at >= 0 else None
    return found.span() if found and found.group()[0] in "（(" else None


def furniture_score(text: str) -> float:
    """How much a line belongs to the page and not to an article: mastheads, imprints, advertisements, 下转第2版.

    >>> furniture_score("02版 要闻 2017年8月17日 责任编辑：李敏") > 3 > 0 > furniture_score("一封感谢信背后的抗疫故事")
    True
    """
    n = len(text)
    if n > 90 or "。" in text[:-1]:
        return -9.0
    if is_jump(text):
        return 6.0
    sure, hint = _furniture()
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
