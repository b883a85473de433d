"""How the text of an article opens: with a dateline (电头), with a byline, or with one behind the other.

东昌府讯 连日来，……              本报讯（记者 甲 通讯员 乙）9月2日，……
平原网-平原日报讯（记者 甲）……      今日平原网讯 记者 甲 报道：……      （记者 甲）6月8日，……
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from bulletinnlp.articles.signatures import likeness

_HAN = r"[\p{Han}㐀-䶿〇]"
_PAPER = rf"""(?:本报|本刊|本台|本网|新华社|中新社|新华网|中新网|人民网|央视网
    |{_HAN}{{2,8}}?(?:日报|晚报|时报|晨报|早报|商报|周报|都市报|融媒体中心|融媒体|融媒|客户端|电视台|发布|在线|网|社))"""
_PLACE = rf"(?:(?!讯|电|消息){_HAN})"

# 东昌府讯, 本报讯, 本报石浦9月16日讯, 平原网6月9日东关讯, 新华社成都5月23日电, 平原网-平原日报讯, 平原在线消息.
_DATELINE = regex.compile(
    rf"""
    (?P<dateline>
        [【\[]?
        (?:(?P<from>据)?(?:{_PAPER}|{_HAN}{{2,10}}?(?:[-—–·•/／|]{{1,2}}{_HAN}{{2,10}}?){{1,2}})
        {_PLACE}{{0,10}}?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?{_PLACE}{{0,6}}?(?:综合)?(?:(?P<news>消息)|专电|讯|电)
      | (?:(?!讯|据|电){_HAN}){{2,8}}?(?:\d{{1,2}}月\d{{1,2}}日)?(?:专)?讯
      | (?:(?!讯|据|电){_HAN}){{2,6}}?\d{{1,2}}月\d{{1,2}}日电)
        [】\]]?
    )
    (?:
        (?P<bracket>[ \u3000\t]{{0,3}}[（(][^（()）\n]{{1,80}}[）)])
      | (?=[ \u3000\t\xa0：:—（(“"]|$|\d{{1,2}}月\d|\d{{1,2}}日)
      | (?(news)(?(from)(?=[，,])|(?!))|(?=[，,]))
      | (?<=[】\]])
    )
    """,
    regex.VERBOSE,
)
_NO_DATELINE = regex.compile(r".{0,4}(?:通讯|简讯|短讯|快讯|喜讯|资讯|音讯|问讯|闻讯|审讯|传讯|腾讯|电讯|汛讯)$")
_SURE_DATELINE = regex.compile(r"[【\[]?(?:据)?(?:本报|本刊|本台|本网|新华社|中新)")

_BRACKET = regex.compile(r"[ \u3000\t]{0,3}[（(][^（()）\n]{1,80}[）)]")
_REPORTS = regex.compile(r"[ \u3000]{0,3}(?P<names>[^。，；（(\n]{3,60}?报道)(?:[ \u3000：:，,]+|(?=\d))")
_HALF = regex.compile(
    r"""[ \u3000]{0,3}(?P<names>[（(][^（()）。，\n]{3,60}?)[ \u3000]+(?=\d|近日|日前|连日来|[昨今]日|[昨今]天|为[了进])
    | [ \u3000]{0,3}(?P<names>[^（()。，\n]{3,40}[）)])""",
    regex.VERBOSE,
)
#: From this likeness on, a bracket behind a dateline is a byline; half a one needs more, one without a dateline most.
_RATHER, _SURE, _CUED = 1.0, 4.0, 6.0


class Opening(NamedTuple):
    """Where the dateline of a line ends, and where the byline behind it ends; 0 for what it does not have."""

    dateline: int
    byline: int


def opening(text: str) -> Opening:
    """How a line opens.

    >>> opening("东昌府讯 连日来，面对……"), opening("本报讯（记者 甲 通讯员 乙） 9月2日")
    (Opening(dateline=4, byline=0), Opening(dateline=3, byline=15))
    >>> opening("平原网讯 记者 王强 报道：6月8日"), opening("通讯 员"), opening("（记者王强）6月8日，我区")
    (Opening(dateline=4, byline=14), Opening(dateline=0, byline=0), Opening(dateline=0, byline=6))
    """
    head = text[:130]
    found = _DATELINE.match(head)
    if found is not None and _NO_DATELINE.match(found["dateline"]):
        found = None
    end = found.end("dateline") if found else 0
    if found is not None and found.end() == end == len(text) and not _SURE_DATELINE.match(text):
        return Opening(0, 0)
    return Opening(end, _byline(head, end))


def _byline(head: str, start: int) -> int:
    """Where a byline ends that begins at `start`, before running text; 0 if there is none."""
    bracket = _BRACKET.match(head, start)
    if bracket is not None and likeness(bracket.group().strip()) > (_RATHER if start else _CUED):
        return bracket.end() if start or head[bracket.end() :].strip() else 0
    for form in (_REPORTS, _HALF):
        found = form.match(head, start)
        if found is not None and likeness(found["names"].strip()) >= _SURE and (start or form is _REPORTS):
            return found.end() if found.end() < len(head) else 0
    return 0
