"""What a model of others says of a text, before a stage of ours uses it."""

from __future__ import annotations

from typing import NamedTuple

from bulletinnlp.doc import declare_records
from bulletinnlp.names.name import Label


class Proposal(NamedTuple):
    """A name that a model found at `doc.text[start:end]`; `bulletin_join` decides whether it becomes one of `doc.ents`.

    `source` says which model: `hanlp`, `spacy`, or what a stage of your own calls itself. `score` is how far it is to
    be trusted, 0–1. `known_as` says what a gazetteer knows of it: the name of its line, a tab, a code.
    """

    start: int
    end: int
    label: Label
    score: float
    source: str
    known_as: str = ""


declare_records("proposals", Proposal)
