"""Who did what, where and when: the events of an article, every concrete occurrence once.

1. The network (`reader.py`) reads the article's passages, with its names, times, quotations and titles as marks, and
   says of each character whether it belongs to a trigger (`predicates.py`).
2. For each predicate it scores the options for who, whom, when and where, among the names and times of the sentence and
   of the text around it (`options.py`), the words of its object and of an actor without a name, its type, and
   whether it is planned or denied (`inputs.py`).
3. In the order of the text, each predicate gets its arguments (`arguments.py`), then its type (`event_types.py`); the
   article gets one or two main events (`main_events.py`).

What counts as an event, and what goes into each cell, is said in `tests/gold/events/EVENTS.md`; how the network was
made, what was tried and how well it does, in `data/events/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from bulletinnlp.annotations import Argument, ArgumentRole, Event
from bulletinnlp.events.arguments import Arguments, Value, choose
from bulletinnlp.events.context import ArticleContext
from bulletinnlp.events.event_types import load_types, types_of
from bulletinnlp.events.frames import EventFrame
from bulletinnlp.events.inputs import inputs
from bulletinnlp.events.main_events import Meaning, load_main, main_events, main_features
from bulletinnlp.events.own_verbs import own_type, with_own_verbs
from bulletinnlp.events.predicates import Predicate, predicates
from bulletinnlp.events.reader import Encoded, Read, Reader

Found = tuple[list[Event], list[Argument]]


def find_events(reader: Reader, articles: Sequence[ArticleContext], threshold: float) -> list[Found]:
    """The events and arguments of each article; those whose score is below `threshold` are left out."""
    encoded = reader.encode(articles)
    return read_events(
        reader, articles, encoded,
        [_predicates(article, one, threshold) for article, one in zip(articles, encoded, strict=True)],
    )  # fmt: skip


def _predicates(article: ArticleContext, encoded: Encoded, threshold: float) -> list[Predicate]:
    """The predicates that the network finds, with what a user's verbs change."""
    found = predicates(article, encoded, threshold)
    head = not any(not sentence.head for sentence in article.sentences)
    return with_own_verbs(article, encoded.tags[encoded.places[:-1]], found, threshold, head=head)


def read_events(
    reader: Reader, articles: Sequence[ArticleContext], encoded: Sequence[Encoded], found: Sequence[list[Predicate]]
) -> list[Found]:
    """The events and arguments of articles whose predicates are known."""
    given = [
        inputs(article, one.chars, [(start, end) for start, end, _ in some])
        for article, one, some in zip(articles, encoded, found, strict=True)
    ]
    every = zip(articles, found, reader.ask(articles, encoded, given), meanings(encoded), strict=True)
    return [
        records(article, some, read, arguments_of(article, some, read), meaning)
        for article, some, read, meaning in every
    ]


def meanings(encoded: Iterable[Encoded]) -> Iterator[Meaning]:
    """What the characters of each article mean, as vectors of length one, and their chance to be part of a trigger."""
    for one in encoded:
        places = one.places[:-1]
        pairs = one.senses[places, one.senses.shape[1] // 2 :].astype(np.float32)
        pairs /= np.maximum(np.linalg.norm(pairs, axis=1, keepdims=True), 1e-6)
        yield Meaning(pairs, 1 - one.tags[places][:, 0])


def arguments_of(article: ArticleContext, found: Sequence[Predicate], read: Read) -> list[Arguments]:
    """The arguments of each predicate, in order."""
    chosen: list[Arguments] = []
    for predicate, scores in zip(found, read.scores, strict=True):
        chosen.append(choose(article, (predicate.start, predicate.end), scores, chosen[-1] if chosen else None))
    return chosen


def records(
    article: ArticleContext,
    found: Sequence[Predicate],
    read: Read,
    chosen: Sequence[Arguments],
    meaning: Meaning,
) -> Found:
    """Predicates and their arguments as records."""
    frames = [_frame(article, *one) for one in zip(found, chosen, read.planned, read.negative, strict=True)]
    types = types_of(load_types(), article, frames, read.types)
    frames = [
        frame._replace(type=own_type(article.text[frame.start : frame.end]) or kind)
        for frame, kind in zip(frames, types, strict=True)
    ]
    mains = main_events(load_main(), main_features(article, frames, meaning))
    events, arguments = [], []
    for number, (predicate, frame) in enumerate(zip(found, frames, strict=True)):
        sentence = article.sentences[article.sentence_at(predicate.start)]
        events.append(
            Event(
                main=number in mains,
                type=frame.type,
                trigger="".join(article.text[predicate.start : predicate.end].split()),
                start=predicate.start,
                end=predicate.end,
                sentence_start=sentence.start,
                sentence_end=sentence.end,
                polarity="negative" if frame.negative else "positive",
                modality="planned" if frame.planned else "actual",
                score=round(predicate.score, 4),
            )
        )
        arguments += [Argument(number, role, *value) for role, value in _values(chosen[number])]
    return events, arguments


def _frame(
    article: ArticleContext, predicate: Predicate, chosen: Arguments, planned: float, negative: float
) -> EventFrame:
    """A predicate with its arguments, its type still open."""
    return EventFrame(
        start=predicate.start,
        end=predicate.end,
        type="other",
        who=frozenset(value.text for value in chosen.who if value.named),
        phrases=tuple((value.start, value.end) for value in chosen.who if not value.named),
        what=(chosen.what.start, chosen.what.end) if chosen.what else None,
        whom=frozenset(value.text for value in chosen.whom),
        when=chosen.when.text if chosen.when else "",
        where=frozenset(value.text for value in chosen.where),
        planned=planned > 0.5 or _lies_ahead(article, chosen),
        negative=negative > 0.5,
    )


def _lies_ahead(article: ArticleContext, one: Arguments) -> bool:
    """Whether its time lies behind the date of issue: what has not come is announced."""
    return one.when is not None and one.when.start in article.future


def _values(one: Arguments) -> Iterable[tuple[ArgumentRole, Value]]:
    yield from (("who", value) for value in one.who)
    if one.what is not None:
        yield "what", one.what
    yield from (("whom", value) for value in one.whom)
    if one.when is not None:
        yield "when", one.when
    yield from (("where", value) for value in one.where)
