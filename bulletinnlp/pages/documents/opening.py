"""Which files are documents, what they hold, and what reads them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from bulletinnlp.pages.documents import pdf, web, word
from bulletinnlp.pages.documents.document import Document, DocumentError
from bulletinnlp.pages.documents.leaf import Leaf
from bulletinnlp.pages.plain_files import unfit

#: Endings of documents, and the module that reads them; the extra `files` installs it.
NEEDS = {".pdf": "pypdfium2", ".docx": "docx", ".html": "trafilatura", ".htm": "trafilatura"}
EXTRA = 'pip install "bulletinnlp[files]"'
_READERS: dict[str, Callable[[Path], Document]] = {".docx": word.read, ".html": web.read, ".htm": web.read}


def is_document(path: Path) -> bool:
    """Whether a file is a document by its ending.

    >>> is_document(Path("a.PDF")), is_document(Path("a.txt"))
    (True, False)
    """
    return path.suffix.lower() in NEEDS


def can_read(path: Path) -> bool:
    """Whether what reads such documents is installed."""
    return find_spec(NEEDS[path.suffix.lower()]) is not None


def leaves(path: Path) -> Iterator[Path | Leaf]:
    """The pages of a PDF; any other file is one page. A PDF that can not be opened is one page, too."""
    if path.suffix.lower() != ".pdf":
        yield path
        return
    try:
        many = pdf.count(path) if can_read(path) and not unfit(path) else 1
    except (DocumentError, OSError):
        many = 1  # reading it says why
    for number in range(1, many + 1):
        yield Leaf(path, number, many)


def read(source: Path | Leaf) -> Document:
    """Read a document, or a page of one. Raises DocumentError or OSError if it can not be read."""
    path = source.path if isinstance(source, Leaf) else source
    if not can_read(path):
        raise DocumentError(f"reading {path.suffix.lower()} needs the extra files: {EXTRA}")
    if isinstance(source, Leaf):
        return pdf.read(path, source.number, source.of)
    return _READERS[path.suffix.lower()](path)


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes. Raises OSError."""
    found = os.stat(path)
    return _digest(path, found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@lru_cache(8)
def _digest(path: Path, *state: int) -> str:
    """The pages of a PDF are read one after another; their file is looked at once."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
