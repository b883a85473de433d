"""Writing the tables: Parquet, JSON lines, CSV, DuckDB, SQLite.

A writer takes rows as pages finish and holds few of them. It writes aside (`events.parquet.part`) and renames at the
end, so that a table that is half written is never mistaken for a whole one.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, ClassVar, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from bulletinnlp.tables.cells import guarded, joined
from bulletinnlp.tables.frames import arrow_schema, plain_rows
from bulletinnlp.tables.record import publish
from bulletinnlp.tables.schema import ColumnType, Table
from bulletinnlp.tables.views import views

Format = Literal["parquet", "jsonl", "csv", "duckdb", "sqlite"]
#: A Parquet row group ends at so many rows of a table, or when so many bytes of all tables wait: then the largest goes.
ROW_GROUP, WAITING_BYTES = 20_000, 6_000_000
DATABASE = "bulletin"


class TableWriter(ABC):
    """Writes tables into a folder. A context manager: leaving it well makes the tables appear, with their record.

    `facts` of a run go into the record (`tables/record.py`).
    """

    #: What the library behind a format raises where others raise OSError.
    failures: tuple[type[Exception], ...] = ()
    #: What the record says of how the format was written, for those who read it.
    traits: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, folder: str | Path, tables: Iterable[Table], facts: Mapping[str, Any] | None = None) -> None:
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.tables = {table.name: table for table in tables}
        self.facts = facts or {}
        self.asides: dict[Path, Path] = {}
        self.rows = Counter(dict.fromkeys(self.tables, 0))

    @abstractmethod
    def write(self, table: Table, data: pa.Table) -> None:
        """Add rows to a table."""

    @abstractmethod
    def close(self) -> None:
        """Finish what is open."""

    def add(self, part: Mapping[str, pa.Table]) -> None:
        """Add rows to their tables; tables that are not written are passed over."""
        with self._told_as_os_errors():
            for name, data in part.items():
                if name in self.tables and data.num_rows:
                    self.write(self.tables[name], data)
                    self.rows[name] += data.num_rows

    @contextmanager
    def _told_as_os_errors(self) -> Iterator[None]:
        try:
            yield
        except self.failures as error:
            raise OSError(f"{self.folder}: the tables can not be written ({error})") from None

    def aside(self, name: str) -> Path:
        """A file to write aside; it takes `name` in the end."""
        path = self.folder / name
        aside = path.with_name(f"{name}.part")
        aside.unlink(missing_ok=True)
        self.asides[aside] = path
        return aside

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                with self._told_as_os_errors():
                    self.close()
                    publish(self.folder, self.asides, self.rows, self.facts, self.traits)
            else:
                with suppress(Exception):  # the error that came first is the one to tell
                    self.close()
        finally:
            for path in (path for aside in self.asides for path in self.folder.glob(f"{aside.name}*")):
                path.unlink(missing_ok=True)  # with the journals that databases keep beside them


class ParquetTables(TableWriter):
    """One Parquet file a table, in row groups of some MB at most (`ROW_GROUP`, `WAITING_BYTES`)."""

    def __init__(self, folder: str | Path, tables: Iterable[Table], facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(folder, tables, facts)
        self.files = {
            t.name: pq.ParquetWriter(self.aside(f"{t.name}.parquet"), arrow_schema(t)) for t in self.tables.values()
        }
        self.waiting: dict[str, list[pa.Table]] = {name: [] for name in self.tables}
        self.waiting_bytes: Counter[str] = Counter()

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
        for name, file in self.files.items():
            if self.waiting[name]:
                self._flush(name)
            file.close()


class TextTables(TableWriter):
    """One text file a table, a line for each row."""

    suffix: str
    encoding: str

    def __init__(self, folder: str | Path, tables: Iterable[Table], facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(folder, tables, facts)
        self.files: dict[str, IO[str]] = {
            name: self.aside(f"{name}.{self.suffix}").open("w", encoding=self.encoding, newline="")
            for name in self.tables
        }

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

    def __init__(self, folder: str | Path, tables: Iterable[Table], facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(folder, tables, facts)
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

    def __init__(self, folder: str | Path, tables: Iterable[Table], facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(folder, tables, facts)
        self.database = sqlite3.connect(self.aside(f"{DATABASE}.sqlite"), isolation_level=None)
        self.database.execute("BEGIN")
        for table in self.tables.values():
            self.database.execute(_create(table, self.types))
        for view in views(self.tables, "sqlite"):
            self.database.execute(view)

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

    def __init__(self, folder: str | Path, tables: Iterable[Table], facts: Mapping[str, Any] | None = None) -> None:
        try:
            import duckdb
        except ImportError:
            raise ModuleNotFoundError("--format duckdb needs DuckDB: pip install 'bulletinnlp[duckdb]'") from None
        self.failures = (duckdb.Error,)
        super().__init__(folder, tables, facts)
        self.database = duckdb.connect(str(self.aside(f"{DATABASE}.duckdb")))
        for table in self.tables.values():
            self.database.execute(_create(table, self.types))
        for view in views(self.tables, "duckdb"):
            self.database.execute(view)

    def write(self, table: Table, data: pa.Table) -> None:
        self.database.register("some_rows", data)
        self.database.execute(f'INSERT INTO "{table.name}" SELECT * FROM some_rows')
        self.database.unregister("some_rows")

    def close(self) -> None:
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
) -> TableWriter:
    """A writer of the tables in this format; `guard` guards CSV against formulas, `facts` go into the record.

    Raises ValueError for a format that does not exist.
    """
    if format not in WRITERS:
        raise ValueError(f"format '{format}' is unknown; choose {', '.join(WRITERS)}")
    writer = GuardedCsvTables if guard and format == "csv" else WRITERS[format]
    return writer(folder, tables, facts)
