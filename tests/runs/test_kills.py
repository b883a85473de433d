"""A kill at a bad moment: while the parts go, while the tables take their names."""

import os
import random
import shutil
from collections.abc import Iterator
from itertools import count as count_up
from itertools import islice
from pathlib import Path

import pytest
from dying import die_changing, die_clearing, die_publishing, die_writing
from same_tables import assert_same

import bulletinnlp
from bulletinnlp.output import checkpoints
from bulletinnlp.output.checkpoints import Checkpoints, FinishedPagesError
from bulletinnlp.output.readers import read_rows
from bulletinnlp.pages import Page
from bulletinnlp.runs.extract import extract_to
from bulletinnlp.tables.rows import Rows

FEW = ("places", "references", "roles", "quotes", "events")
LEAVE_OUT = [argument for stage in FEW for argument in ("--exclude", stage)]


@pytest.fixture
def some(pages: Path, tmp_path: Path) -> Path:
    """Four of the pages."""
    folder = tmp_path / "some"
    folder.mkdir()
    for path in sorted(pages.glob("*.txt"))[:4]:
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def unbroken(some: Path, tmp_path: Path) -> bulletinnlp.Extraction:
    extract_to(some, tmp_path / "unbroken", exclude=FEW)
    return bulletinnlp.Extraction.read(tmp_path / "unbroken")


@pytest.fixture
def uncleared(some: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a run whose tables are written and whose parts, one a page, are still there."""
    with monkeypatch.context() as patched:
        patched.setattr(checkpoints, "CHECKPOINT_SECONDS", 0.0)
        clear = Checkpoints.clear
        patched.setattr(Checkpoints, "clear", lambda self: None if self.paths() else clear(self))
        extract_to(some, tmp_path / "out", exclude=FEW)
    assert len(Checkpoints(tmp_path / "out").paths()) == 4
    return tmp_path / "out"


@pytest.mark.parametrize("whole", [True, False], ids=["tables written", "tables not written"])
def test_killed_while_the_parts_go(
    some: Path, unbroken: bulletinnlp.Extraction, uncleared: Path, tmp_path: Path, whole: bool
) -> None:
    """After any number of files: the run that goes on gives what an unbroken run gives, and leaves nothing behind."""
    if not whole:  # as where a run without --resume clears what an earlier one left
        for path in (uncleared / "run.json", *uncleared.glob("*.parquet")):
            path.unlink()
    folders = [shutil.copytree(uncleared, tmp_path / f"killed-{count}") for count in range(20)]
    die_clearing(*folders)
    for folder in folders:
        extract_to(some, folder, exclude=FEW, resume=True)
        assert_same(bulletinnlp.Extraction.read(folder), unbroken)
        assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("files", [0, 2])
def test_killed_while_the_tables_take_their_names(
    some: Path, unbroken: bulletinnlp.Extraction, tmp_path: Path, files: int
) -> None:
    out = tmp_path / "out"
    die_publishing(files, "extract", some, "--out", out, "--workers", 1, *LEAVE_OUT)
    assert len(list(out.glob("*.parquet"))) == files
    with pytest.warns(UserWarning, match="the run was stopped; these are the pages that are finished"):
        assert_same(bulletinnlp.Extraction.read(out), unbroken)
    with pytest.warns(UserWarning, match="the run was stopped"):
        assert list(read_rows(out)) == list(unbroken.tables)
    extract_to(some, out, exclude=FEW, resume=True)
    assert_same(bulletinnlp.Extraction.read(out), unbroken)


def test_killed_while_tables_without_parts_take_their_names(
    unbroken: bulletinnlp.Extraction, tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    """Some of the tables are no tables: the error says what to do."""
    out = tmp_path / "out"
    die_writing(2, tmp_path / "unbroken", out)
    for read in (bulletinnlp.Extraction.read, read_rows):
        with pytest.raises(FileNotFoundError, match="the run was stopped before all tables had their names; run it"):
            read(out)
    unbroken.write(out)
    assert_same(bulletinnlp.Extraction.read(out), unbroken)
    assert not list(recwarn)


PAGES = [Page(f"p{n}", f"本报讯 11月27日，{n}村召开会议。\n", published="2022") for n in range(2)]
NOTHING = ("bylines", "times", "names", *FEW)


def again(folder: Path, format: str, resume: bool) -> None:
    """What somebody does after a kill: the run once more, in some format."""
    try:
        extract_to(PAGES, folder, format=format, exclude=NOTHING, resume=resume)
    except FinishedPagesError:
        extract_to(PAGES, folder, format=format, exclude=NOTHING, resume=True)


def seen(folder: Path) -> tuple[list[str], Rows]:
    """The files of a folder, and its tables."""
    return sorted(path.name for path in folder.iterdir()), read_rows(folder)


def kills(chance: random.Random) -> Iterator[tuple[str, int, bool]]:
    """What runs in a row are asked for, and the change before which each dies."""
    while True:
        yield chance.choice(("parquet", "csv", "sqlite")), chance.randrange(40), chance.random() < 0.5


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
@pytest.mark.parametrize("seed", range(25))
def test_killed_at_any_moments_in_a_row(seed: int, tmp_path: Path) -> None:
    """Two to four kills, wherever they fall: the next run is not stopped by what they left, and nothing stays of it."""
    chance = random.Random(seed)
    out = tmp_path / "out"
    again(out, chance.choice(("parquet", "csv")), resume=False)
    (out / "thesis.docx").write_text("mine")
    for format, count, resume in islice(kills(chance), chance.randint(2, 4)):
        die_changing(out, count, lambda format=format, resume=resume: again(out, format, resume))  # type: ignore[misc]
    for format in ("csv", "sqlite"):
        again(out, format, resume=False)
        again(tmp_path / format, format, resume=False)
        files, rows = seen(out)
        files.remove("thesis.docx")
        assert (files, rows) == seen(tmp_path / format)
    assert (out / "thesis.docx").read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_killed_while_publishing_and_again_at_each_moment_of_the_next(tmp_path: Path) -> None:
    found = bulletinnlp.extract(PAGES, exclude=NOTHING)
    died = True
    for count in count_up():
        out = tmp_path / str(count)
        found.write(out, "csv")
        assert die_changing(out, 30, lambda: found.write(out, "csv"))  # noqa: B023
        assert not (out / "run.json").exists()
        died = die_changing(out, count, lambda: found.write(out, "csv"))  # noqa: B023
        found.write(out, "csv")
        assert sorted(read_rows(out)) == sorted(found.tables)
        if not died:
            break
    assert count > 20
