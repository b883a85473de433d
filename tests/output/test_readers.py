"""Tables are read back as rows from every format, and those of another run are not."""

import csv
import shutil
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from folders import GOLD, SEEDS
from hypothesis import given, settings
from hypothesis import strategies as st

import bulletinnlp
from bulletinnlp.evaluation import gold_tables
from bulletinnlp.output.readers import read_rows
from bulletinnlp.output.writers import open_tables
from bulletinnlp.pages import Page
from bulletinnlp.runs.extract import extract_to
from bulletinnlp.tables.frames import arrow_tables
from bulletinnlp.tables.schema import TABLES
from bulletinnlp.tables.table_set import rows_of

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


#: Traditional characters, formulas, a row without a date; a text of nothing; no text at all.
ODD = [
    {"标题": "縣一中開學", "正文": "9月1日，縣一中、縣“甲；乙”公司舉行開學典禮。王強到縣民政局。", "日期": "2022-11"},
    {"标题": "=1+1", "正文": "5月7日，县残联为32名残疾人发放轮椅。民警到场。", "日期": None},
]
INPUTS: dict[str, dict] = {"odd": {"sources": ODD}, "blank": {"texts": [" "]}, "none": {"texts": []}}


@pytest.fixture(scope="module", params=["gold", "seeds", *INPUTS])
def written(request: pytest.FixtureRequest) -> bulletinnlp.Extraction:
    if request.param in INPUTS:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return bulletinnlp.extract(**INPUTS[request.param])
    found: bulletinnlp.Extraction = request.getfixturevalue({"gold": "tables"}.get(request.param, request.param))
    return found


@pytest.mark.parametrize("format", ["parquet", "jsonl", "csv", "duckdb", "sqlite"])
def test_frames_come_back(written: bulletinnlp.Extraction, tmp_path: Path, format: str) -> None:
    """Types, missing cells and lists, of every table."""
    found = bulletinnlp.Extraction.read(written.write(tmp_path, format))
    assert list(found.tables) == list(written.tables)
    for name, frame in written.tables.items():
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
def test_lists_come_back_without_empty_items(format: str, guard: bool, tmp_path: Path) -> None:
    rows = [{"entity_id": f"e{i}", "label": "PER", "name": "甲", "aliases": items} for i, items in enumerate(LISTS)]
    given = bulletinnlp.Extraction.from_rows([TABLES["entities"]], {"entities": rows})
    found = bulletinnlp.Extraction.read(given.write(tmp_path, format, guard=guard))
    assert [list(items) for items in found.entities["aliases"]] == [[item for item in items if item] for items in LISTS]


def test_a_cell_is_missing_in_one_way_only(written: bulletinnlp.Extraction) -> None:
    """Null: no empty text, no list that is None, no item of a list that is empty."""
    for name, frame in written.tables.items():
        for column in TABLES[name].columns:
            cells = frame[column.name].tolist()
            if column.type == "strings":
                assert all(isinstance(cell, list) and all(cell) for cell in cells), (name, column.name)
            if column.type == "string":
                texts = [cell for cell in cells if not pd.isna(cell)]
                assert all(isinstance(cell, str) and cell for cell in texts), (name, column.name)


def test_every_id_leads_to_a_row(written: bulletinnlp.Extraction) -> None:
    homes = {"page_id": "pages", "article_id": "articles", "event_id": "events", "entity_id": "entities",
             "person_id": "entities", "organisation_id": "entities", "speaker_id": "entities",
             "parent_id": "entities"}  # fmt: skip
    for name, frame in written.tables.items():
        for column, home in homes.items():
            if column in frame:
                key = "entity_id" if home == "entities" else column
                assert set(frame[column].dropna()) <= set(written[home][key]), (name, column)
    for home in ("pages", "articles", "events", "entities"):
        assert written[home].iloc[:, 0].is_unique


def test_what_only_stand_ins_mean_is_an_entity() -> None:
    page = Page("p", "近日，我区召开会议。", published="2022-11", home="山东省聊城市东昌府区")
    found = bulletinnlp.extract(page)
    assert found.entities[["name", "mentions", "acts"]].values.tolist() == [["东昌府区", 0, True]]
    assert found.events["actor_kind"].tolist() == ["place"]


@pytest.mark.parametrize("format", ["parquet", "jsonl", "csv", "duckdb", "sqlite"])
def test_empty_texts_of_ones_own_are_written_as_null(tmp_path: Path, format: str) -> None:
    found = bulletinnlp.extract(texts=["5月7日，县残联发放轮椅。"], published="2022")
    found.events["what"] = ""
    found.events.at[0, "who"] = ["", "县残联"]
    found.events.at[0, "whom"] = None
    again = bulletinnlp.Extraction.read(found.write(tmp_path, format)).events
    assert again["what"].isna().all()
    assert again[["who", "whom"]].values.tolist() == [[["县残联"], []]]


DATES = [
    ("2022-11-30", "2022-11-30", "2022-12-01"),
    ("2022-11", "2022-11-01", "2022-12-01"),
    ("2022-12", "2022-12-01", "2023-01-01"),
    ("2022", "2022-01-01", "2023-01-01"),
]


@pytest.mark.parametrize(("published", "begin", "until"), DATES)
def test_the_date_of_issue_is_an_interval(published: str, begin: str, until: str) -> None:
    found = bulletinnlp.extract(texts=["县一中开学。"], published=published, exclude=NOTHING)
    for table in (found.pages, found.articles):
        assert table["published"].tolist() == [published]
        assert (table["published_begin"] == begin).all()
        assert (table["published_until"] == until).all()


def test_bodies_that_act_are_counted_in_a_line(seeds: bulletinnlp.Extraction) -> None:
    bodies = seeds.entities.query("label != 'PER' and acts")
    who = seeds.arguments.query("role == 'who'")["entity_id"].dropna()
    assert set(bodies["entity_id"]) == set(who) & set(seeds.entities.query("label != 'PER'")["entity_id"])
    first = seeds.arguments[seeds.arguments["role"] == "who"].drop_duplicates("event_id")
    joined = first.merge(seeds.events, on="event_id").merge(seeds.entities, on="entity_id", suffixes=("", "_of"))
    kinds = {"ORG": "body", "PLACE": "place", "PER": "person"}
    assert joined["actor_kind"].tolist() == joined["label"].map(kinds).tolist()


def test_whether_a_name_acts_is_not_known_without_events() -> None:
    found = bulletinnlp.extract(texts=["5月7日，县残联发放轮椅。"], published="2022", exclude=["events"])
    assert found.entities["acts"].isna().tolist() == [True]


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


@settings(max_examples=150)
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


def test_a_problem_of_an_article_leads_to_it(seeds: bulletinnlp.Extraction) -> None:
    broken = seeds.problems[seeds.problems["message"].str.contains("breaks off")].merge(seeds.articles, on="article_id")
    assert broken["flags"].map(lambda flags: "broken_end" in flags).all()
    assert len(broken) == seeds.problems["message"].str.contains("breaks off").sum() > 0


def test_what_has_a_code_says_whether_it_is_its_own(seeds: bulletinnlp.Extraction) -> None:
    for table in (seeds.mentions, seeds.entities):
        assert (table["exact"].notna() <= table["adcode"].notna()).all()
