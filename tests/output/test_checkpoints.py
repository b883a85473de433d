"""The folder of finished pages is ours, or it is left alone."""

import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from folders import SEEDS

import bulletinnlp
from bulletinnlp.output.checkpoints import FOLDER
from bulletinnlp.pages.run_record import CHECKPOINTS, STAGING
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


@pytest.mark.parametrize("name", [CHECKPOINTS, STAGING, f"{CHECKPOINTS}.gone", f"{CHECKPOINTS}/out"])
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


def of_some_run(
    page: Path, out: Path, monkeypatch: pytest.MonkeyPatch, exclude: Sequence[str] = NOTHING, **more: Any
) -> None:
    """Pages that are finished, those of a run that is stopped then."""

    def stop(*given: object, **more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("bulletinnlp.runs.extract.open_tables", stop)
        with pytest.raises(KeyboardInterrupt):
            extract_to(page, out, exclude=exclude, **more)


def test_profiles_of_names_among_finished_pages_are_ours(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stopped run with names goes on, or is given up, and leaves nothing."""
    few = ["references", "roles", "quotes", "events"]
    for again in ({"resume": True}, {"overwrite": True}):
        of_some_run(page, tmp_path / "out", monkeypatch, few)
        assert list((tmp_path / "out" / FOLDER).glob("*/profiles.parquet"))
        extract_to(page, tmp_path / "out", exclude=few, **again)
        assert not (tmp_path / "out" / FOLDER).exists()


@pytest.mark.parametrize("number", ["0000000000", "0000000001", "0000000007"])
def test_finished_pages_of_another_run_hold_this_one_up(
    number: str, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside ours, or in their place: a run of the same settings and the same name of a page."""
    of_some_run(page, tmp_path / "out", monkeypatch)
    before = page.read_bytes()
    page.write_text("近日，县一中开学。\n", encoding="utf-8")
    of_some_run(page, tmp_path / "other", monkeypatch)
    state = page.stat()
    page.write_bytes(before)
    assert page.stat() != state
    mine = tmp_path / "out" / FOLDER / number
    shutil.rmtree(mine, ignore_errors=True)
    shutil.copytree(tmp_path / "other" / FOLDER / "0000000000", mine)
    with pytest.raises(ValueError, match=rf"{number}: .*\(they are of another run\); --resume reads them again"):
        bulletinnlp.Extraction.read(tmp_path / "out")
    there = sorted((tmp_path / "out").rglob("*"))
    with pytest.raises(FileExistsError, match=rf"{number}: holds what .* finished pages of another one; move it away"):
        extract_to(page, tmp_path / "out", exclude=NOTHING, resume=True)
    assert sorted((tmp_path / "out").rglob("*")) == there
    mine.rename(tmp_path / "away")
    extract_to(page, tmp_path / "out", exclude=NOTHING, resume=True)
    assert bulletinnlp.Extraction.read(tmp_path / "out").pages["sha256"].tolist() == [sha256(before).hexdigest()]


@pytest.mark.parametrize("resume", [False, True])
@pytest.mark.parametrize("name", ["0000000005", "0000000005.part"])
def test_a_file_with_the_name_of_a_part_stays(
    name: str, resume: bool, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_some_run(page, tmp_path / "out", monkeypatch)
    mine = tmp_path / "out" / FOLDER / name
    mine.write_text("mine")
    with pytest.raises(FileExistsError, match=rf"something else than finished pages; move it away \({name}\)"):
        extract_to(page, tmp_path / "out", exclude=NOTHING, resume=resume, overwrite=not resume)
    assert mine.read_text() == "mine"


class Watch:
    """A progress bar to which something happens with each page."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = happens

    def __enter__(self) -> None: ...

    def __exit__(self, *given: object) -> None: ...

    def add_task(self, *given: object, **more: object) -> None: ...

    def advance(self, task: object) -> None:
        self.happens()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_those_that_come_while_a_run_goes_on(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not read, and they stay."""
    of_some_run(page, tmp_path / "other", monkeypatch)
    (page.parent / "second.txt").write_text("近日，县一中开学。\n", encoding="utf-8")
    monkeypatch.setattr("bulletinnlp.output.checkpoints.CHECKPOINT_SECONDS", 0.0)
    part, parts = tmp_path / "other" / FOLDER / "0000000000", tmp_path / "out" / FOLDER
    steps = iter(["0000000001", "0000000009"])
    extract_to(
        page.parent, tmp_path / "out", exclude=NOTHING, watch=Watch(lambda: shutil.copytree(part, parts / next(steps)))
    )
    assert bulletinnlp.Extraction.read(tmp_path / "out").pages["page_id"].tolist() == [page.stem, "second"]
    assert sorted(path.name for path in parts.iterdir()) == ["0000000001", "0000000009"]
    assert all(contents(one) == contents(part) for one in parts.iterdir())


#: What has a name that a run gives, and is of somebody else; or had one in earlier versions.
LIKE_OURS = [
    "0000000001", "0000000002/events.parquet", "0000000001.part", "0000000001.part/events.parquet",
    "0000000000.part/thesis.docx", f"0000000001.{'0' * 32}.{'f' * 32}.part/events.parquet", "names.sqlite",
    "run.json.part", "0000000000/thesis.docx", "known/thesis.docx", "partition-00000/thesis.docx",
    "before/thesis.docx", "pages.csv", "bulletin.sqlite", "final-1.json", "run.json.new", "names.mine.sqlite",
    "names..sqlite", "final-07.json", f"final-07.{'0' * 32}.json", f"names.{'0' * 32}.sqlite", "known/problems.parquet",
    "partition-00000/pages.parquet", f"partition-00000.{'0' * 32}/pages.parquet", "entities-07/entities.parquet",
    f"partition-00000.{'0' * 32}/run.json", f"known.{'0' * 32}/.bulletinnlp-lock", "0000000000/quotes.parquet",
    f"partition-00000.{'0' * 32}/{STAGING}/pages.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", LIKE_OURS)
@pytest.mark.parametrize("ends", [True, False])
def test_what_comes_with_a_name_like_ours_stays(
    name: str, ends: bool, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the run comes to its end, or stops and is begun anew."""
    (page.parent / "second.txt").write_text("近日，县一中开学。\n", encoding="utf-8")
    monkeypatch.setattr("bulletinnlp.output.checkpoints.CHECKPOINT_SECONDS", 0.0)
    mine, steps = tmp_path / "out" / FOLDER / name, iter(range(9))

    def put() -> None:
        if next(steps) == 0:
            mine.parent.mkdir(exist_ok=True, parents=True)
            mine.write_text("mine")

    if ends:
        extract_to(page.parent, tmp_path / "out", exclude=NOTHING, watch=Watch(put))
        assert len(bulletinnlp.Extraction.read(tmp_path / "out").pages) == 2
    else:
        of_some_run(page.parent, tmp_path / "out", monkeypatch, watch=Watch(put))
        with suppress(FileExistsError):
            extract_to(page.parent, tmp_path / "out", exclude=NOTHING, overwrite=True)
    assert mine.read_text() == "mine"


@pytest.mark.parametrize(
    ("method", "way"),
    [
        ("bulletinnlp.output.hidden_folders.HiddenFolder.make", {}),
        ("bulletinnlp.output.hidden_folders.HiddenFolder.make", {"overwrite": True}),
        ("bulletinnlp.output.checkpoints.Checkpoints._refuse_foreign_parts", {"overwrite": True}),
        ("bulletinnlp.output.checkpoints.Checkpoints._refuse_foreign_parts", {"resume": True}),
    ],
)
@pytest.mark.parametrize(
    "name",
    ["0000000000/thesis.docx", "0000000001/pages.parquet", "0000000001", "0000000002.part/thesis.docx", "5.part/a.txt"],
)
def test_what_comes_as_a_run_begins_stays(
    name: str, method: str, way: dict[str, Any], page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no record of the run, which takes other numbers."""
    if way:
        of_some_run(page, tmp_path / "out", monkeypatch)
        name = name.replace("0000000000", "0000000003")  # that number is taken
    mine, called = tmp_path / "out" / FOLDER / name, pkgutil.resolve_name(method)

    def put(*given: Any, **more: Any) -> None:
        called(*given, **more)
        mine.parent.mkdir(exist_ok=True)
        mine.write_text("mine")

    with monkeypatch.context() as patched:
        patched.setattr(method, put)
        extract_to(page, tmp_path / "out", exclude=NOTHING, **way)
    assert mine.read_text() == "mine"
    assert len(bulletinnlp.Extraction.read(tmp_path / "out").pages) == 1
