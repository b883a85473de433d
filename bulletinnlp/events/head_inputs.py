"""The inputs of the network's heads, for the triggers of an article: numbers, places counted in the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bulletinnlp.events.article_context import ArticleContext, Span
from bulletinnlp.events.candidates import PREVIOUS, SIZES, ArgumentCandidate, candidates

Ints = NDArray[np.int64]
#: How far before and behind a predicate its object and an actor's words may stand, within its sentence.
BEFORE, BEHIND = 40, 60
#: Distances from the predicate beyond this count as this.
REACH = 64


class Inputs(NamedTuple):
    """For each trigger: `triggers` (first and last character), `windows` (start and end), and its candidates. For each
    candidate, those of all triggers one behind the other: `owner` (which trigger), `places` (first and last character
    of the mention or of the trigger before; -1), `beside` (the characters before and behind it, by number) and
    `features`."""

    triggers: Ints
    windows: Ints
    candidates: list[list[ArgumentCandidate]]
    owner: Ints
    places: Ints
    beside: Ints
    features: Ints

    def part(self, first: int, last: int) -> Inputs:
        """The inputs of the triggers `first:last` alone."""
        start, end = np.searchsorted(self.owner, [first, last]).tolist()
        return Inputs(
            self.triggers[first:last], self.windows[first:last], self.candidates[first:last],
            self.owner[start:end] - first, self.places[start:end], self.beside[start:end], self.features[start:end],
        )  # fmt: skip


def inputs(article: ArticleContext, chars: Ints, triggers: Sequence[Span]) -> Inputs:
    """The inputs for these triggers of an article; `chars` are the numbers of its characters."""
    every = [
        candidates(article, start, end, triggers[number - 1] if number else None)
        for number, (start, end) in enumerate(triggers)
    ]
    places, features = [], []
    for number, some in enumerate(every):
        for candidate in some:
            features.append(candidate.features)
            if candidate.mention >= 0:
                mention = article.mentions[candidate.mention]
                places.append((mention.start, mention.end - 1))
            elif candidate.kind == PREVIOUS:
                start, end = triggers[number - 1]
                places.append((start, end - 1))
            else:
                places.append((-1, -1))
    placed = _ints(places, 2)
    mentioned = np.array([candidate.mention >= 0 for some in every for candidate in some], bool)
    return Inputs(
        triggers=_ints([(start, end - 1) for start, end in triggers], 2),
        windows=_ints([_window(article, start, end) for start, end in triggers], 2),
        candidates=every,
        owner=np.repeat(np.arange(len(every)), [len(some) for some in every]),
        places=placed,
        beside=_beside(chars, placed, mentioned),
        features=_ints(features, len(SIZES)),
    )


def _ints(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    return np.array(rows, np.int64).reshape(-1, width)


def _window(article: ArticleContext, start: int, end: int) -> Span:
    sentence = article.sentences[article.sentence_at(start)]
    return max(sentence.start, start - BEFORE), min(sentence.end, end + BEHIND)


def _beside(chars: Ints, places: Ints, mentioned: NDArray[np.bool_]) -> Ints:
    """The characters before and behind each mention; 0 for the other candidates and at the ends of the text."""
    padded = np.concatenate([[0], chars, [0]])
    found = np.stack([padded[places[:, 0]], padded[places[:, 1] + 2]], axis=1)
    return np.where(mentioned[:, None], found, 0)


def distances(windows: Ints, triggers: Ints, width: int) -> Ints:
    """How far each character of a window stands from its predicate, from 0 to twice `REACH`."""
    at = windows[:, :1] + np.arange(width)
    first, last = triggers[:, :1], triggers[:, 1:]
    distance = np.where(at < first, at - first, np.maximum(0, at - last))
    clipped: Ints = np.clip(distance, -REACH, REACH) + REACH
    return clipped
