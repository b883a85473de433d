"""Definite stand-ins: 该镇, 我区."""

from __future__ import annotations

from typing import NamedTuple

from bulletinnlp.doc import declare_records


class Reference(NamedTuple):
    """A stand-in and the name that it stands for, as the article (or, for 我区, the paper) names it."""

    text: str
    start: int
    end: int
    antecedent: str | None


declare_records("references", Reference)
