"""Labels of models of others, and which of ours they are."""

from __future__ import annotations

from functools import cache
from typing import cast

from bulletinnlp.annotations import LABELS, Label
from bulletinnlp.data import table


@cache
def known_labels() -> dict[str, Label]:
    """Labels in upper case → ours, from `data/lexicons/model_labels.txt`."""
    return {theirs.upper(): cast(Label, ours) for ours, row in table("model_labels") for theirs in row.split()}


def label_of(label: str, more: dict[str, str] | None = None) -> Label | None:
    """Which of PER, ORG, PLACE a label is; None for what is no name (DATE, MONEY). `more` adds to the known ones.

    >>> label_of("GPE"), label_of("PERSON"), label_of("nt"), label_of("DATE")
    ('PLACE', 'PER', 'ORG', None)
    >>> label_of("HOSPITAL", {"HOSPITAL": "ORG"})
    'ORG'
    """
    if more and label in more:
        return cast(Label, more[label])
    return known_labels().get(label.upper())


def checked(stage: str, labels: dict[str, str]) -> dict[str, str]:
    """Labels that a user adds; raises ValueError for one that is none of ours."""
    wrong = sorted(set(labels.values()) - set(LABELS))
    if wrong:
        raise ValueError(f"{stage}: option labels maps to {', '.join(wrong)}; choose from {', '.join(LABELS)}")
    return labels
