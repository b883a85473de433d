"""Corrected articles as what the networks learn from.

The articles are marked text (`bulletinnlp.evaluation.marked`). From each the tagger learns the names of eyebrow,
headline and body, and the network of events, where the article's events are annotated, its events.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import floor
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import Reference
from bulletinnlp.evaluation.article import NAMES, REFERENCE, AnnotatedArticle, NumberedEvent
from bulletinnlp.evaluation.formats.numbered import AFTER, UNNAMED
from bulletinnlp.training.events.material import Sample as EventSample
from bulletinnlp.training.events.material import context_of, events_of
from bulletinnlp.training.marked import time_of
from bulletinnlp.training.names.corpora import Sample as NameSample


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
    def told(self) -> list[AnnotatedArticle]:
        """The articles whose events are annotated; none where not one article has an event."""
        told = [article for article in self.articles if article.events is not None and article.body]
        return told if any(article.events for article in told) else []

    def names(self) -> list[list[NameSample]]:
        """What the tagger learns from: of each article its eyebrow, headline and paragraphs."""
        return [list(name_samples(article)) for article in self.named]

    def events(self) -> list[EventSample]:
        """What the network of events learns from."""
        nlp = spacy.blank("zh")
        return [event_sample(nlp, article) for article in self.told]

    def counts(self) -> Counts:
        """How much there is."""
        marks = [mark for article in self.named for mark in article.marks]
        return Counts(
            len(self.articles),
            sum(mark.label in NAMES for mark in marks),
            len(self.told),
            sum(len(article.events or ()) for article in self.told),
        )


class Counts(NamedTuple):
    """Articles, names marked in them; articles with events, events."""

    articles: int
    names: int
    with_events: int
    events: int


def name_samples(article: AnnotatedArticle) -> Iterator[NameSample]:
    """Eyebrow, headline and the paragraphs of the body, with their names.

    >>> from bulletinnlp.evaluation.article import Mark
    >>> article = AnnotatedArticle(headline="老兵返乡", body="孙乐文到。\\n众人来。", marks=(Mark("PER", 5, 8),))
    >>> [(sample.text, sample.names, sample.head) for sample in name_samples(article)]
    [('老兵返乡', (), True), ('孙乐文到。', ((0, 3, 'PER'),), False), ('众人来。', (), False)]
    """
    names = sorted((mark.start, mark.end, mark.label) for mark in article.marks if mark.label in NAMES)
    for part in article.parts:
        if part.kind not in ("eyebrow", "headline", "body"):
            continue
        start = part.start
        for line in article.text[part.start : part.end].split("\n"):
            end = start + len(line)
            inside = tuple((a - start, b - start, label) for a, b, label in names if start <= a and b <= end)
            if line.strip():
                yield NameSample(line, inside, "genre", part.kind != "body")
            start = end + 1


def event_sample(nlp: Language, article: AnnotatedArticle) -> EventSample:
    """The article as the stages before would hand it over if they made no fault, and its events."""
    context = context_of(nlp, marked_doc(nlp, article))
    rows = [event_row(event) for event in article.events or ()]
    return EventSample(article.article_id or article.source, context, tuple(events_of(context, rows)))


def marked_doc(nlp: Language, article: AnnotatedArticle) -> Doc:
    """A `Doc` of the article with its names, times and stand-ins as marked."""
    doc = article_doc(nlp, article)
    names = [
        doc.char_span(mark.start, mark.end, label=mark.label, alignment_mode="expand")
        for mark in article.marks
        if mark.label in NAMES
    ]
    doc.ents = [span for span in names if span is not None]
    doc._.references = [
        Reference(article.text[m.start : m.end], m.start, m.end, m.value) for m in article.marks if m.label == REFERENCE
    ]
    doc._.times = [
        time_of(article.text[mark.start : mark.end], mark.start, mark.end, mark.label, mark.value or "")
        for mark in article.marks
        if mark.label not in (*NAMES, REFERENCE)
    ]
    return doc


def article_doc(nlp: Language, article: AnnotatedArticle) -> Doc:
    """A `Doc` of the article with its parts and its date of issue, nothing found in it yet."""
    doc = nlp.make_doc(article.text)
    doc._.parts = article.parts
    doc._.published, doc._.home, doc._.paper = article.published, article.home, article.paper
    return doc


def event_row(event: NumberedEvent) -> list[str]:
    """An event as the line of a file, cell by cell.

    >>> event_row(NumberedEvent(1, "送", whom=("丙大娘", "丁某"), flags=frozenset({"main"})))
    ['1', '送', '', '', '丙大娘;丁某', '', '', 'other', 'main']
    """
    who = ";".join(actor.text if actor.named else UNNAMED + actor.text for actor in event.who)
    trigger = f"{event.before}{AFTER}{event.trigger}" if event.before else event.trigger
    return [
        str(event.sentence), trigger, who, event.what or "", ";".join(event.whom), event.when or "",
        ";".join(event.where), event.type, ",".join(sorted(event.flags)),
    ]  # fmt: skip


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
