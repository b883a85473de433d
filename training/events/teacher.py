"""A larger network of events that teaches the one that ships: the same network with multilingual-e5-small beside.

It begins as the network that ships, to whose input the vectors of the transformer are added. The transformer reads up
to `CHUNK` pieces of an article at once, so that what happens in a clause is seen from the sentences around it; the
vectors of pieces are spread over their characters.
"""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import cast

import numpy as np
import torch
from torch import Tensor, nn

from bulletinnlp.events.character_marks import MARKS
from bulletinnlp.finetune.events.batches import collate, groups, placed
from bulletinnlp.finetune.events.examples import Example, example
from bulletinnlp.finetune.events.losses import WEIGHTS, losses
from bulletinnlp.finetune.events.reader_network import Batch, Reader, drop
from bulletinnlp.finetune.events.samples import Sample
from bulletinnlp.finetune.names.tagger_network import halves
from bulletinnlp.names.encoder import Encoder as Numbers
from training.events.e5 import E5, Ints, Pieces, Stored

#: So many pieces are read at once.
CHUNK = 256
#: Its dropout.
DROPOUT = 0.2
#: The rate of what is new, of the network that it begins with, of the last layer of the transformer, and what the layer
#: below has of it.
NEW, OWN, TUNED, DECAY = 1.5e-3, 5e-4, 2e-4, 0.9
#: A step in so many reads sentences that were written for types, too.
OFTEN = 4
#: Share of the old mean of the weights that a step keeps.
KEEP = 0.99


@dataclass
class Pieced(Example):
    """An example with the pieces of its text, by chunk, and for each character the number of its piece (-1: none)."""

    chunks: list[Ints]
    piece_of: Ints


@dataclass
class PiecedBatch(Batch):
    """A batch with its pieces: rows in order of their length, which of them are known, the place of the first character
    of each, and for each place of the passages its piece."""

    pieces: Tensor
    known: Tensor
    first: Tensor
    piece_of: Tensor


def pieced(sample: Sample, encode: Numbers, pieces: Pieces) -> Pieced:
    """The sample in numbers, with its pieces."""
    one = example(sample, encode)
    text, kept = sample.context.text, pieces.kept
    parts = [pieces(text[start:end]) for start, end in one.passages]
    total = sum(len(numbers) for numbers, _ in parts)
    size = total / max(1, math.ceil(total / CHUNK))
    chunks: list[list[Ints]] = [[]]
    of = np.full(len(text), -1, np.int64)
    begun = at = 0
    for (start, end), (numbers, places) in zip(one.passages, parts, strict=True):
        if chunks[-1] and begun + len(numbers) / 2 > size:
            chunks.append([])
            at, begun = at + 2, 0
        of[start:end] = places + at + 1
        chunks[-1].append(numbers)
        at, begun = at + len(numbers), begun + len(numbers)
    edges = np.array([kept.begin]), np.array([kept.end])
    made = [np.concatenate([edges[0], *some, edges[1]]) for some in chunks]
    own = {field.name: getattr(one, field.name) for field in fields(Example)}
    return Pieced(**own, chunks=made, piece_of=of)


def collate_pieces(
    examples: Sequence[Pieced], noise: np.random.Generator | None = None, rough: float = 0.0, width: int = 400
) -> PiecedBatch:
    """The examples as one batch, with their pieces."""
    batch = collate(examples, noise, rough, width)
    rows, _ = placed(examples, width)
    every = [chunk for one in examples for chunk in one.chunks]
    order = sorted(range(len(every)), key=lambda number: -len(every[number]))
    row_of = {number: row for row, number in enumerate(order)}
    long = len(every[order[0]])
    pieces, none = np.ones((len(every), long), np.int64), len(every) * long
    places: list[Ints] = []
    number = 0
    for one in examples:
        placed_at = []
        for chunk in one.chunks:
            row = row_of[number]
            pieces[row, : len(chunk)] = chunk
            placed_at.append(row * long + np.arange(len(chunk)))
            number += 1
        places.append(np.concatenate([*placed_at, [none]]))
    of = np.full(batch.chars.shape, none, np.int64)
    for row, left, a, start, end in rows:
        of[row, left : left + end - start] = places[a][examples[a].piece_of[start:end]]
    flat = of.reshape(-1)
    first = np.full(none + 1, len(flat), np.int64)
    first[flat[::-1]] = np.arange(len(flat))[::-1]
    known = np.arange(long) < np.array([len(every[number]) for number in order])[:, None]
    join = torch.from_numpy
    own = {field.name: getattr(batch, field.name) for field in fields(Batch)}
    return PiecedBatch(**own, pieces=join(pieces), known=join(known), first=join(first[:-1].reshape(-1, long)),
                       piece_of=join(of))  # fmt: skip


