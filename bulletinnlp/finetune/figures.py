"""How well a model reads articles that are annotated: the whole pipeline, the articles given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from bulletinnlp.annotations import READ_PARTS
from bulletinnlp.evaluation.alignment import place
from bulletinnlp.evaluation.annotated_article import NAMES, AnnotatedArticle, NumberedArticle
from bulletinnlp.evaluation.equality import Letters
from bulletinnlp.evaluation.event_measures import EVENT_MEASURES, ROW, TRIGGER, score_events
from bulletinnlp.evaluation.marked import bare_doc
from bulletinnlp.evaluation.measures import Found
from bulletinnlp.evaluation.scores import Count
from bulletinnlp.extraction import Extraction
from bulletinnlp.pipeline import load

NAMES_MEASURE = "names"
LABELS = {"PER": "names: persons", "ORG": "names: bodies", "PLACE": "names: places"}
#: What is shown of events, and how it is called.
EVENT_FIGURES = {
    TRIGGER: "events (trigger)",
    ROW: "events: row",
    **{f"events: {cell}": f"of events found: {cell}" for cell in ("who", "what", "when", "where", "type")},
}


class Figure(NamedTuple):
    """F1, precision and recall of a measure, and how many there are to find."""

    f1: float
    precision: float
    recall: float
    gold: int


def measured(articles: Sequence[AnnotatedArticle], model: str) -> dict[str, Figure]:
    """The figures of a model on these articles; empty for none.

    Names count where span and label are those that are marked, events as `bulletinnlp evaluate` counts them. Names,
    times, stand-ins, titles and quotations are those that the pipeline finds, not those that are marked.
    """
    if not articles:
        return {}
    with_events = [article for article in articles if article.events is not None and article.body]
    nlp = load(model=model, exclude=["bylines", *([] if with_events else ["quotes", "events"])])
    docs = []
    for number, article in enumerate(articles):
        doc = bare_doc(nlp, article)
        doc._.article_id = f"held-{number}"
        docs.append(doc)
    docs = list(nlp.pipe(docs))
    counts: dict[str, Count] = defaultdict(Count)
    for article, doc in zip(articles, docs, strict=True):
        right = [(m.start, m.end, m.label) for m in article.marks if m.label in NAMES and _is_read(article, m.start)]
        found = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
        if right:
            counts[NAMES_MEASURE].add(right, found, article.article_id)
            for label, measure in LABELS.items():
                gold, got = ([one for one in some if one[2] == label] for some in (right, found))
                counts[measure].add(gold, got, article.article_id)
    if with_events:
        for measure, count in _events(articles, Extraction.from_docs(docs)).items():
            if measure in EVENT_FIGURES:
                counts[EVENT_FIGURES[measure]] = count
    shown = (NAMES_MEASURE, *LABELS.values(), *EVENT_FIGURES.values())
    return {name: Figure(c.f1, c.precision, c.recall, c.gold) for name in shown if (c := counts[name]).gold}


def _is_read(article: AnnotatedArticle, at: int) -> bool:
    return any(p.start <= at < p.end for p in article.parts if p.kind in READ_PARTS)


def _events(articles: Sequence[AnnotatedArticle], tables: Extraction) -> dict[str, Count]:
    found = Found(tables)
    counts = {measure: Count() for measure in EVENT_MEASURES}
    for number, article in enumerate(articles):
        if article.events is None or not article.body:
            continue
        page_id = f"held-{number}"
        numbered = NumberedArticle(f"{page_id}#1", sentences=article.sentences, events=article.events)
        letters = Letters(article.text)
        placed, _ = place([numbered], {page_id: letters})
        score_events(counts, placed, found.rows("events", f"{page_id}#1"), letters)
    return counts
