"""What reads the inputs of a run: a pipeline in this process, or several processes with one each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from math import inf, isnan
from numbers import Integral, Real

from spacy.language import Language

from bulletinnlp.lexicons import LexiconSource
from bulletinnlp.pages.column_mapping import TableOptions
from bulletinnlp.pages.files import Source
from bulletinnlp.pages.input_pages import Input, unread_pages
from bulletinnlp.pages.input_tables import InputTable
from bulletinnlp.pages.issue_dates import asked_date
from bulletinnlp.pipeline import check, excluded, published_by
from bulletinnlp.runs.gc_freeze import frozen
from bulletinnlp.runs.page_rows import read_input
from bulletinnlp.runs.pipeline_config import (
    PipelineConfig,
    digests_of,
    folders_of,
    outputs_of,
    saved_for_workers,
)
from bulletinnlp.runs.workers import Workers, cores
from bulletinnlp.tables.frames import Tables

#: With fewer inputs than this, other processes cost more time than they save.
WORTH_WORKERS = 24

#: Gives the rows of each input as it is finished.
Read = Callable[[Iterable[Input]], Iterator[tuple[Input, Tables]]]


def config_for(
    nlp: Language | None, model: str, exclude: str | Iterable[str], lexicons: LexiconSource | None
) -> PipelineConfig:
    """How processes make the pipeline.

    Raises ValueError for lexicons with wrong lines, and for what a pipeline that is made already can not be given;
    TypeError for what is no pipeline.
    """
    if nlp is not None and not isinstance(nlp, Language):
        raise TypeError(f"nlp is a pipeline, as load() gives one, not {type(nlp).__name__}; a model goes to model=…")
    given = {"model": model != "embedded", "exclude": bool(excluded(exclude)), "lexicons": lexicons is not None}
    if nlp is not None and any(given.values()):
        name = next(name for name, is_given in given.items() if is_given)
        raise ValueError(f"nlp is made already: give {name} to load({name}=…), or leave nlp out")
    return PipelineConfig(digests=digests_of(folders_of(nlp))) if nlp else PipelineConfig.of(model, exclude, lexicons)


def date_for(published: str | None, nlp: Language | None) -> str | None:
    """The date of issue of pages without one of their own: the one asked for, else that of the pipeline.

    Raises ValueError for what is no date.
    """
    return asked_date(published) or (published_by(nlp) if nlp else None)


@contextmanager
def page_reader(
    nlp: Language | None, pipe_config: PipelineConfig, workers: int, seconds: float | None
) -> Iterator[tuple[list[str], Read]]:
    """The outputs of the pipeline's stages, and what gives the rows of each input, in this process or in several.

    Inputs come back as they are finished; each has so many seconds. Raises ValueError for a number of seconds that is
    none.
    """
    if seconds is not None and (not isinstance(seconds, Real) or isnan(seconds) or seconds < 0):
        raise ValueError(f"page_timeout is a number of seconds, 0 or more, or None, not {seconds!r}")
    seconds = None if seconds == inf else seconds
    if nlp:
        check(nlp)
    if workers > 1:
        with saved_for_workers(nlp, pipe_config) as saved, Workers(saved, workers, seconds) as pool:
            yield pool.outputs, pool.read
    else:
        mine = nlp or pipe_config.load()
        yield outputs_of(mine), lambda given: frozen((item, read_input(item, mine, seconds)) for item in given)


def in_order(found: Iterable[tuple[Input, Tables]]) -> Iterator[Tables]:
    """The rows in the order of the inputs; those of a page wait for the pages before it."""
    waiting: dict[int, Tables] = {}
    position = 0
    for item, page_tables in found:
        waiting[item.position] = page_tables
        while position in waiting:
            yield waiting.pop(position)
            position += 1


def number_of_workers(asked: int | None, sources: list[Source], options: TableOptions) -> int:
    """How many processes are to read: those asked for, else one a core, or this one alone for a few pages.

    There are never more than inputs, where these can be counted.
    """
    if asked is not None and (not isinstance(asked, Integral) or asked < 1):
        raise ValueError(f"workers must be 1 or more, a whole number, not {asked!r}")
    most = asked or cores()
    enough = max(most, WORTH_WORKERS)
    there = number_of_inputs(sources, options, enough) or enough
    return 1 if asked is None and there < WORTH_WORKERS else max(1, min(most, there))


def number_of_inputs(sources: list[Source], options: TableOptions, most: int | None = None) -> int | None:
    """How many inputs there are, `most` at most; None where they can be read a single time only."""
    if any(isinstance(source, InputTable) and source.read_once for source in sources):
        return None
    return sum(1 for _ in islice(unread_pages(sources, options), most))
