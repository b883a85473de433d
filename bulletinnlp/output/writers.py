"""Writing the tables: Parquet, JSON lines, CSV, DuckDB, SQLite.

A writer takes rows as pages finish and holds few of them. It writes in a hidden folder (`staging`) and renames at the
end, so that a table that is half written is never mistaken for a whole one, and nothing is lost that was there before.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import IO, Any, ClassVar, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from bulletinnlp.output.lock import FolderLock
from bulletinnlp.output.ownership import DATABASE
from bulletinnlp.output.staging import Staging
from bulletinnlp.pages.plain_files import reason
from bulletinnlp.tables.cells import guarded, joined
from bulletinnlp.tables.frames import arrow_schema, plain_rows
from bulletinnlp.tables.schema import ColumnType, Table
from bulletinnlp.tables.views import views

Format = Literal["parquet", "jsonl", "csv", "duckdb", "sqlite"]
#: A Parquet row group ends at so many rows of a table, or when so many bytes of all tables wait: then the largest goes.
ROW_GROUP, WAITING_BYTES = 20_000, 6_000_000


class TableWriter(ABC):
    """Writes tables into a folder. A context manager: leaving it well makes the tables appear, with their record.

    `facts` of a run go into the record (`pages/run_record.py`). Making one raises FileExistsError if a file is in the
    way that no run wrote; `overwrite` gives it up.
    """

    #: What the library behind a format raises where others raise OSError.
    failures: tuple[type[Exception], ...] = ()
    #: What the record says of how the format was written, for those who read it.
    traits: ClassVar[Mapping[str, Any]] = {}

    def __init__(
        self,
        folder: str | Path,
        tables: Iterable[Table],
        facts: Mapping[str, Any] | None = None,
        overwrite: bool = False,
        lock: FolderLock | None = None,
    ) -> None:
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.tables = {table.name: table for table in tables}
        self.facts = facts or {}
        self.staging = Staging(self.folder, self.names(self.tables), overwrite=overwrite, lock=lock)
        self.rows = Counter(dict.fromkeys(self.tables, 0))

    @classmethod
    @abstractmethod
    def names(cls, tables: Iterable[str]) -> list[str]:
        """The files that these tables are written into."""

    @abstractmethod
    def open(self) -> None:
        """Open what the tables are written into."""

    @abstractmethod
    def write(self, table: Table, data: pa.Table) -> None:
        """Add rows to a table."""

    @abstractmethod
    def close(self) -> None:
        """Finish what is open."""

    def add(self, page_tables: Mapping[str, pa.Table]) -> None:
        """Add rows to their tables; tables that are not written are passed over."""
        self.staging.check()
        with self._told_as_os_errors():
            for name, data in page_tables.items():
                if name in self.tables and data.num_rows:
                    self.write(self.tables[name], data)
                    self.rows[name] += data.num_rows

    @contextmanager
    def _told_as_os_errors(self) -> Iterator[None]:
        with self.staging.reported_if_lost():
            try:
                yield
            except self.failures as error:
                raise OSError(f"{self.folder}: the tables can not be written ({reason(error)})") from None

    def __enter__(self) -> TableWriter:
        try:
            with self._told_as_os_errors(), self.staging.making():
                self.open()
        except BaseException:
            self.staging.clear()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                with self._told_as_os_errors():
                    self.staging.check()
                    self.close()
                    self.staging.publish(self.rows, self.facts, self.traits)
            else:
                with suppress(Exception):  # the error that came first is the one to tell
                    self.close()
        finally:
            self.staging.clear()


class ParquetTables(TableWriter):
    """One Parquet file a table, in row groups of some MB at most (`ROW_GROUP`, `WAITING_BYTES`)."""

    def open(self) -> None:
        self.files = {
            name: pq.ParquetWriter(self.staging.path(f"{name}.parquet"), arrow_schema(table))
            for name, table in self.tables.items()
        }
        self.waiting: dict[str, list[pa.Table]] = {name: [] for name in self.tables}
        self.waiting_bytes: Counter[str] = Counter()

    @classmethod
    def names(cls, tables: Iterable[str]) -> list[str]:
        return [f"{name}.parquet" for name in tables]

    def write(self, table: Table, data: pa.Table) -> None:
        waiting = self.waiting[table.name]
        waiting.append(data)
        self.waiting_bytes[table.name] += data.nbytes
        if sum(d.num_rows for d in waiting) >= ROW_GROUP:
            self._flush(table.name)
        while self.waiting_bytes.total() >= WAITING_BYTES:
            self._flush(self.waiting_bytes.most_common(1)[0][0])

    def _flush(self, name: str) -> None:
        self.files[name].write_table(pa.concat_tables(self.waiting[name]))
        self.waiting[name].clear()
        del self.waiting_bytes[name]

    def close(self) -> None:
        try:
            for name, file in self.files.items():
                if self.waiting[name]:
                    self._flush(name)
                file.close()
        finally:
            # One that could not be closed would try it again as it goes, and print a traceback.
            for file in self.files.values():
                file.is_open = False


class TextTables(TableWriter):
    """One text file a table, a line for each row."""

    suffix: str
    encoding: str

    def open(self) -> None:
        self.files: dict[str, IO[str]] = {
            name: self.staging.path(f"{name}.{self.suffix}").open("x", encoding=self.encoding, newline="")
            for name in self.tables
        }

    @classmethod
    def names(cls, tables: Iterable[str]) -> list[str]:
        return [f"{name}.{cls.suffix}" for name in tables]

    def close(self) -> None:
        for file in self.files.values():
            file.close()


class JsonLines(TextTables):
    """JSON lines: lists are lists, timestamps ISO 8601, null is null."""

    suffix, encoding = "jsonl", "utf-8"

    def write(self, table: Table, data: pa.Table) -> None:
        file = self.files[table.name]
        for row in plain_rows(data):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


class CsvTables(TextTables):
    """CSV with a byte-order mark, so that spreadsheets show the Chinese; lists are joined by ；, null is empty.

    A ； inside an item is written with a backslash before it (`tables/cells.py`).
    """

    suffix, encoding = "csv", "utf-8-sig"
    traits: ClassVar[Mapping[str, Any]] = {"guard": False}

    def open(self) -> None:
        super().open()
        self.sheets = {name: csv.writer(file) for name, file in self.files.items()}
        for name, sheet in self.sheets.items():
            sheet.writerow(self.tables[name].names)

    def write(self, table: Table, data: pa.Table) -> None:
        cell = _guarded_cell if self.traits["guard"] else _csv_cell
        self.sheets[table.name].writerows(map(cell, row.values()) for row in plain_rows(data))


class GuardedCsvTables(CsvTables):
    """CSV in which no cell can be a formula: a ' stands before text that begins with = + - @ or a tab."""

    traits: ClassVar[Mapping[str, Any]] = {"guard": True}


