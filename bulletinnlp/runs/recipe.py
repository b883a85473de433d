"""How a process that reads pages makes its pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import registry

from bulletinnlp.lexicons import SHIPPED, Lexicons
from bulletinnlp.models.model_spec import model_specs
from bulletinnlp.output.ownership import made_by_run
from bulletinnlp.pipeline import check, load, written


@dataclass(frozen=True)
class Recipe:
    """The pipeline that `load(model=…, exclude=…, lexicons=…)` gives, or the one that `nlp.to_disk(folder)` saved.

    >>> Recipe(exclude=("names", "places", "references", "roles", "quotes", "events")).load().pipe_names
    ['bulletin_bylines', 'bulletin_times', 'bulletin_entities']
    """

    model: str = "embedded"
    exclude: tuple[str, ...] = ()
    lexicons: Lexicons = SHIPPED
    folder: str | None = None
    #: Where the stages of a saved pipeline are defined.
    modules: tuple[str, ...] = ()

    def load(self) -> Language:
        """Make the pipeline. Raises ValueError for a model or a stage that does not exist, or that others need."""
        for module in self.modules:
            import_module(module)
        if self.folder:
            nlp = spacy.load(self.folder)
        else:
            nlp = load(model=self.model, exclude=self.exclude, lexicons=self.lexicons)
        check(nlp)
        return nlp

    def files(self) -> Iterator[Path]:
        """The files that the models are read from: lists of names, and what lies in the folders of models."""
        for spec in model_specs(self.model):
            path = Path(spec.what)
            if spec.what and path.is_dir():
                yield from (file for file in path.rglob("*") if not made_by_run(file))  # tables may lie beside a model
            elif spec.what:
                yield path

    def facts(self) -> dict[str, Any]:
        """What a run's record says of it."""
        model = str(self.folder or self.model)
        return {"model": model, "exclude": sorted(self.exclude), "lexicons": self.lexicons.digest}


@contextmanager
def shared(nlp: Language | None, recipe: Recipe) -> Iterator[Recipe]:
    """A recipe for the pipeline `nlp`, good for as long as the context lasts; without one, `recipe`.

    Raises ValueError if a stage is defined where other processes can not find it.
    """
    if nlp is None:
        yield recipe
        return
    modules = {module: name for name in nlp.pipe_names for module in _modules(nlp, name)}
    if inner := [name for name in nlp.pipe_names if any(_is_inner(what) for what in _made_of(nlp, name))]:
        told = "other processes can not see it; define it outside, in a module, or read with workers=1"
        raise ValueError(f"the stage {inner[0]} is defined inside a function: {told}")
    if stage := modules.get("__main__"):
        told = "other processes can not see it; define it in a module that you import, or read with workers=1"
        raise ValueError(f"the stage {stage} is defined in your script or notebook: {told}")
    with TemporaryDirectory(prefix="bulletinnlp-") as folder:
        nlp.to_disk(folder)
        yield Recipe(folder=folder, modules=tuple(modules))


def _modules(nlp: Language, name: str) -> set[str]:
    """The modules that define a stage: what it is, and what makes it."""
    return {getattr(what, "__module__", None) or type(what).__module__ for what in _made_of(nlp, name)}


def _made_of(nlp: Language, name: str) -> tuple[Any, Any]:
    """A stage, and what makes it."""
    factory = nlp.get_factory_meta(nlp.get_pipe_meta(name).factory)
    return nlp.get_pipe(name), registry.factories.get(Language.get_factory_name(factory.factory))


def _is_inner(what: Any) -> bool:
    """Whether a function is made anew by another one, so that importing its module does not define it."""
    return "<locals>" in getattr(what, "__qualname__", "") and not what.__module__.startswith("spacy.")


def filled(nlp: Language) -> list[str]:
    """What says which tables a pipeline fills: the names of its stages, and what they write."""
    return [*nlp.pipe_names, *written(nlp)]


@lru_cache(maxsize=1)
def pipeline(recipe: Recipe) -> Language:
    """The pipeline of a recipe, made once in a process."""
    return recipe.load()
