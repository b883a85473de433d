"""What the view shows, as plain values: an index of everything, and for each page its text and its rows.

The index is read when the view opens; it is small and serves the overview, lists and filters. The texts are read when
words are looked for, a page's text and rows when the page is shown, so that a view of thousands of articles opens at
once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from bulletinnlp.report.county_outlines import packed_outlines
from bulletinnlp.report.packing import lean, lean_event
from bulletinnlp.report.proof_ranges import Letters
from bulletinnlp.summaries.days import days_of_article
from bulletinnlp.summaries.event_index import EventIndex, entities_of
from bulletinnlp.summaries.map_points import map_points
from bulletinnlp.tables.rows import grouped, unnamed_actors
from bulletinnlp.tables.table_set import rows_of

if TYPE_CHECKING:
    from bulletinnlp.tables.rows import Row, Rows
    from bulletinnlp.tables.table_set import TableSet

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


class ViewData:
    """The tables, arranged for the view. `pages` picks some pages by their ids; None shows all."""

    def __init__(self, tables: TableSet | Rows, pages: Iterable[str] | None = None) -> None:
        rows = tables if isinstance(tables, dict) else rows_of(tables)
        if missing := [name for name in ("pages", "segments", "articles") if name not in rows]:
            raise ValueError(f"the view needs the tables pages, segments and articles; missing: {', '.join(missing)}")
        self.page_ids = {page["page_id"] for page in rows.get("pages", [])}
        self.pages = _chosen(rows["pages"], pages)
        self.segments = grouped(rows["segments"], "page_id")
        self.articles = grouped(rows["articles"], "page_id")
        self.rows = {name: grouped(rows.get(name, []), "article_id") for name in COLUMNS if name != "articles"}
        self.problems = rows.get("problems", [])
        self.arguments = grouped(rows.get("arguments", []), "event_id")
        self.entities = list(entities_of(rows))
        self.number_of = {entity["entity_id"]: number for number, entity in enumerate(self.entities)}
        self.stages = [name for name in (*COLUMNS, "problems") if name in rows]

    def index(self) -> dict[str, Any]:
        """What the overview, lists and filters need."""
        events = EventIndex(self.number_of)
        points, point_of = map_points(self.entities)
        articles = [
            (number, article)
            for number, page in enumerate(self.pages)
            for article in self.articles.get(page["page_id"], [])
        ]
        entries = [self._article_entry(number, article, events) for number, article in articles]
        met = (point_of[entity] for entity in events.places(event for entry in entries for event in entry[-1]))
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
            "spots": [[point.name, point.latitude, point.longitude] for point in points],
            "ground": packed_outlines([(points[n].latitude, points[n].longitude) for n in seen]),
            "problems": list(self._problems([article["article_id"] for _, article in articles])),
            **events.lists(),
        }

    def _page_entry(self, page: Row) -> dict[str, Any]:
        kept = ("page_id", "paper", "home", "published", "chars", "stray_chars", "encoding")
        return {name: page.get(name) for name in kept}

    def _article_entry(self, page: int, article: Row, events: EventIndex) -> list[Any]:
        mine = article["article_id"]
        mentioned = {self.number_of[m["entity_id"]] for m in self._of("mentions", mine) if m["entity_id"]}
        head = article["headline"] or (article["body"] or "")[:HEAD]
        return [
            *(mine, page, head, article["eyebrow"], article["kind"], article["published"], article["flags"] or []),
            sorted(mentioned),
            [first if first == last else [first, last] for first, last in days_of_article(self._of("times", mine))],
            [[row["person"], row["title"], row["organisation"]] for row in self._of("roles", mine)],
            [events.add(event, self._arguments(event)) for event in self._of("events", mine)],
        ]

    def _problems(self, article_ids: list[str]) -> Iterator[list[Any]]:
        """Page, article, stage, severity and message of the problems of the pages shown, and of what is no page."""
        number_of = {article_id: number for number, article_id in enumerate(article_ids)}
        page_of = {page["page_id"]: number for number, page in enumerate(self.pages)}
        for row in self.problems:
            if row["page_id"] in page_of or row["page_id"] not in self.page_ids:
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
    there = {page["page_id"] for page in pages}
    if unknown := [page_id for page_id in ids if page_id not in there]:
        raise ValueError(f"there is no page {', '.join(map(repr, unknown))}")
    return [page for page in pages if page["page_id"] in ids]


def _packed(table: str, rows: list[Row]) -> list[list[Any]]:
    return [[row.get(name) for name in COLUMNS[table]] for row in rows]
