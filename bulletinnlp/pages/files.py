"""From what people name (files, folders, globs, standard input) to the files behind it."""

from __future__ import annotations

import codecs
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, repeat
from os import PathLike
from pathlib import Path
from stat import S_ISDIR
from typing import Literal

from bulletinnlp.pages.documents.document import PdfPage
from bulletinnlp.pages.documents.formats import pages_in
from bulletinnlp.pages.file_types import FILES_EXTRA, TEXT_SUFFIX, is_document, is_readable_document, is_table_file
from bulletinnlp.pages.globs import matching
from bulletinnlp.pages.input_tables import InputTable
from bulletinnlp.pages.page import SURROGATES, Page, ProblemRow
from bulletinnlp.pages.plain_files import reason, unfit
from bulletinnlp.pages.run_record import made_by_run

#: What is to be read: the name of a file, a folder, a glob, "-" for standard input; a page; a table in memory.
Source = str | PathLike[str] | Page | InputTable
#: What is one page, not read yet, or the problem in its place; what stands behind a source.
Unread = Path | PdfPage | Page | ProblemRow
File = Unread | InputTable | Literal["-"]
STANDARD_INPUT: Literal["-"] = "-"
MANIFEST = "manifest.csv"
#: The warning for a file that several sources lead to; of more than one of a source, so many are named.
REPEATED, NAMED = "is named more than once, or linked to, and is read once", 3
#: A file of articles to correct begins with this line, comments aside; beside those for brat lies this file.
MARKED, BRAT = b"%%%", "articles.jsonl"
_HEAD, _ONLY_NAMED = 10_000, "is read where it is named by itself"


#: What is called with each file as it is listed, and with its state.
Check = Callable[[str | PathLike[str], os.stat_result], object]


def expand(sources: Source | Iterable[Source], check: Check | None = None) -> Iterator[tuple[File, Path | None]]:
    """The files behind the sources, in order; with the first file of a folder comes the folder.

    What is not there, can not be looked into or is no file is a `ProblemRow` in its place, and the rest goes on. A file
    that several sources lead to comes once, and a `ProblemRow` says so. What `check` raises, this does.
    """
    if isinstance(sources, (str, PathLike, Page, InputTable)):
        sources = [sources]
    sources = list(sources)
    seen = _SeenFiles(check)
    for number, source in enumerate(sources, 1):
        if isinstance(source, (Page, InputTable)):
            yield source, None
        elif str(source) != STANDARD_INPUT:
            yield from _unseen(source, seen, _dated_folders(sources[number:]))
        elif seen.add(source):
            yield "-", None
        else:
            yield _problem(None, "standard input", REPEATED, "warning", "inputs"), None


def _unseen(
    source: str | PathLike[str], seen: _SeenFiles, dated: Sequence[str]
) -> Iterator[tuple[Path | PdfPage | ProblemRow, Path | None]]:
    """The files behind a source but those that came before; of a file that lies in a folder with a manifest which is
    named too, that folder decides."""
    again: list[str] = []
    many = 0
    waiting: Path | None = None
    for found, folder in _named_by(source):
        waiting = waiting or folder
        if isinstance(found, Path) and ((folder is None and _lies_in(found, dated)) or not seen.add(found)):
            many += 1
            again += [str(found)] if many <= NAMED else []
            continue
        parts = pages_in(found) if isinstance(found, Path) else [found]
        yield from zip(parts, chain([waiting], repeat(None)), strict=False)
        waiting = None
    if many == 1:
        yield _problem(None, again[0], REPEATED, "warning", "inputs"), waiting
    elif many:
        shown = ", ".join(again) + (" …" if many > NAMED else "")
        message = f"{many:,} files are named more than once, or linked to, and are read once: {shown}"
        yield _problem(None, source, message, "warning", "inputs"), waiting


