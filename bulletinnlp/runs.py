"""What a run was asked for and what it found, so that another one knows whether it has been done already."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

from spacy.language import Language

import bulletinnlp
from bulletinnlp.models.choice import choices
from bulletinnlp.pages import Page
from bulletinnlp.pages.files import STANDARD_INPUT, Source
from bulletinnlp.pages.reading import Input, inputs
from bulletinnlp.scale.recipe import Recipe
from bulletinnlp.tables.extraction import ENTITY_COUNTS
from bulletinnlp.tables.record import read_record
from bulletinnlp.tables.settling import Part


@dataclass
class Counts:
    """What a run found: rows by table, people, bodies and places; and how many errors the table `problems` holds.

    `done_before` says that an earlier run had found it, and that this one had nothing to do.
    """

    found: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    done_before: bool = False

    def add(self, part: Part) -> None:
        for table, data in part.items():
            self.found[table] += data.num_rows
        if "entities" in part:
            self.found.update(part["entities"]["label"].to_pylist())
        if "problems" in part:
            self.errors += part["problems"]["severity"].to_pylist().count("error")

    def summary(self) -> dict[str, int]:
        """Pages, articles, people, bodies, places, events, problems."""
        kinds = {what: self.found[label] for what, label in ENTITY_COUNTS.items()}
        rows = {table: self.found[table] for table in ("pages", "articles", "events", "problems")}
        return {"pages": rows.pop("pages"), "articles": rows.pop("articles"), **kinds, **rows}


def asked(
    nlp: Language | None, recipe: Recipe, published: str | None, manifest: str | PathLike[str] | None
) -> dict[str, Any]:
    """What a run is asked for: all that its tables depend on beside its inputs. Raises ValueError for another model."""
    facts = {**recipe.facts(), "published": published, "manifest": manifest and _digest(manifest)}
    if nlp:
        facts["pipeline"] = hashlib.sha256(nlp.config.to_str().encode()).hexdigest()
    elif lists := [_digest(choice.what) for choice in choices(recipe.model) if choice.kind == "gazetteer"]:
        facts["gazetteers"] = lists
    return facts


def _digest(file: str | PathLike[str]) -> str:
    """What a file says, as a number; its name if there is none."""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest() if Path(file).is_file() else str(file)


class Inputs:
    """Inputs on their way to be read. `digest` tells those that have passed from others, without opening a file.

    It holds their names, dates of issue and order, the files' sizes and times of change, and the text of pages.
    """

    def __init__(self, given: Iterable[Input]) -> None:
        self._given = given
        self._sum = hashlib.sha256()

    def __iter__(self) -> Iterator[Input]:
        for item in self._given:
            self._sum.update(repr((item, *_stated(item))).encode())
            yield item

    @property
    def digest(self) -> str:
        return self._sum.hexdigest()


def _stated(item: Input) -> tuple[int, ...]:
    """Size and time of change of an input's file; nothing for other inputs, and files that are gone."""
    try:
        state = item.source.stat() if isinstance(item.source, Path) else None
    except OSError:
        state = None
    return (state.st_size, state.st_mtime_ns) if state else ()


def recorded(counts: Counts, given: Inputs) -> dict[str, Any]:
    """What the record says of a run that is done, for `done_before`."""
    return {"inputs": given.digest, "found": dict(counts.found), "errors": counts.errors}


def done_before(
    folder: Path,
    made: Mapping[str, Any],
    sources: list[Source],
    published: str | None,
    manifest: str | PathLike[str] | None,
) -> Counts | None:
    """What the whole run in this folder found, if it was asked for the same and its inputs were the same.

    Standard input can be read only once: no run with it is known to be done.
    """
    record = read_record(folder) or {}
    same = all(record.get(name) == fact for name, fact in {"bulletinnlp": bulletinnlp.__version__, **made}.items())
    if not same or not all((folder / name).exists() for name in record["files"]):
        return None
    if any(str(source) == STANDARD_INPUT for source in sources if not isinstance(source, Page)):
        return None
    given = Inputs(inputs(sources, published=published, manifest=manifest))
    for _ in given:
        pass
    if record.get("inputs") != given.digest:
        return None
    return Counts(Counter(record["found"]), record["errors"], done_before=True)
