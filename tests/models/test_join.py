"""Several sources of names, and the choice between them."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from bulletinnlp import load
from bulletinnlp.annotations import Proposal
from bulletinnlp.models.component import chunks
from bulletinnlp.models.gazetteer import patterns
from bulletinnlp.models.join import SUREST, join
from bulletinnlp.models.model_spec import model_specs
from bulletinnlp.models.semantic_roles import Dependent, from_dependencies
from bulletinnlp.models.word_alignment import align

LABELS = st.sampled_from(["PER", "ORG", "PLACE"])
SOURCES = st.sampled_from(["embedded", "hanlp", "spacy", "gazetteer"])
PROPOSALS = st.builds(
    lambda start, length, label, score, source: Proposal(start, start + length, label, score, source),
    st.integers(0, 30), st.integers(1, 9), LABELS, st.floats(0.05, 1), SOURCES,
)  # fmt: skip


@given(st.lists(PROPOSALS, max_size=20))
def test_what_is_joined_never_overlaps(said: list[Proposal]) -> None:
    joined = join(said)
    for one, other in pairwise(joined):
        assert one.end <= other.start
    spans = {(one.start, one.end, one.label) for one in said}
    assert all((one.start, one.end, one.label) in spans for one in joined)
    assert bool(joined) == bool(said)
    assert join(reversed(said)) == joined  # the order in which the sources speak does not matter
    assert join(joined) == joined


@given(PROPOSALS, PROPOSALS)
def test_agreement_is_surer_than_either(one: Proposal, other: Proposal) -> None:
    other = other._replace(start=one.start, end=one.end, label=one.label)
    (joined,) = join([one, other])
    assert joined.score >= round(max(one.score, other.score), 4)
    if one.source != other.source:
        assert joined.source == "+".join(sorted((one.source, other.source)))
        assert joined.score <= max(SUREST, one.score, other.score) + 1e-4


@given(st.text(alphabet="甲乙。，！\n ”a", max_size=60), st.integers(5, 50))
def test_stretches_hold_all_that_is_printed(text: str, limit: int) -> None:
    cut = chunks(text, 0, len(text), limit)
    assert "".join("".join(text[a:b].split()) for a, b in cut) == "".join(text.split())
    assert all(0 < b - a <= limit for a, b in cut)


@given(st.lists(st.text(alphabet="甲乙ab，１", min_size=1, max_size=4), max_size=12), st.data())
def test_words_are_found_whatever_space_stands_between(words: list[str], data: st.DataObject) -> None:
    space = st.sampled_from(["", " ", "\n", "　"])
    text = data.draw(space) + "".join(char + data.draw(space) for word in words for char in word)
    spans = align(words, text)
    assert ["".join(text[slice(*span)].split()) for span in spans if span] == words


def test_a_gazetteer(tmp_path: Path) -> None:
    mine = tmp_path / "mine.tsv"
    mine.write_text("# ours\nPER\t贺秋实\nGPE\t平山镇\n", encoding="utf-8")
    nlp = load(model=f"gazetteer:{mine}", exclude=["events", "quotes", "roles", "references", "places"])
    nlp.to_disk(tmp_path / "pipeline")
    mine.unlink()  # the names were saved with the pipeline
    for one in (nlp, spacy.load(tmp_path / "pipeline")):
        found = [(ent.text, ent.label_, ent._.source) for ent in one("贺秋实到平山镇").ents]
        assert found == [("贺秋实", "PER", "gazetteer"), ("平山镇", "PLACE", "gazetteer")]


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "no name in it"), ("PER 贺秋实", "line 1: expected PER"), ("# x\nCAR\t红旗", "line 2: expected PER")],
)
def test_a_wrong_gazetteer(tmp_path: Path, content: str, words: str) -> None:
    mine = tmp_path / "mine.tsv"
    mine.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        patterns(mine)


@pytest.mark.parametrize("model", ["", "hanlpx", "spacy:", "embedded:x", "embedded+embedded", "gazetteer", [], ["x"]])
def test_a_wrong_model(model: str | list[str]) -> None:
    with pytest.raises(ValueError, match=r"^model ") as caught:
        model_specs(model)
    assert "\n" not in str(caught.value)


def test_hanlp_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bulletinnlp.models.hanlp_model.find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'bulletinnlp\[hanlp\]'"):
        load(model="hanlp")


@pytest.mark.parametrize("model", ["hanlp:./no/such/folder", "hanlp:~/no_such_folder"])
def test_a_folder_that_is_not_there(model: str) -> None:
    before = "hanlp" in sys.modules
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        load(model=model)
    assert ("hanlp" in sys.modules) == before  # found out before the import, which takes seconds


def test_options_are_checked() -> None:
    nlp = spacy.blank("zh")
    for config, words in (
        ({"groups": {"mine": 2.0}}, "groups must be from 0 to 1"),
        ({"trust": {"hanlp": -1.0}}, "trust must be from 0 to 1"),
        ({"trust": "hanlp"}, "trust"),
        ({"trst": {}}, "trst"),
    ):
        with pytest.raises(ValueError, match=words):
            nlp.add_pipe("bulletin_join", config=config)


def test_coordinated_verbs_share_their_subject() -> None:
    words = [("县教育局", "NN", 1, "nsubj"), ("召开", "VV", -1, "root"), ("会议", "NN", 1, "dobj"),
             ("，", "PU", 1, "punct"), ("部署", "VV", 1, "conj"), ("工作", "NN", 4, "dobj")]  # fmt: skip
    text, tree = "", []
    for word, tag, head, relation in words:
        tree.append(Dependent(word, (len(text), len(text) + len(word)), tag, head, relation))
        text += word
    said = [
        (text[r.start : r.end], r.role, text[r.argument_start : r.argument_end]) for r in from_dependencies(tree, "x")
    ]
    assert ("部署", "who", "县教育局") in said
    assert ("部署", "what", "工作") in said


def test_a_circle_of_heads_does_no_harm() -> None:
    tree = [Dependent("甲", (0, 1), "VV", 1, "conj"), Dependent("乙", (1, 2), "VV", 0, "conj")]
    assert list(from_dependencies(tree, "x")) == []
