"""Annotated pages: places found from strings."""

import json
from pathlib import Path

import pytest
from folders import GOLD, SEEDS

import bulletinnlp
from bulletinnlp import evaluation
from bulletinnlp.evaluation.gold_pages import locate
from bulletinnlp.evaluation.scoring import evaluate

PAGES = sorted(GOLD.glob("*.json"))


def page(path: Path) -> dict:
    return json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_places_are_found_from_the_strings_alone(path: Path) -> None:
    right = page(path)
    bare = {**right, "articles": [{k: v for k, v in a.items() if k[0] != "_"} for a in right["articles"]]}
    found = locate(bare, (SEEDS / f"{right['page']}.txt").read_bytes().decode())
    for got, wanted in zip(found["articles"], right["articles"], strict=True):
        for key in ("_spans", "_headline", "_byline", "_dateline", "_entities", "_references", "_times", "_quotes"):
            assert (wanted["headline"], key, got.get(key)) == (wanted["headline"], key, wanted.get(key))
        assert (wanted["headline"], got.get("_body")) == (wanted["headline"], wanted.get("_body"))


def test_a_string_that_is_not_there_is_named() -> None:
    data = {
        "page": "p",
        "articles": [{"headline": "开会", "start": "开会", "end": "会议。", "entities": [["ORG", "区委"]]}],
    }
    with pytest.raises(ValueError, match="p: “区委” is not found in the article “开会”"):
        locate(data, "开会\n召开会议。")


def test_what_stands_before_tells_two_occurrences_apart() -> None:
    text = "山东省青年工作会\n为山东省试点。"
    article = {"headline": None, "start": "山东省青年工作会", "end": "试点。", "entities": [["PLACE", "山东省", "为"]]}
    [found] = locate({"page": "p", "articles": [article]}, text)["articles"]
    assert found["_entities"] == [[10, 13]]


def test_a_folder_without_pages(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no annotated pages here"):
        evaluation.gold_tables(tmp_path)
    (tmp_path / "p.json").write_text("[]")
    with pytest.raises(ValueError, match=r"p\.json: not an annotated page"):
        evaluation.gold_tables(tmp_path)


def test_folders_the_other_way_round(tmp_path: Path) -> None:
    """Tables where the annotation belongs are told as such, not as a column that is not there."""
    tables, gold = tmp_path / "t2", tmp_path / "gold"
    bulletinnlp.extract(texts=["11月27日，县一中举行运动会。"], published="2022-11-29").write(tables, "jsonl")
    gold.mkdir()
    (gold / "1.txt").write_text("11月27日，县一中举行运动会。", encoding="utf-8")
    with pytest.raises(ValueError, match=r"t2 holds tables, .*gold holds annotation: the other way round"):
        evaluate(tables, gold)
