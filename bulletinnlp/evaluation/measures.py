"""What is counted of a page: articles, their fields, bylines, names, times, stand-ins, roles, quotations."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bulletinnlp.annotations import LABELS, READ_PARTS
from bulletinnlp.evaluation.equality import characters, one_ends_the_other, overlap, plain, trimmed
from bulletinnlp.evaluation.formats.annotated import rows_in
from bulletinnlp.evaluation.gold_pages import FIELDS, GoldArticle, GoldPage
from bulletinnlp.evaluation.scores import Counts
from bulletinnlp.tables.rows import Row, grouped

if TYPE_CHECKING:
    from bulletinnlp.extraction import Extraction

#: Two articles that share less than this (intersection over union) are never the same.
LEAST = 0.3
#: An article, or a body, is right if this much of it and the annotated one is shared (intersection over union).
WHOLE, WHOLE_BODY = 0.95, 0.98
EXTENT = "articles (extent, IoU >= .95)"
BODY = "articles: body (IoU >= .98)"
#: A quotation is found if this much of it is shared (intersection over union).
FOUND = 0.8
#: Rows of an article that is no annotated one are too much in these measures.
TOO_MUCH = {
    "mentions": ("mentions", "mentions (span only)"),
    "times": ("times (span)", "times (span, type, value)"),
    "references": ("references (span)", "references (span, antecedent)"),
    "roles": ("roles (person, title)", "roles (person, title, organisation)"),
    "quotes": ("quotes (span)", "quotes (span, speaker)"),
    "bylines": ("bylines (name, role)", "bylines (name, role, outlet)"),
}
#: The measures of annotated pages, in the order in which they are shown.
PAGE_MEASURES = (
    EXTENT,
    *(f"articles: {field}" for field in FIELDS),
    BODY,
    *TOO_MUCH["bylines"],
    "mentions",
    *(f"mentions: {label}" for label in LABELS),
    "mentions (span only)",
    *TOO_MUCH["times"],
    *TOO_MUCH["references"],
    *TOO_MUCH["roles"],
    *TOO_MUCH["quotes"],
)


class Found:
    """The rows of the tables, by page and by article."""

    def __init__(self, tables: str | Path | Extraction) -> None:
        rows = rows_in(tables)
        self.pages: dict[str, Row] = {page["page_id"]: page for page in rows.get("pages", [])}
        self.articles = grouped(rows.get("articles", []), "page_id")
        self.segments = {
            page: sorted(some, key=lambda row: row["start"])
            for page, some in grouped(rows.get("segments", []), "page_id").items()
        }
        self._rows = {
            name: grouped(some, "article_id") for name, some in rows.items() if some and "article_id" in some[0]
        }

    def rows(self, table: str, article_id: str | None) -> list[Row]:
        """The rows of a table that belong to an article."""
        return self._rows.get(table, {}).get(article_id, []) if article_id else []

    def text(self, page_id: str) -> str:
        """The page's text: of the file that was read, or of the segments if that is gone."""
        page = self.pages.get(page_id, {})
        path = page.get("path")
        if path and page.get("encoding") and Path(path).is_file():  # without: a row of a table, a document
            return Path(path).read_bytes().decode(page["encoding"], errors="replace")
        return "".join(row["text"] for row in self.segments.get(page_id, []))

    def tiles(self, page_id: str, text: str) -> bool:
        """Whether the segments tile the page without gap, overlap or another letter."""
        at = 0
        for row in (segments := self.segments.get(page_id, [])):
            if row["start"] != at or text[row["start"] : row["end"]] != row["text"]:
                return False
            at = row["end"]
        return bool(segments) and at == len(text)

    def extents(self, page_id: str, text: str, kind: str | None = None) -> dict[str, set[int]]:
        """The characters of each article of a page, of all its segments or of those of a kind."""
        found: dict[str, set[int]] = defaultdict(set)
        for row in self.segments.get(page_id, []):
            wanted = row["kind"] not in ("stray", "blank") if kind is None else row["kind"] == kind
            if row.get("article_id") and wanted:
                found[row["article_id"]] |= characters(text, [(row["start"], row["end"])])
        return found


