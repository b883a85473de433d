"""What is fitted on articles that the network has not learned from: the reliability of its scores."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bulletinnlp.finetune.events.batches import collate, groups
from bulletinnlp.finetune.events.examples import BEGIN, INSIDE, Example
from bulletinnlp.finetune.events.reader_network import Reader

Floats = NDArray[np.float64]


class Calibration(NamedTuple):
    """`slope` and `offset` turn the log-odds that a character is part of a trigger into those that the trigger is
    right."""

    slope: float
    offset: float


def calibrated(model: Reader, examples: Sequence[Example]) -> Calibration:
    """Fit them."""
    return fitted(*triggers(model, examples))


def fitted(odds: Floats, right: Floats) -> Calibration:
    """Fit them to the log-odds of triggers and whether each is right."""
    slope, offset = _logistic(odds, right)
    return Calibration(round(slope, 3), round(offset, 3))


@torch.no_grad()
def triggers(model: Reader, examples: Sequence[Example], bar: float = 0.1) -> tuple[Floats, Floats]:
    """The log-odds of what is found above a low bar, and whether it is right."""
    model.eval()
    odds: list[float] = []
    right: list[bool] = []
    for group in groups(examples, 8000, random.Random(0)):
        batch = collate(group)
        for row, tags in zip(model(batch).tags.softmax(-1), batch.tags, strict=True):
            chances, tags = row[tags >= 0], tags[tags >= 0]
            wanted = gold_runs(tags)
            for start, end in runs(1 - chances[:, 0] > bar, chances):
                none = float(chances[start:end, 0].min())
                odds.append(math.log((1 - none) / max(none, 1e-6)))
                right.append(any(start < b and a < end for a, b in wanted))
    return np.array(odds), np.array(right, float)


def runs(on: Tensor, chance: Tensor) -> list[tuple[int, int]]:
    """Stretches of characters that are part of a trigger; a new one starts where its beginning is likelier."""
    found: list[tuple[int, int]] = []
    for at, flag in enumerate(on.tolist()):
        if not flag:
            continue
        begins = float(chance[at, BEGIN]) >= float(chance[at, INSIDE])
        if found and found[-1][1] == at and not begins:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def gold_runs(tags: Tensor) -> list[tuple[int, int]]:
    """The gold triggers of a passage."""
    found: list[tuple[int, int]] = []
    for at, tag in enumerate(tags.tolist()):
        if tag == BEGIN:
            found.append((at, at + 1))
        elif tag == INSIDE and found:
            found[-1] = (found[-1][0], at + 1)
    return found


def _logistic(odds: Floats, right: Floats, rounds: int = 50) -> tuple[float, float]:
    """Slope and offset of a logistic regression (Platt, 1999), by Newton's method."""
    x = np.stack([odds, np.ones_like(odds)], axis=1)
    weights = np.array([1.0, 0.0])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-x @ weights))
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + 1e-6 * np.eye(2)
        weights -= np.linalg.solve(bend, x.T @ (chance - right))
    return float(weights[0]), float(weights[1])
