"""Corrected articles as what the networks learn from.

The articles are marked text (`bulletinnlp.evaluation.marked`). From each the tagger learns the names of eyebrow,
headline and body, and the network of events, where the article's events are annotated, its events.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cached_property
from math import floor
from typing import NamedTuple

import spacy

from bulletinnlp.evaluation.annotated_article import NAMES, AnnotatedArticle
from bulletinnlp.finetune.events import samples as events
from bulletinnlp.finetune.names import samples as names


class Corrections:
    """Articles that somebody has corrected, as samples for each network.

    An article without a single marked name is taken for one whose names nobody has marked.
    """

    def __init__(self, articles: Sequence[AnnotatedArticle]) -> None:
        self.articles = list(articles)

    @cached_property
    def named(self) -> list[AnnotatedArticle]:
        """The articles whose names are marked."""
        return [article for article in self.articles if any(mark.label in NAMES for mark in article.marks)]

    @cached_property
    def with_events(self) -> list[AnnotatedArticle]:
        """The articles whose events are annotated; none where not one article has an event."""
        some = [article for article in self.articles if article.events is not None and article.body]
        return some if any(article.events for article in some) else []

    def names(self) -> list[list[names.Sample]]:
        """What the tagger learns from: of each article its eyebrow, headline and paragraphs."""
        return [list(names.samples_of(article)) for article in self.named]

    def events(self) -> list[events.Sample]:
        """What the network of events learns from."""
        nlp = spacy.blank("zh")
        return [events.sample_of(nlp, article) for article in self.with_events]

    def counts(self) -> Counts:
        """How much there is."""
        marks = [mark for article in self.named for mark in article.marks]
        return Counts(
            len(self.articles),
            sum(mark.label in NAMES for mark in marks),
            len(self.with_events),
            sum(len(article.events or ()) for article in self.with_events),
        )


class Counts(NamedTuple):
    """Articles, names marked in them; articles with events, events."""

    articles: int
    names: int
    with_events: int
    events: int


def split(articles: Sequence[AnnotatedArticle], share: float) -> tuple[list[AnnotatedArticle], list[AnnotatedArticle]]:
    """The articles to learn from, and a share to measure on: the same at every run.

    >>> [len(some) for some in split([AnnotatedArticle(str(n)) for n in range(50)], 0.1)]
    [45, 5]
    """
    order = list(range(len(articles)))
    random.Random(0).shuffle(order)
    held = set(order[: floor(len(order) * share + 0.5)])
    return (
        [article for number, article in enumerate(articles) if number not in held],
        [article for number, article in enumerate(articles) if number in held],
    )
