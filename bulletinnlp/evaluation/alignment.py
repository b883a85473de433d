"""Where an annotated article stands on its page: the way from its text to the page as printed.

The article's text is looked for letter by letter, white space left out, so that breaks of columns do not matter; where
text of others stands in between, it is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from bulletinnlp.evaluation.annotated_article import (
    NAMES,
    REFERENCE,
    TIMES,
    AnnotatedArticle,
    NumberedArticle,
    NumberedEvent,
)
from bulletinnlp.evaluation.equality import Letters, Span, letters, stretches_of
from bulletinnlp.evaluation.finder import Finder, least
from bulletinnlp.evaluation.trigger_places import TriggerPlaces
from bulletinnlp.text.plain import letters_at, letters_in

#: A piece of text shorter than this is not taken for a part of a paragraph that other text cuts.
LEAST = 6
#: How far behind the body a byline may stand, in letters.
NEAR = 60


class NotOnPageError(ValueError):
    """The text of an article is not that of its page."""


class PlacedArticle(NamedTuple):
    """An article with the letter of the page for each place of its text that is a letter; and of its banner."""

    article: AnnotatedArticle
    page: Letters
    rank: dict[int, int]
    banner: Span | None

    @classmethod
    def on(cls, page: Letters, article: AnnotatedArticle, after: int = 0) -> PlacedArticle:
        """Place an article on its page, behind the letter `after` if it can. Raises NotOnPageError."""
        begin = page.at(article.at[0]) if article.at else after
        end = page.at(article.at[1]) if article.at else len(page.text)
        at, banner = begin, None
        rank: dict[int, int] = {}
        if article.banner and (where := _find(page.text, letters(article.banner), begin, end)) is not None:
            banner = (where, where + len(letters(article.banner)))
            at = banner[1]
        for part in article.parts:
            first = begin if part.kind == "byline" else at
            for start, stop in _paragraphs(article.text, part.start, part.end):
                places = letters_at(article.text, start, stop)
                wanted = letters(article.text[start:stop])
                if part.kind == "byline":
                    first = _byline(page.text, wanted, begin, at, end if article.at else at + len(wanted) + NEAR)
                found = _trace(page.finder, wanted, first, begin)
                if not isinstance(found, list):
                    words = letters_in(article.text[start:stop])[found:][:16]
                    raise NotOnPageError(
                        f"{article.source or article.article_id}: “{words}” is not on the page, or not behind what "
                        f"stands before it; expected the text of {article.page_id or 'the page'} as printed"
                    )
                rank.update(zip(places, found, strict=True))
                at = first = found[-1] + 1 if part.kind != "byline" else at
        return cls(article, page, rank, banner)

    @property
    def first(self) -> int:
        """The first letter of the article on the page."""
        return min([*self.rank.values(), *(self.banner or ())])

    def span(self, start: int, end: int) -> Span:
        """Where `text[start:end]` stands on the page."""
        ranks = [self.rank[place] for place in range(start, end) if place in self.rank]
        return self.page.span(ranks[0], ranks[-1] + 1)

    def runs(self, ranks: Iterable[int]) -> list[Span]:
        """The stretches of the page that hold these letters."""
        ordered = sorted(set(ranks))
        cuts = [0, *(n for n, (a, b) in enumerate(pairwise(ordered), start=1) if b != a + 1), len(ordered)]
        return [self.page.span(ordered[a], ordered[b - 1] + 1) for a, b in pairwise(cuts) if a < b]

    def data(self) -> dict[str, Any]:
        """The article as an annotated page holds it (`bulletinnlp.evaluation.gold_pages`)."""
        one, text = self.article, self.article.text
        found: dict[str, Any] = {
            "kind": one.kind, "published": one.published, "home": one.home, "banner": one.banner,
            "eyebrow": one.eyebrow, "headline": one.headline, "dateline": one.dateline, "byline": one.byline,
            "body_start": (one.body or "")[:14],
            "_spans": self.runs([*self.rank.values(), *range(*(self.banner or (0, 0)))]),
        }  # fmt: skip
        if self.banner:
            found["_banner"] = self.page.span(*self.banner)
        for part in one.parts:
            if part.kind == "body":
                runs = self.runs(self.rank[at] for at in range(part.start, part.end) if at in self.rank)
                found |= {"_body": (runs[0][0], runs[-1][1]), "_bodies": runs}
            else:
                found[f"_{part.kind}"] = self.span(part.start, part.end)
        marked = [(mark, text[mark.start : mark.end], self.span(mark.start, mark.end)) for mark in one.marks]
        for key, labels in (("entities", NAMES), ("times", TIMES), ("references", (REFERENCE,))):
            mine = [(mark, words, span) for mark, words, span in marked if mark.label in labels]
            found[f"_{key}"] = [span for *_, span in mine]
            found[key] = [
                [mark.label, words] if key == "entities"
                else [words, mark.label, mark.value] if key == "times"
                else [words, mark.value or ""]
                for mark, words, _ in mine
            ]  # fmt: skip
        found["contributors"] = None if one.contributors is None else [row._asdict() for row in one.contributors]
        found["roles"] = None if one.roles is None else [list(row) for row in one.roles]
        found["quotes"] = None if one.quotes is None else [
            [quote.speaker, text[quote.start : quote.end][:12], text[quote.start : quote.end][-12:]]
            for quote in one.quotes
        ]  # fmt: skip
        found["_quotes"] = [self.span(quote.start, quote.end) for quote in one.quotes or ()]
        return found

    def events(self) -> Placed | None:
        """The article's events on the page; None where they were not annotated."""
        one = self.article
        if one.events is None:
            return None
        numbered = NumberedArticle(
            one.article_id, one.published, one.paper, one.headline, one.sentences, events=one.events
        )  # fmt: skip
        stretches = dict(self._sentences())
        inside = self.rank.values()
        return Placed(numbered, one.page_id, min(inside, default=0), max(inside, default=-1) + 1,
                      list(occurrences_of(one.events, stretches, self.page.text)))  # fmt: skip

    def _sentences(self) -> Iterator[tuple[int, Span]]:
        """Where the numbered sentences stand among the letters of the page."""
        for kinds, numbered in ((("eyebrow", "headline"), False), (("body",), True)):
            ranks = [
                self.rank[at]
                for part in self.article.parts
                if part.kind in kinds
                for at in range(part.start, part.end)
                if at in self.rank
            ]
            at = 0
            for number, sentence in self.article.sentences.items():
                if bool(number) is numbered and (length := len(letters(sentence))):
                    yield number, (ranks[at], ranks[at + length - 1] + 1)
                    at += length


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    for line in text[start:end].split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _find(page: str, wanted: str, after: int, end: int | None = None) -> int | None:
    at = page.find(wanted, after, end)
    return at if at >= 0 else None


