"""What a line in each list changes: a page read with our lists, and with the line added to or taken away from ours."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from spacy.language import Language

import bulletinnlp
from bulletinnlp.data import table
from bulletinnlp.lexicons.line_formats import LINE_FORMATS
from bulletinnlp.pages import Page
from bulletinnlp.runs.page_rows import page_rows

DATE, HOME = "2022-11-29", "山东省聊城市东昌府区"
Rows = dict[str, list[dict[str, Any]]]
See = Callable[[Rows], list[Any]]


def columns(table: str, *names: str) -> See:
    """Sees these columns of a table; a single one without brackets."""

    def see(rows: Rows) -> list[Any]:
        found = [tuple(row[name] for name in names) for row in rows[table]]
        return [row[0] for row in found] if len(names) == 1 else found

    return see


ROLES, KINDS = columns("roles", "person", "title"), columns("roles", "title", "kind")
EVENTS, TRIGGERS = columns("events", "trigger", "type"), columns("events", "trigger")
NAMES = columns("mentions", "text", "label")
SIGNED, OUTLETS = columns("bylines", "name", "role"), columns("bylines", "name", "role", "outlet")
SPEAKERS, CUES = columns("quotes", "speaker"), columns("quotes", "cue")
STAND_INS = columns("references", "text", "antecedent")


def segments(line: str) -> See:
    """Sees the kinds of the segments that hold a line."""
    return lambda rows: [row["kind"] for row in rows["segments"] if line in row["text"]]


ARTICLE = "河道清了\n11月13日，县水务局开展巡河。\n"
TWO = "县水务局沿河清淤\n11月13日，县水务局开展巡河。\n（记者 孙乐文）\n{}\n11月13日，仙庄村通自来水。\n（记者 王强）\n"
OVER = TWO.format("{}\n仙庄村通自来水")

#: List, line, page, what is looked at, with our list, with the line.
CASES: list[tuple[str, str, str, See, list[Any], list[Any]]] = [
    ("titles", "楼门掌柜", "11月13日，楼门掌柜孙乐文沿街巡查。", ROLES, [], [("孙乐文", "楼门掌柜")]),
    ("titles", "楼门掌柜 office", "11月13日，楼门掌柜孙乐文沿街巡查。", KINDS, [], [("楼门掌柜", "office")]),
    ("titles", "楼门掌柜", "11月13日，孙乐文楼门掌柜说，路扫干净了。", ROLES, [], [("孙乐文", "楼门掌柜")]),
    ("titles", "- 村民", "11月13日，仙庄村村民孙乐文领到轮椅。", ROLES, [("孙乐文", "村民")], []),
    ("titles", "- 总经理", "11月13日，孙乐文总经理到场。", ROLES, [("孙乐文", "总经理")], []),
    ("title_attributes", "帮带", "11月13日，帮带干部孙乐文走访农户。",
     ROLES, [("孙乐文", "干部")], [("孙乐文", "帮带干部")]),
    ("title_attributes", "- 退休", "11月13日，退休教师孙乐文走访农户。",
     ROLES, [("孙乐文", "退休教师")], [("孙乐文", "教师")]),
    ("verbs", "路演", "5月8日，三家企业在县会展中心路演。", TRIGGERS, [], ["路演"]),
    ("verbs", "路演 contest", "5月8日，三家企业在县会展中心路演。", EVENTS, [], [("路演", "contest")]),
    ("verbs", "夜访 visit", "11月15日，镇党委书记王强夜访农户。", EVENTS, [("访", "visit")], [("夜访", "visit")]),
    ("verbs", "亮灯 performance", "县城亮灯工程是民生实事之一。", EVENTS, [], []),  # no event, and none is made of it
    ("verbs", "- 对账", "11月11日上午，县卫健局与12家村卫生室对账。", TRIGGERS, ["对账"], []),
    ("body_suffixes", "食堂 full", "王集镇幸福食堂为老人送餐。",
     NAMES, [("王集镇", "PLACE")], [("王集镇幸福食堂", "ORG")]),
    ("body_suffixes", "食堂 full", "老人喜欢食堂的饭菜，各村建起了食堂。", NAMES, [], []),
    ("body_suffixes", "- 合作社", "鑫源种植专业合作社购买农机。", NAMES, [("鑫源种植专业合作社", "ORG")], []),
    ("place_suffixes", "氧吧 site", "柳林镇青松氧吧迎来游客。",
     NAMES, [("柳林镇", "PLACE")], [("柳林镇青松氧吧", "PLACE")]),
    ("place_suffixes", "- 小区", "11月8日，滨河小区开展核酸检测。", NAMES, [("滨河小区", "PLACE")], []),
    ("generic_words", "文峰\n书屋", "11月20日，文峰书屋开放。", NAMES, [("文峰书屋", "ORG")], []),
    ("byline_cues", "首席体验官 reporter before", f"{ARTICLE}（首席体验官 孙乐文）", SIGNED,
     [("首席体验官", "reporter"), ("孙乐文", "reporter")], [("孙乐文", "reporter")]),
    ("byline_cues", "校读 editor before", f"{ARTICLE}（记者 孙乐文 校读 王强）", SIGNED,
     [("孙乐文", "reporter"), ("校读", "reporter"), ("王强", "reporter")],
     [("孙乐文", "reporter"), ("王强", "editor")]),
    ("byline_cues", "- 编审", f"{ARTICLE}（记者 孙乐文 编审 王强）", SIGNED,
     [("孙乐文", "reporter"), ("王强", "editor")],
     [("孙乐文", "reporter"), ("编审", "reporter"), ("王强", "reporter")]),
    ("media_words", "江畔之声", f"{ARTICLE}（江畔之声 孙乐文）", OUTLETS,
     [("江畔之声", "reporter", None), ("孙乐文", "reporter", None)], [("孙乐文", "reporter", "江畔之声")]),
    ("media_words", "- 电视台", f"{ARTICLE}（县电视台 孙乐文）", SIGNED,
     [("孙乐文", "reporter")], [("孙乐文", "correspondent")]),
    ("signing_units", "驿", f"{ARTICLE}（县民情驿）", SIGNED, [("县民情驿", "reporter")], [("县民情驿", "source")]),
    ("section_names", "咱村新鲜事 whole", TWO.format("咱村新鲜事"), segments("咱村新鲜事"), ["headline"], ["banner"]),
    ("section_names", "- 时政", TWO.format("时政"), segments("时政"), ["banner"], ["headline"]),
    ("page_furniture", "读者俱乐部 sure", OVER.format("读者俱乐部 滨河路8号"),
     segments("读者俱乐部"), ["headline"], ["stray"]),
    ("page_furniture", "- 承办单位", OVER.format("承办单位 县文联"), segments("承办单位"), ["stray"], ["headline"]),
    ("web_words", "听全文 button", f"县水务局沿河清淤\n听全文 分享\n{ARTICLE}",
     segments("听全文"), ["headline"], ["stray"]),
    ("web_words", "- 打印", f"县水务局沿河清淤\n打印 关闭\n{ARTICLE}", segments("打印"), ["stray"], ["headline"]),
    ("speech_cues", "撂下话", "11月13日，孙乐文撂下话：“这条河一定要治好。”", CUES, [None], ["撂下话"]),
    ("speech_cues", "- 称", "11月13日，孙乐文称：“这条河一定要治好。”", CUES, ["称"], [None]),
    ("speaker_nouns", "老把式", "“这条河要治好，大家都盼着。”排队的老把式笑着说。", SPEAKERS, [None], ["老把式"]),
    ("speaker_nouns", "- 小家伙", "11月13日，小家伙高兴地说：“这条河一定要治好，大家都盼着。”",
     SPEAKERS, ["小家伙"], [None]),
    ("surnames", "禤", f"{ARTICLE}（通讯员禤小红李强）", SIGNED,
     [], [("禤小红", "correspondent"), ("李强", "correspondent")]),
    ("stand_in_nouns", "驿站 PLACE", "柳林镇红心驿站开放。该驿站有茶水。",
     STAND_INS, [], [("该驿站", "柳林镇红心驿站")]),
    ("stand_in_nouns", "- 局", "县水务局开展巡河。该局组织50人。", STAND_INS, [("该局", "县水务局")], []),
]  # fmt: skip


def read(nlp: Language, text: str) -> Rows:
    """The rows of a page of a known home."""
    return page_rows(Page("p1", text, published=DATE, home=HOME), nlp)


@cache
def ours() -> Language:
    return bulletinnlp.load(published=DATE)


@pytest.mark.parametrize(
    ("name", "lines", "text", "see", "before", "after"), CASES, ids=[f"{case[0]} {case[1]}" for case in CASES]
)
def test_a_line(name: str, lines: str, text: str, see: See, before: list[Any], after: list[Any]) -> None:
    mine = bulletinnlp.load(published=DATE, lexicons={name: lines.splitlines()})
    assert see(read(ours(), text)) == before
    assert see(read(mine, text)) == after


PAGE = """东昌府区教育快讯
我区开展线上教研
本报讯 11月27日晚，区教研中心举行线上教研活动。区民政局局长王强说：“这条河一定要治好。”该局组织50人。
（融媒体 王小明 通讯员 李伟 文/图）
来源：某某发布 编辑：甲
责任编辑 王强 电话 1234567
"""


@pytest.mark.parametrize("name", LINE_FORMATS)
def test_a_list_may_be_emptied(name: str) -> None:
    """Nothing is looked for then, and nothing is found everywhere."""
    none = bulletinnlp.load(published=DATE, lexicons={name: ["- " + "\t".join(row) for row in table(name)]})
    found = read(none, PAGE)
    assert [row["message"] for row in found["problems"] if row["severity"] == "error"] == []
    assert found["articles"]


def test_every_open_list_has_its_example() -> None:
    assert {case[0] for case in CASES} == LINE_FORMATS.keys()
