"""Which files in a folder are ours: only these does a run replace or remove.

Of the tables those that a record of ours lists, with the name of a table and the very content that was written: a file
that somebody changed since is theirs. Of the hidden folders in which a run keeps what is not finished, those that say
so in their record, with nothing in them that we do not put there. A link is never ours, nor what it leads to.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any
from uuid import uuid4

from bulletinnlp.pages.run_record import RECORD, STAGING, read_record
from bulletinnlp.tables.schema import TABLES

DATABASE = "bulletin"
#: What a database has beside it while it changes: whoever opens a database of that name reads this into it.
_LOGS = {".sqlite": ("-wal", "-shm", "-journal"), ".duckdb": (".wal", ".wal.checkpoint", ".wal.recovery")}
TABLE = f"(?:{'|'.join(TABLES)})"
#: The files that are published. With an engine a table is a folder of files.
PUBLISHED = re.compile(rf"{TABLE}\.(?:csv|jsonl|parquet)|{TABLE}\.parquet/[^/]+|{DATABASE}\.(?:duckdb|sqlite)")
#: A database, and its logs.
WITH_LOGS = "|".join(re.escape(f"{DATABASE}{end}{log}") for end, logs in _LOGS.items() for log in ("", *logs))
#: What a run replaces, or removes with the tables of the run before.
_REPLACED = re.compile(rf"{re.escape(RECORD)}|{PUBLISHED.pattern}|{WITH_LOGS}")


def fingerprint(path: Path) -> dict[str, Any]:
    """Size and digest of a file."""
    with path.open("rb") as file:
        return {"size": os.fstat(file.fileno()).st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def written(folder: Path) -> dict[str, list[Mapping[str, Any]]]:
    """What we have written into a folder: name → fingerprints; several where a run was stopped amid renaming."""
    journal = read_record(folder / STAGING) or {}
    found: dict[str, list[Mapping[str, Any]]] = {}
    for files in ((read_record(folder) or {}).get("files"), journal.get("files"), journal.get("before")):
        for name, print_ in (files or {}).items():
            if PUBLISHED.fullmatch(name):
                found.setdefault(name, []).append(print_)
    return found


def logs(name: str) -> list[str]:
    """The names of the logs that a database of this name may have beside it.

    >>> logs("bulletin.sqlite"), logs("pages.csv")
    (['bulletin.sqlite-wal', 'bulletin.sqlite-shm', 'bulletin.sqlite-journal'], [])
    """
    return [f"{name}{end}" for end in _LOGS.get(Path(name).suffix, ())]


def is_ours(folder: Path, name: str, prints: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a file is one that we wrote, with one of these fingerprints, as we left it.

    We leave no log beside a database: where there is one, somebody has changed the database, or is about to.
    """
    path = folder / name
    if path.parent != folder and not is_kind(path.parent, S_ISDIR):
        return False
    if any(os.path.lexists(folder / log) for log in logs(name)):
        return False
    size = path.lstat().st_size if is_kind(path, S_ISREG) else None
    some = [known for known in prints if known["size"] == size]
    return bool(some) and fingerprint(path) in some


def unchanged(folder: Path) -> list[str]:
    """The names of the published files that are as we left them, and so ours to remove."""
    return [name for name, prints in written(folder).items() if is_ours(folder, name, prints)]


_READ = "is to be read, and would be replaced by a table; give another --out"


def refuse_inputs(folder: Path, files: Iterable[str | os.PathLike[str]], told: str = _READ) -> None:
    """Raise ValueError if one of these, which are read, has the name of a table in the folder that is written to.

    It would be replaced, or removed with the tables of the run before.
    """
    real = os.path.realpath(folder)
    for file in files:
        name = os.path.relpath(os.path.realpath(file), real).replace(os.sep, "/")
        if _is_replaced(folder, name):
            raise ValueError(f"{os.fspath(file)}: {told}")


def _is_replaced(folder: Path, name: str) -> bool:
    """Whether a file in a folder has a name that tables take, or a disk that knows no case takes it for one."""
    if _REPLACED.fullmatch(name):
        return True
    try:
        return bool(_REPLACED.fullmatch(name.lower())) and (folder / name).samefile(folder / name.lower())
    except OSError:
        return False


