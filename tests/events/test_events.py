"""Events as cases: a marked-up sentence, and an event of it: who/trigger/what/whom/when/where/type.

`-` stands for none, `~` before the words of an actor who has no name.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from bulletinnlp.annotations import EVENT_TYPES, Part
from bulletinnlp.events.arguments import _with_whole_marks
from bulletinnlp.events.article_context import ArticleContext
from bulletinnlp.events.component import Events
from bulletinnlp.events.event_network import embedded
from bulletinnlp.events.extractor import find_events

Read = Callable[..., Doc]

CASES = """
[T:11月2日=DATE=2022-11-02]，[L:郑家镇]召开工作推进会议。 | 郑家镇/召开/工作推进会议/-/11月2日/-/meeting
[T:5月20日=DATE=2022-05-20]，[O:县政府]与[O:瑞和公司]签订合作协议。 | 县政府;瑞和公司/签订/合作协议/-/5月20日/-/signing
[T:昨日=DATE=2022-05-19]，[R:该镇=斗虎屯镇]出台《管理办法》。 | 斗虎屯镇/出台/《管理办法》/-/昨日/-/notice
[T:8月1日=DATE=2022-08-01]，[O:团区委]向[O:城关小学]捐赠图书300册。 | 团区委/捐赠/图书300册/城关小学/8月1日/-/donation
[T:6日=DATE=2022-05-06]，[P:高广宇]来到[L:黄山铺镇]，查看灾情。 | 高广宇/来到/-/-/6日/黄山铺镇/visit
[T:3日=DATE=2022-06-03]，民警[P:马强]在[L:人民广场]抓获嫌疑人1名。 | 马强/抓获/嫌疑人1名/-/3日/人民广场/enforcement
[T:3日晚=TIME=2022-06-03TEV]，[L:人民路]发生一起交通事故。 | -/发生/一起交通事故/-/3日晚/人民路/accident
[T:3日晚=TIME=2022-06-03TEV]，民警赶到现场，将肇事司机抓获。 | ~民警/抓获/肇事司机/-/3日晚/-/enforcement
[P:王强]被[O:县总工会]授予“劳动模范”称号。 | 县总工会/授予/“劳动模范”称号/王强/-/-/honour
[O:县消防救援大队]赶到现场，救出2名被困群众。 | 县消防救援大队/救出/2名被困群众/-/-/-/rescue
"""

#: One actor of a series does all of it, and the frame of time holds.
SERIES = "[T:6月3日=DATE=2022-06-03]，[O:县医院]医疗队来到[L:前王村]，为老人测量血压，发放药品。"


def rows(doc: Doc) -> list[str]:
    """The events of a Doc as the cases write them."""
    found = []
    for number, event in enumerate(doc._.events):
        cells = []
        for role in ("who", "what", "whom", "when", "where"):
            mine = [a for a in doc._.arguments if a.event == number and a.role == role]
            cells.append(";".join("~" * (role == "who" and not a.named) + a.text for a in mine) or "-")
        found.append("/".join([cells[0], event.trigger, *cells[1:], event.type]))
    return found


@pytest.mark.parametrize("case", [line for line in CASES.splitlines() if line])
def test_a_sentence_makes_an_event(read: Read, case: str) -> None:
    body, wanted = case.split(" | ")
    assert wanted in rows(read(body))


def test_an_object_keeps_both_halves_of_its_marks() -> None:
    text = "5月7日，团区委转发《关于公布名单的通知》（第3号）。"
    trigger = (text.index("转发"), text.index("转发") + 2)
    cut = text.index("《"), text.index("公布")
    start, end = _with_whole_marks(text, *cut, (0, len(text)), trigger)
    assert text[start:end] == "《关于公布名单的通知》"
    start, end = _with_whole_marks(text, text.index("通知"), text.index("（"), (0, len(text)), trigger)
    assert text[start:end] == "《关于公布名单的通知》"


def test_the_subject_and_the_time_hold_for_a_series(read: Read) -> None:
    doc = read(SERIES)
    assert [event.trigger for event in doc._.events] == ["来到", "测量", "发放"]
    for role, wanted in (("who", "县医院"), ("when", "6月3日")):
        assert [a.text for a in doc._.arguments if a.role == role] == [wanted] * 3


@pytest.mark.parametrize(
    "body",
    [
        "[O:县教育局]位于城东，有职工80人。",
        "要进一步压实责任，筑牢防线，提升水平。",
        "下一步，[O:县水利局]将继续加大力度，做好工作。",
        "“我们昨天去了县里，领了种子。”[P:赵大山]说。",
        "",
    ],
)
def test_states_duties_phrases_and_speech_are_no_events(read: Read, body: str) -> None:
    assert rows(read(body)) == []


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
    ("headline", "body", "main"),
    [
        (
            "[O:县总工会]为环卫工人送清凉",
            "[T:8日=DATE=2022-08-08]，[O:县总工会]召开例会。会后，[O:县总工会]为环卫工人送去绿豆80公斤。",
            "送去",
        ),
        (
            "[L:城关镇]一民房起火",
            "[T:8日=DATE=2022-08-08]，[O:县消防救援大队]开展训练。[T:当晚=DATE=2022-08-08]，[L:城关镇]一民房起火。",
            "起火",
        ),
    ],
)
def test_the_main_event_is_what_the_headline_tells(read: Read, headline: str, body: str, main: str) -> None:
    assert main in [event.trigger for event in read(body, headline=headline)._.events if event.main]


@pytest.mark.parametrize(
    ("body", "modality", "polarity"),
    [
        ("[T:昨日=DATE=2022-05-19]，[O:区教体局]召开会议。", "actual", "positive"),
        ("[O:区教体局]将于[T:5月21日=DATE=2022-05-21]召开会议。", "planned", "positive"),
        ("[T:昨日=DATE=2022-05-19]，[O:区教体局]没有召开会议。", "actual", "negative"),
    ],
)
def test_announced_and_denied_deeds(read: Read, body: str, modality: str, polarity: str) -> None:
    event = next(event for event in read(body)._.events if event.trigger == "召开")
    assert (event.modality, event.polarity) == (modality, polarity)


def test_the_threshold() -> None:
    nlp = spacy.blank("zh")
    assert Events(nlp, threshold=0.9).threshold == 0.9
    for wrong in (1.5, "most", True):
        with pytest.raises(ValueError, match="threshold"):
            Events(nlp, threshold=wrong)  # type: ignore[arg-type]


def test_records_travel_with_the_doc(read: Read) -> None:
    doc = read("[T:11月2日=DATE=2022-11-02]，[L:郑家镇]召开工作推进会议。")
    copy = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert copy._.events == doc._.events
    assert copy._.arguments == doc._.arguments


def _article(text: str) -> ArticleContext:
    return ArticleContext(text, [Part("body", 0, len(text))], [])


@given(st.lists(st.text(alphabet="区教体局召开会议，。说：“”《》()在把被向的了123\n 甲", max_size=120), max_size=4))
@settings(max_examples=60)
def test_any_text_alone_or_beside_others(texts: list[str]) -> None:
    reader = embedded()
    alone = [find_events(reader, [_article(text)], 0.5)[0] for text in texts]
    assert find_events(reader, [_article(text) for text in texts], 0.5) == alone
    for text, (events, arguments) in zip(texts, alone, strict=True):
        assert all(text[event.start : event.end] and event.trigger for event in events)
        assert all(0 <= a.start < a.end <= len(text) for a in arguments)


def test_the_triggers_of_a_long_article_are_read_in_parts(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "".join(
        f"[T:{day}日=DATE=2022-05-{day:02}]，[O:团区委]向[O:城关小学]捐赠图书300册，[L:郑家镇]召开会议。"
        for day in range(1, 9)
    )
    whole = read(body)
    monkeypatch.setattr("bulletinnlp.events.event_network.TRIGGERS", 3)
    parts = read(body)
    assert rows(parts) == rows(whole)
    assert len(rows(whole)) > 6
