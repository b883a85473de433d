"""Scores of roles and quotations."""

from __future__ import annotations

from bulletinnlp.evaluation.counting import Count
from bulletinnlp.evaluation.equality import characters, one_ends_the_other, overlap, plain
from bulletinnlp.evaluation.found import Row
from bulletinnlp.evaluation.gold import GoldArticle

#: A quotation is found if this much of it is shared (intersection over union).
FOUND = 0.8

Counts = dict[str, Count]


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
    used: set[int] = set()
    for quote, span in annotated:
        wanted = characters(text, [span])
        shared, best = max(
            ((overlap(wanted, extent), number) for number, extent in enumerate(extents) if number not in used),
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
