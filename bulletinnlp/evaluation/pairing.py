"""Which article of the tables is which annotated article."""

from __future__ import annotations

from typing import NamedTuple

from bulletinnlp.evaluation.equality import characters, overlap
from bulletinnlp.evaluation.gold import GoldPage

#: Two articles that share less than this (intersection over union) are never the same.
LEAST = 0.3


class Pair(NamedTuple):
    """The article of the tables that goes with an annotated one, and how much of their characters they share."""

    article_id: str | None
    shared: float


def pair_articles(gold: GoldPage, text: str, extents: dict[str, set[int]]) -> list[Pair]:
    """For each annotated article of a page the article of the tables that covers it best.

    The best pair is made first; an article is used once. Pairs with None have no counterpart.
    """
    candidates = []
    for number, article in enumerate(gold.articles):
        wanted = characters(text, article.extent)
        for article_id, extent in extents.items():
            shared = overlap(wanted, extent)
            if shared > LEAST:
                candidates.append((shared, number, article_id))
    pairs: dict[int, Pair] = {}
    taken: set[str] = set()
    for shared, number, article_id in sorted(candidates, reverse=True):
        if number not in pairs and article_id not in taken:
            pairs[number] = Pair(article_id, shared)
            taken.add(article_id)
    return [pairs.get(number, Pair(None, 0.0)) for number in range(len(gold.articles))]
