"""Tables take their names all, or none does; what comes in their way at the last moment stays."""

import gc
import os
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

import bulletinnlp
from bulletinnlp import Extraction
from bulletinnlp.output import staging
from bulletinnlp.output.lock import FolderLostError
from bulletinnlp.output.ownership import place
from bulletinnlp.pages import Page
from bulletinnlp.pages.run_record import CHECKPOINTS, STAGING
from bulletinnlp.runs.extract import extract_to

NOTHING = ("bylines", "times", "names", "places", "references", "roles", "quotes", "events")
PAGE, OTHER = (Page(name, f"近日，{name}开学。\n", published="2022") for name in "ab")


@pytest.fixture
def found() -> Extraction:
    return bulletinnlp.extract(OTHER, exclude=NOTHING)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the tables of a run."""
    extract_to(PAGE, tmp_path / "out", exclude=NOTHING)
    return tmp_path / "out"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def at(monkeypatch: pytest.MonkeyPatch, number: int, happens: Callable[[], object]) -> None:
    """Let something happen before a file is renamed, when so many have been."""
    left = number

    def placed(source: Path, path: Path) -> None:
        nonlocal left
        left -= 1
        if left == -1:
            happens()
        place(source, path)

    monkeypatch.setattr(staging, "place", placed)


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("number", range(12))
def test_an_interrupt_while_tables_take_their_names(
    number: int, found: Extraction, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(out)
    at(monkeypatch, number, interrupt)
    with pytest.raises(KeyboardInterrupt):
        found.write(out)
    assert contents(out) == before
    assert Extraction.read(out).pages["page_id"].tolist() == ["a"]
    monkeypatch.undo()
    found.write(out)
    assert Extraction.read(out).pages["page_id"].tolist() == ["b"]


@pytest.mark.parametrize("kind", ["interrupt", "full"])
def test_a_new_folder_that_could_not_be_filled_holds_nothing(
    kind: str, found: Extraction, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    at(monkeypatch, 3, {"interrupt": interrupt, "full": full}[kind])
    with pytest.raises((KeyboardInterrupt, OSError)):
        found.write(tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())


@contextmanager
def small_disk(most: int) -> Iterator[None]:
    """No file can have more bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("most", [0, 100, 1_000])
