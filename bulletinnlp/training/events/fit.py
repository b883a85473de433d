"""Fitting the network: losses, schedule, and measurement on examples."""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from bulletinnlp.events.options import ROLES
from bulletinnlp.training.events.batches import collate
from bulletinnlp.training.events.examples import BEGIN, Example
from bulletinnlp.training.events.network import Answers, Batch, Reader

#: Share of the old mean that a step keeps.
KEEP = 0.995
#: How much more an event counts that is planned or denied: two in a hundred are.
RARE = (6.0, 3.0)
#: How much each loss counts.
WEIGHTS = {
    "tags": 6.0,
    "types": 1.5,
    "flags": 0.5,
    "what": 0.6,
    "phrase": 0.3,
    "roles": 1.0,
    "company": 0.5,
}


def losses(answers: Answers, batch: Batch) -> dict[str, Tensor]:
    """The losses by head, each a mean."""
    tags = nn.functional.cross_entropy(answers.tags.flatten(0, 1), batch.tags.flatten(), ignore_index=-1)
    found = {"tags": tags}
    if not len(batch.triggers):
        return found
    found["types"] = nn.functional.cross_entropy(answers.types, batch.types, ignore_index=-1, label_smoothing=0.05)
    found["flags"] = 4 * nn.functional.binary_cross_entropy_with_logits(
        answers.flags, batch.flags, pos_weight=torch.tensor(RARE)
    )
    what, phrase = batch.what, batch.phrase
    none = torch.where(what[:, 0] < 0, answers.pointers.shape[1], what[:, 0])
    start = torch.cat([answers.pointers[..., 0], answers.nothing[:, None]], 1)
    found["what"] = nn.functional.cross_entropy(start, none)
    if (what[:, 1] >= 0).any():
        found["what"] = found["what"] + nn.functional.cross_entropy(
            answers.pointers[..., 1], what[:, 1], ignore_index=-1
        )
    if (phrase[:, 0] >= 0).any():
        found["phrase"] = sum(
            nn.functional.cross_entropy(answers.pointers[..., 2 + side], phrase[:, side], ignore_index=-1)
            for side in (0, 1)
        )  # type: ignore[assignment]
    roles = answers.options.new_zeros(())
    for number in range(len(ROLES)):
        roles = roles + choice_loss(answers.options[:, number], batch, number)
    found["roles"] = roles
    company = answers.options.new_zeros(())
    near = batch.features[:, 2] == 0
    for number, role in enumerate((0, 1, 3)):
        chosen = near & batch.allowed[:, role]
        if chosen.any():
            company = company + nn.functional.binary_cross_entropy_with_logits(
                answers.options[chosen, len(ROLES) + number], batch.right[chosen, role]
            )
    found["company"] = company
    return found


def choice_loss(scores: Tensor, batch: Batch, role: int) -> Tensor:
    """The mean over events of minus the log of the probability that the right options have together."""
    scores = scores.masked_fill(~batch.allowed[:, role], -1e4)
    events = len(batch.triggers)
    right = batch.right[:, role] > 0
    every = log_sum(scores, batch.owner, events)
    some = log_sum(scores.masked_fill(~right, -1e4), batch.owner, events)
    known = torch.zeros(events).index_add_(0, batch.owner, right.float()) > 0
    return ((every - some) * known).sum() / known.sum().clamp_min(1)


def log_sum(scores: Tensor, owner: Tensor, events: int) -> Tensor:
    """log-sum-exp of the scores by owner."""
    top = torch.full((events,), -1e4).scatter_reduce(0, owner, scores.detach(), "amax")
    total = torch.zeros(events).index_add(0, owner, (scores - top[owner]).exp())
    return total.clamp_min(1e-30).log() + top


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
                settings["lr"] = (
                    rate * min(1, (step + 1) / 150) * (0.02 + 0.49 * (1 + math.cos(math.pi * step / steps)))
                )
            batch = collate(group, noise, rough, width)
            parts = losses(model(batch), batch)
            loss = sum((WEIGHTS[name] * value for name, value in parts.items()), torch.zeros(()))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(trained, 2.0)
            optimiser.step()
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


def groups(examples: Sequence[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """The examples in random batches of about `size` characters."""
    order = list(examples)
    rng.shuffle(order)
    made: list[list[Example]] = [[]]
    total = 0
    for one in order:
        length = sum(end - start for start, end in one.passages)
        if made[-1] and total + length > size:
            made.append([])
            total = 0
        made[-1].append(one)
        total += length
    return made


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


def runs(on: Tensor, chance: Tensor) -> list[tuple[int, int]]:
    """Stretches of characters that are part of a trigger; a new one starts where its beginning is likelier."""
    found: list[tuple[int, int]] = []
    for at, flag in enumerate(on.tolist()):
        if not flag:
            continue
        begins = float(chance[at, BEGIN]) >= float(chance[at, 2])
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
        elif tag == 2 and found:
            found[-1] = (found[-1][0], at + 1)
    return found


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
