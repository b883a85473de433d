"""What the stages write on a spaCy `Doc`, and how a `Doc` finds its parts.

A stage writes *records*: `NamedTuple`s whose fields are plain values (`str`, `int`, `float`, `bool`, `None`, lists of
these). They live in `doc.user_data` as plain rows, so `Doc.to_bytes`, `DocBin`, pickling and `nlp.pipe(n_process=2)`
carry them without any work. `doc._.times`, `doc._.roles` … give them back as their own type. Offsets in records are
character offsets into `doc.text`; the tables turn them into offsets of the page.

>>> import spacy
>>> class Colour(NamedTuple):
...     text: str
...     start: int
...     end: int
>>> declare_records("colours", Colour)
>>> doc = spacy.blank("zh")("红马甲")
>>> doc._.colours = [Colour("红", 0, 1)]
>>> doc._.colours
[Colour(text='红', start=0, end=1)]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple
from weakref import WeakKeyDictionary

from spacy.tokens import Doc, Span

from bulletinnlp.pages.plain import plain

PartKind = Literal["eyebrow", "headline", "dateline", "body", "byline"]
#: The parts in which names, times, quotations and events are looked for.
READ: tuple[PartKind, ...] = ("eyebrow", "headline", "body")


class Part(NamedTuple):
    """A part of an article: `doc.text[start:end]` is its eyebrow, headline, dateline, body or byline."""

    kind: PartKind
    start: int
    end: int


class Complaint(NamedTuple):
    """Something the reader of an article should know; becomes a row of `problems`."""

    stage: str
    severity: Literal["warning", "error"]
    message: str


def declare_records(name: str, kind: Any) -> None:
    """Declare `doc._.<name>`: a list of `kind`, a `NamedTuple` of plain values. Declaring twice is harmless."""
    key = f"bulletinnlp.{name}"

    def get(doc: Doc) -> list[Any]:
        return [kind(*row) for row in doc.user_data.get(key, ())]

    def put(doc: Doc, values: Iterable[Any]) -> None:
        try:
            doc.user_data[key] = [tuple(value if isinstance(value, kind) else kind(*value)) for value in values]
        except TypeError as error:
            raise TypeError(f"doc._.{name} takes records {kind.__name__}({', '.join(kind._fields)}): {error}") from None

    Doc.set_extension(name, getter=get, setter=put, force=True)


def declare_value(name: str) -> None:
    """Declare `doc._.<name>`: one plain value, None until it is set."""
    key = f"bulletinnlp.{name}"

    def put(doc: Doc, value: Any) -> None:
        doc.user_data[key] = value

    Doc.set_extension(name, getter=lambda doc: doc.user_data.get(key), setter=put, force=True)


declare_records("parts", Part)
declare_records("complaints", Complaint)
for _name in ("article_id", "published", "home", "paper"):
    declare_value(_name)

# What is known of a name (`doc.ents`) beside its label: how sure, and which source found it.
Span.set_extension("score", default=1.0, force=True)
Span.set_extension("source", default=None, force=True)


_PRINTED: WeakKeyDictionary[Doc, str] = WeakKeyDictionary()
_READ: WeakKeyDictionary[Doc, str] = WeakKeyDictionary()


def printed_of(doc: Doc) -> str:
    """`doc.text`, joined once a Doc: spaCy joins the tokens anew each time that it is asked, and every stage asks."""
    text = _PRINTED.get(doc)
    if text is None:
        text = _PRINTED[doc] = doc.text
    return text


def text_of(doc: Doc) -> str:
    """The text as the stages read it: `doc.text` in plain characters (`pages/plain.py`), of the same length.

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
    """The Doc, its text known without joining its tokens. `text` is what the Doc was made of."""
    _PRINTED[doc] = text
    return doc


def ents_of(doc: Doc) -> Iterator[tuple[str, str, int, int]]:
    """Label, text, start and end of each of `doc.ents`; the text as stages read it, which need not join the tokens."""
    text = text_of(doc)
    for ent in doc.ents:
        start, end = ent.start_char, ent.end_char
        yield ent.label_, text[start:end], start, end


def listed_as(ent: Span) -> tuple[str | None, str | None]:
    """The name under which a gazetteer has a name of `doc.ents`, and its code; None for what it does not have.

    >>> import spacy
    >>> doc = spacy.blank("zh")("区教体局")
    >>> listed_as(doc.char_span(0, 4, label="ORG", kb_id="东昌府区教育和体育局\\t371502"))
    ('东昌府区教育和体育局', '371502')
    """
    name, tab, code = ent.kb_id_.partition("\t")
    return (name, code or None) if tab else (None, None)


def parts(doc: Doc, kinds: tuple[PartKind, ...] = READ) -> Iterator[Part]:
    """The parts of these kinds, in the order of the text. A `Doc` without parts is all body.

    >>> import spacy
    >>> doc = spacy.blank("zh")("孙乐文带队")
    >>> list(parts(doc))
    [Part(kind='body', start=0, end=5)]
    """
    known = doc._.parts
    if not known:
        known = [Part("body", 0, len(text_of(doc)))]
    return (part for part in known if part.kind in kinds)


def note(doc: Doc, stage: str, message: str, severity: Literal["warning", "error"] = "warning") -> None:
    """Add a complaint to `doc._.complaints`."""
    doc.user_data.setdefault("bulletinnlp.complaints", []).append(tuple(Complaint(stage, severity, message)))
