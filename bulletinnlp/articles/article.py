"""What the splitter makes of a page: segments that tile it, and articles made of them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

from bulletinnlp.annotations import Part, Problem

ArticleKind = Literal["article", "photo", "brief"]
SegmentKind = Literal["banner", "eyebrow", "headline", "dateline", "body", "byline", "stray", "blank"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the page. The segments of a page tile it: no gap, no overlap, in order.

    `article` is the position (from 1) of the article that it belongs to; None for what belongs to none.
    """

    kind: SegmentKind
    start: int
    end: int
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each character of an article's text stands on its page.

    The text is a row of pieces copied from the page. Piece `i` begins at `text_starts[i]` in the text and at
    `page_starts[i]` on the page.

    >>> alignment = Alignment((0, 3), (10, 15))  # 社区工|作人员, which two line breaks part on the page
    >>> alignment.to_page(2, 4)
    (12, 16)
    """

    text_starts: tuple[int, ...]
    page_starts: tuple[int, ...]

    def to_page(self, start: int, end: int) -> tuple[int, int]:
        """Page offsets of `text[start:end]`; the slice of the page holds the breaks that cut it."""
        if start >= end:
            at = self._locate(start)
            return at, at
        return self._locate(start), self._locate(end - 1) + 1

    def _locate(self, offset: int) -> int:
        piece = max(bisect_right(self.text_starts, offset) - 1, 0)
        return self.page_starts[piece] + offset - self.text_starts[piece]


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a page.

    `text` is what an analyst would read: eyebrow, headline, dateline, body and byline in the order of the page, without
    column breaks (`社区工⏎⏎作人员` reads `社区工作人员`), paragraphs ended by one line break. `parts` says which
    stretch of `text` is what; `alignment` leads from `text` back to the page.

    `flags` says what to be careful about: `broken_start`, `broken_end` (a part of it is missing), `rejoined` (it was
    put together from pieces), `repeated_text` (an OCR printed some of it again and again; the copies are left out),
    `read_in_part` (it is longer than the stages read).
    """

    article_id: str
    page_id: str
    position: int
    kind: ArticleKind
    text: str
    parts: tuple[Part, ...]
    alignment: Alignment
    #: Page offsets, from the first to the last character that belongs to it.
    start: int
    end: int
    banner: str | None = None
    flags: tuple[str, ...] = ()
    published: str | None = None
    paper: str | None = None
    home: str | None = None
    segments: tuple[Segment, ...] = field(default=(), repr=False)

    def part(self, kind: str) -> str | None:
        """The text of a part, None if the article has none: `article.part("headline")`."""
        found = [self.text[part.start : part.end] for part in self.parts if part.kind == kind]
        return "\n".join(found) or None

    @property
    def headline(self) -> str | None:
        return self.part("headline")

    @property
    def eyebrow(self) -> str | None:
        return self.part("eyebrow")

    @property
    def dateline(self) -> str | None:
        return self.part("dateline")

    @property
    def body(self) -> str | None:
        return self.part("body")

    @property
    def byline(self) -> str | None:
        return self.part("byline")


@dataclass(frozen=True, slots=True)
class Split:
    """A page, split: segments that tile it from 0 to its length, its articles, and what the reader should know."""

    segments: tuple[Segment, ...]
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...] = ()
