"""Pages read by a Dask cluster.

    from dask import bag
    from dask.distributed import Client
    from bulletinnlp.runs import dask as on_dask

    client = Client(n_workers=2, threads_per_worker=1)
    pages = bag.from_sequence(["seeds/000_06986f19817cff91.txt", "seeds/001_0161a51cc04ed574.txt"], npartitions=2)
    on_dask.extract_to(pages, "tables")

Three steps, each a task a partition or a bucket of names; nothing passes through the client but counts of rows:

1. each partition is read, and its tables are kept in the output folder, which all workers must see;
2. names are dealt into buckets, and each bucket is linked on its own (`identity/blocks.py`): no worker ever holds the
   names of all pages; page ids are dealt into buckets, too, to find those that several pages have;
3. each partition's tables get the final ids and are written as a file of `events.parquet/`, `mentions.parquet/` …
"""

from __future__ import annotations

import hashlib
import json
import threading
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

try:
    from dask import bag, compute, config, delayed
    from dask.distributed import Client, LocalCluster
except ImportError:
    raise ModuleNotFoundError("bulletinnlp.runs.dask needs Dask: pip install 'bulletinnlp[dask]'") from None

from bulletinnlp.identity.blocks import BUCKETS, bucketed, divisions_in
from bulletinnlp.lexicons import LexiconSource
from bulletinnlp.output.checkpoints import Checkpoints
from bulletinnlp.output.lock import FolderLock, FolderLostError, locked
from bulletinnlp.output.ownership import ReplacedFiles, is_ours
from bulletinnlp.output.replaced_inputs import refuse_replaced, refuse_replaced_inputs
from bulletinnlp.output.staging import Staging, check_way
from bulletinnlp.output.writers import open_tables
from bulletinnlp.pages import ProblemRow
from bulletinnlp.pages.column_mapping import TableOptions, Unit
from bulletinnlp.pages.input_pages import Input
from bulletinnlp.pages.input_state import InputState
from bulletinnlp.pages.run_record import read_record
from bulletinnlp.runs.engine_problems import OnProblem, repeated, report, report_written
from bulletinnlp.runs.input_records import check_frame, input_of, records_of
from bulletinnlp.runs.page_rows import read_input_in_a_thread
from bulletinnlp.runs.page_timeout import PAGE_TIMEOUT, seconds_of
from bulletinnlp.runs.pipeline_config import PipelineConfig, cached_pipeline, outputs_of
from bulletinnlp.tables.frames import Tables, arrow_table
from bulletinnlp.tables.linking import link_bucket, profiles_in, with_canonical_ids
from bulletinnlp.tables.schema import TABLES, Table, tables_of

_ONE_AT_A_TIME = threading.Lock()
#: The problems that were known before the run.
KNOWN = "known"
#: Inputs of the command are dealt into so many partitions at most.
PARTITIONS = 1_000
#: Table → rows; label of an entity → how many; `error` → how many of the problems are errors.
Counted = dict[str, int]
#: Files that a task wrote, with their fingerprints.
Files = dict[str, Mapping[str, Any]]
#: The run of a partition's checkpoints, and their names.
Kept = tuple[str, list[str]]


def extract_to(
    pages: Any,
    folder: str | Path,
    *,
    columns: Mapping[str, str | None] | None = None,
    unit: Unit | None = None,
    model: str = "embedded",
    exclude: str | Iterable[str] = (),
    lexicons: LexiconSource | None = None,
    problems: Sequence[ProblemRow] = (),
    overwrite: bool = False,
    page_timeout: float | None = PAGE_TIMEOUT,
) -> Counted:
    """Read the pages of a Dask Bag or DataFrame and write their tables as Parquet, a folder a table.

    A Bag holds `Page`s, paths of files, or dicts; a row of a DataFrame, and a dict, is a page or an article. Which
    column holds what is said by `columns` and `unit`, and by its name, as in `bulletinnlp.extract`; instead of a text
    there may be a `path`. A row with a text and no id gets one that depends on the text, not on a `path` beside it.

    What is no page, and page ids that are not unique, become rows of the table `problems`, and the rest goes on;
    `problems` are added to that table. The stages of a page end after `page_timeout` seconds (None: no limit).
    `folder` must be seen by all workers. Gives the number of rows by table. Raises
    ValueError for a model or stage that does not exist, lexicons with wrong lines, a limit that is none, for a frame
    without texts, and for a file that is read and would be replaced by a table;
    FileExistsError for what is in the way that no run wrote, unless `overwrite` gives it up; FolderInUseError if
    another run writes there.
    """
    pipe_config = PipelineConfig.of(model, exclude, lexicons)
    options = TableOptions(columns or {}, unit)
    seconds = seconds_of(page_timeout)
    if hasattr(pages, "columns"):
        check_frame(pages.columns, options)
    refuse_replaced_inputs(Path(folder), [], None, pipe_config.files(), lexicons, overwrite=overwrite)
    with locked(folder) as lock:
        return _extracted(pages, Path(folder), pipe_config, options, seconds, problems, overwrite, lock)


