"""Articles as batches for the network."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch

from bulletinnlp.events.candidates import ALLOWED, KINDS, ROLES
from bulletinnlp.events.character_marks import MARKS
from bulletinnlp.events.head_inputs import distances
from bulletinnlp.finetune.events.examples import Example
from bulletinnlp.finetune.events.reader_network import Batch
from bulletinnlp.names.encoder import UNKNOWN, unpack

#: Characters between passages of a row, as many as the largest dilation.
GAP = 8
#: Which kinds of option may fill which role, as a table.
MAY = np.array([[kind in ALLOWED[role] for role in ROLES] for kind in range(len(KINDS))])


def collate(
    examples: Sequence[Example], noise: np.random.Generator | None = None, rough: float = 0.0, width: int = 400
) -> Batch:
    """The examples as one batch. `rough`: the share of pairs that are made unknown; of characters a fraction of it.

    Passages stand one behind the other in rows of `width` characters, with a gap that no convolution crosses; with
    a width of 0, one a row.
    """
    rows, length = placed(examples, width)
    shape = (1 + max(row for row, *_ in rows), length)
    chars, pairs, tags = (np.zeros(shape, np.int64) for _ in range(3))
    words, marks = np.zeros(shape, np.uint64), np.zeros(shape, np.uint32)
    tags -= 1
    none = shape[0] * length
    at = [np.full(len(one.chars) + 1, none, np.int64) for one in examples]
    for row, left, a, start, end in rows:
        one, right = examples[a], left + end - start
        chars[row, left:right], pairs[row, left:right] = one.chars[start:end], one.pairs[start:end]
        words[row, left:right], marks[row, left:right] = one.words[start:end], one.marks[start:end]
        tags[row, left:right] = one.tags[start:end]
        at[a][start:end] = row * length + np.arange(left, right)
    if noise is not None and rough:
        pairs[(noise.random(shape) < rough) & (pairs > 0)] = UNKNOWN
        chars[(noise.random(shape) < rough / 6) & (chars > 0)] = UNKNOWN
        words[noise.random(shape) < rough / 3] = 0
    head_inputs = [one.inputs for one in examples]
    article_of = np.repeat(np.arange(len(examples)), [len(one.triggers) for one in head_inputs])
    counts = np.cumsum([0] + [len(one.triggers) for one in head_inputs])
    edges = np.concatenate([one.windows for one in head_inputs])
    wide = int((edges[:, 1] - edges[:, 0]).max(initial=1))
    windows = np.full((len(article_of), wide), none, np.int64)
    for number, (a, (start, end)) in enumerate(zip(article_of.tolist(), edges.tolist(), strict=True)):
        windows[number, : end - start] = at[a][start:end]
    every = np.concatenate([one.triggers for one in head_inputs])
    what, phrase = (
        np.where(spans >= 0, spans - edges[:, :1], -1)
        for spans in (np.concatenate([one.what for one in examples]), np.concatenate([one.phrase for one in examples]))
    )
    heads = [(a, at[a][start:end]) for a, one in enumerate(examples)
             for (start, end), head in zip(one.passages, one.heads, strict=True) if head]  # fmt: skip
    features = np.concatenate([one.features for one in head_inputs])
    join = torch.from_numpy
    return Batch(
        chars=join(chars),
        pairs=join(pairs),
        words=join(unpack(words).astype(np.float32)),
        marks=join(unpack(marks, len(MARKS)).astype(np.float32)),
        tags=join(tags),
        triggers=join(np.concatenate([at[a][one.triggers] for a, one in enumerate(head_inputs)])),
        types=join(np.concatenate([one.types for one in examples])),
        flags=join(np.concatenate([one.flags for one in examples])),
        article_of=join(article_of),
        articles=len(examples),
        head_places=join(np.concatenate([places for _, places in heads] or [np.zeros(0, np.int64)])),
        head_owner=join(np.concatenate([np.full(len(p), a) for a, p in heads] or [np.zeros(0)]).astype(np.int64)),
        windows=join(windows),
        distances=join(distances(edges, every, wide)),
        outside=join(windows == none),
        what=join(what),
        phrase=join(phrase),
        owner=join(np.concatenate([one.owner + counts[a] for a, one in enumerate(head_inputs)])),
        places=join(
            np.concatenate([np.where(one.places < 0, none, at[a][one.places]) for a, one in enumerate(head_inputs)])
        ),
        beside=join(np.concatenate([one.beside for one in head_inputs])),
        features=join(features),
        right=join(np.concatenate([one.right for one in examples])),
        allowed=join(MAY[features[:, 0]]),
    )


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


def placed(examples: Sequence[Example], width: int) -> tuple[list[tuple[int, int, int, int, int]], int]:
    """Row, place, article, start and end of each passage, and the length of the rows."""
    passages = [(a, start, end) for a, one in enumerate(examples) for start, end in one.passages]
    found: list[tuple[int, int, int, int, int]] = []
    row, left = 0, 0
    for a, start, end in passages:
        if left and (left + end - start > width or not width):
            row, left = row + 1, 0
        found.append((row, left, a, start, end))
        left += end - start + GAP
    return found, max(left + end - start for _, left, _, start, end in found)
