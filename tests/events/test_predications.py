"""Where a model has told the predicates, they are the candidates, and what it says of their arguments counts."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from bulletinnlp.annotations import Predication
from bulletinnlp.evaluation.marked import gold_doc, parse_marked
from bulletinnlp.events.component import Events

NLP = spacy.blank("zh")
BODY = "[T:8月1日=DATE=2022-08-01]，[O:团区委]向[O:城关小学]捐赠图书300册。随后，志愿者清扫了操场。"


@pytest.fixture
def doc() -> Doc:
    return gold_doc(NLP, parse_marked(f"body:\n{BODY}"))


def said(doc: Doc, verb: str, **arguments: str) -> list[Predication]:
    start = doc.text.index(verb)
    rows = [(role, doc.text.index(text), doc.text.index(text) + len(text)) for role, text in arguments.items()]
    return [Predication(start, start + len(verb), "made up", *row) for row in rows]  # type: ignore[arg-type]


def told(doc: Doc) -> dict[str, dict[str, str]]:
    found = Events(NLP)(doc)
    return {
        event.trigger: {a.role: a.text for a in found._.arguments if a.event == number}
        for number, event in enumerate(found._.events)
    }


def test_only_its_predicates_are_candidates(doc: Doc) -> None:
    doc._.predications = said(doc, "捐赠", who="团区委", what="图书300册")
    assert list(told(doc)) == ["捐赠"]


def test_its_arguments_count_before_ours(doc: Doc) -> None:
    doc._.predications = said(doc, "捐赠", who="城关小学", what="图书") + said(doc, "清扫", who="志愿者", what="操场")
    found = told(doc)
    assert (found["捐赠"]["who"], found["捐赠"]["what"], found["捐赠"]["when"]) == ("城关小学", "图书", "8月1日")
    assert (found["清扫"]["who"], found["清扫"]["what"]) == ("志愿者", "操场")


def test_what_is_no_event_stays_none(doc: Doc) -> None:
    doc._.predications = said(doc, "随后", who="志愿者")
    assert told(doc) == {}
