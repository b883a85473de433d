"""Texts that a stage may take too long over: one article of any length, a family a function.

Each family repeats what makes a stage look at everything that it has read before: a name again and again, lists, units
that stand-ins may stand for, text that has no sentence or no Chinese at all. Nothing is the same twice where a family
counts, or the splitter takes it for a loop of the OCR.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import count, cycle

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建国文辉力婷宁晨"
PLACE = "柳林河东西南北清泉石桥白云青山大小前后上下新安和平长兴福寿龙凤马牛羊杨槐桃李梅竹松柏"
#: Names of streets and towns that many counties have.
OPEN = ("新华街道", "城关镇", "和平街道", "东风街道", "建设街道", "解放街道", "城东街道", "城西街道")
HOME = "山东省聊城市东昌府区"

Family = Callable[[int], str]


def person(number: int) -> str:
    """A person of that number: 20 × 36 × 36 of them."""
    rest, first = divmod(number, len(SURNAMES))
    second, third = divmod(rest, len(GIVEN))
    return SURNAMES[first] + GIVEN[second % len(GIVEN)] + GIVEN[third]


def placed(number: int) -> str:
    """Two characters that may name a village, a town, a school."""
    second, first = divmod(number, len(PLACE))
    return PLACE[first] + PLACE[(second + first + 1) % len(PLACE)]


def repeated(pattern: str) -> Family:
    """The pattern again and again; {n} counts, {p} is a person, {o} another, {v} two characters, {t} an open town."""

    def text(chars: int) -> str:
        pieces: list[str] = []
        length = 0
        for n, town in zip(count(), cycle(OPEN)):
            pieces.append(pattern.format(n=n, p=person(n), o=person(7 * n + 3), v=placed(n), t=town))
            length += len(pieces[-1])
            if length >= chars:
                return "".join(pieces)[:chars]
        raise AssertionError("count() has no end")

    return text


def scattered(low: int, high: int) -> Family:
    """Characters of a stretch of Unicode, by dice."""

    def text(chars: int) -> str:
        dice = random.Random(f"{low} {high}")
        return "".join(chr(dice.randrange(low, high)) for _ in range(chars))

    return text


def _anything(chars: int) -> str:
    dice = random.Random(5)
    return "".join(
        chr(dice.choice((dice.randrange(0xA0, 0xD800), dice.randrange(0xE000, 0x30000)))) for _ in range(chars)
    )


#: Texts of names, titles, units and marks.
CROWDED: dict[str, Family] = {
    "prose": repeated(
        "{n}月8日，柳林镇{v}村党支部书记{p}带领党员到{v}社区走访，“大家要注意安全。”{p}说。该镇组织了{n}次活动，区民政局参加。"
    ),
    "one titled person": repeated("区农业农村局局长贺秋实说，第{n}次去，"),
    "one titled person, no numbers": repeated("镇党委书记贺秋实，"),
    "names in a list": repeated("{p}、"),
    "names in a list with a title": repeated("区教体局局长{p}、"),
    "names without marks": repeated("{p}"),
    "three names without marks": repeated("张三李四王五"),
    "lists that close with a title": repeated("{p}、{o}、{p}、{o}等{n}名人大代表，"),
    "titles in a list": repeated("社区党委委员、居委委员、{v}村党支部书记、"),
    "surnames with honorifics": repeated("{p}，张女士，李师傅，王队长，老赵，"),
    "different honorifics": repeated("{p}队长、"),
    "names in two parts": repeated("艾{v}·买{v}买提说，"),
    "a part of a name": repeated("艾{v}·买买提和艾{v}说，"),
    "stand-ins among towns": repeated("{v}镇开展工作，该镇行动迅速。"),
    "stand-ins after towns": lambda chars: (
        repeated("{v}镇、")(chars // 2) + repeated("该镇行动{n}次。")(chars - chars // 2)
    ),
    "stand-ins among bodies": repeated("区{v}局开展工作，该局行动迅速。"),
    "stand-ins for schools": repeated("{v}小学、{v}医院，该校、该院、该公司，"),
    "stand-ins that nothing fits": repeated("{p}说，该校、该镇、该局第{n}次，"),
    "stand-ins before sites": repeated("该镇{v}小区、"),
    "stand-ins alone": repeated("该镇我区全县本院该局"),
    "namesakes in many units": repeated("{v}镇党委书记孙乐文说，第{n}次，"),
    "namesakes in many villages": repeated("{v}村党支部书记孙乐文、"),
    "towns that stay open": repeated("{t}、"),
    "towns that no table has": repeated("{v}镇、"),
    "villages that no table has": repeated("{v}村、"),
    "villages of open towns": repeated("{t}{v}村、"),
    "sites": repeated("{v}小区、"),
    "counties that many bear": repeated("朝阳区、鼓楼区、{v}县、"),
    "chains of divisions": repeated("山东省聊城市东昌府区柳园街道{v}社区、"),
    "a chain without end": repeated("山东省聊城市东昌府区柳园街道"),
    "bodies": repeated("区{v}局、县{v}中心、"),
    "schools of one kind": repeated("第{n}实验小学、实验小学、"),
    "companies": repeated("聊城{v}食品有限公司、{v}公司、"),
    "body suffixes": repeated("局中心办公室委员会"),
    "quotations": repeated("“今天的会开得好。”{p}说，“明天再来{n}次。”"),
    "quotations side by side": repeated("“今天开会{n}次。”“好的，{p}。”"),
    "quotations without an end": repeated("张三说：“今天开会{n}次。"),
    "quotations without a beginning": repeated("今天开会{n}次。”张三说。"),
    "nested quotations": repeated("“"),
    "straight quotation marks": repeated('"{n}'),
    "paragraphs of one quotation": repeated("“今天开会{n}次。\n"),
    "lost marks within a quotation": repeated("“‘今天「开会『{n}次"),
    "cues": repeated("他说："),
    "document titles": repeated("《关于第{n}次会议的通知》、"),
    "document titles without an end": repeated("《关于{v}"),
    "brackets": repeated("（记者 {p} "),
    "opening brackets": repeated("（"),
    "commas": repeated("，"),
    "no sentence end": repeated("张三在{v}村召开会议并部署工作，"),
    "no marks": repeated("{p}在{v}村召开会议并部署工作"),
    "digits": repeated("1234567890"),
    "dates": repeated("2022年11月{n}日、"),
    "letters": repeated("The council met. "),
    "surnames": repeated("王"),
    "one character": repeated("的"),
    "white space": repeated("　 "),
    "short lines": repeated("{p}\n"),
}
#: Texts that are no Chinese prose.
FOREIGN: dict[str, Family] = {
    "private use": scattered(0xE000, 0xF8FF),
    "private use, planes": scattered(0xF0000, 0x10FFFD),
    "replacement": repeated("\ufffd"),
    "random characters": _anything,
    "random Chinese": scattered(0x4E00, 0x9FA5),
    "rare Chinese": scattered(0x20000, 0x2A6DD),
    "Hangul": scattered(0xAC00, 0xD7A3),
    "kana": scattered(0x3041, 0x30FF),
    "Cyrillic": scattered(0x0410, 0x044F),
    "Thai": scattered(0x0E01, 0x0E30),
    "Arabic": scattered(0x0621, 0x064A),
    "box drawing": scattered(0x2500, 0x257F),
    "emoji": scattered(0x1F300, 0x1F5FF),
    "combining marks": scattered(0x0300, 0x036F),
    "control characters": scattered(0x80, 0xA0),
    "private use in prose": lambda chars: "\ue000".join(CROWDED["prose"](chars // 2)),
}
#: Pages of lines: what the splitter looks at more than once.
PAGES: dict[str, Family] = {
    "articles": repeated(
        "{v}镇召开第{n}次会议\n本报讯 近日，{v}镇召开会议，部署第{n}次工作。{p}参加。\n（记者 {p}）\n"
    ),
    "headlines": repeated("{v}镇召开第{n}次会议\n"),
    "headlines of two lines": repeated("{v}镇召开\n第{n}次会议\n"),
    "bylines": repeated("（记者 {p} 通讯员 {o}）\n"),
    "bylines behind sentences": repeated("开会{n}次。（记者 {p}）"),
    "bylines behind sentences, spaced": repeated(
        "开会{n}次。（记者 {p}） {v} {v} {v} {v} {v} {v} {v} {v} {v} {v} {v} {v} {v} "
    ),
    "names as bylines": repeated("{p} {o}\n"),
    "stamps": repeated("2022-11-29 08:{n} 来源：{v}网 作者：{p} 点击：{n}\n"),
    "stamps in one line": repeated("2022-11-29 08:{n} 来源：{v}网 作者：{p} 点击：{n} "),
    "stamps and texts": repeated("2022-11-29 08:15 来源：{v}网\n{v}镇第{n}次召开会议，{p}参加了会议。\n"),
    "separators": repeated("————————{n}\n"),
    "separators in one line": repeated("————｜｜***"),
    "indents": lambda chars: "　　" * (chars // 2) + "会议。",
    "indented lines": repeated("　　　　　　　　{v}村开会{n}次。\n"),
    "empty lines": repeated("\n\n\n\n会\n"),
    "line breaks": repeated("\n"),
    "blank lines": repeated("　　 \u200b\n"),
    "jump marks": repeated("（上接第{n}版）{v}镇开会。\n（下转第{n}版）\n"),
    "jump marks in one line": repeated("（下转第2版）"),
    "datelines": repeated("{v}讯 {n}月8日，开会。\n"),
    "datelines of counties": repeated("东阿讯 {n}月8日，开会。\n临清讯 {v}开会。\n"),
    "datelines in one line": repeated("{v}讯 {n}月8日，开会。 "),
    "dashes for datelines": repeated("{v}-{v}·{v}—"),
    "banners": repeated("教育快讯\n"),
    "eyebrows": repeated("区{v}局\n"),
    "rows of a table": repeated("{v} {n} {n}\n"),
    "verses": repeated("流过{v}的门前，\n"),
    "plain verses": repeated("流过{v}的门前\n"),
    "sub-headings": repeated("一张{v}条\n{n}月8日，法庭庭长{p}到{v}村了解情况，并与村民座谈，商讨{v}村第{n}次会议。\n"),
    "lists": repeated("{n}、{v}村：{p}\n"),
    "bullets": repeated("▲{n}月8日，{v}村召开会议，部署工作。\n"),
    "spaced characters": repeated("县 委 召 开 会 议 。 "),
    "spaced lines": repeated("县 委 召 开 {v} 会 议\n"),
    "narrow columns": repeated("{v}镇召开会议并部署第{n}次工作\n"),
    "narrow columns of one paragraph": repeated("的工作和{v}村召开会议的\n"),
    "broken columns": repeated("{v}镇召开会议并部署\n\n的第{n}次工作，{p}参加了\n\n"),
    "articles that break off": repeated("{v}镇召开会议\n本报讯 近日，{v}镇召开第{n}次会议并部署\n\n"),
    "captions": repeated("图为{v}村第{n}次会议。{p} 摄\n"),
    "captions in articles": repeated("{v}镇召开会议并部\n图为{v}村第{n}次会议。{p} 摄\n署第{n}次工作，{p}参加了会\n"),
    "menus": repeated("首页 > 要闻 > 正文\n"),
    "a menu in one line": repeated("首页 > 要闻 > "),
    "lists of other articles": repeated("相关阅读\n{v}镇开会{n}次\n"),
    "a list of other articles": lambda chars: "相关阅读\n" + repeated("{v}镇开会{n}次\n")(chars),
    "files": repeated("{v}{n}.jpg\n"),
    "disclaimers": repeated("免责声明：本文仅代表作者个人观点，与本网站无关。{n}\n"),
    "repeated sentences": repeated("居民都非常感动，纷纷表示感谢社区。"),
    "repeated sentences that alternate": repeated(
        "居民都非常感动，纷纷表示感谢社区。干部都非常感动，纷纷表示感谢社区。{n}"
    ),
    "repeated clauses": repeated("感谢社区，"),
    "clauses without an end": repeated("感谢社区{n}，"),
    "bylines without brackets": repeated("记者{p}通讯员{o}"),
    "half brackets": repeated("记者 {p}）\n"),
    "opening brackets": repeated("（记者 {p} \n"),
    "brackets in brackets": repeated("（（（）））"),
    "photographers": repeated("摄摄摄摄摄\n"),
    "section marks": repeated("【{v}】\n"),
    "dashes": repeated("——{v}镇开会\n"),
    "quotes over lines": repeated("“{v}镇\n开会”{n}\n"),
    "page numbers": repeated("02版 要闻 2017年8月17日 责任编辑：{p}\n"),
    "addresses": repeated("{n}@{n}.com 电话：{n} http://www.{n}.cn "),
    "letters": repeated("a"),
    "digits": repeated("1 "),
    "one line": repeated("{v}镇召开第{n}次会议"),
    "one-character lines": repeated("会\n"),
}
FAMILIES = CROWDED | FOREIGN | PAGES


def units(seed: int = 0) -> Iterator[Family]:
    """Families made by dice, without end: a few pieces of the others in any order, repeated."""
    dice = random.Random(seed)
    pieces = [
        "{p}",
        "{p}",
        "{v}镇",
        "{v}村",
        "{t}",
        "区{v}局",
        "局长",
        "书记",
        "、",
        "、",
        "，",
        "。",
        "“",
        "”",
        "该镇",
        "该局",
    ]
    pieces += [
        "说",
        "：",
        "\n",
        "{n}",
        "11月27日",
        "（",
        "）",
        "《",
        "》",
        "我区",
        "小区",
        "老张",
        "等3名",
        "·",
        "第",
        "有限公司",
    ]
    while True:
        yield repeated("".join(dice.choice(pieces) for _ in range(dice.randint(1, 8))) or "的")
