"""Rows, Arrow tables and DataFrames, typed as the schema says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from math import nan
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from bulletinnlp.pages.page import SURROGATE
from bulletinnlp.tables.rows import Row, Rows
from bulletinnlp.tables.schema import PROFILES, TABLES, Table

if TYPE_CHECKING:
    import pandas as pd

ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "timestamp": pa.timestamp("us"),
    "strings": pa.list_(pa.string()),
}
PANDAS = {
    "integer": "int64",
    "number": "float64",
    "boolean": "boolean",
    "timestamp": "datetime64[us]",
    "strings": "object",
}
#: The tables that rows are packed into: those of the schema, and what linking reads.
_PACKED = {**TABLES, PROFILES.name: PROFILES}
#: The tables of some pages, or of a whole input: table's name → Arrow table.
Tables = dict[str, pa.Table]
#: Pages whose tables are held apart at a time.
PAGES_AT_ONCE = 50
#: What packing a value raises that its column can not hold.
_UNFIT = (pa.ArrowException, TypeError, ValueError, OverflowError)


@cache
def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table; each field's metadata holds the column's meaning."""
    return pa.schema(
        [pa.field(c.name, ARROW[c.type], metadata={"meaning": c.meaning}) for c in table.columns],
        metadata={"row": table.row},
    )


def arrow_table(table: Table, rows: Sequence[Row]) -> pa.Table:
    """The rows as an Arrow table."""
    schema = arrow_schema(table)
    arrays = [_array(_cells(rows, c.name, c.type), ARROW[c.type]) for c in table.columns]
    return pa.Table.from_arrays(arrays, schema=schema)


def arrow_tables(rows: Rows) -> Tables:
    """Rows of several tables as Arrow tables."""
    return {name: arrow_table(_PACKED[name], some) for name, some in rows.items() if name in _PACKED}


def packed_rows(rows: Rows) -> tuple[Tables, list[str]]:
    """Rows as Arrow tables, and what could not be packed: a row with a value that its column can not hold is left out.

    >>> tables, misfits = packed_rows({"bylines": [{"article_id": "p#1", "name": "张三"}, {"name": 3}]})
    >>> tables["bylines"].num_rows, misfits
    (1, ['a row of bylines was left out: its name is 3, which is no string'])
    """
    try:
        return arrow_tables(rows), []
    except _UNFIT:
        misfits = {
            (name, at): wrong for name in rows for at, row in enumerate(rows[name]) if (wrong := _misfit(name, row))
        }
        kept = {name: [row for at, row in enumerate(some) if (name, at) not in misfits] for name, some in rows.items()}
        return arrow_tables(kept), list(misfits.values())


def concatenated(some: Iterable[Tables]) -> Tables:
    """The tables of several pages, runs … as one table a name."""
    found: dict[str, list[pa.Table]] = {}
    for tables in some:
        for name, data in tables.items():
            found.setdefault(name, []).append(data)
    return {name: pa.concat_tables(data) for name, data in found.items()}


def packed(pages: Iterable[Tables]) -> Tables:
    """The tables of many pages as one table a name; some pages at a time, as small tables take more room than rows."""
    todo = iter(pages)
    return concatenated(
        {name: data.combine_chunks() for name, data in concatenated(some).items()}
        for some in iter(lambda: list(islice(todo, PAGES_AT_ONCE)), [])
    )


def _misfit(name: str, row: Row) -> str | None:
    """The error for a row with a value that its column can not hold; None where all fit."""
    for column in _PACKED[name].columns:
        try:
            arrow_table(Table(name, "", "", (column,)), [row])
        except _UNFIT:
            wrong = f"its {column.name} is {row[column.name]!r:.100}, which is no {column.type}"
            return f"a row of {name} was left out: {wrong}"
    return None


def frame(table: Table, rows: Sequence[Row]) -> pd.DataFrame:
    """The rows as a DataFrame: text as `str` (pandas 2: as objects), lists as lists, `begin` and `until` as timestamps.

    Missing text is NaN with either pandas.
    """
    import pandas as pd  # half a second that processes which only read pages need not wait

    columns = {}
    for c in table.columns:
        cells = _cells(rows, c.name, c.type)
        columns[c.name] = _text(cells) if c.type == "string" else pd.Series(cells, dtype=_dtype(c.type, None in cells))
    return pd.DataFrame(columns)


