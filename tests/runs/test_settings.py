"""Settings that can not be used, or change nothing, are told; a run that is done says why it is read again."""

import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import bulletinnlp
from bulletinnlp.pages import Page
from bulletinnlp.pages.plain_files import sha256_of
from bulletinnlp.runs.extract import extract_to

NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")
NEWS = "近日，县一中开学。"
PAGE = Page("p", NEWS, published="2022")


def run(sources: Any, out: Path, **options: Any) -> list[str]:
    """Run, and give what was said."""
    said: list[str] = []
    extract_to(sources, out, exclude=NOTHING, on_problem=lambda problem: said.append(problem.message), **options)
    return said


def test_guarding_another_format_than_csv(tmp_path: Path) -> None:
    assert run(PAGE, tmp_path, guard=True) == ["--guard-csv holds for CSV, and changes nothing in parquet"]
    assert run(PAGE, tmp_path, guard=True, format="csv") == []


def test_a_folder_whose_name_is_no_utf8_is_refused_at_once(tmp_path: Path) -> None:
    """What writes Parquet and databases takes no such name."""
    out = tmp_path / os.fsdecode(b"\xff")
    found = bulletinnlp.extract(PAGE, exclude=NOTHING)
    for write in (lambda: run(PAGE, out), lambda: found.write(out)):
        with pytest.raises(ValueError, match="the folder's name is no UTF-8"):
            write()
    assert list(tmp_path.iterdir()) == []


def test_a_manifest_in_memory_holds_issues(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"a dict with an Issue for each page id, .* not 1"):
        bulletinnlp.extract(PAGE, exclude=NOTHING, manifest={"p": 1})  # type: ignore[arg-type]


def test_columns_without_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "a.csv").write_text(f"正文\n{NEWS}\n", encoding="utf-8")
    told = "--columns and --unit hold for tables, and there is none among the inputs"
    assert run(tmp_path / "a.txt", tmp_path / "out", columns={"text": "正文"}, published="2022") == [told]
    for sources in (tmp_path / "a.csv", str(tmp_path / "*.csv"), [{"正文": NEWS}]):
        assert told not in run(sources, tmp_path / "out", columns={"text": "正文"}, published="2022")


def test_tables_among_word_lists(tmp_path: Path) -> None:
    (tmp_path / "titles.txt").write_text("河湖哨兵 occupation\n", encoding="utf-8")
    for out in (tmp_path, tmp_path / "tables"):
        with pytest.raises(ValueError, match="among the word lists; give another --out"):
            run(PAGE, out, lexicons=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["titles.txt"]


@pytest.mark.parametrize("read", [bulletinnlp.read, bulletinnlp.extract])
def test_a_manifest_that_is_none(read: Any) -> None:
    with pytest.raises(ValueError, match="the name of the manifest is empty"):
        read(PAGE, manifest="")
    with pytest.raises(TypeError, match="a manifest is the name of a CSV, not DataFrame"):
        read(PAGE, manifest=pd.DataFrame([{"page_id": "p"}]))


def test_a_table_that_was_edited_is_the_reason(tmp_path: Path) -> None:
    run(PAGE, tmp_path, format="csv")
    (tmp_path / "pages.csv").write_text("mine")
    said = run(PAGE, tmp_path, format="csv", resume=True, overwrite=True)
    told = "the run that was done here has tables that are not as it wrote them (pages.csv)"
    assert said == [f"{tmp_path}: {told}; all is read again"]


def test_numbers_of_very_many_digits(tmp_path: Path) -> None:
    many = int("9" * 4_000) ** 2
    rows = [{"page_id": "a", "正文": NEWS, "日期": many}, {"page_id": many, "正文": NEWS, "报纸": "甲"}, {"正文": many}]
    with pytest.warns(UserWarning, match="its 日期 is a number of more than 300 digits; it was left out"):
        assert len(bulletinnlp.extract(rows, exclude=NOTHING).pages) == 2
    digits = "9" * 5_000
    (tmp_path / "a.json").write_text(f'[{{"正文": "{NEWS}", "x": {digits}}}, {{"正文": "{NEWS}", "x": 1}}]')
    with pytest.warns(UserWarning, match="not read: x"):
        assert len(bulletinnlp.extract(tmp_path / "a.json", exclude=NOTHING).pages) == 2


def test_the_digest_of_a_file_that_was_replaced(tmp_path: Path) -> None:
    """By another one of the same size and time; and written into, with its time put back."""
    path, other = tmp_path / "a.html", tmp_path / "b.html"
    path.write_text("甲"), other.write_text("乙")
    for file in (path, other):
        os.utime(file, ns=(1, 1))
    first = sha256_of(path)
    other.replace(path)
    second = sha256_of(path)
    path.write_text("丙")
    os.utime(path, ns=(1, 1))
    assert len({first, second, sha256_of(path)}) == 3
