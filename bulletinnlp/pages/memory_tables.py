"""Tables in memory as rows: DataFrames of pandas and polars, Arrow tables, lists and iterators of dicts, texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count, islice
from typing import Any

from bulletinnlp.pages.input_tables import InputTable, TableRow
from bulletinnlp.pages.page import ProblemRow

#: Rows that are turned into Python objects at a time.
ROWS_AT_ONCE = 500
#: So many rows of dicts are looked at for their keys.
ROWS_FOR_COLUMNS = 100
#: Frames that a cluster holds, by the module of their class, and the call that reads them.
_CLUSTERS = {
    "dask": "bulletinnlp.runs.dask.extract_to(frame, folder)",
    "pyspark": "bulletinnlp.runs.spark.extract(frame)",
}


def is_table(data: Any) -> bool:
    """Whether something is a table: a DataFrame, an Arrow table, a stream of Arrow batches.

    Raises TypeError for frames of Dask and Spark, which belong to a cluster, and for those that hold no rows yet; the
    message names the call for them.
    """
    module = type(data).__module__.partition(".")[0]
    if type(data).__name__ == "LazyFrame":
        raise TypeError("a LazyFrame holds no rows yet; give frame.collect()")
    if module in _CLUSTERS:
        raise TypeError(f"a {type(data).__name__} of {module} is read by {_CLUSTERS[module]}")
    return _is_pandas(data) or (hasattr(data, "__arrow_c_stream__") and not _is_series(data))


def table_of(data: Any, number: int = 1) -> InputTable:
    """A DataFrame or an Arrow table as rows; `number` tells several apart."""
    name, stem, sheet = _called(type(data).__name__, number)
    if _is_pandas(data):
        data = _with_index(data)
        columns = tuple(map(str, data.columns))
        return InputTable(name, stem, columns, lambda: _pandas_rows(data), sheet=sheet)
    import pyarrow as pa

    once = isinstance(data, pa.RecordBatchReader)
    columns = tuple(_reader(data).schema.names)
    return InputTable(name, stem, columns, lambda: _arrow_rows(data), sheet=sheet, read_once=once)


def table_of_rows(data: Iterable[Any], number: int = 1) -> InputTable:
    """Dicts as rows. Of an iterator, the first rows are looked at for their keys, and no more is held."""
    once = iter(data) is data
    first = list(islice(data, ROWS_FOR_COLUMNS))
    columns = tuple(dict.fromkeys(str(key) for cells in first if isinstance(cells, Mapping) for key in cells))
    rest = chain(first, data) if once else data
    name, stem, sheet = _called("rows", number)
    return InputTable(name, stem, columns, lambda: _rows(rest), sheet=sheet, read_once=once)


def _called(what: str, number: int) -> tuple[str, str, str | None]:
    """The name of a table in memory, how the ids of its rows begin, and what tells it apart where there are several."""
    return (what, "row", None) if number == 1 else (f"{what} {number}", f"row{number}", f"{what} {number}")


def table_of_texts(texts: str | Iterable[Any]) -> InputTable:
    """Texts as rows, with ids by their number: `text-0`, `text-1` …"""
    data = [texts] if isinstance(texts, str) else texts
    once = iter(data) is data
    return InputTable(
        "texts", "text", ("text",), lambda: _rows({"text": text} for text in data), read_once=once, texts_only=True
    )


def _rows(data: Iterable[Any]) -> Iterator[TableRow | ProblemRow]:
    for row, cells in enumerate(data):
        if isinstance(cells, Mapping):
            yield TableRow(row, f"row {row}", {str(key): cell for key, cell in cells.items()})
        else:
            yield ProblemRow(
                None, None, "read", "error", f"row {row} is {cells!r:.60}, which is no dict; it was not read"
            )


def _pandas_rows(data: Any) -> Iterator[TableRow]:
    names = [str(name) for name in data.columns]
    first = {name: i for i, name in reversed(list(enumerate(names)))}
    for begin in range(0, len(data), ROWS_AT_ONCE):
        some = data.iloc[begin : begin + ROWS_AT_ONCE]
        columns = [some.iloc[:, i].tolist() for i in first.values()]
        for row, cells in zip(count(begin), zip(*columns, strict=True), strict=False):
            yield TableRow(row, f"row {row}", dict(zip(first, cells, strict=True)))


def _arrow_rows(data: Any) -> Iterator[TableRow]:
    return rows_of_batches(_reader(data))


def _reader(data: Any) -> Any:
    """The batches of what pyarrow or another library holds as a table of Arrow."""
    import pyarrow as pa

    if isinstance(data, pa.RecordBatchReader):
        return data
    if isinstance(data, pa.Table):  # through a stream, short texts of type `string_view` end pyarrow 18–24 by a fault
        return data.to_reader()
    return pa.RecordBatchReader.from_stream(data)


def rows_of_batches(batches: Iterable[Any]) -> Iterator[TableRow]:
    """The rows of Arrow batches."""
    row = 0
    for batch in batches:
        names = list(dict.fromkeys(batch.schema.names))
        for begin in range(0, batch.num_rows, ROWS_AT_ONCE):
            some = batch.slice(begin, ROWS_AT_ONCE)
            columns = [_cells(some.column(some.schema.names.index(name))) for name in names]
            for cells in zip(*columns, strict=True):
                yield TableRow(row, f"row {row}", dict(zip(names, cells, strict=True)))
                row += 1


def _cells(column: Any) -> list[Any]:
    """The cells of an Arrow column; what is no UTF-8 in its texts is shown as U+FFFD."""
    try:
        found: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        plain = column.dictionary_decode() if hasattr(column, "dictionary_decode") else column
        found = [cell.decode(errors="replace") if cell else cell for cell in plain.cast("large_binary").to_pylist()]
    return found


def _is_pandas(data: Any) -> bool:
    return hasattr(data, "iloc") and hasattr(data, "columns")


def _with_index(data: Any) -> Any:
    """A DataFrame with its index among the columns, if that has a name."""
    names = [name for name in data.index.names if name is not None]
    return data.reset_index() if names and not set(names) & set(data.columns) else data


def _is_series(data: Any) -> bool:
    """Whether it is one column: a Series of pandas or polars, an Arrow array."""
    return not (hasattr(data, "columns") or hasattr(data, "schema"))
