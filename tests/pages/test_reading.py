"""Files, folders, globs, standard input; what is wrong is told in one line and the rest goes on."""

import io
import re
import sys
from pathlib import Path

import pytest

import bulletinnlp
from bulletinnlp.pages import Page, ProblemRow, read, scan
from bulletinnlp.pages.manifest import ManifestError, read_manifest
from bulletinnlp.runs.extract import extract_to

NEWS = "东昌府讯 11月25日，道口铺街道清运积存垃圾。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text(NEWS, encoding="utf-8")
    return tmp_path


def problems(items: object) -> list[ProblemRow]:
    return [item for item in items if isinstance(item, ProblemRow)]  # type: ignore[attr-defined]


def test_a_folder_gives_its_text_files_in_order(folder: Path) -> None:
    assert [page.page_id for page in read(folder, published="2022-11")] == ["a", "b"]


def test_a_glob_a_file_and_a_page_mix(folder: Path) -> None:
    own = Page("own", NEWS, published="2021")
    pages = read([str(folder / "*a.txt"), folder / "b.txt", own], published="2022-11")
    assert [(page.page_id, page.published) for page in pages] == [("a", "2022-11"), ("b", "2022-11"), ("own", "2021")]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NEWS.encode("gb18030"))))
    [page] = read("-", published="2022")
    assert (page.page_id, page.text, page.encoding, page.path) == ("stdin", NEWS, "gb18030", None)


def test_crlf_and_bom_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "crlf.txt"
    path.write_bytes(NEWS.replace("\n", "\r\n").encode("utf-8-sig"))
    [page] = read(path, published="2022")
    assert page.text == path.read_bytes().decode(page.encoding or "") == NEWS.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is blank"),
        ("\u3000\u3000\n".encode(), "the file is blank"),
        ("\u3000\n".encode("gb18030") * 9, "the file is blank"),
        ("\ufeff\u200b".encode(), "the file is blank"),
        (bytes(range(256)) * 20, "not a text file"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong_and_the_rest_goes_on(folder: Path, data: bytes, message: str) -> None:
    (folder / "bad.txt").write_bytes(data)
    items = list(scan(folder, published="2022"))
    [problem] = problems(items)
    assert problem.severity == "error"
    assert problem.page_id == "bad"
    assert "bad.txt" in problem.message
    assert message in problem.message
    assert "\n" not in problem.message
    assert len(items) == 3


def test_a_file_that_is_not_there(folder: Path) -> None:
    [problem] = scan(folder / "none.txt")
    assert isinstance(problem, ProblemRow)
    assert "none.txt: no such file or folder" in problem.message


def test_an_empty_folder(tmp_path: Path) -> None:
    [problem] = scan(tmp_path)
    assert isinstance(problem, ProblemRow)
    assert "holds no .txt file" in problem.message


def test_two_files_of_one_name_keep_both_pages(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "a.txt").write_text(NEWS, encoding="utf-8")
    items = list(scan(folder, published="2022"))
    assert sorted(item.page_id for item in items if isinstance(item, Page)) == ["a", "a~2", "b"]
    [problem] = problems(items)
    assert "page id a is taken" in problem.message


def test_the_manifest_of_a_folder_is_used(folder: Path) -> None:
    (folder / "manifest.csv").write_text(
        "page_id,published,paper,home\na,2022/11/9,今日兰考,河南省开封市兰考县\n", "utf-8"
    )
    first, second = read(folder, published="2021")
    assert (first.published, first.paper, first.home) == ("2022-11-09", "今日兰考", "河南省开封市兰考县")
    assert (second.published, second.paper, second.home) == ("2021", None, None)


def test_a_page_whose_id_is_taken_has_what_the_manifest_says_of_that_id(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "a.txt").write_text(NEWS, encoding="utf-8")
    (folder / "manifest.csv").write_text("page_id,published,paper\na,2022-11-09,今日兰考\n", "utf-8")
    items = list(scan(folder, published="2021"))
    pages = {item.page_id: (item.published, item.paper) for item in items if isinstance(item, Page)}
    assert pages == {"a": ("2022-11-09", "今日兰考"), "b": ("2021", None), "a~2": ("2022-11-09", "今日兰考")}
    [problem] = problems(items)
    assert problem.message.endswith("this page is a~2, and what the manifest says of a is taken to hold for it")


def test_what_a_manifest_says_of_an_issue_is_held_once(folder: Path) -> None:
    path = folder / "manifest.csv"
    path.write_text("page_id,published,paper\na,2022/11/9,今日兰考\nb,2022-11-09,今日兰考\n", "utf-8")
    issues = read_manifest(path)
    assert issues["a"] is issues["b"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_ends_of_a_manifest(folder: Path, end: str) -> None:
    (folder / "manifest.csv").write_bytes(f"page_id,published{end}a,2022{end}b,2021{end}".encode())
    assert [page.published for page in read(folder)] == ["2022", "2021"]


def test_a_manifest_with_a_very_long_cell(folder: Path) -> None:
    (folder / "manifest.csv").write_text(f"page_id,published,paper\na,2022,{'报' * 200_000}\nb,2021,\n", "utf-8")
    assert [page.published for page in read(folder)] == ["2022", "2021"]


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("page,published\na,2022\n", "unknown columns page"),
        ("published\n2022\n", "no column page_id"),
        ("page_id,published\na,2022-13\n", "line 2: '2022-13' is no day of the calendar"),
        ("page_id,published\na,yesterday\n", "line 2: 'yesterday' is no date of issue"),
        ("page_id\na\na\n", "a stands in the manifest twice"),
        ("page_id,published\na,2022,今日兰考\n", "line 2: more cells than columns ('今日兰考')"),
        ("page_id,paper\na,今日,兰考,\n", "line 2: more cells than columns ('兰考')"),
        ("page_id,published, published\na,2022,2021\n", "the manifest has the column published twice"),
        ("page_id,page_id\na,b\n", "the manifest has the column page_id twice"),
        ("page_id,published\n,2022\na,2022\n", "line 2: the row has no page_id"),
        ('page_id,paper\na,"今日兰考\nb,今日兰考\n', "after line 1: the manifest is no CSV (unexpected end of data)"),
    ],
)
def test_a_wrong_manifest_is_refused(folder: Path, manifest: str, message: str) -> None:
    for name, asked in (("wrong.csv", folder / "wrong.csv"), ("manifest.csv", None)):
        path = folder / name
        path.write_text(manifest, encoding="utf-8")
        with pytest.raises(ManifestError, match=re.escape(f"{path}")) as error:
            list(scan(folder, published="2022", manifest=asked))
        assert message in str(error.value)


