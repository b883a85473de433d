"""Leave out, replace, add: pipelines of one's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp import Page, extract, load
from bulletinnlp.annotations import Role
from bulletinnlp.runs.extract import extract_to

PAGE = Page(
    "p1",
    "区教研中心开展线上教研\n\n东昌府讯 11月27日晚，区教研中心主任贺秋实在柳园街道举行线上教研活动。"
    "贺秋实说：“大家都来了。”\n(区教体局)",
    published="2022-11",
    home="山东省聊城市东昌府区",
)
ALWAYS = {"pages", "segments", "articles", "boxes", "problems"}


@Language.component("my_names", assigns=["doc.ents"])
def my_names(doc: Doc) -> Doc:
    """Names by a list, in place of ours."""
    at = doc.text.find("贺秋实")
    doc.ents = [doc.char_span(at, at + 3, label="PER")] if at >= 0 else []
    return doc


@Language.component("undeclared_names")
def undeclared_names(doc: Doc) -> Doc:
    return my_names(doc)


def tables(**options: object) -> set[str]:
    return set(extract(PAGE, **options).tables) - ALWAYS  # type: ignore[arg-type]


def test_all_tables() -> None:
    assert tables() == {"bylines", "times", "mentions", "entities", "references", "roles", "quotes", "events",
                        "arguments"}  # fmt: skip


def test_tables_of_stages_left_out_are_absent() -> None:
    assert tables(exclude=["events", "bulletin_quotes"]) == {
        "bylines", "times", "mentions", "entities", "references", "roles",
    }  # fmt: skip
    found = extract(PAGE, exclude=["events"])
    with pytest.raises(AttributeError, match="there is no table 'events': the stage bulletin_events did not run"):
        _ = found.events


@pytest.mark.parametrize("stage", ["bylines", "places", "references", "roles", "quotes", "events", "entities"])
def test_a_stage_that_nothing_depends_on_can_be_left_out(stage: str) -> None:
    assert f"bulletin_{stage}" not in load(exclude=[stage]).pipe_names
    extract(PAGE, exclude=[stage])


@pytest.mark.parametrize(("stage", "needed"), [("names", "doc.ents"), ("times", "doc._.times")])
def test_leaving_out_what_others_need_says_so(stage: str, needed: str) -> None:
    with pytest.raises(ValueError, match=f"needs {needed}, which no stage before it writes: add bulletin_{stage}"):
        extract(PAGE, exclude=[stage])
    with pytest.raises(ValueError, match=f"needs {needed}, which no stage before it writes: add bulletin_{stage}"):
        extract(PAGE, nlp=load(exclude=[stage]))


UNKNOWN = [
    ("evnts", r"there is no stage 'evnts' \(did you mean events\?\); choose from bylines, times, names"),
    ("bulletin_place", r"there is no stage 'bulletin_place' \(did you mean places\?\); choose from"),
    ("mentions", r"there is no stage 'mentions' \(the table mentions is filled by names\); choose from"),
    ("verbs", "there is no stage 'verbs'; choose from bylines, times, names"),
    (["events", "xyz"], "there is no stage 'xyz'; choose from"),
]


@pytest.mark.parametrize(("exclude", "told"), UNKNOWN, ids=str)
def test_an_unknown_stage_is_named_with_the_choices(exclude: str | list[str], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        load(exclude=exclude)
    with pytest.raises(ValueError, match=told):
        extract(PAGE, exclude=exclude)


def test_one_stage_may_be_left_out_by_itself() -> None:
    assert load(exclude="events").pipe_names == load(exclude=["events"]).pipe_names
    assert "events" not in extract(PAGE, exclude="bulletin_events").tables


BESIDE = [
    ({"exclude": "events"}, "nlp is made already: give exclude to load(exclude=…), or leave nlp out"),
    ({"exclude": ["events"]}, "nlp is made already: give exclude to load(exclude=…), or leave nlp out"),
    ({"model": "hanlp"}, "nlp is made already: give model to load(model=…), or leave nlp out"),
]


@pytest.mark.parametrize(("options", "told"), BESIDE, ids=str)
def test_what_load_takes_is_refused_beside_a_pipeline(options: dict, told: str, tmp_path: Path) -> None:
    nlp = load(exclude=["quotes"])
    for call in (lambda: extract(PAGE, nlp=nlp, **options), lambda: extract_to(PAGE, tmp_path, nlp=nlp, **options)):
        with pytest.raises(ValueError, match=re.escape(told)):
            call()


def test_what_is_no_pipeline_is_refused() -> None:
    with pytest.raises(TypeError, match="nlp is a pipeline, as load\\(\\) gives one, not str; a model goes to model=…"):
        extract(PAGE, nlp="hanlp")  # type: ignore[arg-type]


def test_the_place_of_a_stage_left_out_is_filled_afterwards() -> None:
    nlp = load(exclude=["names"])
    nlp.add_pipe("my_names", before="bulletin_places")
    found = extract(PAGE, nlp=nlp)
    assert list(found.mentions.text) == ["贺秋实"]
    assert {"entities", "roles", "events"} <= set(found.tables)


def test_a_stage_that_comes_too_late_is_named_with_its_place() -> None:
    nlp = load(exclude=["names"])
    nlp.add_pipe("my_names")
    told = "bulletin_places needs doc.ents, which my_names writes, but behind it: add that before, "
    with pytest.raises(ValueError, match=re.escape(told + "nlp.add_pipe('my_names', before='bulletin_places')")):
        extract(PAGE, nlp=nlp)


def test_names_replaced() -> None:
    nlp = load()
    nlp.replace_pipe("bulletin_names", "my_names")
    assert not any(nlp.analyze_pipes()["problems"].values())
    found = extract(PAGE, nlp=nlp)
    assert list(found.mentions.text) == ["贺秋实"]
    assert found.mentions.source.isna().all()
    assert "entities" in found.tables


def test_names_replaced_by_a_stage_of_another_name() -> None:
    nlp = load(exclude=["places", "references", "roles", "quotes", "events", "names"])
    nlp.add_pipe("my_names")
    assert tables(nlp=nlp) == {"bylines", "times", "mentions", "entities"}


def test_names_replaced_by_a_stage_that_declares_nothing() -> None:
    nlp = load()
    nlp.replace_pipe("bulletin_names", "undeclared_names")
    assert {"mentions", "events"} <= tables(nlp=nlp)


def test_a_missing_requirement_is_told_before_a_page_is_read() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("bulletin_roles")
    with pytest.raises(ValueError, match=r"bulletin_roles needs doc\.ents, which no stage before it writes"):
        extract("no/such/page.txt", nlp=nlp)
    nlp.add_pipe("my_names")  # behind the stage that needs it
    with pytest.raises(ValueError, match=r"needs doc\.ents"):
        extract(PAGE, nlp=nlp)


def test_a_stage_between_two_of_ours() -> None:
    @Language.component("current", assigns=["doc._.roles"], requires=["doc._.roles"])
    def current(doc: Doc) -> Doc:
        """Forget titles that somebody held before (原局长)."""
        doc._.roles = [role for role in doc._.roles if role.status != "former"]
        return doc

    nlp = load()
    nlp.add_pipe("current", after="bulletin_roles")
    page = Page("p1", "慰问老干部\n\n本报讯 11月27日，县教育局原局长贺秋实、县水利局局长冯春来到县医院。\n(县融媒体)")
    before, after = extract(page), extract(page, nlp=nlp)
    assert "冯春" in set(after.roles.person)
    assert list(before.roles.status) == ["former", "held"]
    assert list(after.roles.person) == ["冯春"]


def test_a_stage_of_ones_own_feeds_ours() -> None:
    @Language.component("my_roles", assigns=["doc._.roles"])
    def my_roles(doc: Doc) -> Doc:
        doc._.roles = [Role("贺秋实", "主任", None, 0, 2)]
        return doc

    nlp = load()
    nlp.replace_pipe("bulletin_roles", "my_roles")
    (row,) = extract(PAGE, nlp=nlp).roles.itertuples()
    assert (row.person, row.title) == ("贺秋实", "主任")
    assert row.person_id


def test_a_record_of_the_wrong_shape_is_named() -> None:
    doc = spacy.blank("zh")("贺秋实")
    with pytest.raises(TypeError, match=r"doc\._\.roles takes records Role\(person, title, organisation, start, end"):
        doc._.roles = [("贺秋实", "主任")]
    doc._.roles = [("贺秋实", "主任", None, 0, 2)]
    assert doc._.roles == [Role("贺秋实", "主任", None, 0, 2)]


def test_embedded_names_and_a_list_of_ones_own(tmp_path: Path) -> None:
    mine = tmp_path / "mine.tsv"
    mine.write_text("PER\t贺秋实\nORG\t柳园工作队\n", encoding="utf-8")
    page = Page("p1", "工作队进村\n\n本报讯 11月27日，柳园工作队队长贺秋实来到县人民医院。\n(县融媒体)")
    found = extract(page, model=f"embedded+gazetteer:{mine}")
    sources = dict(zip(found.mentions.text, found.mentions.source, strict=True))
    assert sources["贺秋实"] == "embedded+gazetteer"
    assert "gazetteer" in sources["柳园工作队"]
    assert sources["县人民医院"] == "embedded"


def test_names_of_another_kind_become_ours() -> None:
    @Language.component("foreign_names", assigns=["doc.ents"])
    def foreign_names(doc: Doc) -> Doc:
        at, there = doc.text.find("贺秋实"), doc.text.find("柳园街道")
        doc.ents = [doc.char_span(at, at + 3, label="PERSON"), doc.char_span(there, there + 4, label="GPE")]
        return doc

    nlp = load()
    nlp.replace_pipe("bulletin_names", "foreign_names")
    nlp.add_pipe("bulletin_join", after="bulletin_names")
    found = extract(PAGE, nlp=nlp)
    assert set(zip(found.mentions.text, found.mentions.label, strict=True)) == {
        ("贺秋实", "PER"),
        ("柳园街道", "PLACE"),
    }
    assert found.mentions.set_index("text").adcode["柳园街道"].startswith("371502")