def _byline(page: str, wanted: str, begin: int, after: int, end: int) -> int:
    """Behind which letter the byline is looked for: right behind the body, else over it, else near behind it."""
    if page.startswith(wanted, after) or page.find(wanted, begin, after) < 0:
        return after if page.find(wanted, after, end) >= 0 else begin
    return begin


def _trace(page: Finder, wanted: str, after: int, begin: int) -> list[int] | int:
    """The letters of a page that a text is made of, in one piece if it can be, else in several; if it is not, how much
    of it was found."""
    for start in dict.fromkeys((after, begin, 0)):
        if (at := page.find(wanted, start)) >= 0:
            return list(range(at, at + len(wanted)))
    found: list[int] = []
    at = after
    while (done := len(found)) < len(wanted):
        length = _longest(page, wanted, done, at)
        if length < min(LEAST, len(wanted) - done):
            return done
        start = page.find(wanted[done : done + length], at)
        found += range(start, start + length)
        at = start + length
    return found


def _longest(page: Finder, wanted: str, done: int, after: int) -> int:
    """How long the longest beginning of the rest of a text is that the page holds."""
    return least(lambda length: page.find(wanted[done : done + length + 1], after) < 0, len(wanted) - done)


#: So many sentences of an article tell on which page it stands.
FIRST = 3


class Occurrence(NamedTuple):
    """An annotated event and the place of its trigger among the page's letters."""

    event: NumberedEvent
    start: int
    end: int


class Placed(NamedTuple):
    """An annotated article on its page: its stretch, and its events in their order."""

    article: NumberedArticle
    page_id: str
    start: int
    end: int
    events: list[Occurrence]


def place(articles: Iterable[NumberedArticle], pages: Mapping[str, Letters]) -> tuple[list[Placed], list[str]]:
    """The annotated articles on their pages, and the ids of those that stand on none."""
    placed, absent = [], []
    for article in articles:
        if article.events is None:
            continue
        if found := _place(article, pages):
            placed.append(found)
        else:
            absent.append(article.article_id)
    return placed, absent


def _place(article: NumberedArticle, pages: Mapping[str, Letters]) -> Placed | None:
    page_id = _page_of(article, pages)
    stretches = stretches_of(article.sentences, pages[page_id].text) if page_id else {}
    if page_id is None or not stretches:
        return None
    start, end = min(start for start, _ in stretches.values()), max(end for _, end in stretches.values())
    return Placed(
        article, page_id, start, end, list(occurrences_of(article.events or (), stretches, pages[page_id].text))
    )


def _page_of(article: NumberedArticle, pages: Mapping[str, Letters]) -> str | None:
    """The page that the article's id names, else the one that holds most of its first sentences."""
    page_id = article.article_id.rpartition("#")[0]
    if page_id in pages:
        return page_id
    first = [letters(text) for _, text in sorted(article.sentences.items())[:FIRST]]
    return max(pages, key=lambda page: sum(sentence in pages[page].text for sentence in first), default=None)


def occurrences_of(events: Iterable[NumberedEvent], stretches: dict[int, Span], text: str) -> Iterator[Occurrence]:
    """The events on the page.

    A trigger that stands twice in its sentence is the first one that no event before has, unless the event says what
    stands before it.
    """
    places: dict[int, TriggerPlaces] = {}
    for event in events:
        if event.sentence not in stretches:
            continue
        first, end = stretches[event.sentence]
        if event.sentence not in places:
            places[event.sentence] = TriggerPlaces(text[first:end])
        trigger = letters(event.trigger)
        at = first + places[event.sentence].take(trigger, letters(event.before))
        yield Occurrence(event, at, at + len(trigger))
