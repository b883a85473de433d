"""What is found in a text does not depend on the texts that are read with it."""

from __future__ import annotations

import spacy
from conftest import SEEDS

from bulletinnlp import read
from bulletinnlp.articles import split


def test_a_text_is_read_alike_alone_and_among_others() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("bulletin_names")
    texts = [article.text for page in read(SEEDS) for article in split(page).articles][:20]
    for doc, text in zip(nlp.pipe(texts), texts, strict=True):
        alone = nlp(text)
        assert [(e.start, e.end, e.label_) for e in doc.ents] == [(e.start, e.end, e.label_) for e in alone.ents]
        for ent, same in zip(doc.ents, alone.ents, strict=True):
            assert abs(ent._.score - same._.score) < 1e-4
