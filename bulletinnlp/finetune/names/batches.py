"""Samples as batches of numbers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from bulletinnlp.finetune.names.samples import CORPORA, Sample
from bulletinnlp.finetune.names.tagger_network import Batch
from bulletinnlp.names.decoding import TAGS
from bulletinnlp.names.encoder import UNKNOWN, Encoder, unpack
from bulletinnlp.text.sentences import sentences

NUMBER = {tag: number for number, tag in enumerate(TAGS)}
ONE = np.eye(len(TAGS), dtype=np.float32)


class Row(NamedTuple):
    """A sentence in numbers. `soft`: a teacher's probabilities of the tags, if there is one."""

    chars: NDArray[np.int64]
    pairs: NDArray[np.int64]
    words: NDArray[np.uint64]
    tags: NDArray[np.int64]
    corpus: int
    soft: NDArray[np.float16] | None = None


def tag(text: str, names: tuple[tuple[int, int, str], ...]) -> NDArray[np.int64]:
    """The tags of a text's characters."""
    tags = np.zeros(len(text), dtype=np.int64)
    for start, end, label in names:
        if end - start == 1:
            tags[start] = NUMBER[f"S-{label}"]
        else:
            tags[start:end] = NUMBER[f"I-{label}"]
            tags[start], tags[end - 1] = NUMBER[f"B-{label}"], NUMBER[f"E-{label}"]
    return tags


def rows(sample: Sample, encode: Encoder) -> Iterator[Row]:
    """The sentences of a sample in numbers."""
    tags = tag(sample.text, sample.names)
    corpus = CORPORA.index(sample.corpus)
    for start, end in sentences(sample.text):
        yield Row(*encode(sample.text[start:end]), tags[start:end], corpus)


def batches(pool: list[Row], size: int, rng: random.Random, rough: float = 0.0) -> Iterator[Batch]:
    """The pool in batches of about `size` characters, rows of like length together, in random order.

    `rough` is the share of pairs that are made unknown; of characters and words a fraction of it.
    """
    order = sorted(range(len(pool)), key=lambda at: (len(pool[at].chars), rng.random()))
    groups: list[list[int]] = [[]]
    for at in order:
        length = len(pool[at].chars)
        if groups[-1] and (length * (len(groups[-1]) + 1) > size or length > len(pool[groups[-1][0]].chars) * 1.15 + 1):
            groups.append([])
        groups[-1].append(at)
    rng.shuffle(groups)
    noise = np.random.default_rng(rng.randrange(1 << 30))
    for group in groups:
        yield collate([pool[at] for at in group], noise, rough)


def collate(group: list[Row], noise: np.random.Generator | None = None, rough: float = 0.0) -> Batch:
    """Rows as one padded batch."""
    longest = max(len(row.chars) for row in group)
    shape = (len(group), longest)
    chars, pairs, tags = (np.zeros(shape, np.int64) for _ in range(3))
    words, mask = np.zeros(shape, np.uint64), np.zeros(shape, np.float32)
    gold = np.zeros((*shape, len(TAGS)), np.float32)
    for at, row in enumerate(group):
        n = len(row.chars)
        chars[at, :n], pairs[at, :n], words[at, :n], tags[at, :n], mask[at, :n] = *row[:4], 1
        gold[at, :n] = ONE[row.tags] if row.soft is None else row.soft
    if noise is not None and rough:
        pairs[(noise.random(shape) < rough) & (pairs > 0)] = UNKNOWN
        chars[(noise.random(shape) < rough / 5) & (chars > 0)] = UNKNOWN
        words[noise.random(shape) < rough / 3] = 0
    join = torch.from_numpy
    corpus = torch.tensor([row.corpus for row in group])
    return Batch(
        join(chars), join(pairs), join(unpack(words).astype(np.float32)), corpus, join(tags), join(mask), join(gold)
    )
