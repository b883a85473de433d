"""A run whose folder, lock or finished pages go while it writes there says so, and leaves alone what is there now."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pyarrow as pa
import pytest

import bulletinnlp
from bulletinnlp.extraction import Extraction
from bulletinnlp.output import checkpoints
from bulletinnlp.output.checkpoints import FOLDER
from bulletinnlp.output.lock import LOCK, FolderLostError
from bulletinnlp.output.writers import WRITERS, TableWriter
from bulletinnlp.pages import Page
from bulletinnlp.runs.extract import extract_to
from bulletinnlp.tables.schema import Table

NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")
NEWS = "本报讯 11月27日晚，区教研中心举行线上教研活动。\n"
PAGES = [Page(f"p{number}", NEWS, published="2022") for number in range(6)]


def contents(folder: Path) -> dict[str, bytes | None]:
    """All that lies in a folder."""
    paths = sorted(folder.rglob("*")) if folder.exists() else []
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in paths}


def move(out: Path) -> None:
    out.rename(out.with_name("moved"))


def another_run(out: Path) -> None:
    """Tables of a run that has ended."""
    extract_to(Page("q", NEWS), out, format="csv", exclude=NOTHING, overwrite=True)


def another_goes_on(out: Path) -> None:
    """Finished pages of a run, a lock."""
    (out / FOLDER / "0000000000").mkdir(parents=True)
    (out / LOCK).write_text("bulletinnlp writes into this folder: process 1\n")


#: What happens while the third page is read.
LOST: dict[str, list[Callable[[Path], object]]] = {
    "moved": [move],
    "removed": [shutil.rmtree],
    "moved, another folder in its place": [move, Path.mkdir],
    "moved, another run in its place": [move, another_run],
    "removed, another run in its place": [shutil.rmtree, another_run],
    "moved, a run that goes on in its place": [move, another_goes_on],
    "the lock removed": [lambda out: (out / LOCK).unlink()],
    "the lock removed, another run done": [lambda out: (out / LOCK).unlink(), another_run],
    "the lock replaced": [lambda out: (out / LOCK).unlink(), lambda out: (out / LOCK).touch()],
    "all finished pages removed": [lambda out: shutil.rmtree(out / FOLDER)],
    "a finished page removed": [lambda out: shutil.rmtree(out / FOLDER / "0000000000")],
}


class Watch(AbstractContextManager["Watch"]):
    """A progress bar to which something happens when so many pages are done."""

    def __init__(self, after: int, happens: Callable[[], object]) -> None:
        self.left, self.happens = after, happens

    def add_task(self, *given: object, **more: object) -> None: ...

    def advance(self, task: object) -> None:
        self.left -= 1
        if self.left == 0:
            self.happens()

    def __exit__(self, *given: object) -> None: ...


@pytest.mark.parametrize("done", [3, len(PAGES)])
@pytest.mark.parametrize("kind", LOST)
def test_a_run_that_has_lost_its_folder(kind: str, done: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When three pages are done, and when all are; a part a page."""
    monkeypatch.setattr(checkpoints, "CHECKPOINT_SECONDS", 0.0)
    out = tmp_path / "out"
    before: dict[str, bytes | None] = {}

    def lose() -> None:
        for happens in LOST[kind]:
            happens(out)
        before.update(contents(out))

    with pytest.raises(FolderLostError, match="again") as told:
        extract_to(PAGES, out, format="csv", exclude=NOTHING, watch=Watch(done, lose))
    assert str(told.value).startswith(str(out))
    assert "\n" not in str(told.value)
    if "finished" in kind:  # the folder is still its own
        del before[LOCK]
    assert contents(out) == before


@pytest.mark.parametrize("kind", ["all finished pages removed", "a finished page removed"])
def test_pages_that_went_are_read_again(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "CHECKPOINT_SECONDS", 0.0)
    with pytest.raises(FolderLostError, match="--resume reads their pages again"):
        extract_to(PAGES, tmp_path, exclude=NOTHING, watch=Watch(3, lambda: [lose(tmp_path) for lose in LOST[kind]]))
    extract_to(PAGES, tmp_path, exclude=NOTHING, resume=True)
    assert Extraction.read(tmp_path).pages["page_id"].tolist() == [page.page_id for page in PAGES]


def test_the_finished_pages_are_where_the_folder_went(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "CHECKPOINT_SECONDS", 0.0)
    with pytest.raises(FolderLostError):
        extract_to(PAGES, tmp_path / "out", exclude=NOTHING, watch=Watch(3, lambda: move(tmp_path / "out")))
    extract_to(PAGES, tmp_path / "moved", exclude=NOTHING, resume=True)
    assert len(Extraction.read(tmp_path / "moved").pages) == len(PAGES)


@pytest.mark.parametrize("format", ["parquet", "csv", "sqlite", "duckdb"])
def test_tables_that_are_on_their_way(format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is moved while they are written, and another run has come."""
    out = tmp_path / "out"
    write = WRITERS[format].write

    def lose(self: TableWriter, table: Table, data: pa.Table) -> None:
        write(self, table, data)
        if not (tmp_path / "moved").exists():
            move(out)
            another_run(out)

    monkeypatch.setattr(WRITERS[format], "write", lose)
    with pytest.raises(FolderLostError):
        bulletinnlp.extract(PAGES, exclude=NOTHING).write(out, format)
    assert Extraction.read(out).pages["page_id"].tolist() == ["q"]


def test_the_command_says_so_in_a_line(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "bulletinnlp", "extract", "-", "--out", str(out), "--exclude", "events"]
    run = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    while run.poll() is None and not (out / FOLDER / "run.json").exists():
        time.sleep(0.01)
    move(out)
    said = run.communicate(NEWS, timeout=60)[1]
    assert run.returncode == 2
    assert said.splitlines()[-1].startswith(f"bulletinnlp: {out}: the folder, or the lock in it, was moved, removed")
    assert not out.exists()
