"""What a database and a spreadsheet get beside the tables: views, and guarded cells."""

import csv
import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import polars
import pytest

import bulletinnlp
from bulletinnlp.output.readers import read_rows
from bulletinnlp.output.writers import open_tables
from bulletinnlp.pages import Page
from bulletinnlp.runs.extract import extract_to
from bulletinnlp.tables.frames import arrow_tables
from bulletinnlp.tables.schema import TABLES

ROWS: dict[str, list[dict[str, Any]]] = {
    "articles": [{"article_id": "p#1", "page_id": "p", "headline": "我区召开推进会", "published": "2022-11",
                  "published_begin": "2022-11-01T00:00:00"}],
    "events": [
        {
            "event_id": "p#1/1", "article_id": "p#1", "main": True, "named": True, "trigger": "召开", "what": "推进会",
            "score": 0.5, "actor_kind": "place",
            "who": ["郑家镇", "堂邑镇"], "whom": [], "where": ["区政府"], "when": "11月2日", "start": 3, "end": 5,
        },
        {
            "event_id": "p#1/2", "article_id": "p#1", "main": False, "named": False, "trigger": "离席", "score": 0.5,
            "actor_kind": "unnamed",
            "who": ["一男子"], "whom": [], "where": [], "start": 8, "end": 10,
        },
    ],
    "entities": [
        {"entity_id": "a", "label": "PER", "name": "张三", "aliases": ["张主任"], "mentions": 3, "articles": 2},
        {"entity_id": "b", "label": "PER", "name": "李四", "aliases": [], "mentions": 1, "articles": 1},
        {"entity_id": "c", "label": "ORG", "name": "区教体局", "aliases": [], "mentions": 1, "articles": 1},
    ],
    "roles": [
        {"article_id": "p#1", "person": "张三", "person_id": "a", "title": "主任", "organisation": "区教体局"},
        {"article_id": "p#2", "person": "张三", "person_id": "a", "title": "主任", "organisation": "区教体局"},
    ],
}  # fmt: skip


def write(folder: Path, format: str, tables: list[str]) -> None:
    with open_tables(folder, [TABLES[name] for name in tables], format) as writer:
        writer.add(arrow_tables({name: ROWS[name] for name in tables}))


@pytest.mark.parametrize("format", ["duckdb", "sqlite"])
def test_views(tmp_path: Path, format: str) -> None:
    write(tmp_path, format, list(ROWS))
    path = str(tmp_path / f"bulletin.{format}")
    database: Any = duckdb.connect(path) if format == "duckdb" else sqlite3.connect(path)
    query = """SELECT page_id, who, actor_kind, named, "trigger", what, "where", "when" FROM who_did_what
               ORDER BY start"""
    first, second = database.execute(query).fetchall()
    assert first == ("p", "郑家镇；堂邑镇", "place", True, "召开", "推进会", "区政府", "11月2日")
    assert second == ("p", "一男子", "unnamed", False, "离席", None, None, None)
    monthly = "SELECT substr(CAST(published_begin AS TEXT), 1, 7), count(*) FROM who_did_what GROUP BY 1"
    assert database.execute(monthly).fetchall() == [("2022-11", 2)]
    named = database.execute("SELECT who FROM who_did_what WHERE named").fetchall()
    assert named == [("郑家镇；堂邑镇",)]
    query = "SELECT name, aliases, titles, organisations, mentions FROM people ORDER BY mentions DESC"
    people = database.execute(query).fetchall()
    assert people[0] == ("张三", "张主任", "主任", "区教体局", 3)
    assert people[1] == ("李四", None, None, None, 1)
    database.close()


