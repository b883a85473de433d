"""An article's text without the breaks of its columns, and the way back to the page."""

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
    glued: bool = False
    #: Whether a paragraph begins, or ends, with it: an item of a list, a row of a table, a sub-heading.
    begins: bool = False
    ends: bool = False


class _Writer:
    """Text that remembers where its characters stood."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.out: list[str] = []
        self.length = 0
        self.text_starts: list[int] = []
        self.page_starts: list[int] = []

    def copy(self, start: int, end: int) -> None:
        if not self.text_starts or self.page_starts[-1] + self.length - self.text_starts[-1] != start:
            self.text_starts.append(self.length)
            self.page_starts.append(start)
        self.out.append(self.page[start:end])
        self.length += end - start

    def put(self, character: str, at: int) -> None:
        """A character of our own, which stands for the break at `at`."""
        self.text_starts.append(self.length)
        self.page_starts.append(at)
        self.out.append(character)
        self.length += 1


def heal(page: str, read: str, pieces: list[Piece]) -> tuple[str, tuple[Part, ...], Alignment, list[Piece]]:
    """Join the pieces of an article: text, parts, alignment, and the pieces without white space at their ends.

    The text is the page's; `read` is the page in plain characters, which say where a sentence ends.

    Breaks in mid-sentence go; the end of a paragraph is one line break; lines of a headline are joined by a space.
    """
    writer = _Writer(page)
    parts: list[Part] = []
    trimmed: list[Piece] = []
    for piece in pieces:
        start, end = strip_span(page, piece.start, piece.end)
        if start >= end:
            continue
        last = trimmed[-1] if trimmed else None
        if last is not None:
            joint = _joint(read, last, piece._replace(start=start, end=end))
            if joint:
                writer.put(joint, last.end)
        begin = writer.length
        writer.copy(start, end)
        if last is not None and last.kind == piece.kind:
            parts[-1] = Part(piece.kind, parts[-1].start, writer.length)
        else:
            parts.append(Part(piece.kind, begin, writer.length))
        trimmed.append(piece._replace(start=start, end=end))
    alignment = Alignment(tuple(writer.text_starts), tuple(writer.page_starts))
    return "".join(writer.out), tuple(parts), alignment, trimmed


def _joint(page: str, last: Piece, piece: Piece) -> str:
    """What stands between two pieces in the text: nothing, a space, or a line break."""
    if last.end == piece.start:
        return ""
    same_line = "\n" not in page[last.end : piece.start] and "\r" not in page[last.end : piece.start]
    if last.kind != piece.kind:
        return " " if same_line else "\n"
    if piece.kind != "body":
        return "" if piece.glued else " "
    if not piece.glued and (last.ends or piece.begins or closes(page, last.start, last.end)):
        return "\n"
    before, after = page[last.end - 1], page[piece.start]
    return " " if before.isascii() and after.isascii() and before.isalpha() and after.isalpha() else ""
