"""The annotated articles that the network of events learns from, and their swapping into other counties.

An article is one of `training/articles` or `tests/corpus`, marked up with names, times and stand-ins
(`training/marked.py`); its events stand in a table of their own (`events_gold`), a line an event:
`S | trigger | who | what | whom | when | where | type | flags`, after `EVENTS.md`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import regex
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import Part
from bulletinnlp.events.context import ArticleContext, Mention, Span, without_overlap
from bulletinnlp.events.frames import EventFrame
from bulletinnlp.quotes.component import Quotes
from bulletinnlp.roles.component import Roles
from bulletinnlp.text.docs import text_of
from bulletinnlp.text.short_names import full_names
from bulletinnlp.training.marked import article_doc, read_marked
from bulletinnlp.training.names.swapping import Move, Swapper

_SENTENCE = regex.compile(r"[^\n]+?(?:[。！？!?；;]+[”’」』）)]*|(?=\n)|$)")


@dataclass(frozen=True)
class Sample:
    """An article with its events, in the order of the text."""

    name: str
    context: ArticleContext
    events: tuple[EventFrame, ...]


def read(marked: Iterable[Path], annotation: Iterable[Path]) -> Iterator[Sample]:
    """The articles of `marked` whose events are in `annotation`."""
    tables = {name: rows for path in annotation for name, rows in _tables(path)}
    nlp = spacy.blank("zh")
    for path in marked:
        for number, article in enumerate(read_marked(path), 1):
            rows = tables.get(f"{path.stem}#{number}")
            if rows is not None:
                context = context_of(nlp, article_doc(nlp, article))
                yield Sample(f"{path.stem}#{number}", context, tuple(events_of(context, rows)))


def _tables(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    name = ""
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@@"):
            if name:
                yield name, rows
            name, rows = line[2:].split("|")[0].strip(), []
        elif line.strip() and not line.startswith("#"):
            rows.append([cell.strip() for cell in line.split("|")] + [""] * 9)
    if name:
        yield name, rows


def context_of(nlp: Language, doc: Doc) -> ArticleContext:
    """The article of a Doc with right names, times and stand-ins as the stages before would hand it over."""
    doc = Roles(nlp)(doc)
    doc = Quotes(nlp)(doc)
    whole = full_names(ent.text for ent in doc.ents if ent.label_ == "PER")
    mentions = [Mention(e.label_, whole.get(e.text, e.text), e.start_char, e.end_char) for e in doc.ents]  # type: ignore[arg-type]
    mentions += [Mention("REF", r.antecedent, r.start, r.end) for r in doc._.references if r.antecedent]
    mentions += [Mention("TIME", t.text, t.start, t.end) for t in doc._.times]
    return ArticleContext(
        text_of(doc),
        doc._.parts,
        without_overlap(mentions),
        [(q.start, q.end) for q in doc._.quotes],
        sorted({(r.start, r.end) for r in doc._.roles}),
    )


def events_of(context: ArticleContext, rows: Iterable[list[str]]) -> Iterator[EventFrame]:
    """The events that rows of an annotation tell, at their places; those that can not be placed are left out."""
    body = next((part for part in context.parts if part.kind == "body"), None)
    start, end = (body.start, body.end) if body else (0, 0)
    spans = [(0, start), *_sentences(context.text, start, end)]
    used: set[int] = set()
    found = [event for row in rows if (event := _event(context, row, spans, used)) is not None]
    yield from sorted(found, key=lambda event: event.start)


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The numbered sentences of the annotation."""
    for match in _SENTENCE.finditer(text, start, end):
        left, right = match.span()
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        if left < right:
            yield left, right


def _event(context: ArticleContext, row: list[str], spans: list[Span], used: set[int]) -> EventFrame | None:
    text = context.text
    number = int(regex.sub(r"\D", "", row[0]) or -1)
    if not 0 <= number < len(spans):
        return None
    left, right = spans[number]
    before, _, trigger = row[1].rpartition("^")  # what stands before the trigger tells it from an earlier one
    places = [at + len(before) for at in _places(text, before + trigger, left, right)]
    places = [at for at in places if at not in used]
    if not places:
        return None
    start = _occurrence(text, places, trigger, row[3], right)
    end = start + len(trigger)
    used.add(start)
    who = _many(row[2])
    phrases = [_phrase(text, word[1:], left, right, start) for word in who if word.startswith("~")]
    what = _object(text, row[3], left, right, start, end) if row[3] else None
    names = frozenset(word for word in who if not word.startswith("~"))
    flags = row[8]
    return EventFrame(
        start, end, row[7], names, tuple(span for span in phrases if span), what,
        frozenset(_many(row[4])), row[5], frozenset(_many(row[6])),
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


def _many(cell: str) -> list[str]:
    return [word.strip() for word in cell.replace("；", ";").split(";") if word.strip()]


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


class Swaps:
    """Moves an article to another county: what becomes of each name (`training/names/swapping.py`)."""

    def __init__(self, swapper: Swapper) -> None:
        self.swapper = swapper

    def __call__(self, sample: Sample, rng: random.Random) -> Sample:
        move = Move(self.swapper, rng)
        labels = {m.name: m.kind for m in sample.context.mentions if m.kind not in ("REF", "TIME")}
        persons = {name for name, kind in labels.items() if kind == "PER"}

        def renamed(name: str) -> str:
            label = labels.get(name)
            return move(name, label) if label else name

        def printed(mention: Mention, text: str) -> str:
            if mention.kind in ("REF", "TIME"):
                return text
            if mention.name != text and mention.name in persons:  # a short form (老郭) of a full name
                return text
            return move(text, mention.kind)

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
        name = renamed(mention.name) if mention.kind != "TIME" else mention.name
        mentions.append(Mention(mention.kind, name, start, start + len(new)))
        last = mention.end
    pieces.append(text[last:])
    at = [old for old, _ in cuts]

    from bisect import bisect_right

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
