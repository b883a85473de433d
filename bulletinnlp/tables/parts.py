"""Finished pages on disk while a run goes on.

    tables/.bulletinnlp-parts/run.json                     what the run was asked for, and that the folder is ours
    tables/.bulletinnlp-parts/0000000000/events.parquet    the rows of the inputs 0, 1, 2 …
    tables/.bulletinnlp-parts/0000000117/events.parquet    the rows of the inputs 117, 118 …

A part is written aside and renamed as a folder, so it is whole or not there: a run that is killed at any moment loses
the pages since its last part, no more, and `--resume` goes on behind them. The parts go in the same way, all at once.
Parts are ordinary Parquet and can be opened as they stand; the ids of entities in them are still those that each
article gives on its own (`settling`).
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import bulletinnlp
from bulletinnlp.tables.frames import arrow_tables
from bulletinnlp.tables.record import ASIDE, read_record, write_record
from bulletinnlp.tables.rows import Rows
from bulletinnlp.tables.settling import Part

FOLDER = ".bulletinnlp-parts"
#: The name of a folder of parts that goes: what is left of it after a kill is of no use.
GONE = f"{FOLDER}.gone"
#: In the record of a folder of parts and in no other: what is in there is ours to remove.
MARK = {"holds": "the finished pages of a run"}
INPUTS = "inputs.json"
NAMES = "names.sqlite"
#: A part ends at the first of these: bytes of its tables, seconds since the last part.
PART_BYTES, PART_SECONDS = 8_000_000, 2.0
#: Rows are kept as Python objects until there are so many, then as Arrow.
ROWS_AT_ONCE = 2_000


class OtherRunError(ValueError):
    """The folder holds another run than the one that is to go on."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Inputs that are in no part yet. It never changes, so that an interrupt finds it whole."""

    first: int = -1
    inputs: tuple[str, ...] = ()
    chunks: tuple[Part, ...] = ()
    rows: tuple[Rows, ...] = ()

    @property
    def end(self) -> int:
        return self.first + len(self.inputs)

    @property
    def nbytes(self) -> int:
        return sum(data.nbytes for chunk in self.chunks for data in chunk.values())

    def with_input(self, position: int, name: str, rows: Rows) -> _Waiting:
        first = self.first if self.inputs else position
        more = _Waiting(first, (*self.inputs, name), self.chunks, (*self.rows, rows))
        return more if sum(len(some) for page in more.rows for some in page.values()) < ROWS_AT_ONCE else more.packed()

    def packed(self) -> _Waiting:
        """The same with its rows as Arrow."""
        if not self.rows:
            return self
        tables = dict.fromkeys(table for page in self.rows for table in page)
        joined = {table: [row for page in self.rows for row in page.get(table, ())] for table in tables}
        return replace(self, chunks=(*self.chunks, arrow_tables(joined)), rows=())


