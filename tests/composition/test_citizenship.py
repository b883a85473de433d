"""The stages as citizens of spaCy: made by name, analysed, saved, loaded, sent to other processes."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from folders import SEEDS
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from bulletinnlp import load, read
from bulletinnlp.articles import split
from bulletinnlp.articles.article_doc import make_doc
from bulletinnlp.pages import Page
from bulletinnlp.stages import STAGES, WRITES

RECORDS = ("bylines", "times", "locations", "references", "roles", "quotes", "events", "arguments", "entities", "parts",
           "problems", "proposals", "predications")  # fmt: skip
VALUES = ("article_id", "published", "home", "paper", "article")


def state(doc: Doc) -> dict[str, Any]:
    """All that stages have written on a Doc."""
    held: dict[str, Any] = {name: getattr(doc._, name) for name in (*RECORDS, *VALUES)}
    held["text"] = doc.text
    # a score may differ in the seventh digit with the batch in which its sentence was read
    held["ents"] = [(e.start_char, e.end_char, e.label_, round(e._.score, 3), e._.source) for e in doc.ents]
    held["spans"] = {key: [(s.start_char, s.end_char, s.label_) for s in group] for key, group in doc.spans.items()}
    return held


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(published="2022-11")


@pytest.fixture(scope="module")
def unread(nlp: Language) -> list[Doc]:
    """The articles of a seed page, no stage run."""
    page = next(iter(read(sorted(SEEDS.glob("*.txt"))[0], published="2022-11")))
    return [make_doc(nlp, article) for article in split(page).articles]


@pytest.fixture(scope="module")
def expected(nlp: Language, unread: list[Doc]) -> list[dict[str, Any]]:
    states = [state(doc) for doc in nlp.pipe(doc.copy() for doc in unread)]
    for name in ("times", "locations", "references", "roles", "quotes", "events", "arguments", "entities", "bylines"):
        assert any(one[name] for one in states), f"no {name} on the page, the test would show nothing"
    return states


def reread(nlp: Language, unread: list[Doc], **options: Any) -> Iterator[dict[str, Any]]:
    docs = [Doc(nlp.vocab).from_bytes(doc.to_bytes()) for doc in unread]
    return (state(doc) for doc in nlp.pipe(docs, **options))


def test_factories_need_no_import() -> None:
    code = """
import spacy
nlp = spacy.blank("zh")
nlp.add_pipe("bulletin_times", config={"published": "2022-11"})
print([(t.text, t.value) for t in nlp("11月27日晚，区教研中心开会。")._.times])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[('11月27日晚', '2022-11-27TEV')]", done.stderr


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_says_what_it_writes(nlp: Language, stage: str) -> None:
    meta = nlp.get_pipe_meta(stage)
    assert set(WRITES[stage]) <= set(meta.assigns)
    assert meta.retokenizes is False


def test_nothing_is_missing_in_the_default(nlp: Language) -> None:
    assert not any(nlp.analyze_pipes()["problems"].values())


@pytest.mark.parametrize("stage", STAGES)
def test_a_wrong_option_is_named(stage: str) -> None:
    with pytest.raises(ValueError, match="no_such_option"):
        spacy.blank("zh").add_pipe(stage, config={"no_such_option": 1})


def test_the_same_once_more(nlp: Language, unread: list[Doc], expected: list[dict[str, Any]]) -> None:
    assert list(reread(nlp, unread)) == expected
    assert [state(nlp(Doc(nlp.vocab).from_bytes(doc.to_bytes()))) for doc in unread] == expected


def test_from_disk(nlp: Language, unread: list[Doc], expected: list[dict[str, Any]], tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert list(reread(spacy.load(tmp_path), unread)) == expected


def test_from_disk_in_a_process_that_does_not_import_us(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    code = f"import spacy; print(spacy.load({str(tmp_path)!r})('11月27日，孙乐文说，天晴了。')._.times[0].value)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "2022-11-27", done.stderr


def test_from_bytes(nlp: Language, unread: list[Doc], expected: list[dict[str, Any]]) -> None:
    again = spacy.blank("zh").from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert list(reread(again, unread)) == expected


def test_pickled(nlp: Language, unread: list[Doc], expected: list[dict[str, Any]]) -> None:
    assert list(reread(pickle.loads(pickle.dumps(nlp)), unread)) == expected


def test_two_processes(nlp: Language, unread: list[Doc], expected: list[dict[str, Any]]) -> None:
    assert list(reread(nlp, unread, n_process=2, batch_size=2)) == expected


def test_docs_in_a_bin(nlp: Language, unread: list[Doc], expected: list[dict[str, Any]], tmp_path: Path) -> None:
    docs = list(nlp.pipe(Doc(nlp.vocab).from_bytes(doc.to_bytes()) for doc in unread))
    DocBin(docs=docs, store_user_data=True).to_disk(tmp_path / "docs.spacy")
    stored = DocBin().from_disk(tmp_path / "docs.spacy").get_docs(spacy.blank("zh").vocab)
    assert [state(doc) for doc in stored] == expected
    assert [state(pickle.loads(pickle.dumps(doc))) for doc in docs] == expected
    assert [state(Doc(nlp.vocab).from_bytes(doc.to_bytes())) for doc in docs] == expected


@pytest.mark.parametrize("text", ["", " ", "\n", "\ud800", "\x00", "好", "Hello", "。" * 50, "“" * 50])
def test_any_text(nlp: Language, text: str) -> None:
    if text == "\ud800":  # no Doc can hold half a character; pages are read without any
        return
    assert nlp(text).text == text


@given(st.text(alphabet=st.sampled_from(" \n\u3000\t讯区，。“”ab１😀\u200b"), min_size=1, max_size=60))
def test_a_doc_holds_the_text_of_its_article(body: str) -> None:
    """`text_of` takes the article's text for the Doc's, so the tokens must join to it, white space and all."""
    nlp = spacy.blank("zh")
    for article in split(Page("p", f"标题一行\n\n本报讯 {body}\n")).articles:
        assert make_doc(nlp, article).text == article.text
