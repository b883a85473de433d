"""The article splitter: from a page to its articles.

| step | from → to | module |
| --- | --- | --- |
| cut the page | text → lines | `lines` |
| leave out what no article prints | lines → plain lines | `plain_lines`, `repeated_text`, `web_boilerplate` |
| put right where lines break | | `merged_lines`, `hard_wraps` |
| see what each line looks like | plain lines → features | `line_features` |
| see how it goes on with the line above it | plain lines → continuations | `line_continuation` |
| choose what each line is | features, continuations → labels | `line_labels` |
| group the lines | labelled lines → drafts | `drafts` |
| join what another article interrupts | drafts → drafts | `interruptions` |
| write each article without column breaks, tile the page | drafts → articles, segments | `assembly`, `reflow` |

Every step takes time in proportion to the page. What belongs to no article stays in the tiling, as `stray` or `blank`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from math import inf
from typing import NamedTuple

from bulletinnlp.articles.article import Split
from bulletinnlp.articles.assembly import assemble
from bulletinnlp.articles.drafts import Draft, LabelledLine, drafts_of, one_draft
from bulletinnlp.articles.hard_wraps import unwrap
from bulletinnlp.articles.interruptions import rejoin
from bulletinnlp.articles.line_continuation import WordBreaks, continuations
from bulletinnlp.articles.line_features import LineFeatures, features_of_lines
from bulletinnlp.articles.line_labels import label_lines
from bulletinnlp.articles.lines import Line, lines
from bulletinnlp.articles.merged_lines import split_merged
from bulletinnlp.articles.page_furniture import is_jump, resumes
from bulletinnlp.articles.plain_lines import (
    in_plain_characters,
    without_invisible,
    without_letterspacing,
    without_running_heads,
)
from bulletinnlp.articles.reflow import Piece
from bulletinnlp.articles.repeated_text import without_repeats
from bulletinnlp.articles.signature_words import media_words
from bulletinnlp.articles.web_boilerplate import without_boilerplate
from bulletinnlp.pages.page import Page
from bulletinnlp.text.sentences import Span

#: So many lines at the top of a page may be its masthead; a longer line is none.
_MASTHEAD_LINES, _MASTHEAD = 8, 16
#: No column is narrower (in characters).
_SHORTEST_COLUMN = 10


def split(page: Page) -> Split:
    """Split a page into segments and articles.

    >>> page = Page("p1", "教育快讯\\n县一中开学\\n本报讯 9月1日，县一中开\\n\\n学。\\n（记者 甲）\\n")
    >>> [(s.kind, page.text[s.start:s.end]) for s in split(page).segments if s.kind != "blank"][:4]
    [('banner', '教育快讯'), ('headline', '县一中开学'), ('dateline', '本报讯'), ('body', '9月1日，县一中开\\n\\n学。')]
    >>> split(page).articles[0].body
    '9月1日，县一中开学。'
    """
    if page.stated:
        return _split_known_article(page)
    text = _plain_lines(page.text, without_running_heads(lines(page.text), page.lines), split_merged)
    features = features_of_lines(text.lines, text.day_offsets, page.lines)
    top = _masthead(page, text.lines, features)
    kept = [i for i, line_features in enumerate(features) if i >= top and not line_features.is_furniture]
    labelled, breaks = _labelled(text.lines, features, kept)
    drafts = rejoin(drafts_of(labelled), breaks)
    looks = zip(text.lines, features, strict=True)
    jumps = [line for line, line_features in looks if line_features.is_furniture and is_jump(line.text)]
    _flag(drafts, text.copies, jumps)
    return assemble(page, drafts, text.days, len(text.copies))


def _split_known_article(page: Page) -> Split:
    """A page that is one article whose parts its source gave (`page.stated`): only its body is searched for others.

    Those are a dateline, bylines, what a web page prints around an article, and a headline where the source has none.
    """
    parts = {part.kind: lines(page.text, part.start, part.end) for part in page.stated}
    headline = without_invisible(in_plain_characters(parts.get("headline", []), page.text))
    text = _plain_lines(page.text, parts.get("body", []), lambda body: _without_headline(body, _letters(headline)))
    printed = headline + text.lines
    features = features_of_lines(printed, text.day_offsets)
    kept = [i for i, line_features in enumerate(features) if i < len(headline) or not line_features.is_furniture]
    labelled, breaks = _labelled(printed, features, kept)
    draft = one_draft(_with_paragraphs(labelled, len(headline)), len(headline))
    # the bylines that are known go behind the headline; each line of a headline is one piece
    signed = [Piece("byline", line.start, line.end) for line in parts.get("byline", [])]
    draft.pieces[len(headline) : len(headline)] = signed
    draft.body = [(line, at + len(signed)) for line, at in draft.body]
    drafts = rejoin([draft], breaks) if draft.pieces else []
    _flag(drafts, text.copies, [])
    return assemble(page, drafts, text.days, len(text.copies))


class _PlainLines(NamedTuple):
    """Lines as the splitter reads them, where copies of text stood, the days that a web page prints and where."""

    lines: list[Line]
    copies: list[Span]
    days: list[tuple[int, str]]

    @property
    def day_offsets(self) -> list[int]:
        return [offset for offset, _ in self.days]


def _plain_lines(page: str, printed: list[Line], prepare: Callable[[list[Line]], list[Line]]) -> _PlainLines:
    """The plain lines of printed ones. `prepare` is done to them once their characters are plain."""
    once, copies = without_repeats(printed)
    plain = in_plain_characters(once, page)
    article, days = without_boilerplate(prepare(plain))
    seen = without_invisible(without_letterspacing(article))
    return _PlainLines(unwrap(seen), copies, days)


def _labelled(
    printed: list[Line], features: list[LineFeatures], kept: list[int]
) -> tuple[list[LabelledLine], WordBreaks]:
    """The lines `kept` with their labels, and where words are broken on their page."""
    printed, features = [printed[i] for i in kept], [features[i] for i in kept]
    breaks = WordBreaks(printed)
    goes_on = continuations(printed, breaks)
    labels = label_lines(features, goes_on)
    return [LabelledLine(*line) for line in zip(printed, features, goes_on, labels, strict=True)], breaks


def _masthead(page: Page, printed: list[Line], features: list[LineFeatures]) -> int:
    """How many lines at the top of the page are its masthead: name of the paper, date, number of the page.

    A date with a text right under it is none: the line over it is a headline.
    """
    top = 0
    for i, (line, line_features) in enumerate(zip(printed[:_MASTHEAD_LINES], features, strict=False)):
        if page.paper and line.text == page.paper:
            top = i + 1
        elif line_features.is_furniture and not is_jump(line.text):
            named = top < i and media_words().search(printed[top].text)
            if i + 1 < len(features) and features[i + 1].is_text and not named:
                break
            top = i + 1
        elif (
            line_features.length > _MASTHEAD
            or line_features.closes
            or line_features.opens
            or line_features.signature > 0
        ):
            break
    return top


def _flag(drafts: list[Draft], copies: list[Span], jumps: list[Line]) -> None:
    """Flag the articles beside repeated text (`repeated_text`) and beside 下转第2版, 上接第1版."""
    starts = [draft.pieces[0].start for draft in drafts]
    for start, _ in copies:
        at = bisect_right(starts, start) - 1
        if at >= 0:
            drafts[at].flag("repeated_text")
    for line in jumps:
        after = bisect_right(starts, line.start)
        if not resumes(line.text) and after > 0:
            drafts[after - 1].flag("broken_end")
        elif resumes(line.text) and after < len(drafts):
            drafts[after].flag("broken_start")


def _without_headline(body: list[Line], headline: str) -> list[Line]:
    """The lines of a body, without the headline that it prints again before them."""
    while headline and body and _letters(body[:1]) == headline:
        body = body[1:]
    return body


def _letters(printed: list[Line]) -> str:
    """The letters of lines, as headlines are compared."""
    return "".join(char for line in printed for char in line.text if char.isalnum())


def _with_paragraphs(labelled: list[LabelledLine], headline: int) -> list[LabelledLine]:
    """The lines of one article: a paragraph ends with each line that no column breaks."""
    column = _column([one.line for one in labelled[headline:]])
    broken = [*(one.continuation.breaks_word for one in labelled[1:]), False]
    paragraphs = []
    for one, word in zip(labelled, broken, strict=False):
        ends = not word and (one.features.closes or one.features.length < column)
        paragraphs.append(one._replace(features=one.features._replace(block=ends, item=False)))
    return paragraphs


def _column(printed: list[Line]) -> float:
    """From which length on a line in mid-sentence ends where a column does, and not where a paragraph does.

    There is a column where most lines, but for the last, end in mid-sentence and are about as long as the longest.
    """
    column = max(_SHORTEST_COLUMN, 0.6 * max((len(line.text) for line in printed), default=0))
    cut = sum(not line.closes and len(line.text) >= column for line in printed[:-1])
    return column if 2 * cut > len(printed) - 1 else inf
