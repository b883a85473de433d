"""Distilling: what the teacher says of articles and of plain text, and the network that ships learning from it.

The small network learns from the annotation and from the chances that the teacher gives (Hinton et al., 2015,
https://arxiv.org/abs/1503.02531): of tags, types, flags, objects, and options for arguments. Plain text has no
annotation; there the teacher's own triggers take its place.
"""

from __future__ import annotations

import copy
import math
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bulletinnlp.events.arguments import EventFrame
from bulletinnlp.events.article_context import ArticleContext
from bulletinnlp.events.candidates import NONE, PHRASE, ROLES
from bulletinnlp.finetune.events.batches import collate, groups
from bulletinnlp.finetune.events.calibration import runs
from bulletinnlp.finetune.events.examples import example
from bulletinnlp.finetune.events.losses import WEIGHTS, log_sum, losses
from bulletinnlp.finetune.events.reader_network import Answers, Batch, Reader
from bulletinnlp.finetune.events.samples import Sample
from bulletinnlp.names.encoder import UNKNOWN
from bulletinnlp.names.encoder import Encoder as Numbers
from training.events.e5 import Pieces
from training.events.fit import KEEP
from training.events.teacher import Teacher, collate_pieces, pieced

#: The share of the annotation in the loss, by where a text is from; the rest is the teacher's.
OWN = {"articles": 0.4, "sentences": 0.4, "text": 0.0, "news": 0.5}
#: A trigger of plain text is what the teacher finds above this chance.
SURE = 0.4
#: Which losses come from the annotation: of articles and news all, of the sentences written for types two.
HARD = {
    "articles": frozenset(WEIGHTS),
    "sentences": frozenset({"types", "what"}),
    "text": frozenset[str](),
    "news": frozenset(WEIGHTS),
}


class Lesson(NamedTuple):
    """A batch, what the teacher says of it, and where it is from: `articles`, `sentences`, `text` or `news`."""

    batch: Batch
    told: Answers
    source: str


@torch.no_grad()
def lessons(
    teacher: Teacher, samples: Iterable[Sample], source: str, encode: Numbers, pieces: Pieces, size: int = 7000
) -> Iterator[Lesson]:
    """The samples in batches, with what the teacher says."""
    teacher.eval()
    examples = [pieced(sample, encode, pieces) for sample in samples]
    for group in groups(examples, size, random.Random(0)):
        batch = collate_pieces(group, width=400)  # type: ignore[arg-type]
        yield _lesson(batch, teacher(batch), source)


@torch.no_grad()
def own_lessons(
    model: Reader, samples: Iterable[Sample], source: str, encode: Numbers, size: int = 7000
) -> Iterator[Lesson]:
    """The samples in batches, with what the network itself says: what it knows is kept while it learns further."""
    model.eval()
    examples = [example(sample, encode) for sample in samples]
    for group in groups(examples, size, random.Random(0)):
        batch = collate(group, width=400)
        yield _lesson(batch, model(batch), source)


def _lesson(batch: Batch, told: Answers, source: str) -> Lesson:
    """A lesson in few bytes, without the pieces of its texts."""
    small = {field.name: getattr(batch, field.name) for field in fields(Batch)}
    small |= {name: small[name].to(torch.uint8) for name in ("words", "marks")}
    halves = {field.name: getattr(told, field.name).half() for field in fields(Answers)}
    return Lesson(Batch(**small), Answers(**halves), source)


@torch.no_grad()
def found_by(
    teacher: Teacher, articles: Sequence[ArticleContext], encode: Numbers, pieces: Pieces, size: int = 7000
) -> Iterator[Sample]:
    """The articles with the triggers that the teacher finds in them, and no more said of these."""
    teacher.eval()
    examples = [pieced(Sample(str(number), one, ()), encode, pieces) for number, one in enumerate(articles)]
    number_of = {id(one): number for number, one in enumerate(examples)}
    for group in groups(examples, size, random.Random(0)):
        batch = collate_pieces(group, width=0)  # type: ignore[arg-type]
        chances = iter(teacher(batch).tags.softmax(-1))
        for one in group:
            events = []
            for start, end in one.passages:
                chance = next(chances)[: end - start]
                for first, last in runs(1 - chance[:, 0] > SURE, chance):
                    events.append(_bare(start + first, start + last))
            number = number_of[id(one)]
            if events:
                yield Sample(f"text#{number}", articles[number], tuple(events))


def _bare(start: int, end: int) -> EventFrame:
    return EventFrame(start, end, "other", frozenset(), (), None, frozenset(), "", frozenset(),
                      planned=False, negative=False, main=False)  # fmt: skip