class _SeenFiles:
    """Which files have come, by the places that links lead to."""

    def __init__(self, check: Check | None = None) -> None:
        self._check = check
        self._places: set[bytes] = set()
        self._folder = lru_cache(64)(os.path.realpath)

    def add(self, file: str | PathLike[str]) -> bool:
        """Add a file; whether it has not come before."""
        folder, name = os.path.split(file)
        try:
            real = os.path.realpath(file) if os.path.islink(file) else os.path.join(self._folder(folder), name)
            found = os.lstat(real)
            place = f"{found.st_dev} {found.st_ino}" if found.st_nlink > 1 else real
        except (OSError, ValueError):
            place = str(file)
        else:
            if self._check:
                self._check(file, found)
        key = blake2b(os.fsencode(place), digest_size=16).digest()
        is_new = key not in self._places
        self._places.add(key)
        return is_new


def _dated_folders(sources: Iterable[Source]) -> list[str]:
    """The folders among the sources that have a manifest."""
    return [
        os.path.realpath(source)
        for source in sources
        if not isinstance(source, (Page, InputTable)) and os.path.isfile(os.path.join(source, MANIFEST))
    ]


def _lies_in(file: Path, folders: Sequence[str]) -> bool:
    """Whether a file is one of those that are read with a folder."""
    if not folders or not (file.suffix.lower() == TEXT_SUFFIX or is_document(file)):
        return False
    real = Path(os.path.realpath(file))
    return any(real.is_relative_to(folder) for folder in folders)


