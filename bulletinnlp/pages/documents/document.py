"""What is read of a document, and why one can not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from bulletinnlp.pages.page import Given
from bulletinnlp.pages.printed import PrintedLine

Severity = Literal["warning", "error"]


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
    """The text of a document, or of one page of it; where it is printed, and what the document says of its issue.

    `warning` is what the reader should know.
    """

    text: str
    printed: tuple[PrintedLine, ...] = ()
    published: str | None = None
    given: tuple[Given, ...] = ()
    warning: str | None = None


def article(
    headline: str | None, body: Sequence[str], *, published: str | None = None, warning: str | None = None
) -> Document:
    """A document that is one article: its headline, and the lines of its body.

    >>> article("县一中开学", ["近日，县一中开学。"]).given
    (Given(kind='headline', start=0, end=5), Given(kind='body', start=6, end=15))
    """
    head, text = headline or "", "\n".join(body)
    start = len(head) + 1 if head else 0
    given = [Given("headline", 0, len(head))] if head else []
    whole = f"{head}\n{text}" if head else text
    return Document(
        f"{whole}\n", published=published, warning=warning, given=(*given, Given("body", start, len(whole)))
    )
