"""Annotated articles as marks and links between them, as brat and Label Studio hold them.

Names, times and stand-ins are marks. A title, a quotation, a contributor and an event's verb is a mark, too, with
links to those that fill its cells: `who`, `person`, `speaker` …; what fills a cell without being a name or a time is
marked as `words`. A cell that can not be linked, since its words stand nowhere in the text, is kept in a note
(`where: 东昌府区`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import regex

from bulletinnlp.annotations import EVENT_TYPES, READ_PARTS, Part
from bulletinnlp.evaluation import annotated_article as gold
from bulletinnlp.evaluation.alignment import occurrences_of
from bulletinnlp.evaluation.equality import Letters, Span, letters, stretches_of
from bulletinnlp.evaluation.finder import Finder
from bulletinnlp.evaluation.marked.grammar import (
    FLAGS,
    SPECIAL,
    WrongMarkError,
    actor_of,
    actor_text,
    cells_of,
    escaped,
    is_value,
    several,
    unescaped,
)
from bulletinnlp.evaluation.trigger_places import before_of
from bulletinnlp.text.plain import letters_in

WORDS, TITLE, QUOTATION = "words", "title", "quotation"
MARKS = (*gold.LABELS, gold.REFERENCE)
#: What has links, and the cells that these fill.
CELLS: dict[str, tuple[str, ...]] = {
    TITLE: ("person", "organisation"),
    QUOTATION: ("speaker",),
    **dict.fromkeys(gold.ROLES, ("outlet",)),
    **dict.fromkeys(EVENT_TYPES, ("who", "what", "whom", "when", "where")),
}
#: Cells that hold names: a stand-in in one of them means the name that it stands for.
_NAMES = ("person", "organisation", "speaker", "who", "whom", "where")
_SEVERAL = ("who", "whom", "where")
#: In a note: the words of a mark that does not stand on them.
_ITSELF = "text"
_CELL_NAMES = {cell for cells in CELLS.values() for cell in cells}
_NOTE = regex.compile(r"(\w+)\s*[:：](.*)", regex.DOTALL)
_LISTS = ("contributors", "roles", "quotes", "events")
_FIELDS = ("paper", "home", "published", "kind", "banner")


@dataclass
class Node:
    """A mark. `links` are cells and the numbers of the nodes that fill them, `in_words` the cells that words fill.

    `place` says where it was read, for messages.
    """

    kind: str
    start: int
    end: int
    value: str | None = None
    flags: frozenset[str] = frozenset()
    links: list[tuple[str, int]] = field(default_factory=list)
    in_words: dict[str, str] = field(default_factory=dict)
    place: str = field(default="", compare=False)


def note_of(node: Node) -> str:
    """What is written beside a mark: its value, or the cells that nothing in the text fills."""
    return node.value or " | ".join(f"{cell}: {words}" for cell, words in node.in_words.items())


def read_note(node: Node, note: str) -> None:
    """Take what is written beside a mark. Notes that fill no cell are passed over."""
    if node.kind in MARKS:
        node.value = note.strip() or None
    else:
        cells = (_NOTE.fullmatch(cell) for cell in cells_of(note))
        node.in_words = {cell[1]: cell[2].strip() for cell in cells if cell and cell[1] in (_ITSELF, *_CELL_NAMES)}


def fields_of(article: gold.AnnotatedArticle) -> dict[str, Any]:
    """What an article is beside its text and its marks."""
    found: dict[str, Any] = {"id": article.article_id, "at": list(article.at) if article.at else None}
    found |= {name: getattr(article, name) for name in _FIELDS}
    found["parts"] = [list(part) for part in article.parts]
    found["lists"] = [name for name in _LISTS if getattr(article, name) is not None]
    return {name: value for name, value in found.items() if value is not None}


def nodes_of(article: gold.AnnotatedArticle) -> list[Node]:
    """The marks and links of an article."""
    return _Linker(article).nodes


class _Linker:
    def __init__(self, article: gold.AnnotatedArticle) -> None:
        self.article = article
        self.text = article.text
        self.finder = Finder(article.text)
        self.nodes: list[Node] = []
        #: Where the first node with these words stands.
        self.first: dict[str, int] = {}
        for mark in article.marks:
            self._append(Node(mark.label, mark.start, mark.end, mark.value))
        self.words: dict[Span, int] = {}
        #: The places of each name and of each time in the order of the text, each with its node.
        self.names: dict[str, list[tuple[int, int]]] = {}
        self.times: dict[str, list[tuple[int, int]]] = {}
        for start, number in sorted((node.start, number) for number, node in enumerate(self.nodes)):
            node = self.nodes[number]
            means = node.value or "" if node.kind == gold.REFERENCE else self._slice(node)
            (self.times if node.kind in gold.TIMES else self.names).setdefault(means, []).append((start, number))
        for row in article.contributors or ():
            self._add(row.role, self._near(row.name, self._part("byline")), row.name, {"outlet": row.outlet})
        for held in article.roles or ():
            by = self.first.get(held.person, 0)
            cells = {"person": held.person, "organisation": held.organisation}
            self._add(TITLE, self._near(held.title, by), held.title, cells)
        for quote in article.quotes or ():
            span = (quote.start, quote.end)
            self._add(QUOTATION, span, None, {"speaker": quote.speaker})
        for event, (start, end) in zip(article.events or (), trigger_spans(article), strict=True):
            texts: dict[str, Any] = {name: getattr(event, name) for name in CELLS[event.type]}
            self._add(event.type, (start, end), None, texts, event.flags)

    def _part(self, kind: str) -> int:
        return next((part.start for part in self.article.parts if part.kind == kind), 0)

    def _slice(self, node: Node) -> str:
        return self.text[node.start : node.end]

    def _add(
        self, kind: str, span: Span | None, itself: str | None, cells: dict[str, Any], flags: Iterable[str] = ()
    ) -> None:
        node = Node(kind, *(span or (0, min(1, len(self.text)))), flags=frozenset(flags))
        if span is None and itself:
            node.in_words[_ITSELF] = escaped(itself, "|｜")
        for cell, value in cells.items():
            items: list[Any] = list(value) if isinstance(value, tuple) else [value] if value else []
            targets = [self._target(cell, item, node.start) for item in items]
            if None in targets:
                node.in_words[cell] = ";".join(_words_of(item) for item in items)
            else:
                node.links += [(cell, target) for target in targets if target is not None]
        self._append(node)

    def _append(self, node: Node) -> None:
        self.nodes.append(node)
        self.first.setdefault(self._slice(node), node.start)

    def _target(self, cell: str, item: Any, near: int) -> int | None:
        """The node that fills a cell; a new one where the words stand in the text without a mark."""
        text, named = item if isinstance(item, gold.Actor) else (item, cell in _NAMES)
        marked = self.names if named else self.times if cell == "when" else {}
        if places := marked.get(text):
            return _nearest(places, near)
        if named and cell in _SEVERAL:
            return None
        span = self._near(text, near)
        if span is None:
            return None
        if span not in self.words:
            self.words[span] = len(self.nodes)
            self._append(Node(WORDS, *span))
        return self.words[span]

    def _near(self, words: str, near: int) -> Span | None:
        """The place of words that is nearest."""
        if not words or "\n" in words:
            return None
        starts = (self.finder.rfind(words, near + len(words)), self.finder.find(words, near))
        start = min((start for start in starts if start >= 0), key=lambda start: abs(start - near), default=None)
        return None if start is None else (start, start + len(words))


def _nearest(places: list[tuple[int, int]], near: int) -> int:
    at = bisect_left(places, (near, 0))
    return min(places[max(at - 1, 0) : at + 1], key=lambda place: abs(place[0] - near))[1]


def _words_of(item: Any) -> str:
    return actor_text(item) if isinstance(item, gold.Actor) else escaped(str(item), SPECIAL)


def trigger_spans(article: gold.AnnotatedArticle) -> Iterator[Span]:
    """Where the triggers of an article's events stand in its text."""
    page, stretches = _sentences(article)
    for occurrence in occurrences_of(article.events or (), stretches, page.text):
        yield page.span(occurrence.start, occurrence.end)


