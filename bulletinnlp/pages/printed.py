"""What is known of the print of a page: where its lines stand, how large their type is, which are running heads."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in points, counted from the upper left corner of the page."""

    x0: float
    y0: float
    x1: float
    y1: float


class PrintedLine(NamedTuple):
    """A line as it is printed: `page.text[start:end]`, its box in a PDF, the size of its type in points.

    One that is a `head` is a running head, a page number or turned type: it belongs to the page, and to no article. A
    `large` one is printed in larger type than the text.
    """

    start: int
    end: int
    box: Box | None
    size: float
    head: bool = False
    large: bool = False
