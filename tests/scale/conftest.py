"""Pages for the tests of scale: articles of the corpus, one a page, with a manifest."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import bulletinnlp

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of fourteen pages of one article each."""
    made = tmp_path_factory.mktemp("composed")
    sources = [CORPUS / "p1a.txt", CORPUS / "p2a.txt"]
    command = [sys.executable, CORPUS / "compose.py", "--articles", "1", made / "texts", made / "gold", *sources]
    subprocess.run(list(map(str, command)), check=True, capture_output=True)
    for path in sorted((made / "texts").glob("*.txt"))[14:]:
        path.unlink()
    return made / "texts"


@pytest.fixture(scope="session")
def expected(pages: Path) -> bulletinnlp.Extraction:
    """The tables of these pages, made in this process."""
    return bulletinnlp.extract(pages)


def assert_same(found: bulletinnlp.Extraction, expected: bulletinnlp.Extraction, *, ordered: bool = True) -> None:
    """The same tables with the same rows, in the same order or in any."""
    assert list(found.tables) == list(expected.tables)
    for name, table in expected.tables.items():
        other = found.tables[name]
        if not ordered:
            table, other = (_sorted(data) for data in (table, other))
        if "path" in table:  # engines are given absolute paths
            table, other = (data.assign(path=data["path"].map(lambda path: Path(path).name)) for data in (table, other))
        pd.testing.assert_frame_equal(other, table)


def _sorted(data: pd.DataFrame) -> pd.DataFrame:
    order = data.astype(str).sort_values(list(data.columns)).index
    return data.loc[order].reset_index(drop=True)