def _sentences(article: gold.AnnotatedArticle) -> tuple[Letters, dict[int, Span]]:
    """The letters of the body, and of eyebrow and headline where these are a sentence; the place of each sentence."""
    kinds = READ_PARTS if 0 in article.sentences else ("body",)
    page = Letters(article.text, [(part.start, part.end) for part in article.parts if part.kind in kinds])
    return page, stretches_of(article.sentences, page.text)


def article_of(
    text: str, fields: dict[str, Any], nodes: list[Node], problems: list[str], source: str = ""
) -> gold.AnnotatedArticle:
    """An article out of its text, its marks and links. What is wrong goes to `problems`."""
    parts = [Part(*part) for part in fields.get("parts") or [("body", 0, len(text))]]
    values: dict[str, Any] = {part.kind: text[part.start : part.end] for part in parts}
    values |= {name: fields[name] for name in _FIELDS if fields.get(name)}
    at = fields.get("at")
    bare = gold.AnnotatedArticle(fields.get("id", ""), (at[0], at[1]) if at else None, source=source, **values)
    reader = _Reader(replace(bare, events=(gold.NumberedEvent(0, ""),)), nodes)
    for number, node in enumerate(nodes):
        try:
            reader.take(number, node)
        except WrongMarkError as error:
            problems.append(f"{node.place}: {error}")
    annotated = fields.get("lists", _LISTS)
    lists = {
        name: tuple(row for *_, row in sorted(rows, key=lambda row: row[0])) for name, rows in reader.lists.items()
    }
    kept: dict[str, Any] = {name: rows for name, rows in lists.items() if name in annotated or name == "marks" or rows}
    return replace(bare, **kept)


