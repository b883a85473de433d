"""Fits the linear models of `bulletinnlp.text.linear_model`, which chooses one of several options.

It is a conditional logit (McFadden, 1974) with an L2 penalty over named features, fitted on the whole data by Adam
(Kingma and Ba, 2015, https://arxiv.org/abs/1412.6980): the options of one decision share a softmax, and several may be
right. The data are small (thousands of decisions), so numpy is enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Features = Sequence[str]


class Table:
    """Feature lists as index arrays: row numbers and column numbers of the ones of a sparse 0/1 matrix."""

    def __init__(self, rows: Sequence[Features]) -> None:
        self.columns: dict[str, int] = {}
        self.count = len(rows)
        row_of: list[int] = []
        column_of: list[int] = []
        for number, features in enumerate(rows):
            for feature in features:
                row_of.append(number)
                column_of.append(self.columns.setdefault(feature, len(self.columns)))
        self.row_of = np.array(row_of, dtype=np.int64)
        self.column_of = np.array(column_of, dtype=np.int64)

    def scores(self, weights: Floats) -> Floats:
        """The score of every row."""
        return np.bincount(self.row_of, weights[self.column_of], minlength=self.count).astype(float)

    def gradient(self, of_rows: Floats) -> Floats:
        """The gradient by column of a gradient by row."""
        return np.bincount(self.column_of, of_rows[self.row_of], minlength=len(self.columns)).astype(float)

    def named(self, weights: Floats, digits: int = 3) -> dict[str, float]:
        """The weights by feature, without those that round to nothing."""
        found = {name: round(float(weights[column]), digits) for name, column in self.columns.items()}
        return {name: weight for name, weight in sorted(found.items()) if weight}


def _adam(gradient: Callable[[Floats], Floats], size: int, rounds: int, rate: float = 0.1) -> Floats:
    weights, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, rounds + 1):
        slope = gradient(weights)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope * slope
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def without_rare(rows: Sequence[Features], least: int) -> list[list[str]]:
    """The rows without the features that fewer than `least` of them have: these teach nothing but the row.

    >>> without_rare([["verb=开", "first"], ["verb=送", "first"]], 2)
    [['first'], ['first']]
    """
    counts = Counter(feature for features in rows for feature in features)
    return [[feature for feature in features if counts[feature] >= least] for features in rows]


def fit_choice(
    decisions: Sequence[Sequence[Features]],
    answers: Sequence[Sequence[bool]],
    penalty: float = 1.0,
    rounds: int = 120,
) -> dict[str, float]:
    """Weights that put the right options of each decision before the others. Decisions without a right option are
    left out.

    >>> weights = fit_choice([[["near"], ["far"]], [["far"], ["near"]]], [[True, False], [False, True]])
    >>> weights["near"] > weights["far"]
    True
    """
    kept = [(options, right) for options, right in zip(decisions, answers, strict=True) if any(right)]
    table = Table([features for options, _ in kept for features in options])
    group = np.repeat(np.arange(len(kept)), [len(options) for options, _ in kept])
    wanted = np.array([answer for _, right in kept for answer in right], dtype=float)

    def gradient(weights: Floats) -> Floats:
        raw = np.exp(np.clip(table.scores(weights), -30, 30))
        chance = raw / np.bincount(group, raw)[group]
        right = chance * wanted
        right /= np.bincount(group, right)[group]
        return table.gradient(chance - right) + penalty * weights

    return table.named(_adam(gradient, len(table.columns), rounds))
