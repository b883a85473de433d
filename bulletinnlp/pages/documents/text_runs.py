"""Glyphs put together to text runs: pieces of a line without a gap.

A gap may be a space inside a line or the gutter between two columns; what stands above and under it decides (`xy_cut`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bulletinnlp.pages.documents.glyphs import Glyph

#: Wider gaps (in sizes) cut a line; a printed space bridges a wider one.
_GAP, _SPACE = 0.6, 2.2
#: Glyphs of a line stand on one base line, and are of one size, give or take so much (in sizes).
_LEVEL, _ALIKE = 0.3, 0.4
#: A gap that is so much wider (in sizes) than the others of its line is a space; so is one that pdfium takes for one.
_TYPED, _TAKEN = 0.4, 0.12
#: So many single characters are a line, from top to bottom where the gaps between them are no wider, or spaced out.
_FEWEST, _UNDER = 3, 0.9


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of a line without a gap, its box in points, and the size of its type."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0


def text_runs(glyphs: Iterable[Glyph]) -> tuple[list[TextRun], list[TextRun]]:
    """The runs of a page, and those that are turned, each in the order of the file."""
    level: list[TextRun] = []
    turned: list[TextRun] = []
    for is_turned, group in _groups(glyphs):
        (turned if is_turned else level).append(_run_of(group))
    return _joined_characters(level), turned


def _groups(glyphs: Iterable[Glyph]) -> Iterator[tuple[bool, list[Glyph]]]:
    """Glyphs that go on with one another; a space among them stands before another glyph."""
    group: list[Glyph] = []
    space: Glyph | None = None
    for glyph in glyphs:
        if glyph.char.isspace():
            space = glyph if space is None or glyph.x1 > glyph.x0 else space
            continue
        if group and not _goes_on(group[-1], glyph, space is not None and space.x1 > space.x0):
            yield group[0].turned, group
            group, space = [], None
        if group and space is not None:
            group.append(space._replace(char=" "))
        group.append(glyph)
        space = None
    if group:
        yield group[0].turned, group


def _goes_on(last: Glyph, glyph: Glyph, spaced: bool) -> bool:
    if last.turned or glyph.turned:
        return last.turned and glyph.turned and not spaced
    size = max(last.size, glyph.size)
    if abs(last.y1 - glyph.y1) > _LEVEL * size or abs(last.size - glyph.size) > _ALIKE * size:
        return False
    gap = glyph.x0 - last.x1
    return -_GAP * size <= gap <= (_SPACE if spaced else _GAP) * size


def _run_of(group: list[Glyph]) -> TextRun:
    """A group of glyphs as a run; the size is that of most of its glyphs."""
    sizes = sorted(glyph.size for glyph in group)
    return TextRun(
        _typed(group),
        min(glyph.x0 for glyph in group), min(glyph.y0 for glyph in group),
        max(glyph.x1 for glyph in group), max(glyph.y1 for glyph in group),
        sizes[len(sizes) // 2],
    )  # fmt: skip


def _typed(group: list[Glyph]) -> str:
    """The text of a group, with a space where one is printed or a gap is one."""
    ink = [glyph for glyph in group if glyph.char != " "]
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(ink))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    text = [group[0].char]
    before, space = group[0], None
    for glyph in group[1:]:
        if glyph.char == " ":
            space = glyph
            continue
        wider = (glyph.x0 - before.x1 - usual) / glyph.size
        if wider > _TYPED if space is None else space.x1 > space.x0 or wider > _TAKEN:
            text.append(" ")
        text.append(glyph.char)
        before, space = glyph, None
    return "".join(text)


def _joined_characters(found: list[TextRun]) -> list[TextRun]:
    """The runs, single characters that follow one another from top to bottom, or spaced out, put together."""
    kept: list[TextRun] = []
    characters: list[TextRun] = []
    for run in found:
        if characters and not any(
            follows(characters[-1], run) and (len(characters) < 2 or follows(characters[-2], characters[-1]))
            for follows in (_stands_under, _stands_beside)
        ):
            kept += _one_run(characters)
            characters = []
        characters.append(run)
    return kept + _one_run(characters)


def _stands_under(upper: TextRun, lower: TextRun) -> bool:
    if len(upper.text) > 1 or len(lower.text) > 1:
        return False
    size = max(upper.size, lower.size)
    return abs(upper.x0 - lower.x0) < _LEVEL * size and 0 < lower.y0 - upper.y0 < (1 + _UNDER) * size


def _stands_beside(left: TextRun, right: TextRun) -> bool:
    if len(left.text) > 1 or len(right.text) > 1:
        return False
    size = max(left.size, right.size)
    return abs(left.y1 - right.y1) < _LEVEL * size and 0 < right.x0 - left.x1 < _SPACE * size


def _one_run(characters: list[TextRun]) -> list[TextRun]:
    """A characters of characters as one run, if they are enough."""
    if len(characters) < _FEWEST:
        return characters
    text = "".join(one.text for one in characters)
    x0, y0 = min(one.x0 for one in characters), min(one.y0 for one in characters)
    x1, y1 = max(one.x1 for one in characters), max(one.y1 for one in characters)
    return [TextRun(text, x0, y0, x1, y1, characters[0].size)]