def _extracted(
    pages: Any,
    folder: Path,
    pipe_config: PipelineConfig,
    options: TableOptions,
    seconds: float | None,
    problems: Sequence[ProblemRow],
    overwrite: bool,
    lock: FolderLock,
) -> Counted:
    stages = outputs_of(pipe_config.load())
    names = [f"{table.name}.parquet" for table in tables_of(stages)]
    check_way(folder, names, overwrite=overwrite)
    partitions = pages.to_delayed()
    checkpoints = Checkpoints(folder)
    checkpoints.begin({**pipe_config.facts(), "engine": "dask"}, resume=False, overwrite=overwrite, lock=lock)
    made, run = str(checkpoints.folder), checkpoints.run
    at = [str(checkpoints.folder / f"partition-{n:05d}.{run}") for n in range(len(partitions))]
    read = [
        delayed(_read, nout=5)(partition, path, pipe_config, options, seconds, str(folder))
        for partition, path in zip(partitions, at, strict=True)
    ]
    places = delayed(_united)([divisions for _, divisions, _, _, _ in read])
    linked = [
        delayed(_link_names, nout=3)([names[b] for names, _, _, _, _ in read], places, b, made, run)
        for b in range(BUCKETS)
    ]
    repeats = [delayed(_repeats)([ids[b] for _, _, ids, _, _ in read], b, made, run) for b in range(BUCKETS)]
    finals = delayed(list)([digest for _, _, digest in linked])
    written = [
        delayed(_write)(path, kept, finals, made, run, stages)
        for path, (_, _, _, _, kept) in zip(at, read, strict=True)
    ]
    buckets = [*((rows, files) for rows, files, _ in linked), *repeats]
    counts, of_buckets, of_partitions = compute([rows for _, _, _, rows, _ in read], buckets, written)
    checkpoints.check()
    known = {"problems": arrow_table(TABLES["problems"], [problem._asdict() for problem in problems])}
    of_known = _tables_in(checkpoints.folder / f"{KNOWN}.{run}", [TABLES["problems"]], [known])
    total = _sum([*(rows for rows, _ in of_buckets), *counts, _counted(known)])
    files = {
        name: print_
        for some in (*(f for _, f in of_buckets), *of_partitions, of_known)
        for name, print_ in some.items()
    }
    staging = Staging(folder, names, overwrite=overwrite, lock=lock)
    try:
        _publish(staging, checkpoints.folder, files, total, pipe_config)
    finally:
        staging.clear()
    checkpoints.clear()
    return total


def run(
    given: Iterable[Input],
    folder: Path,
    pipe_config: PipelineConfig,
    workers: int | None,
    on_problem: OnProblem | None = None,
    overwrite: bool = False,
    page_timeout: float | None = PAGE_TIMEOUT,
) -> Counted:
    """Read inputs on the cluster at `DASK_SCHEDULER_ADDRESS`, else on one of this machine with so many workers.

    `on_problem` is called with each error: with those that are known before the run at once, with the others after it.
    """
    records, problems = records_of(given)
    report(problems, on_problem)
    if not records:
        return _counted({"problems": arrow_table(TABLES["problems"], [p._asdict() for p in problems])})
    address = config.get("scheduler-address", None)
    here = None if address else LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
    with here or nullcontext(address) as cluster, Client(cluster):
        pages = bag.from_sequence(records, npartitions=min(len(records), PARTITIONS))
        counted = extract_to(
            pages, folder, model=pipe_config.model, exclude=pipe_config.exclude, lexicons=pipe_config.lexicons,
            problems=problems, overwrite=overwrite, page_timeout=page_timeout,
        )  # fmt: skip
    report_written(folder, problems, on_problem)
    return counted


def _read(
    records: Any,
    folder: str,
    pipe_config: PipelineConfig,
    options: TableOptions,
    seconds: float | None,
    out: str,
) -> tuple[list[list[str]], dict[str, str], list[list[str]], Counted, Kept]:
    """Step 1: a partition's pages to checkpoints in a folder of its own.

    Gives its names by bucket, its divisions, its page ids by bucket, how many rows its tables have, and which
    checkpoints it wrote. Raises ValueError for a file that would be replaced by a table.
    """
    rows = records.to_dict("records") if hasattr(records, "to_dict") else records
    replaced = ReplacedFiles(Path(out))
    checkpoints = Checkpoints(folder)
    checkpoints.begin({}, resume=False, overwrite=True)  # the cluster may try a partition again
    counted: Counted = {}
    for position, record in enumerate(rows):
        given = input_of(record, options)
        refuse_replaced(given.source, replaced)
        with _ONE_AT_A_TIME:  # a pipeline is not made for several threads
            found = read_input_in_a_thread(given, cached_pipeline(pipe_config), seconds)
        counted = _sum([counted, _counted(found)])
        checkpoints.add(position, InputState(given.name), found)
    checkpoints.flush()
    profiles = profiles_in(checkpoints)
    ids: list[list[str]] = [[] for _ in range(BUCKETS)]
    for page_tables in checkpoints:
        for page_id in page_tables["pages"]["page_id"].to_pylist() if "pages" in page_tables else ():
            ids[zlib.crc32(page_id.encode()) % BUCKETS].append(page_id)
    names: list[list[str]] = [[] for _ in range(BUCKETS)]
    for bucket, line in bucketed(profiles):
        names[bucket].append(line)
    return names, divisions_in(profiles), ids, counted, (checkpoints.run, checkpoints.finished)