class _Reader:
    """Makes rows of nodes; each with its place, after which they are sorted."""

    def __init__(self, article: gold.AnnotatedArticle, nodes: list[Node]) -> None:
        self.text = article.text
        self.nodes = nodes
        #: The letters of the sentences, and the place of each among them, in their order.
        self.page, found = _sentences(article)
        self.stretches = sorted(found.items(), key=lambda one: one[1])
        self.finders: dict[int, Finder] = {}
        self.lists: dict[str, list[tuple[int, Any]]] = {name: [] for name in ("marks", *_LISTS)}

    def take(self, number: int, node: Node) -> None:
        if (
            strange := {cell for cell, _ in node.links}.union(node.in_words).difference(
                (*CELLS.get(node.kind, ()), _ITSELF)
            )
        ):
            expected = ", ".join(CELLS.get(node.kind, ())) or "none"
            raise WrongMarkError(f"{node.kind} has no “{min(strange)}”; expected {expected}")
        if node.kind in MARKS:
            if node.kind in gold.TIMES and not is_value(node.value or ""):
                raise WrongMarkError(f"“{node.value}” is no value; expected TIMEX3, such as 2022-11-27")
            self.lists["marks"].append((node.start, gold.Mark(node.kind, node.start, node.end, node.value)))
        elif node.kind in gold.ROLES:
            row = gold.Contributor(self._itself(node), node.kind, self._one(node, "outlet"))
            self.lists["contributors"].append((number, row))
        elif node.kind == TITLE:
            person = self._one(node, "person")
            if not person:
                raise WrongMarkError(f"the title “{self._itself(node)}” is nobody's; expected a link to its person")
            self.lists["roles"].append(
                (number, gold.HeldTitle(person, self._itself(node), self._one(node, "organisation")))
            )
        elif node.kind == QUOTATION:
            row_ = gold.Quotation(self._one(node, "speaker"), node.start, node.end)
            self.lists["quotes"].append((node.start, row_))
        elif node.kind != WORDS:
            self.lists["events"].append((node.start, self._event(node)))

    def _event(self, node: Node) -> gold.NumberedEvent:
        if node.kind not in EVENT_TYPES:
            raise WrongMarkError(f"there is no mark “{node.kind}”; expected {', '.join((*MARKS, *CELLS, WORDS))}")
        page, at = self.page, self.page.at(node.start)
        place = bisect_right(self.stretches, at, key=lambda one: one[1][0]) - 1
        number, (first, last) = self.stretches[place] if place >= 0 else (0, (0, 0))
        if at < page.at(node.end) <= last and page.places[at] >= node.start:
            words = letters_in(self.text[node.start : node.end])
            if number not in self.finders:
                self.finders[number] = Finder(page.text[first:last])
            before = before_of(self.finders[number], at - first, letters(words))
            return gold.NumberedEvent(
                number, words, tuple(self._actors(node)), self._one(node, "what"), self._names(node, "whom"),
                self._one(node, "when"), self._names(node, "where"), node.kind,
                node.flags.intersection(FLAGS), before,
            )  # fmt: skip
        raise WrongMarkError(f"“{self.text[node.start : node.end]}” is in no sentence; expected a verb of the body")

    def _itself(self, node: Node) -> str:
        return unescaped(node.in_words[_ITSELF]) if _ITSELF in node.in_words else self.text[node.start : node.end]

    def _words(self, cell: str, number: int) -> str:
        """What a node means in a cell."""
        node = self.nodes[number]
        resolved = node.kind == gold.REFERENCE and cell in _NAMES and node.value
        return node.value or "" if resolved else self.text[node.start : node.end]

    def _linked(self, node: Node, cell: str) -> Iterator[int]:
        return (number for name, number in node.links if name == cell)

    def _one(self, node: Node, cell: str) -> str | None:
        if cell in node.in_words:
            return unescaped(node.in_words[cell]) or None
        return next((self._words(cell, number) for number in self._linked(node, cell)), None)

    def _names(self, node: Node, cell: str) -> tuple[str, ...]:
        words = tuple(map(unescaped, several(node.in_words.get(cell, ""))))
        return words or tuple(self._words(cell, number) for number in self._linked(node, cell))

    def _actors(self, node: Node) -> Iterator[gold.Actor]:
        yield from map(actor_of, several(node.in_words.get("who", "")))
        for number in self._linked(node, "who"):
            yield gold.Actor(self._words("who", number), self.nodes[number].kind != WORDS)
