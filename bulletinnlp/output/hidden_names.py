"""Which files in the hidden folders a run wrote: by their names, and by what the records there say.

| folder | ours is |
| --- | --- |
| tables on their way | what the record names: the tables, what gave way to them, the parts of an engine's tables |
| finished pages | checkpoints with what their records list, and what bears the number of the run in its name |

The rest was put there by somebody, whatever its name: it is never read, published or removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bulletinnlp.output.ownership import DATABASE, TABLE, WITH_LOGS, is_kind
from bulletinnlp.pages.run_record import CHECKPOINTS, KIND, LOCK, RECORD, STAGING, read_record
from bulletinnlp.tables.schema import PROFILES

#: A record that has not its name yet.
ASIDE = re.compile(rf"{re.escape(RECORD)}\.[0-9a-f]{{32}}\.part")
#: How each record begins.
_HEAD = f'{{\n "kind": "{KIND}"'.encode()
#: What a hidden folder is called besides while it is removed.
GONE = ".gone"
#: Where Spark writes tables before they are gathered, with the number of the run behind it.
OF_SPARK = "spark"
_RUN = r"\.[0-9a-f]{32}"
_RECORDS = rf"{re.escape(RECORD)} | {ASIDE.pattern}"
#: The folders of a run on Dask: what was known, each partition, the buckets of names and of page ids.
_OF_DASK = r"(?: known | partition-\d{5,} | (?:entities|repeats)-\d\d )"
#: The files of Spark, with sums of theirs beside them; and where it has them before a table is whole.
_PARTS_OF_SPARK = r"\.?part-[\w.-]+\.parquet(?:\.crc)? | _SUCCESS | \._SUCCESS\.crc"
_TEMPORARY = r"_temporary (?: /\d+ (?: /_temporary )? (?: /(?:task|attempt)_\w+ )? )?"
_INSIDE = rf"{_OF_DASK}\.parquet | {_PARTS_OF_SPARK}"
#: What lies among tables on their way, by its path in there: they themselves with the logs of databases, and what gives
#: way to them.
IN_STAGING = re.compile(
    rf"""{_RECORDS} | {re.escape(RECORD)}\.new | {TABLE}\.(?:csv|jsonl|parquet) | {WITH_LOGS}
    | {TABLE}\.parquet/ (?: {_INSIDE} )
    | {OF_SPARK}{_RUN}
      (?: /{TABLE}\.parquet (?: / (?: {_TEMPORARY} | (?: {_TEMPORARY}/ )? (?: {_PARTS_OF_SPARK} ) ) )? )?
    | {DATABASE}\.duckdb\.tmp (?: /duckdb_temp_[\w-]+\.(?:tmp|block) )?
    | before
      (?: / (?: {re.escape(RECORD)} | {TABLE}\.(?:csv|jsonl|parquet) | {TABLE}\.parquet/(?: {_INSIDE} )
            | {WITH_LOGS} ) )?""",
    re.VERBOSE,
)
_PART = rf"\d{{10}}(?:{_RUN}{_RUN}\.part)?"
_PARTS = rf"""{_RECORDS} | names{_RUN}\.sqlite
    | {_PART}
      (?: / (?: {re.escape(RECORD)} | {ASIDE.pattern} | (?:{TABLE}|{PROFILES.name})\.parquet ) )?"""
#: What lies among finished pages: checkpoints, and the partitions and buckets of a cluster, which are folders of tables
#: with hidden folders of their own.
IN_CHECKPOINTS = re.compile(
    rf"""{_PARTS} | final-\d\d{_RUN}\.json
    | {_OF_DASK}{_RUN}
      (?: / (?: {re.escape(LOCK)} | {_RECORDS} | {TABLE}\.parquet
            | {re.escape(STAGING)}(?:{re.escape(GONE)})? (?: / (?: {IN_STAGING.pattern} ) )?
            | {re.escape(CHECKPOINTS)}(?:{re.escape(GONE)})? (?: / (?: {_PARTS} ) )? ) )?""",
    re.VERBOSE,
)
#: Those that are folders.
FOLDERS = re.compile(rf"before|{_PART}|{OF_SPARK}{_RUN}")

#: Whether a run wrote what has this path in a hidden folder.
IsOurs = Callable[[str], bool]


def is_record(path: Path) -> bool:
    """Whether a file is a record of ours, or the beginning of one that an ended run has left."""
    if not is_kind(path, S_ISREG):
        return False
    with path.open("rb") as file:
        return _HEAD.startswith(file.read(len(_HEAD)))


def in_staging(folder: Path) -> IsOurs:
    """Which files among tables on their way are ours, as the record says now.

    A record of an earlier version names none: then all that bear names of ours are.
    """
    record = read_record(folder) or {}
    names, leaving, inside = (set(record[key]) if key in record else None for key in ("names", "leaving", "inside"))
    run = str(record.get("run") or "")

    def is_ours(name: str) -> bool:
        if not IN_STAGING.fullmatch(name):
            return False
        top, _, rest = name.partition("/")
        if top.startswith(RECORD):
            return is_record(folder / name)
        if names is None:
            return True
        if top == "before":
            return not rest or rest in (leaving or ()) or any(n.startswith(f"{rest}/") for n in leaving or ())
        if top.startswith(f"{OF_SPARK}."):
            return bool(run) and top == f"{OF_SPARK}.{run}" and (not rest or _is_of_spark(folder / name, run))
        if rest and top.endswith(".parquet"):
            return name in (inside or ())
        return any(top == each or top in _beside(each) for each in names)

    return is_ours


def _beside(name: str) -> tuple[str, ...]:
    """What the library that writes a database puts beside it while it does."""
    if name == f"{DATABASE}.sqlite":
        return (f"{name}-journal",)
    return (f"{name}.wal", f"{name}.wal.checkpoint", f"{name}.wal.recovery", f"{name}.tmp")


def _is_of_spark(path: Path, run: str) -> bool:
    """Whether Spark has written a file for this run, or made a folder."""
    if "_temporary" in path.parts or path.name in ("_SUCCESS", "._SUCCESS.crc") or path.is_dir():
        return True
    if path.suffix == ".crc":
        part = path.with_name(path.name.removeprefix(".").removesuffix(".crc"))
        return not part.exists() or has_mark(part, run)
    return has_mark(path, run)


def has_mark(file: Path, run: str) -> bool:
    """Whether a file is Parquet with the number of a run in what its footer says."""
    try:
        said = pq.read_metadata(file).metadata or {}
    except (OSError, pa.ArrowException):
        return False
    return any(run.encode() in value for value in said.values())


def in_checkpoints(folder: Path, *, nested: bool = False) -> IsOurs:
    """Which files among finished pages are ours, as the records say now.

    Whether a checkpoint as a whole is of this run is for `Checkpoints` to say; of a partition (`nested`), it is said
    here.
    """
    run = str((read_record(folder) or {}).get("run") or "")
    record_of = lru_cache(1_000)(read_record)
    below: dict[Path, IsOurs] = {}

    def is_ours(name: str) -> bool:
        if not IN_CHECKPOINTS.fullmatch(name):
            return False
        top, _, inside = name.partition("/")
        if top.startswith(RECORD):
            return is_record(folder / name)
        if not top[:10].isdigit():
            return bool(run) and run in top.split(".") and (not inside or of_dask(folder / top, inside))
        if top.endswith(".part"):
            return not nested or top.endswith(f".{run}.part")
        if (record := record_of(folder / top)) is None:
            return not nested
        if nested and record.get("run") != run:
            return False
        if inside.startswith(RECORD):
            return is_record(folder / name)
        return not inside or inside in record.get("files", ())

    def of_dask(at: Path, name: str) -> bool:
        """Whether the run wrote what lies in the folder of a partition or a bucket."""
        top, _, inside = name.partition("/")
        if top.startswith(RECORD):
            return is_record(at / name)
        if top == LOCK:
            return True
        if top.endswith(".parquet"):
            return name in _listed(record_of(at))
        if inside and at / top not in below:
            hidden = top.removesuffix(GONE)
            below[at / top] = in_staging(at / top) if hidden == STAGING else in_checkpoints(at / top, nested=True)
        return not inside or below[at / top](inside)

    return is_ours


def _listed(record: dict[str, Any] | None) -> dict[str, Any]:
    return (record or {}).get("files", {})
