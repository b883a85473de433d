"""Tables are read back as rows from every format, and those of another run are not."""

import json
from pathlib import Path

import pytest
from folders import GOLD, SEEDS

import bulletinnlp
from bulletinnlp.evaluation import gold_tables
from bulletinnlp.tables.reading import read_rows, rows_of
from bulletinnlp.tables.schema import TABLES


@pytest.fixture(scope="module")
def tables() -> bulletinnlp.Extraction:
    return gold_tables(GOLD, SEEDS)


@pytest.mark.parametrize("format", ["parquet", "jsonl", "csv", "duckdb", "sqlite"])
def test_rows_come_back(tables: bulletinnlp.Extraction, tmp_path: Path, format: str) -> None:
    right = rows_of(tables)
    found = read_rows(tables.write(tmp_path, format))
    assert list(found) == list(right)
    for name in right:
        assert (name, found[name]) == (name, right[name])


def test_files_that_the_last_run_does_not_list_are_passed_over(tables: bulletinnlp.Extraction, tmp_path: Path) -> None:
    tables.write(tmp_path)
    files = [f"{name}.parquet" for name in TABLES if name != "events"]
    (tmp_path / "run.json").write_text(json.dumps({"files": files}))
    assert "events" not in read_rows(tmp_path)
    assert "mentions" in read_rows(tmp_path)


def test_a_folder_without_tables(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no tables here"):
        read_rows(tmp_path)
