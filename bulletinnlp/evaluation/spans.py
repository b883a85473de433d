"""Scores of names, times and stand-ins: the same stretch of the page."""

from __future__ import annotations

from bulletinnlp.evaluation.counting import Count
from bulletinnlp.evaluation.equality import one_ends_the_other, plain, trimmed
from bulletinnlp.evaluation.found import Row
from bulletinnlp.evaluation.gold import GoldArticle

LABELS = ("PER", "ORG", "PLACE")
#: Parts of an article in which names are annotated.
READ = ("eyebrow", "headline", "body", None)

Counts = dict[str, Count]


def score_mentions(counts: Counts, gold: GoldArticle, rows: list[Row], text: str) -> None:
    """Names by label and place; by label; by place alone."""
    right = [_name(text, entry[0], *span) for entry, span in gold.placed("entities")]
    found = [_name(text, row["label"], row["start"], row["end"]) for row in rows if row.get("part") in READ]
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
    forms = [next((r for r in right if r[:2] == f[:2] and one_ends_the_other(f[2], r[2])), f) for f in found]
    counts["references (span, antecedent)"].add(right, forms, gold.tag)
