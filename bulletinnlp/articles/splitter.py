"""From a page to its articles.

| step | module |
| --- | --- |
| cut the page into printed lines, leave out running heads of a PDF | `lines`, `printing` |
| set aside what an OCR printed again and again | `repeats` |
| cut lines apart that were merged | `merged` |
| set aside what a web page prints around its articles | `web`, `stamps` |
| read plain characters, close up spaced-out text, put lines of narrow columns together | `spaced`, `columns` |
| score what each line looks like: headline, banner, furniture, opening, signature | `cues`, `openings`, `signature` |
| take larger type for a headline's | `printing` |
| mark what the lines around a line make of it: rows of a table, verses, sub-headings | `blocks` |
| see what two lines are to one another | `joints` |
| find the best path through the lines: which is what | `grammar` |
| group lines into articles, join what another article interrupted | `drafts` |
| write each article without column breaks, with the way back to the page | `healing` |

Every step takes time in proportion to the page. What belongs to no article stays in the tiling, as `stray` or `blank`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from bulletinnlp.annotations import Problem
from bulletinnlp.articles import line_labels as grammar
from bulletinnlp.articles.article import Article, ArticleKind, Segment
from bulletinnlp.articles.body_blocks import block_lines, subheadings
from bulletinnlp.articles.drafts import Draft, drafts, join_broken, whole
from bulletinnlp.articles.hard_wraps import unwrap
from bulletinnlp.articles.headings import is_jump
from bulletinnlp.articles.line_continuation import Joint, Joints, joint
from bulletinnlp.articles.line_labels import Costs, Look
from bulletinnlp.articles.lines import Line, blank, lines
from bulletinnlp.articles.merged_lines import cut_merged
from bulletinnlp.articles.plain_lines import close_up, in_plain, visible
from bulletinnlp.articles.printing import with_type, without_heads
from bulletinnlp.articles.reflow import Piece, heal
from bulletinnlp.articles.repeated_text import drop_repeats
from bulletinnlp.articles.signature_words import media
from bulletinnlp.articles.signatures import is_photo
from bulletinnlp.articles.web_boilerplate import without_web
from bulletinnlp.pages.page import Page, StatedPart
from bulletinnlp.text.plain import plain

#: From this score on, a line belongs to the page and not to an article.
SURE = 2.5
#: From this likeness on, a line among verses is a signature, and one among sub-headings.
_SIGNED, _SURELY_SIGNED = 2.5, 5.0
#: A line over a stamp is a headline.
_STAMPED = 2.0
#: A closed line that is longer is a text.
_SHORT = 8
_SHORTEST_COLUMN = 10
#: The caption of a picture is not longer.
_CAPTION = 300


@dataclass(frozen=True, slots=True)
class Split:
    """A page, split: segments that tile it from 0 to its length, and its articles."""

    segments: tuple[Segment, ...]
    articles: tuple[Article, ...]
    complaints: tuple[Problem, ...] = ()


def split(page: Page) -> Split:
    """Split a page into segments and articles.

    >>> page = Page("p1", "教育快讯\\n县一中开学\\n本报讯 9月1日，县一中开\\n\\n学。\\n（记者 甲）\\n")
    >>> [(s.kind, page.text[s.start:s.end]) for s in split(page).segments if s.kind != "blank"][:4]
    [('banner', '教育快讯'), ('headline', '县一中开学'), ('dateline', '本报讯'), ('body', '9月1日，县一中开\\n\\n学。')]
    >>> split(page).articles[0].body
    '9月1日，县一中开学。'
    """
    if page.stated:
        return _split_stated(page)
    printed, copies = drop_repeats(page.text, without_heads(lines(page.text), page.lines))
    bare = without_web(cut_merged(in_plain(printed, page.text)))
    printed = unwrap(visible(close_up(bare.lines)))
    looks = with_type(_looks(printed, [offset for offset, _ in bare.days]), printed, page.lines)
    top = _masthead(page, printed, looks)
    kept = [i for i, seen in enumerate(looks) if seen.stray < SURE and i >= top]
    jumps = [line for line, seen in zip(printed, looks, strict=True) if seen.stray >= SURE and is_jump(line.text)]
    printed, looks = [printed[i] for i in kept], [looks[i] for i in kept]
    joints = Joints(printed)
    between = [joint(a, b, not a.closes and joints.runs_over(a, b)) for a, b in pairwise(printed)]
    path = grammar.paths(looks, between, Costs())
    found = join_broken(drafts(printed, looks, between, path), joints)
    _flag(found, copies, jumps)
    return _finish(page, found, bare.days, len(copies))


def _split_stated(page: Page) -> Split:
    """A page that is one article whose parts are known: only within its body is looked for what is none.

    That is a dateline, bylines, what a web page prints around an article, and where no headline is given, one.
    """
    known = {part.kind: _lines_at(page.text, part) for part in page.stated}
    headline = visible(in_plain(known.get("headline", []), page.text))
    title = _bare(headline)
    printed, copies = drop_repeats(page.text, known.get("body", []))
    printed = in_plain(printed, page.text)
    while title and printed and _bare(printed[:1]) == title:
        printed = printed[1:]
    bare = without_web(printed)
    printed = headline + unwrap(visible(close_up(bare.lines)))
    looks = _looks(printed, [offset for offset, _ in bare.days])
    kept = [i for i, seen in enumerate(looks) if i < len(headline) or seen.stray < SURE]
    printed, looks = [printed[i] for i in kept], [looks[i] for i in kept]
    joints = Joints(printed)
    between = [joint(a, b, not a.closes and joints.runs_over(a, b)) for a, b in pairwise(printed)]
    path = grammar.paths(looks, between, Costs())
    column = _column(printed[len(headline) :])
    looks = [
        seen._replace(block=not cut.over and (seen.closes or seen.length < column), item=False)
        for seen, cut in zip(looks, [*between, Joint()], strict=False)
    ]
    draft = whole(printed, looks, path, len(headline))
    signed = [Piece("byline", line.start, line.end) for line in known.get("byline", [])]
    draft.pieces[len(headline) : len(headline)] = signed
    draft.body = [(line, at + len(signed)) for line, at in draft.body]
    found = join_broken([draft], joints) if draft.pieces else []
    _flag(found, copies, [])
    return _finish(page, found, bare.days, len(copies))


def _column(printed: list[Line]) -> float:
    """From which length on a line in mid-sentence ends where a column does, and not where a paragraph does.

    There is a column where most lines, but for the last, end in mid-sentence and are about as long as the longest.
    """
    column = max(_SHORTEST_COLUMN, 0.6 * max((len(line.text) for line in printed), default=0))
    cut = sum(not line.closes and len(line.text) >= column for line in printed[:-1])
    return column if 2 * cut > len(printed) - 1 else inf


def _lines_at(text: str, part: StatedPart) -> list[Line]:
    """The lines of a part of a page."""
    return [
        line._replace(start=line.start + part.start, end=line.end + part.start)
        for line in lines(text[part.start : part.end])
    ]


def _bare(some: list[Line]) -> str:
    """The letters of lines, as headlines are compared."""
    return "".join(char for line in some for char in line.text if char.isalnum())


def _looks(printed: list[Line], stamps: list[int]) -> list[Look]:
    """What the lines look like, the lines around them taken into account. `stamps` is where dates of stamps stood."""
    marks = [False, *(is_jump(line.text) and "上" in line.text[:3] for line in printed)]
    looks = [grammar.look(line, resumes) for line, resumes in zip(printed, marks, strict=False)]
    for i, block in enumerate(block_lines(printed)):
        if block and looks[i].signature < _SIGNED:
            looks[i] = grammar.as_block(looks[i])
    for stamp in stamps:
        over = bisect_left(printed, stamp, key=lambda line: line.start) - 1
        if over >= 0 and not looks[over].block:
            looks[over] = looks[over]._replace(title=looks[over].title + _STAMPED)
    if grammar.signatures(looks) < grammar.FEW:
        texts = [seen.is_text or (seen.closes and seen.length > 2 * _SHORT) for seen in looks]
        heads = [
            _heads(line, seen, after) for line, seen, after in zip(printed, looks, [*looks[1:], None], strict=False)
        ]
        for i, sub in enumerate(subheadings(printed, texts, heads)):
            looks[i] = grammar.as_block(looks[i]) if sub else looks[i]
    return looks


def _heads(line: Line, seen: Look, after: Look | None) -> bool:
    """Whether a line is no sub-heading but a headline, or a signature (【夜读】 may be both)."""
    signs = _SURELY_SIGNED if line.text[0] in "【[" else _SIGNED - 0.5
    return seen.signature > signs or seen.title > _STAMPED + 1 or seen.opens or (after is not None and after.opens)


def _flag(found: list[Draft], copies: list[tuple[int, int]], jumps: list[Line]) -> None:
    """Flag the articles beside repeated text (`repeated_text`) and beside 下转第2版, 上接第1版."""
    starts = [draft.pieces[0].start for draft in found]
    for start, _ in copies:
        at = bisect_right(starts, start) - 1
        if at >= 0:
            found[at].flag("repeated_text")
    for line in jumps:
        at = bisect_right(starts, line.start) - 1
        if "上" not in line.text[:3] and at >= 0:
            found[at].flag("broken_end")
        elif "上" in line.text[:3] and at + 1 < len(found):
            found[at + 1].flag("broken_start")


def _masthead(page: Page, printed: list[Line], looks: list[Look]) -> int:
    """How many lines at the top of the page are its masthead: name of the paper, date, number of the page.

    A date with a text right under it is none: the line over it is a headline.
    """
    top = 0
    for i, (line, seen) in enumerate(zip(printed[:8], looks[:8], strict=True)):
        if page.paper and line.text == page.paper:
            top = i + 1
        elif seen.stray >= SURE and not is_jump(line.text):
            over = printed[top:i]
            if i + 1 < len(looks) and looks[i + 1].is_text and not (over and media().search(over[0].text)):
                break
            top = i + 1
        elif seen.length > 16 or seen.closes or seen.opens or seen.signature > 0:
            break
    return top


def _finish(page: Page, found: list[Draft], days: list[tuple[int, str]], copies: int) -> Split:
    """Build the articles and tile the page. The day of a stamp dates its article where nothing else dates the page."""
    stamps = deque(days if page.published is None else ())
    read = plain(page.text)
    articles: list[Article] = []
    marked: list[Segment] = []
    for position, draft in enumerate(found, 1):
        text, parts, alignment, pieces = heal(page.text, read, draft.pieces)
        own = [Segment("banner", line.start, line.end, position) for line in draft.banner]
        own += _segments(page.text, pieces, position)
        marked += own
        end = max(s.end for s in own)
        day = None
        while stamps and stamps[0][0] < end:
            day = stamps.popleft()[1]
        articles.append(
            Article(
                article_id=f"{page.page_id}#{position}",
                page_id=page.page_id,
                position=position,
                kind=_kind(draft, page.text),
                text=text,
                parts=parts,
                alignment=alignment,
                start=min(s.start for s in own),
                end=end,
                banner=" ".join(_printed(page.text, line) for line in draft.banner) or None,
                flags=tuple(draft.flags),
                published=page.published or day,
                paper=page.paper,
                home=page.home,
                segments=tuple(own),
            )
        )
    return Split(tile(page.text, marked), tuple(articles), tuple(_complaints(page, articles, copies)))


def _printed(page: str, line: Line) -> str:
    """A line as the page prints it: its own text is in plain characters."""
    return "".join(page[start:end] for start, end in line.spans(0, len(line.text)))


def _complaints(page: Page, articles: list[Article], copies: int) -> list[Problem]:
    """What the reader of the page should know."""
    found = []
    if not articles and not blank(page.text, 0, len(page.text)):
        found.append(Problem("articles", "warning", "no article was found on the page"))
    if copies:
        found.append(Problem("articles", "warning", f"text that was repeated {copies} times was set aside as stray"))
    for article in articles:
        for flag, message in _BROKEN.items():
            if flag in article.flags:
                found.append(Problem("articles", "warning", f"{article.article_id} {message}"))
    return found


_BROKEN = {
    "broken_start": "begins in mid-sentence, or elsewhere",
    "broken_end": "breaks off in mid-sentence, or goes on elsewhere",
}


def _segments(page: str, pieces: list[Piece], position: int) -> list[Segment]:
    """Segments of an article: pieces of one kind with nothing but white space between them are one."""
    found: list[Segment] = []
    for piece in pieces:
        last = found[-1] if found else None
        follows = last is not None and last.kind == piece.kind and last.end <= piece.start
        if last is not None and follows and blank(page, last.end, piece.start):
            found[-1] = Segment(piece.kind, found[-1].start, piece.end, position)
        else:
            found.append(Segment(piece.kind, piece.start, piece.end, position))
    return found


def tile(text: str, marked: list[Segment]) -> tuple[Segment, ...]:
    """Fill what lies between the marked segments with `blank` (white space only) and `stray`."""
    tiled: list[Segment] = []
    at = 0
    for segment in sorted(marked, key=lambda s: s.start):
        tiled += _between(text, at, segment.start)
        tiled.append(segment)
        at = segment.end
    tiled += _between(text, at, len(text))
    return tuple(tiled)


def _between(text: str, start: int, end: int) -> list[Segment]:
    if start >= end:
        return []
    found: list[Segment] = []
    for line in lines(text[start:end]):
        s, e = start + line.start, start + line.end
        if found and found[-1].kind == "stray":
            found[-1] = Segment("stray", found[-1].start, e)
            continue
        if s > start:
            found.append(Segment("blank", start, s))
        found.append(Segment("stray", s, e))
    last = found[-1].end if found else start
    if last < end:
        found.append(Segment("blank", last, end))
    return found


def _kind(draft: Draft, text: str) -> ArticleKind:
    signed = [plain(text[p.start : p.end]) for p in draft.pieces if p.kind == "byline"]
    chars = sum(p.end - p.start for p in draft.pieces if p.kind == "body")
    dated = any(p.kind == "dateline" for p in draft.pieces)
    if signed and all(map(is_photo, signed)) and chars <= _CAPTION and not dated:
        return "photo"
    return "article" if any(p.kind == "headline" for p in draft.pieces) else "brief"
