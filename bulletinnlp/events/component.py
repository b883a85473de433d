"""The pipeline components `bulletin_roles`, `bulletin_quotes` and `bulletin_events`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

import bulletinnlp.events.predication
import bulletinnlp.events.records
import bulletinnlp.identity.reference
import bulletinnlp.times.time  # noqa: F401  the records of the stages before
from bulletinnlp.doc import ents_of, parts, text_of
from bulletinnlp.events.clauses import sentences
from bulletinnlp.events.events import MOST, find_events
from bulletinnlp.events.people import full_names
from bulletinnlp.events.predicated import find_predicated
from bulletinnlp.events.quotes import find_quotes
from bulletinnlp.events.roles import Named, find_roles
from bulletinnlp.events.story import Story


def names_of(doc: Doc, full: bool = True) -> list[Named]:
    """The names and resolved stand-ins of a `Doc`, sorted, without overlap.

    With `full`, a short form (老郭) goes by the full name that the article gives; without, by what is printed.
    """
    printed = list(ents_of(doc))
    whole = full_names(text for label, text, _, _ in printed if label == "PER") if full else {}
    found = [Named(label, whole.get(text, text), start, end) for label, text, start, end in printed]
    taken = sorted((name.start, name.end) for name in found)
    for reference in doc._.references:
        if reference.antecedent and not any(s < reference.end and reference.start < e for s, e in taken):
            found.append(Named("REF", reference.antecedent, reference.start, reference.end))
    found.sort(key=lambda name: name.start)
    return found


def story_of(doc: Doc) -> Story:
    """The sentences of a `Doc` and the names in them, as the events stage reads them."""
    names = names_of(doc)
    times = [(time.start, time.end) for time in doc._.times]
    quotes = [(quote.start, quote.end) for quote in doc._.quotes]
    titles = sorted({(role.start, role.end) for role in doc._.roles})
    text = text_of(doc)
    rows = [
        row
        for part in parts(doc)
        for row in sentences(text, part.kind, part.start, part.end, names, times, quotes, titles)
    ]
    return Story(text, rows, names, titles)


class Roles:
    """Which title an article gives a person: reads names, times and references, writes `doc._.roles`."""

    def __init__(self, nlp: Language, name: str = "bulletin_roles") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        stops = [(time.start, time.end) for time in doc._.times]
        text = text_of(doc)
        names = names_of(doc, full=False)
        roles = []
        for part in parts(doc):
            inside = [name for name in names if part.start <= name.start and name.end <= part.end]
            roles += find_roles(text, inside, stops)
        doc._.roles = roles
        return doc


@Language.factory("bulletin_roles", assigns=["doc._.roles"], requires=["doc.ents"])
def make_roles(nlp: Language, name: str) -> Roles:
    """Make the component that finds titles."""
    return Roles(nlp, name)


class Quotes:
    """Who said what: reads names and references, writes `doc._.quotes`."""

    def __init__(self, nlp: Language, name: str = "bulletin_quotes") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        names = names_of(doc)
        bodies = parts(doc, ("body",))
        doc._.quotes = [quote for part in bodies for quote in find_quotes(text, names, part.start, part.end)]
        return doc


@Language.factory("bulletin_quotes", assigns=["doc._.quotes"], requires=["doc.ents"])
def make_quotes(nlp: Language, name: str) -> Quotes:
    """Make the component that finds attributed quotations."""
    return Quotes(nlp, name)


class Events:
    """Who did what: reads names, times, references, titles, quotations, writes `doc._.events` and `doc._.arguments`.

    Where a stage before has written `doc._.predications` (semantic roles, dependencies), those take the place of our
    grammar: see `bulletinnlp.events.predicated`.
    """

    def __init__(self, nlp: Language, name: str = "bulletin_events", *, most: int = MOST) -> None:
        if not isinstance(most, int) or isinstance(most, bool) or most < 1:
            raise ValueError(f"{name}: most is the largest number of events an article, 1 or more, not {most!r}")
        self.name = name
        self.most = most

    def __call__(self, doc: Doc) -> Doc:
        story = story_of(doc)
        if doc._.predications:
            doc._.events, doc._.arguments = find_predicated(story, doc._.predications, most=self.most)
        else:
            doc._.events, doc._.arguments = find_events(story, doc._.times, most=self.most)
        return doc


@Language.factory(
    "bulletin_events",
    assigns=["doc._.events", "doc._.arguments"],
    requires=["doc.ents", "doc._.times"],
    default_config={"most": MOST},
)
def make_events(nlp: Language, name: str, most: int = MOST) -> Events:
    """Make the component that finds events, at most `most` an article."""
    return Events(nlp, name, most=most)
