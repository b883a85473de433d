"""What stands in a folder of tables: the tables of a whole run, the finished pages of one that was stopped, or both."""

from __future__ import annotations

import warnings
from pathlib import Path

from bulletinnlp.tables.ownership import unchanged
from bulletinnlp.tables.parts import FOLDER, Parts
from bulletinnlp.tables.record import read_record, table_names
from bulletinnlp.tables.schema import TABLES
from bulletinnlp.tables.staging import was_publishing


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
    return read_record(folder) is None and (was_publishing(folder) or bool(parts_of(folder).paths()))


def parts_of(folder: Path) -> Parts:
    """The finished pages in a folder of tables, or in the folder of parts itself."""
    return Parts(folder.parent if folder.name == FOLDER else folder)


def warn_of_later_run(folder: Path, stacklevel: int) -> None:
    """Warn who reads the tables of a run where a later one was stopped."""
    if (parts := parts_of(folder)).paths():
        told = f"{folder}: a later run was stopped here; these are the tables of the one before it, and {parts.folder}"
        warnings.warn(f"{told} reads as the finished pages of the later one", stacklevel=stacklevel + 1)


def last_format(folder: Path) -> str | None:
    """The format of the tables that were written last into a folder, None where no record says so."""
    return (read_record(folder) or {}).get("last")


def warn_of_changes(folder: Path, stacklevel: int) -> None:
    """Warn who reads tables that are not as they were written: changed since, or gone."""
    record = read_record(folder)
    whole = () if record is None else unchanged(folder)
    if record is not None and (changed := sorted(set(record["files"]) - set(whole))):
        shown = ", ".join(changed[:3]) + (" …" if len(changed) > 3 else "")
        warnings.warn(f"{folder}: not as they were written: {shown}", stacklevel=stacklevel + 1)


def nothing_here(folder: Path, looked_for: str) -> FileNotFoundError:
    """The error for a folder without tables."""
    if was_stopped(folder):
        return FileNotFoundError(f"{folder}: the run was stopped before all tables had their names; run it again")
    return FileNotFoundError(f"{folder}: no tables here (looked for {looked_for})")
