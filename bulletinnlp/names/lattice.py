"""The best tags of a sentence, and how likely any span of it is a name.

The tagger scores the tags O and B, I, E, S of each label for each character. A linear chain over these scores, in which
only well-formed names can be spelt, gives the best sequence (Viterbi) and, by the forward-backward recursion (Rabiner
1989), the probability of any span being a name of any label: `Lattice.chance`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bulletinnlp.names.name import LABELS, Label

Floats = NDArray[np.float32]
#: O, then B, I, E, S of each label.
TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BIES"))
_OPEN = np.array([tag[0] in "OBS" for tag in TAGS], dtype=np.float32)
_CLOSED = np.array([tag[0] in "OES" for tag in TAGS], dtype=np.float32)


def chain(steps: Floats) -> Floats:
    """The weights of the steps between tags: `exp(steps)`, 0 where the step spells no name (B-PER to O)."""
    ok = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    for i, left in enumerate(TAGS):
        for j, right in enumerate(TAGS):
            if left[0] in "BI":
                ok[i, j] = right[0] in "IE" and left[2:] == right[2:]
            else:
                ok[i, j] = right[0] in "OBS"
    return np.exp(steps, dtype=np.float32) * ok


class Found(NamedTuple):
    """A span of a sentence that the best sequence calls a name."""

    start: int
    end: int
    label: Label
    chance: float


class Lattice(NamedTuple):
    """The scores of one sentence, run through forwards and backwards."""

    local: Floats
    before: Floats
    after: Floats
    scale: Floats
    weights: Floats
    tags: NDArray[np.intp]

    def chance(self, start: int, end: int, label: Label) -> float:
        """The probability that exactly `start`–`end` is a name of this label."""
        first = 1 + 4 * LABELS.index(label)
        begin, inside, final, single = first, first + 1, first + 2, first + 3
        tag = single if end - start == 1 else begin
        entry = _OPEN[tag] if start == 0 else float(self.before[start - 1] @ self.weights[:, tag])
        value = entry * float(self.local[start, tag]) / float(self.scale[start])
        for at in range(start + 1, end):
            following = final if at == end - 1 else inside
            value *= float(self.weights[tag, following] * self.local[at, following]) / float(self.scale[at])
            tag = following
        return min(1.0, float(value * self.after[end - 1, tag]))

    def found(self) -> list[Found]:
        """The names of the best sequence."""
        names, start = [], 0
        for at in np.flatnonzero(self.tags).tolist():
            kind, label = (int(self.tags[at]) - 1) % 4, LABELS[(int(self.tags[at]) - 1) // 4]
            if kind in (0, 3):
                start = at
            if kind in (2, 3):
                names.append(Found(start, at + 1, label, self.chance(start, at + 1, label)))
        return names


def lattices(scores: Floats, lengths: NDArray[np.intp], weights: Floats) -> list[Lattice]:
    """The lattices of a padded batch of scores, `[sentences, characters, tags]`."""
    local = np.exp(scores - scores.max(-1, keepdims=True))
    size, longest, _ = local.shape
    before, after = np.empty_like(local), np.empty_like(local)
    scale = np.empty((size, longest), dtype=np.float32)
    best, back = np.empty_like(local), np.empty(local.shape, dtype=np.int8)
    arrive = np.ascontiguousarray(weights.T)
    row = local[:, 0] * _OPEN
    top = row
    for at in range(longest):
        if at:
            grid = top[:, None, :] * arrive
            back[:, at] = grid.argmax(-1)
            top = grid.max(-1) * local[:, at]
            row = (row @ weights) * local[:, at]
        total = row.sum(-1, keepdims=True)
        row = row / total
        top = top / top.max(-1, keepdims=True)
        before[:, at], best[:, at], scale[:, at] = row, top, total[:, 0]
    tags = np.zeros((size, longest), dtype=np.intp)
    index = np.arange(size)
    last = lengths - 1
    ends = before[index, last] * _CLOSED
    closing = _CLOSED / ends.sum(-1, keepdims=True)
    chosen = (best[index, last] * _CLOSED).argmax(-1)
    behind = closing
    path = chosen
    for at in range(longest - 1, -1, -1):
        ended = at >= last
        if at < longest - 1:
            step = ((local[:, at + 1] * behind) @ arrive) / scale[:, at + 1, None]
            behind = np.where(ended[:, None], closing, step)
            path = np.where(ended, chosen, back[index, at + 1, path])
        after[:, at], tags[:, at] = behind, path
    return [
        Lattice(local[i, :n], before[i, :n], after[i, :n], scale[i, :n], weights, tags[i, :n])
        for i, n in enumerate(lengths.tolist())
    ]
