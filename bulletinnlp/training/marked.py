"""Reads articles that are marked up by hand, as the recipes for roles, quotations and events train and measure on them.

A file holds several articles, each after a `%%%` line: fields (`headline: …`), a body whose names, times and stand-ins
are marked in brackets (`[P:孙乐文]`, `[O:区委]`, `[L:仙庄村]`, `[T:昨日=DATE=2017-03-30]`, `[R:该乡=莪山畲族乡]`), and
lists of roles and quotations with fields between bars. `article_doc` makes a `Doc` of each that looks as if
every stage before had worked without a fault, so that a later stage can be trained and measured alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import regex
from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import Part, PartKind, Reference, Time

_MARK = regex.compile(r"\[([POLTR]):([^\[\]]*?)\]")
_FIELD = regex.compile(
    r"(paper|home|published|kind|banner|eyebrow|headline|dateline|byline|body|contributors|roles|quotes|events):(.*)"
)
_LABEL = {"P": "PER", "O": "ORG", "L": "PLACE"}
_LISTS = ("contributors", "roles", "quotes", "events")


class MarkedSpan(NamedTuple):
    """A marked stretch: `kind` is the letter of the mark, `extra` what follows the equals signs."""

    kind: str
    text: str
    extra: tuple[str, ...]
    start: int
    end: int


class MarkedArticle(NamedTuple):
    """An article with its marks taken out. `lists` holds the rows of roles, quotes, events and contributors."""

    fields: dict[str, str]
    text: str
    parts: tuple[Part, ...]
    spans: tuple[MarkedSpan, ...]
    lists: dict[str, list[list[str]]]


def read_marked(path: Path) -> Iterator[MarkedArticle]:
    """The articles of a marked-up file, in order."""
    for block in regex.split(r"^%%%\s*$", path.read_text(encoding="utf-8"), flags=regex.MULTILINE):
        if block.strip():
            yield parse_marked(block)


def parse_marked(block: str) -> MarkedArticle:
    """One article of a marked-up file.

    >>> article = parse_marked("headline: [L:仙庄村]有喜\\nbody:\\n[P:孙乐文]说。\\nroles:\\n孙乐文 | 书记 | 仙庄村")
    >>> article.text, article.lists["roles"]
    ('仙庄村有喜\\n孙乐文说。', [['孙乐文', '书记', '仙庄村']])
    """
    fields: dict[str, str] = {}
    body: list[str] = []
    lists: dict[str, list[list[str]]] = {name: [] for name in _LISTS}
    mode = ""
    for line in block.strip().split("\n"):
        if found := _FIELD.fullmatch(line):
            mode = found[1]
            fields[mode] = found[2].strip()
        elif mode == "body" and line.strip():
            body.append(line.strip())
        elif mode in lists and line.strip():
            lists[mode].append([cell.strip() for cell in line.split("|")])
    pieces: list[tuple[PartKind, str, str]] = []
    heads: tuple[PartKind, ...] = ("eyebrow", "headline")
    pieces += [(kind, fields[kind], "\n") for kind in heads if fields.get(kind)]
    if fields.get("dateline"):
        pieces.append(("dateline", fields["dateline"], " "))
    pieces.append(("body", "\n".join(body), "\n"))
    if fields.get("byline"):
        pieces.append(("byline", fields["byline"], "\n"))
    text, parts, spans = "", [], []
    for kind, marked, gap in pieces:
        start = len(text)
        plain, found_spans = _unmark(marked, start)
        text += plain
        parts.append(Part(kind, start, len(text)))
        spans += found_spans
        text += gap
    return MarkedArticle(fields, text.rstrip("\n"), tuple(parts), tuple(spans), lists)


def _unmark(marked: str, base: int) -> tuple[str, list[MarkedSpan]]:
    plain, spans, last = "", [], 0
    for mark in _MARK.finditer(marked):
        plain += marked[last : mark.start()]
        text, *extra = mark[2].split("=")
        spans.append(MarkedSpan(mark[1], text, tuple(extra), base + len(plain), base + len(plain) + len(text)))
        plain += text
        last = mark.end()
    return plain + marked[last:], spans


def article_doc(nlp: Language, article: MarkedArticle) -> Doc:
    """A `Doc` of the article with its names, times and stand-ins set as marked."""
    doc = nlp.make_doc(article.text)
    doc._.parts = article.parts
    doc._.published = article.fields.get("published")
    doc._.home = article.fields.get("home")
    doc._.paper = article.fields.get("paper")
    names = [
        doc.char_span(span.start, span.end, label=_LABEL[span.kind], alignment_mode="expand")
        for span in article.spans
        if span.kind in _LABEL
    ]
    doc.ents = [span for span in names if span is not None]
    doc._.times = [_time(span) for span in article.spans if span.kind == "T"]
    doc._.references = [
        Reference(span.text, span.start, span.end, span.extra[0] if span.extra else None)
        for span in article.spans
        if span.kind == "R"
    ]
    return doc


def _time(span: MarkedSpan) -> Time:
    kind, value = (*span.extra, "DATE", "")[:2]
    return time_of(span.text, span.start, span.end, kind, value)


def time_of(text: str, start: int, end: int, kind: str, value: str) -> Time:
    """A time as it is marked, of which an annotation says no more than type and value."""
    vague = value.endswith("_REF")
    checked: Any = kind
    return Time(text, start, end, checked, value, None, None, None, "vague" if vague else "explicit")
