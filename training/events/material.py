"""The annotated articles that the network of events learns from, and their swapping into other counties.

An article is one of `training/corpus` or `training/articles`, marked up with names, times and stand-ins; its events
stand in a table of their own (`events_gold`, `bulletinnlp.evaluation.formats.numbered`), after `EVENTS.md`.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import spacy

from bulletinnlp.annotations import Part
from bulletinnlp.evaluation.formats.numbered import read_numbered
from bulletinnlp.evaluation.marked import read_marked
from bulletinnlp.events.arguments import EventFrame
from bulletinnlp.events.article_context import ArticleContext, Span
from bulletinnlp.finetune.events.samples import Sample, sample_of
from bulletinnlp.text.mentions import Mention
from training.names.augmentation import Move, Swapper


def read(marked: Iterable[Path], annotation: Path) -> Iterator[Sample]:
    """The articles of `marked` whose events are in `annotation`, a folder."""
    events = {article.article_id: article.events for article in read_numbered(annotation)}
    nlp = spacy.blank("zh")
    for path in marked:
        for number, article in enumerate(read_marked(path), 1):
            name = f"{path.stem}#{number}"
            if (some := events.get(name)) is not None:
                yield sample_of(nlp, replace(article, article_id=name, events=some))


class Swaps:
    """Moves an article to another county: what becomes of each name (`training/names/augmentation.py`)."""

    def __init__(self, swapper: Swapper) -> None:
        self.swapper = swapper

    def __call__(self, sample: Sample, rng: random.Random) -> Sample:
        move = Move(self.swapper, rng)
        labels = {m.name: m.label for m in sample.context.mentions if m.label not in ("REF", "TIME")}
        persons = {name for name, kind in labels.items() if kind == "PER"}

        def renamed(name: str) -> str:
            label = labels.get(name)
            return move(name, label) if label else name

        def printed(mention: Mention, text: str) -> str:
            if mention.label in ("REF", "TIME"):
                return text
            if mention.name != text and mention.name in persons:  # a short form (老郭) of a full name
                return text
            return move(text, mention.label)

        return rewritten(sample, printed, renamed)


def rewritten(sample: Sample, printed: Callable[[Mention, str], str], renamed: Callable[[str], str]) -> Sample:
    """The sample with the words of each mention replaced; all spans move along."""
    text, context = sample.context.text, sample.context
    pieces: list[str] = []
    cuts: list[tuple[int, int]] = [(0, 0)]  # old offset, shift from there on
    last = 0
    mentions = []
    for mention in context.mentions:
        new = printed(mention, text[mention.start : mention.end])
        pieces += [text[last : mention.start], new]
        shift = cuts[-1][1]
        start = mention.start + shift
        cuts.append((mention.end, shift + len(new) - (mention.end - mention.start)))
        name = renamed(mention.name) if mention.label != "TIME" else mention.name
        mentions.append(Mention(mention.label, name, start, start + len(new)))
        last = mention.end
    pieces.append(text[last:])
    at = [old for old, _ in cuts]

    def moved(span: Span) -> Span:
        return tuple(x + cuts[bisect_right(at, x) - 1][1] for x in span)  # type: ignore[return-value]

    new_context = ArticleContext(
        "".join(pieces),
        [Part(part.kind, *moved((part.start, part.end))) for part in context.parts],
        mentions,
        [moved(span) for span in context.quotes],
        [moved(span) for span in context.titles],
    )
    events = tuple(replace_event(event, moved, renamed) for event in sample.events)
    return replace(sample, context=new_context, events=events)


def replace_event(event: EventFrame, moved: Callable[[Span], Span], renamed: Callable[[str], str]) -> EventFrame:
    """The event at its new place, with the new names."""
    start, end = moved((event.start, event.end))
    return event._replace(
        start=start,
        end=end,
        who=frozenset(map(renamed, event.who)),
        phrases=tuple(map(moved, event.phrases)),
        what=moved(event.what) if event.what else None,
        whom=frozenset(map(renamed, event.whom)),
        where=frozenset(map(renamed, event.where)),
    )
