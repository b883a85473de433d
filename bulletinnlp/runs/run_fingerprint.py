"""What a run was asked for and what it found, so that another one knows whether it has been done already."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

from spacy.language import Language

import bulletinnlp
from bulletinnlp.output.checkpoints import Checkpoints, OtherRunError
from bulletinnlp.output.ownership import unchanged
from bulletinnlp.pages.column_mapping import TableOptions
from bulletinnlp.pages.files import STANDARD_INPUT, Source
from bulletinnlp.pages.input_pages import WITHOUT_PAGE, Input, inputs
from bulletinnlp.pages.input_state import InputState, is_unchanged, may_retry, state_of, with_sha256
from bulletinnlp.pages.input_tables import InputTable
from bulletinnlp.pages.page import Page
from bulletinnlp.pages.plain_files import is_open_pipe
from bulletinnlp.pages.run_record import read_record
from bulletinnlp.pipeline import lexicons_of
from bulletinnlp.runs.component_digests import digests_of_components
from bulletinnlp.runs.page_rows import given_up
from bulletinnlp.runs.pipeline_config import PipelineConfig
from bulletinnlp.tables.frames import Tables
from bulletinnlp.tables.problems import kinds_of
from bulletinnlp.tables.table_set import ENTITY_COUNTS

_OTHER = "the run that was done here had other inputs or settings"


@dataclass
class Counts:
    """What a run found: rows by table, people, bodies and places; how many errors the table `problems` holds, and how
    many problems of which kind (`error read`, `warning articles` …).

    `done_before` says that an earlier run had found it, and that this one had nothing to do.
    """

    found: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    done_before: bool = False
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, page_tables: Tables) -> None:
        for table, data in page_tables.items():
            self.found[table] += data.num_rows
        if "entities" in page_tables:
            self.found.update(page_tables["entities"]["label"].to_pylist())
        if "problems" in page_tables:
            self.errors += page_tables["problems"]["severity"].to_pylist().count("error")
            self.kinds.update(kinds_of(page_tables))

    def summary(self) -> dict[str, int]:
        """Pages, articles, people, bodies, places, events, problems."""
        kinds = {what: self.found[label] for what, label in ENTITY_COUNTS.items()}
        rows = {table: self.found[table] for table in ("pages", "articles", "events", "problems")}
        return {"pages": rows.pop("pages"), "articles": rows.pop("articles"), **kinds, **rows}


def run_settings(nlp: Language | None, pipe_config: PipelineConfig, published: str | None) -> dict[str, Any]:
    """What a run is asked for: all that its tables depend on beside its inputs, and what manifests say of these."""
    facts = {**pipe_config.facts(), "published": published}
    if nlp:
        facts["pipeline"] = hashlib.sha256(nlp.config.to_str().encode()).hexdigest()
        facts["lexicons"] = lexicons_of(nlp).digest
        facts["components"] = digests_of_components(nlp)[0]
    if pipe_config.digests:
        facts["models"] = [digest for _, digest in pipe_config.digests]
    return facts


def unseen_changes(nlp: Language | None) -> str | None:
    """What to say of components whose code can not be seen, and so may change between a run and its `resume`."""
    unseen = digests_of_components(nlp, with_held=False)[1] if nlp else []
    names = ", ".join(unseen)
    return f"the source of {names} can not be had; resume does not see if it changes" if unseen else None


class PendingInputs:
    """The inputs to read: those that no checkpoint holds, those that have changed since they were read, and those whose
    page was given up and that have more `seconds` now.

    `changed` gathers the names of those that have changed.
    """

    def __init__(
        self, given: Iterable[Input], checkpoints: Checkpoints, step: Callable[[], None], seconds: float | None = None
    ) -> None:
        self.changed: list[str] = []
        self._seconds = seconds
        self._given = given
        self._checkpoints = checkpoints
        self._step = step
        self._stamps: dict[int, InputState] = {}

    def __iter__(self) -> Iterator[Input]:
        """The inputs to read. Raises OtherRunError where another one stood in an input's place."""
        count = 0
        for item in self._given:
            count = item.position + 1
            before = self._checkpoints.stamp(item.position)
            pages = before and not any(name.endswith(WITHOUT_PAGE) for name in (before.name, item.name))
            if before and pages and before.name != item.name:
                told = f"input {item.position + 1} was {before.name} and is {item.name}"
                raise OtherRunError(
                    f"{self._checkpoints.folder.parent}: the inputs have changed since the run began: {told}"
                )
            same = before and is_unchanged(before, item)
            if before and same and not may_retry(before.limit, self._seconds):
                self._step()
                continue
            if pages and not same:
                self.changed.append(item.name)
            self._stamps[item.position] = state_of(
                item
            )  # before it is read: what changes meanwhile is seen another time
            yield item
        self._checkpoints.end(count)

    def keep(self, item: Input, page_tables: Tables) -> None:
        """Keep the rows of an input that was read."""
        known = self._stamps.pop(item.position)
        read = "pages" in page_tables and item.file is not None
        known = known._replace(sha256=page_tables["pages"]["sha256"][0].as_py()) if read else with_sha256(item, known)
        self._checkpoints.add(item.position, known._replace(limit=given_up(page_tables, self._seconds)), page_tables)
        self._step()


