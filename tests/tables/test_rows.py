"""What a Doc says, as rows: events whose actors have a name or none."""

import pytest
import spacy
from spacy.tokens import Doc

import bulletinnlp
from bulletinnlp.annotations import Argument, Event
from bulletinnlp.tables.table_set import rows_of

TEXT = "东昌府讯 11月28日，孙乐文带领民警查获两名男子。区教体局召开会议。"
TRIGGER = "查获"


@spacy.Language.component("told_events", assigns=["doc._.events", "doc._.arguments"])
def told_events(doc: Doc) -> Doc:
    """In place of the stage: 孙乐文 and 民警 act, then 会议 alone, then nobody."""
    text = doc.text
    start = text.find(TRIGGER)
    if start < 0:
        return doc
    doc._.events = [
        Event(True, "enforcement", TRIGGER, start, start + 2, 0, len(text), "positive", "actual", 0.9) for _ in range(3)
    ]

    def argument(event: int, role: str, word: str, named: bool) -> Argument:
        at = text.index(word)
        return Argument(event, role, word, at, at + len(word), named)  # type: ignore[arg-type]

    doc._.arguments = [
        argument(0, "who", "孙乐文", True),
        argument(0, "who", "民警", False),
        argument(0, "what", "两名男子", True),
        argument(1, "who", "区教体局", False),
        argument(2, "whom", "区教体局", True),
    ]
    return doc


@pytest.fixture(scope="module")
def rows() -> dict[str, list[dict]]:
    nlp = bulletinnlp.load(exclude=["bulletin_events"])
    nlp.add_pipe("told_events")
    return rows_of(bulletinnlp.extract(bulletinnlp.Page("p", TEXT, published="2022-11-29"), nlp=nlp))


def test_an_event_is_named_if_some_actor_has_a_name(rows: dict[str, list[dict]]) -> None:
    told = [(row["who"], row["named"], row["what"]) for row in rows["events"]]
    assert told == [(["孙乐文", "民警"], True, "两名男子"), (["区教体局"], False, None), ([], False, None)]


def test_the_kind_of_the_first_actor(rows: dict[str, list[dict]]) -> None:
    assert [row["actor_kind"] for row in rows["events"]] == ["person", "unnamed", None]


def test_only_who_whom_and_where_have_a_name_or_none(rows: dict[str, list[dict]]) -> None:
    assert [row["named"] for row in rows["arguments"] if row["role"] == "what"] == [None]


def test_an_actor_without_a_name_is_no_entity(rows: dict[str, list[dict]]) -> None:
    """Even where its words are a name of the article."""
    names = {row["text"]: row["entity_id"] for row in rows["mentions"]}
    found = [(row["text"], row["named"], row["entity_id"]) for row in rows["arguments"] if row["role"] != "what"]
    assert found == [
        ("孙乐文", True, names["孙乐文"]),
        ("民警", False, None),
        ("区教体局", False, None),
        ("区教体局", True, names["区教体局"]),
    ]
