"""The measure on annotated pages. Floors rise as scores rise."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from folders import CORPUS, GOLD, HELD_OUT_EVENTS, SEED_EVENTS, SEEDS, corpus

import bulletinnlp
from bulletinnlp import evaluation
from bulletinnlp.evaluation import Scores

#: F1 on the two annotated seed pages.
SEED_FLOORS = {
    "articles (extent, IoU >= .95)": 0.98,
    "articles: headline": 0.98,
    "articles: byline": 0.98,
    "articles: dateline": 0.98,
    "articles: eyebrow": 0.98,
    "articles: banner": 0.98,
    "articles: body (IoU >= .98)": 0.98,
    "bylines (name, role)": 0.98,
    "bylines (name, role, outlet)": 0.98,
    "times (span, type, value)": 0.96,
    "mentions": 0.95,
    "mentions: PER": 0.96,
    "mentions: ORG": 0.95,
    "mentions: PLACE": 0.93,
    "references (span, antecedent)": 0.97,
    "roles (person, title)": 0.92,
    "roles (person, title, organisation)": 0.92,
    "quotes (span)": 0.96,
    "quotes (span, speaker)": 0.76,
}
#: F1 on the fifth of the corpus that nothing learns from, an article a page.
HELD_OUT_FLOORS = {
    "times (span, type, value)": 0.96,
    "mentions": 0.92,
    "mentions: PER": 0.92,
    "mentions: ORG": 0.93,
    "mentions: PLACE": 0.88,
    "references (span, antecedent)": 0.92,
    "roles (person, title)": 0.905,
    "roles (person, title, organisation)": 0.885,
    "quotes (span)": 0.96,
    "quotes (span, speaker)": 0.77,
}
#: F1 on the articles of three further counties (`tests/corpus/fresh`), by others than wrote the rules.
FRESH_FLOORS = {
    "articles: headline": 0.98,
    "times (span, type, value)": 0.92,
    "mentions": 0.935,
    "references (span, antecedent)": 0.9,
    "roles (person, title)": 0.94,
    "roles (person, title, organisation)": 0.925,
    "quotes (span, speaker)": 0.8,
}
#: F1 on articles dense with titles in many constructions (`tests/corpus/titles.txt`).
TITLED_FLOORS = {
    "mentions": 0.935,
    "roles (person, title)": 0.85,
    "roles (person, title, organisation)": 0.815,
}
#: F1 of events, occurrence for occurrence: on the seed pages, on the held-out articles.
EVENT_FLOORS = {
    "events (trigger)": (0.66, 0.8),
    "events: row": (0.305, 0.4),
    "events: whole row": (0.265, 0.27),
    "events: who": (0.77, 0.71),
    "events: what": (0.89, 0.9),
    "events: whom": (0.35, 0.48),
    "events: when": (0.64, 0.82),
    "events: where": (0.41, 0.54),
    "events: type": (0.61, 0.65),
    "events: flags": (0.98, 0.965),
    "events: main": (0.41, 0.4),
    "events: main (told by some row)": (0.82, 0.85),
}
#: F1 on pages composed from the corpus.
COMPOSED_FLOORS = {
    "articles (extent, IoU >= .95)": 0.97,
    "articles: headline": 0.96,
    "articles: byline": 0.98,
    "articles: dateline": 0.98,
    "articles: body (IoU >= .98)": 0.97,
    "bylines (name, role)": 0.97,
}
#: Stages that the composed pages say nothing about.
NOT_MEASURED = ("times", "names", "places", "references", "roles", "quotes", "events")


@pytest.fixture(scope="module")
def seed_scores(seeds: bulletinnlp.Extraction, score: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> tuple:
    folder = seeds.write(tmp_path_factory.mktemp("seeds"), "jsonl")
    return score.score(GOLD, folder, SEEDS)


@pytest.mark.parametrize("measure", SEED_FLOORS)
def test_seed_pages(seed_scores: tuple, measure: str) -> None:
    counts, _ = seed_scores
    _, _, f1 = counts[measure]
    assert f1 >= SEED_FLOORS[measure]


def test_every_seed_page_is_tiled(seed_scores: tuple) -> None:
    _, (tiled, pages) = seed_scores
    assert tiled == pages == 2


def composed(folder: Path, files: list[Path], *options: str) -> tuple[Path, Path]:
    """The texts and the annotation of pages made of marked-up articles."""
    compose = [sys.executable, CORPUS / "compose.py", *options, folder / "texts", folder / "gold", *files]
    subprocess.run(compose, check=True, capture_output=True)
    return folder / "texts", folder / "gold"


@pytest.fixture(scope="module")
def held_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Texts, annotation and tables of the held-out articles."""
    folder = tmp_path_factory.mktemp("held_out")
    texts, gold = composed(folder, sorted(CORPUS.glob("p?e.txt")), "--seed", "1", "--articles", "1")
    return texts, gold, bulletinnlp.extract(texts).write(folder / "tables", "jsonl")


