"""Taking back tables that were taking their names: after an error at once, after a kill in the next run.

Until the new record has its name, which is the end, the files that gave way lie in the hidden folder. They go back; one
whose place somebody has taken is kept under another name, or holds the next run up. Nothing of theirs is moved.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from stat import S_ISDIR
from typing import Any

from bulletinnlp.output.ownership import is_kind, is_ours, place
from bulletinnlp.pages.run_record import RECORD, STAGING, read_record

#: In the hidden folder: the record that comes, and the files that give way to the tables.
COMING, BEFORE = f"{RECORD}.new", "before"
State = tuple[int, ...] | None


def state_of(path: Path) -> State:
    """What tells a file from another one, and from itself when it was written into."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def was_publishing(folder: Path) -> bool:
    """Whether a run was stopped in this folder while its tables took their names."""
    return "files" in (read_record(folder / STAGING) or {})


def moved_away(folder: Path) -> Path | None:
    """Where the files lie that gave way to the tables of a run that was stopped on the way; None if there are none."""
    before = folder / STAGING / BEFORE
    return before if was_publishing(folder) and before.is_dir() and any(before.iterdir()) else None


def take_back(moves: Iterable[tuple[Path, Path]], states: Mapping[Path, State]) -> None:
    """Take back what was moved, the last first; of those in `states` what is still as it was."""
    for source, target in reversed(list(moves)):
        with suppress(OSError):
            if source in states and state_of(target) != states[source]:
                continue
            if not os.path.lexists(source):
                source.parent.mkdir(parents=True, exist_ok=True)
                place(target, source)
            elif source.samefile(target):  # it had both names
                target.unlink()


def keep_aside(folder: Path) -> list[Path]:
    """Give what gave way and could not go back another name in the folder: `pages.csv.before`. Gives the new names."""
    kept = []
    for path, name in _files_before(folder):
        flat = f"{name.replace('/', '.')}.{BEFORE}"
        free = next(free for n in count(1) if not os.path.lexists(free := folder / (f"{flat}-{n}" if n > 1 else flat)))
        place(path, free)
        kept.append(free)
    return kept


def put_back(folder: Path, is_put_back: Callable[[], object]) -> None:
    """Put back what a run that was stopped while its tables took their names had moved away; `is_put_back` notes it.

    Raises FileExistsError if something of somebody else stands in its place.
    """
    hidden = folder / STAGING
    files = (read_record(hidden) or {}).get("files")
    if files is None or not os.path.lexists(hidden / COMING) or _same(hidden / COMING, folder / RECORD):
        return  # none was stopped so, or its tables are all there
    for table in {name.partition("/")[0] for name in files}:
        _withdraw(table, folder, files)
    for path, name in _files_before(folder):
        target = folder / name
        if _same(path, target):
            path.unlink()
            continue
        if os.path.lexists(target):
            told = f"is in the way of {path}, which was there before a run was stopped; move one of them away"
            raise FileExistsError(f"{target}: {told}")
        target.parent.mkdir(parents=True, exist_ok=True)
        place(path, target)
    is_put_back()


def _withdraw(table: str, folder: Path, files: Mapping[str, Mapping[str, Any]]) -> None:
    """Move a table that had its name already back into the hidden folder, if it is as it was written."""
    path, aside = folder / table, folder / STAGING / table
    inside = [f"{table}/{name}" for name in os.listdir(path)] if is_kind(path, S_ISDIR) else [table]
    if not all(name in files and is_ours(folder, name, [files[name]]) for name in inside):
        return
    if not os.path.lexists(aside):
        place(path, aside)
    elif _same(path, aside):
        path.unlink()


def _files_before(folder: Path) -> list[tuple[Path, str]]:
    """The files that gave way, with their names in the folder; the record comes last."""
    before = folder / STAGING / BEFORE
    files = [Path(at, name) for at, _, names in os.walk(before) for name in names]
    named = [(path, path.relative_to(before).as_posix()) for path in files]
    return sorted(named, key=lambda one: (one[1] == RECORD, one[1]))


def _same(one: Path, other: Path) -> bool:
    """Whether a file has both names."""
    state = state_of(one)
    return state is not None and state == state_of(other)
