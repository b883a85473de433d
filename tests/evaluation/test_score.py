"""The library's scores of annotated pages are those of the measure, `tests/gold/score.py`, whatever the tables hold."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from folders import GOLD, SEEDS

import bulletinnlp
from bulletinnlp import evaluation
from bulletinnlp.evaluation import Scores, score
from bulletinnlp.evaluation.gold_tables import gold_tables
from bulletinnlp.evaluation.scores import Count, are_scores
from bulletinnlp.output.readers import read_rows
from bulletinnlp.pages import Page

Rows = dict[str, list[dict]]


@pytest.fixture(scope="module")
def perfect() -> bulletinnlp.Extraction:
    return gold_tables(GOLD, SEEDS)


def test_pages_without_a_fault_score_one(perfect: bulletinnlp.Extraction) -> None:
    scores = evaluation.score(GOLD, perfect, SEEDS)
    assert {name: count.f1 for name, count in scores.counts.items() if count.gold} == pytest.approx(
        {name: 1.0 for name, count in scores.counts.items() if count.gold}
    )
    assert (scores.tiled, scores.pages, scores.absent) == (2, 2, [])


def test_a_page_that_the_tables_lack_is_named() -> None:
    """All of it is missing; the other is scored."""
    first, second = sorted(path.stem for path in GOLD.glob("*.json"))
    found = bulletinnlp.extract(
        SEEDS / f"{first}.txt", exclude=["bylines", "names", "places", "references", "roles", "quotes", "events"]
    )
    scores = evaluation.score(GOLD, found)
    assert (scores.absent, scores.pages) == ([second], 2)
    assert scores["articles: headline"].hits > 0


def drop(rows: Rows, chance: random.Random) -> Rows:
    return {name: [row for row in some if chance.random() > 0.2 or name == "pages"] for name, some in rows.items()}


def shift(rows: Rows, chance: random.Random) -> Rows:
    """Spans that begin or end a little beside."""
    for name in ("mentions", "times", "references", "quotes"):
        for row in rows[name]:
            if chance.random() < 0.3:
                row["start"] = max(0, row["start"] + chance.choice([-2, -1, 1]))
    return rows


def confuse(rows: Rows, chance: random.Random) -> Rows:
    """Other labels, values, speakers, organisations, roles."""
    for table, column in (
        ("mentions", "label"), ("times", "value"), ("quotes", "speaker"), ("roles", "organisation"),
        ("bylines", "role"), ("references", "antecedent"), ("articles", "headline"), ("articles", "byline"),
    ):  # fmt: skip
        values = [row[column] for row in rows[table]]
        for row in rows[table]:
            if chance.random() < 0.3:
                row[column] = chance.choice(values)
    return rows


def merge(rows: Rows, chance: random.Random) -> Rows:
    """Articles that swallowed their neighbour's segments."""
    ids = sorted({row["article_id"] for row in rows["segments"] if row["article_id"]})
    swallowed = {article_id: chance.choice(ids) for article_id in ids if chance.random() < 0.3}
    for row in rows["segments"]:
        row["article_id"] = swallowed.get(row["article_id"], row["article_id"])
    return rows


def double(rows: Rows, chance: random.Random) -> Rows:
    for name in ("mentions", "times", "quotes", "roles", "bylines"):
        rows[name] += [dict(row) for row in rows[name] if chance.random() < 0.2]
    return rows


def leave(rows: Rows, chance: random.Random) -> Rows:
    return rows


