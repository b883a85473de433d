"""How much a single line looks like a headline, a banner or an eyebrow.

Scores are log-odds of sorts: 0 means that the line could as well be anything else, +3 that hardly anything else looks
like it, -3 the contrary. So are those of `page_furniture` and `signatures`; `line_labels` adds them up along the page.
"""

from __future__ import annotations

import regex

from bulletinnlp.articles.body_blocks import list_item
from bulletinnlp.articles.signature_words import unit_endings
from bulletinnlp.lexicons import listed_rows, per_lexicons
from bulletinnlp.text.patterns import any_of

_MARKS = "【】[]〔〕●■◆▲★☆※◎· "
_CLOSERS = "，。、；：？！,.;:?!”’）)》】」』…—"
_HEADING_GAP = regex.compile(r"(?<=[\p{Han}\d”’）)》！？!?])[ \u3000]{1,4}(?=[\p{Han}\d“‘（(《])")
_FRESH = regex.compile(
    r"""近日|日前|连日来|近期|近年来|今年|去年|昨[日天]|今[日天]|为[了进切]|截至|据悉|“
    |图为|这是|编者按|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|\d{1,2}日[上下晚]""",
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
_NOTICE = regex.compile(
    r"^关于.{4,40}的|(?:公告|通告|通知|启事|声明|公示|倡议书|讣告|慰问信|感谢信|公开信|一览表|名单)$"
)


def opens_like_body(text: str) -> bool:
    """Whether a line begins as the text of an article does: 近日, 为进一步, 11月25日, a quotation."""
    return _FRESH.match(text.lstrip(_MARKS)) is not None


def unbalanced(text: str) -> bool:
    """Whether quotation marks or brackets are cut: `说，“我们`."""
    return any(text.count(left) != text.count(right) for left, right in _PAIRS)


def headline_score(text: str) -> float:
    """How much a line looks like a headline rather than a piece of running text.

    >>> headline_score("戈壁“种”太阳 16.8亿元项目落户产业园区") > 2 > 0 > headline_score("在梅仙镇，他来到纪有根家中，")
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
def section_names(place: str) -> tuple[str, ...]:
    """The words of `section_names.txt` that stand at a place: `whole`, `head`, `tail`, `over` (a tail of eyebrows)."""
    return tuple(word for word, where in listed_rows("section_names") if where == place)


_SLOGAN = regex.compile(r"\p{Han}{3,6}(?:[ \u3000]{1,3}\p{Han}{3,8}){1,2}")
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
    if "".join(bare.split()) in section_names("whole"):  # 简 讯
        return 4.5
    n = len(bare)
    score = -2.5 if n <= 3 else -1.0 if n <= 8 else -1.8 if n <= 14 else -3.0
    if bare.startswith(section_names("head")) and n <= 16:
        score += 2.4
    if bare.endswith(section_names("tail")):
        score += 2.2
    if "·" in bare or bare != text:
        score += 1.5
    if _SLOGAN.fullmatch(bare) and n <= 14:
        score += 1.3
    return min(score, 3.5)


@per_lexicons
def _units() -> regex.Pattern[str]:
    """Names of units and organisations, up to three: 区国税局 区地税局."""
    name = r"(?:(?![进走到向在让])[\p{Han}\d（）()“”]){1,22}"
    return regex.compile(rf"(?:{name}(?:{any_of(unit_endings())})(?:[ \u3000、]|$)){{1,3}}")


_EVENT = regex.compile(r"[\p{Han}\d“”（）()]*(?:第[\d一二三四五六七八九十百]+届|[省市县区镇乡]“)[\p{Han}\d“”·]+")


def eyebrow_score(text: str) -> float:
    """How much a line looks like an eyebrow: who or what the headline is about (区市民热线, 区国税局 区地税局).

    >>> eyebrow_score("区妇联婚姻家庭辅导中心") > 0 > eyebrow_score("教育快讯")
    True
    """
    if _running(text):
        return -6.0
    n = len(text)
    if _units().fullmatch(text):
        return 2.0
    score = -4.0 if n <= 3 else -1.7 if n <= 14 else -2.8
    if text.endswith(section_names("over")) or _EVENT.fullmatch(text):
        score += 3.0
    elif banner_score(text) > 0.5:
        score -= 2.0
    return score
