"""Events as cases: a marked-up sentence, and what a reader would note: who/trigger/what/when/where, `-` for none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from bulletinnlp.events.clauses import sentences
from bulletinnlp.events.component import make_events
from bulletinnlp.events.events import find_events
from bulletinnlp.events.story import Story
from bulletinnlp.events.types import EVENT_TYPES, event_type, verbs

Read = Callable[..., Doc]

CASES = """
[T:11月2日=DATE=2022-11-02]，[L:郑家镇]召开工作推进会议。 | 郑家镇/召开/工作推进会议/11月2日/-
[T:5月20日=DATE=2022-05-20]，[O:县政府]与[O:瑞和公司]签订合作协议。 | 县政府;瑞和公司/签订/合作协议/5月20日/-
[T:昨日=DATE=2022-05-19]，[R:该镇=斗虎屯镇]出台《管理办法》。 | 斗虎屯镇/出台/《管理办法》/昨日/-
[T:8月1日=DATE=2022-08-01]，[O:团区委]向[O:城关小学]捐赠图书300册。 | 团区委/捐赠/图书300册/8月1日/-
[T:6月1日=DATE=2022-06-01]，活动由[O:区教体局]主办。 | 区教体局/主办/活动/6月1日/-
[T:4日=DATE=2022-05-04]，由[O:区总工会]主办的乒乓球赛在[L:文化广场]举行。 | 区总工会/主办/乒乓球赛/4日/文化广场
[T:6日=DATE=2022-05-06]，在书记[P:高广宇]的带领下，考察组先后来到[L:黄山铺镇]。 | 高广宇/来到/黄山铺镇/6日/黄山铺镇
[T:昨日=DATE=2022-05-19]，副县长[P:李明]检查企业12家并要求整改。 | 李明/检查/企业12家/昨日/-
[T:昨日=DATE=2022-05-19]，[O:区消防救援大队]把灭火器材送到居民手中。 | 区消防救援大队/送到/灭火器材/昨日/-
[T:5日=DATE=2022-03-05]，[L:许家湖镇]组织党员赴[L:雪野街道]参观。 | 许家湖镇/组织/党员赴雪野街道参观/5日/雪野街道
[T:昨日=DATE=2022-05-19]，[O:省教育厅]下达整改通知。 | 省教育厅/下达/整改通知/昨日/-
[T:9月3日=DATE=2022-09-03]，[O:团县委]联合举办志愿者培训班。 | 团县委/举办/志愿者培训班/9月3日/-
[T:3日=DATE=2022-06-03]，[O:县公安局]民警[P:马强]在[L:人民广场]抓获嫌疑人1名。 | 马强/抓获/嫌疑人1名/3日/人民广场
"""


def row(doc: Doc, number: int) -> str:
    event = doc._.events[number]
    mine = {
        role: [a.text for a in doc._.arguments if a.event == number and a.role == role]
        for role in ("who", "what", "when", "where")
    }
    cells = (";".join(mine["who"]), event.trigger, *(";".join(mine[role]) for role in ("what", "when", "where")))
    return "/".join(cell or "-" for cell in cells)


@pytest.mark.parametrize("case", [line for line in CASES.splitlines() if line])
def test_a_sentence_makes_an_event(read: Read, case: str) -> None:
    body, wanted = case.split(" | ")
    doc = read(body)
    assert wanted in [row(doc, number) for number in range(len(doc._.events))]


def test_evidence(read: Read) -> None:
    doc = read(
        "天晴了。[T:昨日=DATE=2022-05-19]，[L:堂邑镇]召开商会成立大会。大家鼓掌。", headline="[L:堂邑镇]成立商会"
    )
    assert doc._.events
    for event in doc._.events:
        assert doc.text[event.start : event.end] == event.trigger
        assert event.sentence_start <= event.start < event.end <= event.sentence_end
        assert event.type in EVENT_TYPES
        assert 0 <= event.score <= 1
    for argument in doc._.arguments:
        if argument.role in ("what", "when"):
            assert doc.text[argument.start : argument.end] == argument.text
    assert sum(event.main for event in doc._.events) in (1, 2)


@pytest.mark.parametrize(
    "body",
    [
        "[T:8月1日=DATE=2022-08-01]，[O:团区委]向[O:城关小学]捐赠图书300册。",
        "[T:8月1日=DATE=2022-08-01]，[O:城关小学]被[O:省教育厅]评为“绿色学校”。",
    ],
)
def test_the_recipient(read: Read, body: str) -> None:
    doc = read(body)
    assert [a.text for a in doc._.arguments if a.role == "whom"] == ["城关小学"]


def test_the_option_is_checked() -> None:
    nlp = spacy.blank("zh")
    assert make_events(nlp, "bulletin_events", most=1).most == 1
    with pytest.raises(ValueError, match="most"):
        make_events(nlp, "bulletin_events", most=0)


def test_no_actor_no_event(read: Read) -> None:
    assert read("昨天召开了会议，大家讨论热烈。")._.events == []
    assert read("")._.events == []


@pytest.mark.parametrize(
    ("body", "modality", "polarity"),
    [
        ("[O:区教体局]召开会议。", "actual", "positive"),
        ("[O:区教体局]将召开会议。", "planned", "positive"),
        ("[O:区教体局]力争召开会议。", "wished", "positive"),
        ("[O:区教体局]必须召开会议。", "required", "positive"),
        ("[O:区教体局]没有召开会议。", "actual", "negative"),
        ("[O:区教体局]不间断地召开会议。", "actual", "positive"),
        ("[O:区教体局]责令该校召开会议。", "required", "positive"),
        ("[O:区教体局]响应号召召开会议。", "actual", "positive"),
        ("[O:区教体局]按照要求，召开会议。", "actual", "positive"),
        ("[O:区教体局]提出，要查找问题，召开会议。", "required", "positive"),
        ("一旦断网，就由[O:区教体局]召开会议。", "planned", "positive"),
    ],
)
def test_intentions_are_not_deeds(read: Read, body: str, modality: str, polarity: str) -> None:
    event = next(event for event in read(body)._.events if event.trigger == "召开")
    assert (event.modality, event.polarity) == (modality, polarity)


def test_every_type_has_verbs_of_its_own() -> None:
    assert set(verbs().values()) == set(EVENT_TYPES) - {"other"}
    assert event_type("救出") == "rescue"
    assert event_type("督导检查") == "inspection"
    assert event_type("攥着") == "other"


def test_records_travel_with_the_doc(read: Read) -> None:
    doc = read("[T:11月2日=DATE=2022-11-02]，[L:郑家镇]召开工作推进会议。")
    copy = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert copy._.events == doc._.events
    assert copy._.arguments == doc._.arguments


@given(st.text(alphabet="区教体局召开会议，。说：“”《》()在把被向的了123\n 甲", max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text(text: str) -> None:
    rows = sentences(text, "body", 0, len(text), [], [], [])
    assert find_events(Story(text, rows, []), [])[0] == []
    assert all(text[word.start : word.end] == word.text for row in rows for word in row.words)
