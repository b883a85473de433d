"""`Doc`s of annotated articles, for what runs on a `Doc`: with nothing found in them, or with all that is marked."""

from __future__ import annotations

from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import Reference, Time, TimeAnchor, TimeKind
from bulletinnlp.evaluation.annotated_article import NAMES, REFERENCE, TIMES, AnnotatedArticle, Mark


def bare_doc(nlp: Language, article: AnnotatedArticle) -> Doc:
    """A `Doc` of the article with its parts, date of issue, home and paper, and nothing else."""
    doc = nlp.make_doc(article.text)
    doc._.parts = article.parts
    doc._.published, doc._.home, doc._.paper = article.published, article.home, article.paper
    return doc


def gold_doc(nlp: Language, article: AnnotatedArticle) -> Doc:
    """A `Doc` of the article with its names, times and stand-ins as marked: what a stage would read if those before it
    made no fault.

    >>> import spacy
    >>> from bulletinnlp.evaluation.marked import parse_marked
    >>> doc = gold_doc(spacy.blank("zh"), parse_marked("body:\\n[P:孙乐文]到[R:该村=仙庄村]。"))
    >>> doc.ents, doc._.references[0].antecedent
    ((孙乐文,), '仙庄村')
    """
    doc, text = bare_doc(nlp, article), article.text
    names = (
        doc.char_span(mark.start, mark.end, label=mark.label, alignment_mode="expand")
        for mark in article.marks
        if mark.label in NAMES
    )
    doc.ents = [span for span in names if span is not None]
    doc._.references = [
        Reference(text[mark.start : mark.end], mark.start, mark.end, mark.value)
        for mark in article.marks
        if mark.label == REFERENCE
    ]
    doc._.times = [_time(text, mark) for mark in article.marks if mark.label in TIMES]
    return doc


def _time(text: str, mark: Mark) -> Time:
    """A time of which the annotation says no more than type and value."""
    value, label = mark.value or "", cast(TimeKind, mark.label)
    anchor: TimeAnchor = "vague" if value.endswith("_REF") else "explicit"
    return Time(text[mark.start : mark.end], mark.start, mark.end, label, value, None, None, None, anchor)
