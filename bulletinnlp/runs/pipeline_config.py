"""How a process that reads pages makes its pipeline."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import registry

from bulletinnlp.lexicons import SHIPPED, Lexicons, LexiconSource, lexicons_from
from bulletinnlp.models.model_spec import model_specs
from bulletinnlp.pages.run_record import made_by_run
from bulletinnlp.pipeline import check, excluded, load, refuse_unused, written


class ChangedModelError(RuntimeError):
    """A list of names, or a model, is no longer what it was when the run began."""


@dataclass(frozen=True)
class PipelineConfig:
    """The pipeline that `load(model=…, exclude=…, lexicons=…)` gives, or the one that `nlp.to_disk(folder)` saved.

    >>> PipelineConfig(exclude=("names", "places", "references", "roles", "quotes", "events")).load().pipe_names
    ['bulletin_bylines', 'bulletin_times', 'bulletin_entities']
    """

    model: str = "embedded"
    exclude: tuple[str, ...] = ()
    lexicons: Lexicons = SHIPPED
    folder: str | None = None
    #: Where the stages of a saved pipeline are defined.
    modules: tuple[str, ...] = ()
    #: The files and folders that its models are read from, with the digest of each when the run began.
    digests: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, model: str, exclude: str | Iterable[str], lexicons: LexiconSource | None) -> PipelineConfig:
        """That of `load(model=…, exclude=…, lexicons=…)`. Raises ValueError for another model, for wrong lexicons."""
        refuse_unused(model, excluded(exclude))
        return cls(model, excluded(exclude), lexicons_from(lexicons), digests=digests_of(models_of(model)))

    def load(self) -> Language:
        """Make the pipeline.

        Raises ValueError for a model or a stage that does not exist, or that others need; ChangedModelError for a model
        that has changed since the run began: a process that is started anew would read other names than the others.
        """
        for module in self.modules:
            import_module(module)
        if self.folder:
            nlp = spacy.load(self.folder)
        else:
            nlp = load(model=self.model, exclude=self.exclude, lexicons=self.lexicons)
        check(nlp)
        for source, digest in self.digests:
            if digest_of(source) != digest:
                told = "was changed while the run went on; put it back and go on with --resume, or begin anew"
                raise ChangedModelError(f"{source}: {told}")
        return nlp

    def files(self) -> Iterator[Path]:
        """The files that the models are read from: lists of names, and what lies in the folders of models."""
        for spec in model_specs(self.model):
            path = Path(spec.what)
            if spec.what and path.is_dir():
                yield from _files_in(path)
            elif spec.what:
                yield path

    def facts(self) -> dict[str, Any]:
        """What a run's record says of it."""
        model = str(self.folder or self.model)
        return {"model": model, "exclude": sorted(self.exclude), "lexicons": self.lexicons.digest}


def digests_of(sources: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The digests of files and folders, for `PipelineConfig.digests`."""
    return tuple((source, digest_of(source)) for source in sources)


def models_of(model: str) -> list[str]:
    """The lists of names and the folders from which the models of `model` are read."""
    named = [spec for spec in model_specs(model) if spec.what]
    return [spec.what for spec in named if spec.kind != "hanlp" or Path(spec.what).is_dir()]


def folders_of(nlp: Language) -> list[str]:
    """The folders from which the stages of a pipeline took their weights."""
    named = (nlp.get_pipe_config(name).get("model") for name in nlp.pipe_names)
    return [folder for folder in named if isinstance(folder, str) and folder and Path(folder).is_dir()]


def _files_in(folder: Path) -> Iterator[Path]:
    """The files of a model; tables may lie beside it, and what a run has not finished."""
    for file in folder.rglob("*"):
        inside = file.relative_to(folder).parts
        if file.is_file() and not made_by_run(file) and not any(name.startswith(".bulletinnlp") for name in inside):
            yield file


def digest_of(file: str | PathLike[str]) -> str:
    """What a file or the files of a folder say, as a number; its name if there is none."""
    path = Path(file)
    if not path.is_dir():
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else str(file)
    whole = hashlib.sha256()
    for each in sorted(_files_in(path)):
        whole.update(f"{each.relative_to(path).as_posix()}\n{digest_of(each)}\n".encode())
    return whole.hexdigest()


@contextmanager
def saved_for_workers(nlp: Language | None, pipe_config: PipelineConfig) -> Iterator[PipelineConfig]:
    """The configuration of the pipeline `nlp`, good for as long as the context lasts; without one, `pipe_config`.

    Raises ValueError if a stage is defined where other processes can not find it.
    """
    if nlp is None:
        yield pipe_config
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
        yield PipelineConfig(folder=folder, modules=tuple(modules), digests=pipe_config.digests)


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


def outputs_of(nlp: Language) -> list[str]:
    """What says which tables a pipeline fills: the names of its stages, and what they write."""
    return [*nlp.pipe_names, *written(nlp)]


@lru_cache(maxsize=1)
def cached_pipeline(pipe_config: PipelineConfig) -> Language:
    """The pipeline of a pipe_config, made once in a process."""
    return pipe_config.load()
