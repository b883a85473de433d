"""The stage that finds names: spaCy component `bulletin_names`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from bulletinnlp.doc import parts
from bulletinnlp.names.consistency import spread
from bulletinnlp.names.grammar import find
from bulletinnlp.names.name import Name


@Language.factory("bulletin_names", assigns=["doc.ents"])
def make_names(nlp: Language, name: str) -> Names:
    """Make the stage; `nlp.add_pipe("bulletin_names")`."""
    return Names(name)


class Names:
    """Finds persons (`PER`), bodies (`ORG`) and places (`PLACE`) in eyebrow, headline and body; writes `doc.ents`.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> stage = nlp.add_pipe("bulletin_names")
    >>> [(ent.text, ent.label_) for ent in nlp("区市场监管局局长贺秋实说，贺秋实会去。").ents]
    [('区市场监管局', 'ORG'), ('贺秋实', 'PER'), ('贺秋实', 'PER')]
    """

    def __init__(self, name: str = "bulletin_names") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        stretches = [(part.start, part.end) for part in parts(doc)]
        names = [name for start, end in stretches for name in find(doc.text, start, end)]
        write(doc, spread(doc.text, stretches, names))
        return doc

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        for doc in docs:
            yield self(doc)


def write(doc: Doc, names: Iterable[Name]) -> None:
    """Set `doc.ents` to `names`, with score and source."""
    spans: list[Span] = []
    for name in names:
        span = doc.char_span(name.start, name.end, label=name.label)
        if span is not None:
            span._.score = name.score
            span._.source = name.source
            spans.append(span)
    doc.set_ents(spans)
