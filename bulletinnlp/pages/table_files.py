"""Files that hold tables: which module reads which; Parquet and spreadsheets.

The rows of all but JSON and spreadsheets are read one after the other, so that a file may be larger than the memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bulletinnlp.pages.column_mapping import HEADER_ROWS, WITH_TEXT, TableOptions, header_of
from bulletinnlp.pages.csv_tables import csv_tables
from bulletinnlp.pages.file_types import TABLE_SUFFIXES
from bulletinnlp.pages.input_tables import InputTable, TableRow, cells_by_column, file_problem, table_in_file
from bulletinnlp.pages.json_tables import json_lines_tables, json_tables
from bulletinnlp.pages.memory_tables import rows_of_batches
from bulletinnlp.pages.page import ProblemRow
from bulletinnlp.pages.plain_files import reason


def tables_in(path: Path, options: TableOptions) -> Iterator[InputTable | ProblemRow]:
    """The tables of a file, by its ending; of a workbook, one for each sheet. A problem for what can not be opened."""
    try:
        yield from READERS[path.suffix.lower()](path, options)
    except ModuleNotFoundError as error:
        yield file_problem(path, str(error))
    except MemoryError:
        raise
    except Exception as error:  # the readers' libraries have errors of many kinds for bytes that are damaged
        yield file_problem(path, f"can not be read ({reason(error)})")


def _parquet(path: Path, options: TableOptions) -> Iterator[InputTable | ProblemRow]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        columns = file.schema_arrow.names
    yield table_in_file(path, columns, lambda: _parquet_rows(path))


def _parquet_rows(path: Path) -> Iterator[TableRow]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        groups = range(file.num_row_groups)  # one after the other: a batch of several would share their damage
        yield from rows_of_batches(
            b for group in groups for b in file.iter_batches(batch_size=1000, row_groups=[group])
        )


def _workbook(path: Path, options: TableOptions) -> Iterator[InputTable | ProblemRow]:
    """The sheets of a workbook that hold a table; what is on the others is reported. Where columns are named, every
    sheet is to hold them."""
    if find_spec("python_calamine") is None:
        raise ModuleNotFoundError("spreadsheets need python-calamine: pip install 'bulletinnlp[excel]'")
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(path) as book:
            sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except CalamineError as error:
        yield file_problem(path, f"is no spreadsheet that can be read ({reason(error)})")
        return
    filled = {name: rows for name, rows in sheets.items() if any(cell != "" for row in rows for cell in row)}
    heads = {
        name: header_of([list(map(_cell, row)) for row in rows[:HEADER_ROWS]], options) for name, rows in filled.items()
    }
    with_text = [name for name, (_, score) in heads.items() if score >= WITH_TEXT]
    tables = list(filled) if any(options.columns.values()) or not with_text else with_text
    if not filled:
        yield file_problem(path, "the workbook is empty")
    for name in filled:
        rows, (at, _) = filled[name], heads[name]
        if name in tables:
            header = list(map(_cell, rows[at]))
            table_rows = partial(_sheet_rows, rows, at, header)
            yield table_in_file(path, filter(None, header), table_rows, name if len(filled) > 1 else None)
        else:
            message = f"{path}, sheet {name}: no column is known to hold a text; the sheet was passed over"
            yield ProblemRow(None, None, "rows", "warning", message)


def _cell(cell: Any) -> str:
    return str(cell).strip()


def _sheet_rows(rows: Sequence[Sequence[Any]], at: int, header: Sequence[str]) -> Iterator[TableRow]:
    for row, cells in enumerate(rows[at + 1 :]):
        yield TableRow(row, f"line {at + row + 2}", cells_by_column(header, cells))


READERS = dict(
    zip(
        TABLE_SUFFIXES,
        (csv_tables, csv_tables, json_lines_tables, json_lines_tables, json_tables, _parquet, *[_workbook] * 4),
        strict=True,
    )
)
