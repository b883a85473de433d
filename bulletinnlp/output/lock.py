"""One run at a time writes into a folder.

The operating system holds the lock, on a file in the folder, and lets it go when the process ends, however it ends: a
lock that a killed run has left holds nobody up.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EAGAIN, EDEADLK
from pathlib import Path
from stat import S_ISREG

from bulletinnlp.output.hidden_folders import refuse_hidden
from bulletinnlp.pages.page import SURROGATES
from bulletinnlp.pages.plain_files import no_folder
from bulletinnlp.pages.run_record import LOCK

#: What the lock's file says, before the number of the process.
_SAYS = "bulletinnlp writes into this folder: process "
#: Windows lets nobody read what is locked: the byte that is lies behind what the file says.
_BEHIND = 1_000
_BUSY = (EACCES, EAGAIN, EDEADLK)


class FolderInUseError(RuntimeError):
    """Another run writes into the folder."""


class FolderLostError(RuntimeError):
    """The folder is no longer the one that the run began to write into, or what it had finished there is gone."""


class FolderLock:
    """A folder that is locked, known by its place on the disk: another one may have its name by now.

    `filled` says whether it is to stay where it is empty and was made for the lock.
    """

    def __init__(self, folder: Path, handle: int) -> None:
        self.folder = folder
        self.filled = True
        self._handle = handle
        self._stat = folder.stat()

    def is_ours(self) -> bool:
        """Whether the folder of this name, and the lock in it, are still those that we hold."""
        try:
            return os.path.samestat(self._stat, self.folder.stat()) and _is_at(self.folder / LOCK, self._handle)
        except OSError:
            return False

    def check(self) -> None:
        """Raise FolderLostError if they are not: to be called before anything is written or removed there."""
        if not self.is_ours():
            message = "the folder, or the lock in it, was moved, removed or replaced while this run wrote there"
            raise FolderLostError(f"{self.folder}: {message}; nothing more was written; run it again")


@contextmanager
def locked(folder: str | Path) -> Iterator[FolderLock]:
    """Make the folder, and keep others from writing into it until the context ends.

    What it gives says whether the folder is still ours. Raises FolderInUseError if another run writes into it,
    FileExistsError if the file for the lock is not ours, or the folder is a hidden one of a run; ValueError if its
    name is empty, or no UTF-8 (what writes tables takes no other).
    """
    if not str(folder):
        raise ValueError("the name of the folder for the tables is empty")
    if (name := str(folder)) != name.translate(SURROGATES):
        raise ValueError(f"{name.translate(SURROGATES)}: the folder's name is no UTF-8; rename it, or name another")
    refuse_hidden(Path(folder))
    path = Path(folder, LOCK)
    if message := no_folder(path.parent):
        raise FileExistsError(f"{path.parent}: {message}")
    new = [each for each in (path.parent, *path.parent.parents) if not os.path.lexists(each)]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = _opened(path)
    lock = FolderLock(path.parent, handle)
    try:
        yield lock
    finally:
        with suppress(OSError):  # Windows removes no file that another run is about to look at
            if _is_at(path, handle):  # else it is the lock of another run
                path.unlink()
                for each in new if not lock.filled else ():
                    each.rmdir()
        os.close(handle)


def is_locked(folder: Path) -> bool:
    """Whether a run writes into the folder."""
    try:
        handle = os.open(folder / LOCK, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return False
    try:
        _take(handle)
    except OSError as error:
        return error.errno in _BUSY
    finally:
        os.close(handle)  # and so it is let go
    return False


def _opened(path: Path) -> int:
    """The lock's file, open and locked."""
    while True:
        if _is_other(path):
            raise FileExistsError(f"{path}: is no lock of ours; move it away")
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            said = os.read(handle, 200).decode(errors="replace")
            if said and not said.startswith(_SAYS):
                raise FileExistsError(f"{path}: is no lock of ours; move it away")
            _lock(handle, path.parent, said.removeprefix(_SAYS).strip())
            if _is_at(path, handle):  # else its holder has removed it
                try:
                    os.ftruncate(handle, 0)
                    os.lseek(handle, 0, os.SEEK_SET)
                    os.write(handle, f"{_SAYS}{os.getpid()}\n".encode())
                except OSError:  # the disk is full
                    path.unlink(missing_ok=True)
                    raise
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _is_other(path: Path) -> bool:
    """Whether something stands there that is no plain file. One look: a holder may remove its lock at any moment."""
    try:
        return not S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return False


def _is_at(path: Path, handle: int) -> bool:
    """Whether the open file is the one that has this path now."""
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except FileNotFoundError:
        return False


def _lock(handle: int, folder: Path, holder: str) -> None:
    try:
        _take(handle)
    except OSError as error:
        if error.errno in _BUSY:
            who = f" (process {holder})" if holder else ""
            raise FolderInUseError(
                f"{folder}: another run{who} writes into this folder; wait, or choose another"
            ) from None
        message = f"{folder}: its file system knows no locks ({error.strerror}); let no other run write there"
        warnings.warn(message, stacklevel=5)


try:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

except ImportError:
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, _BEHIND, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
