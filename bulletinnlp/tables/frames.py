"""From rows to DataFrames and Arrow tables, typed as the schema says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pandas as pd
import pyarrow as pa

from bulletinnlp.tables.rows import Row
from bulletinnlp.tables.schema import Table

ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "timestamp": pa.timestamp("us"),
    "strings": pa.list_(pa.string()),
}
PANDAS = {
    "string": "str",
    "integer": "int64",
    "number": "float64",
    "boolean": "boolean",
    "timestamp": "datetime64[us]",
    "strings": "object",
}


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table; each field's metadata holds the column's meaning."""
    return pa.schema(
        [pa.field(c.name, ARROW[c.type], metadata={"meaning": c.meaning}) for c in table.columns],
        metadata={"row": table.row},
    )


def arrow_table(table: Table, rows: Sequence[Row]) -> pa.Table:
    """The rows as an Arrow table."""
    schema = arrow_schema(table)
    arrays = [pa.array(_cells(rows, c.name, c.type), type=ARROW[c.type]) for c in table.columns]
    return pa.Table.from_arrays(arrays, schema=schema)


def frame(table: Table, rows: Sequence[Row]) -> pd.DataFrame:
    """The rows as a DataFrame: text as `str`, lists as lists, `begin` and `until` as timestamps."""
    columns = {c.name: pd.Series(_cells(rows, c.name, c.type), dtype=PANDAS[c.type]) for c in table.columns}
    return pd.DataFrame(columns)


def from_arrow(table: Table, data: pa.Table) -> pd.DataFrame:
    """An Arrow table read from a file, as `frame` would have given it."""
    return frame(table, data.to_pylist())


def timestamp(cell: str | datetime | None) -> datetime | None:
    """An ISO timestamp as a `datetime`; None for what a calendar of the years 1–9999 can not hold."""
    if cell is None or isinstance(cell, datetime):
        return cell
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        return None


def _cells(rows: Sequence[Row], column: str, kind: str) -> list[object]:
    cells = [row.get(column) for row in rows]
    return [timestamp(cell) for cell in cells] if kind == "timestamp" else cells