@pytest.fixture(scope="module")
def held_out_scores(score: ModuleType, held_out: tuple[Path, Path, Path]) -> tuple:
    texts, gold, tables = held_out
    return score.score(gold, tables, texts)


@pytest.mark.parametrize("measure", HELD_OUT_FLOORS)
def test_held_out_articles(held_out_scores: tuple, measure: str) -> None:
    counts, (tiled, pages) = held_out_scores
    _, _, f1 = counts[measure]
    assert f1 >= HELD_OUT_FLOORS[measure]
    assert tiled == pages == 50


def scored(score: ModuleType, folder: Path, files: list[Path]) -> tuple:
    """The scores of the articles of files, an article a page."""
    texts, gold = composed(folder, files, "--seed", "1", "--articles", "1")
    return score.score(gold, bulletinnlp.extract(texts).write(folder / "tables", "jsonl"), texts)


@pytest.fixture(scope="module")
def fresh_scores(score: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> tuple:
    return scored(score, tmp_path_factory.mktemp("fresh"), sorted((CORPUS / "fresh").glob("*.txt")))


@pytest.mark.parametrize("measure", FRESH_FLOORS)
def test_articles_of_further_counties(fresh_scores: tuple, measure: str) -> None:
    counts, (tiled, pages) = fresh_scores
    _, _, f1 = counts[measure]
    assert f1 >= FRESH_FLOORS[measure]
    assert tiled == pages == 47


@pytest.fixture(scope="module")
def titled_scores(score: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> tuple:
    return scored(score, tmp_path_factory.mktemp("titled"), [CORPUS / "titles.txt"])


@pytest.mark.parametrize("measure", TITLED_FLOORS)
def test_articles_dense_with_titles(titled_scores: tuple, measure: str) -> None:
    counts, (tiled, pages) = titled_scores
    _, _, f1 = counts[measure]
    assert f1 >= TITLED_FLOORS[measure]
    assert tiled == pages == 15


@pytest.fixture(scope="module")
def event_scores(seeds: bulletinnlp.Extraction, held_out: tuple[Path, Path, Path]) -> tuple[Scores, Scores]:
    texts, _, tables = held_out
    return evaluation.score(SEED_EVENTS, seeds, SEEDS), evaluation.score(HELD_OUT_EVENTS, tables, texts)


@pytest.mark.parametrize("measure", EVENT_FLOORS)
def test_events(event_scores: tuple[Scores, Scores], measure: str) -> None:
    for scores, floor in zip(event_scores, EVENT_FLOORS[measure], strict=True):
        assert scores[measure].f1 >= floor


def test_every_annotated_article_is_scored(event_scores: tuple[Scores, Scores]) -> None:
    assert [scores.absent for scores in event_scores] == [[], []]
    assert [scores["events (trigger)"].gold for scores in event_scores] == [203, 645]


@pytest.fixture(scope="module", params=[1, 2, 3])
def composed_scores(
    request: pytest.FixtureRequest, score: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> tuple:
    folder = tmp_path_factory.mktemp("composed")
    texts, gold = composed(folder, corpus(), "--seed", str(request.param))
    found = bulletinnlp.extract(texts, exclude=NOT_MEASURED)
    return score.score(gold, found.write(folder / "tables", "jsonl"), texts)


@pytest.mark.parametrize("measure", COMPOSED_FLOORS)
def test_composed_pages(composed_scores: tuple, measure: str) -> None:
    counts, (tiled, pages) = composed_scores
    _, _, f1 = counts[measure]
    assert f1 >= COMPOSED_FLOORS[measure]
    assert tiled == pages
