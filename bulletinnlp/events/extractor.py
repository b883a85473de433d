"""Who did what, where and when: the events of an article, every concrete occurrence once.

1. The network (`event_network.py`) reads the article's passages, with its names, times, quotations and titles as marks
   (`character_marks.py`), and gives each character the chance that it belongs to a trigger (`triggers.py`).
2. For each trigger it scores the candidates for who, whom, when and where, among the names and times of the sentence
   and of the text around it (`candidates.py`), the words of its object and of an actor without a name, its type, and
   whether it is planned or denied (`head_inputs.py`).
3. In the order of the text, each trigger gets its arguments (`arguments.py`), then its type (`type_model.py`); the
   article gets one or two main events (`main_events.py`).

What counts as an event, and what goes into each cell, stands in `tests/gold/events/EVENTS.md`; how the network was
made and how well it does, in `data/events/README.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from bulletinnlp.annotations import Argument, ArgumentRole, Event
from bulletinnlp.events.arguments import Arguments, EventFrame, Value, choose
from bulletinnlp.events.article_context import ArticleContext
from bulletinnlp.events.event_network import Encoded, EventNetwork, HeadScores
from bulletinnlp.events.head_inputs import inputs
from bulletinnlp.events.main_events import Meaning, load_main, main_events, main_features
from bulletinnlp.events.own_verbs import own_type, with_own_verbs
from bulletinnlp.events.triggers import Trigger, find_triggers
from bulletinnlp.events.type_model import load_types, types_of

#: The events of an article, and their arguments.
Found = tuple[list[Event], list[Argument]]
#: What may change the arguments of a trigger of the article of this number.
Correct = Callable[[int, Trigger, Arguments], None]


def find_events(network: EventNetwork, articles: Sequence[ArticleContext], threshold: float) -> list[Found]:
    """The events and arguments of each article; those whose score is below `threshold` are left out."""
    encoded = network.encode(articles)
    triggers = [_triggers(article, one, threshold) for article, one in zip(articles, encoded, strict=True)]
    return events_of(network, articles, encoded, triggers)


def _triggers(article: ArticleContext, encoded: Encoded, threshold: float) -> list[Trigger]:
    """The triggers that the network finds, with what a user's verbs change."""
    found = find_triggers(article, encoded, threshold)
    return with_own_verbs(article, encoded.trigger_chances, found, threshold)


def events_of(
    network: EventNetwork,
    articles: Sequence[ArticleContext],
    encoded: Sequence[Encoded],
    triggers: Sequence[list[Trigger]],
    correct: Correct = lambda number, trigger, arguments: None,
) -> list[Found]:
    """The events and arguments of articles whose triggers are found.

    `correct` may change arguments: `predications.py` puts those of a predication before ours. Without it they stay.
    """
    read = frames_of(network, articles, encoded, triggers, correct)
    return [
        _records(article, some, frames, arguments, meaning)
        for article, some, (frames, arguments), meaning in zip(articles, triggers, read, meanings(encoded), strict=True)
    ]


def frames_of(
    network: EventNetwork,
    articles: Sequence[ArticleContext],
    encoded: Sequence[Encoded],
    triggers: Sequence[list[Trigger]],
    correct: Correct = lambda number, trigger, arguments: None,
) -> Iterator[tuple[list[EventFrame], list[Arguments]]]:
    """For each article the frames of its triggers, with their types, and the arguments; `correct` as in `events_of`."""
    head_inputs = [
        inputs(article, one.chars, [(start, end) for start, end, _ in some])
        for article, one, some in zip(articles, encoded, triggers, strict=True)
    ]
    scores = network.score(articles, encoded, head_inputs)
    for number, (article, some, scored) in enumerate(zip(articles, triggers, scores, strict=True)):
        arguments = _arguments(article, some, scored)
        for trigger, own in zip(some, arguments, strict=True):
            correct(number, trigger, own)
        frames = [_frame(article, *one) for one in zip(some, arguments, scored.planned, scored.negative, strict=True)]
        types = types_of(load_types(), article, frames, scored.types)
        yield (
            [
                frame._replace(type=own_type(article.text[frame.start : frame.end]) or kind)
                for frame, kind in zip(frames, types, strict=True)
            ],
            arguments,
        )


def meanings(encoded: Iterable[Encoded]) -> Iterator[Meaning]:
    """What the characters of each article mean, as vectors of length one, and their chance to be part of a trigger.

    The first half of `senses` is the vectors of characters, the second half those of character pairs, which are taken.
    """
    for one in encoded:
        pairs = one.senses[one.places[:-1], one.senses.shape[1] // 2 :].astype(np.float32)
        pairs /= np.maximum(np.linalg.norm(pairs, axis=1, keepdims=True), 1e-6)
        yield Meaning(pairs, 1 - one.trigger_chances[:, 0])


def _arguments(article: ArticleContext, triggers: Sequence[Trigger], scored: HeadScores) -> list[Arguments]:
    """The arguments of each trigger, in order: what is left out is often that of the event before."""
    chosen: list[Arguments] = []
    for trigger, scores in zip(triggers, scored.scores, strict=True):
        chosen.append(choose(article, (trigger.start, trigger.end), scores, chosen[-1] if chosen else None))
    return chosen


def _records(
    article: ArticleContext,
    triggers: Sequence[Trigger],
    frames: Sequence[EventFrame],
    chosen: Sequence[Arguments],
    meaning: Meaning,
) -> Found:
    """Triggers and their arguments as records."""
    features = main_features(article, frames, meaning, [trigger.score for trigger in triggers])
    mains = main_events(load_main(), features)
    events, arguments = [], []
    for number, (trigger, frame) in enumerate(zip(triggers, frames, strict=True)):
        sentence = article.sentences[article.sentence_at(trigger.start)]
        events.append(
            Event(
                main=number in mains,
                type=frame.type,
                trigger="".join(article.text[trigger.start : trigger.end].split()),
                start=trigger.start,
                end=trigger.end,
                sentence_start=sentence.start,
                sentence_end=sentence.end,
                polarity="negative" if frame.negative else "positive",
                modality="planned" if frame.planned else "actual",
                score=round(trigger.score, 4),
            )
        )
        arguments += [Argument(number, role, *value) for role, value in _values(chosen[number])]
    return events, arguments


def _frame(article: ArticleContext, trigger: Trigger, chosen: Arguments, planned: float, negative: float) -> EventFrame:
    """A trigger with its arguments, its type still open. What has not come when the paper is printed is planned."""
    return EventFrame(
        start=trigger.start,
        end=trigger.end,
        type="other",
        who=frozenset(value.text for value in chosen.who if value.named),
        phrases=tuple((value.start, value.end) for value in chosen.who if not value.named),
        what=(chosen.what.start, chosen.what.end) if chosen.what else None,
        whom=frozenset(value.text for value in chosen.whom),
        when=chosen.when.text if chosen.when else "",
        where=frozenset(value.text for value in chosen.where),
        planned=planned > 0.5 or (chosen.when is not None and chosen.when.start in article.future),
        negative=negative > 0.5,
    )


def _values(one: Arguments) -> Iterable[tuple[ArgumentRole, Value]]:
    yield from (("who", value) for value in one.who)
    if one.what is not None:
        yield "what", one.what
    yield from (("whom", value) for value in one.whom)
    if one.when is not None:
        yield "when", one.when
    yield from (("where", value) for value in one.where)
