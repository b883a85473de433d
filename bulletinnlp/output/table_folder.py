"""What stands in a folder of tables: the tables of a whole run, the finished pages of one that was stopped, or both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bulletinnlp.output.checkpoints import FOLDER, Checkpoints
from bulletinnlp.output.lock import is_locked
from bulletinnlp.output.ownership import unchanged
from bulletinnlp.output.rollback import moved_away, was_publishing
from bulletinnlp.pages.run_record import read_record, table_names
from bulletinnlp.tables.schema import TABLES


def table_files(folder: Path, suffix: str) -> dict[str, Path]:
    """The tables of a whole run in a format of one file a table; with an engine, of one folder a table."""
    paths = {name: folder / f"{name}.{suffix}" for name in TABLES}
    return {name: path for name, path in paths.items() if is_whole(path)}


def is_whole(path: Path) -> bool:
    """Whether a file is there and of a whole run.

    A record lists the files of the last run, and others are of another time. Without a record tables are somebody's
    own, but where a run was stopped on the way to its record none counts: others may be missing.
    """
    record = read_record(path.parent)
    if record is None:
        return path.exists() and not was_stopped(path.parent)
    return path.exists() and path.name in table_names(record)


def was_stopped(folder: Path) -> bool:
    """Whether a run was stopped in this folder that had no record yet: before its tables had their names, or on it."""
    return read_record(folder) is None and (was_publishing(folder) or bool(checkpoints_of(folder).paths()))


def checkpoints_of(folder: Path) -> Checkpoints:
    """The finished pages in a folder of tables, or in the folder of checkpoints itself."""
    return Checkpoints(folder.parent if folder.name == FOLDER else folder)


def finished_pages(folder: Path) -> str:
    """What to say to who reads the finished pages of a run, as there is no whole one."""
    return f"{folder}: the run {_goes_on(folder)}; these are the pages that are finished"


def warnings_of(folder: Path) -> Iterator[str]:
    """What to say to who reads the tables of a run: that a later one is not done, that tables are not as they were
    written (changed since, or gone)."""
    if (checkpoints := checkpoints_of(folder)).paths():
        told = f"{folder}: a later run {_goes_on(folder)} here; these are the tables of the one before it"
        yield f"{told}, and {checkpoints.folder} reads as the finished pages of the later one"
    record = read_record(folder)
    whole = () if record is None else unchanged(folder)
    if record is not None and (changed := sorted(set(record["files"]) - set(whole))):
        shown = ", ".join(changed[:3]) + (" …" if len(changed) > 3 else "")
        yield f"{folder}: not as they were written: {shown}"


def _goes_on(folder: Path) -> str:
    return "goes on" if is_locked(checkpoints_of(folder).folder.parent) else "was stopped"


def last_format(folder: Path) -> str | None:
    """The format of the tables that were written last into a folder, None where no record says so."""
    return (read_record(folder) or {}).get("last")


def nothing_here(folder: Path) -> FileNotFoundError:
    """The error for a folder without tables."""
    if was_stopped(folder):
        told = f"{folder}: the run was stopped before all tables had their names; run it again"
        before = moved_away(folder)
        old = f"; the tables before it lie in {before}, and go back when something is written here again"
        return FileNotFoundError(f"{told}{old}" if before else told)
    return FileNotFoundError(
        f"{folder}: no tables here (looked for pages, articles … as parquet, jsonl, csv, databases)"
    )
