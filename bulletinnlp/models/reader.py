"""What a model of others is to us: it reads sentences and says what it found in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from bulletinnlp.annotations import Predication


class Reading(NamedTuple):
    """What a model found in one text: names as (start, end, the model's own label), and predications.

    Offsets count the characters of that text.
    """

    names: list[tuple[int, int, str]]
    predications: list[Predication]


class Reader(Protocol):
    """A loaded model."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """A reading for each text, in order. The texts are sentences, none empty."""
        ...
