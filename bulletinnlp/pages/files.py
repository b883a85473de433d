"""From what people name (files, folders, globs, standard input) to the files behind it."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from stat import S_ISDIR
from typing import Literal

from bulletinnlp.pages.page import SURROGATES, Page
from bulletinnlp.pages.problem import Problem
from bulletinnlp.tables.ownership import made_by_run

Source = str | PathLike[str] | Page
STANDARD_INPUT: Literal["-"] = "-"
SUFFIX = ".txt"
MANIFEST = "manifest.csv"


def expand(
    sources: Source | Iterable[Source],
) -> Iterator[tuple[Path | Page | Problem | Literal["-"], Path | None]]:
    """The files behind the sources, in order; with the first file of a folder comes the folder.

    What is not there or can not be looked into is a `Problem` in its place, and the rest goes on.
    """
    if isinstance(sources, (str, PathLike, Page)):
        sources = [sources]
    for source in sources:
        if isinstance(source, Page):
            yield source, None
        elif str(source) == STANDARD_INPUT:
            yield STANDARD_INPUT, None
        else:
            yield from _named_by(source)


def _named_by(source: str | PathLike[str]) -> Iterator[tuple[Path | Problem, Path | None]]:
    try:
        is_folder = S_ISDIR(os.stat(source).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        yield from ((found, None) for found in _matches(source))
    except (OSError, ValueError) as error:  # too long a name, a folder that is closed to us, a NUL in the name
        yield _unreadable(source, error), None
    else:
        yield from _folder(Path(source)) if is_folder else [(Path(source), None)]


def _folder(folder: Path) -> Iterator[tuple[Path | Problem, Path | None]]:
    nothing = True
    first: Path | None = folder
    for found in _text_files(folder, set()):
        nothing = False
        if isinstance(found, Problem):
            yield found, None
        else:
            yield found, first
            first = None
    if nothing:
        yield _problem(None, folder, f"the folder holds no {SUFFIX} file"), None


def _text_files(folder: Path, seen: set[str]) -> Iterator[Path | Problem]:
    """The `.txt` files in a folder and those below it, by name; holds the names of one folder at a time.

    Links are followed, and each folder is read once, whatever links lead to it: `seen` holds those that were.
    """
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    try:
        with os.scandir(folder) as found:
            entries = sorted((entry.name, _is_folder(entry), entry.is_symlink() or entry.is_file()) for entry in found)
    except OSError as error:
        yield _unreadable(folder, error)
        return
    for name, is_folder, is_file in entries:
        if is_folder:
            yield from _text_files(folder / name, seen)
        elif is_file and name.lower().endswith(SUFFIX) and not _no_page(folder / name):
            yield folder / name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder, or a link to one; a link that leads nowhere is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _matches(pattern: str | PathLike[str]) -> Iterator[Path | Problem]:
    """The files that a glob matches; folders among them are left out, as a pattern for files may match some.

    Manifests and what a run wrote are no pages either, and it is told that they are left out.
    """
    matches = sorted(glob.glob(str(pattern), recursive=True))
    files = [Path(match) for match in matches if not os.path.isdir(match)]
    if not matches:
        yield _problem(Path(pattern).stem, pattern, "no such file or folder")
    elif not files:
        yield _problem(None, pattern, "matches folders only; name a folder to read what is in it")
    for file in files:
        yield _problem(None, file, f"{told}; it was left out", "warning") if (told := _no_page(file)) else file


def _no_page(path: Path) -> str | None:
    """What a file is that no folder or glob gives for a page; who means it names it."""
    if path.name == MANIFEST:
        return "is a manifest, which holds where its folder is named, or with --manifest"
    return "was written by a run" if made_by_run(path) else None


def _unreadable(source: str | PathLike[str], error: OSError | ValueError) -> Problem:
    return _problem(None, source, f"can not be read ({reason(error)})")


def reason(error: OSError | ValueError) -> str:
    """Why a file could not be opened.

    >>> reason(FileNotFoundError(2, "No such file or directory")), reason(ValueError("embedded null byte"))
    ('No such file or directory', 'embedded null byte')
    """
    return getattr(error, "strerror", None) or str(error)


def _problem(
    page_id: str | None,
    source: str | PathLike[str],
    message: str,
    severity: Literal["warning", "error"] = "error",
) -> Problem:
    page_id = page_id.translate(SURROGATES) if page_id else None
    return Problem(page_id, None, "read", severity, f"{source}: {message}".translate(SURROGATES))