def _united(some: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {code: entity_id for divisions in some for code, entity_id in divisions.items()}


def _link_names(
    names: list[list[str]], places: Mapping[str, str], bucket: int, folder: str, run: str
) -> tuple[Counted, Files, str]:
    """Step 2: a bucket's names, by partition, to entities and to the ids that mean another in the end.

    Gives how many rows there are, the files of entities, and the digest of the file of ids.
    """
    final, entities = link_bucket((line for some in names for line in some), places)
    text = json.dumps(final)
    _final(folder, bucket, run).write_text(text, encoding="utf-8")
    found = {"entities": entities}
    at = Path(folder, f"entities-{bucket:02d}.{run}")
    return _counted(found), _tables_in(at, [TABLES["entities"]], [found]), _digest(text)


def _repeats(ids: list[list[str]], bucket: int, folder: str, run: str) -> tuple[Counted, Files]:
    """Step 2, too: a bucket's page ids, by partition, to a problem for each that several pages have."""
    times = Counter(page_id for some in ids for page_id in some)
    rows = [repeated(page_id, count)._asdict() for page_id, count in times.items() if count > 1]
    if not rows:
        return {}, {}
    found = {"problems": arrow_table(TABLES["problems"], rows)}
    return _counted(found), _tables_in(Path(folder, f"repeats-{bucket:02d}.{run}"), [TABLES["problems"]], [found])


def _write(partition: str, kept: Kept, finals: list[str], folder: str, run: str, stages: list[str]) -> Files:
    """Step 3: a partition's tables with the final ids; `finals` are the digests of what step 2 has said of them."""
    checkpoints = Checkpoints(partition)
    checkpoints.reopen(*kept)
    ids = {
        i
        for page_tables in checkpoints
        if "mentions" in page_tables
        for i in page_tables["mentions"]["entity_id"].unique().to_pylist()
    }
    final: dict[str, str] = {}
    for bucket, digest in enumerate(finals):
        file = _final(folder, bucket, run)
        text = file.read_text(encoding="utf-8")
        if _digest(text) != digest:
            raise FolderLostError(f"{file}: is not as it was written; no table was written; run it again")
        some = json.loads(text)
        final |= {i: some[i] for i in ids & some.keys()}
    tables = [table for table in tables_of(stages) if table.name != "entities"]
    return _tables_in(Path(partition), tables, (with_canonical_ids(some, final) for some in checkpoints))


def _final(folder: str, bucket: int, run: str) -> Path:
    return Path(folder, f"final-{bucket:02d}.{run}.json")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _tables_in(folder: Path, tables: Iterable[Table], rows: Iterable[Tables]) -> Files:
    """Write tables into a folder; gives its files with their fingerprints."""
    with open_tables(folder, tables) as writer:
        for page_tables in rows:
            writer.add(page_tables)
    return {f"{folder.name}/{name}": print_ for name, print_ in (read_record(folder) or {}).get("files", {}).items()}


def _publish(staging: Staging, made: Path, files: Files, counted: Counted, pipe_config: PipelineConfig) -> None:
    """Gather the files of each table into its folder, and let the folders take their names."""
    staging.check()
    parts: dict[str, Path] = {}
    prints: Files = {}
    for name, print_ in sorted(files.items()):
        folder, _, table = name.partition("/")
        if table in staging.names:  # without a names stage there are no entities
            part = f"{table}/{folder.partition('.')[0]}.parquet"
            if not is_ours(made / folder, table, [print_]):  # another file stays where it is
                told = "is gone, or not as it was written; no table was written; run it again"
                raise FolderLostError(f"{made / name}: {told}")
            parts[part], prints[part] = made / name, print_
    staging.gather(parts)
    rows = {name.removesuffix(".parquet"): counted.get(name.removesuffix(".parquet"), 0) for name in staging.names}
    staging.publish(rows, {**pipe_config.facts(), "engine": "dask"}, {}, prints)


def _counted(page_tables: Mapping[str, Any]) -> Counted:
    """Rows by table; entities by label, and errors among the problems, too."""
    counts = {table: data.num_rows for table, data in page_tables.items()}
    for table, column in (("entities", "label"), ("problems", "severity")):
        if table in page_tables:
            counts |= Counter(page_tables[table][column].to_pylist())
    return counts


def _sum(counts: Iterable[Counted]) -> Counted:
    total: Counter[str] = Counter()
    for some in counts:
        total.update(some)
    return dict(total)
