"""Kinds of files: by the ending of their names, which says what reads a file, and by their bytes.

| ending | what reads it |
| --- | --- |
| .txt | `page_files`: one page |
| those of tables (`TABLE_SUFFIXES`) | `table_files`: a page or an article a row |
| those of documents (`DOCUMENT_PACKAGES`) | `documents`: PDF, Word, web pages |

A file with any other ending is read as text.
"""

from __future__ import annotations

import io
import re
import zipfile
from importlib.util import find_spec
from pathlib import Path

from bulletinnlp.pages.encodings import NotTextError, decode

TEXT_SUFFIX = ".txt"
#: Tables, whose rows are pages or articles; they are read where they are named, and not as part of a folder.
TABLE_SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx", ".xlsm", ".xls", ".ods")
#: Documents, and the package that reads them; the extra `files` installs it.
DOCUMENT_PACKAGES = {".pdf": "pypdfium2", ".docx": "docx", ".html": "trafilatura", ".htm": "trafilatura"}
FILES_EXTRA = 'pip install "bulletinnlp[files]"'

#: Kinds: what they are called, and the ending of their names.
PDF, WORD, HTML, TEXT = "a PDF", "a Word file", "a web page", "plain text"
ENDINGS = {PDF: ".pdf", WORD: ".docx", HTML: ".html", TEXT: ".txt", "an Excel file": ".xlsx"}
_OLD_OFFICE = "a file of an old Office (.doc, .xls)"
#: How files begin that are no text, though their bytes may pass for it.
SIGNATURES = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_HEAD = 4096
_ELEMENT = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)


def is_table_file(path: Path) -> bool:
    """Whether a file is a table by its ending."""
    return path.suffix.lower() in TABLE_SUFFIXES


def is_document(path: Path) -> bool:
    """Whether a file is a document by its ending.

    >>> is_document(Path("a.PDF")), is_document(Path("a.txt"))
    (True, False)
    """
    return path.suffix.lower() in DOCUMENT_PACKAGES


def is_readable_document(path: Path) -> bool:
    """Whether the package that reads such documents is installed."""
    return find_spec(DOCUMENT_PACKAGES[path.suffix.lower()]) is not None


def kind_of(data: bytes) -> str | None:
    """What kind of file it is; None for what is not known here.

    >>> kind_of(b"%PDF-1.7 ..."), kind_of("县里开会。".encode()), kind_of(b"\\x89PNG\\r\\n\\x1a\\n\\x00\\xff\\xfe")
    ('a PDF', 'plain text', None)
    """
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(SIGNATURES[1]):
        return _packed(data)
    if head.startswith(SIGNATURES[2]):
        return _OLD_OFFICE
    if _ELEMENT.search(head.replace(b"\0", b"")):
        return HTML
    try:
        return TEXT if decode(data).text.strip() else None
    except NotTextError:
        return None


def _packed(data: bytes) -> str | None:
    """The kind of a zip file: Office packs its files so."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return None
    if any(name.startswith("word/") for name in names):
        return WORD
    return "an Excel file" if any(name.startswith("xl/") for name in names) else "a zip file"


def misnamed(data: bytes, stem: str, expected: str) -> str:
    """What to say of a file that is not of the kind that its name says.

    >>> misnamed("县里开会。".encode(), "a", PDF), misnamed(b"\\x89PNG\\x00\\xff\\xfe", "a", PDF)
    ('it is no PDF but plain text; name it a.txt', 'it is no PDF')
    """
    kind = kind_of(data)
    no = f"it is no {expected.removeprefix('a ')}"
    if kind is None or kind == expected:
        return no
    if kind == _OLD_OFFICE:
        return f"{no} but {kind}; save it as .docx or .xlsx"
    return f"{no} but {kind}; name it {stem}{ENDINGS[kind]}" if kind in ENDINGS else f"{no} but {kind}"
