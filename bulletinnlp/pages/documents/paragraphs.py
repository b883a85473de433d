"""From blocks to the text of a page: lines of a paragraph put together, and where each was printed.

A paragraph begins with an indent, or behind a line that ends before its column does, or after a wider space. The last
line of a column goes on in the next column if it is full and the first line there has no indent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bulletinnlp.pages.documents.document import Document
from bulletinnlp.pages.documents.layout_boxes import LARGE
from bulletinnlp.pages.documents.text_runs import TextRun
from bulletinnlp.pages.documents.xy_cut import Block
from bulletinnlp.pages.page import Box, TextLine

#: An indent is as wide, one that sets a line to the right is wider; a line that ends so much before its column is the
#: last of its paragraph, and one that closes a sentence sooner (in sizes).
_INDENT, _TO_RIGHT, _SHORT, _CLOSED_SHORT = 0.8, 2.6, 4.0, 1.2
_CLOSING = ("。", "！", "？", "”", "）", ")", "!", "?", "…")
#: Lines of a paragraph are of one size, and not further apart than their neighbours (in sizes).
_ALIKE, _FURTHER = 0.08, 0.5
#: Runs on one base line are one line.
_LEVEL = 0.35
#: Lines of one headline are no further apart (in sizes); one that is wider than so much of its column was broken by the
#: type-setter, not by its writer.
_HEADLINE, _FULL = 0.8, 0.9


class _Line(NamedTuple):
    """A printed line, and the column that it stands in: its edges, and how far its lines are apart."""

    run: TextRun
    block: Block
    left: float
    right: float
    step: float
    #: Of how many pieces it is made, with gaps between them.
    cells: int

    def ends_before(self, sizes: float) -> bool:
        """Whether it ends so much before its column does."""
        return self.run.x1 < self.right - sizes * self.run.size

    @property
    def indent(self) -> float:
        """In sizes."""
        return (self.run.x0 - self.left) / self.run.size

    @property
    def closes(self) -> bool:
        return self.run.text.endswith(_CLOSING)

    @property
    def is_last(self) -> bool:
        """Whether it is too short for a line with which its paragraph goes on."""
        return self.ends_before(_CLOSED_SHORT if self.closes else _SHORT)


def single_run_blocks(runs: Sequence[TextRun]) -> list[Block]:
    """Runs one under another, a block each."""
    return [Block((one,), one.x1 - one.x0) for one in runs]


def page_text(header: Sequence[Block], body: Sequence[Block], footer: Sequence[Block], size: float) -> Document:
    """The text of a page whose body is set in type of a size, between running heads and feet.

    Paragraphs are one line of the text each, blocks are parted by an empty line.
    """
    text: list[str] = []
    lines: list[TextLine] = []
    length = 0
    last: _Line | None = None
    for some, is_running_head in ((header, True), (body, False), (footer, True)):
        for line in (line for block in some for line in _lines(block)):
            between = _between(last, line, size) if last else ""
            own = line.run
            start = length + len(between)
            length = start + len(own.text)
            text += [between, own.text]
            large = own.size > LARGE * size and not is_running_head
            lines.append(TextLine(start, length, Box(own.x0, own.y0, own.x1, own.y1), own.size, is_running_head, large))
            last = line
    return Document("".join([*text, "\n"] if text else []), tuple(lines))


def _lines(block: Block) -> Iterator[_Line]:
    """The lines of a block, from top to bottom."""
    rows = list(_rows(block))
    found = [_joined(row) for row in rows]
    left = min(line.x0 for line in found)
    steps = sorted(b.y1 - a.y1 for a, b in pairwise(found))
    step = steps[len(steps) // 2] if steps else 0.0
    for line, row in zip(found, rows, strict=True):
        yield _Line(line, block, left, left + block.width, step, len(row))


def _rows(block: Block) -> Iterator[list[TextRun]]:
    """The runs of a block on one base line each, from left to right."""
    row: list[TextRun] = []
    for run in block.runs:
        if row and abs(run.y1 - row[-1].y1) > _LEVEL * min(run.size, row[-1].size):
            yield sorted(row, key=lambda f: f.x0)
            row = []
        row.append(run)
    yield sorted(row, key=lambda f: f.x0)


def _joined(row: list[TextRun]) -> TextRun:
    if len(row) == 1:
        return row[0]
    longest = max(row, key=lambda f: len(f.text))
    return TextRun(
        " ".join(f.text for f in row),
        row[0].x0, min(f.y0 for f in row), max(f.x1 for f in row), max(f.y1 for f in row), longest.size,
    )  # fmt: skip


def _between(last: _Line, line: _Line, size: float) -> str:
    """What stands between two printed lines in the text: nothing or a space inside a paragraph, else line breaks."""
    alike = abs(last.run.size - line.run.size) <= _ALIKE * last.run.size
    if line.block is not last.block:
        return _inside(last, line) if alike and _flows(last, line) else "\n\n"
    if not alike:
        return "\n"
    if line.run.size > LARGE * size:
        if line.run.y0 - last.run.y1 > _HEADLINE * line.run.size:
            return "\n"
        return " " if last.run.x1 - last.run.x0 < _FULL * line.block.width else _inside(last, line)
    return "\n" if _parts(last, line) else _inside(last, line)


def _flows(last: _Line, line: _Line) -> bool:
    """Whether the last line of a column goes on in the first of the next."""
    many = len(last.block.runs) > 1 < len(line.block.runs)
    return line.block.flows and many and not last.is_last and line.indent < _INDENT


def _parts(last: _Line, line: _Line) -> bool:
    """Whether a paragraph ends between two lines of a column."""
    if line.run.y1 - last.run.y1 > line.step + _FURTHER * line.run.size:
        return True
    if last.cells > 1 and line.cells > 1:
        return True  # rows of a table
    full = not last.ends_before(_CLOSED_SHORT)
    if line.indent > _TO_RIGHT and not line.ends_before(_CLOSED_SHORT) and full and not last.closes:
        return False  # a byline that is set to the right goes on
    return line.indent > _INDENT or last.is_last


def _inside(last: _Line, line: _Line) -> str:
    """Words of Latin letters are parted by the end of a line, Chinese ones are not."""
    a, b = last.run.text[-1], line.run.text[0]
    return " " if a.isascii() and b.isascii() and a.isalpha() and b.isalpha() else ""
