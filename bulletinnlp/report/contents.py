"""What the view shows, as plain values: an index of everything, and for each page its text and its rows.

The index is read when the view opens; it is small and serves the overview, lists and filters. The texts are read when
words are looked for, a page's text and rows when the page is shown, so that a view of thousands of articles opens at
once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from bulletinnlp.report.evidence import Letters
from bulletinnlp.report.facets import Facets, days_told, offices, spots
from bulletinnlp.report.ground import ground
from bulletinnlp.report.packing import lean, lean_event
from bulletinnlp.tables.frames import rows_of
from bulletinnlp.tables.rows import unnamed_actors

if TYPE_CHECKING:
    from bulletinnlp.extraction import Extraction
    from bulletinnlp.tables.rows import Row, Rows

#: What of each table goes into a page's rows, in this order; rows are lists without the names. An event's type, state
#: and days stand in the index.
COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": ("article_id", "kind", "banner", "eyebrow", "headline", "dateline", "byline", "published", "start",
                 "end", "flags"),
    "bylines": ("name", "role", "outlet", "start", "end"),
    "times": ("text", "type", "value", "begin", "until", "anchor", "start", "end"),
    "mentions": ("entity", "label", "text", "start", "end"),
    "references": ("text", "antecedent", "start", "end"),
    "roles": ("person", "title", "organisation", "start", "end"),
    "quotes": ("speaker", "cue", "text", "start", "end"),
    "events": ("event_id", "trigger", "who", "unnamed", "what", "whom", "when", "value", "where", "score", "start",
               "end", "sentence", "proof", "arguments"),
}  # fmt: skip
#: An article in the index, in this order.
ENTRY = ("id", "page", "head", "eyebrow", "kind", "published", "flags", "entities", "days", "roles", "events")
#: As much of the text stands for the headline of an article that has none.
HEAD = 24


class Contents:
    """The tables, arranged for the view. `pages` picks some pages by their ids; None shows all."""

    def __init__(self, tables: Extraction | Rows, pages: Iterable[str] | None = None) -> None:
        rows = tables if isinstance(tables, dict) else rows_of(tables)
        if missing := [name for name in ("pages", "segments", "articles") if name not in rows]:
            raise ValueError(f"the view needs the tables pages, segments and articles; missing: {', '.join(missing)}")
        self.known = {page["page_id"] for page in rows.get("pages", [])}
        self.pages = _chosen(rows["pages"], pages)
        self.segments = _grouped(rows["segments"], "page_id")
        self.articles = _grouped(rows["articles"], "page_id")
        self.rows = {name: _grouped(rows.get(name, []), "article_id") for name in COLUMNS if name != "articles"}
        self.problems = rows.get("problems", [])
        self.arguments = _grouped(rows.get("arguments", []), "event_id")
        self.entities = list(entities_of(rows))
        self.number_of = {entity["entity_id"]: number for number, entity in enumerate(self.entities)}
        self.stages = [name for name in (*COLUMNS, "problems") if name in rows]

    def index(self) -> dict[str, Any]:
        """What the overview, lists and filters need."""
        facets = Facets(self.number_of)
        points, point_of = spots(self.entities)
        articles = [
            (number, article)
            for number, page in enumerate(self.pages)
            for article in self.articles.get(page["page_id"], [])
        ]
        entries = [self._article_entry(number, article, facets) for number, article in articles]
        met = (point_of[entity] for entity in facets.places(event for entry in entries for event in entry[-1]))
        seen = sorted({point for point in met if point is not None})
        return {
            "columns": {**COLUMNS, "index": ENTRY},
            "tables": self.stages,
            "pages": [self._page_entry(page) for page in self.pages],
            "articles": entries,
            "entities": [
                [e["label"], e["name"], e["aliases"], e["region"], point]
                for e, point in zip(self.entities, point_of, strict=True)
            ],
            "spots": points,
            "ground": ground([(points[n][1], points[n][2]) for n in seen]),
            "problems": list(self._problems([article["article_id"] for _, article in articles])),
            **facets.lists(),
        }

    def _page_entry(self, page: Row) -> dict[str, Any]:
        kept = ("page_id", "paper", "home", "published", "chars", "stray_chars", "encoding")
        return {name: page.get(name) for name in kept}

    def _article_entry(self, page: int, article: Row, facets: Facets) -> list[Any]:
        mine = article["article_id"]
        mentioned = {self.number_of[m["entity_id"]] for m in self._of("mentions", mine) if m["entity_id"]}
        head = article["headline"] or (article["body"] or "")[:HEAD]
        return [
            *(mine, page, head, article["eyebrow"], article["kind"], article["published"], article["flags"] or []),
            sorted(mentioned),
            list(days_told(self._of("times", mine))),
            offices(self._of("roles", mine)),
            [facets.event(event, self._arguments(event)) for event in self._of("events", mine)],
        ]

    def _problems(self, article_ids: list[str]) -> Iterator[list[Any]]:
        """Page, article, stage, severity and message of the problems of the pages shown, and of what is no page."""
        number_of = {article_id: number for number, article_id in enumerate(article_ids)}
        page_of = {page["page_id"]: number for number, page in enumerate(self.pages)}
        for row in self.problems:
            if row["page_id"] in page_of or row["page_id"] not in self.known:
                article = number_of.get(row["article_id"])
                yield [page_of.get(row["page_id"]), article, row["stage"], row["severity"], row["message"]]

    def texts(self) -> Iterator[dict[str, Any]]:
        """The text and the segments of each page, in the order of the index."""
        for page in self.pages:
            segments = self._segments(page)
            number = {a["article_id"]: at for at, a in enumerate(self.articles.get(page["page_id"], []))}
            yield {
                "text": "".join(row["text"] for row in segments),
                "segments": [[s["kind"], number.get(s["article_id"]), s["start"], s["end"]] for s in segments],
            }

    def chunks(self) -> Iterator[list[dict[str, Any]]]:
        """The rows of each page's articles, in the order of the index."""
        for page in self.pages:
            segments = self._segments(page)
            text = "".join(row["text"] for row in segments)
            yield [self._rows_of(article, text, segments) for article in self.articles.get(page["page_id"], [])]

    def _segments(self, page: Row) -> list[Row]:
        return sorted(self.segments.get(page["page_id"], []), key=lambda row: row["start"])

    def _rows_of(self, article: Row, text: str, segments: list[Row]) -> dict[str, Any]:
        mine = article["article_id"]
        letters = Letters(text, [(s["start"], s["end"]) for s in segments if s["article_id"] == mine])
        events = []
        for event in self._of("events", mine):
            arguments = self._arguments(event)
            unnamed, proof = unnamed_actors(event, arguments), letters.ranges(event["sentence"], event["start"])
            events.append(lean_event({**event, "unnamed": unnamed, "proof": proof}, arguments, text))
        mentions = [{**m, "entity": self.number_of.get(m["entity_id"])} for m in self._of("mentions", mine)]
        ready = {"articles": [article], "events": events, "mentions": mentions}
        rows = {name: lean(name, ready.get(name) or self._of(name, mine), text) for name in COLUMNS}
        return {name: _packed(name, some) for name, some in rows.items() if some}

    def _arguments(self, event: Row) -> list[Row]:
        return self.arguments.get(event["event_id"], [])

    def _of(self, table: str, article_id: str) -> list[Row]:
        return self.rows[table].get(article_id, [])


