"""From drafts to articles, and to the segments that tile the page."""

from __future__ import annotations

from collections import deque

from bulletinnlp.annotations import Problem
from bulletinnlp.articles.article import Article, ArticleKind, Segment, SegmentKind, Split
from bulletinnlp.articles.drafts import Draft
from bulletinnlp.articles.lines import Line, blank, strip_span
from bulletinnlp.articles.reflow import Piece, reflow
from bulletinnlp.articles.signatures import LONGEST_CAPTION, is_photo
from bulletinnlp.pages.page import Page
from bulletinnlp.text.plain import plain

#: What flags say to the reader of the page.
_BROKEN = {
    "broken_start": "begins in mid-sentence, or elsewhere",
    "broken_end": "breaks off in mid-sentence, or goes on elsewhere",
}


def assemble(page: Page, drafts: list[Draft], days: list[tuple[int, str]], copies: int) -> Split:
    """Build the articles and tile the page.

    `days` are those of a web page's metadata, with their offsets; the first in an article dates it where nothing else
    dates the page. `copies` is how many copies of text are left out.
    """
    undated = deque(days if page.published is None else ())
    read = plain(page.text)
    articles: list[Article] = []
    marked: list[Segment] = []
    for position, draft in enumerate(drafts, 1):
        text, parts, alignment, pieces = reflow(page.text, read, draft.pieces)
        own = [Segment("banner", line.start, line.end, position) for line in draft.banner]
        own += _segments(page.text, pieces, position)
        marked += own
        end = max(segment.end for segment in own)
        day = None
        while undated and undated[0][0] < end:
            day = undated.popleft()[1]
        articles.append(
            Article(
                article_id=f"{page.page_id}#{position}",
                page_id=page.page_id,
                position=position,
                kind=_kind(draft, page.text),
                text=text,
                parts=parts,
                alignment=alignment,
                start=min(segment.start for segment in own),
                end=end,
                banner=" ".join(_printed(page.text, line) for line in draft.banner) or None,
                flags=tuple(draft.flags),
                published=page.published or day,
                paper=page.paper,
                home=page.home,
                segments=tuple(own),
            )
        )
    return Split(tile(page.text, marked), tuple(articles), tuple(_problems(page, articles, copies)))


def _kind(draft: Draft, text: str) -> ArticleKind:
    kinds = {piece.kind for piece in draft.pieces}
    signatures = [plain(text[piece.start : piece.end]) for piece in draft.pieces if piece.kind == "byline"]
    chars = sum(piece.end - piece.start for piece in draft.pieces if piece.kind == "body")
    if signatures and all(map(is_photo, signatures)) and chars <= LONGEST_CAPTION and "dateline" not in kinds:
        return "photo"
    return "article" if "headline" in kinds else "brief"


def _printed(page: str, line: Line) -> str:
    """A line as the page prints it: its own text is in plain characters."""
    return "".join(page[start:end] for start, end in line.spans(0, len(line.text)))


def _problems(page: Page, articles: list[Article], copies: int) -> list[Problem]:
    """What the reader of the page should know."""
    messages = []
    if not articles and not blank(page.text, 0, len(page.text)):
        messages.append("no article was found on the page")
    if copies:
        messages.append(f"text that was repeated {copies} times was set aside as stray")
    for article in articles:
        messages += [f"{article.article_id} {message}" for flag, message in _BROKEN.items() if flag in article.flags]
    return [Problem("articles", "warning", message) for message in messages]


def _segments(page: str, pieces: list[Piece], position: int) -> list[Segment]:
    """Segments of an article: pieces of one kind with nothing but white space between them are one."""
    found: list[Segment] = []
    for kind, start, end, *_ in pieces:
        last = found[-1] if found else None
        if last and last.kind == kind and last.end <= start and blank(page, last.end, start):
            found[-1] = Segment(kind, last.start, end, position)
        else:
            found.append(Segment(kind, start, end, position))
    return found


def tile(text: str, marked: list[Segment]) -> tuple[Segment, ...]:
    """Fill what lies between the marked segments with `blank` (white space only) and `stray`.

    >>> [(s.kind, s.start, s.end) for s in tile("02版\\n开学", [Segment("headline", 4, 6, 1)])]
    [('stray', 0, 3), ('blank', 3, 4), ('headline', 4, 6)]
    """
    tiled: list[Segment] = []
    at = 0
    for segment in sorted(marked, key=lambda segment: segment.start):
        tiled += [*_unmarked(text, at, segment.start), segment]
        at = segment.end
    return (*tiled, *_unmarked(text, at, len(text)))


def _unmarked(text: str, start: int, end: int) -> list[Segment]:
    first, last = strip_span(text, start, end)
    spans: list[tuple[SegmentKind, int, int]] = [("blank", start, first), ("stray", first, last), ("blank", last, end)]
    return [Segment(*span) for span in spans if span[1] < span[2]]