class Teacher(Reader):
    """The network `begun`, with a transformer beside its input."""

    def __init__(self, begun: Reader, kept: Stored, layers: int = 8) -> None:
        chars, pairs = begun.encoder.char.num_embeddings, begun.encoder.pair.num_embeddings
        super().__init__(chars, pairs, replace(begun.design, dropout=DROPOUT))
        self.load_state_dict(begun.state_dict())
        self.e5 = E5(kept, layers)
        self.marked = nn.Linear(len(MARKS), kept.wide, bias=False)
        self.spread = nn.Linear(kept.wide, self.design.wide)
        for new in (self.marked.weight, self.spread.weight, self.spread.bias):
            nn.init.zeros_(new)

    def encode(self, batch: Batch) -> Tensor:
        """The vectors of all characters of the passages, flat, with a vector of zeros behind them."""
        batch = cast(PiecedBatch, batch)
        x, known = self.encoder.entered(batch.chars, batch.pairs, batch.words, batch.marks)
        marks = torch.cat([batch.marks.flatten(0, 1), batch.marks.new_zeros(1, batch.marks.shape[-1])])
        seen = self.e5(batch.pieces, batch.known, self.marked(marks[batch.first]))
        seen = torch.cat([self.spread(seen.flatten(0, 1).float()), seen.new_zeros(1, x.shape[-1]).float()])
        x = (x + drop(seen[batch.piece_of], self.design.dropout / 2, self.training)) * known
        kind = torch.bfloat16 if halves() else torch.float32
        x, known = x.transpose(1, 2).to(kind), known.transpose(1, 2).to(kind)
        for layer, dilation in zip(self.encoder.convolutions(), self.design.dilations, strict=True):
            weight, bias = (value.to(kind) for value in layer.parameters())
            y = torch.relu(nn.functional.conv1d(x, weight, bias, padding=dilation, dilation=dilation))
            x = (x + drop(y.transpose(1, 2), self.design.dropout / 3, self.training).transpose(1, 2)) * known
        flat = x.transpose(1, 2).float().flatten(0, 1)
        return torch.cat([flat, flat.new_zeros(1, flat.shape[1])])

    def rates(self) -> list[dict[str, object]]:
        """The weights in groups with their rates."""
        tuned: list[dict[str, object]] = []
        layers = len(self.e5.layers)
        named: dict[float, list[nn.Parameter]] = {}
        for name, weight in self.named_parameters():
            if weight.requires_grad:
                rate = NEW if name.startswith(("marked.", "spread.")) else OWN
                if name.startswith("e5."):
                    number = int(name.split(".")[2]) if ".layers." in name else -1
                    rate = TUNED * DECAY ** (layers - 1 - number)
                named.setdefault(rate, []).append(weight)
        tuned += [{"params": some, "lr": rate, "rate": rate} for rate, some in named.items()]
        return tuned


def fit_teacher(
    model: Teacher,
    epoch: Callable[[random.Random], Sequence[Pieced]],
    steps: int,
    seed: int,
    say: Callable[[Reader, int, str], None],
    size: int = 7000,
    rate: float = 1.0,
    warm: int = 60,
    sentences: Sequence[Pieced] = (),
) -> Teacher:
    """Train for a number of steps; `rate` multiplies all rates. What comes out is the mean of the last weights.

    Of `sentences` only types and objects are known; every `OFTEN`th step reads some of them.
    """
    torch.manual_seed(seed)
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    optimiser = torch.optim.AdamW(model.rates(), weight_decay=2e-2, fused=True)
    mean = copy.deepcopy(model)
    step, smooth, begun = 0, dict[str, float](), time.process_time()
    beside: list[list[Example]] = []
    while step < steps:
        for group in groups(epoch(rng), size, rng):
            model.train()
            if sentences and step % OFTEN == 0:
                beside = beside or groups(sentences, size // 3, rng)
                short = collate_pieces(cast(list[Pieced], beside.pop()), noise, 0.15)
                parts = losses(model(short), short)
                (WEIGHTS["types"] * parts["types"] + WEIGHTS["what"] * parts["what"]).backward()
            now = rate * min(1, (step + 1) / warm) * (0.02 + 0.49 * (1 + math.cos(math.pi * step / steps)))
            for settings in optimiser.param_groups:
                settings["lr"] = settings["rate"] * now
            batch = collate_pieces(cast(list[Pieced], group), noise, 0.15)
            parts = losses(model(batch), batch)
            loss = sum((WEIGHTS[name] * value for name, value in parts.items()), torch.zeros(()))
            loss.backward()
            nn.utils.clip_grad_norm_([w for w in model.parameters() if w.requires_grad], 2.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            keep = min(KEEP, step / (step + 20))
            with torch.no_grad():
                for old, new in zip(mean.state_dict().values(), model.state_dict().values(), strict=True):
                    old.lerp_(new, 1 - keep)
            for name, value in parts.items():
                smooth[name] = smooth.get(name, float(value.detach())) * 0.95 + 0.05 * float(value.detach())
            step += 1
            if step == steps:
                break
        line = " ".join(f"{name} {value:.3f}" for name, value in smooth.items())
        say(mean, step, f"{time.process_time() - begun:.0f} s {line}")
    return mean
