"""Fitting the weights of the evidence (`bulletinnlp.names.candidates`) on articles that the tagger has not read."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import torch

from bulletinnlp.finetune.names.samples import Sample
from bulletinnlp.names.candidates import FEATURES, NameCandidate, TaggedSentence, candidates
from bulletinnlp.names.tagger import Tagger
from bulletinnlp.text.sentences import sentences


def document(article: list[Sample]) -> tuple[str, list[tuple[int, int]], set[tuple[int, int, str]]]:
    """An article as one text, where its samples stand in it, and its names."""
    text, stretches, names = "", [], set()
    for sample in article:
        names |= {(start + len(text), end + len(text), label) for start, end, label in sample.names}
        stretches.append((len(text), len(text) + len(sample.text)))
        text += sample.text + "\n"
    return text, stretches, names


def observe(tagger: Tagger, articles: Iterable[list[Sample]]) -> list[list[tuple[NameCandidate, bool]]]:
    """The candidates of each article, and whether each is right."""
    result = []
    for article in articles:
        text, stretches, gold = document(article)
        cuts = [cut for start, end in stretches for cut in sentences(text, start, end)]
        lattices = tagger.read([text[start:end] for start, end in cuts])
        read = [TaggedSentence(start, end, lattice) for (start, end), lattice in zip(cuts, lattices, strict=True)]
        found = candidates(text, read, stretches)
        result.append([(c, (c.start, c.end, c.label) in gold) for c in found])
    return result


def regress(observed: list[list[tuple[NameCandidate, bool]]], ridge: float = 0.02) -> list[float]:
    """Weights of the features by logistic regression with a ridge."""
    x = torch.tensor(np.array([c.features for row in observed for c, _ in row]), dtype=torch.float64)
    y = torch.tensor([float(right) for row in observed for _, right in row], dtype=torch.float64)
    w = torch.zeros(len(FEATURES), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([w], max_iter=300, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ w, y, reduction="sum") + ridge * 50 * w @ w
        loss.backward()
        return loss

    optimiser.step(closure)  # type: ignore[arg-type]
    return [round(value, 4) for value in w.tolist()]
