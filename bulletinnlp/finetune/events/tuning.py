"""The network of events, trained further on corrected articles.

Forty articles are few beside the thousand that the network learned from: trained whole, it reads places and times worse
than before. So only the last layers learn, those that say which characters are a trigger and of what type an event is;
then they are averaged with what they were. Arguments are found as before.
"""

from __future__ import annotations

import copy
import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch

from bulletinnlp.data import resource
from bulletinnlp.finetune.events.batches import collate, groups
from bulletinnlp.finetune.events.calibration import Calibration, fitted, triggers
from bulletinnlp.finetune.events.examples import Example, example
from bulletinnlp.finetune.events.export import export
from bulletinnlp.finetune.events.losses import losses, weighted
from bulletinnlp.finetune.events.reader_network import Reader
from bulletinnlp.finetune.events.restore import restore
from bulletinnlp.finetune.events.samples import Sample
from bulletinnlp.finetune.steps import descend, mix_in, numbered
from bulletinnlp.names.tagger import vocabulary

#: With fewer triggers no calibration is fitted.
FEW = 100


@dataclass(frozen=True)
class EventsSettings:
    """How it is trained: the highest rate of learning by how the names of weights begin (`""` is all; the others do not
    learn), how often the articles are read, characters of a step, the share of the weights as they were in the mean
    with those trained further, the most steps.
    """

    rates: Mapping[str, float] = field(default_factory=lambda: {"tags": 1e-2, "types": 2e-3})
    epochs: float = 10.0
    size: int = 3000
    kept: float = 0.3
    most: int = 400

    def steps(self, samples: Sequence[Sample]) -> int:
        """The steps over these articles."""
        length = sum(len(sample.context.text) for sample in samples)
        return max(1, min(self.most, math.ceil(length / self.size * self.epochs)))

    def every(self, samples: Sequence[Sample]) -> int:
        """The steps of all that is trained: the network, and two by half of the articles each."""
        return self.steps(samples) + sum(self.steps(half) for half in _halves(samples) if half)


def tune_events(samples: Sequence[Sample], folder: Path, settings: EventsSettings, step: Callable[[], None]) -> None:
    """Train the shipped network further on these articles and write it into `folder`; `step` is called at each step."""
    tuned = _calibration(samples, settings, step)
    model, tops = _trained(samples, settings, step)
    some = groups(_examples(samples), 6000, random.Random(0))[:3]
    # A layer's highest activation is the shipped network's, unless these articles go higher.
    export(model, [collate(group) for group in some], folder, tuned, tops)


def _calibration(samples: Sequence[Sample], settings: EventsSettings, step: Callable[[], None]) -> Calibration:
    """What makes the scores chances again: fitted on each half of the articles with a network that learned from the
    other. With few triggers the scores stay as they are."""
    first, second = _halves(samples)
    odds, right = [], []
    for learned, other in ((first, second), (second, first)):
        if learned and other:
            some = triggers(_trained(learned, settings, step)[0], _examples(other))
            odds.append(some[0])
            right.append(some[1])
    if sum(map(len, odds)) < FEW:
        return Calibration(1.0, 0.0)
    return fitted(np.concatenate(odds), np.concatenate(right))


def _halves(samples: Sequence[Sample]) -> tuple[Sequence[Sample], Sequence[Sample]]:
    return samples[::2], samples[1::2]


def _examples(samples: Sequence[Sample]) -> list[Example]:
    return [example(sample, vocabulary()) for sample in samples]


def _trained(
    samples: Sequence[Sample], settings: EventsSettings, step: Callable[[], None]
) -> tuple[Reader, Sequence[float]]:
    """The shipped network trained further, and the highest activations of its layers as it ships."""
    model, tops = restore(resource("events"))
    before = copy.deepcopy(model.state_dict())
    _train(model, _examples(samples), settings, settings.steps(samples), step)
    mix_in(model, before, settings.kept)
    return model.eval(), tops


def _train(
    model: Reader, examples: Sequence[Example], settings: EventsSettings, steps: int, tick: Callable[[], None]
) -> None:
    torch.manual_seed(1)
    rng, noise = random.Random(1), np.random.default_rng(1)
    optimiser = torch.optim.AdamW(_learning(model, settings.rates), weight_decay=0.0)
    rates = [group["lr"] for group in optimiser.param_groups]
    trained = [weights for weights in model.parameters() if weights.requires_grad]
    for step, group in numbered(lambda: groups(examples, settings.size, rng), steps):
        model.train()
        share = min(1, (step + 1) / 20) * 0.5 * (1 + math.cos(math.pi * step / steps))
        for some, rate in zip(optimiser.param_groups, rates, strict=True):
            some["lr"] = rate * share
        batch = collate(group, noise, 0.1)
        descend(optimiser, weighted(losses(model(batch), batch)), trained, 2.0)
        tick()


def _learning(model: Reader, rates: Mapping[str, float]) -> list[dict[str, Any]]:
    """The weights that learn, by rate; the others are held fast. Raises ValueError where no weight has such a name."""
    every = {name: weights for name, weights in model.named_parameters() if weights.requires_grad}
    found = []
    for beginning, rate in rates.items():
        some = [every.pop(name) for name in list(every) if name.startswith(beginning)]
        if not some:
            raise ValueError(f"no weights of the network of events have a name that begins with '{beginning}'")
        found.append({"params": some, "lr": rate})
    for weights in every.values():
        weights.requires_grad_(False)
    return found
