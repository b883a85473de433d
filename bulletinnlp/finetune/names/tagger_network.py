"""The designs of the tagger in PyTorch, and a CRF whose gradient is its own forward-backward."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from bulletinnlp.finetune.names.samples import CORPORA
from bulletinnlp.names.decoding import TAGS
from bulletinnlp.names.encoder import PAD, WIDTH


@dataclass(frozen=True)
class Design:
    """A design: `kind` is `lstm` or `cnn`; `crf` trains with sequence likelihood instead of a softmax a character."""

    kind: str = "lstm"
    crf: bool = False
    hidden: int = 128
    char: int = 64
    pair: int = 32
    words: int = 32
    corpus: int = 8
    dropout: float = 0.35


@cache
def halves() -> bool:
    """Whether training is to compute in half precision: it halves the time of a step on a CPU that has AVX-512 BF16,
    and costs nothing measurable; other CPUs would take longer."""
    asked = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return bool(asked and asked())


class Batch(NamedTuple):
    """Rows of about one length, padded."""

    chars: Tensor
    pairs: Tensor
    words: Tensor
    corpus: Tensor
    tags: Tensor
    mask: Tensor
    #: The probabilities of the tags that are to be learnt.
    gold: Tensor


class Tagger(nn.Module):
    """Scores of the tags for each character."""

    def __init__(self, chars: int, pairs: int, design: Design) -> None:
        super().__init__()
        self.design = design
        self.char = nn.Embedding(chars, design.char, padding_idx=PAD)
        self.pair = nn.Embedding(pairs, design.pair, padding_idx=PAD)
        self.words = nn.Linear(WIDTH, design.words, bias=False)
        self.corpus = nn.Embedding(len(CORPORA), design.corpus)
        nn.init.normal_(self.char.weight, std=0.3)
        nn.init.normal_(self.pair.weight, std=0.3)
        size = design.char + design.pair + design.words + design.corpus
        if design.kind == "lstm":
            self.lstm = nn.LSTM(size, design.hidden, bidirectional=True, batch_first=True)
            wide = 2 * design.hidden
        else:
            wide = design.hidden
            self.enter = nn.Linear(size, wide)
            self.layers = nn.ModuleList(nn.Conv1d(wide, wide, 3, dilation=d, padding=d) for d in (1, 2, 4, 1, 2, 4))
        self.out = nn.Linear(wide, len(TAGS))
        self.own = nn.Embedding(len(CORPORA), len(TAGS))
        nn.init.zeros_(self.own.weight)
        self.steps = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))

    def forward(self, chars: Tensor, pairs: Tensor, words: Tensor, corpus: Tensor) -> Tensor:
        wide = self.corpus(corpus)[:, None].expand(-1, chars.shape[1], -1)
        x = torch.cat([self.char(chars), self.pair(pairs), self.words(words), wide], -1)
        x = drop(x, self.design.dropout, self.training)
        if self.design.kind == "lstm":
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training and halves()):
                x, _ = self.lstm(x)
            x = x.float()
        else:
            filled = (chars != PAD)[:, None].to(x.dtype)
            x = self.enter(x).transpose(1, 2)
            for layer in self.layers:
                x = torch.relu(layer(x * filled)) + x
            x = x.transpose(1, 2)
        scores: Tensor = self.out(drop(x, self.design.dropout, self.training)) + self.own(corpus)[:, None]
        return scores


def drop(x: Tensor, share: float, training: bool) -> Tensor:
    """Dropout with one mask a sequence."""
    if not training or not share:
        return x
    return x * ((torch.rand(x.shape[0], 1, x.shape[2]) >= share).to(x.dtype) / (1 - share))


class SequenceLoss(torch.autograd.Function):
    """Negative log-likelihood of a linear-chain CRF, a sequence at a time summed; the gradient by forward-backward.

    `gold` holds the probabilities of the tags: ones and zeros, or a teacher's, whose neighbours are taken as
    independent.
    """

    @staticmethod
    def forward(ctx: Any, scores: Tensor, steps: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        total, marginals, pairs = forward_backward(scores, steps, mask)
        gold = gold * mask[..., None]
        counts = torch.einsum("btj,btk->jk", gold[:, :-1], gold[:, 1:])
        ctx.save_for_backward(marginals - gold, pairs - counts)
        return total - (scores * gold).sum() - (steps * counts).sum()

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        scores, steps = ctx.saved_tensors
        return grads[0] * scores, grads[0] * steps, None, None


def loss_of(model: Tagger, batch: Batch) -> Tensor:
    """The loss a character of a batch."""
    scores = model(batch.chars, batch.pairs, batch.words, batch.corpus)
    if model.design.crf:
        loss: Tensor = SequenceLoss.apply(scores, model.steps, batch.gold, batch.mask)
        return loss / batch.mask.sum()
    losses = -(batch.gold * scores.log_softmax(-1)).sum(-1)
    return (losses * batch.mask).sum() / batch.mask.sum()


def forward_backward(scores: Tensor, steps: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Log normaliser (summed), marginals of tags [B, T, K], expected counts of steps [K, K]."""
    size, length, kinds = scores.shape
    weight = steps.exp()
    # Scaled probabilities: exp of the scores shifted by each position's highest one.
    shift = scores.max(-1, keepdim=True).values
    local = (scores - shift).exp()
    before, after = torch.empty_like(scores), torch.empty_like(scores)
    log_total = torch.zeros(size)
    forward = local[:, 0]
    for at in range(length):
        if at:
            forward = torch.where(mask[:, at, None] > 0, (forward @ weight) * local[:, at], forward)
        scale = forward.sum(-1, keepdim=True)
        log_total += torch.where(mask[:, at] > 0, scale.log()[:, 0] + shift[:, at, 0], torch.zeros(size))
        forward = forward / scale
        before[:, at] = forward
    backward = torch.ones(size, kinds)
    after[:, -1] = backward
    for at in range(length - 2, -1, -1):
        following = ((local[:, at + 1] * backward) @ weight.T) * mask[:, at + 1, None] + (1 - mask[:, at + 1, None])
        backward = following / following.sum(-1, keepdim=True)
        after[:, at] = backward
    marginals = before * after
    marginals = marginals / marginals.sum(-1, keepdim=True) * mask[..., None]
    left, right = before[:, :-1], local[:, 1:] * after[:, 1:]
    norm = torch.einsum("btj,jk,btk->bt", left, weight, right)
    left = left * (mask[:, 1:] / norm.clamp_min(1e-30))[..., None]
    pairs = torch.einsum("btj,btk->jk", left, right) * weight
    return log_total.sum(), marginals, pairs