def digests(stamps: Iterable[InputState]) -> dict[str, str]:
    """All inputs of a run in two numbers: without and with what their files hold."""
    quick, thorough = hashlib.sha256(), hashlib.sha256()
    for one in stamps:
        quick.update(one.quick().encode())
        thorough.update(one.thorough().encode())
    return {"inputs": quick.hexdigest(), "contents": thorough.hexdigest()}


def recorded(counts: Counts, checkpoints: Checkpoints) -> dict[str, Any]:
    """What the record says of a run that is done, for `done_before`."""
    stamps = [known for _, known in checkpoints.inputs()]
    limits = [known.limit for known in stamps if known.limit]  # what a process died of would hardly go better
    limit = {"limit": min(limits)} if limits else {}
    found = {"found": dict(counts.found), "errors": counts.errors, "kinds": counts.kinds}
    return {**digests(stamps), **limit, **found}


def done_before(
    folder: Path,
    settings: Mapping[str, Any],
    sources: list[Source],
    published: str | None,
    manifest: str | PathLike[str] | None,
    options: TableOptions,
    seconds: float | None,
) -> tuple[Counts | None, str]:
    """What the whole run in this folder found, if it was asked for the same, its inputs were the same, and no page was
    given up that has more `seconds` now; else None and what is not so.

    Standard input and iterators can be read only once: no run with them is known to be done.
    """
    record = read_record(folder) or {}
    same = all(record.get(name) == fact for name, fact in {"bulletinnlp": bulletinnlp.__version__, **settings}.items())
    told = {"inputs", "contents", "found", "errors", "files"} <= record.keys()
    if not same or not told:
        return None, _OTHER
    if changed := sorted(record["files"].keys() - set(unchanged(folder))):
        shown = ", ".join(changed[:3]) + (" …" if len(changed) > 3 else "")
        return None, f"the run that was done here has tables that are not as it wrote them ({shown})"
    if may_retry(record.get("limit"), seconds):
        return None, "the run that was done here gave up pages that have more time now"
    if any(map(_is_read_once, sources)):
        return None, "the run that was done here read what can be read only once"
    given = inputs(sources, published=published, manifest=manifest, options=options)
    if record["inputs"] != digests(map(state_of, given))["inputs"]:
        given = inputs(sources, published=published, manifest=manifest, options=options)
        if record["contents"] != digests(with_sha256(item, state_of(item)) for item in given)["contents"]:
            return None, _OTHER
    kinds: Counter[str] = Counter(record.get("kinds"))
    return Counts(Counter(record["found"]), record["errors"], done_before=True, kinds=kinds), ""


def _is_read_once(source: Source) -> bool:
    if isinstance(source, InputTable):
        return source.read_once
    return not isinstance(source, Page) and (str(source) == STANDARD_INPUT or is_open_pipe(source))
