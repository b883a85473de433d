"""Pages for the tests of scale: articles of the corpus, one a page, with a manifest."""

import subprocess
import sys
from pathlib import Path

import pytest
from folders import CORPUS, TRAINING_CORPUS

import bulletinnlp


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of fourteen pages of one article each."""
    made = tmp_path_factory.mktemp("composed")
    sources = [TRAINING_CORPUS / "p1a.txt", TRAINING_CORPUS / "p2a.txt"]
    command = [sys.executable, CORPUS / "compose.py", "--articles", "1", made / "texts", made / "gold", *sources]
    subprocess.run(list(map(str, command)), check=True, capture_output=True)
    kept, left = (pages := sorted((made / "texts").glob("*.txt")))[:14], pages[14:]
    for path in left:
        path.unlink()
    manifest = made / "texts" / "manifest.csv"
    lines = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    names = {path.stem for path in kept}
    manifest.write_text(lines[0] + "".join(line for line in lines[1:] if line.split(",")[0] in names), encoding="utf-8")
    return made / "texts"


@pytest.fixture(scope="session")
def expected(pages: Path) -> bulletinnlp.Extraction:
    """The tables of these pages, made in this process."""
    return bulletinnlp.extract(pages)
