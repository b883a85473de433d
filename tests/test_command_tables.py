"""The command on tables of articles, run as a user runs it."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

LITTLE = [x for stage in ("names", "places", "references", "roles", "quotes", "events") for x in ("--exclude", stage)]
NEWS = "11月27日晚，区教研中心举行线上教研活动。"
ARTICLES = pd.DataFrame(
    {
        "编号": [7, 8, 9], "标题": ["县一中开学", "县二中开学", "空"], "正文": [NEWS, NEWS, None],
        "日期": ["2022年11月29日", "昨天", "2022"], "来源": ["平原日报"] * 3,
    }
)  # fmt: skip
TOLD = (
    "a row is an article: text from 正文, headline from 标题, published from 日期, paper from 来源, page_id from 编号"
)


def run(*arguments: object) -> tuple[int, str, list[str]]:
    """The exit code, standard output, and the lines of standard error, without the program's name."""
    command = [sys.executable, "-m", "bulletinnlp", "extract", *map(str, arguments), *LITTLE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, [line.removeprefix("bulletinnlp: ") for line in done.stderr.splitlines()]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "articles.csv"
    ARTICLES.to_csv(path, index=False, encoding="gb18030")
    return path


def test_rows_are_articles_and_join_back(sheet: Path, tmp_path: Path) -> None:
    code, said, told = run(sheet, "--out", tmp_path / "t")
    assert code == 1
    assert told == [
        f"{sheet} (gb18030): {TOLD}",
        f"{sheet}, line 3: its 日期 is '昨天', which is no date of issue (2022-11-29, 2022-11 or 2022); it was left "
        "out",
        f"{sheet}, line 4: it has no text, and was not read",
    ]
    assert said.splitlines()[-1] == (
        "problems: 2 errors (read 2), 2 warnings (columns 1, read 1); "
        f"the table problems in {tmp_path / 't'} names them"
    )
    pages = pd.read_parquet(tmp_path / "t" / "pages.parquet")
    joined = pages.merge(ARTICLES, left_on="row", right_index=True)
    assert joined[["page_id", "published", "标题"]].fillna("").values.tolist() == [
        ["7", "2022-11-29", "县一中开学"], ["8", "", "县二中开学"],
    ]  # fmt: skip
    articles = pd.read_parquet(tmp_path / "t" / "articles.parquet")
    assert articles["headline"].tolist() == ["县一中开学", "县二中开学"]


def test_columns_and_unit_are_asked_for(sheet: Path, tmp_path: Path) -> None:
    asked = ["--columns", "text=标题,page_id=编号", "--columns", "headline=", "--unit", "page"]
    code, _, told = run(sheet, "--out", tmp_path / "t", "--published", "2022", *asked)
    assert (code, told[0]) == (
        1,
        f"{sheet} (gb18030): a row is a page: text from 标题, published from 日期, paper from 来源, page_id from 编号; "
        "not read: 正文",
    )
    assert len(pd.read_parquet(tmp_path / "t" / "pages.parquet")) == 3


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (["--columns", "text=内容"], "articles.csv: there is no column 内容; there are 编号, 标题, 正文, 日期, 来源"),
        (
            ["--columns", "titel=标题"],
            "columns are text, headline, byline, published, paper, home, page_id; there is no",
        ),
        (["--columns", "正文"], "--columns takes FIELD=NAME, such as text=正文, not '正文'"),
        (["--columns", "=正文"], "columns are text, headline, byline, published, paper, home, page_id; there is no ''"),
        (["--columns", "text="], "articles.csv: no column is known to hold the text; there are 编号, 标题, 正文"),
        (["--manifest", ""], "the name of the manifest is empty"),
    ],
)
def test_wrong_columns_are_said_in_one_line(sheet: Path, tmp_path: Path, asked: list[str], line: str) -> None:
    code, _, [told] = run(sheet, "--out", tmp_path / "t", *asked)
    assert (code, line in told) == (2, True)


def test_a_text_instead_of_a_file_is_said_in_one_line(tmp_path: Path) -> None:
    code, _, [told] = run(NEWS, "--out", tmp_path / "t")
    assert (code, "if it is a text, give it as" in told, "to the command by standard input" in told) == (2, True, True)


def test_very_many_errors_are_not_all_said(tmp_path: Path) -> None:
    pd.DataFrame({"编号": range(150), "正文": NEWS, "日期": "昨天"}).to_csv(tmp_path / "a.csv", index=False)
    code, said, told = run(tmp_path / "a.csv", "--out", tmp_path / "t")
    assert (code, len(told)) == (1, 101)
    assert told[-1] == "there are more errors; the table problems names them all"
    assert "150 errors (read 150)" in said


def test_a_run_over_a_table_goes_on(sheet: Path, tmp_path: Path) -> None:
    """A table that has changed is read again where it has; one that has not is left."""
    run(sheet, "--out", tmp_path / "t")
    _, said, told = run(sheet, "--out", tmp_path / "t", "--resume")
    assert told == [f"{tmp_path / 't'}: the run is complete; nothing was left to do"]
    assert "2 errors (read 2)" in said
    ARTICLES.assign(日期="2022").to_csv(sheet, index=False)
    _, _, told = run(sheet, "--out", tmp_path / "t", "--resume")
    assert told[-1] == f"{sheet}, line 4: it has no text, and was not read"
    assert pd.read_parquet(tmp_path / "t" / "pages.parquet")["published"].tolist() == ["2022", "2022"]
