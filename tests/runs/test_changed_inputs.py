"""`--resume` reads again what has changed since it was read, and says so; what is the same is not read again."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import bulletinnlp
from bulletinnlp.output import checkpoints
from bulletinnlp.output.checkpoints import FOLDER, Checkpoints
from bulletinnlp.output.readers import read_rows
from bulletinnlp.pages import Page, ProblemRow
from bulletinnlp.runs.extract import extract_to

NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")
NAMES = "abcdef"


class PowerCutError(RuntimeError):
    """A power cut."""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of six pages with a manifest."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.txt").write_text(f"本报讯 11月27日，{name}村召开会议。\n", encoding="utf-8")
    (folder / "manifest.csv").write_text("page_id,published\n" + "".join(f"{n},2022\n" for n in NAMES), "utf-8")
    return folder


def run(pages: Path, **options: object) -> list[str]:
    """Run or resume, and give what was said."""
    said: list[ProblemRow] = []
    extract_to(pages, pages.parent / "out", exclude=NOTHING, on_problem=said.append, **options)  # type: ignore[arg-type]
    return [problem.message for problem in said]


@pytest.fixture
def stopped(pages: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a run that stopped after four of the pages, a part each."""
    with monkeypatch.context() as patched:
        patched.setattr(checkpoints, "CHECKPOINT_SECONDS", 0.0)
        write, count = Checkpoints.write, 4

        def counted(self: Checkpoints, waiting: object) -> int:
            nonlocal count
            if count == 0:
                raise PowerCutError
            count -= 1
            return write(self, waiting)  # type: ignore[arg-type]

        patched.setattr(Checkpoints, "write", counted)
        with pytest.raises(PowerCutError):
            run(pages)
    return pages.parent / "out"


def texts(out: Path) -> list[str]:
    return bulletinnlp.Extraction.read(out).segments["text"].str.cat().splitlines()


def dates(out: Path) -> list[str]:
    return bulletinnlp.Extraction.read(out).pages["published"].tolist()


def rewritten(pages: Path) -> None:
    (pages / "b.txt").write_text("本报讯 11月28日，别村召开会议。\n", encoding="utf-8")


def rewritten_unseen(pages: Path) -> None:
    """With the same length and the same time of change."""
    state = (pages / "b.txt").stat()
    (pages / "b.txt").write_text("本报讯 11月28日，z村召开会议。\n", encoding="utf-8")
    os.utime(pages / "b.txt", ns=(state.st_atime_ns, state.st_mtime_ns))
    assert (pages / "b.txt").stat().st_size == state.st_size


def replaced_by_an_older_one(pages: Path) -> None:
    (pages.parent / "old").write_text("本报讯 11月28日，z村召开会议。\n", encoding="utf-8")
    os.utime(pages.parent / "old", (0, 0))
    (pages.parent / "old").replace(pages / "b.txt")


def emptied(pages: Path) -> None:
    (pages / "b.txt").write_text("")


