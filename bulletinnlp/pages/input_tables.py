"""Tables whose rows are articles or pages, wherever they lie, and how they become pages.

| to see … | open |
| --- | --- |
| tables in files: Parquet, spreadsheets; CSV; JSON | `table_files`, `csv_tables`, `json_tables` |
| tables in memory: DataFrames, dicts, texts | `memory_tables` |
| which column holds what | `column_mapping` |
| what the cells of a row say | `row_pages` |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bulletinnlp.pages.column_mapping import ColumnMapping, ColumnsError, TableOptions, map_columns
from bulletinnlp.pages.manifest import COLUMNS
from bulletinnlp.pages.page import Page, ProblemRow
from bulletinnlp.pages.plain_files import reason
from bulletinnlp.pages.row_pages import is_nothing, page_of

#: Empty rows that are named.
_NAMED = 5
_MANIFEST = "it says of pages when they were issued, and holds no texts; name it with --manifest"
#: A page or a problem in the place of one, and what is reported with it.
PageOrProblem = tuple[Page | ProblemRow, list[ProblemRow]]


class TableRow(NamedTuple):
    """A row: its number, from 0, what people call it (line 3), its cells by column."""

    number: int
    label: str
    cells: Mapping[str, Any]


@dataclass(frozen=True)
class InputTable:
    """A table, not read yet. `rows` gives its rows anew each time, and problems where some can not be read.

    `columns` are their names as they stand, of which some may be there twice; the first of these holds the cells.
    `stem` begins the ids of pages that have none of their own, `encoding` is that of a text file. `read_once` says that
    it can be read a single time, `texts_only` that which column holds what need not be reported.
    """

    name: str
    stem: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[TableRow | ProblemRow]]
    path: str | None = None
    sheet: str | None = None
    encoding: str = "utf-8"
    read_once: bool = False
    texts_only: bool = False

    def mapping(self, options: TableOptions) -> ColumnMapping:
        """Which column holds what. Raises ColumnsError, which names the table."""
        try:
            return map_columns(tuple(dict.fromkeys(self.columns)), options)
        except ColumnsError as error:
            if not self.columns:
                raise ColumnsError(f"{self.name}: it has no columns, and no rows") from None
            message = _MANIFEST if set(self.columns) <= set(COLUMNS) else error
            raise ColumnsError(f"{self.name}: {message}") from None


def table_in_file(
    path: Path,
    columns: Iterable[str],
    rows: Callable[[], Iterator[TableRow | ProblemRow]],
    sheet: str | None = None,
    encoding: str = "utf-8",
) -> InputTable:
    """A table of a file, or a sheet of it; its rows end where the file is damaged, with the problem that it is."""
    name, stem = (f"{path}, sheet {sheet}", f"{path.stem}-{sheet}") if sheet else (str(path), path.stem)
    readable = partial(_while_readable, path, rows)
    return InputTable(name, stem, tuple(columns), readable, str(path), sheet, encoding)


def _while_readable(path: Path, rows: Callable[[], Iterator[TableRow | ProblemRow]]) -> Iterator[TableRow | ProblemRow]:
    last: str | None = None
    try:
        for row in rows():
            last = row.label if isinstance(row, TableRow) else last
            yield row
    except MemoryError:
        raise
    except Exception as error:
        yield file_problem(path, f"{f'behind {last} it ' if last else ''}can not be read ({reason(error)})")


def file_problem(path: Path, message: str) -> ProblemRow:
    """The error that a file, or a row of it, can not be read."""
    return ProblemRow(None, None, "read", "error", f"{path}: {message}")


def cells_by_column(header: Sequence[str], cells: Sequence[Any]) -> dict[str, Any]:
    """Cells by their columns; of two columns of one name the first."""
    named: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=False):
        if name:
            named.setdefault(name, cell)
    return named


def pages_of_table(table: InputTable, options: TableOptions) -> Iterator[PageOrProblem]:
    """The pages of a table's rows, one at a time; with the first comes which column holds what.

    Rows that are empty are passed over, and reported at the end; one without a text, and a cell that can not be used,
    are reported in their place.
    """
    try:
        mapping = table.mapping(options)
    except ColumnsError as error:
        yield ProblemRow(None, None, "read", "error", str(error)), []
        return
    first = list(_problems_of_columns(table, mapping))
    empty: list[str] = []
    filled = False
    for row in table.rows():
        if isinstance(row, TableRow) and all(map(is_nothing, row.cells.values())):
            empty.append(row.label)
            continue
        page, problems = (row, []) if isinstance(row, ProblemRow) else _page(row, table, mapping)
        yield page, first + problems
        first, filled = [], True
    if not filled:
        why = f"its {len(empty):,} rows are empty" if empty else "it has no rows"
        yield ProblemRow(None, None, "read", "error", f"{table.name}: {why}"), first
    elif empty:
        shown = ", ".join(empty[:_NAMED]) + (" …" if len(empty) > _NAMED else "")
        what = "1 empty row was" if len(empty) == 1 else f"{len(empty):,} empty rows were"
        yield ProblemRow(None, None, "rows", "warning", f"{table.name}: {what} passed over: {shown}"), []


def _problems_of_columns(table: InputTable, mapping: ColumnMapping) -> Iterator[ProblemRow]:
    """Which column holds what, where that was worked out, and names that several columns have."""
    if mapping.guessed and not table.texts_only:
        encoding = "" if table.encoding.startswith("utf-8") else f" ({table.encoding})"
        yield ProblemRow(None, None, "columns", "warning", f"{table.name}{encoding}: {mapping.summary()}")
    for name, many in Counter(table.columns).items():
        if many > 1:
            message = f"{table.name}: {many} columns are called {name}; the first is read"
            yield ProblemRow(None, None, "rows", "warning", message)


def _page(row: TableRow, table: InputTable, mapping: ColumnMapping) -> PageOrProblem:
    page, problems = page_of(row.cells, mapping, f"{table.name}, {row.label}", f"{table.stem}-{row.number}")
    if isinstance(page, Page):
        page = replace(page, path=table.path, row=row.number, sheet=table.sheet)
    return page, problems
