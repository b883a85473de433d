"""What may be read as a file: plain files, and pipes that are open already (`<(…)` of a shell); never without bound.

A device has no end, and a named pipe keeps its reader waiting for a writer that may never come.
"""

from __future__ import annotations

import hashlib
import os
import re
from functools import lru_cache
from os import PathLike
from pathlib import Path
from stat import S_ISDIR, S_ISFIFO, S_ISREG, S_ISSOCK

#: A text file of so many bytes is no page.
MOST_BYTES = 100_000_000
#: What a process has open already, by its number.
OPEN = re.compile(r"/dev/(?:fd/\d+|stdin|stdout|stderr)|/proc/(?:self|\d+)/fd/\d+")


class UnfitFileError(ValueError):
    """Something that is not read as a file; the message says what it is, without its name."""


def unfit(path: str | PathLike[str]) -> str | None:
    """What stands at a path that is not read as a file; None for a plain file, and where nothing stands.

    >>> unfit(os.devnull), unfit(os.curdir)
    ('is a device, and no file', 'is a folder, and no file')
    """
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return f"is a link that leads nowhere (to {os.readlink(path)})" if _is_dangling(path) else None
    if S_ISREG(mode) or is_open_pipe(path):
        return None
    return f"is {_kind(mode)}, and no file"


def no_folder(path: str | PathLike[str]) -> str | None:
    """What stands in the place of a folder that is to be written into; None for a folder, and where nothing stands.

    >>> no_folder(os.devnull)
    'is a device, and no folder'
    """
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return f"is a link that leads nowhere (to {os.readlink(path)})" if _is_dangling(path) else None
    return None if S_ISDIR(mode) else f"is {_kind(mode)}, and no folder"


def reason(error: Exception) -> str:
    """Why a file could not be opened, read or written, in a line.

    >>> reason(FileNotFoundError(2, "No such file or directory", "a.txt")), reason(ValueError("embedded null byte"))
    ('No such file or directory', 'embedded null byte')
    """
    if isinstance(error, OSError) and error.errno:  # Arrow says more in `strerror`, with the number in it
        return os.strerror(error.errno)
    return " ".join((str(error) or type(error).__name__).split())


def in_a_line(error: Exception, name: str | PathLike[str] | None = None) -> str:
    """What an error says, in a line; of a file that could not be opened, its name (or `name`) and why.

    >>> in_a_line(PermissionError(13, "Permission denied", "a.txt")), in_a_line(ValueError("the manifest is no CSV"))
    ('a.txt: Permission denied', 'the manifest is no CSV')
    """
    if not (isinstance(error, OSError) and error.errno):
        return " ".join(str(error).split()) if isinstance(error, OSError) else str(error)
    file = name if error.filename is None else os.fsdecode(error.filename)
    return f"{file}: {reason(error)}" if file else reason(error)


def refuse_no_folder(folder: Path) -> None:
    """Raise OSError, with a line for its reader, where a file is to be written into a folder that is none."""
    if message := no_folder(folder):
        raise NotADirectoryError(f"{folder}: {message}")
    if not os.path.isdir(folder):
        raise FileNotFoundError(f"{folder}: there is no such folder")


def _kind(mode: int) -> str:
    kinds = {S_ISREG: "a file", S_ISDIR: "a folder", S_ISFIFO: "a pipe", S_ISSOCK: "a socket"}
    return next((kind for has, kind in kinds.items() if has(mode)), "a device")


def is_open_pipe(path: str | PathLike[str]) -> bool:
    """Whether a path names a pipe that this process has open, as `<(…)` does. It can be read once."""
    try:
        return bool(OPEN.fullmatch(str(path))) and S_ISFIFO(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def read_bytes(path: str | PathLike[str], most: int = MOST_BYTES) -> bytes:
    """The bytes of a file. Raises UnfitFileError for what is none, or has more than `most` bytes; OSError."""
    if message := unfit(path):
        raise UnfitFileError(message)
    with Path(path).open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise UnfitFileError(f"has more than {most:,} bytes, as no page has")
    return data


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes. Raises OSError."""
    found = os.stat(path)
    return _sha256(path, found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@lru_cache(8)
def _sha256(path: Path, *state: int) -> str:
    """The pages of a PDF are read one after another; the bytes of their file are read once."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_dangling(path: str | PathLike[str]) -> bool:
    """Whether a path is a link that leads nowhere; one that leads back to itself has an error of its own."""
    try:
        os.stat(path)
    except FileNotFoundError:
        return os.path.islink(path)
    except (OSError, ValueError):
        return False
    return False
