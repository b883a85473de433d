"""What a model of others gives to us: names and predications of sentences; and which of our labels its labels are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, Protocol, cast

from bulletinnlp.annotations import LABELS, Label, Predication
from bulletinnlp.data import table


class ModelOutput(NamedTuple):
    """What a model found in one text: names as (start, end, the model's own label), and predications.

    Offsets count the characters of that text.
    """

    names: list[tuple[int, int, str]]
    predications: list[Predication]


class ExternalModel(Protocol):
    """A loaded model of others (HanLP, spaCy)."""

    def read(self, texts: Sequence[str]) -> list[ModelOutput]:
        """The output for each text, in order. The texts are sentences, none empty."""
        ...


def first_line(error: BaseException) -> str:
    """The first line of what an error of another library says."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), "no reason given")[:200]


@cache
def _our_labels() -> dict[str, Label]:
    """Labels in upper case → ours, from `data/lexicons/model_labels.txt`."""
    return {theirs.upper(): cast(Label, ours) for ours, row in table("model_labels") for theirs in row.split()}


def label_of(label: str, more: dict[str, str] | None = None) -> Label | None:
    """Which of PER, ORG, PLACE a label is; None for what is no name (DATE, MONEY). `more` adds to them.

    >>> label_of("GPE"), label_of("PERSON"), label_of("nt"), label_of("DATE")
    ('PLACE', 'PER', 'ORG', None)
    >>> label_of("HOSPITAL", {"HOSPITAL": "ORG"})
    'ORG'
    """
    return cast(Label, more[label]) if more and label in more else _our_labels().get(label.upper())


def checked_labels(stage: str, labels: dict[str, str]) -> dict[str, str]:
    """Labels that a user adds; raises ValueError for one that is none of ours."""
    wrong = sorted(set(labels.values()) - set(LABELS))
    if wrong:
        raise ValueError(f"{stage}: option labels maps to {', '.join(wrong)}; choose from {', '.join(LABELS)}")
    return labels
