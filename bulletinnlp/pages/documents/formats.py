"""Which module reads which document, by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from bulletinnlp.pages.documents import html_articles, pdf, word
from bulletinnlp.pages.documents.document import Document, DocumentError, PdfPage
from bulletinnlp.pages.file_types import FILES_EXTRA, is_readable_document
from bulletinnlp.pages.plain_files import unfit

_READERS: dict[str, Callable[[Path], Document]] = {
    ".docx": word.read,
    ".html": html_articles.read,
    ".htm": html_articles.read,
}


def pages_in(path: Path) -> Iterator[Path | PdfPage]:
    """The pages of a PDF; any other file is one page. A PDF that can not be opened is one page, too."""
    if path.suffix.lower() != ".pdf":
        yield path
        return
    try:
        count = pdf.count(path) if is_readable_document(path) and not unfit(path) else 1
    except (DocumentError, OSError):
        count = 1  # reading it says why
    for number in range(1, count + 1):
        yield PdfPage(path, number, count)


def read_document(source: Path | PdfPage) -> Document:
    """Read a document, or a page of one. Raises DocumentError or OSError if it can not be read."""
    path = source.path if isinstance(source, PdfPage) else source
    if not is_readable_document(path):
        raise DocumentError(f"reading {path.suffix.lower()} needs the extra files: {FILES_EXTRA}")
    if isinstance(source, PdfPage):
        return pdf.read(source)
    return _READERS[path.suffix.lower()](path)
