"""Tables whose rows are articles or pages: what is taken, which column holds what, and what is said of it."""

import json
import math
import tracemalloc
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import spacy

import bulletinnlp
from bulletinnlp.pages import Page, ProblemRow
from bulletinnlp.pages.column_mapping import DEFAULT_OPTIONS, ColumnsError, TableOptions, map_columns
from bulletinnlp.pages.input_pages import inputs, scan
from bulletinnlp.pages.sources import sources_of
from bulletinnlp.runs.extract import extract_to

NEWS = "11月27日晚，区教研中心举行线上教研活动。"
ROWS: list[dict[str, Any]] = [
    {
        "编号": 1,
        "标题": "县一中开学",
        "正文": NEWS,
        "日期": "2022-11-29",
        "来源": "平原日报",
        "作者": "王强",
        "点击": 5,
    },
    {
        "编号": 2,
        "标题": "县二中开学",
        "正文": NEWS,
        "日期": "2022-11-30",
        "来源": "平原日报",
        "作者": "李明",
        "点击": 6,
    },
]
FRAME = pd.DataFrame(ROWS)


def read(source: Any, **options: Any) -> list[Page]:
    """The pages of a source; what is said of them is not looked at."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return bulletinnlp.read(source, **options)


def told(source: Any, options: TableOptions = DEFAULT_OPTIONS) -> list[str]:
    """The problems of a source."""
    return [
        item.message
        for item in scan(sources_of(source), published="2022", options=options)
        if isinstance(item, ProblemRow)
    ]


def parts(page: Page) -> dict[str, str]:
    return {part.kind: page.text[part.start : part.end] for part in page.stated}


#: How a table may be held.
HELD: dict[str, Callable[[], Any]] = {
    "pandas": lambda: FRAME,
    "polars": lambda: pl.DataFrame(ROWS),
    "Arrow table": lambda: pa.Table.from_pylist(ROWS),
    "Arrow batches": lambda: pa.Table.from_pylist(ROWS).to_reader(),
    "list": lambda: ROWS,
    "tuple": lambda: tuple(ROWS),
    "iterator": lambda: iter(ROWS),
    "generator": lambda: (row for row in ROWS),
    "dict of columns": lambda: {name: [row[name] for row in ROWS] for name in ROWS[0]},
}


@pytest.mark.parametrize("kind", HELD)
def test_tables_in_memory(kind: str) -> None:
    first, second = read(HELD[kind]())
    assert (first.page_id, first.published, first.paper, first.row) == ("1", "2022-11-29", "平原日报", 0)
    assert parts(first) == {"headline": "县一中开学", "byline": "王强", "body": NEWS}
    assert (second.page_id, second.row) == ("2", 1)


#: How a table may be written.
WRITTEN: dict[str, Callable[[Path], Any]] = {
    "a.csv": lambda path: FRAME.to_csv(path, index=False),
    "gbk.csv": lambda path: FRAME.to_csv(path, index=False, encoding="gb18030"),
    "bom.csv": lambda path: FRAME.to_csv(path, index=False, encoding="utf-8-sig"),
    "utf16.csv": lambda path: FRAME.to_csv(path, index=False, encoding="utf-16"),
    "semicolon.csv": lambda path: FRAME.to_csv(path, index=False, sep=";"),
    "a.tsv": lambda path: FRAME.to_csv(path, index=False, sep="\t"),
    "a.jsonl": lambda path: FRAME.to_json(path, orient="records", lines=True, force_ascii=False),
    "lines.json": lambda path: FRAME.to_json(path, orient="records", lines=True),
    "records.json": lambda path: FRAME.to_json(path, orient="records"),
    "columns.json": lambda path: FRAME.to_json(path, force_ascii=False),
    "index.json": lambda path: FRAME.to_json(path, orient="index"),
    "split.json": lambda path: FRAME.to_json(path, orient="split"),
    "table.json": lambda path: FRAME.to_json(path, orient="table", index=False),
    "a.parquet": lambda path: FRAME.to_parquet(path),
    "a.xlsx": lambda path: FRAME.to_excel(path, index=False),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_files_that_hold_a_table(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITTEN[name](path)
    first, second = read(path)
    assert (first.page_id, first.published, first.paper, first.row) == ("1", "2022-11-29", "平原日报", 0)
    assert parts(first) == {"headline": "县一中开学", "byline": "王强", "body": NEWS}
    assert (first.path, first.encoding, second.row) == (str(path), None, 1)


#: ColumnMapping; what is held by which; what a row is.
COLUMNS: list[tuple[list[str], dict[str, str], str]] = [
    (["标题", "正文", "日期", "来源", "作者"], {"headline": "标题", "text": "正文", "paper": "来源"}, "article"),
    (["url", "title", "content", "pub_date", "author"], {"page_id": "url", "headline": "title"}, "article"),
    (["articleTitle", "article_content", "pubDate"], {"headline": "articleTitle", "published": "pubDate"}, "article"),
    (
        ["新闻标题", "新闻内容", "发布时间（年月日）"],
        {"text": "新闻内容", "published": "发布时间（年月日）"},
        "article",
    ),
    (["id", "url", "文章编号", "text"], {"page_id": "文章编号", "text": "text"}, "page"),
    (["page_id", "text", "published", "paper", "home"], {"home": "home", "text": "text"}, "page"),
    (["TEXT", "Date"], {"text": "TEXT", "published": "Date"}, "page"),
    (["正文"], {"text": "正文"}, "article"),
    (["x"], {"text": "x"}, "page"),
    (["text", "content", "正文"], {"text": "正文"}, "article"),
    (["题 目", "全文", "记者", "通讯员"], {"headline": "题 目", "text": "全文", "byline": "记者 + 通讯员"}, "article"),
]


@pytest.mark.parametrize(("names", "held", "unit"), COLUMNS, ids=lambda case: str(case)[:30])
def test_which_column_holds_what(names: list[str], held: dict[str, str], unit: str) -> None:
    found = map_columns(names)
    assert {key: " + ".join(found.held[key]) for key in held} == held
    assert found.unit == unit


def test_columns_that_are_asked_for() -> None:
    options = TableOptions({"text": "b", "headline": None, "page_id": "标题"})
    found = map_columns(["a", "b", "标题", "正文"], options)
    assert (found.held, found.unit) == ({"text": ("b",), "page_id": ("标题",)}, "page")


@pytest.mark.parametrize(
    ("names", "columns", "message"),
    [
        (["a", "b"], {}, "no column is known to hold the text; there are a, b; say which: --columns text=NAME"),
        (["a", "正文"], {"text": "内容"}, "there is no column 内容; there are a, 正文"),
        (["标题", "正文"], {"text": None}, "no column is known to hold the text"),
        ([], {}, "there are none"),
    ],
)
def test_columns_that_are_not_there(names: list[str], columns: dict[str, str | None], message: str) -> None:
    with pytest.raises(ColumnsError, match=message.replace("(", r"\(")):
        map_columns(names, TableOptions(columns))


def test_what_was_taken_for_what_is_said_in_a_line() -> None:
    line = (
        "a row is an article: text from 正文, headline from 标题, byline from 作者, published from 日期, "
        "paper from 来源, page_id from 编号; not read: 点击"
    )
    assert told(FRAME) == [f"DataFrame: {line}"]
    with pytest.warns(UserWarning, match=line):
        bulletinnlp.read(FRAME)


def test_it_is_said_to_who_writes_tables_in_a_program(tmp_path: Path) -> None:
    stages = ["names", "places", "references", "roles", "quotes", "events"]
    with pytest.warns(UserWarning, match="rows") as said:
        extract_to([*ROWS, {"正文": 3}], tmp_path, exclude=stages)
    assert [str(warning.message)[:12] for warning in said] == ["rows: a row ", "rows, row 2:"]


def test_nothing_is_said_where_all_was_asked_for() -> None:
    assert told(FRAME[["正文"]], TableOptions({"text": "正文"}, "article")) == []
    assert told(FRAME[["正文"]], TableOptions({"text": "正文"})) == ["DataFrame: a row is an article: text from 正文"]


def test_a_row_may_be_a_page() -> None:
    [page, _] = read(FRAME, unit="page")
    assert (page.text, page.stated) == (NEWS, ())


def test_a_row_of_texts_may_be_an_article() -> None:
    [page] = bulletinnlp.read(texts=[NEWS], unit="article", published="2022")
    assert parts(page) == {"body": NEWS}


def test_rows_without_an_id_are_numbered(tmp_path: Path) -> None:
    FRAME[["标题", "正文"]].to_csv(tmp_path / "news.csv", index=False)
    assert [page.page_id for page in read([tmp_path / "news.csv", FRAME[["正文"]], ROWS[0]])] == [
        "news-0", "news-1", "row-0", "row-1", "1",
    ]  # fmt: skip


def test_the_number_of_a_row_is_no_month(tmp_path: Path) -> None:
    pd.DataFrame({"正文": [NEWS] * 7}).to_csv(tmp_path / "news_2022.csv", index=False)
    assert [page.published for page in read(tmp_path / "news_2022.csv")] == [None] * 7


def test_a_named_index_is_a_column() -> None:
    assert [page.page_id for page in read(FRAME.set_index("编号"))] == ["1", "2"]


def test_numbers_in_the_place_of_texts() -> None:
    rows = [{"title": number, "content": NEWS} for number in (2022, 2022.0, np.int64(2022), 7.5, math.inf)]
    assert [parts(page)["headline"] for page in read(rows)] == ["2022", "2022", "2022", "7.5", "inf"]


#: Ids, and what becomes of them.
IDS = [
    (7, "7"),
    (7.0, "7"),
    (" a 1 ", "a 1"),
    (None, "row-0"),
    (math.nan, "row-0"),
    (pd.NA, "row-0"),
    (np.int64(7), "7"),
]


@pytest.mark.parametrize(("given", "page_id"), IDS, ids=repr)
def test_ids(given: Any, page_id: str) -> None:
    assert [page.page_id for page in read([{"id": given, "text": NEWS}])] == [page_id]


def test_an_id_that_two_rows_have() -> None:
    rows = [{"id": 1, "text": NEWS}, {"id": 1, "text": NEWS}]
    assert [page.page_id for page in read(rows)] == ["1", "1~2"]
    assert told(rows)[1:] == ["1: the page id 1 is taken; this page is 1~2"]


#: What stands in a column of dates, and the date; None where there is none.
DATES: list[tuple[Any, str | None]] = [
    (datetime(2022, 11, 29, 8), "2022-11-29"), (date(2022, 11, 29), "2022-11-29"), (20221129, "2022-11-29"),
    (pd.Timestamp("2022-11-29"), "2022-11-29"), ("2022年11月", "2022-11"), (2022, "2022"), (2022.0, "2022"),
    (44894, "2022-11-29"), ("44894", "2022-11-29"), (44894.34, "2022-11-29"), (1669680000000, "2022-11-29"),
    (1669680000, "2022-11-29"), (math.nan, None), (pd.NaT, None), (None, None), ("", None), ("NaN", None), ("-", None),
]  # fmt: skip


@pytest.mark.parametrize(("given", "published"), DATES, ids=repr)
def test_dates_of_rows(given: Any, published: str | None) -> None:
    [page] = [item for item in scan(sources_of([{"text": NEWS, "date": given}])) if isinstance(item, Page)]
    assert page.published == published


#: Rows in which something is wrong, which is read nevertheless or not, and the line that is said.
WRONG: list[tuple[dict[str, Any], bool, str]] = [
    (
        {"date": "昨天"},
        True,
        "rows, row 0: its date is '昨天', which is no date of issue (2022-11-29, 2022-11 or 2022)",
    ),
    ({"date": 12345}, True, "rows, row 0: its date is 12345, which is no date of issue"),
    ({"date": math.inf}, True, "rows, row 0: its date is inf, which is no date of issue"),
    ({"date": True}, True, "rows, row 0: its date is True, which is no date of issue"),
    ({"title": {"a": 1}}, True, "rows, row 0: its title is {'a': 1}, which is no text; it was left out"),
    ({"author": 3}, True, "rows, row 0: its author is 3, which is no text; it was left out"),
    ({"text": math.nan}, False, "rows, row 0: it has no text, and was not read"),
    ({"text": " \n"}, False, "rows, row 0: it has no text, and was not read"),
    ({"text": 3}, False, "rows, row 0: its text is 3, which is no text; it was left out; it has no text"),
    ({"text": b"abc"}, False, "rows, row 0: its text is b'abc', which is no text; it was left out; it has no text"),
]


@pytest.mark.parametrize(("cells", "is_read", "line"), WRONG, ids=lambda case: str(case)[:30])
def test_what_is_wrong_with_a_row_is_its_own_problem(cells: dict[str, Any], is_read: bool, line: str) -> None:
    rows = [{"id": "a", "title": "县一中开学", "text": NEWS, **cells}, {"id": "b", "title": "好", "text": NEWS}]
    assert [page.page_id for page in read(rows)] == (["a", "b"] if is_read else ["b"])
    errors = [item for item in scan(sources_of(rows)) if isinstance(item, ProblemRow) and item.severity == "error"]
    assert [(error.page_id, error.message.startswith(line)) for error in errors] == [("a", True)]


def test_bylines_of_several_columns_say_who_is_what() -> None:
    [page] = read([{"标题": "县一中开学", "正文": NEWS, "记者": "王强", "通讯员": "李明", "摄影": "摄影 周华"}])
    assert parts(page)["byline"] == "王强 通讯员 李明 摄影 周华"


def test_lists_in_cells_are_put_together() -> None:
    [page] = read([{"title": "县一中开学", "content": ["第一段。", "第二段。"], "author": np.array(["王强", "李明"])}])
    assert parts(page) == {"headline": "县一中开学", "byline": "王强 李明", "body": "第一段。\n第二段。"}


#: What is no source of pages, and the line that says so.
DOORS: list[tuple[str, Callable[[], Any], str]] = [
    ("a text", lambda: NEWS, r"is no file or folder; if it is a text, give it as extract\(texts=\[…\]\)"),
    ("a text of two lines", lambda: "县一中开学\n近日开学", r"or bulletinnlp\.Page\.of\(text\)"),
    ("a headline", lambda: "我区开展线上教研活动", "'我区开展线上教研活动' is no file or folder; if it is a text"),
    ("texts", lambda: [NEWS, NEWS], r"give it as extract\(texts"),
    ("a column of texts", lambda: FRAME["正文"], r"give it as extract\(texts"),
    ("an empty string", lambda: " ", "'' is no file or folder; if it is a text"),
    ("bytes", lambda: NEWS.encode(), "b'11.* is no source"),
    ("a Doc", lambda: spacy.blank("zh")(NEWS), r"is no source: Extraction\.from_docs\(docs\) gives the tables of Docs"),
    ("Docs", lambda: [spacy.blank("zh")(NEWS)], r"is no source: Extraction\.from_docs\(docs\)"),
    (
        "lists",
        lambda: [["标题", "正文"]],
        "is no source: name files or folders, or give pages, a DataFrame, or rows as dicts",
    ),
    ("a number", lambda: 3, "3 is no source: name files or folders, or give pages"),
    ("numbers", lambda: [3], "3 is no source"),
    ("nothing", lambda: None, "there is nothing to read"),
    (
        "a frame that holds no rows yet",
        lambda: pl.DataFrame(ROWS).lazy(),
        r"a LazyFrame holds no rows yet; give frame\.collect",
    ),
    (
        "a frame without texts",
        lambda: FRAME[["标题", "日期"]],
        "DataFrame: no column is known to hold the text; there are 标题",
    ),
]


@pytest.mark.parametrize(("source", "line"), [door[1:] for door in DOORS], ids=[door[0] for door in DOORS])
def test_wrong_doors(source: Callable[[], Any], line: str) -> None:
    with pytest.raises((ValueError, TypeError), match=line):
        bulletinnlp.extract(source())


def test_frames_of_a_cluster_have_doors_of_their_own() -> None:
    dataframe = pytest.importorskip("dask.dataframe")
    with pytest.raises(TypeError, match=r"a DataFrame of dask is read by bulletinnlp\.runs\.dask\.extract_to"):
        bulletinnlp.extract(dataframe.from_pandas(FRAME, npartitions=1))


@pytest.mark.parametrize("name", ["none.txt", "报纸/2022年.txt", "页*.txt", "档案"])
def test_the_name_of_a_file_that_is_not_there_is_none_of_a_text(name: str) -> None:
    with pytest.warns(UserWarning, match="no such file or folder"):
        assert bulletinnlp.read(name) == []


def test_a_file_may_be_called_like_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "今日要闻，大家好。").write_text(NEWS, encoding="utf-8")
    assert [page.text for page in read("今日要闻，大家好。")] == [NEWS]


def test_a_page_of_a_string() -> None:
    page = Page.of(NEWS, headline="县一中开学", byline="王强", published="2022年11月29日")
    assert parts(page) == {"headline": "县一中开学", "byline": "王强", "body": NEWS}
    assert Page.of(NEWS).page_id == Page.of(NEWS).page_id != Page.of("别的").page_id
    assert (Page.of(NEWS).text, Page.of(NEWS).stated) == (NEWS, ())
    with pytest.raises(TypeError, match="a page is made of a str, not of float"):
        Page.of(math.nan)  # type: ignore[arg-type]


def long_table(path: Path, suffix: str, count: int) -> Path:
    text = NEWS * 20
    path = path / f"{count}.{suffix}"
    with path.open("w", encoding="utf-8") as file:
        if suffix == "csv":
            file.write("编号,标题,正文\n")
            file.writelines(f"{n},开学,{text}\n" for n in range(count))
        else:
            file.writelines(json.dumps({"编号": n, "标题": "开学", "正文": text}) + "\n" for n in range(count))
    return path


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_memory_does_not_grow_with_a_table(tmp_path: Path, suffix: str) -> None:
    """But for the ids, which are remembered: 100 bytes and some for each."""
    most = []
    for count in (4_000, 8_000):  # the encoding is told from some MB
        path = long_table(tmp_path, suffix, count)
        tracemalloc.start()
        assert sum(1 for given in inputs(path) if given.page_id) == count
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert most[1] - most[0] < 250 * 4_000


def test_an_iterator_of_rows_is_not_held(tmp_path: Path) -> None:
    taken: list[int] = []

    def rows() -> Iterator[dict[str, Any]]:
        for number in range(10_000):
            taken.append(number)
            yield {"编号": number, "正文": NEWS}

    found = inputs(sources_of(rows()))
    next(found)
    assert len(taken) < 1_000
