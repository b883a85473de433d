"""What is read of a document, and why one can not be read; a page of a PDF that is not read yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bulletinnlp.pages.page import StatedPart, TextLine, article_text

Severity = Literal["warning", "error"]


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page of a PDF, not read yet: `number` of `count`, from 1.

    >>> str(PdfPage(Path("a.pdf"), 2, 3)), PdfPage(Path("a.pdf"), 2, 3).page_id, PdfPage(Path("a.pdf"), 1, 1).page_id
    ('a.pdf, page 2', 'a#p2', 'a')
    """

    path: Path
    number: int
    count: int

    @property
    def page_id(self) -> str:
        """The id of the page: the stem of the file, and the number of the page if there are several."""
        return f"{self.path.stem}#p{self.number}" if self.count > 1 else self.path.stem

    def __str__(self) -> str:
        return f"{self.path}, page {self.number}" if self.count > 1 else str(self.path)


class DocumentError(ValueError):
    """A document can not be read; the message says why and what to do, in a few words.

    `severity` is that of the problem: `warning` where there is nothing to read.
    """

    def __init__(self, message: str, severity: Severity = "error") -> None:
        super().__init__(message)
        self.severity = severity


@contextmanager
def parsing(what: str) -> Iterator[None]:
    """Whatever a library raises over the bytes of a file says that this is damaged; the error itself is its cause.

    >>> with parsing("the Word file"):
    ...     raise KeyError("word/document.xml")
    Traceback (most recent call last):
    bulletinnlp.pages.documents.document.DocumentError: the Word file is damaged, and was not read
    """
    try:
        yield
    except (DocumentError, OSError, ImportError, MemoryError):  # these say nothing of the bytes
        raise
    except Exception as error:
        raise DocumentError(f"{what} is damaged, and was not read") from error


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document, or of one page of it.

    `lines` are its lines as they are printed, `published` is what the document says of its issue, `stated` are the
    parts of its article where it is one, `warning` is what the reader should know.
    """

    text: str
    lines: tuple[TextLine, ...] = ()
    published: str | None = None
    stated: tuple[StatedPart, ...] = ()
    warning: str | None = None


def article_document(
    headline: str | None, body: Sequence[str], *, published: str | None = None, warning: str | None = None
) -> Document:
    """A document that is one article: its headline, and the lines of its body.

    >>> article_document("县一中开学", ["近日，县一中开学。"]).stated
    (StatedPart(kind='headline', start=0, end=5), StatedPart(kind='body', start=6, end=15))
    """
    text, stated = article_text("\n".join(body), headline)
    return Document(f"{text}\n", published=published, warning=warning, stated=stated)
