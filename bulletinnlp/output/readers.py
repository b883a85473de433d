"""Reading the tables back, whatever the format they were written in."""

from __future__ import annotations

import csv
import json
import sqlite3
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bulletinnlp.output.consistent_reads import steadily
from bulletinnlp.output.ownership import DATABASE
from bulletinnlp.output.table_folder import (
    checkpoints_of,
    finished_pages,
    is_whole,
    last_format,
    nothing_here,
    table_files,
    warnings_of,
)
from bulletinnlp.pages.plain_files import reason, unfit
from bulletinnlp.pages.run_record import read_record
from bulletinnlp.tables.cells import of_any_length, split, unguarded
from bulletinnlp.tables.frames import concatenated, tidied_rows
from bulletinnlp.tables.linking import linked
from bulletinnlp.tables.rows import Row, Rows
from bulletinnlp.tables.schema import TABLES, ColumnType, Table


def read_rows(folder: str | Path) -> Rows:
    """The rows of the tables that `bulletinnlp extract … --out folder` wrote, as plain values.

    Where a folder holds several formats, the one that was written last is taken, and of somebody's own Parquet before
    JSON lines, CSV, DuckDB and SQLite; files that the record of
    the last run does not list are of another time and passed over. Of a run that was stopped, the pages that are
    finished, with a warning; where an earlier run is whole, as `Extraction.read` does. Raises FileNotFoundError if the
    folder holds no tables, ValueError for a file that is none, and where a run does not end replacing the tables.
    """
    folder = Path(folder)
    rows, told = steadily(folder, lambda: rows_in(folder))
    for message in told:
        warnings.warn(message, stacklevel=2)
    return rows


def whole_rows(folder: Path) -> Rows | None:
    """The rows of the tables that are whole, of the format that was written last; None where there are none."""
    readers = {
        "parquet": _read_parquet, "jsonl": _read_jsonl, "csv": _read_csv,
        "duckdb": _read_duckdb, "sqlite": _read_sqlite,
    }  # fmt: skip
    last = last_format(folder)
    for _, read in sorted(readers.items(), key=lambda reader: reader[0] != last):
        if found := read(folder):
            return found
    return None


def rows_in(folder: Path) -> tuple[Rows, list[str]]:
    """The rows as they stand at the moment, and what to say of them."""
    if (rows := whole_rows(folder)) is not None:
        return rows, list(warnings_of(folder))
    if (checkpoints := checkpoints_of(folder)).paths():
        tables = linked(concatenated(checkpoints))
        return {name: tidied_rows(tables[name]) for name in TABLES if name in tables}, [finished_pages(folder)]
    raise nothing_here(folder)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Whatever a reader raises on a file that is cut, or of something else, as a ValueError that names the file."""
    if not path.is_dir() and (wrong := unfit(path)):
        raise ValueError(f"{path}: {wrong}")
    try:
        yield
    except Exception as error:
        why = reason(error) if isinstance(error, OSError) else (str(error).splitlines() or [type(error).__name__])[0]
        raise ValueError(f"{path}: can not be read as a table ({why})") from error


def _read_parquet(folder: Path) -> Rows:
    found: Rows = {}
    for name, path in table_files(folder, "parquet").items():
        with naming(path):
            found[name] = tidied_rows(pq.read_table(path))
    return found


def _read_jsonl(folder: Path) -> Rows:
    found: Rows = {}
    for name, path in table_files(folder, "jsonl").items():
        with naming(path):
            lines = path.read_text(encoding="utf-8").split("\n")
            found[name] = [dict(json.loads(line)) for line in lines if line.strip()]
    return found


def _read_csv(folder: Path) -> Rows:
    found: Rows = {}
    text = unguarded if (read_record(folder) or {}).get("guard") else str
    for name, path in table_files(folder, "csv").items():
        columns = TABLES[name].names
        with naming(path), path.open(encoding="utf-8-sig", newline="") as file, of_any_length():
            sheet = csv.DictReader(file)
            if not set(sheet.fieldnames or ()) & set(columns):
                raise ValueError("no column of the table has a name of ours")
            rows = ({column: text(row.get(column) or "") for column in columns} for row in sheet)
            found[name] = [_typed(TABLES[name], row, split) for row in rows]
    return found


def _read_sqlite(folder: Path) -> Rows:
    path = folder / f"{DATABASE}.sqlite"
    if not is_whole(path):
        return {}
    with naming(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        here = {row["name"] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {
            name: [_typed(table, dict(row), json.loads) for row in database.execute(f'SELECT * FROM "{name}"')]
            for name, table in TABLES.items()
            if name in here
        }


def _read_duckdb(folder: Path) -> Rows:
    path = folder / f"{DATABASE}.duckdb"
    if not is_whole(path):
        return {}
    import duckdb

    with naming(path), duckdb.connect(str(path), read_only=True) as database:
        here = {name for (name,) in database.execute("SELECT table_name FROM information_schema.tables").fetchall()}
        return {
            name: tidied_rows(database.sql(f'SELECT * FROM "{name}"').to_arrow_table())
            for name in TABLES
            if name in here
        }


def _typed(table: Table, row: dict[str, Any], listed: Callable[[str], list[str]]) -> Row:
    """A row of CSV or SQLite with the types of the schema; `listed` reads a list out of its text."""
    return {
        column.name: listed(row[column.name])
        if column.type == "strings" and row.get(column.name)
        else _cell(row.get(column.name), column.type)
        for column in table.columns
    }


def _cell(cell: Any, kind: ColumnType) -> Any:
    if cell is None or cell == "":
        return [] if kind == "strings" else None
    if kind == "integer":
        return int(float(cell))
    if kind == "number":
        return float(cell)
    if kind == "boolean":
        return cell in (True, 1, "1", "True", "true")
    return cell
