"""Makes a `Doc` of a marked-up sentence: `[P:孙乐文]带队到[L:仙庄村]`, every stage before taken from the marks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from bulletinnlp.events.component import make_events, make_quotes, make_roles
from bulletinnlp.training.marked import article_doc, parse_marked

NLP = spacy.blank("zh")
ROLES = make_roles(NLP, "bulletin_roles")
QUOTES = make_quotes(NLP, "bulletin_quotes")
EVENTS = make_events(NLP, "bulletin_events")


def _read(body: str, headline: str = "") -> Doc:
    doc = article_doc(NLP, parse_marked(f"headline: {headline}\nbody:\n{body}"))
    return EVENTS(QUOTES(ROLES(doc)))


@pytest.fixture(scope="session")
def read() -> Callable[..., Doc]:
    """`read(body, headline="")`: the `Doc` with roles, quotations and events."""
    return _read
