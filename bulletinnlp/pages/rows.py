"""Tables whose rows are articles or pages, wherever they lie, and how they become pages.

`sheets` opens files, `frames` what is in memory; `columns` says which column holds what, `cells` what a row says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from bulletinnlp.pages.cells import is_nothing, page_of
from bulletinnlp.pages.columns import Columns, ColumnsError, How, choose
from bulletinnlp.pages.manifest import COLUMNS
from bulletinnlp.pages.page import Page
from bulletinnlp.pages.problem import ProblemRow

#: Empty rows that are named.
_NAMED = 5


class Record(NamedTuple):
    """A row: its number, from 0, what people call it (line 3), its cells by column."""

    row: int
    label: str
    cells: Mapping[str, Any]


@dataclass(frozen=True)
class Rows:
    """A table, not read yet. `records` gives its rows anew each time, and problems where some can not be read.

    `columns` are their names as they stand, of which some may be there twice; the first of these holds the cells.
    `stem` begins the ids of pages that have none of their own, `encoding` is that of a text file. `once` says that it
    can be read a single time, `plain` that it is nothing but texts: which column holds what need not be told.
    """

    name: str
    stem: str
    columns: tuple[str, ...]
    records: Callable[[], Iterator[Record | ProblemRow]]
    path: str | None = None
    sheet: str | None = None
    encoding: str = "utf-8"
    once: bool = False
    plain: bool = False

    def chosen(self, how: How) -> Columns:
        """Which column holds what. Raises ColumnsError, which names the table."""
        try:
            return choose(tuple(dict.fromkeys(self.columns)), how)
        except ColumnsError as error:
            if not self.columns:
                raise ColumnsError(f"{self.name}: it has no columns, and no rows") from None
            hint = _MANIFEST if set(self.columns) <= set(COLUMNS) else error
            raise ColumnsError(f"{self.name}: {hint}") from None


_MANIFEST = "it says of pages when they were issued, and holds no texts; name it with --manifest"
#: A page or a problem in the place of one, and what is to be told of it.
Opened = tuple[Page | ProblemRow, list[ProblemRow]]


def pages_of(rows: Rows, how: How) -> Iterator[Opened]:
    """The pages of a table's rows, one at a time; with the first comes which column holds what.

    Rows that are empty are passed over, and told at the end; one without a text, and a cell that can not be used, are
    told in their place.
    """
    try:
        columns = rows.chosen(how)
    except ColumnsError as error:
        yield ProblemRow(None, None, "read", "error", str(error)), []
        return
    told = _introduced(rows, columns)
    empty: list[str] = []
    filled = False
    for record in rows.records():
        if isinstance(record, Record) and all(map(is_nothing, record.cells.values())):
            empty.append(record.label)
            continue
        page, more = (record, []) if isinstance(record, ProblemRow) else _page(record, rows, columns)
        yield page, told + more
        told, filled = [], True
    if not filled:
        why = f"its {len(empty):,} rows are empty" if empty else "it has no rows"
        yield ProblemRow(None, None, "read", "error", f"{rows.name}: {why}"), told
    elif empty:
        shown = ", ".join(empty[:_NAMED]) + (" …" if len(empty) > _NAMED else "")
        what = "1 empty row was" if len(empty) == 1 else f"{len(empty):,} empty rows were"
        yield ProblemRow(None, None, "rows", "warning", f"{rows.name}: {what} passed over: {shown}"), []


def _introduced(rows: Rows, columns: Columns) -> list[ProblemRow]:
    """What is told before the first row: which column holds what, where that was worked out; names that are no one's
    own."""
    told: list[ProblemRow] = []
    if columns.guessed and not rows.plain:
        encoding = "" if rows.encoding.startswith("utf-8") else f" ({rows.encoding})"
        told.append(ProblemRow(None, None, "columns", "warning", f"{rows.name}{encoding}: {columns.told()}"))
    for name, many in Counter(rows.columns).items():
        if many > 1:
            message = f"{rows.name}: {many} columns are called {name}; the first is read"
            told.append(ProblemRow(None, None, "rows", "warning", message))
    return told


def _page(record: Record, rows: Rows, columns: Columns) -> Opened:
    page, told = page_of(record.cells, columns, f"{rows.name}, {record.label}", f"{rows.stem}-{record.row}")
    if isinstance(page, Page):
        page = replace(page, path=rows.path, row=record.row, sheet=rows.sheet)
    return page, told
