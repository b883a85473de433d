"""Tables come back from every format as they went in."""

import csv
import json
import sqlite3
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

import bulletinnlp
from bulletinnlp.output import writers
from bulletinnlp.output.writers import open_tables
from bulletinnlp.tables.frames import arrow_tables
from bulletinnlp.tables.schema import TABLES, tables_of

EVENT = {
    "event_id": "p#1/1", "article_id": "p#1", "main": True, "named": True, "type": "meeting", "trigger": "召开",
    "who": ["郑家镇", "堂邑镇"], "actor_kind": "place", "what": "推进会", "whom": [],
    "when": "11月2日", "value": "2022-11-02",
    "begin": "2022-11-02T00:00:00", "until": "2022-11-03T00:00:00", "where": [], "adcode": None,
    "sentence": "11月2日，郑家镇、堂邑镇召开推进会。", "start": 12, "end": 14, "polarity": "positive",
    "modality": "actual", "score": 0.5,
}  # fmt: skip
ROWS = {"events": [EVENT, {**EVENT, "event_id": "p#1/2", "when": None, "value": None, "begin": None, "until": None}]}


@pytest.fixture
def extraction() -> bulletinnlp.Extraction:
    return bulletinnlp.Extraction.from_rows([TABLES["events"], TABLES["problems"]], ROWS)


def test_frames_are_typed(extraction: bulletinnlp.Extraction) -> None:
    events = extraction.events
    assert list(events.columns) == list(TABLES["events"].names)
    assert events.loc[0, "who"] == ["郑家镇", "堂邑镇"]
    assert len(events[events.begin >= "2022-11-02"]) == 1
    assert pd.isna(events.loc[1, "when"])
    assert len(extraction.problems) == 0


def test_a_table_that_did_not_run_is_absent_and_says_so(extraction: bulletinnlp.Extraction) -> None:
    with pytest.raises(AttributeError, match="no table 'quotes': the stage bulletin_quotes did not run"):
        _ = extraction.quotes
    with pytest.raises(AttributeError, match="no table 'nouns'"):
        _ = extraction.nouns
    assert "events" in dir(extraction)


def test_the_result_shows_what_it_holds(extraction: bulletinnlp.Extraction) -> None:
    assert ".events            2 rows" in repr(extraction)
    assert "who did what, where and when" in extraction._repr_html_()


def test_parquet_comes_back_equal(extraction: bulletinnlp.Extraction, tmp_path: Path) -> None:
    extraction.write(tmp_path)
    again = bulletinnlp.Extraction.read(tmp_path)
    assert list(again.tables) == ["events", "problems"]
    pd.testing.assert_frame_equal(again.events, extraction.events)


def test_jsonl(extraction: bulletinnlp.Extraction, tmp_path: Path) -> None:
    extraction.write(tmp_path, "jsonl")
    first, second = (json.loads(line) for line in (tmp_path / "events.jsonl").read_text("utf-8").splitlines())
    assert first == EVENT
    assert second["begin"] is None


def test_csv_joins_lists_and_opens_in_a_spreadsheet(extraction: bulletinnlp.Extraction, tmp_path: Path) -> None:
    extraction.write(tmp_path, "csv")
    data = (tmp_path / "events.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(data.decode("utf-8-sig").splitlines())
    assert (first["who"], first["begin"], second["begin"]) == ("郑家镇；堂邑镇", "2022-11-02T00:00:00", "")


def test_sqlite(extraction: bulletinnlp.Extraction, tmp_path: Path) -> None:
    extraction.write(tmp_path, "sqlite")
    database = sqlite3.connect(tmp_path / "bulletin.sqlite")
    query = """SELECT actor.value, "begin" FROM events, json_each(events.who) AS actor WHERE "begin" >= '2022-11-02'"""
    assert database.execute(query).fetchall() == [("郑家镇", EVENT["begin"]), ("堂邑镇", EVENT["begin"])]


def test_duckdb(extraction: bulletinnlp.Extraction, tmp_path: Path) -> None:
    extraction.write(tmp_path, "duckdb")
    with duckdb.connect(str(tmp_path / "bulletin.duckdb"), read_only=True) as database:
        found = database.execute("""SELECT unnest(who), year("begin") FROM events WHERE main""").fetchall()
    assert found == [("郑家镇", 2022), ("堂邑镇", 2022), ("郑家镇", None), ("堂邑镇", None)]


def test_an_unknown_format_names_the_choices(extraction: bulletinnlp.Extraction, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="format 'xls' is unknown; choose parquet, jsonl, csv, duckdb, sqlite"):
        extraction.write(tmp_path, "xls")


@pytest.mark.parametrize("format", ["parquet", "jsonl", "csv", "duckdb", "sqlite"])
def test_a_run_that_fails_leaves_no_half_table(tmp_path: Path, format: str) -> None:
    def fail() -> None:
        with open_tables(tmp_path, tables_of(["bulletin_events"]), format) as writer:
            writer.add(arrow_tables(ROWS))
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_tables(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no tables here"):
        bulletinnlp.Extraction.read(tmp_path)


def test_parquet_holds_few_rows_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all tables together hold too much back, the largest is written."""
    monkeypatch.setattr(writers, "WAITING_BYTES", 10_000)
    problem = {"page_id": "p", "article_id": None, "stage": "read", "severity": "warning", "message": "blank"}
    part = arrow_tables({"events": [EVENT] * 10, "problems": [problem]})
    most = 0
    with open_tables(tmp_path, [TABLES["events"], TABLES["problems"]]) as writer:
        for _ in range(50):
            writer.add(part)
            most = max(most, sum(data.nbytes for waiting in writer.waiting.values() for data in waiting))  # type: ignore[attr-defined]
    assert most < 10_000
    groups = {name: pq.ParquetFile(tmp_path / f"{name}.parquet").num_row_groups for name in ("events", "problems")}
    assert (groups["events"] > 5, groups["problems"]) == (True, 1)
    assert len(pd.read_parquet(tmp_path / "events.parquet")) == 500
