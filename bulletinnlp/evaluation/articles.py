"""Scores of the splitter and the byline parser."""

from __future__ import annotations

from bulletinnlp.evaluation.counting import Count
from bulletinnlp.evaluation.equality import characters, overlap, plain
from bulletinnlp.evaluation.found import Row
from bulletinnlp.evaluation.gold import FIELDS, GoldArticle
from bulletinnlp.evaluation.pairing import Pair

#: An article, or a body, is right if this much of it and the annotated one is shared (intersection over union).
WHOLE, WHOLE_BODY = 0.95, 0.98
EXTENT = "articles (extent, IoU >= .95)"
BODY = "articles: body (IoU >= .98)"

Counts = dict[str, Count]


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