def _named_by(source: str | PathLike[str]) -> Iterator[tuple[Path | ProblemRow, Path | None]]:
    try:
        is_folder = S_ISDIR(os.stat(source).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        yield from ((found, None) for found in _matches(source))
    except (OSError, ValueError) as error:  # too long a name, a folder that is closed to us, a NUL in the name
        yield _unreadable(source, error), None
    else:
        yield from _folder(Path(source)) if is_folder else [(_fit(Path(source)), None)]


def _fit(path: Path) -> Path | ProblemRow:
    """A file, or what stands in its place and is none."""
    return _problem(path.stem, path, message) if (message := unfit(path)) else path


def _folder(folder: Path) -> Iterator[tuple[Path | ProblemRow, Path | None]]:
    nothing = True
    first: Path | None = folder
    unread: Counter[str] = Counter()
    for found in _readable_files(folder, set()):
        nothing = False
        if isinstance(found, ProblemRow):
            yield found, None
        elif is_document(found) and not is_readable_document(found):
            unread[found.suffix.lower()] += 1
        else:
            yield found, first
            first = None
    if unread:
        yield _problem(None, folder, _left_out(unread)), None
    if nothing:
        tables = sorted(path.name for path in folder.glob("*") if is_table_file(path))
        named = f"; to read the tables in it, name them: {', '.join(tables[:3])}" if tables else ""
        yield _problem(None, folder, f"the folder holds no {TEXT_SUFFIX} file{named}"), None


def _left_out(unread: Counter[str]) -> str:
    """The warning for documents that nothing here can read.

    >>> _left_out(Counter({".pdf": 3}))
    '3 files were left out (.pdf); to read them: pip install "bulletinnlp[files]"'
    """
    files = "1 file was" if unread.total() == 1 else f"{unread.total():,} files were"
    return f"{files} left out ({', '.join(unread)}); to read them: {FILES_EXTRA}"


def _readable_files(folder: Path, seen: set[str]) -> Iterator[Path | ProblemRow]:
    """The `.txt` files and documents in a folder and those below it, by name; holds the names of one folder at a time.

    A document beside its text (`a.pdf` beside `a.txt`) is passed over, with a warning. Links are followed, and each
    folder is read once, whatever links lead to it: `seen` holds those that were.
    """
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    try:
        with os.scandir(folder) as found:
            entries = sorted((entry.name, _is(entry.is_dir), _is(entry.is_file)) for entry in found)
    except OSError as error:
        yield _unreadable(folder, error)
        return
    corrected: list[str] = []
    texts = {
        name[: -len(TEXT_SUFFIX)]: name
        for name, _, is_file in entries
        if is_file and name.lower().endswith(TEXT_SUFFIX)
    }
    for name, is_folder, is_file in entries:
        path = folder / name
        if is_folder:
            yield from _readable_files(path, seen)
        elif is_file and _no_page(path):
            corrected += [name] if _is_annotated(path) else []
        elif name.lower().endswith(TEXT_SUFFIX):
            yield path if is_file else _fit(path)
        elif is_document(path):
            text = texts.get(path.stem)
            yield (
                _fit(path)
                if text is None
                else _problem(None, path, f"passed over, {text} beside it is read", "warning")
            )

    if corrected:
        shown = ", ".join(corrected[:NAMED]) + (" …" if len(corrected) > NAMED else "")
        yield _problem(None, folder, f"what `annotate` wrote {_ONLY_NAMED}: {shown}", "warning", "inputs")


def _is_annotated(path: Path) -> bool:
    """Whether a text holds articles to correct, as `bulletinnlp annotate` writes them, for an editor or for brat."""
    if path.suffix.lower() != TEXT_SUFFIX or not path.is_file():  # to open a pipe would wait for its writer
        return False
    if path.with_suffix(".ann").exists() and path.with_name(BRAT).exists():
        return True
    try:
        with path.open("rb") as file:
            head = file.read(64).removeprefix(codecs.BOM_UTF8)
            if not head.lstrip().startswith((b"#", MARKED)):
                return False
            lines = (head + file.read(_HEAD)).split(b"\n")
    except (OSError, ValueError):
        return False
    return next((line.strip() for line in lines if line.strip() and not line.startswith(b"#")), b"") == MARKED


def _is(kind: Callable[[], bool]) -> bool:
    """Whether an entry is of a kind, or a link to one; a link that leads back to itself is of none."""
    try:
        return kind()
    except OSError:
        return False


def _matches(pattern: str | PathLike[str]) -> Iterator[Path | ProblemRow]:
    """The files that a glob matches; folders among them are left out, as a pattern for files may match some.

    Manifests and what a run wrote are no pages either, and a warning says that they are left out.
    """
    matches = sorted(matching(str(pattern)))
    # A file that a loop of links leads to again and again is one file, by its shortest path.
    places = {(os.path.realpath(os.path.dirname(match)), os.path.basename(match)): match
              for match in sorted(matches, key=len, reverse=True)}  # fmt: skip
    files = [Path(match) for match in sorted(places.values()) if not os.path.isdir(match)]
    if not matches:
        yield _problem(Path(pattern).stem, pattern, "no such file or folder")
    elif not files:
        yield _problem(None, pattern, "matches folders only; name a folder to read what is in it")
    for file in files:
        reason_not = _no_page(file)
        yield _problem(None, file, f"{reason_not}; it was left out", "warning") if reason_not else _fit(file)


def _no_page(path: Path) -> str | None:
    """What a file is that no folder or glob gives for a page; who means it names it."""
    if path.name == MANIFEST:
        return "is a manifest, which holds where its folder is named, or with --manifest"
    if _is_annotated(path):
        return f"was written by `annotate`, to be corrected; it {_ONLY_NAMED}"
    return "was written by a run" if made_by_run(path) else None


def _unreadable(source: str | PathLike[str], error: OSError | ValueError) -> ProblemRow:
    return _problem(None, source, f"can not be read ({reason(error)})")


def _problem(
    page_id: str | None,
    source: str | PathLike[str],
    message: str,
    severity: Literal["warning", "error"] = "error",
    stage: str = "read",
) -> ProblemRow:
    page_id = page_id.translate(SURROGATES) if page_id else None
    return ProblemRow(page_id, None, stage, severity, f"{source}: {message}".translate(SURROGATES))
