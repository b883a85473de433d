"""How the text of an article opens: with a dateline (电头), with a byline, or with one behind the other.

东昌府讯 连日来，……              本报讯（记者 甲 通讯员 乙）9月2日，……
平原网-平原日报讯（记者 甲）……      今日平原网讯 记者 甲 报道：……      （记者 甲）6月8日，……
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from bulletinnlp.articles.signatures import signature_score

_OWN = "本报|本刊|本台|本网"
_AGENCY = "新华社|中新社|新华网|中新网|人民网|央视网"
_PAPER = rf"""(?:{_OWN}|{_AGENCY}|\p{{Han}}{{2,8}}?(?:日报|晚报|时报|晨报|早报|商报|周报|都市报
    |融媒体中心|融媒体|融媒|客户端|电视台|发布|在线|网|社))"""
_PLACE = r"(?:(?!讯|电|消息)\p{Han})"
_DAY = r"\d{1,2}月\d{1,2}日"

# 东昌府讯, 本报讯, 本报石浦9月16日讯, 平原网6月9日东关讯, 新华社成都5月23日电, 平原网-平原日报讯, 平原在线消息.
_DATELINE = regex.compile(
    rf"""
    (?P<dateline>
        [【\[]?
        (?:(?P<from>据)?(?:{_PAPER}|\p{{Han}}{{2,10}}?(?:[-—–·•/／|]{{1,2}}\p{{Han}}{{2,10}}?){{1,2}})
        {_PLACE}{{0,10}}?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?{_PLACE}{{0,6}}?(?:综合)?(?:(?P<news>消息)|专电|讯|电)
      | (?:(?!讯|据|电)\p{{Han}}){{2,8}}?(?:{_DAY})?(?:专)?讯
      | (?:(?!讯|据|电)\p{{Han}}){{2,6}}?{_DAY}电)
        [】\]]?
    )
    (?: (?=[ \u3000\t\xa0：:—（(“"]|$|\d{{1,2}}月\d|\d{{1,2}}日)
      | (?(news)(?(from)(?=[，,])|(?!))|(?=[，,]))
      | (?<=[】\]]) )
    """,
    regex.VERBOSE,
)
_NO_DATELINE = regex.compile(r".{0,4}(?:通讯|简讯|短讯|快讯|喜讯|资讯|音讯|问讯|闻讯|审讯|传讯|腾讯|电讯|汛讯)$")
_SURE_DATELINE = regex.compile(rf"[【\[]?(?:据)?(?:{_OWN}|新华社|中新)")

_BRACKET = regex.compile(r"[ \u3000\t]{0,3}[（(][^（()）\n]{1,80}[）)]")
_REPORTS = regex.compile(r"[ \u3000]{0,3}(?P<names>[^。，；（(\n]{3,60}?报道)(?:[ \u3000：:，,]+|(?=\d))")
_HALF = regex.compile(
    r"""[ \u3000]{0,3}(?P<names>[（(][^（()）。，\n]{3,60}?)[ \u3000]+(?=\d|近日|日前|连日来|[昨今]日|[昨今]天|为[了进])
    | [ \u3000]{0,3}(?P<names>[^（()。，\n]{3,40}[）)])""",
    regex.VERBOSE,
)
#: From this score on, a bracket behind a dateline is a byline; half a one needs more, one without a dateline most.
_RATHER, _SURE, _CUED = 1.0, 4.0, 6.0


class Opening(NamedTuple):
    """Where the dateline of a line ends, and where the byline behind it ends; 0 for what it does not have."""

    dateline_end: int
    byline_end: int


def opening(text: str) -> Opening:
    """How a line opens.

    >>> opening("东昌府讯 连日来，面对……"), opening("本报讯（记者 甲 通讯员 乙） 9月2日")
    (Opening(dateline_end=4, byline_end=0), Opening(dateline_end=3, byline_end=15))
    >>> opening("平原网讯 记者 王强 报道：6月8日"), opening("（记者王强）6月8日，我区")
    (Opening(dateline_end=4, byline_end=14), Opening(dateline_end=0, byline_end=6))
    >>> opening("通讯 员")
    Opening(dateline_end=0, byline_end=0)
    """
    head = text[:130]
    found = _DATELINE.match(head)
    end = found.end("dateline") if found and not _NO_DATELINE.match(found["dateline"]) else 0
    if end == len(text) and not _SURE_DATELINE.match(text):
        return Opening(0, 0)
    return Opening(end, _byline_end(head, end))


def _byline_end(head: str, start: int) -> int:
    """Where a byline ends that begins at `start`, before running text; 0 if there is none."""
    bracket = _BRACKET.match(head, start)
    if bracket is not None and signature_score(bracket.group().strip()) > (_RATHER if start else _CUED):
        return bracket.end() if start or head[bracket.end() :].strip() else 0
    for form in (_REPORTS, _HALF):
        found = form.match(head, start)
        if found is not None and signature_score(found["names"].strip()) >= _SURE and (start or form is _REPORTS):
            return found.end() if found.end() < len(head) else 0
    return 0


_DATELINE_PLACE = regex.compile(
    r"(?:本报|今日)?(?P<place>\p{Han}{2,10}?)(?:融媒体?|新闻|时报|日报)?(?:\d+月\d+日)?[讯电]"
)
_FROM_AGENCY = regex.compile("新华社|中新社|中新网|人民网|央视|据")


def dateline_place(dateline: str) -> str | None:
    """The place that a dateline names, as printed; None for an agency's, which says where the agency was.

    >>> dateline_place("本报台山2月8日讯"), dateline_place("监利融媒讯"), dateline_place("新华社成都5月23日电")
    ('台山', '监利', None)
    """
    if _FROM_AGENCY.match(dateline):
        return None
    found = _DATELINE_PLACE.match(dateline)
    return found["place"] if found else None
