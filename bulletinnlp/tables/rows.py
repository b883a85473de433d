"""Rows of the tables, from a page, its split, and the Docs of its articles.

One function a table; each takes what an article's Doc holds and gives rows whose keys are the table's columns
(`tables/schema.py`). Offsets in Docs count characters of the article's text; offsets in rows count code points of the
page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from spacy.tokens import Doc

from bulletinnlp.annotations import Entity
from bulletinnlp.articles.article import Article, Segment
from bulletinnlp.identity.blocks import to_line
from bulletinnlp.identity.profile import profile_of
from bulletinnlp.pages.issue_dates import issue_interval
from bulletinnlp.pages.page import Page
from bulletinnlp.tables.schema import PROFILES, tables_of
from bulletinnlp.text.docs import ents_of, listed_as, parts, text_of
from bulletinnlp.text.plain import without_breaks

Row = dict[str, Any]
#: Columns that hold what the text says.
_FROM_THE_TEXT = {
    "name", "outlet", "text", "antecedent", "person", "title", "organisation", "speaker", "cue", "trigger", "who",
    "what", "whom", "when", "where", "sentence",
}  # fmt: skip
#: The roles of those who take part in an event; what it is done to and when it is done are no names.
_PARTIES = ("who", "whom", "where")
#: The kind of an actor, by the label of its name.
_KINDS = {"ORG": "body", "PLACE": "place", "PER": "person"}
#: Table's name → its rows.
Rows = dict[str, list[Row]]


def page_row(page: Page, segments: Iterable[Segment], articles: int, home_source: str | None) -> Row:
    """The row of a page."""
    stray = sum(not char.isspace() for s in segments if s.article is None for char in page.text[s.start : s.end])
    return {
        "page_id": page.page_id, "path": page.path, "encoding": page.encoding, "sha256": page.sha256,
        "chars": page.chars, "paper": page.paper, "home": page.home, "home_source": home_source,
        "published": page.published, **issue_interval(page.published), "articles": articles,
        "stray_chars": stray, "row": page.row, "sheet": page.sheet,
    }  # fmt: skip


def segment_rows(page: Page, segments: Iterable[Segment]) -> Iterator[Row]:
    """The stretches that tile the page."""
    for s in segments:
        yield {
            "page_id": page.page_id, "article_id": f"{page.page_id}#{s.article}" if s.article else None,
            "kind": s.kind, "start": s.start, "end": s.end, "text": page.text[s.start : s.end],
        }  # fmt: skip


def box_rows(page: Page) -> Iterator[Row]:
    """The printed lines of a page of a PDF."""
    for line in page.lines:
        if line.box:
            yield {
                "page_id": page.page_id, "start": line.start, "end": line.end, "leaf": page.leaf,
                **{side: round(at, 2) for side, at in line.box._asdict().items()}, "size": round(line.size, 2),
            }  # fmt: skip


def article_row(article: Article) -> Row:
    """The row of an article."""
    return {
        "article_id": article.article_id, "page_id": article.page_id, "position": article.position,
        "kind": article.kind, "banner": article.banner, "eyebrow": article.eyebrow, "headline": article.headline,
        "dateline": article.dateline, "body": article.body, "byline": article.byline,
        "published": article.published, **issue_interval(article.published),
        "start": article.start, "end": article.end,
        "chars": len(article.body or ""), "flags": list(article.flags),
    }  # fmt: skip


class ArticleRows:
    """The rows of an article's Doc, a method a table. `article` is needed for a Doc that the splitter did not make.

    Entities have the ids that they have in this article alone. `resolve` finds the id of a name that other stages print
    (an antecedent, an organisation in a role), None if there is none.
    """

    def __init__(self, doc: Doc, article: Article | None = None) -> None:
        self.doc = doc
        self.article: Article = article or doc._.article
        self.text, self.plain_text = self.article.text, text_of(doc)
        self.article_id = self.article.article_id
        self.locations = {(place.start, place.end): place for place in doc._.locations}
        self.roles_found = [("apposition", role) for role in doc._.roles]
        self.roles_found += [("predicate", role) for role in doc._.appointments]
        self.entities: list[Entity] = doc._.entities
        self.labels = {entity.entity_id: entity.label for entity in self.entities}
        self.names = list(self._names())
        self.by_name: dict[str, str] = {}
        for name in (row for row in self.names if row["entity_id"]):
            self.by_name.setdefault(name["text"], name["entity_id"])
        self.by_start = {row["start"]: row["entity_id"] for row in self.names}
        for entity in self.entities:
            for inferred in entity.inferred:
                self.by_name.setdefault(inferred, entity.entity_id)

    def build(self, written: Iterable[str]) -> Rows:
        """The rows of every table that is filled by what the stages have written (see `tables_of`)."""
        makers = {
            "bylines": self.bylines, "times": self.times, "mentions": self.mentions, "references": self.references,
            "roles": self.roles, "quotes": self.quotes, "events": self.events, "arguments": self.arguments,
        }  # fmt: skip
        rows: Rows = {"articles": [article_row(self.article)], "problems": list(self.problems())}
        tables = {table.name for table in tables_of(written)}
        rows |= {name: list(map(self.printed, make())) for name, make in makers.items() if name in tables}
        if "entities" in tables:
            rows[PROFILES.name] = list(self.profiles(rows.get("arguments")))
        return rows

    def profiles(self, arguments: Iterable[Row] | None) -> Iterator[Row]:
        """What the article says of its entities, for linking; `arguments` are those of its events, if looked for."""
        actors = {row["entity_id"] for row in arguments or () if row["role"] == "who"}
        for entity in self.entities:
            acts = None if arguments is None else entity.entity_id in actors
            yield {"line": to_line(profile_of(entity, acts))}

    def printed(self, row: Row) -> Row:
        """A row with what the stages have read in plain characters as the page prints it: 張偉, not 张伟."""
        if self.plain_text == self.text:
            return row
        return row | {column: _each(row[column], self.as_printed) for column in row.keys() & _FROM_THE_TEXT}

    def as_printed(self, plain: str) -> str:
        """What the stages have read, as the article prints it first; what is nowhere as a whole, by its characters."""
        at = self.plain_text.find(plain)
        return self.text[at : at + len(plain)] if at >= 0 else plain.translate(self.characters)

    @cached_property
    def characters(self) -> dict[int, str]:
        """How the article prints each plain character, most often: sorted by count, so that the last pair wins."""
        pairs = Counter(pair for pair in zip(self.plain_text, self.text, strict=True))
        return {ord(plain): printed for (plain, printed), _ in sorted(pairs.items(), key=lambda pair: pair[1])}

    def resolve(self, name: str | None) -> str | None:
        """The entity of a name that the article prints, or by which other stages mean one (我区: 东昌府区)."""
        return self.by_name.get(without_breaks(name))

    def on_page(self, start: int, end: int) -> Row:
        first, last = self.article.alignment.to_page(start, end)
        return {"start": first, "end": last}

    def bylines(self) -> Iterator[Row]:
        for c in self.doc._.bylines:
            yield {"article_id": self.article_id, "name": c.name, "role": c.role, "outlet": c.outlet, "text": c.text,
                   **self.on_page(c.start, c.end)}  # fmt: skip

    def times(self) -> Iterator[Row]:
        for t in self.doc._.times:
            yield {"article_id": self.article_id, **t._asdict(), **self.on_page(t.start, t.end)}

    def mentions(self) -> Iterator[Row]:
        return iter(self.names)

    def _names(self) -> Iterator[Row]:
        ids = {start: entity.entity_id for entity in self.entities for start in entity.mentions}
        printed = list(parts(self.doc))
        begins = [part.start for part in printed]
        for number, (ent, (_, text, start, end)) in enumerate(zip(self.doc.ents, ents_of(self.doc), strict=True), 1):
            location = self.locations.get((start, end))
            at = bisect_right(begins, start) - 1
            kind = printed[at].kind if at >= 0 and start < printed[at].end else "body"
            yield {
                "mention_id": f"{self.article_id}/{number}", "article_id": self.article_id, "part": kind,
                "label": ent.label_, "text": without_breaks(text), **self.on_page(start, end),
                "entity_id": ids.get(start), "source": ent._.source, "score": ent._.score,
                "adcode": location.adcode if location else None, "region": location.region if location else None,
                "exact": location.exact if location and location.adcode else None, "known_as": listed_as(ent)[0],
            }  # fmt: skip

    def references(self) -> Iterator[Row]:
        for r in self.doc._.references:
            yield {"article_id": self.article_id, "text": r.text, **self.on_page(r.start, r.end),
                   "entity_id": self.resolve(r.antecedent),
                   "antecedent": r.antecedent}  # fmt: skip

    def roles(self) -> Iterator[Row]:
        for stated, r in self.roles_found:
            yield {"article_id": self.article_id, "person": r.person, "person_id": self.resolve(r.person),
                   "title": r.title, "organisation": r.organisation, "organisation_id": self.resolve(r.organisation),
                   **self.on_page(r.start, r.end), "status": r.status, "kind": r.kind, "stated": stated}  # fmt: skip

    def quotes(self) -> Iterator[Row]:
        for q in self.doc._.quotes:
            yield {"article_id": self.article_id, "speaker": q.speaker, "speaker_id": self.resolve(q.speaker),
                   "cue": q.cue, "text": q.text, **self.on_page(q.start, q.end),
                   "speaker_text": q.speaker_text}  # fmt: skip

    def events(self) -> Iterator[Row]:
        arguments: dict[int, list[Any]] = defaultdict(list)
        for a in self.doc._.arguments:
            arguments[a.event].append(a)
        times = {(t.start, t.end): t for t in self.doc._.times}
        for number, e in enumerate(self.doc._.events):
            mine = arguments[number]
            when = next((a for a in mine if a.role == "when"), None)
            time = times.get((when.start, when.end)) if when else None
            where, who = ([a for a in mine if a.role == role] for role in ("where", "who"))
            yield {
                "event_id": f"{self.article_id}/{number + 1}", "article_id": self.article_id, "main": e.main,
                "named": any(a.named for a in who), "type": e.type, "trigger": e.trigger,
                "who": _unique(a.text for a in who), "actor_kind": self.actor_kind(who[0]) if who else None,
                "what": next((a.text for a in mine if a.role == "what"), None),
                "whom": _unique(a.text for a in mine if a.role == "whom"), "when": when.text if when else None,
                "value": time.value if time else None, "begin": time.begin if time else None,
                "until": time.until if time else None, "where": _unique(a.text for a in where),
                "adcode": next((code for a in where if (code := self.adcode(a))), None),
                "sentence": self.plain_text[e.sentence_start : e.sentence_end], **self.on_page(e.start, e.end),
                "polarity": e.polarity, "modality": e.modality, "score": e.score,
            }  # fmt: skip

    @cached_property
    def places(self) -> dict[str, Any]:
        """The first location of each name."""
        places: dict[str, Any] = {}
        for at in self.locations.values():
            places.setdefault(without_breaks(self.plain_text[at.start : at.end]), at)
        return places

    def adcode(self, argument: Any) -> str | None:
        """The code of a place where something happened: of the mention itself, else of one with the same name."""
        place = self.locations.get((argument.start, argument.end)) or self.places.get(argument.text)
        return place.adcode if place else None

    def arguments(self) -> Iterator[Row]:
        for a in self.doc._.arguments:
            yield {"event_id": f"{self.article_id}/{a.event + 1}", "role": a.role, "text": a.text,
                   **self.on_page(a.start, a.end), "entity_id": self.entity_of(a),
                   "named": a.named if a.role in _PARTIES else None}  # fmt: skip

    def entity_of(self, argument: Any) -> str | None:
        """The entity of an argument. One without a name has none, though its words may be a name elsewhere (会议)."""
        if not argument.named:
            return None
        if (entity_id := self.resolve(argument.text)) or argument.role not in _PARTIES:
            return entity_id
        return self.by_start.get(self.on_page(argument.start, argument.end)["start"])

    def actor_kind(self, actor: Any) -> str | None:
        """What kind of actor it is: body, place, person, unnamed; None for a name of no entity."""
        if not actor.named:
            return "unnamed"
        return _KINDS.get(self.labels.get(self.entity_of(actor) or "", ""))

    def problems(self) -> Iterator[Row]:
        for problem in self.doc._.problems:
            yield {"page_id": self.article.page_id, "article_id": self.article_id, **problem._asdict()}


def grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Rows by what a column holds.

    >>> grouped([{"page_id": "a", "row": 1}, {"page_id": "b", "row": 2}], "page_id")["b"]
    [{'page_id': 'b', 'row': 2}]
    """
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def unnamed_actors(event: Row, arguments: Iterable[Row]) -> list[str]:
    """The actors of a row of `events` that have no name; `arguments` are its rows of the table of that name.

    >>> unnamed_actors({"who": ["孙乐文", "民警"], "named": True}, [{"role": "who", "text": "民警", "named": False}])
    ['民警']
    """
    if event.get("named") is False:
        return event["who"] or []
    return [row["text"] for row in arguments if row["role"] == "who" and row.get("named") is False]


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """A value, or a list of values, changed."""
    if isinstance(value, list):
        return [change(one) for one in value]
    return change(value) if value else value


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
