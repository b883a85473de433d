"""Makes a `Doc` of a marked-up sentence: `[P:孙乐文]带队到[L:仙庄村]`, every stage before taken from the marks."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from bulletinnlp.evaluation.marked import gold_doc, parse_marked
from bulletinnlp.events.component import make_events
from bulletinnlp.quotes.component import make_quotes
from bulletinnlp.roles.component import make_roles

NLP = spacy.blank("zh")
ROLES = make_roles(NLP, "bulletin_roles")
QUOTES = make_quotes(NLP, "bulletin_quotes")
EVENTS = make_events(NLP, "bulletin_events")


def read(body: str, headline: str = "") -> Doc:
    article = parse_marked(f"headline: {headline}\nbody:\n{body}")
    return EVENTS(QUOTES(ROLES(gold_doc(NLP, article))))
