"""Fitting a tagger: what is read in an epoch, the schedule, and measurement."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from bulletinnlp.annotations import LABELS
from bulletinnlp.finetune.names.batches import Row, batches, collate, rows
from bulletinnlp.finetune.names.noise import roughen
from bulletinnlp.finetune.names.samples import Sample
from bulletinnlp.finetune.names.tagger_network import Design, Tagger, loss_of
from bulletinnlp.finetune.steps import descend
from bulletinnlp.names.decoding import TAGS, chain, lattices
from bulletinnlp.names.encoder import Encoder
from training.names.augmentation import Swapper, templates, write

#: Characters of each general corpus read in an epoch, by default.
DIET = {"msra": 500_000, "people_daily": 45_000, "boson": 90_000, "cluener": 60_000, "resume": 30_000}
#: How often each article of the genre is read in an epoch, the first time unswapped.
READINGS = 3
#: How often each sentence with slots is read in an epoch.
WRITINGS = 8


@dataclass
class Material:
    """What a run reads: the genre's articles, the general corpora's samples, and the means to swap (None: not)."""

    articles: list[list[Sample]]
    general: dict[str, list[Sample]]
    encode: Encoder
    swapper: Swapper | None
    #: General sentences read as the genre's, by a teacher, and how many characters of them an epoch has.
    taught: list[Row] = field(default_factory=list)
    taught_size: int = 0
    #: Characters of each general corpus in an epoch.
    diet: dict[str, int] = field(default_factory=lambda: dict(DIET))

    def epoch(self, rng: random.Random) -> list[Row]:
        """An epoch's sentences, freshly swapped and roughened."""
        pool: list[Row] = []
        for article in self.articles:
            for reading in range(READINGS):
                swapped = self.swapper.article(article, rng) if self.swapper and reading else article
                for sample in swapped:
                    pool.extend(rows(roughen(sample, rng), self.encode))
        for template in templates() * (WRITINGS if self.swapper else 0):
            pool.extend(rows(roughen(write(template, self.swapper, rng), rng), self.encode))  # type: ignore[arg-type]
        for corpus, size in self.diet.items():
            samples = self.general[corpus]
            while size > 0:
                sample = rng.choice(samples)
                size -= len(sample.text)
                if self.swapper and rng.random() < 0.4:
                    sample = self.swapper.persons_only(sample, rng)
                pool.extend(rows(plain_genre(sample, rng), self.encode))
        size = self.taught_size if self.taught else 0
        while size > 0:
            pool.append(rng.choice(self.taught))
            size -= len(pool[-1].chars)
        return pool


def plain_genre(sample: Sample, rng: random.Random) -> Sample:
    """A sample of a general corpus; some of those with no name but persons' are read as sentences of the genre.

    On persons the conventions agree, so that the tagger learns for the genre too what is no name.
    """
    only = all(label == "PER" for _, _, label in sample.names)
    if only and sample.corpus in ("msra", "boson", "people_daily") and rng.random() < 0.5:
        return sample._replace(corpus="genre")
    return sample


def fit(
    material: Material,
    design: Design,
    steps: int,
    seed: int,
    size: int = 2048,
    rate: float = 2e-3,
    say: Callable[[Tagger, int, float], None] | None = None,
    start: Tagger | None = None,
) -> Tagger:
    """Train a tagger for a number of steps, or train `start` further.

    `say(model, step, loss)` is called at each epoch's end.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = start or Tagger(len(material.encode.chars) + 2, len(material.encode.pairs) + 2, design)
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=1e-2, fused=True)
    step, smooth = 0, 0.0
    while step < steps:
        pool = material.epoch(rng)
        for batch in batches(pool, size, rng, rough=0.15):
            model.train()
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1, (step + 1) / 100) * 0.5 * (1 + math.cos(math.pi * step / steps))
            loss = loss_of(model, batch)
            descend(optimiser, loss, model.parameters(), 5.0)
            smooth += 0.02 * (loss.item() - smooth)
            step += 1
            if step == steps:
                break
        if say:
            say(model, step, smooth)
    return model


def allowed() -> Tensor:
    """0 for steps between tags that BIES allows, a large negative number for the others."""
    ok = torch.from_numpy(chain(np.zeros((len(TAGS), len(TAGS)), np.float32))) > 0
    return torch.where(ok, 0.0, -1e4)


@torch.no_grad()
def measure(model: Tagger, pool: list[Row]) -> dict[str, float]:
    """Exact F1 over all labels (`all`) and of each one, decoded as at run time."""
    model.eval()
    weights = chain(model.steps.numpy() * model.design.crf)
    counts: dict[str, list[int]] = {label: [0, 0, 0] for label in LABELS}
    for row in pool:
        batch = collate([row])
        scores = model(batch.chars, batch.pairs, batch.words, batch.corpus).numpy()
        (lattice,) = lattices(list(scores), weights)
        gold, found = (
            {(name.start, name.end, name.label) for name in names}
            for names in (lattice.spelt(row.tags), lattice.found())
        )
        for kind, which in ((0, gold & found), (1, gold), (2, found)):
            for _, _, label in which:
                counts[label][kind] += 1
    counts["all"] = [sum(column) for column in zip(*counts.values(), strict=True)]
    return {label: 2 * hit / max(1, gold + found) for label, (hit, gold, found) in counts.items()}


def reporter(tests: dict[str, list[Row]], every: int, log: Path | None) -> Callable[[Tagger, int, float], None]:
    """A `say` that measures on `tests` every few epochs and prints a line."""
    begun, calls = time.time(), [0]

    def say(model: Tagger, step: int, loss: float) -> None:
        calls[0] += 1
        line = f"{time.time() - begun:6.0f} s  step {step}  loss {loss:.4f}"
        if calls[0] % every == 0:
            for name, pool in tests.items():
                line += f"  {name} " + " ".join(f"{label} {value:.4f}" for label, value in measure(model, pool).items())
        print(line, flush=True)
        if log:
            with log.open("a") as out:
                print(line, file=out)

    return say
