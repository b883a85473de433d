"""A `Doc` as the stages read it: its text in plain characters, its parts, its names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal
from weakref import WeakKeyDictionary

from spacy.tokens import Doc, Span

from bulletinnlp.annotations import READ_PARTS, Part, PartKind, Problem, Proposal
from bulletinnlp.text.plain import plain

_PRINTED: WeakKeyDictionary[Doc, str] = WeakKeyDictionary()
_READ: WeakKeyDictionary[Doc, str] = WeakKeyDictionary()


def printed_of(doc: Doc) -> str:
    """`doc.text`, joined once a Doc: spaCy joins the tokens anew each time that it is asked, and every stage asks."""
    text = _PRINTED.get(doc)
    if text is None:
        text = _PRINTED[doc] = doc.text
    return text


def text_of(doc: Doc) -> str:
    """The text as the stages read it: `doc.text` in plain characters (`text/plain.py`), of the same length.

    >>> import spacy
    >>> doc = spacy.blank("zh")("孫樂文帶隊")
    >>> text_of(doc), printed_of(doc)
    ('孙乐文带队', '孫樂文帶隊')
    """
    text = _READ.get(doc)
    if text is None:
        text = _READ[doc] = plain(printed_of(doc))
    return text


def remember_text(doc: Doc, text: str) -> Doc:
    """The Doc, whose text need not be joined of its tokens. `text` is what the Doc was made of."""
    _PRINTED[doc] = text
    return doc


def ents_of(doc: Doc) -> Iterator[tuple[str, str, int, int]]:
    """Label, text, start and end of each of `doc.ents`; the text as stages read it, which need not join the tokens."""
    text = text_of(doc)
    for ent in doc.ents:
        start, end = ent.start_char, ent.end_char
        yield ent.label_, text[start:end], start, end


def set_names(doc: Doc, names: Iterable[Proposal]) -> None:
    """Set `doc.ents` to the names, with their scores and sources. What begins or ends inside a token is left out."""
    spans = []
    for name in names:
        span = doc.char_span(name.start, name.end, label=name.label, kb_id=name.known_as)
        if span is not None:
            span._.score, span._.source = name.score, name.source
            spans.append(span)
    doc.set_ents(spans)


def listed_as(ent: Span) -> tuple[str | None, str | None]:
    """The name under which a gazetteer has a name of `doc.ents`, and its code; None for what it does not have.

    >>> import spacy
    >>> doc = spacy.blank("zh")("区教体局")
    >>> listed_as(doc.char_span(0, 4, label="ORG", kb_id="东昌府区教育和体育局\\t371502"))
    ('东昌府区教育和体育局', '371502')
    """
    name, tab, code = ent.kb_id_.partition("\t")
    return (name, code or None) if tab else (None, None)


def parts(doc: Doc, kinds: tuple[PartKind, ...] = READ_PARTS) -> Iterator[Part]:
    """The parts of these kinds, in the order of the text. A `Doc` without parts is all body.

    >>> import spacy
    >>> doc = spacy.blank("zh")("孙乐文带队")
    >>> list(parts(doc))
    [Part(kind='body', start=0, end=5)]
    """
    every = doc._.parts or [Part("body", 0, len(text_of(doc)))]
    return (part for part in every if part.kind in kinds)


def note(doc: Doc, stage: str, message: str, severity: Literal["warning", "error"] = "warning") -> None:
    """Add a problem to `doc._.problems`."""
    doc.user_data.setdefault("bulletinnlp.problems", []).append(tuple(Problem(stage, severity, message)))
