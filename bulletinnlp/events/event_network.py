"""The network of events, run by ONNX Runtime on one thread.

Two graphs: the encoder reads passages and gives each character a vector and the chances that a trigger begins, goes on
or is not there; the heads read the triggers that were found and score types, flags and the candidates for arguments.
How it was made and how well it does: `training/events` and `data/events/README.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bulletinnlp.data import resource
from bulletinnlp.events.arguments import Scores
from bulletinnlp.events.article_context import ArticleContext
from bulletinnlp.events.character_marks import MARKS, marks
from bulletinnlp.events.head_inputs import Inputs, Ints, distances
from bulletinnlp.names.decoding import Floats
from bulletinnlp.names.encoder import unpack
from bulletinnlp.names.tagger import session

#: Passages stand one behind the other, with a gap that no convolution crosses, and are read in stretches of so many
#: characters: longer ones do not fit the cache. So many triggers are scored at once.
GAP, STRETCH, TRIGGERS = 8, 400, 96


class Encoded(NamedTuple):
    """An article in numbers: its characters, and for each character of the text its place among the vectors.

    `vectors`, `keys` (by which objects are found) and `senses` (what characters mean alone) are shared by the
    articles that were read together; their last row is zero, which `places` gives for characters that are in no
    passage. `tags` are the chances of no trigger, its beginning, its going on.
    """

    chars: Ints
    places: Ints
    vectors: Floats
    keys: Floats
    senses: Floats
    tags: Floats

    @property
    def trigger_chances(self) -> Floats:
        """The tags of the characters of the text."""
        chances: Floats = self.tags[self.places[:-1]]
        return chances


class HeadScores(NamedTuple):
    """The scores of the heads for an article's triggers: of the types (a row a trigger), the chances of being
    planned and negative, the scores of the arguments."""

    types: Floats
    planned: list[float]
    negative: list[float]
    scores: list[Scores]


class EventNetwork:
    """The encoder and the heads. `folder` holds `encoder.onnx` and `heads.onnx`."""

    def __init__(self, folder: Path | Traversable) -> None:
        self.folder = folder
        self.encoder, self.heads = session(folder / "encoder.onnx"), session(folder / "heads.onnx")

    def __reduce__(self) -> tuple[Callable[..., EventNetwork], tuple[Path | Traversable, ...]]:
        """A session of ONNX Runtime can not be pickled: a copy is loaded anew from the folder."""
        own = embedded.cache_info().currsize and embedded() is self
        return (embedded, ()) if own else (EventNetwork, (self.folder,))

    def encode(self, articles: Sequence[ArticleContext]) -> list[Encoded]:
        """The articles with the vectors and tags of their characters; what is read beside one does not matter."""
        numbers = [article.numbers for article in articles]
        bits = [marks(article) for article in articles]
        places = [np.full(len(article.text) + 1, -1, np.int64) for article in articles]
        put: list[tuple[int, int, int, int]] = []  # where a passage stands, its article, start and end
        cuts, at = [0], 0
        for number, article in enumerate(articles):
            for start, end, _ in article.passages:
                if at + end - start > cuts[-1] + STRETCH:
                    cuts.append(at)
                put.append((at, number, start, end))
                places[number][start:end] = np.arange(at, at + end - start)
                at += end - start + GAP
        chars, pairs = np.zeros(at, np.int64), np.zeros(at, np.int64)
        words, marked = np.zeros(at, np.uint64), np.zeros(at, np.uint32)
        for first, number, start, end in put:
            there = slice(first, first + end - start)
            chars[there], pairs[there], words[there] = (row[start:end] for row in numbers[number])
            marked[there] = bits[number][start:end]
        stretches = [slice(*edges) for edges in pairwise([*cuts, at]) if edges[0] < edges[1]]
        vectors, keys, senses, tags = self._run(stretches or [slice(0, 0)], chars, pairs, words, marked)
        return [
            Encoded(own, place, vectors, keys, senses, tags) for (own, _, _), place in zip(numbers, places, strict=True)
        ]

    def score(
        self, articles: Sequence[ArticleContext], encoded: Sequence[Encoded], inputs: Sequence[Inputs]
    ) -> list[HeadScores]:
        """What the heads say of the triggers of articles that were encoded together.

        So many are scored at once as memory allows: those of several articles, or a part of those of a long one.
        """
        parts = [
            (number, one.part(first, first + TRIGGERS))
            for number, one in enumerate(inputs)
            for first in range(0, max(1, len(one.triggers)), TRIGGERS)
        ]
        found: list[list[HeadScores]] = [[] for _ in inputs]
        first = total = 0
        for last, (_, part) in enumerate(parts, 1):
            total += len(part.triggers)
            if total >= TRIGGERS or last == len(parts):
                numbers = [number for number, _ in parts[first:last]]
                some = [part for _, part in parts[first:last]]
                read = self._score([articles[n] for n in numbers], [encoded[n] for n in numbers], some)
                for number, one in zip(numbers, read, strict=True):
                    found[number].append(one)
                first, total = last, 0
        return [_together(some) for some in found]

    def _score(
        self, articles: Sequence[ArticleContext], encoded: Sequence[Encoded], inputs: Sequence[Inputs]
    ) -> list[HeadScores]:
        counts = [len(one.triggers) for one in inputs]
        if not sum(counts):
            return [HeadScores(np.zeros((0, 0), np.float32), [], [], []) for _ in inputs]
        windows = np.concatenate([one.windows for one in inputs])
        width = int((windows[:, 1] - windows[:, 0]).max())
        seen = np.full((len(windows), width), -1, np.int64)
        row = 0
        for one, place in zip(inputs, encoded, strict=True):
            for start, end in one.windows.tolist():
                seen[row, : end - start] = place.places[start:end]
                row += 1
        triggers = np.concatenate([one.triggers for one in inputs])
        ends = np.cumsum([0, *counts])
        feed = {
            "vectors": encoded[0].vectors,
            "keys": encoded[0].keys,
            "triggers": np.concatenate([e.places[one.triggers] for e, one in zip(encoded, inputs, strict=True)]),
            "owner": np.concatenate([one.owner + ends[at] for at, one in enumerate(inputs)]),
            "places": np.concatenate([e.places[one.places] for e, one in zip(encoded, inputs, strict=True)]),
            "beside": np.concatenate([one.beside for one in inputs]),
            "features": np.concatenate([one.features for one in inputs]),
            "windows": seen,
            "distances": distances(windows, triggers, width),
            "outside": seen < 0,
            "senses": encoded[0].senses,
            "headlines": np.stack([_headline(a, e.places, e.vectors) for a, e in zip(articles, encoded, strict=True)]),
            "topics": np.stack([_headline(a, e.places, e.senses) for a, e in zip(articles, encoded, strict=True)]),
            "article_of": np.repeat(np.arange(len(inputs)), counts),
        }
        types, flags, roles, pointers, nothing = self.heads.run(None, feed)
        chances = 1 / (1 + np.exp(-flags))
        rows = roles.tolist()
        found = []
        candidate = 0
        for one, first, last in zip(inputs, ends[:-1].tolist(), ends[1:].tolist(), strict=True):
            scores = []
            for number, candidates in enumerate(one.candidates):
                start, end = one.windows[number].tolist()
                scores.append(
                    Scores(candidates, rows[candidate : candidate + len(candidates)], (start, end),
                           pointers[first + number, : end - start], float(nothing[first + number, 0]))
                )  # fmt: skip
                candidate += len(candidates)
            found.append(
                HeadScores(
                    types[first:last], chances[first:last, 0].tolist(), chances[first:last, 1].tolist(), scores,
                )
            )  # fmt: skip
        return found

    def _run(
        self,
        stretches: Sequence[slice],
        chars: Ints,
        pairs: Ints,
        words: NDArray[np.uint64],
        marked: NDArray[np.uint32],
    ) -> list[Floats]:
        """Vectors, keys, senses and tags of the characters, and a last row for none."""
        found: list[Floats] = []
        for there in stretches:
            feed = {
                "chars": chars[None, there],
                "pairs": pairs[None, there],
                "words": unpack(words[None, there]),
                "marks": unpack(marked[None, there], len(MARKS)),
            }
            some = self.encoder.run(None, feed)
            if not found:
                found = [np.zeros((len(chars) + 1, one.shape[-1]), one.dtype) for one in some]
                found[-1][-1, 0] = 1.0
            for whole, one in zip(found, some, strict=True):
                whole[there] = one[0]
        return found


def _together(parts: Sequence[HeadScores]) -> HeadScores:
    """The scores of the parts of an article's triggers, as one."""
    if len(parts) == 1:
        return parts[0]
    return HeadScores(
        np.concatenate([part.types for part in parts]),
        [chance for part in parts for chance in part.planned],
        [chance for part in parts for chance in part.negative],
        [scores for part in parts for scores in part.scores],
    )


def _headline(article: ArticleContext, places: Ints, vectors: Floats) -> Floats:
    """The mean vector of eyebrow and headline, zeros where there is none."""
    heads = [places[passage.start : passage.end] for passage in article.passages if passage.in_headline]
    if not heads:
        return np.zeros(vectors.shape[1], np.float32)
    mean: Floats = vectors[np.concatenate(heads)].mean(axis=0, dtype=np.float32)
    return mean


@cache
def embedded() -> EventNetwork:
    """The network that ships with the package, loaded once a process."""
    return EventNetwork(resource("events"))
