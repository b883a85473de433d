"""spaCy's DocBin: names in `doc.ents`, times in `doc.spans["times"]` with their values, the name in `doc._.article_id`.

What `spacy train` reads. The Docs are those of the pipeline: Chinese, one token a character.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from bulletinnlp.evaluation.annotated_article import NAMES, TIMES, Mark
from bulletinnlp.evaluation.formats.annotated import Annotated, apart
from bulletinnlp.evaluation.new_files import write_new


def write_docbin(texts: Iterable[Annotated], path: str | Path) -> Path:
    """Write texts into one `.spacy` file. Of names that overlap, the longer is written. Gives the file.

    Raises FileExistsError if there is one.
    """
    path = Path(path)
    write_new([(path, DocBin(docs=[_doc(one) for one in texts], store_user_data=True).to_bytes())])
    return path


def read_docbin(path: str | Path) -> list[Annotated]:
    """The texts of a `.spacy` file; those without a name get their number, from 1."""
    docs = DocBin().from_disk(Path(path)).get_docs(_chinese().vocab)
    return [_annotated(doc, number) for number, doc in enumerate(docs, start=1)]


@cache
def _chinese() -> Language:
    nlp = spacy.blank("zh")
    nlp.max_length = 10**9
    return nlp


def _doc(one: Annotated) -> Doc:
    doc = _chinese().make_doc(one.text)
    doc._.article_id = one.name
    doc.set_ents([_span(doc, mark) for mark in apart(one.of(NAMES))])
    doc.spans["times"] = [_span(doc, mark) for mark in one.of(TIMES)]
    return doc


def _span(doc: Doc, mark: Mark) -> Span:
    span = doc.char_span(mark.start, mark.end, label=mark.label, kb_id=mark.value or "")
    if span is None:
        raise ValueError(f"{doc._.article_id}: characters {mark.start} to {mark.end} are no tokens of spaCy's")
    return span


def _annotated(doc: Doc, number: int) -> Annotated:
    spans = [*doc.ents, *doc.spans.get("times", ())]
    marks = [Mark(span.label_, span.start_char, span.end_char, span.kb_id_ or None) for span in spans]
    return Annotated(doc._.article_id or str(number), doc.text, tuple(sorted(marks, key=lambda m: (m.start, m.end))))
