"""What the view shows, as plain values: an index of all articles, and a chunk for each page.

The index is read when the view opens; it is small and serves lists and filters. A chunk holds a page's text and rows
and is read when the page is shown, so that a view of thousands of articles opens at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bulletinnlp.report.evidence import Letters
from bulletinnlp.tables.reading import rows_of, unnamed_actors

if TYPE_CHECKING:
    from bulletinnlp.tables.extraction import Extraction
    from bulletinnlp.tables.rows import Row, Rows

#: What of each table goes into a chunk, in this order; rows are lists without the names.
COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": ("article_id", "kind", "banner", "eyebrow", "headline", "dateline", "byline", "published", "start",
                 "end", "flags"),
    "bylines": ("name", "role", "outlet", "start", "end"),
    "times": ("text", "type", "value", "begin", "until", "anchor", "start", "end"),
    "mentions": ("entity", "label", "text", "source", "score", "start", "end"),
    "references": ("text", "antecedent", "start", "end"),
    "roles": ("person", "title", "organisation", "start", "end"),
    "quotes": ("speaker", "cue", "text", "start", "end"),
    "events": ("event_id", "main", "named", "type", "trigger", "who", "unnamed", "what", "whom", "when", "value",
               "where", "polarity", "modality", "score", "start", "end", "sentence", "proof", "arguments"),
    "problems": ("stage", "severity", "message"),
}  # fmt: skip
#: Longer intervals (近年来, 2022) say nothing about the day of what is told.
LONGEST_DAYS = 31
#: As much of the text stands for the headline of an article that has none.
HEAD = 24


class Contents:
    """The tables, arranged for the view. `pages` picks some pages by their ids; None shows all."""

    def __init__(self, tables: Extraction | Rows, pages: Iterable[str] | None = None) -> None:
        rows = tables if isinstance(tables, dict) else rows_of(tables)
        if missing := [name for name in ("pages", "segments", "articles") if name not in rows]:
            raise ValueError(f"the view needs the tables pages, segments and articles; missing: {', '.join(missing)}")
        self.pages = _chosen(rows["pages"], pages)
        self.segments = _grouped(rows["segments"], "page_id")
        self.articles = _grouped(rows["articles"], "page_id")
        self.rows = {name: _grouped(rows.get(name, []), "article_id") for name in COLUMNS if name != "articles"}
        self.page_problems = _grouped([r for r in rows.get("problems", []) if not r["article_id"]], "page_id")
        self.arguments = _grouped(rows.get("arguments", []), "event_id")
        self.entities = list(_entities(rows))
        self.number_of = {entity["entity_id"]: number for number, entity in enumerate(self.entities)}
        self.stages = [name for name in COLUMNS if name in rows]

    def index(self) -> dict[str, Any]:
        """What lists and filters need: pages, articles, entities, types of events."""
        return {
            "columns": COLUMNS,
            "tables": self.stages,
            "pages": [self._page_entry(page) for page in self.pages],
            "articles": [
                self._article_entry(number, article)
                for number, page in enumerate(self.pages)
                for article in self.articles.get(page["page_id"], [])
            ],
            "entities": [[e["label"], e["name"], e["aliases"], e["region"]] for e in self.entities],
        }

    def _page_entry(self, page: Row) -> dict[str, Any]:
        kept = ("page_id", "paper", "home", "published", "chars", "stray_chars", "encoding")
        return {name: page.get(name) for name in kept}

    def _article_entry(self, page: int, article: Row) -> dict[str, Any]:
        mine = article["article_id"]
        mentioned = {self.number_of[m["entity_id"]] for m in self._of("mentions", mine) if m["entity_id"]}
        events = self._of("events", mine)
        return {
            "id": mine,
            "page": page,
            "head": article["headline"] or (article["body"] or "")[:HEAD],
            "eyebrow": article["eyebrow"],
            "kind": article["kind"],
            "published": article["published"],
            "entities": sorted(mentioned),
            "types": sorted({event["type"] for event in events if event["type"]}),
            "days": list(_days(self._of("times", mine))),
            "events": len(events),
            "named": sum(bool(event.get("named")) for event in events),
        }

    def chunks(self) -> Iterator[dict[str, Any]]:
        """A chunk for each page, in the order of the index."""
        for page in self.pages:
            page_id = page["page_id"]
            segments = sorted(self.segments.get(page_id, []), key=lambda row: row["start"])
            text = "".join(row["text"] for row in segments)
            articles = self.articles.get(page_id, [])
            number = {article["article_id"]: position for position, article in enumerate(articles)}
            yield {
                "text": text,
                "segments": [[s["kind"], number.get(s["article_id"]), s["start"], s["end"]] for s in segments],
                "articles": [self._article_chunk(article, text, segments) for article in articles],
                "problems": _packed("problems", self.page_problems.get(page_id, [])),
            }

    def _article_chunk(self, article: Row, text: str, segments: list[Row]) -> dict[str, Any]:
        mine = article["article_id"]
        stretches = [(s["start"], s["end"]) for s in segments if s["article_id"] == mine]
        letters = Letters(text, stretches)
        events = [
            {
                **event,
                "proof": letters.ranges(event["sentence"], event["start"]),
                "arguments": [[a["role"], a["text"], a["start"], a["end"]] for a in self._arguments(event)],
                "unnamed": unnamed_actors(event, self._arguments(event)),
            }
            for event in self._of("events", mine)
        ]
        mentions = [{**m, "entity": self.number_of.get(m["entity_id"])} for m in self._of("mentions", mine)]
        ready = {"articles": [article], "events": events, "mentions": mentions}
        return {name: _packed(name, ready.get(name) or self._of(name, mine)) for name in COLUMNS}

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


def _entities(rows: Rows) -> Iterator[Row]:
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


def _days(times: list[Row]) -> Iterator[list[str]]:
    """First and last day of each time of an article that says on which days something was."""
    seen = set()
    for row in times:
        if not row["begin"] or not row["until"]:
            continue
        begin, until = datetime.fromisoformat(row["begin"]), datetime.fromisoformat(row["until"])
        if (until - begin).days <= LONGEST_DAYS:
            seen.add((begin.date(), _last_day(begin, until)))
    for first, last in sorted(seen):
        yield [first.isoformat(), last.isoformat()]


def _last_day(begin: datetime, until: datetime) -> date:
    """The day of the last moment before `until`."""
    return max(begin, until - (until - datetime.min).resolution).date()


def _packed(table: str, rows: list[Row]) -> list[list[Any]]:
    return [[row.get(name) for name in COLUMNS[table]] for row in rows]
