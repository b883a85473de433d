"""Tables are read back as rows from every format, and those of another run are not."""

import csv
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from folders import GOLD, SEEDS
from hypothesis import given, settings
from hypothesis import strategies as st

import bulletinnlp
from bulletinnlp.evaluation import gold_tables
from bulletinnlp.extraction import extract_to
from bulletinnlp.pages import Page
from bulletinnlp.tables.frames import arrow_tables
from bulletinnlp.tables.reading import read_rows, rows_of
from bulletinnlp.tables.schema import TABLES
from bulletinnlp.tables.writing import open_tables

NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")


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


@pytest.mark.parametrize("format", ["parquet", "jsonl", "csv", "duckdb", "sqlite"])
def test_frames_come_back(tables: bulletinnlp.Extraction, tmp_path: Path, format: str) -> None:
    found = bulletinnlp.Extraction.read(tables.write(tmp_path, format))
    assert list(found.tables) == list(tables.tables)
    for name, frame in tables.tables.items():
        pd.testing.assert_frame_equal(found[name], frame)


LISTS = [
    [""],
    ["", ""],
    ["", "甲"],
    ["甲", ""],
    ["甲", "", "乙"],
    ["；", ""],
    ["", "\\"],
    ["\\"],
    ["\\", "\\；"],
    ["甲\n；乙", "丙"],
    [],
]


@pytest.mark.parametrize("guard", [False, True])
@pytest.mark.parametrize("format", ["parquet", "jsonl", "csv", "duckdb", "sqlite"])
def test_empty_items_of_lists_come_back(format: str, guard: bool, tmp_path: Path) -> None:
    rows = [{"entity_id": f"e{i}", "label": "PER", "name": "甲", "aliases": items} for i, items in enumerate(LISTS)]
    given = bulletinnlp.Extraction.from_rows([TABLES["entities"]], {"entities": rows})
    found = bulletinnlp.Extraction.read(given.write(tmp_path, format, guard=guard))
    assert [list(items) for items in found.entities["aliases"]] == LISTS


def test_a_table_by_its_name(tables: bulletinnlp.Extraction) -> None:
    assert tables["mentions"] is tables.mentions
    with pytest.raises(KeyError, match="there is no table 'people'; there are pages, segments"):
        tables["people"]


def test_files_that_the_last_run_does_not_list_are_passed_over(tables: bulletinnlp.Extraction, tmp_path: Path) -> None:
    tables.write(tmp_path / "all")
    some = {name: table for name, table in tables.tables.items() if name != "events"}
    bulletinnlp.Extraction(some).write(tmp_path / "some")
    shutil.copy(tmp_path / "all" / "events.parquet", tmp_path / "some")
    assert "events" not in read_rows(tmp_path / "some")
    assert "mentions" in read_rows(tmp_path / "some")


def test_a_folder_without_tables(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no tables here"):
        read_rows(tmp_path)


def test_tables_that_are_folders(tables: bulletinnlp.Extraction, tmp_path: Path) -> None:
    """As engines write them: a folder a table, of files that each hold some of the rows."""
    tables.write(tmp_path / "whole")
    for path in (tmp_path / "whole").glob("*.parquet"):
        (tmp_path / "dealt" / path.name).mkdir(parents=True)
        path.rename(tmp_path / "dealt" / path.name / "partition-00000.parquet")
    assert read_rows(tmp_path / "dealt") == rows_of(tables)


def written_and_read(folder: Path, format: str, text: str, items: list[str], guard: bool = False) -> tuple[str, list]:
    """A text, and a list, written and read."""
    rows = {"entities": [{"entity_id": "e", "name": text, "aliases": items, "mentions": 1, "articles": 1}]}
    with open_tables(folder, [TABLES["entities"]], format, guard=guard) as writer:
        writer.add(arrow_tables(rows))
    [row] = read_rows(folder)["entities"]
    return row["name"], row["aliases"]


@pytest.mark.parametrize("format", ["csv", "sqlite"])
@pytest.mark.parametrize(
    "items",
    [
        [],
        ["甲"],
        ["[甲]乙", "丙"],
        ["[", "]"],
        ["甲；乙", "丙"],
        ["甲；", "；乙"],
        ["甲\\；乙"],
        ["甲\\", "乙"],
        ["=甲"],
        ["甲\n乙"],
    ],
    ids=str,
)
def test_lists_come_back(tmp_path: Path, format: str, items: list[str]) -> None:
    assert written_and_read(tmp_path, format, "名", items) == ("名", items)


#: Any text, and text of characters that mean something in a cell.
TEXT = st.text(st.characters(codec="utf-8"), min_size=1) | st.text("甲'\"=＋,；\\[\t\r\n", min_size=1, max_size=5)


@settings(max_examples=150, deadline=None)
@given(text=TEXT, items=st.lists(TEXT, max_size=4), guard=st.booleans())
def test_csv_is_read_as_it_was_written(text: str, items: list[str], guard: bool) -> None:
    with TemporaryDirectory() as folder:
        assert written_and_read(Path(folder), "csv", text, items, guard) == (text, items)


def test_the_guard_is_of_the_last_time_that_csv_was_written(tmp_path: Path) -> None:
    for guard in (True, False):
        extract_to(Page("p", "'=1+1\n=1+1\n", published="2022"), tmp_path, format="csv", guard=guard, exclude=NOTHING)
        extraction = bulletinnlp.extract(Page("p", "'=2\n=2\n", published="2022"), exclude=NOTHING)
        for expected in ("'=1+1\n=1+1\n", "'=2\n=2\n"):
            assert "".join(row["text"] for row in read_rows(tmp_path)["segments"]) == expected
            extraction.write(tmp_path, "csv")


@pytest.mark.parametrize("guard", [False, True])
def test_the_segments_of_csv_are_the_page(tmp_path: Path, guard: bool) -> None:
    """One that is longer than the module `csv` reads by itself, and some that begin like formulas."""
    news = "本报讯 " + "近日，新华镇组织党员干部到李家村清运垃圾。" * 7000
    text = f'－图片新闻－\n\n=HYPERLINK("http://x")\n\n\t我区召开会议\r\n\n{news}\n（区教体局）\n'
    limit = csv.field_size_limit()
    extract_to(Page("-p", text, published="2022-11"), tmp_path, format="csv", guard=guard, exclude=NOTHING)
    rows = read_rows(tmp_path)
    assert max(len(row["text"]) for row in rows["segments"]) > 131_072
    assert "".join(row["text"] for row in rows["segments"]) == text
    assert rows["pages"][0]["page_id"] == "-p"
    assert csv.field_size_limit() == limit


def test_csv_that_somebody_changed(tmp_path: Path) -> None:
    """A row that is too short, one that is too long, a column more."""
    (tmp_path / "bylines.csv").write_text("name,mine,role\n张三\n李四,x,editor,more\n", encoding="utf-8")
    assert [(row["name"], row["role"]) for row in read_rows(tmp_path)["bylines"]] == [
        ("张三", None),
        ("李四", "editor"),
    ]