def test_blank_cells_and_rows_of_a_manifest_say_nothing(folder: Path) -> None:
    """As spreadsheets leave them."""
    (folder / "manifest.csv").write_text("page_id,published\na,2022,, \n,\n\nb\n", encoding="utf-8")
    assert [page.published for page in read(folder, published="2021")] == ["2022", "2021"]


def test_rows_of_a_manifest_that_match_no_page_are_named(folder: Path) -> None:
    lines = "".join(f"{name},2022\n" for name in ("a", "02", *(f"x{n:02d}" for n in range(11))))
    (folder / "manifest.csv").write_text(f"page_id,published\n{lines}", encoding="utf-8")
    shown = "02, " + ", ".join(f"x{n:02d}" for n in range(9))
    last = list(scan(folder, published="2022"))[-1]
    assert last == ProblemRow(
        None, None, "manifest", "warning", f"{folder}/manifest.csv: 12 rows match no page: {shown} …"
    )


def test_the_masthead_dates_a_page_and_the_reader_is_told(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(f"今日兰考\n2023年5月18日 星期四\n第2版\n\n{NEWS}", encoding="utf-8")
    page, problem = scan(tmp_path)
    assert isinstance(page, Page)
    assert page.published == "2023-05-18"
    assert isinstance(problem, ProblemRow)
    assert problem.severity == "warning"
    assert "2023-05-18" in problem.message


def test_a_page_without_a_date_is_told(folder: Path) -> None:
    page, problem = scan(folder / "a.txt")
    assert isinstance(page, Page)
    assert page.published is None
    assert isinstance(problem, ProblemRow)
    assert "date of issue is unknown" in problem.message


def test_read_warns_of_what_it_leaves_out(folder: Path) -> None:
    (folder / "c.txt").write_bytes(b"")
    with pytest.warns(UserWarning, match="c.txt: the file is empty"):
        assert len(read(folder, published="2022")) == 2


def test_lone_surrogates_become_replacement_characters() -> None:
    problem, page = scan(Page("p", "党员\ud800大会", published="2022"))
    assert isinstance(page, Page)
    assert page.text == "党员\ufffd大会"
    assert isinstance(problem, ProblemRow)
    assert "surrogates" in problem.message


@pytest.mark.parametrize("wrong", [{"a": 1}, {"a": {"published": "2022"}}, {"a": "2022-11-29"}])
def test_a_dict_that_is_no_manifest_is_told_what_one_holds(wrong: dict, folder: Path) -> None:
    """And nothing is written."""
    told = r"a manifest is the name of a CSV, or a dict with an Issue for each page id, \{'p1': Issue\(.*\)\}, not "
    for called in (bulletinnlp.read, bulletinnlp.extract):
        with pytest.raises(TypeError, match=told):
            called(folder, manifest=wrong)
    with pytest.raises(TypeError, match=told):
        extract_to(folder, folder / "out", manifest=wrong)
    assert not (folder / "out").exists()
