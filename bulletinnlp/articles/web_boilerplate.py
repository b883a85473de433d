"""What web pages print around an article: paths and menus, buttons, stamps, lists of other articles, disclaimers.

    首页 > 新闻中心 > 正文
    发布时间：2022-06-10 点击：56
    培训现场.jpg
    分享到：微信 微博
    上一篇：西关镇召开会议
    相关阅读
    - 南瓜饼的做法

A line is judged by its form and by the words of `data/lexicons/web_words.txt`; a list by its heading, its end by the
text that follows.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from bulletinnlp.articles.lines import Line
from bulletinnlp.articles.web_metadata import Field, fields, printed_day, web_words
from bulletinnlp.lexicons import listed_rows, per_lexicons

#: A longer line is no menu; a longer disclaimer is an article.
_LONGEST, _LONGEST_DISCLAIMER = 80, 400
_LONGEST_ITEM = 40

_TURN = regex.compile(
    r"[\s\d\p{P}\p{S}A-Za-z]{0,6}[上下前后]一[篇条版页则](?:$|[\s\d：:\p{P}\p{S}]|(?![\p{Han}]{0,30}[，。；]))"
)
_POSITION = regex.compile(r"(?:您?现在的?|您的?|当前|所在|目前)*的?位置[：:]")
_PATH = regex.compile(r"\s*(?:->|>>|[>›»→＞])\s*")
_FILE = regex.compile(r"\S.{0,60}\.(?:jpe?g|png|gif|bmp|webp|mp4|mp3|pdf|docx?|xlsx?|pptx?|zip|rar)", regex.IGNORECASE)
_ITEMS = regex.compile(r"[\s\u3000|｜丨/·,，、:：\[\]【】()（）<>〈〉《》«»›_+\-—\d]+")
_RUNNING = regex.compile(r"[。！？!?；，]")
_DISCLAIMER = regex.compile(
    r"[（(【\[]?(?:免责|版权|转载|特别|郑重)?声明[：:】\]]|[（(【\[]?(?:免责|版权)声明|凡本[网站]"
)
_HAN = regex.compile(r"\p{Han}")
_LATIN = regex.compile(r"(?!QQ)[A-Za-z\s]")


def is_web(text: str) -> bool:
    """Whether a line belongs to the web page around the article.

    >>> lines = ["首页 > 要闻 > 正文", "收藏 打印 推荐 朗读", "上一篇：没有了", "点击：56", "会场_副本.jpg"]
    >>> [is_web(line) for line in lines], is_web("要闻"), is_web("推荐优质农产品")
    ([True, True, True, True, True], False, False)
    """
    if len(text) > _LONGEST:
        return _is_disclaimer(text)
    if _POSITION.match(text) or _FILE.fullmatch(text) or _TURN.match(text) or _is_menu(text):
        return True
    stamp = fields(text)
    return (bool(stamp) and all(field.kind != "signed" for field in stamp)) or _is_disclaimer(text)


def _is_menu(text: str) -> bool:
    """Whether a line is a path (首页 > 要闻) or a row of buttons."""
    if _RUNNING.search(text):
        return False
    steps = _PATH.split(text)
    if len(steps) > 1 and all(len(step) <= 14 for step in steps) and (len(steps) > 2 or any(map(_known, steps))):
        return True
    items = [item for item in _ITEMS.split(text) if _HAN.search(item)]
    known = [item for item in items if _known(item)]
    if not known or any(len(item) > 8 for item in items):
        return False
    buttons = [item for item in known if _made_of(item, web_words("button"))]
    if len(items) == len(known):
        return bool(buttons) or len(items) > 2 or ("/" in text and len(items) > 1)
    return bool(buttons) and len(items) > 3 and 2 * len(known) >= len(items)


@per_lexicons
def _menu_words() -> frozenset[str]:
    sections = {word for word, where in listed_rows("section_names") if where == "whole"}
    return web_words("button", "section", "size", "key") | sections


def _known(item: str) -> bool:
    return _made_of(_LATIN.sub("", item), _menu_words())


def _made_of(text: str, words: frozenset[str]) -> bool:
    """Whether a string is one of these words, or several of them without a gap."""
    reached = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        reached[end] = any(reached[end - n] and text[end - n : end] in words for n in range(1, min(end, 6) + 1))
    return reached[-1] and len(text) > 0


def _is_disclaimer(text: str) -> bool:
    """Whether a line is a disclaimer of the site: 免责声明：本文仅代表作者个人观点，与本网站无关。"""
    if len(text) > _LONGEST_DISCLAIMER:
        return False
    legal = sum(word in text for word in web_words("legal"))
    if _DISCLAIMER.match(text):
        return legal > 0
    return legal > 1 and any(word in text for word in web_words("site"))


_EDGE = " \u3000·•-—:：[]【】()（）|>»*■●◆▲"


def _heads_list(text: str) -> bool:
    """Whether a line heads a list of other articles: 推荐阅读, 相关链接：, 猜你喜欢."""
    bare = text.strip(_EDGE)
    if bare in web_words("heading"):
        return True
    lead = next((n for n in (4, 2) if bare[:n] in web_words("list")), 0)
    return 0 < lead < len(bare) <= 8 and _made_of(bare[lead:], web_words("list", "item"))


class Bare(NamedTuple):
    """The lines of a page without what a web page prints around its articles, and the days of its stamps.

    `days` holds (offset on the page, `2022-06-10`).
    """

    lines: list[Line]
    days: list[tuple[int, str]]


def without_web(printed: list[Line]) -> Bare:
    """The lines of the articles: what belongs to the web page goes, of a stamp what signs the article stays.

    >>> from bulletinnlp.articles.lines import lines
    >>> page = "首页 > 要闻\\n县一中开学\\n2022-09-01 08:15 来源: 平原网\\n昨日开学。\\n相关阅读\\n南瓜饼的做法"
    >>> bare = without_web(lines(page))
    >>> [line.text for line in bare.lines], bare.days
    (['县一中开学', '来源: 平原网', '昨日开学。'], [(14, '2022-09-01')])
    """
    web = _web_lines(printed)
    bare = Bare([], [])
    for line, gone in zip(printed, web, strict=True):
        stamp = fields(line.text)
        if stamp and (day := printed_day(line.text)):
            bare.days.append((line.start, day))
        if not gone:
            bare.lines.extend(_signed(line, stamp))
    return bare


def _web_lines(printed: list[Line]) -> list[bool]:
    """For each line whether it belongs to the web page."""
    web = [is_web(line.text) for line in printed]
    listed = False
    for i, line in enumerate(printed):
        if _heads_list(line.text):
            listed = i + 1 < len(printed) and (web[i + 1] or _is_item(printed, i + 1))
            web[i] = web[i] or listed
        elif listed and not web[i]:
            listed = web[i] = _is_item(printed, i)
    return web


def _is_item(printed: list[Line], i: int) -> bool:
    """Whether a line is one of a list of headlines: short, no sentence, and no text under it."""
    text = printed[i].text
    if len(text) > _LONGEST_ITEM or text.endswith("。") or _heads_list(text):
        return False
    following = printed[i + 1].text if i + 1 < len(printed) else ""
    return not (len(following) > _LONGEST_ITEM or following.endswith(("。", "。）", "。)")))


_KEYED = regex.compile("[：:丨|]")


def _signed(line: Line, stamp: list[Field]) -> list[Line]:
    """What signs the article in a stamp, as lines; the line itself if it is no stamp, or a paper beside its day."""
    signed = [field for field in stamp if field.kind == "signed"]
    if len(signed) == len(stamp) or not all(_KEYED.search(line.text, field.start, field.end) for field in signed):
        return [line]
    runs: list[tuple[int, int]] = []
    for field, before in zip(stamp, [None, *stamp], strict=False):
        if field.kind == "signed" and before is not None and before.kind == "signed":
            runs[-1] = (runs[-1][0], field.end)
        elif field.kind == "signed":
            runs.append((field.start, field.end))
    return [Line(line.text[a:b], line.start + a, line.start + b, line.indent, line.gap) for a, b in runs]
