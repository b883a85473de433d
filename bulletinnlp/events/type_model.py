"""What kind an event is: the network's scores, and those of a linear model over the words of the whole row.

The two are unlike enough that their sum is better than either (`data/events/README.md`). The weights,
`data/events/types.npz`, are fitted by `training/events/linear_models.py`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import numpy as np

from bulletinnlp.annotations import EVENT_TYPES
from bulletinnlp.data import resource
from bulletinnlp.events.arguments import EventFrame
from bulletinnlp.events.article_context import ArticleContext
from bulletinnlp.names.decoding import Floats

#: How far around a trigger its sentence is read, in characters.
BEFORE, BEHIND = 12, 16


class TypeModel:
    """A multinomial logit over named features: `weights` has a row a feature, a column a type."""

    def __init__(self, features: Sequence[str], weights: Floats) -> None:
        self.row = {feature: number for number, feature in enumerate(features)}
        self.weights = weights

    def scores(self, features: Iterable[str]) -> Floats:
        """The score of each type; features that the model has not seen count nothing."""
        rows = [row for row in map(self.row.get, features) if row is not None]
        total: Floats = self.weights[rows].sum(axis=0, dtype=np.float32)
        return total


@cache
def load_types() -> TypeModel:
    """The shipped model."""
    with np.load(io.BytesIO(resource("events", "types.npz").read_bytes())) as stored:
        features = bytes(stored["features"]).decode("utf-8").split("\n")
        return TypeModel(features, stored["weights"] * stored["scale"].astype(np.float32))


def types_of(model: TypeModel, article: ArticleContext, frames: Sequence[EventFrame], network: Floats) -> list[str]:
    """The type of each event; `network` holds the network's scores, a row an event."""
    if not frames:
        return []
    kinds = {mention.name: mention.label for mention in article.mentions}
    linear = np.stack([model.scores(type_features(article, frame, kinds)) for frame in frames])
    best = (_logarithms(network) + _logarithms(linear)).argmax(1)
    return [EVENT_TYPES[number] for number in best.tolist()]


def _logarithms(scores: Floats) -> Floats:
    """The logarithms of the chances, a row an event."""
    shifted = scores - scores.max(1, keepdims=True)
    chances: Floats = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return chances


def type_features(article: ArticleContext, frame: EventFrame, kinds: Mapping[str, str]) -> Iterator[str]:
    """The words of trigger, object, actors and surroundings; `kinds` are the labels of names."""
    text = article.text
    trigger = text[frame.start : frame.end]
    yield from (f"trigger={trigger}", f"trigger begins={trigger[0]}", f"trigger ends={trigger[-1]}")
    yield from (f"trigger has={char}" for char in trigger)
    words = text[slice(*frame.what)] if frame.what else ""
    yield from (f"object has={words[at : at + 2]}" for at in range(len(words) - 1))
    yield from (f"object has={char}" for char in words)
    yield from (f"object ends={words[-2:]}", f"object ends={words[-1:]}", f"{trigger} {words[-2:]}")
    sentence = article.sentences[article.sentence_at(frame.start)]
    around = text[max(sentence.start, frame.start - BEFORE) : min(sentence.end, frame.end + BEHIND)]
    yield from (f"around={around[at : at + 2]}" for at in range(len(around) - 1))
    if not frame.who and not frame.phrases:
        yield "nobody acts"
    for name in frame.who:
        yield from (f"actor is {kinds.get(name, '?')}", f"actor's name ends={name[-2:]}")
    for start, end in frame.phrases:
        yield f"actor ends={text[start:end][-2:]}"
    if frame.whom:
        yield "whom"
