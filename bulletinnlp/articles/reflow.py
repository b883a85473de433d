"""The text of an article reflowed: without the breaks of its columns, and with the way back to the page."""

from __future__ import annotations

from typing import NamedTuple

from bulletinnlp.annotations import Part, PartKind
from bulletinnlp.articles.article import Alignment
from bulletinnlp.articles.lines import closes, strip_span


class Piece(NamedTuple):
    """A part of an article, or a piece of one: a stretch of the page within a line."""

    kind: PartKind
    start: int
    end: int
    #: Whether it goes on with the piece before it, whatever that ends with.
    goes_on: bool = False
    #: Whether a paragraph begins, or ends, with it: an item of a list, a row of a table, a sub-heading.
    begins: bool = False
    ends: bool = False


class Reflowed(NamedTuple):
    """The text of an article, its parts, where it stands on the page, and its pieces without white space around."""

    text: str
    parts: tuple[Part, ...]
    alignment: Alignment
    pieces: list[Piece]


class _Writer:
    """Text that remembers where its characters stood."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.out: list[str] = []
        self.length = 0
        self.text_starts: list[int] = []
        self.page_starts: list[int] = []

    def copy(self, start: int, end: int) -> None:
        """Write a stretch of the page."""
        if not self.text_starts or self.page_starts[-1] + self.length - self.text_starts[-1] != start:
            self._put(self.page[start:end], start)
        else:
            self.out.append(self.page[start:end])
            self.length += end - start

    def separate(self, separator: str, at: int) -> None:
        """Write a separator, which stands for the break at `at`."""
        if separator:
            self._put(separator, at)

    def _put(self, text: str, at: int) -> None:
        self.text_starts.append(self.length)
        self.page_starts.append(at)
        self.out.append(text)
        self.length += len(text)


def reflow(page: str, read: str, pieces: list[Piece]) -> Reflowed:
    """Join the pieces of an article.

    The text is the page's; `read` is the page in plain characters, which say where a sentence ends. Breaks in
    mid-sentence go; the end of a paragraph is one line break; lines of a headline are joined by a space.

    >>> page = "驻守社区工\\n作人员。"
    >>> reflow(page, page, [Piece("body", 0, 5), Piece("body", 6, 10)]).text
    '驻守社区工作人员。'
    """
    writer = _Writer(page)
    parts: list[Part] = []
    trimmed: list[Piece] = []
    for piece in pieces:
        start, end = strip_span(page, piece.start, piece.end)
        if start >= end:
            continue
        piece = piece._replace(start=start, end=end)
        if trimmed:
            writer.separate(_separator(read, trimmed[-1], piece), trimmed[-1].end)
        begin = writer.length
        writer.copy(start, end)
        if trimmed and trimmed[-1].kind == piece.kind:
            parts[-1] = parts[-1]._replace(end=writer.length)
        else:
            parts.append(Part(piece.kind, begin, writer.length))
        trimmed.append(piece)
    alignment = Alignment(tuple(writer.text_starts), tuple(writer.page_starts))
    return Reflowed("".join(writer.out), tuple(parts), alignment, trimmed)


def _separator(page: str, last: Piece, piece: Piece) -> str:
    """What stands between two pieces in the text: nothing, a space, or a line break."""
    if last.end == piece.start:
        return ""
    if last.kind != piece.kind:
        between = page[last.end : piece.start]
        return "\n" if "\n" in between or "\r" in between else " "
    if piece.kind != "body":
        return "" if piece.goes_on else " "
    if not piece.goes_on and (last.ends or piece.begins or closes(page, last.start, last.end)):
        return "\n"
    before, after = page[last.end - 1], page[piece.start]
    return " " if before.isascii() and after.isascii() and before.isalpha() and after.isalpha() else ""
