"""spaCy pipelines through our stages: trained here on made-up sentences, saved, and named by their folder."""

from __future__ import annotations

import pickle
from pathlib import Path

import made_up
import pytest
import spacy
import spacy_models
from spacy.language import Language

from bulletinnlp import load
from bulletinnlp.events.predications import by_predicate as predicates

SENTENCES = made_up.sentences(40, seed=7)
ARTICLE = "\n".join(made_up.text(s) for s in SENTENCES)
LABELS = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "PLACE"}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("spacy") / "zh_tiny"
    spacy_models.train().to_disk(path)
    return path


@pytest.fixture(scope="session")
def nlp(folder: Path) -> Language:
    return load(model=f"spacy:{folder}")


def names(doc: spacy.tokens.Doc) -> list[tuple[int, str, str]]:
    return [(ent.start_char, ent.text, ent.label_) for ent in doc.ents]


def test_names_stand_where_they_are_printed(nlp: Language) -> None:
    expected, at = set(), 0
    for s in SENTENCES:
        for word in s:
            if word.name != "O":
                expected.add((at, word.text, LABELS[word.name]))
            at += len(word.text)
        at += 1
    doc = nlp(ARTICLE)
    assert len(set(names(doc)) & expected) > 0.9 * len(expected)
    assert {ent._.source for ent in doc.ents} == {"spacy"}


def test_dependencies_become_predications(nlp: Language) -> None:
    doc = nlp("上周许秀兰在平山镇发放物资。")
    ((verb, given),) = predicates(doc._.predications).items()
    assert doc.text[slice(*verb)] == "发放"
    assert {role: doc.text[a:b] for role, a, b in given} == {
        "when": "上周", "who": "许秀兰", "where": "平山镇", "what": "物资",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", " ", "\n", "　", "Hello, world", "😀\u200b", "上周 许秀兰 在 平山镇"])
def test_odd_texts(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert all(ent.text == ent.text.strip() for ent in doc.ents)


def test_saved_loaded_pickled_in_two_processes(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    expected = names(nlp(ARTICLE))
    assert names(spacy.load(tmp_path / "pipeline")(ARTICLE)) == expected
    assert names(pickle.loads(pickle.dumps(nlp))(ARTICLE)) == expected
    docs = list(nlp.pipe(ARTICLE.split("\n"), n_process=2, batch_size=5))
    assert [names(doc) for doc in docs] == [names(doc) for doc in nlp.pipe(ARTICLE.split("\n"))]
    assert all(doc._.predications for doc in docs)


def test_without_names(tmp_path: Path) -> None:
    spacy_models.train(("tagger", "parser"), rounds=1).to_disk(tmp_path / "parser")
    doc = load(model=f"spacy:{tmp_path / 'parser'}")("上周许秀兰在平山镇发放物资。")
    assert not doc.ents


def test_errors_are_one_line(tmp_path: Path) -> None:
    spacy.blank("zh").to_disk(tmp_path / "blank")
    Path(tmp_path / "empty").mkdir()
    for model, kind, words in (
        ("spacy:zh_core_web_none", FileNotFoundError, "there is no package or folder 'zh_core_web_none'"),
        (f"spacy:{tmp_path / 'blank'}", ValueError, "finds neither names nor dependencies"),
        (f"spacy:{tmp_path / 'empty'}", ValueError, "can not be loaded"),
        ("spacy", ValueError, "choose embedded, open, hanlp"),
    ):
        with pytest.raises(kind, match=words) as caught:
            load(model=model)
        assert "\n" not in str(caught.value)