class Parts:
    """The parts of a run in `folder/.bulletinnlp-parts`.

    `begin` makes or resumes it; `add` takes the rows of inputs in order; `flush` writes what waits; iterating reads
    the parts in order, one at a time; `clear` removes them. `begin` and `clear` raise FileExistsError if there is a
    folder of that name which no run made.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder, FOLDER)
        self._waiting = _Waiting()
        self._written = time.monotonic()
        self._done: Iterator[tuple[int, str]] = iter(())
        self._next: tuple[int, str] | None = None

    def begin(self, asked: Mapping[str, Any], resume: bool) -> None:
        """Begin anew, or go on with a run that was asked for the same; `asked` says what for.

        Raises OtherRunError if the run that is there was asked for something else.
        """
        self._leave_strangers_alone()
        asked = json.loads(json.dumps({"bulletinnlp": bulletinnlp.__version__, **asked, **MARK}, default=str))
        earlier = read_record(self.folder) if resume else None
        if earlier is None:
            self.clear()
            self.folder.mkdir(parents=True)
            write_record(self.folder, **asked)
        elif other := [name for name, value in asked.items() if earlier.get(name) != value]:
            told = ", ".join(f"{name} was {earlier.get(name)!r} and is {asked[name]!r}" for name in other)
            raise OtherRunError(f"{self.folder.parent}: the run to resume was another one: {told}")
        for half in self.folder.glob("*.part"):
            shutil.rmtree(half) if half.is_dir() else half.unlink()
        self._done = self.inputs()
        self._next = next(self._done, None)

    def skip(self, position: int, name: str) -> bool:
        """Whether the input at this position is in a part; to be asked in order, once for each input.

        Raises OtherRunError if another input stood there.
        """
        if self._next is None or self._next[0] != position:
            return False
        if self._next[1] != name:
            told = f"input {position + 1} was {self._next[1]} and is {name}"
            raise OtherRunError(f"{self.folder.parent}: the inputs have changed since the run began: {told}")
        self._next = next(self._done, None)
        return True

    def add(self, position: int, name: str, rows: Rows) -> None:
        """Add the rows of an input; a part is written when enough wait, or where an earlier part follows."""
        if position != self._waiting.end:
            self.flush()
        self._waiting = self._waiting.with_input(position, name, rows)
        if self._waiting.nbytes >= PART_BYTES or time.monotonic() - self._written >= PART_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what waits as a part. After an interrupt at any moment it can be called again."""
        waiting = self._waiting.packed()
        if waiting.inputs:
            self.write(waiting.first, waiting.inputs, waiting.chunks)
        self._waiting = _Waiting()
        self._written = time.monotonic()

    def write(self, first: int, inputs: Sequence[str], chunks: Sequence[Part]) -> None:
        """Write a part: the tables of the inputs from position `first` on. Writing it again changes nothing."""
        path = self.folder / f"{first:010d}"
        if path.exists():
            return
        aside = path.with_suffix(".part")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        for table in dict.fromkeys(table for chunk in chunks for table in chunk):
            pq.write_table(pa.concat_tables(c[table] for c in chunks if table in c), aside / f"{table}.parquet")
        (aside / INPUTS).write_text(json.dumps(inputs, ensure_ascii=False), encoding="utf-8")
        aside.replace(path)

    def hold(self, file: str | PathLike[str]) -> bool:
        """Whether a file or a folder lies among the parts, or is their folder."""
        try:
            return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(self.folder))
        except ValueError:  # a NUL in its name: it is nowhere
            return False

    def paths(self) -> list[Path]:
        """The folders of the parts, in the order of the inputs."""
        return sorted(path for path in self.folder.glob("[0-9]*") if path.suffix != ".part")

    def holding(self, table: str) -> list[Path]:
        """The files of a table."""
        return [file for path in self.paths() if (file := path / f"{table}.parquet").exists()]

    def inputs(self) -> Iterator[tuple[int, str]]:
        """Position and name of each input that is in a part."""
        for path in self.paths():
            yield from enumerate(json.loads((path / INPUTS).read_text(encoding="utf-8")), start=int(path.name))

    def __iter__(self) -> Iterator[Part]:
        return map(read_part, self.paths())

    def clear(self) -> None:
        """Remove the parts. They take another name first: at any moment they are all there, or none is."""
        self._leave_strangers_alone()
        gone = self.folder.with_name(GONE)
        shutil.rmtree(gone, ignore_errors=True)
        with suppress(FileNotFoundError):
            self.folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def _leave_strangers_alone(self) -> None:
        """Raise FileExistsError if the folder is there, and neither empty nor ours."""
        ours = MARK.items() <= (read_record(self.folder) or {}).items()
        if not ours and self.folder.exists() and set(os.listdir(self.folder)) - {ASIDE}:
            raise FileExistsError(f"{self.folder}: the folder holds something else than finished pages; move it away")


def read_part(path: Path) -> Part:
    """The tables of a part."""
    return {file.stem: _read(file) for file in sorted(path.glob("*.parquet"))}


def _read(file: Path) -> pa.Table:
    """A table of a part; `read_table`, which can do more, takes 40 MB for that."""
    with pq.ParquetFile(file) as open_file:
        return open_file.read(use_threads=False)
