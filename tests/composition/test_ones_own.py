"""Stages of one's own: in other processes, and on texts with spaces."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from bulletinnlp import Extraction, Page, extract, load

LITTLE = ("bylines", "places", "references", "roles", "quotes", "events")
MODULE = """
from spacy.language import Language


@Language.component("names_of_a_list", assigns=["doc.ents"])
def names_of_a_list(doc):
    at = doc.text.find("贺秋实")
    doc.ents = [doc.char_span(at, at + 3, label="PER")] if at >= 0 else []
    return doc


class Bodies:
    def __init__(self, words):
        self.words = words

    def __call__(self, doc):
        places = [(doc.text.find(word), len(word)) for word in self.words]
        doc.ents = [doc.char_span(at, at + length, label="ORG") for at, length in places if at >= 0]
        return doc


@Language.factory("bodies_of_a_list", default_config={"words": []}, assigns=["doc.ents"])
def bodies_of_a_list(nlp, name, words):
    return Bodies(words)
"""
PAGES = [Page(str(n), f"第{n}号\n\n本报讯 5月{n}日，县教育局贺秋实来到县一中。", published="2022") for n in range(1, 5)]


@pytest.fixture
def my_stages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of one's own, imported."""
    (tmp_path / "stages_of_mine.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    __import__("stages_of_mine")


@pytest.mark.usefixtures("my_stages")
@pytest.mark.parametrize(
    ("stage", "config", "found"),
    [
        ("names_of_a_list", {}, ["贺秋实"]),
        ("bodies_of_a_list", {"words": ["县教育局", "县一中"]}, ["县教育局", "县一中"]),
    ],
)
def test_a_stage_of_a_module_reads_in_two_processes(stage: str, config: dict, found: list[str]) -> None:
    nlp = load(exclude=[*LITTLE, "names"])
    nlp.add_pipe(stage, config=config)
    alone, shared = (extract(PAGES, nlp=nlp, workers=workers) for workers in (1, 2))
    assert shared.mentions["text"].tolist() == alone.mentions["text"].tolist() == found * len(PAGES)


def test_a_stage_that_is_defined_inside_a_function_says_what_to_do() -> None:
    @Language.component("inner_stage")
    def inner_stage(doc: Doc) -> Doc:
        return doc

    nlp = load(exclude=[*LITTLE, "names"])
    nlp.add_pipe("inner_stage")
    assert len(extract(PAGES, nlp=nlp).times) == len(PAGES)
    told = "the stage inner_stage is defined inside a function: other processes can not see it; define it outside"
    with pytest.raises(ValueError, match=told):
        extract(PAGES, nlp=nlp, workers=2)


def test_a_stage_in_the_place_of_ours() -> None:
    """`assigns` says what it writes, so that the tables are there and nothing is missing."""

    @Language.component("counted_names", assigns=["doc.ents"])
    def counted_names(doc: Doc) -> Doc:
        at = doc.text.find("县一中")
        doc.ents = [doc.char_span(at, at + 3, label="ORG")]
        return doc

    nlp = load()
    nlp.replace_pipe("bulletin_names", "counted_names")
    found = extract(PAGES, nlp=nlp)
    assert set(found.mentions["text"]) == {"县一中"}
    assert found.entities[["name", "mentions"]].values.tolist() == [["县一中", 4]]


#: Texts with spaces and line ends, and what stands in them.
SPACED = [
    "本报讯 5月7日， 贺秋实来到县一中。",
    "本报讯  5月7日，\n\n贺秋实 来到 县一中。",
    " \u3000本报讯\t5月7日，\r\n  贺秋实\u3000来到县一中。 ",
]


@pytest.mark.parametrize("text", SPACED)
def test_spans_do_not_shift_behind_spaces(text: str) -> None:
    """Spans that are taken by characters, and those of tokens."""

    @Language.component("two_names", assigns=["doc.ents"])
    def two_names(doc: Doc) -> Doc:
        at = doc.text.find("县一中")
        first = next(token.i for token in doc if token.text == "贺")
        doc.ents = [Span(doc, first, first + 3, label="PER"), doc.char_span(at, at + 3, label="ORG")]
        return doc

    nlp = load(exclude=[*LITTLE, "names"], published="2022")
    nlp.add_pipe("two_names")
    assert nlp(text).text == text
    for found in (extract(Page.of(text, published="2022"), nlp=nlp), Extraction.from_docs([nlp(text)])):
        page = "".join(found.segments["text"])
        for row in [*found.mentions.itertuples(), *found.times.itertuples()]:
            assert page[row.start : row.end] == row.text
        assert found.mentions["text"].tolist() == ["贺秋实", "县一中"]
        assert found.times["text"].tolist() == ["5月7日"]


def test_white_space_is_cut_as_the_docstring_says() -> None:
    tokens = [(token.text, bool(token.whitespace_)) for token in load(exclude=[*LITTLE, "names"])("县 一中\n\n开学")]
    assert tokens == [("县", True), ("一", False), ("中", False), ("\n\n", False), ("开", False), ("学", False)]
    assert len(spacy.blank("zh")("县 一中")) == 3