def score_page(counts: Counts, page: GoldPage, found: Found, text: str) -> None:
    """Count everything of a page. Articles of the tables that go with no annotated one have only what is too much."""
    extents = found.extents(page.page_id, text)
    bodies = found.extents(page.page_id, text, "body")
    rows = {row["article_id"]: row for row in found.articles.get(page.page_id, [])}
    if page.annotated:  # articles that nobody looked at do not count
        looked_at = {at for gold in page.articles for at in characters(text, gold.extent)}
        rows = {name: row for name, row in rows.items() if 2 * len(extents[name] & looked_at) > len(extents[name])}
    pairs = pair_articles(page, text, {article_id: extents.get(article_id, set()) for article_id in rows})
    counts[EXTENT].found += len(rows)
    for gold, pair in zip(page.articles, pairs, strict=True):
        article_id = pair.article_id
        score_extent(counts, gold, pair)
        score_fields(counts, gold, rows.get(article_id, {}) if article_id else {})
        score_body(counts, gold, bodies.get(article_id, set()) if article_id else set(), text)
        if gold.knows("contributors"):
            score_bylines(counts, gold, found.rows("bylines", article_id))
        score_mentions(counts, gold, found.rows("mentions", article_id), text)
        score_times(counts, gold, found.rows("times", article_id), text)
        score_references(counts, gold, found.rows("references", article_id), text)
        if gold.knows("roles"):
            score_roles(counts, gold, found.rows("roles", article_id))
        if gold.knows("quotes"):
            score_quotes(counts, gold, found.rows("quotes", article_id), text)
    for article_id in rows.keys() - {pair.article_id for pair in pairs}:
        for table, measures in TOO_MUCH.items():
            for measure in measures:
                counts[measure].found += len(found.rows(table, article_id))


class Pair(NamedTuple):
    """The article of the tables that goes with an annotated one, and how much of their characters they share."""

    article_id: str | None
    shared: float


def pair_articles(gold: GoldPage, text: str, extents: dict[str, set[int]]) -> list[Pair]:
    """For each annotated article of a page the article of the tables that covers it best.

    The best pair is made first; an article is used once. Pairs with None have no counterpart.
    """
    holding = defaultdict(list)
    for article_id, extent in extents.items():
        for at in extent:
            holding[at].append(article_id)
    candidates = []
    for number, article in enumerate(gold.articles):
        wanted = characters(text, article.extent)
        for article_id in {article_id for at in wanted for article_id in holding.get(at, ())}:
            shared = overlap(wanted, extents[article_id])
            if shared > LEAST:
                candidates.append((shared, number, article_id))
    pairs: dict[int, Pair] = {}
    taken: set[str] = set()
    for shared, number, article_id in sorted(candidates, reverse=True):
        if number not in pairs and article_id not in taken:
            pairs[number] = Pair(article_id, shared)
            taken.add(article_id)
    return [pairs.get(number, Pair(None, 0.0)) for number in range(len(gold.articles))]


def score_extent(counts: Counts, gold: GoldArticle, pair: Pair) -> None:
    """Whether the article holds the right characters of the page."""
    count = counts[EXTENT]
    count.gold += 1
    if pair.shared >= WHOLE:
        count.hits += 1
    else:
        count.miss(gold.tag, f"IoU {pair.shared:.2f}")


def score_fields(counts: Counts, gold: GoldArticle, row: Row) -> None:
    """Headline, byline, dateline, eyebrow, banner: the same string."""
    for field in FIELDS:
        right, found = gold.text(field), row.get(field)
        counts[f"articles: {field}"].add([plain(right)] if right else [], [plain(found)] if found else [], gold.tag)


def score_body(counts: Counts, gold: GoldArticle, body: set[int], text: str) -> None:
    """Whether the body holds the right characters."""
    if gold.body is None:
        return
    shared = overlap(characters(text, gold.body), body)
    count = counts[BODY]
    count.gold += 1
    count.found += bool(body)
    if shared >= WHOLE_BODY:
        count.hits += 1
    else:
        count.miss(gold.tag, f"IoU {shared:.2f}")


def score_bylines(counts: Counts, gold: GoldArticle, rows: list[Row]) -> None:
    """Contributors by name and role; by name, role and outlet."""
    right = [(plain(c["name"]), c["role"], plain(c.get("outlet"))) for c in gold.rows("contributors")]
    found = [(plain(row["name"]), row["role"], plain(row.get("outlet"))) for row in rows]
    counts["bylines (name, role)"].add([r[:2] for r in right], [f[:2] for f in found], gold.tag)
    counts["bylines (name, role, outlet)"].add(right, found, gold.tag)


