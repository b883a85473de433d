"""Writing the tables: Parquet, JSON lines, CSV, DuckDB, SQLite.

A writer takes rows as pages finish and holds few of them. It writes aside (`events.parquet.part`) and renames at the
end, so that a table that is half written is never mistaken for a whole one.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, ClassVar, Literal

import pyarrow.parquet as pq

from bulletinnlp.tables.frames import arrow_schema, arrow_table
from bulletinnlp.tables.rows import Row, Rows
from bulletinnlp.tables.schema import ColumnType, Table

Format = Literal["parquet", "jsonl", "csv", "duckdb", "sqlite"]
#: Joins the items of a list in a CSV cell.
LIST_MARK = "；"
ROW_GROUP = 20_000
DATABASE = "bulletin"


class TableWriter(ABC):
    """Writes tables into a folder. A context manager: leaving it well makes the tables appear."""

    def __init__(self, folder: str | Path, tables: Iterable[Table]) -> None:
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.tables = {table.name: table for table in tables}
        self.parts: dict[Path, Path] = {}

    @abstractmethod
    def write(self, table: Table, rows: list[Row]) -> None:
        """Add rows to a table."""

    @abstractmethod
    def close(self) -> None:
        """Finish what is open."""

    def add(self, rows: Rows) -> None:
        """Add rows to their tables; tables that are not written are passed over."""
        for name, some in rows.items():
            if some and name in self.tables:
                self.write(self.tables[name], some)

    def part(self, name: str) -> Path:
        """A file to write aside; it takes `name` in the end."""
        path = self.folder / name
        aside = path.with_name(f"{name}.part")
        aside.unlink(missing_ok=True)
        self.parts[aside] = path
        return aside

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
        for aside, path in self.parts.items():
            if kind is None:
                aside.replace(path)
            else:
                aside.unlink(missing_ok=True)


class ParquetTables(TableWriter):
    """One Parquet file a table, a row group for every 20,000 rows."""

    def __init__(self, folder: str | Path, tables: Iterable[Table]) -> None:
        super().__init__(folder, tables)
        self.files = {
            t.name: pq.ParquetWriter(self.part(f"{t.name}.parquet"), arrow_schema(t)) for t in self.tables.values()
        }
        self.waiting: Rows = {name: [] for name in self.tables}

    def write(self, table: Table, rows: list[Row]) -> None:
        waiting = self.waiting[table.name]
        waiting += rows
        if len(waiting) >= ROW_GROUP:
            self._flush(table)

    def _flush(self, table: Table) -> None:
        self.files[table.name].write_table(arrow_table(table, self.waiting[table.name]))
        self.waiting[table.name].clear()

    def close(self) -> None:
        for table in self.tables.values():
            if self.waiting[table.name]:
                self._flush(table)
            self.files[table.name].close()


class TextTables(TableWriter):
    """One text file a table, a line for each row."""

    suffix: str
    encoding: str

    def __init__(self, folder: str | Path, tables: Iterable[Table]) -> None:
        super().__init__(folder, tables)
        self.files: dict[str, IO[str]] = {
            name: self.part(f"{name}.{self.suffix}").open("w", encoding=self.encoding, newline="")
            for name in self.tables
        }

    def close(self) -> None:
        for file in self.files.values():
            file.close()


class JsonLines(TextTables):
    """JSON lines: lists are lists, timestamps ISO 8601, null is null."""

    suffix, encoding = "jsonl", "utf-8"

    def write(self, table: Table, rows: list[Row]) -> None:
        names = table.names
        file = self.files[table.name]
        for row in rows:
            file.write(json.dumps({name: row.get(name) for name in names}, ensure_ascii=False, default=str) + "\n")


class CsvTables(TextTables):
    """CSV with a byte-order mark, so that spreadsheets show the Chinese; lists are joined by ；, null is empty."""

    suffix, encoding = "csv", "utf-8-sig"

    def __init__(self, folder: str | Path, tables: Iterable[Table]) -> None:
        super().__init__(folder, tables)
        self.sheets = {name: csv.writer(file) for name, file in self.files.items()}
        for name, sheet in self.sheets.items():
            sheet.writerow(self.tables[name].names)

    def write(self, table: Table, rows: list[Row]) -> None:
        self.sheets[table.name].writerows([_csv_cell(row.get(name)) for name in table.names] for row in rows)


def _csv_cell(value: Any) -> Any:
    return LIST_MARK.join(value) if isinstance(value, list) else value


class SqliteTables(TableWriter):
    """One SQLite database, `bulletin.sqlite`; lists are JSON arrays, timestamps ISO 8601."""

    types: ClassVar[dict[ColumnType, str]] = {
        "string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "timestamp": "TEXT",
        "strings": "TEXT",
    }  # fmt: skip

    def __init__(self, folder: str | Path, tables: Iterable[Table]) -> None:
        super().__init__(folder, tables)
        self.database = sqlite3.connect(self.part(f"{DATABASE}.sqlite"), isolation_level=None)
        self.database.execute("BEGIN")
        for table in self.tables.values():
            self.database.execute(_create(table, self.types))

    def write(self, table: Table, rows: list[Row]) -> None:
        marks = ", ".join("?" * len(table.columns))
        self.database.executemany(
            f'INSERT INTO "{table.name}" VALUES ({marks})',
            ([_sql_cell(row.get(name)) for name in table.names] for row in rows),
        )

    def close(self) -> None:
        self.database.execute("COMMIT")
        self.database.close()


def _sql_cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


class DuckdbTables(TableWriter):
    """One DuckDB database, `bulletin.duckdb`, with the tables' own types."""

    types: ClassVar[dict[ColumnType, str]] = {
        "string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "timestamp": "TIMESTAMP",
        "strings": "VARCHAR[]",
    }  # fmt: skip

    def __init__(self, folder: str | Path, tables: Iterable[Table]) -> None:
        try:
            import duckdb
        except ImportError:
            raise ModuleNotFoundError("--format duckdb needs DuckDB: pip install 'bulletinnlp[duckdb]'") from None
        super().__init__(folder, tables)
        self.database = duckdb.connect(str(self.part(f"{DATABASE}.duckdb")))
        for table in self.tables.values():
            self.database.execute(_create(table, self.types))

    def write(self, table: Table, rows: list[Row]) -> None:
        self.database.register("some_rows", arrow_table(table, rows))
        self.database.execute(f'INSERT INTO "{table.name}" SELECT * FROM some_rows')
        self.database.unregister("some_rows")

    def close(self) -> None:
        self.database.close()


def _create(table: Table, types: dict[ColumnType, str]) -> str:
    columns = ", ".join(f'"{c.name}" {types[c.type]}' for c in table.columns)
    return f'CREATE TABLE "{table.name}" ({columns})'


WRITERS: dict[str, Callable[[str | Path, Iterable[Table]], TableWriter]] = {
    "parquet": ParquetTables,
    "jsonl": JsonLines,
    "csv": CsvTables,
    "duckdb": DuckdbTables,
    "sqlite": SqliteTables,
}


def open_tables(folder: str | Path, tables: Iterable[Table], format: str = "parquet") -> TableWriter:
    """A writer of the tables in this format. Raises ValueError for a format that does not exist."""
    if format not in WRITERS:
        raise ValueError(f"format '{format}' is unknown; choose {', '.join(WRITERS)}")
    return WRITERS[format](folder, tables)
