"""The stage `bulletin_entities`: what it writes on a Doc, what is kept, and tables without it."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import bulletinnlp
from bulletinnlp import Extraction, Page, extract

TEXT = "县一中开学\n\n本报讯 9月1日，县一中开学。校长孙乐文致辞。教师高女士说，我县的孩子们来了。孙乐文与高女士合影。"
PAGE = Page("p1", TEXT, published="2022-09-02", home="山东省聊城市东阿县")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return bulletinnlp.load(published="2022-09-02")


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    doc = nlp.make_doc(TEXT)
    doc._.home = PAGE.home
    return nlp(doc)


def test_entities_have_all_their_mentions(doc: Doc) -> None:
    named = {ent.start_char: ent.text for ent in doc.ents}
    found = {entity.name: [named[start] for start in entity.mentions] for entity in doc._.entities}
    assert found["孙乐文"] == ["孙乐文", "孙乐文"]
    assert found["高女士"] == ["高女士", "高女士"]
    assert sorted(start for entity in doc._.entities for start in entity.mentions) == sorted(named)


def test_the_home_that_a_stand_in_means_is_an_entity(doc: Doc) -> None:
    [home] = [entity for entity in doc._.entities if entity.inferred]
    assert (home.name, home.mentions, home.scope, home.inferred) == ("东阿县", (), "371524", ("东阿县",))


def test_short_names_of_two_texts_are_two_persons(nlp: Language) -> None:
    found = Extraction.from_docs(nlp.pipe(["高女士说，水清了。", "高女士说，路通了。"]))
    assert len(found.entities) == found.mentions["entity_id"].nunique() == 2


def test_what_is_stored_comes_back(nlp: Language, doc: Doc, tmp_path: Path) -> None:
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    [again] = DocBin().from_bytes(stored).get_docs(spacy.blank("zh").vocab)
    assert again._.entities == doc._.entities
    assert Extraction.from_docs([again]).entities.equals(Extraction.from_docs([doc]).entities)
    nlp.to_disk(tmp_path)
    saved = spacy.load(tmp_path)
    assert saved.pipe_names[-1] == "bulletin_entities"
    assert extract(PAGE, nlp=saved).entities.equals(extract(PAGE, nlp=nlp).entities)


def test_tables_without_the_stage() -> None:
    """As of a pipeline that was saved before there was one."""
    nlp = bulletinnlp.load(exclude=["entities"], published="2022-09-02")
    for found in (extract(PAGE, nlp=nlp), Extraction.from_docs([nlp(TEXT)])):
        assert found.mentions["entity_id"].isna().all()
        assert found.arguments["entity_id"].isna().all()
        with pytest.raises(AttributeError, match="no table 'entities': the stage bulletin_entities did not run"):
            _ = found.entities


def test_without_names_there_are_no_entities() -> None:
    found = extract(PAGE, exclude=["names", "places", "references", "roles", "quotes", "events"])
    with pytest.raises(AttributeError, match="no table 'entities': the stage bulletin_names did not run"):
        _ = found.entities


def test_names_of_a_stage_behind_it_are_entities() -> None:
    nlp = bulletinnlp.load(exclude=["quotes", "events"])
    pattern = [{"TEXT": char} for char in "阳光文学社"]
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": pattern}])  # type: ignore[attr-defined]
    found = extract(Page("p", "近日，阳光文学社成立。"), nlp=nlp)
    assert found.mentions["entity_id"].notna().all()
    assert "阳光文学社" in set(found.entities["name"])
