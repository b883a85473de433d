"""Makes a `Doc` of a marked-up sentence: `[P:孙乐文]带队到[L:仙庄村]`, every stage before taken from the marks."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from bulletinnlp.evaluation.marked import gold_doc, parse_marked
from bulletinnlp.events.component import Events
from bulletinnlp.quotes.component import Quotes
from bulletinnlp.roles.component import Roles

NLP = spacy.blank("zh")
ROLES = Roles(NLP)
QUOTES = Quotes(NLP)
EVENTS = Events(NLP)


def read(body: str, headline: str = "") -> Doc:
    article = parse_marked(f"headline: {headline}\nbody:\n{body}")
    return EVENTS(QUOTES(ROLES(gold_doc(NLP, article))))