@pytest.mark.parametrize("format", ["duckdb", "sqlite"])
def test_titles_of_a_person_stand_in_order(tmp_path: Path, format: str) -> None:
    """Each once, those without an organisation too; a comma in a title stays one."""
    role = {"article_id": "p#1", "person": "张三", "person_id": "a"}
    told = [("书记,主任", "乙局"), ("主任", None), ("书记,主任", "甲局"), ("主任", "乙局")]
    roles = [{**role, "title": title, "organisation": organisation} for title, organisation in told]
    with open_tables(tmp_path, [TABLES["entities"], TABLES["roles"]], format) as writer:
        writer.add(arrow_tables({"entities": ROWS["entities"], "roles": roles}))
    path = str(tmp_path / f"bulletin.{format}")
    database: Any = duckdb.connect(path) if format == "duckdb" else sqlite3.connect(path)
    people = database.execute("SELECT name, titles, organisations FROM people ORDER BY mentions DESC").fetchall()
    assert people == [("张三", "主任；书记,主任", "乙局；甲局"), ("李四", None, None)]
    database.close()


@pytest.mark.parametrize("format", ["duckdb", "sqlite"])
def test_an_empty_list_is_null(tmp_path: Path, format: str) -> None:
    write(tmp_path, format, list(ROWS))
    path = str(tmp_path / f"bulletin.{format}")
    database: Any = duckdb.connect(path) if format == "duckdb" else sqlite3.connect(path)
    assert database.execute("SELECT whom FROM who_did_what").fetchall() == [(None,), (None,)]
    database.close()


@pytest.mark.parametrize("format", ["duckdb", "sqlite"])
def test_views_without_the_tables_they_need(tmp_path: Path, format: str) -> None:
    write(tmp_path, format, ["articles", "entities"])
    path = str(tmp_path / f"bulletin.{format}")
    database: Any = duckdb.connect(path) if format == "duckdb" else sqlite3.connect(path)
    assert database.execute("SELECT count(*) FROM people WHERE titles IS NULL").fetchone() == (2,)
    database.close()


@pytest.mark.filterwarnings("error")
def test_parquet_opens_everywhere(tmp_path: Path, seeds: bulletinnlp.Extraction) -> None:
    seeds.write(tmp_path)
    for name, table in seeds.tables.items():
        path = str(tmp_path / f"{name}.parquet")
        assert polars.read_parquet(path).height == len(table)
        assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(len(table),)]
    assert duckdb.sql(f"SELECT who FROM '{tmp_path}/events.parquet' WHERE len(who) > 0").fetchall()


def test_cells_that_a_spreadsheet_takes_for_formulas_are_guarded_when_asked(tmp_path: Path) -> None:
    text = '=HYPERLINK("http://x")召开会议\n\n本报讯 11月27日晚，区教研中心举行活动。\n'
    page = Page("=1+1", text, published="2022-11")
    extract_to(page, tmp_path / "plain", format="csv")
    extract_to(page, tmp_path / "guarded", format="csv", guard=True)
    plain, guarded = (cells(tmp_path / kind) for kind in ("plain", "guarded"))
    assert "=1+1" in plain
    assert not [cell for cell in guarded if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert "'=1+1" in guarded


def cells(folder: Path) -> list[str]:
    files = [path.read_text("utf-8-sig") for path in folder.glob("*.csv")]
    return [cell for text in files for row in csv.reader(text.splitlines(keepends=True)) for cell in row]


#: Cells that a spreadsheet takes for a formula, and some that it does not.
FORMULAS = [
    "=1+1", "+1", "-1", "@A1", " =1+1", "\u3000=1", "\n=1+1", "\r\n=1", "\t=1", "\t1", "＝1", " \n＠A", "'=1", "' =1"
]  # fmt: skip
PLAIN = ["我区", "1=1", " 我区", "'我区", "", "a\n=1"]


def test_the_guard_of_a_written_extraction(tmp_path: Path) -> None:
    names = [{"article_id": "p#1", "name": cell, "start": 0, "end": 1} for cell in [*FORMULAS, *PLAIN]]
    extraction = bulletinnlp.Extraction.from_rows([TABLES["bylines"]], {"bylines": names})
    extraction.write(tmp_path, "csv", guard=True)
    text = (tmp_path / "bylines.csv").read_bytes().decode("utf-8-sig")
    written = [row["name"] for row in csv.DictReader(text.splitlines(keepends=True))]
    assert written == [f"'{cell}" for cell in FORMULAS] + PLAIN
    assert [row["name"] or "" for row in read_rows(tmp_path)["bylines"]] == [*FORMULAS, *PLAIN]