def from_arrow(table: Table, data: pa.Table) -> pd.DataFrame:
    """An Arrow table as `frame` would have given it from its rows. Text is not copied into Python on the way."""
    import pandas as pd

    columns = {}
    for c in table.columns:
        cells = data[c.name].combine_chunks() if c.name in data.column_names else pa.nulls(data.num_rows, ARROW[c.type])
        if c.type == "string":
            columns[c.name] = _text(cells)
            continue
        kind = _dtype(c.type, cells.null_count > 0)
        plain = kind in ("int64", "float64", "datetime64[us]")
        values = cells.to_numpy(zero_copy_only=False) if plain else cells.to_pylist()
        columns[c.name] = pd.Series(values, dtype=kind, copy=plain)
    return pd.DataFrame(columns)


def _text(cells: Sequence[object] | pa.Array) -> pd.Series:
    """A column of text; in pandas 3 Arrow's text is taken as it lies, in pandas 2 each cell is an object."""
    import pandas as pd

    if (arrow_text := _arrow_text()) is not None:
        return pd.Series(cells, dtype=arrow_text)
    values = cells.to_pylist() if isinstance(cells, pa.Array) else cells
    return pd.Series([nan if value is None else value for value in values], dtype="object")


@cache
def _arrow_text() -> pd.StringDtype | None:
    """The type of text in pandas 3; None in pandas 2, which has it as objects."""
    import pandas as pd

    kind = pd.Series([], dtype="str").dtype
    return kind if isinstance(kind, pd.StringDtype) else None


def _dtype(kind: str, missing: bool) -> str:
    """The type of a column in pandas; `int64` knows no missing cells."""
    return "Int64" if kind == "integer" and missing else PANDAS[kind]


def to_arrow(table: Table, data: pd.DataFrame) -> pa.Table:
    """A DataFrame of this table, as `frame` gave it or as its owner changed it, as an Arrow table."""
    return tidied(pa.Table.from_pandas(data, schema=arrow_schema(table), preserve_index=False, safe=False))


def tidied(data: pa.Table) -> pa.Table:
    """The table with one spelling of what is missing: text that is empty is null, a list that is null is empty.

    >>> tidied(pa.table({"what": ["", "轮椅"], "who": [None, ["县残联", ""]]})).to_pydict()
    {'what': [None, '轮椅'], 'who': [[], ['县残联']]}
    """
    for at, field in enumerate(data.schema):
        cells = data.column(at)
        if _is_text(field.type):
            blank = pc.equal(cells, "")
            if pc.any(blank).as_py():
                data = data.set_column(at, field, pc.if_else(blank, pa.scalar(None, field.type), cells))
        elif pa.types.is_list(field.type) or pa.types.is_large_list(field.type):
            items = pc.list_flatten(cells)
            if cells.null_count or items.null_count or (_is_text(items.type) and pc.any(pc.equal(items, "")).as_py()):
                data = data.set_column(at, field, pa.array([_items(cell) for cell in cells.to_pylist()], field.type))
    return data


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _items(cell: object) -> object:
    """A list without items that are missing; of none, an empty one."""
    return [item for item in cell or () if item not in ("", None)] if cell is None or isinstance(cell, list) else cell


def plain_rows(data: pa.Table) -> Iterator[Row]:
    """The rows of an Arrow table as plain values: timestamps are ISO 8601, missing cells None."""
    times = [i for i, field in enumerate(data.schema) if pa.types.is_timestamp(field.type)]
    for batch in data.to_batches(max_chunksize=2000):
        for i in times:
            column = pa.array([cell and cell.isoformat() for cell in batch.column(i).to_pylist()], pa.string())
            batch = batch.set_column(i, batch.schema.field(i).name, column)
        yield from batch.to_pylist()


def tidied_rows(data: pa.Table) -> list[Row]:
    """The rows of an Arrow table as plain values, with one spelling of what is missing (`tidied`)."""
    return list(plain_rows(tidied(data)))


def timestamp(cell: str | datetime | None) -> datetime | None:
    """An ISO timestamp as a `datetime`; None for what a calendar of the years 1–9999 can not hold."""
    if cell is None or isinstance(cell, datetime):
        return cell
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        return None


def _cells(rows: Iterable[Row], column: str, kind: str) -> list[object]:
    cells = [row.get(column) for row in rows]
    if kind == "timestamp":
        return [timestamp(cell) for cell in cells]
    if kind == "strings":
        return [_items(cell) for cell in cells]
    return [None if cell == "" else cell for cell in cells] if kind == "string" else cells


def _array(cells: list[object], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(cells, type=kind)
    except UnicodeEncodeError:  # half a character, which no file can hold: shown as U+FFFD
        return pa.array([_sound(cell) for cell in cells], type=kind)


def _sound(cell: object) -> object:
    if isinstance(cell, list):
        return [_sound(item) for item in cell]
    return SURROGATE.sub("\ufffd", cell) if isinstance(cell, str) else cell
