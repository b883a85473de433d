"""The measures on the held-out fifth of the corpus, every stage before taken from the marks: they may not fall."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import spacy

from bulletinnlp.evaluation.annotated_article import AnnotatedArticle
from bulletinnlp.evaluation.marked import gold_doc, read_marked
from bulletinnlp.quotes.component import Quotes
from bulletinnlp.roles.component import Roles

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture(scope="module")
def counts() -> Counter[str]:
    nlp = spacy.blank("zh")
    stages = (Roles(nlp), Quotes(nlp))
    found: Counter[str] = Counter()
    for path in sorted(CORPUS.glob("p?e.txt")):
        for article in read_marked(path):
            doc = gold_doc(nlp, article)
            for stage in stages:
                doc = stage(doc)
            _count(article, doc, found)
    return found


def _count(article: AnnotatedArticle, doc: spacy.tokens.Doc, found: Counter[str]) -> None:
    roles = set(article.roles or ())
    mine = {(role.person, role.title, role.organisation) for role in doc._.roles}
    found += Counter({"roles gold": len(roles), "roles found": len(mine), "roles right": len(roles & mine)})
    quotes = {(quote.start, quote.speaker) for quote in article.quotes or ()}
    said = {(quote.start, quote.speaker) for quote in doc._.quotes}
    starts = {start for start, _ in quotes} & {start for start, _ in said}
    found += Counter({"quotes gold": len(quotes), "quotes found": len(said), "quotes right": len(starts)})
    found["speakers right"] += len(quotes & said)


def f1(counts: Counter[str], name: str, right: str | None = None) -> float:
    return 2 * counts[right or f"{name} right"] / (counts[f"{name} gold"] + counts[f"{name} found"])


def test_roles(counts: Counter[str]) -> None:
    assert f1(counts, "roles") >= 0.90


def test_quotes(counts: Counter[str]) -> None:
    assert f1(counts, "quotes") >= 0.93
    assert f1(counts, "quotes", "speakers right") >= 0.74
