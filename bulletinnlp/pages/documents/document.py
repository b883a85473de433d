"""What is read of a document, and why one can not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bulletinnlp.pages.printed import PrintedLine

Severity = Literal["warning", "error"]


class DocumentError(ValueError):
    """A document can not be read; the message says why and what to do, in a few words.

    `severity` is that of the problem: `warning` where there is nothing to read.
    """

    def __init__(self, message: str, severity: Severity = "error") -> None:
        super().__init__(message)
        self.severity = severity


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document, or of one page of it; where it is printed, and what the document says of its issue.

    `warning` is what the reader should know.
    """

    text: str
    printed: tuple[PrintedLine, ...] = ()
    published: str | None = None
    paper: str | None = None
    warning: str | None = None