def score_mentions(counts: Counts, gold: GoldArticle, rows: list[Row], text: str) -> None:
    """Names by label and place; by label; by place alone."""
    right = [_name(text, entry[0], *span) for entry, span in gold.placed("entities")]
    found = [
        _name(text, row["label"], row["start"], row["end"]) for row in rows if row.get("part") in (*READ_PARTS, None)
    ]
    counts["mentions"].add(right, found, gold.tag)
    for label in LABELS:
        counts[f"mentions: {label}"].add(
            [name for name in right if name[0] == label], [name for name in found if name[0] == label], gold.tag
        )
    counts["mentions (span only)"].add([name[1:3] for name in right], [name[1:3] for name in found], gold.tag)


def _name(text: str, label: str, start: int, end: int) -> tuple[str, int, int, str]:
    return label, *trimmed(text, start, end), plain(text[start:end])


def score_times(counts: Counts, gold: GoldArticle, rows: list[Row], text: str) -> None:
    """Times by place; by place, type and value."""
    right = [(*trimmed(text, *span), entry[1], entry[2], plain(entry[0])) for entry, span in gold.placed("times")]
    found = [(*trimmed(text, row["start"], row["end"]), row["type"], row["value"], plain(row["text"])) for row in rows]
    counts["times (span)"].add([time[:2] for time in right], [time[:2] for time in found], gold.tag)
    counts["times (span, type, value)"].add(right, found, gold.tag)


def score_references(counts: Counts, gold: GoldArticle, rows: list[Row], text: str) -> None:
    """Stand-ins by place; by place and antecedent, which may be given in its longer or shorter form."""
    right = [(*trimmed(text, *span), plain(entry[1])) for entry, span in gold.placed("references")]
    found = [(*trimmed(text, row["start"], row["end"]), plain(row.get("antecedent"))) for row in rows]
    counts["references (span)"].add([r[:2] for r in right], [f[:2] for f in found], gold.tag)
    at = defaultdict(list)
    for one in right:
        at[one[:2]].append(one)
    forms = [next((r for r in at[f[:2]] if one_ends_the_other(f[2], r[2])), f) for f in found]
    counts["references (span, antecedent)"].add(right, forms, gold.tag)


def score_roles(counts: Counts, gold: GoldArticle, rows: list[Row]) -> None:
    """Titles by person; by person and organisation. Each counts once an article. Those that a verb gives or takes are
    not annotated."""
    rows = [row for row in rows if row.get("stated") != "predicate"]
    right = sorted({(plain(person), plain(title), plain(body)) for person, title, body in gold.rows("roles")})
    found = sorted(
        {(plain(row.get("person")), plain(row.get("title")), plain(row.get("organisation"))) for row in rows}
    )
    counts["roles (person, title)"].add([r[:2] for r in right], [f[:2] for f in found], gold.tag)
    counts["roles (person, title, organisation)"].add(right, found, gold.tag)


def score_quotes(counts: Counts, gold: GoldArticle, rows: list[Row], text: str) -> None:
    """Quotations by their characters; and by speaker too, in a longer or shorter form of the name."""
    spans, speakers = counts["quotes (span)"], counts["quotes (span, speaker)"]
    annotated = list(gold.placed("quotes"))
    for count in (spans, speakers):
        count.gold += len(annotated)
        count.found += len(rows)
    extents = [characters(text, [(row["start"], row["end"])]) for row in rows]
    holding = defaultdict(list)
    for number, extent in enumerate(extents):
        for at in extent:
            holding[at].append(number)
    used: set[int] = set()
    for quote, span in annotated:
        wanted = characters(text, [span])
        middle = sorted(wanted)[len(wanted) // 2] if wanted else -1  # who shares most of it has its middle
        shared, best = max(
            ((overlap(wanted, extents[number]), number) for number in holding.get(middle, ()) if number not in used),
            default=(0.0, -1),
        )
        if shared < FOUND:
            spans.miss(gold.tag, quote)
            speakers.miss(gold.tag, quote)
            continue
        used.add(best)
        spans.hits += 1
        speaker = rows[best].get("speaker")
        if plain(speaker) == plain(quote[0]) or one_ends_the_other(speaker, quote[0]):
            speakers.hits += 1
        else:
            speakers.miss(gold.tag, (quote[0], "not", speaker))
    for number, row in enumerate(rows):
        if number not in used:
            spans.extra(gold.tag, (row.get("text") or "")[:30])
