"""The page in a file, a document, a pipe or standard input."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from bulletinnlp.pages.documents.document import DocumentError, PdfPage
from bulletinnlp.pages.documents.formats import read_document
from bulletinnlp.pages.encodings import NotTextError, decode
from bulletinnlp.pages.file_types import SIGNATURES, TEXT, is_document, misnamed
from bulletinnlp.pages.files import STANDARD_INPUT, Unread
from bulletinnlp.pages.page import SURROGATES, Page, ProblemRow
from bulletinnlp.pages.plain_files import MOST_BYTES, UnfitFileError, is_open_pipe, read_bytes, reason, sha256_of, unfit
from bulletinnlp.pages.quality import is_blank

STANDARD_INPUT_ID = "stdin"

PageAndProblem = tuple[Page | None, ProblemRow | None]


def read_at_once(found: Unread | Literal["-"]) -> tuple[Unread, list[ProblemRow]]:
    """Standard input and pipes can be read a single time, and by this process only: their page. All else as it is."""
    if found == STANDARD_INPUT:
        page, problem = _read_text(_standard_input, STANDARD_INPUT_ID, "standard input")
    elif isinstance(found, Path) and is_open_pipe(found):
        page, problem = _read_text(lambda: read_bytes(found), found.stem, str(found))
    else:
        return found, []
    problems = [problem] if problem else []
    return (page, problems) if page else (problems[0], [])


def read_page(source: Path | PdfPage, page_id: str, name: str) -> PageAndProblem:
    """The page in a file, and what the reader should know; no page if it can not be read."""
    if message := unfit(source.path if isinstance(source, PdfPage) else source):
        return None, ProblemRow(page_id, None, "read", "error", f"{name}: {message}")
    if isinstance(source, PdfPage) or is_document(source):
        return _read_document(source, page_id, name)
    return _read_text(lambda: read_bytes(source), page_id, name, name)


def _read_text(content: Callable[[], bytes], page_id: str, name: str, path: str | None = None) -> PageAndProblem:
    def failed(message: str) -> tuple[None, ProblemRow]:
        return None, ProblemRow(page_id, None, "read", "error", f"{name}: {message}")

    try:
        data = content()
    except UnfitFileError as error:
        return failed(str(error))
    except (OSError, ValueError) as error:
        return failed(f"can not be read ({reason(error)})")
    if not data.strip(b" \t\r\n\0"):
        return failed(f"the file is {'blank' if data else 'empty'}")
    if data.startswith(SIGNATURES):
        return failed(misnamed(data, Path(path or page_id).stem, TEXT))
    try:
        text, encoding, warning = decode(data)
    except NotTextError as error:
        return failed(f"not a text file ({error})")
    if is_blank(text):
        return failed("the file is blank")
    page = Page(page_id, text, path, encoding, hashlib.sha256(data).hexdigest())
    return page, ProblemRow(page_id, None, "read", "warning", f"{name}: {warning}") if warning else None


def _read_document(source: Path | PdfPage, page_id: str, name: str) -> PageAndProblem:
    path, number = (source.path, source.number) if isinstance(source, PdfPage) else (source, None)
    try:
        found, sha256 = read_document(source), sha256_of(path)
    except DocumentError as error:
        return None, ProblemRow(page_id, None, "read", error.severity, f"{name}: {error}")
    except (OSError, ValueError) as error:
        return None, ProblemRow(page_id, None, "read", "error", f"{name}: can not be read ({reason(error)})")
    warning = ProblemRow(page_id, None, "read", "warning", f"{name}: {found.warning}") if found.warning else None
    page = Page(
        page_id, found.text, str(path).translate(SURROGATES), None, sha256,
        published=found.published, stated=found.stated, leaf=number, lines=found.lines,
    )  # fmt: skip
    return page, warning


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise UnfitFileError("can not be read (it is closed)")
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UnfitFileError(f"has more than {MOST_BYTES:,} bytes, as no page has")
    return data
