"""Finished pages on disk while a run goes on.

    tables/.bulletinnlp-parts/run.json                     what the run was asked for, and that the folder is ours
    tables/.bulletinnlp-parts/0000000000/events.parquet    the rows of the pages that were finished first
    tables/.bulletinnlp-parts/0000000001/events.parquet    the rows of those that were finished next …

A checkpoint is written aside and renamed as a folder, so it is whole or not there: a run that is killed at any moment
loses the pages since its last checkpoint, no more, and `--resume` goes on behind them. Pages are in it in the order in
which they were finished; the column `input` says where each stands among the inputs, and reading them back restores
that order. A page that was read again stands in a later checkpoint, which counts. The files are ordinary Parquet; the
ids of entities in them are those that each article gives on its own (`tables/linking.py`). The record of a checkpoint
(`run.json` in its folder) lists its files and its inputs, and names the run that wrote it: one in which a file is
missing or cut is damaged, and one that was copied there from another run is not read.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from os import PathLike
from pathlib import Path
from stat import S_ISDIR
from typing import Any
from uuid import uuid4

import numpy as np

import bulletinnlp
from bulletinnlp.output.checkpoint_files import (
    DamagedCheckpointError,
    between,
    damaged,
    is_of_checkpoint,
    read_checkpoint,
    record_of,
    stamps_in,
    write_checkpoint,
)
from bulletinnlp.output.hidden_folders import HiddenFolder
from bulletinnlp.output.hidden_names import in_checkpoints
from bulletinnlp.output.lock import FolderLock, FolderLostError
from bulletinnlp.output.ownership import is_kind
from bulletinnlp.pages.input_state import InputState
from bulletinnlp.pages.plain_files import reason
from bulletinnlp.pages.run_record import CHECKPOINTS, read_record
from bulletinnlp.tables.frames import Tables

FOLDER = CHECKPOINTS
#: A checkpoint ends at the first of these: bytes of its tables, seconds since the last checkpoint.
CHECKPOINT_BYTES, CHECKPOINT_SECONDS = 8_000_000, 2.0
#: Checkpoints that are held while they are read in the order of the inputs: pages of one lie between those of another.
AT_HAND = 4


class OtherRunError(ValueError):
    """The folder holds another run than the one that is to go on."""


class FinishedPagesError(ValueError):
    """The folder holds finished pages, and it was not said what is to become of them."""


@dataclass(frozen=True, slots=True)
class _Pending:
    """Pages that are in no checkpoint yet, and the number that theirs will have.

    It never changes, so that an interrupt finds it whole.
    """

    number: int = 0
    inputs: tuple[tuple[int, InputState], ...] = ()
    pages: tuple[tuple[int, Tables], ...] = ()
    nbytes: int = 0

    def with_page(self, position: int, stamp: InputState, page: Tables) -> _Pending:
        nbytes = self.nbytes + sum(data.nbytes for data in page.values())
        return _Pending(self.number, (*self.inputs, (position, stamp)), (*self.pages, (position, page)), nbytes)


class Checkpoints:
    """The checkpoints of a run in `folder/.bulletinnlp-parts`.

    `begin` makes or resumes it; `add` takes the rows of inputs as they are finished; `flush` writes what waits;
    iterating reads them in the order of the inputs, few at a time; `clear` removes them. `begin` and `clear` raise
    FileExistsError if there is something of that name which no run made.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder, FOLDER)
        self._check: Callable[[], None] = lambda: None
        #: The run that the checkpoints are of: a number drawn when it began. None: what the record of the folder says.
        self._run: str | None = None
        self._there: os.stat_result | None = None
        self._finished: set[str] = set()
        self._hidden = HiddenFolder(self.folder, "finished pages", in_checkpoints)
        self._waiting = _Pending()
        self._written = time.monotonic()
        self._owners = np.empty(0, np.int32)
        self._stamps = lru_cache(AT_HAND)(lambda number: stamps_in(self._path(number)))
        self._count: int | None = None

    def begin(
        self, settings: Mapping[str, Any], resume: bool, overwrite: bool = False, lock: FolderLock | None = None
    ) -> list[str]:
        """Begin anew, or go on with a run that has the same `settings`.

        Damaged checkpoints are removed; gives what was wrong with each. Raises FileExistsError if something is there
        that this run has not written; OtherRunError if the run that is there
        was asked for something else; FinishedPagesError if pages are finished there, and they are neither to be gone
        on with (`resume`) nor to be given up (`overwrite`). `lock` is that of the folder that they lie in.
        """
        self._check = lock.check if lock else self._check
        self._check()
        self._hidden.refuse_others()
        settings = json.loads(json.dumps({"bulletinnlp": bulletinnlp.__version__, **settings}, default=str))
        earlier = self._hidden.record()
        before = str((earlier or {}).get("run") or "")
        self._refuse_foreign_parts(before)
        if self.paths() and not resume and not overwrite:
            told = "holds finished pages of a run that was stopped; --resume goes on with it, --overwrite begins anew"
            raise FinishedPagesError(f"{self.folder.parent}: the folder {told}")
        self._run = before if resume and earlier else uuid4().hex
        if earlier is None or not resume:
            self._hidden.make(foreign=self._foreign(before), run=self._run, **settings)
        elif other := [name for name, value in settings.items() if earlier.get(name) != value]:
            told = ", ".join(_other(name, earlier.get(name), settings[name]) for name in other)
            raise OtherRunError(f"{self.folder.parent}: the run to resume was another one: {told}")
        damaged = self._without_damaged() if resume and earlier else []  # else what is there now is not ours
        with self.reported_if_lost():
            self._there = self.folder.stat()
        self._owners = self._latest()
        self._waiting = _Pending(max(map(int, self._finished), default=-1) + 1)
        return damaged

    def _without_damaged(self) -> list[str]:
        """Find the checkpoints of the run that is resumed, and remove those that are half or damaged.

        Gives what was wrong with each that is damaged. What this run has not written stays, and takes no part.
        """
        found, foreign = [], self._foreign(self._run or "")
        for half in self.folder.glob(f"[0-9]*{_half(self._run or '')}"):
            self._hidden.remove(half.name)
        for path in self.paths():
            if path.name in foreign:
                continue
            try:
                stamps_in(path)
                read_checkpoint(path)
            except DamagedCheckpointError as error:
                found.append(str(error))
                self._hidden.remove(path.name)
            else:
                self._finished.add(path.name)
        return found

    def _foreign(self, run: str) -> list[str]:
        """The names of checkpoints, whole or half, that this run has not written."""
        found = []
        for path in sorted(self.folder.glob("[0-9]*")):
            if not is_kind(path, S_ISDIR):
                ours = False
            elif path.suffix == ".part":
                ours = path.name.endswith(_half(run))
            elif self._there is not None and path.name not in self._finished:
                ours = False
            elif (record := read_record(path)) is None:  # it is damaged, or never was one of ours
                ours = all(map(is_of_checkpoint, path.iterdir()))
            else:
                ours = record.get("run", "") == run
            if not ours:
                found.append(path.name)
        return found

    def _refuse_foreign_parts(self, run: str) -> None:
        """Raise FileExistsError for a checkpoint, whole or half, that another run has written."""
        if foreign := self._foreign(run):
            told = "holds what this run has not written, be it finished pages of another one; move it away"
            raise FileExistsError(f"{self.folder / foreign[0]}: {told}")

    @staticmethod
    def _refuse_foreign(path: Path, run: str | None) -> None:
        """Raise DamagedCheckpointError for a checkpoint that another run has written."""
        if run is not None and record_of(path).get("run", "") != run:
            raise damaged(path, "they are of another run")

    def stamp(self, position: int) -> InputState | None:
        """The stamp of the input at this position when it was read; None if it was not. To be asked in order."""
        if position >= len(self._owners) or (number := self._owners[position]) < 0:
            return None
        return self._stamps(int(number))[position]

    def add(self, position: int, stamp: InputState, page: Tables) -> None:
        """Add the rows of an input; a checkpoint is written when enough wait."""
        self._waiting = self._waiting.with_page(position, stamp, page)
        if self._waiting.nbytes >= CHECKPOINT_BYTES or time.monotonic() - self._written >= CHECKPOINT_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what waits as a checkpoint. After an interrupt at any moment it can be called again."""
        if self._waiting.inputs:
            self._waiting = _Pending(self.write(self._waiting) + 1)
        self._written = time.monotonic()

    def check(self) -> None:
        """Raise FolderLostError if the folder is no longer ours, or checkpoints that were finished are gone from it."""
        self._check()
        if self._there is None:  # none was begun
            return
        try:
            same = os.path.samestat(self._there, self.folder.stat())
        except OSError:
            same = False
        gone = {name for name in self._finished if not (same and (self.folder / name).is_dir())}
        if gone or not same:
            told = f"{len(gone)} of {len(self._finished)} parts with finished pages are gone" if gone else "is gone"
            raise FolderLostError(f"{self.folder}: {told}; no table was written; --resume reads their pages again")

    @contextmanager
    def reported_if_lost(self) -> Iterator[None]:
        """An error that comes of a folder that is gone says so; one of the database of names is an OSError."""
        try:
            yield
        except OSError:
            self.check()
            raise
        except sqlite3.Error as error:
            self.check()
            raise OSError(f"{self.folder}: the names can not be kept there ({reason(error)})") from None

    def write(self, waiting: _Pending) -> int:
        """Write a checkpoint, and give its number. Writing it again changes nothing.

        Raises FolderLostError as `check` does. A checkpoint that somebody has put there takes no number from ours.
        """
        self.check()
        number = waiting.number
        while os.path.lexists(path := self._path(number)) and not self._is_written(path, waiting):
            number += 1
        if not path.exists():
            with self.reported_if_lost():
                self._write(waiting, path)
        self._finished.add(path.name)
        return number

    def _is_written(self, path: Path, waiting: _Pending) -> bool:
        record = read_record(path) or {}
        positions = sorted(position for position, _ in waiting.inputs)
        return record.get("run") == self._run and [position for position, _ in record["pages"]] == positions

    def _write(self, waiting: _Pending, path: Path) -> None:
        aside = path.with_name(f"{path.name}.{uuid4().hex}{_half(self._run or '')}")
        aside.mkdir(parents=self._there is None)  # else the folder is there, or was lost
        write_checkpoint(aside, waiting.pages, run=self._run, pages=sorted(waiting.inputs))
        self.check()
        aside.replace(path)

    def end(self, count: int) -> None:
        """Say how many inputs there are: what checkpoints hold of others is left out."""
        self._count = count

    def hold(self, file: str | PathLike[str]) -> bool:
        """Whether a file or a folder lies among the checkpoints, or is their folder."""
        try:
            return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(self.folder))
        except ValueError:  # a NUL in its name: it is nowhere
            return False

    def paths(self) -> list[Path]:
        """The folders of the checkpoints, in the order in which they were written."""
        found = sorted(self.folder.glob("[0-9]" * 10))
        if self._there is None:
            return found if self._hidden.record() else []  # else they are of somebody else
        return [path for path in found if path.name in self._finished]

    def have(self, table: str) -> bool:
        """Whether a checkpoint holds rows of a table."""
        return any(table in record_of(path).get("rows", {}) for path in self.paths())

    @property
    def run(self) -> str:
        """The number of the run, which its own names bear."""
        return self._run or ""

    @property
    def finished(self) -> list[str]:
        """The names of the checkpoints that this run has written."""
        return sorted(self._finished)

    def reopen(self, run: str, finished: Iterable[str]) -> None:
        """Read what another process has written: the checkpoints of these names of this run, and no others."""
        self._run, self._finished = run, set(finished)
        with self.reported_if_lost():
            self._there = self.folder.stat()
        self.check()

    @property
    def names(self) -> Path:
        """Where the names of all pages are kept while they are linked."""
        return self.folder / f"names.{self._run or ''}.sqlite"

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:010d}"

    def inputs(self) -> Iterator[tuple[int, InputState]]:
        """Position and stamp of each input that is in a checkpoint, in order."""
        owners = self._latest()
        for position in np.flatnonzero(owners >= 0):
            yield int(position), self._stamps(int(owners[position]))[int(position)]

    def __iter__(self) -> Iterator[Tables]:
        """The rows in the order of the inputs: stretches of pages that are in one checkpoint."""
        owners, read = self._latest(), lru_cache(AT_HAND)(lambda number: read_checkpoint(self._path(number)))
        cuts = (np.flatnonzero(np.diff(owners)) + 1).tolist()
        for first, end in pairwise([0, *cuts, len(owners)]):
            if end > first and owners[first] >= 0:
                yield between(read(int(owners[first])), first, end)

    def clear(self) -> None:
        """Remove the checkpoints. They take another name first: at any moment they are all there, or none is.

        What this run has not written stays.
        """
        self._check()
        run = (self._hidden.record() or {}).get("run", "") if self._run is None else self._run
        self._hidden.clear(self._foreign(run))
        self._there = None

    def _latest(self) -> np.ndarray:
        """For each input the number of the checkpoint that it is in, -1 for none; of several, the latest counts."""
        self._stamps.cache_clear()
        run = (self._hidden.record() or {}).get("run") if self._run is None else self._run
        for path in self.paths():
            self._refuse_foreign(path, run)
        positions = [(int(path.name), list(self._stamps(int(path.name)))) for path in self.paths()]
        owners = np.full(1 + max((max(some) for _, some in positions if some), default=-1), -1, np.int32)
        for number, some in positions:
            owners[some] = number
        return owners if self._count is None else owners[: self._count]


def _half(run: str) -> str:
    """How the name of a checkpoint of a run ends while it is written."""
    return f".{run}.part"


def _other(name: str, before: Any, now: Any) -> str:
    """What is another in a run that is not the one to resume.

    >>> _other("model", "embedded", "hanlp"), _other("components", {"titles": "2f0c"}, {"titles": "97aa"})
    ("model was 'embedded' and is 'hanlp'", 'the component titles has changed')
    """
    if name == "components":
        before = before or {}
        changed = [each for each in {**before, **now} if before.get(each) != now.get(each)]
        return (
            f"the component{'s' * (len(changed) > 1)} {', '.join(changed)} {'have' if changed[1:] else 'has'} changed"
        )
    if name == "pipeline" and before and now:
        return "the pipeline has other components or settings"
    return f"{name} was {before!r} and is {now!r}"
