"""The glyphs of a page of a PDF: each character with where it is printed and how large.

pypdfium2 reads them. Points are counted from the upper left corner of the page as it is shown, so that boxes are those
of a picture of the page.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

#: How far type reaches over and under its base line, in sizes: the em box of Chinese fonts.
ASCENT, DESCENT = 0.88, 0.12
#: Type that is turned by more (radians) is no line of the text.
_TURNED = 0.2
#: A copy of a glyph that is printed so near to it (in sizes) makes it bold.
_COPY = 0.2


class Glyph(NamedTuple):
    """A character, its box in points, its size, whether it is turned out of the horizontal."""

    char: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    turned: bool = False


Place = Callable[[float, float], tuple[float, float]]


def glyphs(page: Any) -> Iterator[Glyph]:
    """The glyphs of a `pypdfium2.PdfPage` in the order in which the file prints them, spaces among them.

    A space without width is one that pdfium takes a gap for.
    """
    import pypdfium2.raw as pdfium

    place, textpage = _placing(page), page.get_textpage()
    text = textpage.raw
    at_x, at_y, box, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    high = 0
    last: Glyph | None = None
    for i in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code < 32:
            continue
        if pdfium.FPDFText_IsGenerated(text, i) == 1:
            if last and code == 32:
                yield last._replace(char=" ", x0=last.x1)
            continue
        pdfium.FPDFText_GetCharOrigin(text, i, at_x, at_y)
        pdfium.FPDFText_GetLooseCharBox(text, i, box)
        pdfium.FPDFText_GetMatrix(text, i, matrix)
        size = pdfium.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d)
        char = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        found = _glyph(char, place, (at_x.value, at_y.value), box, size, (matrix.a, matrix.b))
        if found is not None and not (last and _is_copy(last, found)):
            yield found
            last = found
    textpage.close()


def _glyph(
    char: str, place: Place, origin: tuple[float, float], box: Any, size: float, along: tuple[float, float]
) -> Glyph | None:
    """A glyph on the page as it is shown; nothing for one without extent."""
    (x, y), sides = origin, (box.left, box.bottom, box.right, box.top)
    if not all(map(math.isfinite, (x, y, size, *sides))) or size <= 0:
        return None
    base_x, base_y = place(x, y)
    ahead_x, ahead_y = place(x + along[0], y + along[1])
    if abs(math.atan2(ahead_y - base_y, ahead_x - base_x)) > _TURNED:
        return Glyph(char, base_x, base_y, base_x + size, base_y + size, size, turned=True)
    first, last = sorted((place(*sides[:2])[0], place(*sides[2:])[0]))
    return Glyph(char, first, base_y - ASCENT * size, last, base_y + DESCENT * size, size)


def _is_copy(last: Glyph, glyph: Glyph) -> bool:
    near = _COPY * glyph.size
    return last.char == glyph.char and abs(last.x0 - glyph.x0) < near and abs(last.y0 - glyph.y0) < near


def _placing(page: Any) -> Place:
    """From the page's own coordinates to those of the page as it is shown: cut to its box, and turned."""
    left, bottom, right, top = page.get_cropbox()
    turns = page.get_rotation() // 90
    return (
        lambda x, y: (x - left, top - y),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (top - y, right - x),
    )[turns % 4]
