"""The folder of finished pages is ours, or it is left alone."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from folders import SEEDS

import bulletinnlp
from bulletinnlp.output.checkpoints import FOLDER
from bulletinnlp.output.ownership import PARTS, STAGING
from bulletinnlp.runs.extract import extract_to

NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page in a folder."""
    (tmp_path / "in").mkdir()
    return Path(shutil.copy(next(SEEDS.glob("*.txt")), tmp_path / "in"))


@pytest.mark.parametrize("resume", [False, True])
@pytest.mark.parametrize("name", ["parts", FOLDER])
def test_a_folder_of_somebody_else_stays(page: Path, tmp_path: Path, name: str, resume: bool) -> None:
    mine = tmp_path / "out" / name / "thesis.docx"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    if name == FOLDER:
        with pytest.raises(FileExistsError, match="holds something else than finished pages; move it away"):
            extract_to(page, tmp_path / "out", exclude=NOTHING, resume=resume)
    else:
        extract_to(page, tmp_path / "out", exclude=NOTHING, resume=resume)
    assert mine.read_text() == "mine"


def test_tables_in_a_folder_of_that_name_stay(page: Path, tmp_path: Path) -> None:
    """Their record does not say that they are finished pages."""
    extract_to(page, tmp_path / "out", exclude=NOTHING)
    (tmp_path / "out").rename(tmp_path / FOLDER)
    with pytest.raises(FileExistsError, match="move it away"):
        extract_to(page, tmp_path, exclude=NOTHING, resume=True)
    assert len(bulletinnlp.Extraction.read(tmp_path / FOLDER).pages) == 1


@pytest.mark.parametrize("name", [PARTS, STAGING, f"{PARTS}.gone", f"{PARTS}/out"])
def test_no_tables_go_into_a_folder_of_that_name(page: Path, tmp_path: Path, name: str) -> None:
    found = bulletinnlp.extract(page, exclude=NOTHING)
    for write in (lambda: extract_to(page, tmp_path / name, exclude=NOTHING), lambda: found.write(tmp_path / name)):
        with pytest.raises(FileExistsError, match="what is not finished; choose another folder"):
            write()
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_an_empty_folder_will_do(page: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / FOLDER).mkdir(parents=True)
    extract_to(page, tmp_path / "out", exclude=NOTHING)
    assert not (tmp_path / "out" / FOLDER).exists()


def test_inputs_in_a_folder_called_parts_stay(page: Path) -> None:
    """With the command: `extract parts/ --out .`"""
    folder = page.parent.rename(page.parent.with_name("parts"))
    command = [sys.executable, "-m", "bulletinnlp", "extract", "parts/", "--out", ".", "--exclude", "events"]
    done = subprocess.run(command, cwd=folder.parent, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert list(folder.iterdir()) == [folder / page.name]


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_inputs_among_the_parts_are_refused(page: Path, tmp_path: Path, engine: str) -> None:
    inside = tmp_path / FOLDER
    inside.mkdir()
    (tmp_path / "link").symlink_to(inside)
    shutil.copy(page, inside)
    for source in (inside, inside / page.name, tmp_path / "link" / "*.txt"):
        with pytest.raises(ValueError, match=f"an input can not lie in .*{FOLDER}, which is removed"):
            extract_to([page, source], tmp_path, exclude=NOTHING, engine=engine)
    assert (inside / page.name).exists()
