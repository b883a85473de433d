"""Sheets as people keep them: what can be read is read, and what can not is said in a line that names its place."""

import json
import warnings
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import bulletinnlp
from bulletinnlp.pages import Page, ProblemRow
from bulletinnlp.pages.column_mapping import TableOptions
from bulletinnlp.pages.input_pages import scan
from bulletinnlp.pages.sources import sources_of

NEWS = "11月27日晚，区教研中心举行线上教研活动。"


def found(path: Path) -> tuple[list[Page], list[str]]:
    """The pages of a file, and what is said of it; which column holds what is not looked at."""
    items = list(scan(sources_of(path), published="2022"))
    problems = [item for item in items if isinstance(item, ProblemRow) and item.stage != "columns"]
    return [item for item in items if isinstance(item, Page)], [
        problem.message.replace(f"{path.parent}/", "") for problem in problems
    ]


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if rows and len(rows[0]) == 1:
            sheet.merge_cells("A1:E1")  # a title
    book.save(path)


def test_a_workbook_with_a_title_empty_rows_and_a_sum(tmp_path: Path) -> None:
    rows = [
        ["2022年稿件汇总表"], ["序号", "稿件标题", "稿件内容", "见报日期", "作者"],
        [1, "县一中开学", NEWS, datetime(2022, 11, 29), "王强"], [],
        [2, "县二中开学", NEWS, 44895, "李明"], [3.0, "县三中开学", NEWS, "2022.12.1", None], ["合计", 3],
    ]  # fmt: skip
    workbook(tmp_path / "a.xlsx", {"稿件": rows})
    pages, said = found(tmp_path / "a.xlsx")
    assert [(page.page_id, page.published, page.row) for page in pages] == [
        ("1", "2022-11-29", 0), ("2", "2022-11-30", 2), ("3", "2022-12-01", 3),
    ]  # fmt: skip
    assert said == ["a.xlsx, line 7: it has no text, and was not read", "a.xlsx: 1 empty row was passed over: line 4"]


@pytest.mark.parametrize("second", [[["一月", 5], ["二月", 7]], [["标题", "正文"], ["开学", NEWS]]])
def test_every_sheet_is_to_hold_the_columns_that_are_named(second: list[list[Any]], tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"甲": [["题", "文"], ["开学", NEWS]], "乙": second})
    options = TableOptions({"text": "文", "headline": "题"})
    items = list(scan([tmp_path / "a.xlsx"], published="2022", options=options))
    assert [item.sheet for item in items if isinstance(item, Page)] == ["甲"]
    [error] = [item.message for item in items if isinstance(item, ProblemRow) and item.severity == "error"]
    assert "sheet 乙: there is no column 文; there are " in error


def test_every_sheet_that_holds_a_table_is_read(tmp_path: Path) -> None:
    sheets = {str(year): [["标题", "正文"], [f"{year}年开学", NEWS]] for year in (2021, 2022)}
    workbook(tmp_path / "a.xlsx", {"说明": [["本表由办公室整理"]], **sheets, "空": []})
    pages, said = found(tmp_path / "a.xlsx")
    assert [(page.page_id, page.sheet, page.row) for page in pages] == [
        ("a-2021-0", "2021", 0), ("a-2022-0", "2022", 0),
    ]  # fmt: skip
    assert said == ["a.xlsx, sheet 说明: no column is known to hold a text; the sheet was passed over"]


