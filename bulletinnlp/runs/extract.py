"""From pages to tables: `extract` for a notebook, `extract_to` for a folder of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import Any

from spacy.language import Language

from bulletinnlp.extraction import Extraction
from bulletinnlp.identity.store import EntityStore
from bulletinnlp.lexicons import LexiconSource
from bulletinnlp.output.checkpoints import Checkpoints
from bulletinnlp.output.lock import locked
from bulletinnlp.output.replaced_inputs import ReadFiles, refuse_replaced_inputs
from bulletinnlp.output.staging import check_way
from bulletinnlp.output.writers import TableWriter, open_tables, writer_of
from bulletinnlp.pages import Page, ProblemRow
from bulletinnlp.pages.column_mapping import TableOptions, Unit
from bulletinnlp.pages.file_types import is_table_file
from bulletinnlp.pages.files import Source, expand
from bulletinnlp.pages.input_pages import Input, check_columns, check_manifests, inputs
from bulletinnlp.pages.input_tables import InputTable
from bulletinnlp.pages.run_record import read_record
from bulletinnlp.pages.sources import sources_of
from bulletinnlp.pipeline import gazetteers_of
from bulletinnlp.runs.engine_problems import OnProblem, report
from bulletinnlp.runs.page_reader import (
    Read,
    config_for,
    date_for,
    in_order,
    number_of_inputs,
    number_of_workers,
    page_reader,
)
from bulletinnlp.runs.page_timeout import PAGE_TIMEOUT, seconds_of
from bulletinnlp.runs.pipeline_config import (
    PipelineConfig,
)
from bulletinnlp.runs.run_fingerprint import Counts, PendingInputs, done_before, recorded, run_settings, unseen_changes
from bulletinnlp.tables.frames import concatenated, packed
from bulletinnlp.tables.linking import entity_ids, entity_tables, linked, profiles_in_turn, with_canonical_ids
from bulletinnlp.tables.problems import Warner, warn_of_problems
from bulletinnlp.tables.schema import tables_of


def extract(
    sources: Any = None,
    *,
    texts: str | Iterable[str] | None = None,
    columns: Mapping[str, str | None] | None = None,
    unit: Unit | None = None,
    nlp: Language | None = None,
    published: str | None = None,
    manifest: str | PathLike[str] | None = None,
    model: str = "embedded",
    exclude: str | Iterable[str] = (),
    lexicons: LexiconSource | None = None,
    workers: int | None = 1,
    page_timeout: float | None = PAGE_TIMEOUT,
) -> Extraction:
    """Read pages and give their tables.

    `sources` are files, folders, globs, `"-"`, pages from `read`; or tables with a page or an article a row, as files
    (CSV, TSV, JSON, JSON lines, Parquet, and with the extra `excel` spreadsheets), DataFrames of pandas and polars,
    Arrow tables, lists and iterators of dicts. `texts` are strings, each a page.

    Of a table, `columns` says which column holds the text, headline, byline, date of issue (`published`), paper, home
    and `page_id`; the usual names are known, 标题 正文 日期 来源 作者 among them, and None says that no column holds
    it. With `unit` article a row is one article, whose headline and byline are given or found; with page its text is
    split. Without it, a row is an article where a column holds headlines or bylines, or the texts are called 正文. What
    was worked out is said in a warning. `pages.row` is the number of the row, from 0, so that the tables join back:
    `found.pages.merge(df, left_on="row", right_index=True)`.

    `nlp` is a pipeline of your own, whose `published` holds too where none is given; without it one is made by
    `load(model=model, exclude=exclude, lexicons=lexicons)`;
    `lexicons` is a folder with word lists of your own. What can not be read becomes a row of `problems`, and a warning
    says so. `workers` processes share the work (None: as many as there are cores); the tables are the same. A stage
    of your own goes to them if it is defined in a module, and what it knows lies in its config or is written by its
    `to_disk`. The stages of a page end after `page_timeout` seconds, and `problems` says so (None: no limit; what can
    be interrupted: `runs/page_timeout.py`). Raises ValueError for a date, a model, a stage, a column or a unit that
    does not exist, for `nlp` beside `model`, `exclude` or `lexicons`, for a pipeline that lacks a stage that others
    need, and for a string that is a text and no file's name; TypeError for what is no source.

    >>> text = "我区开展线上教研\\n\\n东昌府讯 11月27日晚，区教研中心举行线上教研活动。\\n(区教体局)"
    >>> extract(Page("p1", text, published="2022-11")).times[["text", "value"]].to_dict("records")
    [{'text': '11月27日晚', 'value': '2022-11-27TEV'}]
    >>> rows = [{"编号": 7, "标题": "我区开展线上教研", "正文": "11月27日晚，区教研中心举行线上教研活动。"}]
    >>> columns = {"page_id": "编号", "headline": "标题", "text": "正文"}
    >>> found = extract(rows, columns=columns, unit="article", published="2022")
    >>> found.articles[["article_id", "headline"]].to_dict("records")
    [{'article_id': '7#1', 'headline': '我区开展线上教研'}]
    """
    options = TableOptions(columns or {}, unit)
    sources = sources_of(sources, texts)
    check_columns(sources, options)
    pipe_config = config_for(nlp, model, exclude, lexicons)
    published = date_for(published, nlp)
    models = gazetteers_of(nlp) if nlp else pipe_config.files()
    read_files = ReadFiles.of(sources, manifest, models, lexicons)
    with page_reader(nlp, pipe_config, number_of_workers(workers, sources, options), page_timeout) as (stages, read):
        page_tables = packed(in_order(read(inputs(sources, published=published, manifest=manifest, options=options))))
    warn_of_problems(page_tables)
    found = Extraction.from_arrow(tables_of(stages), linked(page_tables))
    found.read_files = read_files
    return found


def extract_to(
    sources: Any,
    folder: str | Path,
    *,
    columns: Mapping[str, str | None] | None = None,
    unit: Unit | None = None,
    format: str = "parquet",
    nlp: Language | None = None,
    published: str | None = None,
    manifest: str | PathLike[str] | None = None,
    model: str = "embedded",
    exclude: str | Iterable[str] = (),
    lexicons: LexiconSource | None = None,
    workers: int | None = 1,
    resume: bool = False,
    overwrite: bool = False,
    guard: bool = False,
    page_timeout: float | None = PAGE_TIMEOUT,
    engine: str = "local",
    watch: Any = None,
    on_problem: OnProblem | None = None,
) -> Counts:
    """Read pages and write their tables into a folder; memory does not grow with the number of pages.

    Finished pages are kept in `folder/.bulletinnlp-parts` until all are done (`output/checkpoints.py`). `resume` goes
    on with a run that was stopped there, reads again what has changed since, what is damaged and what ran out of a
    shorter `page_timeout`, and leaves a run that is done as it is (`Counts.done_before`). `overwrite` gives up finished
    pages of another run, and files in the place of tables that no run has written. `guard` keeps spreadsheets from
    taking a cell of CSV for a formula. `watch` is a `rich.progress.Progress` to show how far it is; `on_problem` is
    called with each error as it comes, with what has changed, and with what was taken for what; without it these are
    warnings. `engine` local reads with processes of this machine, dask and spark with a cluster (`bulletinnlp.runs`);
    engines write Parquet, a folder a table. Otherwise like `extract`; the tables are those of `Extraction.write`.

    Raises OtherRunError (a ValueError) if the run to resume had other settings or inputs; FinishedPagesError (one, too)
    if there are finished pages and neither `resume` nor `overwrite` says what is to become of them; ValueError for
    inputs that lie where finished pages are kept, or have the name of a table of the folder; FolderInUseError if
    another run writes into the folder; FolderLostError (both RuntimeErrors) if the folder, its lock or finished pages
    were moved, removed or replaced while the run went on; FileExistsError if something is in the way that no run wrote;
    OSError if the folder can not be written. A KeyboardInterrupt leaves the pages that are finished.
    """
    if not str(folder):
        raise ValueError("the name of the folder for the tables is empty")
    options = TableOptions(columns or {}, unit)
    on_problem = on_problem or Warner()
    sources = sources_of(sources)
    check_columns(sources, options)
    pipe_config = config_for(nlp, model, exclude, lexicons)
    checkpoints = Checkpoints(folder)
    writer_of(format)
    published = date_for(published, nlp)
    check_manifests(sources, manifest)
    if inside := [
        str(source) for source in sources if not isinstance(source, (Page, InputTable)) and checkpoints.hold(source)
    ]:
        raise ValueError(
            f"{inside[0]}: an input can not lie in {checkpoints.folder}, which is removed when the run is done"
        )
    models = gazetteers_of(nlp) if nlp else pipe_config.files()
    check = refuse_replaced_inputs(Path(folder), sources, manifest, models, lexicons, overwrite=overwrite)
    for ignored in _ignored(sources, options, format, guard):
        _warn(on_problem, ignored)
    if engine != "local":
        if format != "parquet" or nlp or resume:
            raise ValueError(f"{engine} writes Parquet with a pipeline that `load` makes, from the beginning")
        named = inputs(sources, published=published, manifest=manifest, options=options, check=check)
        return _on_engine(engine, named, folder, pipe_config, workers, on_problem, overwrite, seconds_of(page_timeout))
    settings = {**run_settings(nlp, pipe_config, published), **options.facts()}
    settings_with_format = {**settings, "format": format, "guard": guard}
    if unseen := unseen_changes(nlp):
        _warn(on_problem, unseen)
    with locked(folder) as lock:
        if resume and not checkpoints.paths() and read_record(Path(folder)):
            counts, reason = done_before(
                Path(folder), settings_with_format, sources, published, manifest, options, page_timeout
            )
            if counts:
                checkpoints.clear()
                return counts
            _warn(on_problem, f"{folder}: {reason}; all is read again")
        with page_reader(nlp, pipe_config, number_of_workers(workers, sources, options), page_timeout) as (
            outputs,
            read,
        ):
            tables = tables_of(outputs)
            lock.check()
            check_way(Path(folder), writer_of(format).names(t.name for t in tables), overwrite=overwrite)
            for damaged in checkpoints.begin(settings, resume, overwrite, lock):
                _warn(on_problem, damaged)
            given = inputs(sources, published=published, manifest=manifest, options=options, check=check)
            reading = PendingInputs(given, checkpoints, _steps(watch, sources, options), page_timeout)
            with watch or nullcontext():
                _read_all(reading, read, checkpoints, on_problem)
            checkpoints.check()
        if checkpoints.have("pages"):
            with open_tables(
                folder, tables, format, guard=guard, facts=settings_with_format, overwrite=overwrite, lock=lock
            ) as writer:
                counts = finish(checkpoints, writer)
                writer.facts = {**settings_with_format, **recorded(counts, checkpoints)}
                checkpoints.check()
        else:
            counts = Counts()
            page_tables = concatenated(checkpoints)
            counts.add(page_tables)
            for row in page_tables["problems"].to_pylist() if "problems" in page_tables else ():
                if not (problem := ProblemRow(**row)).reported_at_once:  # those are reported already
                    on_problem(problem)
            lock.filled = False
        checkpoints.clear()
    return counts


def _ignored(sources: list[Source], options: TableOptions, format: str, guard: bool) -> Iterator[str]:
    """What to say of settings that change nothing."""
    if guard and format != "csv":
        yield f"--guard-csv holds for CSV, and changes nothing in {format}"
    if (options.columns or options.unit) and not any(_is_table(given) for given, _ in expand(sources)):
        yield "--columns and --unit hold for tables, and there is none among the inputs"


def _is_table(given: object) -> bool:
    return isinstance(given, InputTable) or (isinstance(given, Path) and is_table_file(given))


def _read_all(reading: PendingInputs, read: Read, checkpoints: Checkpoints, on_problem: OnProblem) -> None:
    """Read what is to be read, and keep it in checkpoints; say what has changed since it was read."""
    try:
        for item, page_tables in read(reading):
            report((ProblemRow(**row) for row in page_tables["problems"].to_pylist()), on_problem)
            reading.keep(item, page_tables)
    finally:
        checkpoints.flush()
    if reading.changed:
        _warn(on_problem, _changed(reading.changed))


def _changed(names: list[str]) -> str:
    """What to say of inputs that have changed.

    >>> _changed(["a.txt"])
    '1 input has changed since it was read, and was read again: a.txt'
    """
    shown = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    if len(names) == 1:
        return f"1 input has changed since it was read, and was read again: {shown}"
    return f"{len(names)} inputs have changed since they were read, and were read again: {shown}"


def finish(checkpoints: Checkpoints, writer: TableWriter) -> Counts:
    """Link the entities of all checkpoints and write the tables."""
    counts = Counts()
    with checkpoints.reported_if_lost(), EntityStore(checkpoints.names) as names:
        for page_tables in checkpoints:
            for profiles in profiles_in_turn(page_tables):
                names.add(profiles)
        names.link()
        for entities in entity_tables(names.entities()):
            writer.add({"entities": entities})
            counts.add({"entities": entities})
        for page_tables in checkpoints:
            page_tables = with_canonical_ids(page_tables, names.canonical(entity_ids(page_tables)))
            writer.add(page_tables)
            counts.add(page_tables)
    return counts


def _warn(on_problem: OnProblem, message: str) -> None:
    on_problem(ProblemRow(None, None, "read", "warning", message))


def _steps(watch: Any, sources: list[Source], options: TableOptions) -> Callable[[], None]:
    """A call that moves the progress bar on by a page."""
    if watch is None:
        return lambda: None
    task = watch.add_task("pages", total=number_of_inputs(sources, options))
    return lambda: watch.advance(task)


def _on_engine(
    engine: str,
    given: Iterable[Input],
    folder: str | Path,
    pipe_config: PipelineConfig,
    workers: int | None,
    on_problem: OnProblem | None,
    overwrite: bool,
    page_timeout: float | None,
) -> Counts:
    """Read the inputs with Dask or Spark."""
    if engine not in ("dask", "spark"):
        raise ValueError(f"engine '{engine}' is unknown; choose local, dask, spark")
    module = import_module(f"bulletinnlp.runs.{engine}")
    counted = Counter(module.run(given, Path(folder), pipe_config, workers, on_problem, overwrite, page_timeout))
    return Counts(counted, counted["error"], kinds=Counter(error=counted["error"], warning=counted["warning"]))
