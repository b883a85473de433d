"""What the training loops of names and of events share; the recipes in `training` use them, too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice, repeat
from typing import TypeVar

import torch
from torch import Tensor, nn

Batch = TypeVar("Batch")


def numbered(epoch: Callable[[], Iterable[Batch]], steps: int) -> Iterator[tuple[int, Batch]]:
    """The batches of one epoch after another, `steps` of them, each with its number.

    >>> list(numbered(lambda: "ab", 3))
    [(0, 'a'), (1, 'b'), (2, 'a')]
    """
    return islice(enumerate(chain.from_iterable(read() for read in repeat(epoch))), steps)


def descend(optimiser: torch.optim.Optimizer, loss: Tensor, weights: Iterable[Tensor], longest: float) -> None:
    """A step of the optimiser; a gradient that is longer than `longest` is cut to that length."""
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(weights, longest)
    optimiser.step()


def mix_in(model: nn.Module, before: Mapping[str, Tensor], kept: float) -> None:
    """Let each weight be the mean of what it was before, which counts `kept`, and of what it is."""
    after = model.state_dict()
    model.load_state_dict({name: kept * before[name] + (1 - kept) * after[name] for name in before})
