"""The lattice against counting every well-formed sequence of tags by hand."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from bulletinnlp.annotations import LABELS
from bulletinnlp.names.decoding import TAGS, chain, lattices


def spans(path: tuple[int, ...]) -> set[tuple[int, int, str]]:
    """The names that a sequence of tags spells."""
    found, start = set(), 0
    for at, number in enumerate(path):
        tag = TAGS[number]
        if tag[0] in "BS":
            start = at
        if tag[0] in "ES":
            found.add((start, at + 1, tag[2:]))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_chances_and_best_sequence(seed: int) -> None:
    rng = np.random.default_rng(seed)
    steps = rng.normal(size=(len(TAGS), len(TAGS))).astype(np.float32)
    scores = rng.normal(size=(1, 3, len(TAGS))).astype(np.float32)
    weights = chain(steps)
    total, best, mass = 0.0, (0.0, ()), {}
    for path in product(range(len(TAGS)), repeat=3):
        if TAGS[path[0]][0] not in "OBS" or TAGS[path[-1]][0] not in "OES":
            continue
        weight = float(np.prod([weights[a, b] for a, b in pairwise(path)]))
        weight *= float(np.exp(sum(scores[0, at, tag] for at, tag in enumerate(path))))
        total += weight
        best = max(best, (weight, path))
        for span in spans(path):
            mass[span] = mass.get(span, 0.0) + weight
    (lattice,) = lattices(scores, weights)
    assert tuple(lattice.tags.tolist()) == best[1]
    for start, end in ((0, 1), (0, 2), (1, 3), (0, 3)):
        for label in LABELS:
            assert lattice.chance(start, end, label) == pytest.approx(mass[start, end, label] / total, rel=1e-3)


def test_padding_changes_nothing() -> None:
    rng = np.random.default_rng(1)
    weights = chain(np.zeros((len(TAGS), len(TAGS)), dtype=np.float32))
    scores = rng.normal(size=(2, 6, len(TAGS))).astype(np.float32)
    padded = lattices([scores[0], scores[1, :4]], weights)[1]
    (alone,) = lattices([scores[1, :4]], weights)
    assert padded.tags.tolist() == alone.tags.tolist()
    assert padded.chance(1, 3, "ORG") == pytest.approx(alone.chance(1, 3, "ORG"), rel=1e-4)
