"""Pages read by a Spark cluster.

    from pyspark.sql import SparkSession
    from bulletinnlp.runs import spark as on_spark

    session = SparkSession.builder.getOrCreate()
    pages = session.createDataFrame([("p1", "东昌府讯 11月27日晚，区教研中心举行线上教研活动。", "2022-11")],
                                    ["page_id", "text", "published"])
    tables = on_spark.extract(pages)
    tables["events"].select("who", "trigger", "what").show()
    on_spark.write(tables, "tables")

The pages are read once, by `mapInPandas`: one row a page, a column of structs a table, typed by the tables' own
definition. That frame is kept on the executors' disks, and each table is an explosion of it. Names are dealt into
buckets and linked with `cogroup … applyInPandas`, and their final ids joined to the tables: nothing is collected.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any

try:
    from pyspark import SparkConf, StorageLevel
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as F  # noqa: N812  the name that everybody uses
    from pyspark.sql import types as T  # noqa: N812
except ImportError:
    raise ModuleNotFoundError("bulletinnlp.runs.spark needs Spark: pip install 'bulletinnlp[spark]'") from None

import pandas as pd

from bulletinnlp.identity.blocks import BUCKETS, bucketed, divisions_in
from bulletinnlp.lexicons import LexiconSource
from bulletinnlp.output.hidden_names import OF_SPARK, has_mark
from bulletinnlp.output.lock import FolderLostError, locked
from bulletinnlp.output.ownership import ReplacedFiles, is_kind
from bulletinnlp.output.replaced_inputs import ReadFiles
from bulletinnlp.output.staging import Staging
from bulletinnlp.pages.column_mapping import TableOptions, Unit
from bulletinnlp.pages.input_pages import Input
from bulletinnlp.runs.engine_problems import OnProblem, repeated, report, report_written
from bulletinnlp.runs.input_records import COLUMNS, check_frame, input_of, records_of
from bulletinnlp.runs.page_rows import read_input
from bulletinnlp.runs.page_timeout import PAGE_TIMEOUT, seconds_of
from bulletinnlp.runs.pipeline_config import PipelineConfig, cached_pipeline, outputs_of
from bulletinnlp.tables.linking import ENTITY_COLUMNS, link_bucket, profiles_in
from bulletinnlp.tables.rows import Row
from bulletinnlp.tables.schema import TABLES, Table, tables_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_TYPES: dict[str, T.DataType] = {
    "string": T.StringType(),
    "integer": T.LongType(),
    "number": T.DoubleType(),
    "boolean": T.BooleanType(),
    "timestamp": T.TimestampNTZType(),
    "strings": T.ArrayType(T.StringType()),
}
#: Inputs of the command are dealt into so many partitions at most.
PARTITIONS = 1_000
_SETTINGS: dict[str, bool | float | int | str | None] = {
    "spark.ui.showConsoleProgress": "false",
    "spark.ui.enabled": "false",
}
_NAMES = T.StructType().add("bucket", T.IntegerType()).add("line", T.StringType())
_PLACES = T.StructType().add("code", T.StringType()).add("id", T.StringType())
_FINAL = T.StructType().add("old", T.StringType()).add("new", T.StringType())


def spark_schema(table: Table) -> T.StructType:
    """The schema of a table; each field's metadata holds the column's meaning.

    >>> spark_schema(TABLES["events"])["who"].dataType
    ArrayType(StringType(), True)
    """
    fields = [T.StructField(c.name, _TYPES[c.type], metadata={"meaning": c.meaning}) for c in table.columns]
    return T.StructType(fields)


class SparkTables(dict[str, "DataFrame"]):
    """Tables by name, which know what was read for them beside the pages."""

    read_files = ReadFiles()


def extract(
    pages: DataFrame,
    *,
    columns: Mapping[str, str | None] | None = None,
    unit: Unit | None = None,
    model: str = "embedded",
    exclude: str | Iterable[str] = (),
    lexicons: LexiconSource | None = None,
    page_timeout: float | None = PAGE_TIMEOUT,
) -> dict[str, DataFrame]:
    """The tables of a DataFrame of pages or articles.

    Which column of `pages` holds what is said by `columns` and `unit`, and by its name, as in `bulletinnlp.extract`;
    instead of a text there may be a `path`, of a file that the executors see. A row with a text and no id gets one that
    depends on the text, not on a `path` beside it. What is no page, and page ids that are not unique, become rows of
    the table `problems`, and the rest goes on. The stages of a page end after `page_timeout` seconds (None: no limit).
    The work is done when a table is first asked for, and once. Raises ValueError for a model or stage that does not
    exist, lexicons with wrong lines, a limit that is none, or a frame without these columns.
    """
    pipe_config = PipelineConfig.of(model, exclude, lexicons)
    options = TableOptions(columns or {}, unit)
    seconds = seconds_of(page_timeout)
    known = check_frame(pages.columns, options)
    filled_tables = tables_of(outputs_of(pipe_config.load()))
    made = [table for table in filled_tables if table.name != "entities"]
    read = (
        pages.select(*known)
        .mapInPandas(_reader(pipe_config, options, made, seconds), _wide(made))
        .persist(StorageLevel.DISK_ONLY)
    )
    tables = {table.name: read.select(F.explode(table.name).alias("row")).select("row.*") for table in made}
    if any(table.name == "entities" for table in filled_tables):
        tables = _linked(read, tables)
    often = tables["pages"].groupBy("page_id").count().where("count > 1")
    repeats = often.mapInPandas(_repeats, spark_schema(TABLES["problems"]))
    found = SparkTables({**tables, "problems": tables["problems"].unionByName(repeats)})
    found.read_files = ReadFiles.of([], None, pipe_config.files(), lexicons)
    return found


def write(tables: Mapping[str, DataFrame], folder: str | Path, *, overwrite: bool = False) -> None:
    """Write the tables as Parquet, a folder a table: `events.parquet/`, `mentions.parquet/` …

    Raises FileExistsError for what is in the way that no run wrote, unless `overwrite` gives it up; ValueError for a
    file that was read and would be replaced by a table; FolderInUseError if another run writes there.
    """
    getattr(tables, "read_files", ReadFiles()).refuse(Path(folder), (), overwrite=overwrite)
    folder = Path(os.path.realpath(folder))
    with locked(folder) as lock:
        _refuse_replaced(tables, folder)
        staging = Staging(folder, [f"{name}.parquet" for name in tables], overwrite=overwrite, lock=lock)
        try:
            at, files = staging.path(f"{OF_SPARK}.{staging.run}"), dict[str, Path]()
            for name, data in tables.items():
                table = at / f"{name}.parquet"
                _marked(data, staging.run).write.parquet(table.as_uri())
                files |= {f"{table.name}/{file.name}": file for file in _written_for(table, staging.run)}
            staging.gather(files)
            staging.publish({}, {"engine": "spark"}, {})
        finally:
            staging.clear()


def _refuse_replaced(tables: Mapping[str, DataFrame], folder: Path) -> None:
    """Raise ValueError if the file of a page is one that tables in this folder replace; the executors look."""
    if "pages" not in tables or not ReplacedFiles(folder).names:
        return

    def replaced(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        files = ReplacedFiles(folder)
        for frame in frames:
            told = []
            for path in frame["path"]:
                try:
                    files.refuse(path)
                except ValueError as error:
                    told.append(str(error))
            yield pd.DataFrame({"told": told}, dtype=object)

    paths = tables["pages"].select("path").where(F.col("path").isNotNull()).distinct()
    if found := paths.mapInPandas(replaced, "told string").take(1):
        raise ValueError(found[0]["told"])


def _marked(data: DataFrame, run: str) -> DataFrame:
    """The same rows; what Spark writes of them bears the number of the run in its footers."""
    first, *others = data.columns
    metadata = {**data.schema[first].metadata, "run": run}
    return data.select(F.col(first).alias(first, metadata=metadata), *others)


def _written_for(table: Path, run: str) -> list[Path]:
    """The files that Spark has written of a table, with its sums of them; none that somebody has put there.

    Raises FolderLostError if there is none.
    """
    parts = [file for file in sorted(table.glob("part-*.parquet")) if has_mark(file, run)]
    if not parts:
        raise FolderLostError(f"{table}: the table on its way is gone; no table was written; run it again")
    beside = [table / "_SUCCESS", table / "._SUCCESS.crc", *(part.with_name(f".{part.name}.crc") for part in parts)]
    return [*parts, *(file for file in beside if is_kind(file, S_ISREG))]


def run(
    given: Iterable[Input],
    folder: Path,
    pipe_config: PipelineConfig,
    workers: int | None,
    on_problem: OnProblem | None = None,
    overwrite: bool = False,
    page_timeout: float | None = PAGE_TIMEOUT,
) -> dict[str, int]:
    """Read inputs with the Spark that `spark-submit` or the environment sets up, else on so many cores of this machine.

    `on_problem` is called with each error: with those that are known before the run at once, with the others after it.
    Gives the number of rows by table, of entities by label too, and of errors.
    """
    records, problems = records_of(given)
    report(problems, on_problem)
    known = [problem._asdict() for problem in problems]
    if not records:
        return {"problems": len(known), "error": sum(row["severity"] == "error" for row in known)}
    settings = {**_SETTINGS, "spark.master": SparkConf().get("spark.master") or f"local[{workers or '*'}]"}
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else Spark takes the first python3 that it finds
    session = SparkSession.builder.appName("bulletinnlp").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    schema = T.StructType([T.StructField(name, T.StringType()) for name in COLUMNS])
    rows = [tuple(record[name] for name in COLUMNS) for record in records]
    pages = session.createDataFrame(rows, schema).repartition(min(len(records), PARTITIONS))
    tables = extract(
        pages, model=pipe_config.model, exclude=pipe_config.exclude, lexicons=pipe_config.lexicons,
        page_timeout=page_timeout,
    )  # fmt: skip
    problem_schema = spark_schema(TABLES["problems"])
    tables["problems"] = tables["problems"].unionByName(
        session.createDataFrame([tuple(row[n] for n in problem_schema.names) for row in known], problem_schema)
    )
    write(tables, folder, overwrite=overwrite)
    report_written(folder, problems, on_problem)
    return _counts(session, folder, tables)


def _counts(session: SparkSession, folder: Path, tables: Iterable[str]) -> dict[str, int]:
    written = {name: session.read.parquet((folder.resolve() / f"{name}.parquet").as_uri()) for name in tables}
    counts = {name: data.count() for name, data in written.items()}
    for table, column in (("entities", "label"), ("problems", "severity")):
        if table in written:
            counts |= {row[0]: row[1] for row in written[table].groupBy(column).count().collect()}
    return {**counts, "error": counts.get("error", 0)}


def _wide(tables: Iterable[Table]) -> T.StructType:
    """One row a page: a list of structs a table, its names, and the divisions among them."""
    schema = T.StructType()
    for table in tables:
        schema.add(table.name, T.ArrayType(spark_schema(table)))
    return schema.add("names_", T.ArrayType(_NAMES)).add("places_", T.ArrayType(_PLACES))


def _reader(pipe_config: PipelineConfig, options: TableOptions, tables: list[Table], seconds: float | None) -> Any:
    """What `mapInPandas` runs: frames of pages to frames of rows."""

    def read(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        nlp = cached_pipeline(pipe_config)
        for frame in frames:
            for record in frame.to_dict("records"):
                given = input_of({str(k): v for k, v in record.items()}, options)
                page_tables = read_input(given, nlp, seconds)
                cells: dict[str, list[Any]] = {
                    t.name: [page_tables[t.name].to_pylist() if t.name in page_tables else []] for t in tables
                }
                profiles = profiles_in([page_tables])
                cells["names_"] = [[{"bucket": bucket, "line": line} for bucket, line in bucketed(profiles)]]
                cells["places_"] = [[{"code": c, "id": i} for c, i in divisions_in(profiles).items()]]
                yield pd.DataFrame(cells)

    return read


def _repeats(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Page ids and how many pages have them, to problems."""
    for frame in frames:
        rows = [repeated(page_id, count) for page_id, count in zip(frame["page_id"], frame["count"], strict=True)]
        yield pd.DataFrame(rows, columns=TABLES["problems"].names, dtype=object)


