"""The best tags of a sentence, and how likely any span of it is a name.

The tagger scores the tags O and B, I, E, S of each label for each character. A linear chain over these scores, in which
only well-formed names can be spelt, gives the best sequence (Viterbi) and, by the forward-backward recursion (Rabiner
1989), the probability of any span being a name of any label: `Lattice.chance`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bulletinnlp.annotations import LABELS, Label

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


def tags_of(label: Label) -> tuple[int, int, int, int]:
    """The numbers of B, I, E, S of a label."""
    first = 1 + 4 * LABELS.index(label)
    return first, first + 1, first + 2, first + 3


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

    @property
    def tags(self) -> NDArray[np.intp]:
        """The best sequence of tags (Viterbi)."""
        best = self.local[0] * _OPEN
        back = []
        for here in self.local[1:]:
            grid = best[:, None] * self.weights
            back.append(grid.argmax(0))
            best = grid.max(0) * here
            best /= best.max()
        tags = [int((best * _CLOSED).argmax())]
        for origins in reversed(back):
            tags.append(int(origins[tags[-1]]))
        return np.array(tags[::-1], dtype=np.intp)

    def chance(self, start: int, end: int, label: Label) -> float:
        """The probability that exactly `start`–`end` is a name of this label."""
        begin, inside, final, single = tags_of(label)
        tag = single if end - start == 1 else begin
        value = self._entered(start, tag)
        for at in range(start + 1, end):
            following = final if at == end - 1 else inside
            value *= self._step(at, tag, following)
            tag = following
        return min(1.0, float(value * self.after[end - 1, tag]))

    def ends(self, start: int, label: Label, least: float) -> Iterator[tuple[int, float]]:
        """Where a name of this label and of several characters that begins at `start` may end, with the chance of each.

        Goes on as long as the name goes on with a chance of `least`: no longer name is likelier.

        >>> from bulletinnlp.names.tagger import embedded
        >>> lattice, = embedded().read(["县教育局局长贺秋实说"])
        >>> [end for end, chance in lattice.ends(0, "ORG", 0.02) if chance > 0.5]
        [4]
        """
        tag, inside, final, _ = tags_of(label)
        value = self._entered(start, tag)
        for at in range(start + 1, len(self.scale)):
            yield at + 1, min(1.0, float(value * self._step(at, tag, final) * self.after[at, final]))
            value *= self._step(at, tag, inside)
            if value * self.after[at, inside] < least:
                return
            tag = inside

    def _entered(self, start: int, tag: int) -> float:
        """The weight of all ways to come to a tag that begins a name."""
        entry = _OPEN[tag] if start == 0 else float(self.before[start - 1] @ self.weights[:, tag])
        return entry * float(self.local[start, tag]) / float(self.scale[start])

    def _step(self, at: int, tag: int, following: int) -> float:
        """The weight of the step to the tag `following` at a character."""
        return float(self.weights[tag, following] * self.local[at, following]) / float(self.scale[at])

    def found(self) -> list[Found]:
        """The names of the best sequence."""
        return self.spelt(self.tags)

    def spelt(self, tags: NDArray[np.intp]) -> list[Found]:
        """The names that a sequence of tags spells."""
        names, start = [], 0
        for at in np.flatnonzero(tags).tolist():
            kind, label = (int(tags[at]) - 1) % 4, LABELS[(int(tags[at]) - 1) // 4]
            if kind in (0, 3):
                start = at
            if kind in (2, 3):
                names.append(Found(start, at + 1, label, self.chance(start, at + 1, label)))
        return names


def lattices(scores: Sequence[Floats], weights: Floats) -> list[Lattice]:
    """The lattices of sentences, each with the scores of its characters, `[characters, tags]`.

    All are run through side by side, the longest first, so that at every step those that go on are the first rows.
    """
    lengths = np.array([len(some) for some in scores], dtype=np.intp)
    order = np.argsort(-lengths, kind="stable")
    longest = int(lengths.max(initial=0))
    #: How many sentences have more than so many characters.
    going = (lengths[:, None] > np.arange(longest + 1)).sum(0).tolist()
    local = np.zeros((longest, len(scores), len(TAGS)), dtype=np.float32)
    for row, number in enumerate(order.tolist()):
        local[: lengths[number], row] = scores[number]
    np.exp(local - local.max(-1, keepdims=True), out=local)
    before, after = np.empty_like(local), np.empty_like(local)
    scale = np.empty(local.shape[:2], dtype=np.float32)
    arrive = np.ascontiguousarray(weights.T)
    for at in range(longest):
        here = local[at, : going[at]]
        row_sum = (before[at - 1, : going[at]] @ weights) * here if at else here * _OPEN
        total = row_sum.sum(-1, keepdims=True)
        before[at, : going[at]] = row_sum / total
        scale[at, : going[at]] = total[:, 0]
    for at in range(longest - 1, -1, -1):
        more, all_here = going[at + 1], going[at]
        if more:
            after[at, :more] = ((local[at + 1, :more] * after[at + 1, :more]) @ arrive) / scale[at + 1, :more, None]
        if all_here > more:  # sentences that end here
            ends = before[at, more:all_here] * _CLOSED
            after[at, more:all_here] = _CLOSED / ends.sum(-1, keepdims=True)
    found: list[Lattice | None] = [None] * len(scores)
    for row, number in enumerate(order.tolist()):
        size = lengths[number]
        found[number] = Lattice(local[:size, row], before[:size, row], after[:size, row], scale[:size, row], weights)
    return [lattice for lattice in found if lattice is not None]
