"""The tagger of names, trained further on corrected articles.

Both networks of the tagger go on learning from the articles, then are averaged with what they were (Wortsman et al.
2022, Robust fine-tuning of zero-shot models), so that what is learnt last is not learnt at the cost of the rest.
Vocabulary and the weights of the evidence stay.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from bulletinnlp.finetune.names.batches import Row, batches, rows
from bulletinnlp.finetune.names.export import export
from bulletinnlp.finetune.names.noise import roughen
from bulletinnlp.finetune.names.restore import restore
from bulletinnlp.finetune.names.samples import Sample
from bulletinnlp.finetune.names.tagger_network import Batch, Tagger, loss_of
from bulletinnlp.finetune.steps import descend, mix_in, numbered
from bulletinnlp.names.tagger import embedded


@dataclass(frozen=True)
class NamesSettings:
    """How it is trained: the highest rate of learning, how often the articles are read, characters of a step, the share
    of the weights as they were in the mean with those trained further, the share of paragraphs that are roughened, the
    most steps of a network.
    """

    rate: float = 1e-3
    epochs: float = 30.0
    size: int = 1024
    kept: float = 0.3
    rough: float = 0.5
    most: int = 1500

    def steps(self, articles: Sequence[Sequence[Sample]]) -> int:
        """The steps of one network."""
        length = sum(len(sample.text) for article in articles for sample in article)
        return max(1, min(self.most, math.ceil(length / self.size * self.epochs)))


def tune_names(
    articles: Sequence[Sequence[Sample]], folder: Path, settings: NamesSettings, step: Callable[[], None]
) -> None:
    """Train the shipped tagger further on these articles and write it into `folder`; `step` is called at each step."""
    shipped = embedded()
    samples = [sample for article in articles for sample in article]
    models = restore(shipped.folder, shipped.encode)
    for number, model in enumerate(models):
        before = {name: value.clone() for name, value in model.state_dict().items()}
        _train(model, samples, settings, settings.steps(articles), 1 + number, step)
        mix_in(model, before, settings.kept)
    about = {name: shipped.about[name] for name in ("designs", "evidence")}
    export(models, shipped.encode, folder, about)


def _train(
    model: Tagger, samples: Sequence[Sample], settings: NamesSettings, steps: int, seed: int, tick: Callable[[], None]
) -> None:
    torch.manual_seed(seed)
    rng = random.Random(seed)
    optimiser = torch.optim.AdamW(model.parameters(), lr=settings.rate, weight_decay=0.0)

    def epoch() -> Iterator[Batch]:
        return batches(_epoch(samples, settings.rough, rng), settings.size, rng, rough=0.1)

    for step, batch in numbered(epoch, steps):
        model.train()
        for group in optimiser.param_groups:
            group["lr"] = settings.rate * min(1, (step + 1) / 20) * 0.5 * (1 + math.cos(math.pi * step / steps))
        descend(optimiser, loss_of(model, batch), model.parameters(), 5.0)
        tick()


def _epoch(samples: Sequence[Sample], rough: float, rng: random.Random) -> list[Row]:
    """The sentences of an epoch, some as a page may print them."""
    encode = embedded().encode
    read = (roughen(sample, rng) if rng.random() < rough else sample for sample in samples)
    return [row for sample in read for row in rows(sample, encode)]
