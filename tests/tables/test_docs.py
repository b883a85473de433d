"""Tables of Docs, and what an event of a Doc tells."""

from collections.abc import Iterator

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import bulletinnlp
from bulletinnlp import Extraction
from bulletinnlp.annotations import Part
from bulletinnlp.articles import split
from bulletinnlp.articles.article_doc import make_doc

TEXTS = ["5月7日，县残联为32名残疾人在县政府发放轮椅。", "昨日，县一中校长孙乐文致辞。"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return bulletinnlp.load(published="2022-11-29")


@pytest.fixture(scope="module")
def docs(nlp: Language) -> list[Doc]:
    return list(nlp.pipe(TEXTS))


def test_the_tables_of_docs_are_those_of_their_texts(docs: list[Doc]) -> None:
    found = Extraction.from_docs(docs)
    expected = bulletinnlp.extract(texts=TEXTS, unit="article", published="2022-11-29")
    assert list(found.tables) == list(expected.tables)
    assert found.segments["text"].tolist() == TEXTS
    for name in ("times", "mentions", "events", "arguments", "roles"):
        columns = [column for column in found.tables[name].columns if not column.endswith("id")]
        assert found.tables[name][columns].equals(expected.tables[name][columns])
    assert found.articles["article_id"].tolist() == ["doc-0#1", "doc-1#1"]
    assert len(found.entities) > 0


def test_docs_of_articles_keep_their_places(nlp: Language) -> None:
    page = bulletinnlp.Page("p", f"县残联\n本报讯 {TEXTS[0]}\n（记者 甲）\n县一中\n{TEXTS[1]}", published="2022-11-29")
    docs = nlp.pipe(make_doc(nlp, article) for article in split(page).articles)
    found, expected = Extraction.from_docs(docs), bulletinnlp.extract(page)
    for name in ("articles", "times", "events", "bylines"):
        assert found.tables[name].equals(expected.tables[name])
    assert (found.pages["page_id"].tolist(), len(found.segments)) == (["p"], 0)


def test_a_doc_may_say_its_id_and_parts() -> None:
    doc = spacy.blank("zh")("县一中开学\n近日，县一中开学。")
    doc._.article_id, doc._.parts = "a1", [Part("headline", 0, 5), Part("body", 6, 15)]
    found = Extraction.from_docs([doc])
    assert found.articles[["article_id", "page_id", "headline"]].values.tolist() == [["a1#1", "a1", "县一中开学"]]
    assert found.segments["kind"].tolist() == ["headline", "blank", "body"]
    assert list(found.tables) == ["pages", "segments", "articles", "boxes", "problems"]


def test_what_is_no_doc_is_named() -> None:
    with pytest.raises(TypeError, match="item 0 is tuple, not a Doc"):
        Extraction.from_docs([("近日，县一中开学。", {})])  # type: ignore[list-item]


def test_no_docs() -> None:
    none: Iterator[Doc] = iter(())
    assert len(Extraction.from_docs(none).pages) == 0


def test_an_event_of_a_doc_says_who_did_what(docs: list[Doc]) -> None:
    [event] = docs[0]._.events
    assert (event.who, event.trigger, event.what, event.when) == (["县残联"], "发放", "轮椅", "5月7日")
    assert (event.whom, event.where) == ([], ["县政府"])
    assert [argument.role for argument in event.arguments] == [argument.role for argument in docs[0]._.arguments]


def test_an_event_says_so_after_it_was_stored(docs: list[Doc]) -> None:
    stored = DocBin(store_user_data=True, docs=docs).to_bytes()
    again = list(DocBin().from_bytes(stored).get_docs(docs[0].vocab))
    assert [doc._.events for doc in again] == [doc._.events for doc in docs]
    again[0]._.events = again[0]._.events  # what is read may be written back
    assert again[0]._.events == docs[0]._.events
