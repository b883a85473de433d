"""From what people name (files, folders, globs, standard input) to the files behind it."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, repeat
from os import PathLike
from pathlib import Path
from stat import S_ISDIR
from typing import Literal

from bulletinnlp.pages.documents.leaf import Leaf
from bulletinnlp.pages.documents.opening import EXTRA, can_read, is_document, leaves
from bulletinnlp.pages.page import SURROGATES, Page
from bulletinnlp.pages.problem import Problem
from bulletinnlp.pages.rows import Rows
from bulletinnlp.tables.ownership import made_by_run

Source = str | PathLike[str] | Page | Rows
STANDARD_INPUT: Literal["-"] = "-"
SUFFIX = ".txt"
#: Tables, whose rows are pages or articles; they are read where they are named, and not as part of a folder.
TABLE_SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx", ".xlsm", ".xls", ".ods")
MANIFEST = "manifest.csv"


def expand(
    sources: Source | Iterable[Source],
) -> Iterator[tuple[Path | Leaf | Page | Rows | Problem | Literal["-"], Path | None]]:
    """The files behind the sources, in order; with the first file of a folder comes the folder.

    What is not there or can not be looked into is a `Problem` in its place, and the rest goes on.
    """
    if isinstance(sources, (str, PathLike, Page, Rows)):
        sources = [sources]
    for source in sources:
        if isinstance(source, (Page, Rows)):
            yield source, None
        elif str(source) == STANDARD_INPUT:
            yield STANDARD_INPUT, None
        else:
            for found, folder in _named_by(source):
                parts = leaves(found) if isinstance(found, Path) else [found]
                yield from zip(parts, chain([folder], repeat(None)), strict=False)


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
    unread: Counter[str] = Counter()
    for found in _readable_files(folder, set()):
        nothing = False
        if isinstance(found, Problem):
            yield found, None
        elif is_document(found) and not can_read(found):
            unread[found.suffix.lower()] += 1
        else:
            yield found, first
            first = None
    if unread:
        yield _problem(None, folder, _left_out(unread)), None
    if nothing:
        tables = sorted(path.name for path in folder.glob("*") if path.suffix.lower() in TABLE_SUFFIXES)
        named = f"; to read the tables in it, name them: {', '.join(tables[:3])}" if tables else ""
        yield _problem(None, folder, f"the folder holds no {SUFFIX} file{named}"), None


def _left_out(unread: Counter[str]) -> str:
    """What to say of documents that nothing here can read.

    >>> _left_out(Counter({".pdf": 3}))
    '3 files were left out (.pdf); to read them: pip install "bulletinnlp[files]"'
    """
    files = "1 file was" if unread.total() == 1 else f"{unread.total():,} files were"
    return f"{files} left out ({', '.join(unread)}); to read them: {EXTRA}"


def _readable_files(folder: Path, seen: set[str]) -> Iterator[Path | Problem]:
    """The `.txt` files and documents in a folder and those below it, by name; holds the names of one folder at a time.

    A document beside its text (`a.pdf` beside `a.txt`) is passed over, and that is told. Links are followed, and each
    folder is read once, whatever links lead to it: `seen` holds those that were.
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
    texts = {name[: -len(SUFFIX)]: name for name, _, is_file in entries if is_file and name.lower().endswith(SUFFIX)}
    for name, is_folder, is_file in entries:
        path = folder / name
        if is_folder:
            yield from _readable_files(path, seen)
        elif not is_file or _no_page(path):
            continue
        elif name.lower().endswith(SUFFIX):
            yield path
        elif is_document(path):
            text = texts.get(path.stem)
            yield path if text is None else _problem(None, path, f"passed over, {text} beside it is read", "warning")


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
    # A file that a loop of links leads to again and again is one file, by its shortest path.
    places = {(os.path.realpath(os.path.dirname(match)), os.path.basename(match)): match
              for match in sorted(matches, key=len, reverse=True)}  # fmt: skip
    files = [Path(match) for match in sorted(places.values()) if not os.path.isdir(match)]
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


def reason(error: Exception) -> str:
    """Why a file could not be opened or read, in a line.

    >>> reason(FileNotFoundError(2, "No such file or directory")), reason(ValueError("embedded null byte"))
    ('No such file or directory', 'embedded null byte')
    """
    return " ".join((getattr(error, "strerror", None) or str(error) or type(error).__name__).split())


def _problem(
    page_id: str | None, source: str | PathLike[str], message: str, severity: Literal["warning", "error"] = "error"
) -> Problem:
    page_id = page_id.translate(SURROGATES) if page_id else None
    return Problem(page_id, None, "read", severity, f"{source}: {message}".translate(SURROGATES))
