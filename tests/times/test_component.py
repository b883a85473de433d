"""The component `bulletin_times`: what it writes on a Doc, and what it complains of."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from bulletinnlp.annotations import Part
from bulletinnlp.times import Time, component  # noqa: F401  (registers the factory)


def article(published: str | None, config: dict[str, str | None] | None = None) -> Doc:
    nlp = spacy.blank("zh")
    nlp.add_pipe("bulletin_times", config=config or {})
    text = "昨天的会\n区里召开会议\n东昌府讯 11月3日\n11月25日上午，会议召开；当天，2月30日被提及。\n（记者 今天）"
    doc = nlp.make_doc(text)
    doc._.published = published
    cuts = [0, 5, 12, 23, text.index("（记"), len(text)]
    kinds = ("eyebrow", "headline", "dateline", "body", "byline")
    doc._.parts = [Part(kind, start, end) for kind, start, end in zip(kinds, cuts, cuts[1:], strict=False)]
    return nlp.get_pipe("bulletin_times")(doc)


def test_reads_eyebrow_headline_and_body_only() -> None:
    doc = article("2022-11-29")
    assert [(t.text, t.value) for t in doc._.times] == [
        ("昨天", "2022-11-28"),
        ("11月25日上午", "2022-11-25TMO"),
        ("当天", "2022-11-25"),
        ("2月30日", None),
    ]


def test_spans_agree_with_records() -> None:
    doc = article("2022-11-29")
    assert [(s.text, s.label_, s.start_char) for s in doc.spans["times"]] == [
        (t.text, t.type, t.start) for t in doc._.times
    ]


def test_complains_of_what_no_calendar_has() -> None:
    doc = article("2022-11-29")
    assert [(c.stage, c.severity) for c in doc._.problems] == [("times", "warning")]
    assert "2月30日" in doc._.problems[0].message


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("到25年底，全部完工。", ["25年底: read as 2025; it may be a year of the century before"]),
        ("他是20年入党的。", []),
        ("22年来，他守着30年前的老屋。", []),
    ],
)
def test_says_which_years_of_two_digits_are_open(text: str, doubts: list[str]) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("bulletin_times", config={"published": "2022-11-29"})
    assert [complaint.message for complaint in nlp(text)._.problems] == doubts


def test_the_date_of_the_doc_wins_over_the_option() -> None:
    assert article("2021-12-01", {"published": "2022-11-29"})._.times[0].value == "2021-11-30"
    assert article(None, {"published": "2022-11-29"})._.times[0].value == "2022-11-28"
    assert article(None)._.times[0].value == "XXXX-XX-XX"


def test_survives_the_round_trip_through_bytes() -> None:
    doc = article("2022-11-29")
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert again._.times == doc._.times
    assert isinstance(again._.times[0], Time)


def test_refuses_an_impossible_date_of_issue() -> None:
    nlp = spacy.blank("zh")
    with pytest.raises(ValueError, match="published"):
        nlp.add_pipe("bulletin_times", config={"published": "29.11.2022"})
    with pytest.raises(ValueError, match="calendar"):
        nlp.add_pipe("bulletin_times", name="again", config={"published": "2022-02-30"})


def test_reads_text_with_spaces() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("bulletin_times", config={"published": "2022-11-29"})
    doc = nlp("会议于 11 月 25 日上午 9 时召开。")
    assert [(t.text, t.value) for t in doc._.times] == [("11 月 25 日上午 9 时", "2022-11-25T09:00")]
    assert [s.text for s in doc.spans["times"]] == ["11 月 25 日上午 9 时"]
