"""The boilerplate of web pages: paths and menus, buttons, metadata, lists of other articles, disclaimers.

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

from itertools import groupby

import regex

from bulletinnlp.articles.headings import section_names
from bulletinnlp.articles.lines import Line
from bulletinnlp.articles.web_metadata import Field, metadata_day, metadata_fields, web_words
from bulletinnlp.lexicons import per_lexicons

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


def is_boilerplate(text: str) -> bool:
    """Whether a line belongs to the web page around the article.

    >>> lines = ["首页 > 要闻 > 正文", "收藏 打印 推荐 朗读", "上一篇：没有了", "点击：56", "会场_副本.jpg"]
    >>> [is_boilerplate(line) for line in lines], is_boilerplate("要闻"), is_boilerplate("推荐优质农产品")
    ([True, True, True, True, True], False, False)
    """
    if len(text) > _LONGEST:
        return _is_disclaimer(text)
    if _POSITION.match(text) or _FILE.fullmatch(text) or _TURN.match(text) or _is_menu(text):
        return True
    fields = metadata_fields(text)
    return (bool(fields) and all(field.kind != "signed" for field in fields)) or _is_disclaimer(text)


def _is_menu(text: str) -> bool:
    """Whether a line is a path (首页 > 要闻) or a row of buttons."""
    if _RUNNING.search(text):
        return False
    steps = _PATH.split(text)
    if len(steps) > 1 and all(len(step) <= 14 for step in steps) and (len(steps) > 2 or any(map(_is_menu_word, steps))):
        return True
    items = [item for item in _ITEMS.split(text) if _HAN.search(item)]
    listed = [item for item in items if _is_menu_word(item)]
    if not listed or any(len(item) > 8 for item in items):
        return False
    buttons = [item for item in listed if _made_of(item, web_words("button"))]
    if len(items) == len(listed):
        return bool(buttons) or len(items) > 2 or ("/" in text and len(items) > 1)
    return bool(buttons) and len(items) > 3 and 2 * len(listed) >= len(items)


@per_lexicons
def _menu_words() -> frozenset[str]:
    return web_words("button", "section", "size", "key").union(section_names("whole"))


def _is_menu_word(item: str) -> bool:
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


def without_boilerplate(printed: list[Line]) -> tuple[list[Line], list[tuple[int, str]]]:
    """The lines of the articles, of a metadata line what signs the article; and the days of metadata.

    A day stands with the offset of its line on the page.

    >>> from bulletinnlp.articles.lines import lines
    >>> page = "首页 > 要闻\\n县一中开学\\n2022-09-01 08:15 来源: 平原网\\n昨日开学。\\n相关阅读\\n南瓜饼的做法"
    >>> kept, days = without_boilerplate(lines(page))
    >>> [line.text for line in kept], days
    (['县一中开学', '来源: 平原网', '昨日开学。'], [(14, '2022-09-01')])
    """
    kept: list[Line] = []
    days: list[tuple[int, str]] = []
    for line, gone in zip(printed, _boilerplate(printed), strict=True):
        fields = metadata_fields(line.text)
        if fields and (day := metadata_day(line.text)):
            days.append((line.start, day))
        if not gone:
            kept += _signed(line, fields)
    return kept, days


def _boilerplate(printed: list[Line]) -> list[bool]:
    """For each line whether it is boilerplate, by itself or in a list of other articles."""
    found = [is_boilerplate(line.text) for line in printed]
    listed = False
    for i, line in enumerate(printed):
        if _heads_list(line.text):
            listed = i + 1 < len(printed) and (found[i + 1] or _is_item(printed, i + 1))
            found[i] = found[i] or listed
        elif listed and not found[i]:
            listed = found[i] = _is_item(printed, i)
    return found


def _is_item(printed: list[Line], i: int) -> bool:
    """Whether a line is one of a list of headlines: short, no sentence, and no text under it."""
    text = printed[i].text
    if len(text) > _LONGEST_ITEM or text.endswith("。") or _heads_list(text):
        return False
    following = printed[i + 1].text if i + 1 < len(printed) else ""
    return not (len(following) > _LONGEST_ITEM or following.endswith(("。", "。）", "。)")))


_KEYED = regex.compile("[：:丨|]")


def _signed(line: Line, fields: list[Field]) -> list[Line]:
    """What signs the article in a metadata line; the line itself if it is none, or a paper beside its day."""
    signed = [field for field in fields if field.kind == "signed"]
    if len(signed) == len(fields) or not all(_KEYED.search(line.text, field.start, field.end) for field in signed):
        return [line]
    runs = [list(run) for kind, run in groupby(fields, key=lambda field: field.kind) if kind == "signed"]
    return line.cut_out((run[0].start, run[-1].end) for run in runs)
