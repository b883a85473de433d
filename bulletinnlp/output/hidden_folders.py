"""The folders in which a run keeps what is not finished: hidden ones, in the folder of tables.

Each says in its record what it holds. Only those, and in them only what we put there, are ours to empty or remove.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any
from uuid import uuid4

import bulletinnlp
from bulletinnlp.output.hidden_names import ASIDE, FOLDERS, GONE, IsOurs, is_record
from bulletinnlp.output.ownership import is_kind
from bulletinnlp.pages.run_record import CHECKPOINTS, KIND, RECORD, STAGING, read_record, record_digest


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
        if name.removesuffix(GONE) in (CHECKPOINTS, STAGING):
            raise FileExistsError(f"{folder}: a run keeps in {name} what is not finished; choose another folder")


class HiddenFolder:
    """A folder of ours in a folder of tables; `holds` says in its record what for, `ours` what in it a run wrote."""

    def __init__(self, path: Path, holds: str, ours: Callable[[Path], IsOurs]) -> None:
        self.path = path
        self.holds = holds
        self._ours = ours
        self._gone = path.with_name(f"{path.name}{GONE}")

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
        _remove_all(self.path, self._ours, record=False)

    def remove(self, name: str) -> None:
        """Remove a folder that lies in there, but what somebody has put into it."""
        is_ours = self._ours(self.path)
        for path, inside in list(_walk(self.path / name)):
            if is_ours(f"{name}/{inside}") and is_kind(path, S_ISREG):
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
            if other := next(_others(path, self._ours), None):
                raise FileExistsError(f"{path}: {self._told} ({other.name})")

    def _refuse_unmarked(self, path: Path) -> None:
        if os.path.lexists(path) and not is_kind(path, S_ISDIR):
            raise FileExistsError(f"{path}: is no folder of ours; move it away")
        unmarked = (read_record(path) or {}).get("holds") != self.holds
        if unmarked and os.path.exists(path) and not all(map(_is_aside, path.iterdir())):
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
        _remove_all(self._gone, self._ours)
        if os.path.exists(self.path):
            if next(_others(self.path, self._ours, foreign), None):
                _remove_all(self.path, self._ours, foreign)
            else:
                self.path.rename(self._gone)
                _remove_all(self._gone, self._ours)


def _is_aside(path: Path) -> bool:
    """A record that has not its name yet: an ended run has left it."""
    return ASIDE.fullmatch(path.name) is not None and is_record(path)


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """What lies in a folder and below, with its path in there; no link is followed.

    In each folder its record comes behind other files, which it lists, and folders come last.
    """
    for at, folders, files in os.walk(folder, topdown=False, followlinks=False):
        for name in (*sorted(files, key=RECORD.__eq__), *folders):
            path = Path(at, name)
            yield path, path.relative_to(folder).as_posix()


def _told_apart(
    folder: Path, ours: Callable[[Path], IsOurs], foreign: Container[str] = ()
) -> Iterator[tuple[Path, str, bool]]:
    """What lies in a hidden folder, with its path in there, and whether a run put it there."""
    is_ours = ours(folder)
    for path, name in _walk(folder):
        kinds = (S_ISDIR,) if FOLDERS.fullmatch(name) else (S_ISREG, S_ISDIR)
        mine = any(is_kind(path, kind) for kind in kinds) and name.partition("/")[0] not in foreign
        yield path, name, mine and is_ours(name)


def _others(folder: Path, ours: Callable[[Path], IsOurs], foreign: Container[str] = ()) -> Iterator[Path]:
    """What lies in a hidden folder and is not of the files and folders that a run put there."""
    return (path for path, _, mine in _told_apart(folder, ours, foreign) if not mine)


def _remove_all(
    folder: Path, ours: Callable[[Path], IsOurs], foreign: Container[str] = (), *, record: bool = True
) -> None:
    """Remove a hidden folder but what is not ours; the record, which says that it is ours, goes last, or stays."""
    for path, name, mine in list(_told_apart(folder, ours, foreign)):
        if not mine or name == RECORD:
            continue
        if not path.is_dir():
            path.unlink()
        elif not os.listdir(path):
            path.rmdir()
    if record and folder.exists():
        (folder / RECORD).unlink(missing_ok=True)
        if not os.listdir(folder):
            folder.rmdir()
