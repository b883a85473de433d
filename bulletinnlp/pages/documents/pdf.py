"""The text of a page of a PDF in the order in which it is read, and where each of its lines is printed.

Pages are numbered from 1.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from bulletinnlp.pages.documents import ocr
from bulletinnlp.pages.documents.content_streams import has_damage
from bulletinnlp.pages.documents.document import Document, DocumentError, PdfPage, parsing
from bulletinnlp.pages.documents.glyphs import glyphs
from bulletinnlp.pages.documents.layout_boxes import body_size
from bulletinnlp.pages.documents.paragraphs import page_text, single_run_blocks
from bulletinnlp.pages.documents.running_heads import zones
from bulletinnlp.pages.documents.text_runs import TextRun, text_runs
from bulletinnlp.pages.documents.xy_cut import blocks
from bulletinnlp.pages.file_types import PDF, misnamed

#: Running heads are looked for on so many pages before and behind; what was read of so many is at hand.
_NEARBY, _AT_HAND = 2, 8
_SCAN = (
    "the page has no text layer (a scan?) and was not read; run OCR over the PDF, give its text as .txt, or let it be "
    f"read by OCR here: {ocr.EXTRA}"
)
_BY_OCR = "the page has no text layer, and was read by OCR, which makes mistakes"


@contextmanager
def open_pdf(path: Path) -> Iterator[Any]:
    """A `pypdfium2.PdfDocument`. Raises DocumentError for a file that is no PDF, is damaged or locked, OSError."""
    import pypdfium2

    with path.open("rb") as file:
        head = file.read(1024)
    if b"%PDF-" not in head:
        raise DocumentError(misnamed(path.read_bytes(), path.stem, PDF) if head else "the file is empty")
    try:
        with parsing("the PDF"):
            document = pypdfium2.PdfDocument(path)
    except DocumentError as error:
        if _is_locked(error.__cause__):
            raise DocumentError("the PDF is locked with a password; save a copy without one") from None
        raise
    try:
        yield document
    finally:
        document.close()


def _is_locked(error: BaseException | None) -> bool:
    import pypdfium2.raw as pdfium

    return getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD


def count(path: Path) -> int:
    """How many pages a PDF has. Raises what `open_pdf` raises."""
    with open_pdf(path) as document:
        return len(document)


class _PageContent(NamedTuple):
    """What is printed on a page: level and turned type, its height in points, whether it shows anything at all."""

    level: tuple[TextRun, ...]
    turned: tuple[TextRun, ...]
    height: float
    shows: bool
    #: How many pages the document has.
    page_count: int


@contextmanager
def _opened_page(path: Path, number: int) -> Iterator[tuple[Any, int]]:
    """A page of a PDF, and how many there are. Raises what `open_pdf` raises."""
    with open_pdf(path) as document, parsing("this page of the PDF"):
        yield document[number - 1], len(document)


@lru_cache(_AT_HAND)
def _content(path: Path, number: int, state: tuple[int, int]) -> _PageContent:
    """What is printed on a page of a file in this state (its size, and when it was changed)."""
    with _opened_page(path, number) as (page, count):
        level, turned = text_runs(glyphs(page))
        shows = any(True for _ in page.get_objects(max_depth=1))
        return _PageContent(tuple(level), tuple(turned), page.get_height(), shows, count)


@lru_cache(_AT_HAND)
def _has_damage(path: Path, state: tuple[int, int]) -> bool:
    """Whether the content of a page in a file in this state is damaged."""
    return has_damage(path.read_bytes())


def read(page: PdfPage) -> Document:
    """The text of a page of a PDF. Raises what `open_pdf` raises."""
    path, number = page.path, page.number
    file = os.stat(path)
    state = file.st_size, file.st_mtime_ns
    own = _content(path, number, state)
    if own.page_count != page.count:
        raise DocumentError(f"the PDF has {own.page_count} pages, not {page.count}")
    if not own.shows:
        if _has_damage(path, state):
            raise DocumentError("this page of the PDF shows nothing, and the file is damaged; it was not read")
        raise DocumentError("the page is blank", "warning")
    if own.level or own.turned:
        return _document(own.level, own.turned, own.height, _nearby(page, state))
    if not ocr.is_installed():
        raise DocumentError(_SCAN)
    with _opened_page(path, number) as (picture, _):
        level = ocr.text_runs(picture)
    if not level:
        raise DocumentError("the page has no text layer, and OCR reads nothing on it", "warning")
    return replace(_document(level, (), own.height), warning=_BY_OCR)


def _document(
    level: Sequence[TextRun], turned: Sequence[TextRun], height: float, nearby: Iterable[Sequence[TextRun]] = ()
) -> Document:
    header, body, footer = zones(level, height, nearby)
    return page_text(single_run_blocks(header), blocks(body), single_run_blocks([*footer, *turned]), body_size(body))


def _nearby(page: PdfPage, state: tuple[int, int]) -> Iterator[tuple[TextRun, ...]]:
    """What is printed on the pages before and behind."""
    for other in range(max(page.number - _NEARBY, 1), min(page.number + _NEARBY, page.count) + 1):
        if other != page.number:
            with suppress(DocumentError):
                yield _content(page.path, other, state).level