#: Text files: bytes; the texts of what is read; how what is said begins.
TEXTS: dict[str, tuple[bytes, list[str], list[str]]] = {
    "GBK with semicolons": ("编号;正文\n1;今日，开学，很好。\n".encode("gbk"), ["今日，开学，很好。"], []),
    "a title over the header": ("汇总,,\n编号,标题,正文\n1,开学,今日开学。\n".encode(), ["开学\n今日开学。"], []),
    "a byte-order mark and Windows line ends": (
        '\ufeff标题,正文\r\n开学,"第一段。\r\n第二段。"\r\n\r\n放假,好。\r\n'.encode(),
        ["开学\n第一段。\r\n第二段。", "放假\n好。"],
        [],
    ),
    "columns in another order": ("点击,正文,日期,编号\n5,今日开学。,2022-9-1,7\n".encode(), ["今日开学。"], []),
    "empty rows": (
        "编号,正文\n1,甲。\n,\n,\n2,乙。\n".encode(),
        ["甲。", "乙。"],
        ["a.csv: 2 empty rows were passed over: line 3, line 4"],
    ),
    "a comma in a text": (
        "标题,正文,日期\n开学,今日,县一中开学。,2022-9-1\n放假,好。,2022-9-2\n".encode(),
        ["放假\n好。"],
        ["a.csv: line 2 was not read: it has 4 cells, and the table has 3 columns; a text that holds ',' wants "],
    ),
    "a quotation mark that closes nowhere": (
        '标题,正文\n一,甲。\n二,"乙。\n三,丙。\n'.encode(),
        ["一\n甲。"],
        ["a.csv: line 3 was not read: a quotation mark in it closes nowhere"],
    ),
    "a quotation mark that closes amid the cell of another row": (
        '标题,正文\n一,甲。\n二,"乙。\n三,丙。\n四,"丁。\n五,戊。\n'.encode(),
        ["一\n甲。", "五\n戊。"],
        ["a.csv: line 3 was not read: a quotation mark in it closes amid another cell, and takes"],
    ),
    "quotation marks in a text": (
        '标题,正文\n一,"他说"好"，就走了。"\n二,他说"好"。\n三,"他说""好""。"\n四,"甲。\n乙"好"。\n'.encode(),
        ['一\n他说好"，就走了。"', '二\n他说"好"。', '三\n他说"好"。', '四\n甲。\n乙好"。'],
        [
            "a.csv, line 2: text stands behind a closing quotation mark; one within a cell is written twice",
            "a.csv, line 5: text stands behind a closing quotation mark; one within a cell is written twice",
        ],
    ),
    "no header": (
        f"1,县一中开学,{NEWS}\n2,县二中开学,{NEWS}\n".encode(),
        [],
        [f"a.csv: no column is known to hold the text; there are 1, 县一中开学, {NEWS}; say which: --columns"],
    ),
    "a manifest": (b"page_id,published\na,2022\n", [], ["a.csv: it says of pages when they were issued"]),
    "nothing": (b"", [], ["a.csv: the file is empty"]),
    "a header": ("标题,正文\n".encode(), [], ["a.csv: it has no rows"]),
    "no text": (bytes(range(256)) * 20, [], ["a.csv: can not be read (the bytes are no text in UTF-8"]),
    "half a character": (
        f"编号,text\n1,{NEWS * 20}".encode() + b"\xe4\xb8\n",
        [NEWS * 20 + "\ufffd"],
        ["a.csv, line 2: characters of its text can not be read; each is shown as U+FFFD"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", TEXTS)
def test_odd_text_files(tmp_path: Path, kind: str) -> None:
    data, texts, said = TEXTS[kind]
    (tmp_path / "a.csv").write_bytes(data)
    pages, told = found(tmp_path / "a.csv")
    assert [page.text for page in pages] == texts
    assert [line[: len(begin)] for line, begin in zip(told, said, strict=True)] == said


#: Cells, their text, and what is said of them.
CELLS: list[tuple[str, str, str | None]] = [
    ("<p>近日，县一中<b>开学</b>。</p><p>&ldquo;好&rdquo;</p>", "近日，县一中开学。\n“好”", "HTML tags"),
    ("<div><style>p{}</style>第一段。<br/>第二段。<script>var a=1;</script></div>", "第一段。\n第二段。", "HTML tags"),
    ("<table><tr><td>甲</td><td>乙</td></tr></table>", "甲 乙", "HTML tags"),
    ("近日&nbsp;开学&mdash;&mdash;好", "近日\xa0开学——好", "HTML entities"),
    ("第一段。\\n第二段。", "第一段。\n第二段。", "written line ends"),
    ("第一段。_x000D_\n第二段。", "第一段。\n第二段。", "written line ends"),
    ("3<5，5>3，A&B", "3<5，5>3，A&B", None),
    ("<<三农>>与<关于的通知>", "<<三农>>与<关于的通知>", None),
]


@pytest.mark.parametrize(("cell", "text", "what"), CELLS)
def test_markup_in_cells(cell: str, text: str, what: str | None) -> None:
    items = list(scan(sources_of([{"id": 1, "text": cell}]), published="2022"))
    assert [item.text for item in items if isinstance(item, Page)] == [text]
    said = [item.message for item in items if isinstance(item, ProblemRow) and "plain text" in item.message]
    assert said == ([f"rows, row 0: {what} in its text were made plain text"] if what else [])


def test_json_lines_of_which_some_are_none(tmp_path: Path) -> None:
    lines = [json.dumps({"标题": "开学", "正文": NEWS}), "{bad", "[1]", "", json.dumps({"正文": "好。"})]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    pages, said = found(tmp_path / "a.jsonl")
    assert [(page.page_id, page.row) for page in pages] == [("a-0", 0), ("a-3", 3)]
    assert said == [
        "a.jsonl: line 2 is no JSON (Expecting property name enclosed in double quotes); it was not read",
        "a.jsonl: line 3 is no object of JSON; it was not read",
    ]


#: What a JSON file may hold around its rows.
AROUND: list[Callable[[list[Any]], Any]] = [
    lambda rows: {"code": 0, "data": {"total": 1, "list": rows}},
    lambda rows: {"pages": [{"n": 1}], "articles": rows},
    lambda rows: {"a1": rows[0]},
    lambda rows: rows[0],
    lambda rows: {"a1": rows[0], "total": 1},
    lambda rows: {**rows[0], "图片": [{"title": "x"}], "tags": ["a"], "meta": {"n": 1}},
    lambda rows: {**rows[0], "评论": [{"content": "好", "author": "甲", "date": "2022"}]},
    lambda rows: {name: [cell] for name, cell in rows[0].items()},
    lambda rows: [None, *rows, "x"],
]


@pytest.mark.parametrize("around", AROUND)
def test_rows_within_json(tmp_path: Path, around: Callable[[list[Any]], Any]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(around([{"标题": "开学", "正文": NEWS}])), encoding="utf-8")
    assert [page.text for page in found(tmp_path / "a.json")[0]] == [f"开学\n{NEWS}"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.xlsx", "a.xlsx: is no spreadsheet that can be read ("),
        ("a.parquet", "a.parquet: can not be read ("),
        ("a.json", "a.json: is no JSON ("),
    ],
)
def test_files_that_are_no_tables(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / name).write_bytes(b"abc")
    pages, said = found(tmp_path / name)
    assert (pages, len(said), said[0].startswith(message)) == ([], 1, True)


def test_an_empty_workbook(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    assert found(tmp_path / "a.xlsx") == ([], ["a.xlsx: the workbook is empty"])


def test_a_folder_names_its_tables(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    assert found(tmp_path)[1][0].endswith("the folder holds no .txt file; to read the tables in it, name them: a.csv")


def test_a_table_under_the_name_of_a_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"标题\t正文\n开学\t{NEWS}\n", encoding="utf-8")
    assert found(tmp_path / "a.txt")[1] == [
        "a: it looks like a table, and was read as a text; give the file the ending .csv to read its rows"
    ]


#: A table with a column 正文 that is there twice.
TWICE: dict[str, Callable[[Path], Any]] = {
    "a.csv": lambda path: path.write_text(f"正文,正文,点击\n{NEWS},乙,5\n", encoding="utf-8"),
    "a.xlsx": lambda path: workbook(path, {"稿件": [["正文", "正文", "点击"], [NEWS, "乙", 5]]}),
    "a.parquet": lambda path: pq.write_table(
        pa.Table.from_arrays([pa.array([cell]) for cell in (NEWS, "乙", "5")], names=["正文", "正文", "点击"]), path
    ),
}


@pytest.mark.parametrize("name", TWICE)
def test_two_columns_of_one_name(tmp_path: Path, name: str) -> None:
    TWICE[name](tmp_path / name)
    pages, said = found(tmp_path / name)
    assert [page.text for page in pages] == [NEWS]
    assert said == [f"{name}: 2 columns are called 正文; the first is read"]


@pytest.mark.parametrize(("name", "where"), [("a.json", "a.json"), ("a.jsonl", "a.jsonl, line 1")])
def test_two_cells_of_one_name_in_json(tmp_path: Path, name: str, where: str) -> None:
    (tmp_path / name).write_text(f'{{"正文": "{NEWS}", "正文": "乙"}}\n', encoding="utf-8")
    pages, said = found(tmp_path / name)
    assert [page.text for page in pages] == [NEWS]
    assert said == [f"{where}: an object has 正文 twice; the first is read"]


def test_two_columns_of_one_name_in_memory() -> None:
    data = pd.DataFrame([[NEWS, "b"]], columns=["text", "text"])
    with pytest.warns(UserWarning, match="2 columns are called text; the first is read"):
        assert [page.text for page in bulletinnlp.read(data)] == [NEWS]


def parquet(path: Path, texts: list[str]) -> None:
    """A Parquet file with a row group for each text, as it stands."""
    table = pa.table({"编号": list(map(str, range(len(texts)))), "正文": texts})
    pq.write_table(table, path, row_group_size=1, compression="none", use_dictionary=False, write_statistics=False)


#: What is put in the place of the header of a page, the last text's own bytes; what is read; what is said begins so.
DAMAGE: dict[str, tuple[Callable[[bytes, int], bytes], list[str], str]] = {
    "the header of a page": (
        lambda data, at: data[: at - 40] + b"\xff" * 40 + data[at:],
        ["0", "1"],
        "a.parquet: behind row 1 it can not be read (",
    ),
    "the bytes of a text": (
        lambda data, at: data[:at] + b"\xff" + data[at + 1 :],
        ["0", "1", "2"],
        "a.parquet, row 2: characters of its 正文 can not be read; each is shown as U+FFFD",
    ),
    "the schema": (lambda data, at: data[:-200] + b"\xff" * 100 + data[-100:], [], "a.parquet: can not be read ("),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_parquet_file_and_the_rest_goes_on(tmp_path: Path, what: str) -> None:
    change, read, said = DAMAGE[what]
    parquet(tmp_path / "a.parquet", [NEWS, f"二{NEWS}", f"三{NEWS}"])
    data = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(change(data, data.index("三".encode())))
    (tmp_path / "b.csv").write_text(f"编号,正文\n9,{NEWS}\n", encoding="utf-8")
    items = list(scan(sources_of([tmp_path / "a.parquet", tmp_path / "b.csv"]), published="2022"))
    assert [item.page_id for item in items if isinstance(item, Page)] == [*read, "9"]
    messages = [item.message for item in items if isinstance(item, ProblemRow) and item.stage != "columns"]
    assert [message.removeprefix(f"{tmp_path}/")[: len(said)] for message in messages] == [said]
    assert not any("\n" in message for message in messages)


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), "string")]
)
def test_texts_of_arrow_that_are_no_utf_8(kind: pa.DataType) -> None:
    texts = pa.array(["好。".encode() + b"\xff", None]).cast("string", safe=False)
    column = texts.dictionary_encode() if pa.types.is_dictionary(kind) else texts.cast(kind)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert [page.text for page in bulletinnlp.read(pa.table({"正文": column}))] == ["好。\ufffd"]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
@pytest.mark.parametrize("many", [100, 900, 100_000])
def test_json_that_is_nested_deeply(tmp_path: Path, opening: str, many: int) -> None:
    closing = {"[": "]", '{"a":': "}"}[opening]
    deep = f"{opening * many}1{closing * many}"
    (tmp_path / "a.json").write_text(deep, encoding="utf-8")
    row = json.dumps({"编号": 1, "正文": NEWS})
    (tmp_path / "b.jsonl").write_text(f'{deep}\n{{"编号": 2, "正文": {deep}}}\n{row}\n', encoding="utf-8")
    for name, read in (("a.json", []), ("b.jsonl", ["1"])):
        pages, said = found(tmp_path / name)
        assert [page.page_id for page in pages] == read
        assert said
        assert all(line.startswith(name) and len(line) < 400 for line in said)


#: A JSON file; the lists in it that are told not to be read.
LISTS: list[tuple[Any, str | None]] = [
    ({"a": [{"正文": "甲。"}] * 5, "b": [{"正文": "乙。"}] * 2}, "b (2)"),
    ({"b": [{"x": 1}], "data": {"a": [{"正文": "甲。"}] * 5}, "c": {"d": [{"正文": "丙。"}, 5]}}, "b (1), c.d (2)"),
    ({"a": [{"正文": "甲。", "图": [{"x": 1}]}] * 5, "tags": ["x"], "b": []}, None),
    ({f"第{n}篇": {"正文": "甲。", "图": [{"x": 1}]} for n in range(5)}, None),
    ({"schema": {"fields": [{"name": "正文"}]}, "data": [{"正文": "甲。"}] * 5}, None),
    ({**{f"第{n}篇": {"正文": "甲。"} for n in range(5)}, "total": 5}, None),
    ({**{str(n): {"正文": "甲。", "图": [{"x": 1}]} for n in range(5)}, "more": [{"正文": "乙。"}]}, "more (1)"),
    ({"data": {str(n): {"正文": "甲。"} for n in range(5)}, "more": [{"正文": "乙。"}]}, "more (1)"),
]


def test_characters_of_a_sheet_that_are_left_out_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("正文\n含NUL\0和\0。\n", encoding="utf-8")
    pages, said = found(tmp_path / "a.csv")
    assert [page.text for page in pages] == ["含NUL和。"]
    assert said == ["a.csv: 2 NUL characters were left out"]


def test_texts_that_belong_to_an_article_of_json_are_told(tmp_path: Path) -> None:
    article = {"标题": "开学", "正文": NEWS, "图片": [{"title": "x"}], "评论": [{"content": "好"}] * 2}
    (tmp_path / "a.json").write_text(json.dumps(article), encoding="utf-8")
    pages, said = found(tmp_path / "a.json")
    assert [page.text for page in pages] == [f"开学\n{NEWS}"]
    assert said == ["a.json: one list of objects is read; not read: 评论 (2)"]


def test_a_row_of_json_that_is_no_object_costs_itself(tmp_path: Path) -> None:
    rows = [{"正文": "甲。"}, None, {"正文": "乙。"}, "丙。"]
    (tmp_path / "a.json").write_text(json.dumps(rows), encoding="utf-8")
    pages, said = found(tmp_path / "a.json")
    assert [(page.text, page.row) for page in pages] == [("甲。", 0), ("乙。", 2)]
    assert said == [f"a.json: row {number} is no object of JSON; it was not read" for number in (1, 3)]


@pytest.mark.parametrize("odd", [None, "丙。", ["丙。"], 5], ids=repr)
def test_an_item_of_json_by_ids_that_is_no_object_costs_itself(tmp_path: Path, odd: Any) -> None:
    (tmp_path / "a.json").write_text(
        json.dumps({"1": {"正文": "甲。"}, "2": odd, "3": {"正文": "乙。"}}), encoding="utf-8"
    )
    pages, said = found(tmp_path / "a.json")
    assert [page.text for page in pages] == ["甲。", "乙。"]
    assert said == ["a.json: objects are read by their names; not read: 2"]


@pytest.mark.parametrize(("data", "unread"), LISTS, ids=lambda case: str(case)[:20])
def test_lists_of_json_that_are_not_read_are_told(tmp_path: Path, data: Any, unread: str | None) -> None:
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    pages, said = found(tmp_path / "a.json")
    assert [page.text for page in pages] == ["甲。"] * 5
    assert said == ([f"a.json: one list of objects is read; not read: {unread}"] if unread else [])
