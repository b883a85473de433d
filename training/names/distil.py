"""Distilling: the general corpora read under our guidelines, by an ensemble of taggers and their own gold.

The general corpora keep other conventions, and the genre corpus is small. So an ensemble of trained taggers, for
which the text is of the genre, gives every sentence of the general corpora the probabilities of the tags under our
conventions. What the corpus's own annotation knows for certain overrules it: a person there is a person, and what is
none is none. The small tagger then learns from these sentences beside the annotated ones (Hinton et al. 2015,
Distilling the knowledge in a neural network).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from bulletinnlp.finetune.names.batches import Row, collate, rows
from bulletinnlp.finetune.names.samples import CORPORA, Sample
from bulletinnlp.finetune.names.tagger_network import Tagger, forward_backward
from bulletinnlp.names.decoding import TAGS
from bulletinnlp.names.encoder import Encoder
from training.names.fit import allowed

PERSON = np.array([tag.endswith("PER") for tag in TAGS])


@torch.no_grad()
def ensemble(models: Sequence[Tagger], group: list[Row]) -> np.ndarray:
    """The mean of the models' marginal probabilities of the tags, `[rows, characters, tags]`."""
    batch = collate(group)
    total = torch.zeros(())
    for model in models:
        model.eval()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=model.design.kind == "lstm"):
            scores = model(batch.chars, batch.pairs, batch.words, batch.corpus).float()
        steps = allowed() + (model.steps if model.design.crf else 0)
        total = total + forward_backward(scores, steps, batch.mask)[1] / len(models)
    return np.asarray(total.numpy())


def pseudo(samples: list[Sample], models: Sequence[Tagger], encode: Encoder, size: int = 8192) -> list[Row]:
    """The samples' sentences as sentences of the genre, with the ensemble's probabilities."""
    read = [row for sample in samples for row in rows(sample, encode)]
    own = [row.tags for row in read]
    read = [row._replace(corpus=CORPORA.index("genre")) for row in read]
    order = sorted(range(len(read)), key=lambda at: len(read[at].chars))
    result: list[Row] = []
    group: list[int] = []
    for number, at in enumerate(order):
        group.append(at)
        if len(group) * len(read[at].chars) >= size or number == len(order) - 1:
            marginals = ensemble(models, [read[i] for i in group])
            for i, soft in zip(group, marginals, strict=True):
                row = read[i]
                result.append(row._replace(soft=overrule(soft[: len(row.chars)], own[i]).astype(np.float16)))
            group = []
    return result


def overrule(soft: np.ndarray, own: np.ndarray) -> np.ndarray:
    """The probabilities with persons as the corpus itself has them."""
    person = PERSON[own]
    soft = soft * ~PERSON
    soft /= soft.sum(-1, keepdims=True) + 1e-9
    soft[person] = np.eye(len(TAGS), dtype=np.float32)[own[person]]
    lost = soft.sum(-1) < 0.5
    soft[lost] = np.eye(len(TAGS), dtype=np.float32)[0]
    return soft
