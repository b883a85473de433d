"""Samples as numbers: what the network reads of an article, and what it is to answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bulletinnlp.annotations import EVENT_TYPES
from bulletinnlp.events.arguments import EventFrame
from bulletinnlp.events.article_context import ArticleContext, Span
from bulletinnlp.events.candidates import KINDS, NONE, PHRASE, PREVIOUS, ROLES, ArgumentCandidate
from bulletinnlp.events.character_marks import marks
from bulletinnlp.events.head_inputs import Inputs, inputs
from bulletinnlp.finetune.events.samples import Sample
from bulletinnlp.names.encoder import Encoder

#: Tags of a character: first character of a trigger, further one; 0 is outside.
BEGIN, INSIDE = 1, 2


@dataclass
class Example:
    """An article in numbers. Offsets count the characters of the text.

    `chars`, `pairs`, `words`, `marks` and `tags` of all characters; `passages` and whether each is a headline;
    `inputs` of the heads; for each event `types`, `flags` (planned, negative), `what` and `phrase` (first and
    last character; -1 where none); `right`: whether an option is right, by role.
    """

    chars: NDArray[np.int64]
    pairs: NDArray[np.int64]
    words: NDArray[np.uint64]
    marks: NDArray[np.uint32]
    tags: NDArray[np.int64]
    passages: list[Span]
    heads: list[bool]
    inputs: Inputs
    types: NDArray[np.int64]
    flags: NDArray[np.float32]
    what: NDArray[np.int64]
    phrase: NDArray[np.int64]
    right: NDArray[np.float32]


def example(sample: Sample, encode: Encoder) -> Example:
    """The sample in numbers."""
    context, events = sample.context, sample.events
    chars, pairs, words = encode(context.text)
    tags = np.zeros(len(context.text), np.int64)
    for event in events:
        tags[event.start : event.end] = INSIDE
        tags[event.start] = BEGIN
    head_inputs = inputs(context, chars, [(event.start, event.end) for event in events])
    right = [
        [_right(context, option, event, events[number - 1] if number else None, role) for role in ROLES]
        for number, (event, some) in enumerate(zip(events, head_inputs.candidates, strict=True))
        for option in some
    ]
    windows = head_inputs.windows.tolist()
    return Example(
        chars, pairs, words, marks(context), tags,
        [(p.start, p.end) for p in context.passages], [p.in_headline for p in context.passages], head_inputs,
        np.array([EVENT_TYPES.index(event.type) if event.type in EVENT_TYPES else -1 for event in events], np.int64),
        np.array([(e.planned, e.negative) for e in events], np.float32).reshape(-1, 2),
        _inside([event.what for event in events], windows),
        _inside([event.phrases[0] if event.phrases else None for event in events], windows),
        np.array(right, np.float32).reshape(-1, len(ROLES)),
    )  # fmt: skip


def _inside(spans: list[Span | None], windows: list[list[int]]) -> NDArray[np.int64]:
    """Spans by first and last character, -1 where there is none in the window."""
    rows = [
        (-1, -1) if span is None or span[0] < left or span[1] > right else (span[0], span[1] - 1)
        for span, (left, right) in zip(spans, windows, strict=True)
    ]
    return np.array(rows, np.int64).reshape(-1, 2)


def _right(
    context: ArticleContext, option: ArgumentCandidate, event: EventFrame, before: EventFrame | None, role: str
) -> bool:
    """Whether the option is the event's argument in this role."""
    kind = KINDS[option.kind]
    if role == "when":
        if kind == "TIME":
            return context.mentions[option.mention].name == event.when
        if option.kind == PREVIOUS:
            return before is not None and bool(event.when) and before.when == event.when
        return option.kind == NONE and not event.when
    wanted: frozenset[str] = getattr(event, role)
    phrases = _words(context, event.phrases) if role == "who" else []
    if option.mention >= 0:
        return kind != "TIME" and context.mentions[option.mention].name in wanted
    if option.kind == PREVIOUS:
        same = before is not None and getattr(before, role) == wanted
        if role == "who" and before is not None:
            same = same and _words(context, before.phrases) == phrases
        return same and bool(wanted or phrases)
    if option.kind == PHRASE:
        return bool(phrases) and not wanted
    return option.kind == NONE and not wanted and not phrases


def _words(context: ArticleContext, spans: tuple[Span, ...]) -> list[str]:
    return [context.text[start:end] for start, end in spans]
