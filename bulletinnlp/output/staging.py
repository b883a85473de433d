"""Tables on their way: written in a hidden folder, and published when all are whole.

While files take their names there is no record in the folder of tables, but the hidden folder says which they are: a
run that is killed then leaves nothing that is not known to be ours, and the next one puts back what stood there. One
that is interrupted, or finds something in its way, does so itself (`output/rollback.py`). Nothing is replaced: what
gives way is moved into the hidden folder and removed in the end, if it is still what was looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from typing import Any
from uuid import uuid4

from bulletinnlp.output.hidden_folders import HiddenFolder, write_aside
from bulletinnlp.output.hidden_names import in_staging
from bulletinnlp.output.lock import FolderLock, FolderLostError
from bulletinnlp.output.ownership import (
    fingerprint,
    in_the_way,
    is_kind,
    logs,
    place,
    refuse_others,
    unchanged,
    written,
)
from bulletinnlp.output.rollback import (
    BEFORE,
    COMING,
    State,
    keep_aside,
    put_back,
    state_of,
    take_back,
    was_publishing,
)
from bulletinnlp.pages.plain_files import in_a_line
from bulletinnlp.pages.run_record import RECORD, STAGING, read_record

#: What a record says of how tables were written that may stay when others come.
TRAITS = ("guard",)
#: What the record of the hidden folder says of the files in it.
_PUT = ("names", "run", "inside", "leaving")


class Staging:
    """The hidden folder for the tables of a folder, and how they get out of it.

    `overwrite` gives up plain files in the place of tables that no run wrote. Making one raises FileExistsError if
    something is in the way of `names`, before anything is written. `lock` is that of the folder: where that is no
    longer ours, nothing is published nor removed there.
    """

    def __init__(
        self, folder: Path, names: Iterable[str], *, overwrite: bool = False, lock: FolderLock | None = None
    ) -> None:
        self.folder = folder
        self._lock = lock
        self.check()
        self.names = list(names)
        self._overwrite = overwrite
        #: The number of the run; what Spark writes for it bears that.
        self.run = uuid4().hex
        self._hidden = hidden_tables(folder)
        check_way(folder, self.names, overwrite=overwrite)
        #: What the record says of the files that a run put there (`output/hidden_names.py`): first, of the run before.
        before = self._hidden.record()
        self._put: dict[str, Any] = {"names": []} if before is None else {n: before[n] for n in _PUT if n in before}
        #: A handle of each table that is a file, as it was made: while it is open, no other file has its number.
        self._made: dict[str, int] = {}
        try:
            with self.reported_if_lost():
                put_back(folder, self._note)
                self._hidden.empty(**self._left(), **self._put)
                self._put = {"names": self.names, "run": self.run}
                self._note(**self._left())
        except BaseException:
            with suppress(OSError):  # it is not empty
                self._hidden.path.rmdir()
            raise

    def _left(self) -> dict[str, Any]:
        """What a run that was stopped while its tables took their names has left: to be remembered."""
        if not was_publishing(self.folder):
            return {}
        return {"files": {name: fingerprint(self.folder / name) for name in unchanged(self.folder)}}

    def _note(self, **facts: Any) -> None:
        self._hidden.note(**self._put, **facts)

    def check(self) -> None:
        """Raise FolderLostError if the folder is no longer ours."""
        if self._lock:
            self._lock.check()

    @contextmanager
    def reported_if_lost(self) -> Iterator[None]:
        """An OSError that comes of a folder or a file that is gone says so: FolderLostError."""
        try:
            yield
        except OSError as error:
            self.check()
            if isinstance(error, FileNotFoundError) or not self._hidden.path.is_dir():
                told = f"is gone, with the tables on their way ({error.filename or 'the folder'})"
                raise FolderLostError(f"{self._hidden.path}: {told}; none was published; run it again") from None
            raise

    def path(self, name: str) -> Path:
        """Where to write the table that takes `name` in the end."""
        return self._hidden.path / name

    @contextmanager
    def making(self) -> Iterator[None]:
        """Where the tables are opened: what stands in the place of one of them stays, and stops it."""
        for name in (each for table in self.names for each in (*logs(table), table)):
            if os.path.lexists(path := self.path(name)):
                raise in_the_way(path)
        yield
        for name in self.names:
            if os.name != "nt" and is_kind(self.path(name), S_ISREG):  # Windows replaces no file that is open
                self._made[name] = os.open(self.path(name), os.O_RDONLY)

    def _is_made(self, name: str) -> bool:
        """Whether a table is still the file that was made for it."""
        if name not in self._made:
            return True
        try:
            return os.path.samestat(os.fstat(self._made[name]), self.path(name).lstat())
        except OSError:
            return False

    def gather(self, files: Mapping[str, Path]) -> None:
        """Let these files be the parts of tables that are folders: `events.parquet/partition-00000.parquet`."""
        with self.reported_if_lost():
            self._put["inside"] = sorted(files)
            self._note()
            for name in self.names:
                try:
                    self.path(name).mkdir()
                except FileExistsError:
                    raise in_the_way(self.path(name)) from None
            for name, source in files.items():
                place(source, self.path(name))

    def publish(
        self,
        rows: Mapping[str, int],
        facts: Mapping[str, Any],
        traits: Mapping[str, Any],
        written_as: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Let the tables take their names, and record them.

        Of the tables that the last record lists, those that these replace go: with `facts` (a whole run, a folder
        holds one) all, else those of the same format. `traits` say how the format was written, `last` in the record
        which one it was. Without `facts` no run is recorded: the tables are no longer what one found. `written_as` are
        fingerprints of parts, from those who wrote them.
        """
        with self.reported_if_lost():
            self._publish(rows, facts, traits, written_as or {})

    def _publish(
        self,
        rows: Mapping[str, int],
        facts: Mapping[str, Any],
        traits: Mapping[str, Any],
        written_as: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self.check()
        states = {name: state_of(self.folder / name) for name in (RECORD, *written(self.folder))}
        seen = {name: state for name, state in states.items() if state}
        refuse_others(self.folder, self.names, overwrite=self._overwrite)
        earlier = read_record(self.folder) or {}
        before = {name: fingerprint(self.folder / name) for name in unchanged(self.folder)}
        suffixes = {Path(name).suffix for name in self.names}
        stale = [n for n in before if facts or Path(n.partition("/")[0]).suffix in suffixes]
        self._refuse_foreign()
        new = {file: fingerprint(self._hidden.path / file) for name in self.names for file in self._files(name)}
        self._refuse_changed(new, written_as)
        kept = {n: known for n, known in before.items() if not facts and n not in stale and n not in new}
        said = {name: earlier[name] for name in TRAITS if name in earlier and not facts}
        last = min(suffixes, default="").lstrip(".")
        files = dict(sorted({**kept, **new}.items()))
        record = {**said, **facts, **traits, "last": last, "files": files, "rows": dict(rows)}
        write_aside(self.path(COMING), **record)
        ours = [RECORD, *stale] if RECORD in seen else stale
        others = [RECORD, *(each for name in self.names for each in (*logs(name), name))] if self._overwrite else []
        given_up = [name for name in others if name not in ours and is_kind(self.folder / name, S_ISREG)]
        self.check()  # taking the fingerprints may have lasted
        self._put["leaving"] = [*ours, *given_up]
        self._note(files=new, before=before)
        self._rename([*ours, *given_up], {name: seen[name] for name in ours}, _folders(stale))
        self._note()

    def _rename(self, leaving: list[str], seen: Mapping[str, State], folders: Iterable[str]) -> None:
        """Move files out of the way and let the tables, and last the record, take their names: all, or none.

        Raises FileExistsError if one of these files is not as it was seen, or something has come in the way.
        """
        aside = self.path(BEFORE)
        moves = [(self.folder / name, aside / name) for name in leaving]
        moves += [(self.path(name), self.folder / name) for name in self.names]
        moves += [(self.path(COMING), self.folder / RECORD)]
        databases = {self.folder / name for name in (*leaving, *self.names) if logs(name)}
        states = {source: state_of(source) for source, _ in moves[len(leaving) :]}
        try:
            for number, (source, target) in enumerate(moves):
                if number == len(leaving):
                    _remove_empty(self.folder / name for name in folders)
                target.parent.mkdir(parents=True, exist_ok=True)
                place(source, target)
                last = target == self.folder / RECORD
                for database in databases if last else (source if number < len(leaving) else target,):
                    self._refuse_logs(database)
                if number < len(leaving) and state_of(target) != seen.get(leaving[number], state_of(target)):
                    raise FileExistsError(f"{source}: was changed while the tables were published; move it away")
        except BaseException as error:
            take_back(moves, states)
            kept = [str(path) for path in keep_aside(self.folder)]
            with suppress(OSError):
                self._note()
            if kept and isinstance(error, Exception):
                told = f"what was there before is {', '.join(kept)}"
                raise FileExistsError(f"{in_a_line(error)}; {told}") from None
            raise

    def _refuse_logs(self, database: Path) -> None:
        """Raise FileExistsError for a log beside a database that has just come or gone: it is of somebody's changes."""
        for log in logs(database.name):
            if database.parent == self.folder and os.path.lexists(self.folder / log):
                raise in_the_way(self.folder / log)

    def _refuse_foreign(self) -> None:
        """Raise FileExistsError for what somebody has put in the place of a table, or into its folder, on its way."""
        inside = self._put.get("inside", ())
        for name in self.names:
            theirs = [] if self._is_made(name) or not os.path.lexists(self.path(name)) else [name]
            theirs += [log for log in logs(name) if os.path.lexists(self.path(log))]
            theirs += [file for file in self._files(name) if "/" in file and file not in inside]
            if theirs:
                raise in_the_way(self.path(theirs[0]))

    def _refuse_changed(self, new: Mapping[str, Any], written_as: Mapping[str, Any]) -> None:
        """Raise FolderLostError if parts of a table are gone, or not as they were written."""
        for file in {*self._put.get("inside", ()), *written_as}:
            if file not in new or (file in written_as and new[file] != written_as[file]):
                told = "is not as it was written" if file in new else "is gone from the tables on their way"
                raise FolderLostError(f"{self.path(file)}: {told}; no table was written; run it again")

    def _files(self, name: str) -> list[str]:
        """A table's files: itself, or with an engine those in its folder."""
        path = self.path(name)
        return [f"{name}/{file.name}" for file in sorted(path.iterdir())] if path.is_dir() else [name]

    def clear(self) -> None:
        """Remove the hidden folder and what is in it; what tables were giving way to goes back first, or all stays."""
        try:
            self._clear()
        finally:
            for handle in self._made.values():
                os.close(handle)
            self._made.clear()

    def _clear(self) -> None:
        if self._lock and not self._lock.is_ours():
            return
        put_back(self.folder, self._note)
        if left := self._left():
            self._hidden.empty(**left, **self._put)
        else:
            self._hidden.clear([name for name in self.names if not self._is_made(name)])


def _folders(names: Iterable[str]) -> set[str]:
    """The folders of tables that an engine wrote."""
    return {table for table, inside, _ in (name.partition("/") for name in names) if inside}


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in folders:
        with suppress(OSError):  # something of somebody else lies in there
            folder.rmdir()


def check_way(folder: Path, names: Iterable[str], *, overwrite: bool = False) -> None:
    """Raise FileExistsError if something is in the way of tables of these names that is not ours."""
    refuse_others(folder, names, overwrite=overwrite)
    hidden_tables(folder).refuse_others()


def hidden_tables(folder: Path) -> HiddenFolder:
    return HiddenFolder(folder / STAGING, "tables on their way", in_staging)