def _chosen(pages: list[Row], wanted: Iterable[str] | None) -> list[Row]:
    if wanted is None:
        return pages
    ids = [wanted] if isinstance(wanted, str) else list(wanted)
    known = {page["page_id"] for page in pages}
    if strange := [page_id for page_id in ids if page_id not in known]:
        raise ValueError(f"there is no page {', '.join(map(repr, strange))}")
    return [page for page in pages if page["page_id"] in ids]


def _grouped(rows: list[Row], column: str) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return dict(found)


def entities_of(rows: Rows) -> Iterator[Row]:
    """The entities, those of most articles first; made of the mentions where there is no table of entities."""
    if known := rows.get("entities"):
        yield from sorted(known, key=lambda row: (-(row["articles"] or 0), row["name"] or ""))
        return
    seen: dict[str, Row] = {}
    for mention in rows.get("mentions", []):
        if mention["entity_id"] and mention["entity_id"] not in seen:
            seen[mention["entity_id"]] = {"entity_id": mention["entity_id"], "label": mention["label"],
                                          "name": mention["text"], "aliases": [], "region": None}  # fmt: skip
    yield from seen.values()


def _packed(table: str, rows: list[Row]) -> list[list[Any]]:
    return [[row.get(name) for name in COLUMNS[table]] for row in rows]
