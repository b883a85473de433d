"""What the network of events is trained to make small."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from bulletinnlp.events.candidates import ROLES
from bulletinnlp.finetune.events.reader_network import Answers, Batch

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


def weighted(parts: Mapping[str, Tensor]) -> Tensor:
    """The losses of the heads as one, each with its weight."""
    return sum((WEIGHTS[name] * value for name, value in parts.items()), torch.zeros(()))


def choice_loss(scores: Tensor, batch: Batch, role: int) -> Tensor:
    """The mean over events of minus the log of the probability that the right options have together."""
    scores = scores.masked_fill(~batch.allowed[:, role], -1e4)
    events = len(batch.triggers)
    right = batch.right[:, role] > 0
    every = log_sum(scores, batch.owner, events)
    some = log_sum(scores.masked_fill(~right, -1e4), batch.owner, events)
    answered = torch.zeros(events).index_add_(0, batch.owner, right.float()) > 0
    return ((every - some) * answered).sum() / answered.sum().clamp_min(1)


def log_sum(scores: Tensor, owner: Tensor, events: int) -> Tensor:
    """log-sum-exp of the scores by owner."""
    top = torch.full((events,), -1e4).scatter_reduce(0, owner, scores.detach(), "amax")
    total = torch.zeros(events).index_add(0, owner, (scores - top[owner]).exp())
    return total.clamp_min(1e-30).log() + top
