"""Where the annotated events of an article stand on a page: counted in letters, white space left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from bulletinnlp.evaluation.article import NumberedArticle, NumberedEvent
from bulletinnlp.evaluation.equality import Span, letters
from bulletinnlp.evaluation.letters import Letters, stretches_of

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
    return Placed(article, page_id, start, end, list(occurrences_of(article, stretches, pages[page_id].text)))


def _page_of(article: NumberedArticle, pages: Mapping[str, Letters]) -> str | None:
    """The page that the article's id names, else the one that holds most of its first sentences."""
    page_id = article.article_id.rpartition("#")[0]
    if page_id in pages:
        return page_id
    first = [letters(text) for _, text in sorted(article.sentences.items())[:FIRST]]
    return max(pages, key=lambda page: sum(sentence in pages[page].text for sentence in first), default=None)


def occurrences_of(article: NumberedArticle, stretches: dict[int, Span], text: str) -> Iterator[Occurrence]:
    """The events on the page.

    A trigger that stands twice in its sentence is the first one that no event before has, unless the event says what
    stands before it.
    """
    taken: set[tuple[int, int]] = set()
    for event in article.events or ():
        if event.sentence not in stretches:
            continue
        first, end = stretches[event.sentence]
        sentence, before, trigger = text[first:end], letters(event.before), letters(event.trigger)
        at = sentence.find(before + trigger) + len(before)
        while (event.sentence, at) in taken and (following := sentence.find(trigger, at + 1)) >= 0:
            at = following
        taken.add((event.sentence, at))
        yield Occurrence(event, first + at, first + at + len(trigger))
