"""The measure on annotated pages. Floors rise as scores rise."""

import subprocess
import sys
from types import ModuleType

import pytest
from folders import CORPUS, GOLD, SEEDS

import bulletinnlp

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
    "quotes (span, speaker)": 0.72,
    "events (trigger)": 0.48,
    "main events (trigger and who)": 0.52,
    "events: who": 0.92,
    "events: what": 0.82,
    "events: when": 0.84,
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


@pytest.fixture(scope="module", params=[1, 2, 3])
def composed_scores(
    request: pytest.FixtureRequest, score: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> tuple:
    folder = tmp_path_factory.mktemp("composed")
    files = sorted(CORPUS.glob("p*.txt"))
    compose = [sys.executable, CORPUS / "compose.py", "--seed", str(request.param)]
    subprocess.run([*compose, folder / "texts", folder / "gold", *files], check=True, capture_output=True)
    found = bulletinnlp.extract(folder / "texts", exclude=NOT_MEASURED)
    return score.score(folder / "gold", found.write(folder / "tables", "jsonl"), folder / "texts")


@pytest.mark.parametrize("measure", COMPOSED_FLOORS)
def test_composed_pages(composed_scores: tuple, measure: str) -> None:
    counts, (tiled, pages) = composed_scores
    _, _, f1 = counts[measure]
    assert f1 >= COMPOSED_FLOORS[measure]
    assert tiled == pages