CHANGES: dict[str, Callable[[Path], None]] = {
    "rewritten": rewritten,
    "rewritten, with the same length and time": rewritten_unseen,
    "replaced by an older one": replaced_by_an_older_one,
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_finished_page_that_has_changed_is_read_again(kind: str, pages: Path, stopped: Path) -> None:
    CHANGES[kind](pages)
    said = run(pages, resume=True)
    assert said == [f"1 input has changed since it was read, and was read again: {pages}/b.txt"]
    assert texts(stopped) == [(pages / f"{name}.txt").read_text("utf-8").strip() for name in NAMES]
    assert not (stopped / FOLDER).exists()


def test_a_finished_page_that_can_be_read_no_more(pages: Path, stopped: Path) -> None:
    emptied(pages)
    assert run(pages, resume=True)[0] == f"{pages}/b.txt: the file is empty"
    assert [line[11] for line in texts(stopped)] == list("acdef")


def test_a_manifest_that_has_changed_dates_its_pages_anew(pages: Path, stopped: Path) -> None:
    (pages / "manifest.csv").write_text("page_id,published\n" + "".join(f"{n},2021\n" for n in NAMES), "utf-8")
    [said] = run(pages, resume=True)
    assert said.startswith("4 inputs have changed since they were read, and were read again: ")
    assert dates(stopped) == ["2021"] * 6


def test_only_the_pages_that_a_manifest_says_something_else_of(pages: Path, stopped: Path) -> None:
    lines = "".join(f"{n},{2021 if n == 'c' else 2022}\n" for n in NAMES)
    (pages / "manifest.csv").write_text(f"page_id,published\n{lines}", "utf-8")
    assert run(pages, resume=True) == [f"1 input has changed since it was read, and was read again: {pages}/c.txt"]
    assert dates(stopped) == ["2022", "2022", "2021", "2022", "2022", "2022"]


def test_what_was_only_touched_or_copied_is_not_read_again(
    pages: Path, stopped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in pages.glob("*.txt"):
        os.utime(path, (0, 0))
        shutil.copyfile(path, path.with_suffix(".copy"))
        path.with_suffix(".copy").replace(path)
    read = []
    add = Checkpoints.add
    monkeypatch.setattr(
        Checkpoints, "add", lambda self, position, *more: (read.append(position), add(self, position, *more))
    )
    assert run(pages, resume=True) == []
    assert read == [4, 5]
    assert len(texts(stopped)) == 6


def test_pages_in_memory_that_have_changed(pages: Path, tmp_path: Path) -> None:
    some = [Page("a", "甲村召开会议。", published="2022"), Page("b", "乙村召开会议。", published="2022")]
    with pytest.raises(PowerCutError):
        extract_to([some[0], "none.txt"], tmp_path / "out", exclude=NOTHING, on_problem=power_cut)
    said: list[ProblemRow] = []
    other = Page("a", "丙村召开会议。", published="2022")
    extract_to([other, "none.txt"], tmp_path / "out", exclude=NOTHING, resume=True, on_problem=said.append)
    assert said[-1].message == "1 input has changed since it was read, and was read again: a"
    assert texts(tmp_path / "out") == ["丙村召开会议。"]


def power_cut(problem: ProblemRow) -> None:
    raise PowerCutError


def test_inputs_that_are_gone_are_left_out(pages: Path, stopped: Path) -> None:
    for name in "def":
        (pages / f"{name}.txt").unlink()
    run(pages, resume=True)
    assert [line[11] for line in texts(stopped)] == list("abc")


@pytest.mark.parametrize("kind", CHANGES)
def test_a_run_that_is_done_is_begun_anew_where_a_page_has_changed(kind: str, pages: Path) -> None:
    run(pages)
    CHANGES[kind](pages)
    said = run(pages, resume=True)
    assert said == [f"{pages.parent}/out: the run that was done here had other inputs or settings; all is read again"]
    assert texts(pages.parent / "out")[1] == (pages / "b.txt").read_text("utf-8").strip()
    assert run(pages, resume=True) == []


def test_a_run_that_is_done_stays_where_files_were_touched(pages: Path) -> None:
    run(pages)
    for path in pages.glob("*.txt"):
        os.utime(path, (0, 0))
    assert extract_to(pages, pages.parent / "out", exclude=NOTHING, resume=True).done_before


def test_no_tables_of_another_format_stay(pages: Path, stopped: Path) -> None:
    """Neither of the run before the one that was stopped, nor after a run that was stopped amid renaming."""
    out = stopped
    run(pages, resume=True)
    run(pages, resume=True, format="csv")
    assert not list(out.glob("*.parquet"))
    run(pages, resume=True, format="jsonl")
    assert sorted({path.suffix for path in out.iterdir()}) == [".json", ".jsonl"]


def gone(file: Path) -> None:
    file.unlink()


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def emptied_file(file: Path) -> None:
    file.write_bytes(b"")


def other_bytes(file: Path) -> None:
    """Of the same length, as after a power cut."""
    file.write_bytes(bytes(file.stat().st_size))


#: A file of a part, and what becomes of it.
DAMAGE = [
    (name, how) for name in ("pages.parquet", "segments.parquet") for how in (gone, cut, emptied_file, other_bytes)
]
DAMAGE += [("run.json", gone), ("run.json", cut), ("run.json", emptied_file)]


@pytest.mark.parametrize(("name", "how"), DAMAGE)
def test_a_part_that_is_damaged_is_named_and_read_again(
    name: str, how: Callable[[Path], None], pages: Path, stopped: Path
) -> None:
    file = stopped / FOLDER / "0000000002" / name
    how(file)
    told = f"{file}: the finished pages are damaged"
    with pytest.raises(ValueError, match=told):
        bulletinnlp.Extraction.read(stopped)
    with pytest.raises(ValueError, match=told):
        read_rows(stopped)
    [said] = run(pages, resume=True)
    assert said.startswith(told)
    assert texts(stopped) == [(pages / f"{name}.txt").read_text("utf-8").strip() for name in NAMES]


def test_a_part_that_is_gone_is_read_again(pages: Path, stopped: Path) -> None:
    shutil.rmtree(stopped / FOLDER / "0000000002")
    assert run(pages, resume=True) == []
    assert len(texts(stopped)) == 6


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_tables_that_were_written_over_those_of_a_run_are_not_taken_for_its_own(format: str, pages: Path) -> None:
    out = pages.parent / "out"
    run(pages)
    found = bulletinnlp.Extraction.read(out)
    found.tables["pages"] = found.pages[found.pages["page_id"] != "b"]
    found.write(out, format)
    said = run(pages, resume=True)
    assert said == [f"{out}: the run that was done here had other inputs or settings; all is read again"]
    assert len(bulletinnlp.Extraction.read(out).pages) == 6
    assert not list(out.glob("*.csv"))
