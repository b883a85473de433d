"""Memory does not grow with the pages, though each brings names that no page before it had."""

import subprocess
import sys
from pathlib import Path

import pytest
from folders import ROOT
from running import command

MOST_MEGABYTES, MOST_GROWTH = 600, 1.10


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_a_thousand_pages_need_no_more_than_a_hundred(tmp_path: Path, workers: int) -> None:
    largest = {}
    for count in (100, 1_000):
        pages = tmp_path / str(count)
        subprocess.run([sys.executable, ROOT / "tests/benchmarks/varied.py", str(count), pages], check=True)
        run = command("extract", pages, "--out", tmp_path / "out", "--workers", workers, "--published", "2022")
        largest[count] = run.megabytes
    assert largest[1_000] < MOST_MEGABYTES
    assert largest[1_000] < MOST_GROWTH * largest[100], largest
