"""What the tests of the view in a browser share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import chromium
from folders import GOLD, SEED_EVENTS, SEEDS

import bulletinnlp
from bulletinnlp.evaluation.gold_tables import gold_tables


@pytest.fixture(scope="session")
def annotated() -> bulletinnlp.Extraction:
    """The tables of the two annotated seed pages, as a run without a fault would give them."""
    return gold_tables(GOLD, SEEDS, events=SEED_EVENTS)


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="session")
def seeds_file(seeds: bulletinnlp.Extraction, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The view of the five seed pages."""
    return seeds.to_html(tmp_path_factory.mktemp("seeds") / "view.html", language="en")