def _linked(read: DataFrame, tables: dict[str, DataFrame]) -> dict[str, DataFrame]:
    """The tables with their final ids, and the table of entities."""
    names = read.select(F.explode("names_").alias("name")).select("name.*")
    buckets = read.sparkSession.range(BUCKETS).select(F.col("id").cast("int").alias("bucket"))
    places = read.select(F.explode("places_").alias("place")).select("place.*").distinct().crossJoin(buckets)
    schema = T.StructType([*_FINAL.fields, *spark_schema(TABLES["entities"]).fields])
    linked = names.groupBy("bucket").cogroup(places.groupBy("bucket")).applyInPandas(_link_names, schema)
    linked = linked.persist(StorageLevel.DISK_ONLY)
    final = linked.where(F.col("old").isNotNull()).select("old", "new")
    renamed = {name: _renamed(data, ENTITY_COLUMNS.get(name, ()), final) for name, data in tables.items()}
    entities = linked.where(F.col("entity_id").isNotNull()).select(*TABLES["entities"].names)
    every = {**renamed, "entities": entities}
    return {name: every[name] for name in TABLES if name in every}


def _link_names(names: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """A bucket: rows that say which ids mean another, and rows of entities."""
    final, entities = link_bucket(names["line"], dict(zip(places["code"], places["id"], strict=True)))
    rows: list[Row] = [{"old": old, "new": new} for old, new in final.items()]
    rows += entities.to_pylist()
    columns = [*_FINAL.names, *TABLES["entities"].names]
    return pd.DataFrame([[row.get(name) for name in columns] for row in rows], columns=columns, dtype=object)


def _renamed(data: DataFrame, columns: Iterable[str], final: DataFrame) -> DataFrame:
    order = data.columns
    for column in columns:
        one = final.select(F.col("old").alias("old_"), F.col("new").alias("new_"))
        data = data.join(one, data[column] == one["old_"], "left")
        data = data.withColumn(column, F.coalesce("new_", column)).drop("old_", "new_")
    return data.select(*order)