@pytest.mark.parametrize("harm", [leave, drop, shift, confuse, merge, double])
@pytest.mark.parametrize("seed", [1, 2])
def test_equals_the_measure_on_harmed_tables(
    perfect: bulletinnlp.Extraction,
    score: ModuleType,
    tmp_path: Path,
    harm: Callable[[Rows, random.Random], Rows],
    seed: int,
) -> None:
    rows = harm(read_rows(perfect.write(tmp_path / "whole", "jsonl")), random.Random(seed))
    harmed = tmp_path / "harmed"
    harmed.mkdir()
    for name, some in rows.items():
        lines = [json.dumps(row, ensure_ascii=False) for row in some]
        Path(harmed, f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert_equal(evaluation.score(GOLD, harmed, SEEDS), score.score(GOLD, harmed, SEEDS))


def test_equals_the_measure_on_the_seed_pages(seeds: bulletinnlp.Extraction, score: ModuleType, tmp_path: Path) -> None:
    right = score.score(GOLD, seeds.write(tmp_path, "jsonl"), SEEDS)
    assert_equal(evaluation.score(GOLD, seeds, SEEDS), right)


def assert_equal(mine: Scores, right: tuple) -> None:
    counts, tiled = right
    assert [mine.tiled, mine.pages] == tiled
    assert set(counts) <= set(mine)
    for name, count in counts.items():
        ours = mine[name]
        assert (name, ours.hits, ours.gold, ours.found) == (name, count.tp, count.gold, count.pred)
        assert (name, ours.precision, ours.recall, ours.f1) == (name, *count)
        errors = {kind: [error.what for error in ours.errors if error.kind == kind] for kind in ("missing", "extra")}
        assert (name, errors["missing"]) == (name, [what for _, what in count.miss])
        assert (name, errors["extra"]) == (name, [what for _, what in count.extra])
    assert not [name for name in mine if name not in counts and (mine[name].gold or mine[name].found)]


@pytest.mark.parametrize(
    "data",
    [
        {"PER": {"precision": 0.9, "recall": 0.8, "f1-score": 0.85, "support": 100}, "accuracy": 0.9},
        {"experiment 7": {"notes": "mine", "precision": "see paper"}, "raw": [1, 2, 3]},
        {},
    ],
)
def test_json_of_others_is_not_taken_for_scores(tmp_path: Path, data: dict) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert not are_scores(path)


def test_json_of_ours_is(tmp_path: Path) -> None:
    scores = Scores({"mentions": Count(3, 4, 5)})
    scores.to_json(tmp_path / "scores.json")
    assert are_scores(tmp_path / "scores.json")


@pytest.mark.parametrize("wrong", [None, 3, {"pages": []}])
def test_what_is_no_folder_and_no_extraction_is_named(wrong: Any, tmp_path: Path) -> None:
    from bulletinnlp.evaluation import annotate

    few = ["names", "places", "references", "roles", "quotes", "events"]
    found = bulletinnlp.extract(texts=["近日，县一中开学。"], exclude=few)
    annotate(found, tmp_path / "gold")
    told = f"not {type(wrong).__name__}"
    with pytest.raises(TypeError, match=f"tables are an Extraction or the folder of one, {told}"):
        score(tmp_path / "gold", wrong)
    with pytest.raises(TypeError, match=f"tables are an Extraction or the folder of one, {told}"):
        annotate(wrong, tmp_path / "new")
    with pytest.raises(TypeError, match=f"gold is the name of a folder or a file, {told}"):
        score(wrong, found)
    assert not (tmp_path / "new").exists()


def test_an_article_of_no_page_here_is_absent_though_a_line_of_it_is_shared(tmp_path: Path) -> None:
    from bulletinnlp.evaluation import annotate

    line, few = "本报讯 全区上下同心协力抓落实。", ["names", "places", "references", "roles", "quotes", "events"]
    one, other = (
        bulletinnlp.extract(Page(name, f"{line}\n{text}\n"), exclude=few)
        for name, text in (
            ("a", "近日，县一中举行开学典礼，校长致辞。"),
            ("b", "昨日，镇卫生院组织义诊，村民前来咨询。"),
        )
    )
    annotate(one, tmp_path / "gold")
    scores = score(tmp_path / "gold", other)
    assert (scores.absent, scores.pages) == (["a"], 0)
    assert score(tmp_path / "gold", one).pages == 1