def soft_losses(answers: Answers, told: Answers, batch: Batch) -> dict[str, Tensor]:
    """How far the answers are from what was told, by head, each a mean."""
    known = batch.tags.flatten() >= 0
    found = {"tags": _apart(answers.tags.flatten(0, 1)[known], told.tags.flatten(0, 1)[known]).mean()}
    if not len(batch.triggers):
        return found
    found["types"] = 4 * _apart(answers.types / 2, told.types / 2).mean()
    found["flags"] = 4 * functional.binary_cross_entropy_with_logits(answers.flags, told.flags.sigmoid())
    first = _apart(_with(answers.pointers[..., 0], answers.nothing), _with(told.pointers[..., 0], told.nothing))
    some = 1 - _with(told.pointers[..., 0], told.nothing).softmax(1)[:, -1]
    last = _apart(answers.pointers[..., 1], told.pointers[..., 1])
    found["what"] = first.mean() + (some * last).sum() / some.sum().clamp_min(1)
    events = len(batch.triggers)
    roles = answers.options.new_zeros(())
    words = answers.options.new_zeros(events)
    for number in range(len(ROLES)):
        own, wanted = (_chances(one.options[:, number], batch, number) for one in (answers, told))
        apart = wanted.exp() * (wanted - own) * batch.allowed[:, number]
        roles = roles + apart.sum() / events
        if not number:
            phrase = batch.features[:, 0] == PHRASE
            words = words.index_add(0, batch.owner[phrase], wanted.exp()[phrase])
    found["roles"] = roles
    ends = _apart(answers.pointers[..., 2], told.pointers[..., 2]) + _apart(
        answers.pointers[..., 3], told.pointers[..., 3]
    )
    found["phrase"] = (words * ends).sum() / words.sum().clamp_min(1)
    company = answers.options.new_zeros(())
    near = (batch.features[:, 2] == 0) & (batch.features[:, 0] < NONE)
    for number, role in enumerate((0, 1, 3)):
        chosen = near & batch.allowed[:, role]
        if chosen.any():
            company = company + functional.binary_cross_entropy_with_logits(
                answers.options[chosen, len(ROLES) + number], told.options[chosen, len(ROLES) + number].sigmoid()
            )
    found["company"] = company
    return found


def _apart(own: Tensor, wanted: Tensor) -> Tensor:
    """The divergence of rows of scores from those that are wanted."""
    wanted = wanted.log_softmax(-1)
    return (wanted.exp() * (wanted - own.log_softmax(-1))).sum(-1)


def _with(scores: Tensor, nothing: Tensor) -> Tensor:
    return torch.cat([scores, nothing[:, None]], 1)


def _chances(scores: Tensor, batch: Batch, role: int) -> Tensor:
    """The logarithm of the chance of each option among those of its event."""
    scores = scores.masked_fill(~batch.allowed[:, role], -1e4)
    return scores - log_sum(scores, batch.owner, len(batch.triggers))[batch.owner]


def mixed(answers: Answers, lesson: Lesson, batch: Batch, own: Mapping[str, float] = OWN) -> Tensor:
    """The loss of a lesson: what the annotation says and what the teacher says."""
    told = Answers(**{field.name: getattr(lesson.told, field.name).float() for field in fields(Answers)})
    soft, hard = soft_losses(answers, told, batch), HARD[lesson.source]
    total = torch.zeros(())
    right = losses(answers, batch) if hard else {}
    for name, value in soft.items():
        share = own[lesson.source] if name in right and name in hard else 0.0
        total = total + WEIGHTS[name] * ((1 - share) * value + (share * right[name] if share else 0.0))
    return total


def roughened(batch: Batch, noise: np.random.Generator, rough: float) -> Batch:
    """A copy of the batch in which a share of the pairs is unknown, of words and characters a fraction of it."""

    def some(share: float) -> Tensor:
        return torch.from_numpy(noise.random(batch.chars.shape) < share)

    return replace(
        batch,
        pairs=batch.pairs.masked_fill(some(rough) & (batch.pairs > 0), UNKNOWN),
        chars=batch.chars.masked_fill(some(rough / 6) & (batch.chars > 0), UNKNOWN),
        words=batch.words.float().masked_fill(some(rough / 3)[..., None], 0.0),
        marks=batch.marks.float(),
    )


def fit_student(
    model: Reader, taught: Sequence[Lesson], steps: int, seed: int, say: Callable[[Reader, int, str], None],
    rate: float = 1e-3, rough: float = 0.1, own: Mapping[str, float] = OWN,
) -> Reader:  # fmt: skip
    """Train the network on the lessons for a number of steps. What comes out is the mean of the last weights.

    `own` is the share of the annotation in the loss, by where a text is from.
    """
    torch.manual_seed(seed)
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    trained = [weights for weights in model.parameters() if weights.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=rate, weight_decay=1e-2, fused=True)
    mean = copy.deepcopy(model)
    order: list[Lesson] = []
    smooth = 0.0
    for step in range(steps):
        if not order:
            order = rng.sample(list(taught), len(taught))
        lesson = order.pop()
        model.train()
        for settings in optimiser.param_groups:
            settings["lr"] = rate * min(1, (step + 1) / 60) * (0.02 + 0.49 * (1 + math.cos(math.pi * step / steps)))
        batch = roughened(lesson.batch, noise, rough)
        loss = mixed(model(batch), lesson, batch, own)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 2.0)
        optimiser.step()
        keep = min(KEEP, step / (step + 20))
        with torch.no_grad():
            for old, new in zip(mean.state_dict().values(), model.state_dict().values(), strict=True):
                old.lerp_(new, 1 - keep)
        smooth = 0.98 * smooth + 0.02 * float(loss.detach()) if step else float(loss.detach())
        say(mean, step + 1, f"{smooth:.3f}")
    return mean
