"""Fitting the network from the beginning: schedule, and measurement on examples."""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch

from bulletinnlp.events.candidates import ROLES
from bulletinnlp.finetune.events.batches import collate, groups
from bulletinnlp.finetune.events.calibration import gold_runs, runs
from bulletinnlp.finetune.events.examples import Example
from bulletinnlp.finetune.events.losses import losses, weighted
from bulletinnlp.finetune.events.reader_network import Batch, Reader
from bulletinnlp.finetune.steps import descend

#: Share of the old mean that a step keeps.
KEEP = 0.995


def fit(
    model: Reader,
    epoch: Callable[[random.Random], Sequence[Example]],
    steps: int,
    seed: int,
    size: int = 6000,
    rate: float = 1.5e-3,
    say: Callable[[Reader, int, str], None] | None = None,
    rough: float = 0.15,
    width: int = 400,
) -> Reader:
    """Train for a number of steps; `epoch` gives the examples of an epoch, `say` is called at its end.

    What comes out is the mean of the weights over the last steps (exponential, `KEEP` a step).
    """
    torch.manual_seed(seed)
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    trained = [weights for weights in model.parameters() if weights.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=rate, weight_decay=2e-2, fused=True)
    mean = copy.deepcopy(model)
    step, smooth = 0, {}  # type: ignore[var-annotated]
    while step < steps:
        for group in groups(epoch(rng), size, rng):
            model.train()
            for settings in optimiser.param_groups:
                wave = 0.02 + 0.49 * (1 + math.cos(math.pi * step / steps))
                settings["lr"] = rate * min(1, (step + 1) / 150) * wave
            batch = collate(group, noise, rough, width)
            parts = losses(model(batch), batch)
            descend(optimiser, weighted(parts), trained, 2.0)
            keep = min(KEEP, step / (step + 20))
            with torch.no_grad():
                for old, new in zip(mean.state_dict().values(), model.state_dict().values(), strict=True):
                    old.lerp_(new, 1 - keep)
            for name, value in parts.items():
                smooth[name] = smooth.get(name, float(value.detach())) * 0.98 + 0.02 * float(value.detach())
            step += 1
            if step == steps:
                break
        if say:
            say(mean, step, " ".join(f"{name} {value:.3f}" for name, value in smooth.items()))
    return mean


class Figures(NamedTuple):
    """F1 of triggers; of the gold triggers, how many types, objects and arguments are right."""

    triggers: float
    precision: float
    recall: float
    types: float
    what: float
    who: float
    whom: float
    when: float
    where: float
    phrase: float


@torch.no_grad()
def measure(
    model: Reader,
    examples: Sequence[Example],
    size: int = 8000,
    width: int = 400,
    join: Callable[..., Batch] = collate,
) -> Figures:
    """Measure on gold triggers and mentions; `join` makes batches of the examples."""
    model.eval()
    hit = gold = pred = events = 0
    right = dict.fromkeys(("types", "what", "who", "whom", "when", "where", "phrase"), 0.0)
    filled = dict.fromkeys(right, 0)
    for group in groups(examples, size, random.Random(0)):
        batch = join(group, width=width)
        answers = model(batch)
        chance = answers.tags.softmax(-1)
        for row, tags in zip(chance, batch.tags, strict=True):
            found = runs(1 - row[:, 0][tags >= 0] > 0.5, row[tags >= 0])
            wanted = gold_runs(tags[tags >= 0])
            used: set[int] = set()
            for s, e in found:
                match = next((n for n, (a, b) in enumerate(wanted) if n not in used and s < b and a < e), None)
                if match is not None:
                    used.add(match)
                    hit += 1
            gold += len(wanted)
            pred += len(found)
        n = len(batch.triggers)
        events += n
        right["types"] += float((answers.types.argmax(1) == batch.types).sum())
        filled["types"] += n
        start = torch.cat([answers.pointers[..., 0], answers.nothing[:, None]], 1).argmax(1)
        none = torch.where(batch.what[:, 0] < 0, answers.pointers.shape[1], batch.what[:, 0])
        right["what"] += float((start == none).sum())
        filled["what"] += n
        for number, role in enumerate(ROLES):
            scores = answers.options[:, number].masked_fill(~batch.allowed[:, number], -1e4)
            best: dict[int, tuple[float, bool]] = {}
            for owner, score, ok in zip(
                batch.owner.tolist(), scores.tolist(), batch.right[:, number].tolist(), strict=True
            ):
                if owner not in best or score > best[owner][0]:
                    best[owner] = (score, bool(ok))
            right[role] += sum(ok for _, ok in best.values())
            filled[role] += n
        has = batch.phrase[:, 0] >= 0
        right["phrase"] += float((answers.pointers[..., 2].argmax(1) == batch.phrase[:, 0])[has].sum())
        filled["phrase"] += int(has.sum())
    share = {name: right[name] / max(1, filled[name]) for name in right}
    return Figures(2 * hit / max(1, gold + pred), hit / max(1, pred), hit / max(1, gold), **share)


def reporter(tests: dict[str, Sequence[Example]], every: int) -> Callable[[Reader, int, str], None]:
    """A `say` that prints a line an epoch, and measures every few epochs."""
    begun, calls = time.time(), [0]

    def say(model: Reader, step: int, line: str) -> None:
        calls[0] += 1
        print(f"{time.time() - begun:6.0f} s  step {step}  {line}", flush=True)
        if calls[0] % every == 0:
            for name, examples in tests.items():
                figures = measure(model, examples)
                print("   ", name, " ".join(f"{k} {v:.3f}" for k, v in figures._asdict().items()), flush=True)

    return say
