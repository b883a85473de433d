"""Linear models over named features: who speaks a quotation, which events an article is about.

A candidate is described by a list of feature names; its score is the sum of their weights. The weights are plain JSON
in `data/events/`, so that anybody can read what a model holds to be important. No library is needed to run it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import repeat

from bulletinnlp.data import resource


def linear_score(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """The sum of the weights of the features; those that the model has not seen count nothing.

    >>> linear_score({"cue=说": 1.5, "behind": -0.5}, ["cue=说", "behind", "never seen"])
    1.0
    """
    return sum(map(weights.get, features, repeat(0.0)))


@cache
def load_weights(name: str) -> dict[str, float]:
    """The weights of the shipped model `data/events/<name>.json`, by feature."""
    weights: dict[str, float] = json.loads(resource("events", f"{name}.json").read_text(encoding="utf-8"))
    return weights