class ReplacedFiles:
    """The files in a folder that tables written there replace, or remove: by device and number, whatever leads to one.

    `names` are those of the files; only they are looked at when it is made.
    """

    def __init__(self, folder: Path) -> None:
        self.names: list[str] = []
        self._files: set[tuple[int, int]] = set()
        paths = list(folder.iterdir()) if folder.is_dir() else []
        tables = [path for path in paths if path.suffix == ".parquet" and is_kind(path, S_ISDIR)]
        for path in (*paths, *(file for table in tables for file in table.iterdir())):
            name = path.relative_to(folder).as_posix()
            if _is_replaced(folder, name) and is_kind(path, S_ISREG):
                with suppress(FileNotFoundError):  # another run writes here
                    found = path.lstat()
                    self._files.add((found.st_dev, found.st_ino))
                    self.names.append(name)

    def refuse(self, file: str | os.PathLike[str], found: os.stat_result | None = None) -> None:
        """Raise ValueError if a file, which is read, is one of them; `found` is its state, if that is known."""
        if not self._files:
            return
        try:
            found = found or os.stat(file)
        except (OSError, ValueError):  # it is not there, or can not be read
            return
        if (found.st_dev, found.st_ino) in self._files:
            raise ValueError(f"{os.fspath(file)}: {_READ}")


def refuse_others(folder: Path, names: Iterable[str], *, overwrite: bool = False) -> None:
    """Raise FileExistsError if something stands in the place of one of these, or of the record, that is not ours.

    A log beside a database is in its way. With `overwrite`, plain files are given up; folders and links never are.
    """
    known = written(folder)
    for name in (RECORD, *(each for table in names for each in (*logs(table), table))):
        path = folder / name
        if not os.path.lexists(path):
            continue
        if is_kind(path, S_ISREG):
            mine = read_record(folder) is not None if name == RECORD else is_ours(folder, name, known.get(name, ()))
            if not mine and not overwrite:
                told = "is in the way: no run has written it so; move it away, or --overwrite it"
                raise FileExistsError(f"{path}: {told}")
        elif not is_kind(path, S_ISDIR):
            raise FileExistsError(f"{path}: is in the way, a link or a device; move it away")
        else:
            inside = sorted(f"{name}/{entry}" for entry in os.listdir(path))
            if not inside or not all(is_ours(folder, file, known.get(file, ())) for file in inside):
                raise FileExistsError(f"{path}: is in the way, a folder that holds what no run wrote; move it away")


def in_the_way(path: Path) -> FileExistsError:
    """What is raised for something that has come where a run writes."""
    return FileExistsError(f"{path}: is in the way, it came while this was written; move it away")


def place(source: Path, path: Path) -> None:
    """Let a file or a folder take a name. Raises FileExistsError if something stands there: nothing is replaced."""
    try:
        if source.is_dir() or os.name == "nt":
            source.rename(path)  # replaces nothing but an empty folder
            return
        os.link(source, path)
    except OSError:
        if os.path.lexists(path):
            raise in_the_way(path) from None
        source.rename(path)  # the file system has no second names for a file
    else:
        source.unlink()


def take_place(source: Path, path: Path, may_go: Callable[[Path], bool]) -> None:
    """Let a file take a name. The plain file that has it goes if `may_go` says so of it, when it has no name any more.

    Raises FileExistsError if something else stands there, or comes meanwhile: that stays.
    """
    old = path.with_name(f".bulletinnlp-{uuid4().hex}")
    if is_kind(path, S_ISDIR):
        raise in_the_way(path)
    try:
        path.rename(old)
    except FileNotFoundError:
        place(source, path)
        return
    try:
        if not (is_kind(old, S_ISREG) and may_go(old)):
            raise in_the_way(path)
        place(source, path)
    except BaseException as error:
        try:
            place(old, path)
        except FileExistsError:
            raise FileExistsError(f"{in_the_way(path)}; what was there before is {old}") from error
        raise
    old.unlink()


def is_kind(path: Path, kind: Any) -> bool:
    """Whether a path is a plain file (`S_ISREG`) or a folder (`S_ISDIR`) itself, and no link to one."""
    try:
        return bool(kind(path.lstat().st_mode))
    except (OSError, ValueError):
        return False
