"""How a process that reads pages makes its pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from tempfile import TemporaryDirectory
from typing import Any

import spacy
from spacy.language import Language

from bulletinnlp.pipeline import load, written


@dataclass(frozen=True)
class Recipe:
    """The pipeline that `load(model=…, exclude=…)` gives, or the one that `nlp.to_disk(folder)` saved.

    >>> Recipe(exclude=("names", "places", "references", "roles", "quotes", "events")).load().pipe_names
    ['bulletin_bylines', 'bulletin_times']
    """

    model: str = "embedded"
    exclude: tuple[str, ...] = ()
    folder: str | None = None

    def load(self) -> Language:
        """Make the pipeline. Raises ValueError for a model or a stage that does not exist."""
        return spacy.load(self.folder) if self.folder else load(model=self.model, exclude=self.exclude)

    def facts(self) -> dict[str, Any]:
        """What a run's record says of it."""
        return {"model": self.folder or self.model, "exclude": sorted(self.exclude)}


@contextmanager
def shared(nlp: Language | None, recipe: Recipe) -> Iterator[Recipe]:
    """A recipe for the pipeline `nlp`, good for as long as the context lasts; without one, `recipe`."""
    if nlp is None:
        yield recipe
        return
    with TemporaryDirectory(prefix="bulletinnlp-") as folder:
        nlp.to_disk(folder)
        yield Recipe(folder=folder)


def filled(nlp: Language) -> list[str]:
    """What says which tables a pipeline fills: the names of its stages, and what they write."""
    return [*nlp.pipe_names, *written(nlp)]


@lru_cache(maxsize=1)
def pipeline(recipe: Recipe) -> Language:
    """The pipeline of a recipe, made once in a process."""
    return recipe.load()