def _csv_cell(value: Any) -> Any:
    return joined(value) if isinstance(value, list) else value


def _guarded_cell(value: Any) -> Any:
    cell = _csv_cell(value)
    return guarded(cell) if isinstance(cell, str) else cell


class SqliteTables(TableWriter):
    """One SQLite database, `bulletin.sqlite`; lists are JSON arrays, timestamps ISO 8601."""

    types: ClassVar[dict[ColumnType, str]] = {
        "string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "timestamp": "TEXT",
        "strings": "TEXT",
    }  # fmt: skip
    failures = (sqlite3.Error,)

    def open(self) -> None:
        self.database = sqlite3.connect(self.staging.path(f"{DATABASE}.sqlite"), isolation_level=None)
        self.database.execute("BEGIN")
        for table in self.tables.values():
            self.database.execute(_create(table, self.types))
        for view in views(self.tables, "sqlite"):
            self.database.execute(view)

    @classmethod
    def names(cls, tables: Iterable[str]) -> list[str]:
        return [f"{DATABASE}.sqlite"]

    def write(self, table: Table, data: pa.Table) -> None:
        marks = ", ".join("?" * len(table.columns))
        rows = ([_sql_cell(cell) for cell in row.values()] for row in plain_rows(data))
        self.database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)

    def close(self) -> None:
        try:
            if self.database.in_transaction:
                self.database.execute("COMMIT")
        finally:
            self.database.close()


def _sql_cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


class DuckdbTables(TableWriter):
    """One DuckDB database, `bulletin.duckdb`, with the tables' own types."""

    types: ClassVar[dict[ColumnType, str]] = {
        "string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "timestamp": "TIMESTAMP",
        "strings": "VARCHAR[]",
    }  # fmt: skip

    def open(self) -> None:
        import duckdb

        self.failures = (duckdb.Error,)
        self.database = duckdb.connect(str(self.staging.path(f"{DATABASE}.duckdb")))
        for table in self.tables.values():
            self.database.execute(_create(table, self.types))
        for view in views(self.tables, "duckdb"):
            self.database.execute(view)

    @classmethod
    def names(cls, tables: Iterable[str]) -> list[str]:
        return [f"{DATABASE}.duckdb"]

    def write(self, table: Table, data: pa.Table) -> None:
        self.database.register("some_rows", data)
        self.database.execute(f'INSERT INTO "{table.name}" SELECT * FROM some_rows')
        self.database.unregister("some_rows")

    def close(self) -> None:
        try:
            self.database.execute("CHECKPOINT")  # all is in the file then, nothing in a log beside it
        finally:
            self.database.close()


def _create(table: Table, types: dict[ColumnType, str]) -> str:
    columns = ", ".join(f'"{c.name}" {types[c.type]}' for c in table.columns)
    return f'CREATE TABLE "{table.name}" ({columns})'


WRITERS: dict[str, type[TableWriter]] = {
    "parquet": ParquetTables,
    "jsonl": JsonLines,
    "csv": CsvTables,
    "duckdb": DuckdbTables,
    "sqlite": SqliteTables,
}


def open_tables(
    folder: str | Path,
    tables: Iterable[Table],
    format: str = "parquet",
    *,
    guard: bool = False,
    facts: Mapping[str, Any] | None = None,
    overwrite: bool = False,
    lock: FolderLock | None = None,
) -> TableWriter:
    """A writer of the tables in this format; `guard` guards CSV against formulas, `facts` go into the record.

    Raises ValueError for a format that does not exist, FileExistsError for a file in the way that no run wrote, unless
    `overwrite` gives it up. `lock` is that of the folder.
    """
    writer = GuardedCsvTables if guard and format == "csv" else writer_of(format)
    return writer(folder, tables, facts, overwrite, lock)


def writer_of(format: str) -> type[TableWriter]:
    """The writer of a format. Raises ValueError for one that does not exist, ModuleNotFoundError for what it needs."""
    if format not in WRITERS:
        raise ValueError(f"format '{format}' is unknown; choose {', '.join(WRITERS)}")
    if format == "duckdb" and find_spec("duckdb") is None:
        raise ModuleNotFoundError("--format duckdb needs DuckDB: pip install 'bulletinnlp[duckdb]'")
    return WRITERS[format]
