"""The folders in which a run keeps what is not finished: hidden ones, in the folder of tables.

Each says in its record what it holds. Only those, and in them only what we put there, are ours to empty or remove.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Container, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any
from uuid import uuid4

import bulletinnlp
from bulletinnlp.output.ownership import DATABASE, TABLE, WITH_LOGS, is_kind
from bulletinnlp.pages.run_record import CHECKPOINTS, KIND, LOCK, RECORD, STAGING, read_record, record_digest
from bulletinnlp.tables.schema import PROFILES

#: A record that has not its name yet.
_ASIDE = re.compile(rf"{re.escape(RECORD)}\.[0-9a-f]{{32}}\.part")
#: What a hidden folder is called besides while it is removed.
_GONE = ".gone"
_RECORDS = rf"{re.escape(RECORD)} | {_ASIDE.pattern}"
#: What engines write for a table: Dask a file for each of its parts, Spark files with sums of theirs beside them.
_OF_ENGINES = r"""(?:known | partition-\d{5,} | (?:entities|repeats)-\d\d )\.parquet
    | \.?part-[\w.-]+\.parquet(?:\.crc)? | _SUCCESS | \._SUCCESS\.crc"""
#: Where Spark has them before a table is whole.
_OF_SPARK = r"_temporary (?: /\d+ (?: /_temporary )? (?: /(?:task|attempt)_\w+ )? )?"
#: What lies among tables on their way, by its path in there: they themselves with the logs of databases, and what gives
#: way to them.
IN_STAGING = re.compile(
    rf"""{_RECORDS} | {re.escape(RECORD)}\.new | {TABLE}\.(?:csv|jsonl|parquet) | {WITH_LOGS}
    | {TABLE}\.parquet/ (?: {_OF_SPARK} | (?: {_OF_SPARK}/ )? (?: {_OF_ENGINES} ) )
    | {DATABASE}\.duckdb\.tmp (?: /duckdb_temp_[\w-]+\.(?:tmp|block) )?
    | before
      (?: / (?: {re.escape(RECORD)} | {TABLE}\.(?:csv|jsonl|parquet) | {TABLE}\.parquet/(?: {_OF_ENGINES} )
            | {WITH_LOGS} ) )?""",
    re.VERBOSE,
)
_PART = r"\d{10}(?:\.[0-9a-f]{32}\.[0-9a-f]{32}\.part)?"
_PARTS = rf"""{_RECORDS} | names\.[0-9a-f]{{32}}\.sqlite(?:-(?:wal|shm|journal))?
    | {_PART}
      (?: / (?: {re.escape(RECORD)} | {_ASIDE.pattern} | (?:{TABLE}|{PROFILES.name})\.parquet ) )?"""
#: What lies among finished pages: checkpoints, and the partitions and buckets of a cluster, which are folders of tables
#: with hidden folders of their own.
IN_CHECKPOINTS = re.compile(
    rf"""{_PARTS} | final-\d\d\.json
    | (?: known | partition-\d{{5,}} | (?:entities|repeats)-\d\d )
      (?: / (?: {re.escape(LOCK)} | {re.escape(RECORD)} | {TABLE}\.parquet
            | {re.escape(STAGING)}(?:{re.escape(_GONE)})? (?: / (?: {IN_STAGING.pattern} ) )?
            | {re.escape(CHECKPOINTS)}(?:{re.escape(_GONE)})? (?: / (?: {_PARTS} ) )? | {_PARTS} ) )?""",
    re.VERBOSE,
)
#: Those that are folders.
_FOLDERS = re.compile(rf"before|{_PART}")


def write_record(folder: Path, **facts: Any) -> None:
    """Write the record, under a name that nothing else has first."""
    aside = folder / f"{RECORD}.{uuid4().hex}.part"
    write_aside(aside, **facts)
    os.replace(aside, folder / RECORD)


def write_aside(aside: Path, **facts: Any) -> None:
    """Write a record that has not its name yet."""
    stated = {"kind": KIND, "bulletinnlp": bulletinnlp.__version__, **facts}
    record = json.loads(json.dumps(stated, ensure_ascii=False, default=str).encode("utf-8", "replace"))
    text = json.dumps({**record, "digest": record_digest(record)}, ensure_ascii=False, indent=1)
    with aside.open("x", encoding="utf-8") as file:
        try:
            file.write(text + "\n")
            file.flush()
        except OSError:
            aside.unlink(missing_ok=True)
            raise


def refuse_hidden(folder: Path) -> None:
    """Raise FileExistsError for a folder that has, or lies in one that has, the name of a hidden folder of ours."""
    for name in Path(os.path.realpath(folder)).parts:  # Path.resolve raises RuntimeError for a loop of links
        if name.removesuffix(_GONE) in (CHECKPOINTS, STAGING):
            raise FileExistsError(f"{folder}: a run keeps in {name} what is not finished; choose another folder")


class HiddenFolder:
    """A folder of ours in a folder of tables; `holds` says in its record what for, `names` what we put there."""

    def __init__(self, path: Path, holds: str, names: re.Pattern[str]) -> None:
        self.path = path
        self.holds = holds
        self._names = names
        self._gone = path.with_name(f"{path.name}{_GONE}")

    def record(self) -> dict[str, Any] | None:
        """The folder's record, None if it is not ours."""
        record = read_record(self.path) if is_kind(self.path, S_ISDIR) else None
        return record if record and record.get("holds") == self.holds else None

    def make(self, foreign: Container[str] = (), **facts: Any) -> None:
        """Make the folder anew; what is in `foreign` stays. Raises FileExistsError if something else stands there."""
        self.clear(foreign)
        self.path.mkdir(parents=True, exist_ok=True)
        self.note(**facts)

    def empty(self, **facts: Any) -> None:
        """Make the folder, or empty it of what is ours; at any moment its record says the old facts or the new ones."""
        self._refuse_unmarked(self.path)
        self.path.mkdir(parents=True, exist_ok=True)
        self.note(**facts)
        _remove_all(self.path, self._names, record=False)

    def remove(self, name: str) -> None:
        """Remove a folder that lies in there, but what somebody has put into it."""
        for path, inside in list(_walk(self.path / name)):
            if self._names.fullmatch(f"{name}/{inside}") and is_kind(path, S_ISREG):
                path.unlink()
        with suppress(OSError):  # it is not empty
            (self.path / name).rmdir()

    def note(self, **facts: Any) -> None:
        """Write the folder's record."""
        write_record(self.path, holds=self.holds, **facts)

    def refuse_others(self) -> None:
        """Raise FileExistsError if something stands there that is not ours, or lies in there."""
        for path in (self.path, self._gone):
            self._refuse_unmarked(path)
            if other := next(_others(path, self._names), None):
                raise FileExistsError(f"{path}: {self._told} ({other.name})")

    def _refuse_unmarked(self, path: Path) -> None:
        if os.path.lexists(path) and not is_kind(path, S_ISDIR):
            raise FileExistsError(f"{path}: is no folder of ours; move it away")
        unmarked = (read_record(path) or {}).get("holds") != self.holds
        if unmarked and os.path.exists(path) and not all(map(_ASIDE.fullmatch, os.listdir(path))):
            raise FileExistsError(f"{path}: {self._told}")

    @property
    def _told(self) -> str:
        return f"the folder holds something else than {self.holds}; move it away"

    def clear(self, foreign: Container[str] = ()) -> None:
        """Remove the folder. It takes another name first: at any moment it is all there, or not at all.

        What somebody has put into it stays there, and what is in `foreign`, by its name in the folder.
        """
        for path in (self._gone, self.path):
            self._refuse_unmarked(path)
        _remove_all(self._gone, self._names)
        if os.path.exists(self.path):
            if next(_others(self.path, self._names, foreign), None):
                _remove_all(self.path, self._names, foreign)
            else:
                self.path.rename(self._gone)
                _remove_all(self._gone, self._names)


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """What lies in a folder and below, the folders last, with its path in there; no link is followed."""
    for at, folders, files in os.walk(folder, topdown=False, followlinks=False):
        for name in (*files, *folders):
            path = Path(at, name)
            yield path, path.relative_to(folder).as_posix()


def _others(folder: Path, names: re.Pattern[str], foreign: Container[str] = ()) -> Iterator[Path]:
    """What lies in a hidden folder and is not of the files and folders that we put there, by their names."""
    for path, name in _walk(folder):
        kinds = (S_ISDIR,) if _FOLDERS.fullmatch(name) else (S_ISREG, S_ISDIR)
        ours = names.fullmatch(name) and any(is_kind(path, kind) for kind in kinds)
        if not ours or name.partition("/")[0] in foreign:
            yield path


def _remove_all(folder: Path, names: re.Pattern[str], foreign: Container[str] = (), *, record: bool = True) -> None:
    """Remove a hidden folder but what is not ours; the record, which says that it is ours, goes last, or stays."""
    kept = set(_others(folder, names, foreign))
    for path, name in list(_walk(folder)):
        if path in kept or name == RECORD:
            continue
        if not path.is_dir():
            path.unlink()
        elif not os.listdir(path):
            path.rmdir()
    if record and folder.exists():
        (folder / RECORD).unlink(missing_ok=True)
        if not os.listdir(folder):
            folder.rmdir()
