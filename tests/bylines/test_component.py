"""The component `bulletin_bylines`."""

from __future__ import annotations

import pytest
import spacy

from bulletinnlp.annotations import Part
from bulletinnlp.bylines.component import Bylines


def test_offsets_are_those_of_the_doc() -> None:
    nlp = spacy.blank("zh")
    text = "线上巡课\n东河讯 近日，我区开展线上巡课。\n（记者 王小明 通讯员 李大伟）"
    doc = nlp.make_doc(text)
    doc._.parts = [Part("headline", 0, 4), Part("dateline", 5, 8), Part("body", 9, 22), Part("byline", 23, 38)]
    found = Bylines(nlp)(doc)._.bylines
    assert [(c.name, c.role) for c in found] == [("王小明", "reporter"), ("李大伟", "correspondent")]
    assert [text[c.start : c.end] for c in found] == ["王小明", "李大伟"]


def test_without_a_byline_nothing_is_found() -> None:
    nlp = spacy.blank("zh")
    assert Bylines(nlp)(nlp.make_doc("记者 王小明"))._.bylines == []


@pytest.mark.parametrize(
    ("given", "printed", "found"),
    [
        ("王小明", "（记者 王小明）", [("王小明", "reporter")]),
        ("李大伟", "（记者 王小明 通讯员 李大伟）", [("王小明", "reporter"), ("李大伟", "correspondent")]),
        ("王小明 李大伟", "（通讯员 李大伟）", [("王小明", "reporter"), ("李大伟", "correspondent")]),
        ("记者 王小明", "王小明 摄", [("王小明", "reporter"), ("王小明", "photographer")]),
    ],
)
def test_a_name_that_is_given_and_printed_is_one_contributor(
    given: str, printed: str, found: list[tuple[str, str]]
) -> None:
    nlp = spacy.blank("zh")
    doc = nlp.make_doc(f"{given}\n{printed}")
    doc._.parts = [Part("byline", 0, len(given)), Part("byline", len(given) + 1, len(doc.text))]
    assert [(c.name, c.role) for c in Bylines(nlp)(doc)._.bylines] == found
