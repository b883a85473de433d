"""A page of a newspaper, exactly as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from bulletinnlp.pages.printed import PrintedLine

#: For `str.translate`: what is no Unicode text, and can not be written, is shown as U+FFFD.
SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


GivenKind = Literal["headline", "byline", "body"]


class Given(NamedTuple):
    """A part of an article that is known before it is read: `page.text[start:end]` is its headline, byline or body."""

    kind: GivenKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page and where it came from.

    Every offset in the tables counts code points of `text`. `encoding` is the Python codec with which the file's bytes
    give `text` again: `Path(page.path).read_bytes().decode(page.encoding) == page.text`; None for a PDF and the like.

    >>> Page("2022-11-29_02", "我区开展线上巡课\\n").chars
    9
    """

    page_id: str
    text: str
    path: str | None = None
    encoding: str | None = None
    sha256: str | None = None
    #: Date of issue: a day, a month or a year (`2022-11-29`, `2022-11`, `2022`).
    published: str | None = None
    paper: str | None = None
    #: The paper's home, as a full chain of divisions (`山东省聊城市东昌府区`).
    home: str | None = None
    given: tuple[Given, ...] = ()
    #: The page of a PDF that it is, from 1, and what is known of the print of its lines.
    leaf: int | None = None
    printed: tuple[PrintedLine, ...] = ()

    @property
    def chars(self) -> int:
        """Length of the text in code points."""
        return len(self.text)
