"""A linear model over named features: what scores the candidates for the speaker of a quotation.

A candidate is described by a list of feature names; its score is the sum of their weights. The weights are plain JSON
in `data/events/`, made by `training.speakers`, so that anybody can read what the model holds to be
important. No library is needed to run it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import repeat

from bulletinnlp.data import resource


class Linear:
    """Weights by feature.

    >>> model = Linear({"cue=说": 1.5, "behind": -0.5})
    >>> model.score(["cue=说", "behind", "never seen"])
    1.0
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = dict(weights)

    def score(self, features: Iterable[str]) -> float:
        """The sum of the weights of the features; those that the model has not seen count nothing."""
        return sum(map(self.weights.get, features, repeat(0.0)))


@cache
def load_model(name: str) -> Linear:
    """The shipped model of that name: `data/events/<name>.json`."""
    return Linear(json.loads(resource("events", f"{name}.json").read_text(encoding="utf-8")))
