"""Where the text of a page is printed: the lines of a PDF."""

from __future__ import annotations

from typing import NamedTuple


class PrintedLine(NamedTuple):
    """A line as it is printed: `page.text[start:end]`, its box, the size of its type.

    Points are counted from the upper left corner of the page. One that is a `head` is a running head, a page number or
    turned type: it belongs to the page, and to no article. A `large` one is printed in larger type than the text.
    """

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    head: bool = False
    large: bool = False
