"""What the network of events learns from: articles as the stages before hand them over, with their events placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex
from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.evaluation.annotated_article import AnnotatedArticle, NumberedEvent
from bulletinnlp.evaluation.marked import gold_doc
from bulletinnlp.events.arguments import EventFrame
from bulletinnlp.events.article_context import ArticleContext, Span, without_overlap
from bulletinnlp.quotes.component import Quotes
from bulletinnlp.roles.component import Roles
from bulletinnlp.text.docs import text_of
from bulletinnlp.text.mentions import Mention
from bulletinnlp.text.sentences import annotated_sentences
from bulletinnlp.text.short_names import full_names


@dataclass(frozen=True)
class Sample:
    """An article with its events, in the order of the text."""

    name: str
    context: ArticleContext
    events: tuple[EventFrame, ...]


def sample_of(nlp: Language, article: AnnotatedArticle) -> Sample:
    """The article as the stages before would hand it over if they made no fault, and its events."""
    context = context_of(nlp, gold_doc(nlp, article))
    return Sample(article.article_id or article.source, context, tuple(events_of(context, article.events or ())))


def context_of(nlp: Language, doc: Doc) -> ArticleContext:
    """The article of a Doc with right names, times and stand-ins as the stages before would hand it over."""
    doc = Roles(nlp)(doc)
    doc = Quotes(nlp)(doc)
    whole = full_names(ent.text for ent in doc.ents if ent.label_ == "PER")
    mentions = [Mention(e.label_, whole.get(e.text, e.text), e.start_char, e.end_char) for e in doc.ents]
    mentions += [Mention("REF", r.antecedent, r.start, r.end) for r in doc._.references if r.antecedent]
    mentions += [Mention("TIME", t.text, t.start, t.end) for t in doc._.times]
    return ArticleContext(
        text_of(doc),
        doc._.parts,
        without_overlap(mentions),
        [(q.start, q.end) for q in doc._.quotes],
        sorted({(r.start, r.end) for r in doc._.roles}),
    )


def events_of(context: ArticleContext, events: Iterable[NumberedEvent]) -> Iterator[EventFrame]:
    """The annotated events at their places, in the order of the text; those that can not be placed are left out."""
    body = next((part for part in context.parts if part.kind == "body"), None)
    start, end = (body.start, body.end) if body else (0, 0)
    spans = [(0, start), *annotated_sentences(context.text, start, end)]
    used: set[int] = set()
    found = [frame for event in events if (frame := _event(context, event, spans, used)) is not None]
    yield from sorted(found, key=lambda frame: frame.start)


def _event(context: ArticleContext, event: NumberedEvent, spans: list[Span], used: set[int]) -> EventFrame | None:
    text = context.text
    if event.sentence >= len(spans):
        return None
    left, right = spans[event.sentence]
    places = [at + len(event.before) for at in _places(text, event.before + event.trigger, left, right)]
    places = [at for at in places if at not in used]
    if not places:
        return None
    start = _occurrence(text, places, event.trigger, event.what or "", right)
    end = start + len(event.trigger)
    used.add(start)
    phrases = [_phrase(text, actor.text, left, right, start) for actor in event.who if not actor.named]
    what = _object(text, event.what, left, right, start, end) if event.what else None
    flags = event.flags
    return EventFrame(
        start, end, event.type, frozenset(actor.text for actor in event.who if actor.named),
        tuple(span for span in phrases if span), what,
        frozenset(event.whom), event.when or "", frozenset(event.where),
        planned="planned" in flags, negative="negative" in flags, main="main" in flags,
    )  # fmt: skip


def _occurrence(text: str, places: list[int], trigger: str, what: str, right: int) -> int:
    """Where the trigger stands: the last place before its object (开展党代表接待日…共接待4次), else the first one."""
    doubled = len(places) > 1 and places[1] - places[0] <= len(trigger) + 1
    if not what or len(places) == 1 or doubled:
        return places[0]
    last = max((found.start() for found in _spaced(what).finditer(text, places[0], right)), default=-1)
    before = [at for at in places if at + len(trigger) <= last]
    return before[-1] if before else places[0]


def _places(text: str, wanted: str, left: int, right: int) -> list[int]:
    found, at = [], text.find(wanted, left, right)
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1, right)
    return found


def _spaced(wanted: str) -> regex.Pattern[str]:
    return regex.compile(r"\s*".join(regex.escape(char) for char in "".join(wanted.split())))


def _object(text: str, wanted: str, left: int, right: int, start: int, end: int) -> Span | None:
    spans = [match.span() for match in _spaced(wanted).finditer(text, left, right)]
    behind = [span for span in spans if span[0] >= end]
    before = [span for span in spans if span[1] <= start]
    return behind[0] if behind else before[-1] if before else spans[0] if spans else None


def _phrase(text: str, wanted: str, left: int, right: int, start: int) -> Span | None:
    """Where an actor's words stand: before the trigger in its sentence, else behind it, else the last ones before."""
    pattern = _spaced(wanted)
    inside = [match.span() for match in pattern.finditer(text, left, right)]
    before = [span for span in inside if span[1] <= start]
    if before or inside:
        return before[-1] if before else inside[0]
    earlier = [match.span() for match in pattern.finditer(text, 0, left)]
    return earlier[-1] if earlier else None