@pytest.mark.parametrize("format", ["parquet", "csv", "sqlite"])
def test_a_full_disk(
    format: str, most: int, found: Extraction, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    with pytest.raises(OSError, match=r"large|written"), small_disk(min(most, 500)):
        found.write(tmp_path / "new", format)
    gc.collect()
    assert told == []
    assert list((tmp_path / "new").iterdir()) == []
    before = contents(out)
    with pytest.raises(OSError, match=r"large|written"), small_disk(most):
        found.write(out, format)
    after = contents(out)
    assert {name: data for name, data in after.items() if not name.startswith(".")} == before
    found.write(out, format)
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


MINE = "mine"
#: What somebody does while tables take their names, before the n-th of them does.
MEANWHILE: dict[str, tuple[int, Callable[[Path], object]]] = {
    "a table is changed": (0, lambda out: (out / "segments.parquet").write_text(MINE)),
    "a table is replaced": (0, lambda out: shutil.copy(out / "run.json", out / "segments.parquet")),
    "a file comes": (6, lambda out: (out / "segments.parquet").write_text(MINE)),
    "a folder comes": (6, lambda out: (out / "segments.parquet" / MINE).mkdir(parents=True)),
    "a link comes": (6, lambda out: (out / "segments.parquet").symlink_to("elsewhere")),
    "a record comes": (6, lambda out: (out / "run.json").write_text(MINE)),
}


@pytest.mark.parametrize("kind", MEANWHILE)
def test_what_comes_in_the_way_at_the_last_moment_stays(
    kind: str, found: Extraction, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so does what stood there before, if need be under another name."""
    number, happens = MEANWHILE[kind]
    before = contents(out)
    at(monkeypatch, number, lambda: happens(out))
    with pytest.raises(FileExistsError, match=r"(segments\.parquet|run\.json): .*move it away"):
        found.write(out)
    mine = out / ("run.json" if kind == "a record comes" else "segments.parquet")
    assert mine.is_symlink() or mine.is_dir() or b"PAR1" not in mine.read_bytes()
    after = contents(out)
    if number:
        assert set(after.values()) >= set(before.values())
        assert after[f"{mine.name}.before"] == before[mine.name]
    assert not [name for name in after if name.startswith(".")]
    assert (out / "pages.parquet").exists()


def test_a_table_that_somebody_replaces_while_others_take_their_names_is_theirs(
    found: Extraction, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def both() -> None:
        (out / "articles.parquet").unlink()
        (out / "articles.parquet").write_text(MINE)
        (out / "run.json").write_text(MINE)

    before = contents(out)
    at(monkeypatch, 9, both)
    with pytest.raises(FileExistsError, match=r"run\.json: .*; what was there before is .*run\.json\.before"):
        found.write(out)
    after = contents(out)
    assert after["run.json"] == after["articles.parquet"] == MINE.encode()
    assert {after["run.json.before"], after["articles.parquet.before"]} < set(before.values())


def kill(found: Extraction, out: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write tables in a child that dies when so many files have moved."""
    if (child := os.fork()) == 0:
        at(monkeypatch, number, lambda: os._exit(137))
        found.write(out)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 137


HAS_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")


@HAS_FORK
@pytest.mark.parametrize("number", [1, 4, 6, 9])
def test_the_next_run_puts_back_what_a_killed_one_had_moved_away(
    number: int, found: Extraction, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(out)
    kill(found, out, number, monkeypatch)
    assert set(contents(out).values()) >= set(before.values())
    with pytest.raises(FileNotFoundError, match=rf"the tables before it lie in .*{STAGING}.before"):
        Extraction.read(out)
    at(monkeypatch, 1, interrupt)
    with pytest.raises(KeyboardInterrupt):
        found.write(out, "csv")
    assert contents(out) == before
    monkeypatch.undo()
    found.write(out)
    assert Extraction.read(out).pages["page_id"].tolist() == ["b"]


@HAS_FORK
def test_or_is_held_up_by_what_has_its_place(found: Extraction, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(out)
    kill(found, out, 5, monkeypatch)
    (out / "pages.parquet").unlink(missing_ok=True)
    (out / "pages.parquet").write_text(MINE)
    for overwrite in (False, True):
        with pytest.raises(FileExistsError, match=r"pages\.parquet: is in the way"):
            found.write(out, overwrite=overwrite)
    assert (out / "pages.parquet").read_text() == MINE
    assert set(contents(out).values()) >= set(before.values())
    (out / "pages.parquet").unlink()
    found.write(out)
    assert Extraction.read(out).pages["page_id"].tolist() == ["b"]


LOST: dict[str, Callable[[Path], object]] = {
    "the tables on their way": lambda out: shutil.rmtree(out / STAGING),
    "one of them": lambda out: (out / STAGING / "segments.parquet").unlink(),
    "the whole folder": shutil.rmtree,
    "the folder moved": lambda out: out.rename(out.with_name("moved")),
}


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize("when", ["open", "close", "place"])
def test_tables_that_are_lost_on_their_way(
    when: str, kind: str, found: Extraction, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bulletinnlp.output.writers import ParquetTables

    if when == "place":
        at(monkeypatch, 0, lambda: LOST[kind](out))
    else:
        before = getattr(ParquetTables, when)

        def lose(self: ParquetTables) -> None:
            before(self)
            LOST[kind](out)

        monkeypatch.setattr(ParquetTables, when, lose)
    with pytest.raises(FolderLostError, match="run it again") as told:
        found.write(out)
    assert str(told.value).startswith(str(out))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("kind", ["the finished pages", "the whole folder"])
def test_names_that_are_lost_while_they_are_linked(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletinnlp.identity.store import EntityStore

    link = EntityStore.link

    def lose(self: EntityStore) -> None:
        shutil.rmtree(tmp_path / "out" / (CHECKPOINTS if kind == "the finished pages" else ""))
        link(self)

    monkeypatch.setattr(EntityStore, "link", lose)
    pages = [Page(f"p{n}", "近日，县一中开学，孙乐文致辞。\n", published="2022") for n in range(2)]
    with pytest.raises(FolderLostError):
        extract_to(pages, tmp_path / "out", exclude=("roles", "quotes", "events"))


@pytest.mark.parametrize(
    "name",
    [
        "known/thesis.docx", "before/thesis.docx", "thesis.docx", "0000000000/pages.parquet",
        "events.parquet/thesis.docx", "pages.parquet/a/b/c.docx", "before/events.parquet/thesis.docx",
        "bulletin.duckdb.tmp/thesis.docx", "bulletin.sqlite.backup", "pages.parquet", "events.jsonl", "bulletin.sqlite",
        "bulletin.sqlite-wal", "bulletin.duckdb", "bulletin.duckdb.tmp/duckdb_temp_storage-0.tmp", "before/pages.jsonl",
        "events.parquet/part-0.parquet", "events.parquet/partition-00000.parquet", "events.parquet/_SUCCESS",
        f"spark.{'0' * 32}/events.parquet/part-0.parquet", "pages.parquet/_temporary/0/part-0.parquet",
    ],
)  # fmt: skip
def test_what_somebody_puts_among_tables_on_their_way_stays(
    name: str, out: Path, found: Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = out / STAGING / name

    def put() -> None:
        mine.parent.mkdir(parents=True, exist_ok=True)
        mine.write_text("mine")

    at(monkeypatch, 3, put)
    found.write(out, "csv")
    assert Extraction.read(out).pages["page_id"].tolist() == ["b"]
    assert contents(out / STAGING) == {name: b"mine"}


@pytest.mark.parametrize("format", ["parquet", "csv", "sqlite"])
def test_a_table_on_its_way_that_somebody_replaces_is_theirs(
    format: str, out: Path, found: Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the format that is written: it is neither published nor removed."""
    from bulletinnlp.output.writers import WRITERS

    name = "bulletin.sqlite" if format == "sqlite" else f"pages.{format}"
    close = WRITERS[format].close

    def replace(self: Any) -> None:
        close(self)
        (out / STAGING / name).unlink()
        (out / STAGING / name).write_text("mine")

    before = contents(out)
    monkeypatch.setattr(WRITERS[format], "close", replace)
    with pytest.raises(FileExistsError, match=rf"{name}: is in the way, it came while this was written"):
        found.write(out, format)
    assert contents(out) == {**before, f"{STAGING}/{name}": b"mine"}


@pytest.mark.parametrize("log", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize("format", ["sqlite", "csv"])
@pytest.mark.parametrize("number", range(9))
def test_a_log_that_comes_beside_a_database_stops_the_run(
    number: int, format: str, log: str, found: Extraction, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody works on the database before, or will read the log into the new one: both stay as they were."""
    extract_to(PAGE, out, format="sqlite", exclude=NOTHING)
    before = contents(out)
    mine = out / f"bulletin.sqlite{log}"
    came: list[bool] = []
    at(monkeypatch, number, lambda: came.append(bool(mine.write_text("mine"))))
    with suppress(FileExistsError) if number > 2 else pytest.raises(FileExistsError, match=f"{log}: is in the way"):
        extract_to(OTHER, out, format=format, exclude=NOTHING)
        assert not came  # so many files were not moved
    if came:
        after = {name: data for name, data in contents(out).items() if not name.startswith(CHECKPOINTS)}
        assert after == {**before, mine.name: b"mine"}
