"""Sentences with one event each, written for the linear model of types: its vocabulary is wider than the articles'.

`type_sentences.tsv`: the sentence, its first actor (`县残联/ORG`, `~民警` for one without a name, or empty), the
trigger, the object and the type, with tabs between them. Everything in them is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from bulletinnlp.annotations import Part
from bulletinnlp.events.arguments import EventFrame
from bulletinnlp.events.article_context import ArticleContext, Span
from bulletinnlp.finetune.events.samples import Sample
from bulletinnlp.text.mentions import Mention


def sentences() -> Iterator[Sample]:
    """Each sentence as an article of its own.

    >>> sample = next(sentences())
    >>> event, = sample.events
    >>> event.type, sample.context.text[event.start : event.end] in sample.context.text
    ('accident', True)
    """
    lines = files(__package__).joinpath("type_sentences.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#"):
            yield _sample(f"type_sentences#{number}", *line.split("\t"))


def _sample(name: str, text: str, actor: str, trigger: str, what: str, type_: str) -> Sample:
    start = text.index(trigger)
    end = start + len(trigger)
    mentions, who, phrases = [], frozenset[str](), tuple[Span, ...]()
    if actor.startswith("~"):
        phrases = _spans(text, actor[1:])
    elif actor:
        printed, _, label = actor.rpartition("/")
        mentions = [Mention(label, printed, *span) for span in _spans(text, printed)]
        who = frozenset([printed])
    frame = EventFrame(
        start, end, type_, who, phrases, next(iter(_spans(text, what, end) or _spans(text, what)), None),
        frozenset(), "", frozenset(), planned=False, negative=False, main=False,
    )  # fmt: skip
    return Sample(name, ArticleContext(text, [Part("body", 0, len(text))], mentions, [], []), (frame,))


def _spans(text: str, words: str, start: int = 0) -> tuple[Span, ...]:
    """Where the words stand first from an offset on; nothing if they do not."""
    at = text.find(words, start) if words else -1
    return ((at, at + len(words)),) if at >= 0 else ()
