"""Files that hold a table: CSV, TSV, JSON lines, JSON, Parquet, spreadsheets.

The rows of all but JSON and spreadsheets are read one after the other, so that a file may be larger than the memory.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from bulletinnlp.pages.column_mapping import WITH_TEXT, TableOptions, likeness
from bulletinnlp.pages.encodings import DecodedLines
from bulletinnlp.pages.file_types import TABLE_SUFFIXES
from bulletinnlp.pages.input_tables import InputTable, TableRow
from bulletinnlp.pages.memory_tables import ROWS_FOR_COLUMNS, rows_of_batches
from bulletinnlp.pages.page import ProblemRow
from bulletinnlp.pages.plain_files import reason

#: Over the header there may be lines with a title; so many rows are looked at.
HEADER_ROWS = 10
_DELIMITERS = (",", "\t", ";", "，", "|")
#: A longer cell is no cell, but a quotation mark that closes nowhere. The limit of `csv` itself is 131,072.
LONGEST_CELL = 10_000_000
#: Lists of a JSON file that are named.
_NAMED = 10
#: A number of JSON with more digits is a text: Python reads 4,300 at most.
_DIGITS = 300
_UNCLOSED = "unexpected end of data"


def tables_in(path: Path, options: TableOptions) -> Iterator[InputTable | ProblemRow]:
    """The tables of a file, by its ending; of a workbook, one for each sheet. A problem for what can not be opened."""
    try:
        yield from READERS[path.suffix.lower()](path, options)
    except ModuleNotFoundError as error:
        yield _failed(path, str(error))
    except MemoryError:
        raise
    except Exception as error:  # the readers' libraries have errors of many kinds for bytes that are damaged
        yield _failed(path, f"can not be read ({reason(error)})")


def _failed(path: Path, message: str) -> ProblemRow:
    return ProblemRow(None, None, "read", "error", f"{path}: {message}")


def _table(
    path: Path, columns: Iterable[str], rows: Any, sheet: str | None = None, encoding: str = "utf-8"
) -> InputTable:
    name, stem = (f"{path}, sheet {sheet}", f"{path.stem}-{sheet}") if sheet else (str(path), path.stem)
    readable = partial(_while_readable, path, rows)
    return InputTable(name, stem, tuple(columns), readable, str(path), sheet, encoding)


def _while_readable(path: Path, rows: Callable[[], Iterator[TableRow | ProblemRow]]) -> Iterator[TableRow | ProblemRow]:
    """The rows of a file up to where it is damaged, and then the problem that it is."""
    last: str | None = None
    try:
        for row in rows():
            last = row.label if isinstance(row, TableRow) else last
            yield row
    except MemoryError:
        raise
    except Exception as error:
        yield _failed(path, f"{f'behind {last} it ' if last else ''}can not be read ({reason(error)})")


def _delimited(path: Path, options: TableOptions) -> Iterator[InputTable | ProblemRow]:
    """CSV and TSV: the delimiter and the header are those that give the most columns that have a meaning."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    with DecodedLines(path) as lines:
        head = list(islice(lines, 40 * HEADER_ROWS))
        encoding = lines.encoding
    if not head:
        yield _failed(path, "the file is empty")
        return
    delimiter, at = _layout(head, options, "\t" if path.suffix.lower() == ".tsv" else ",")
    header = next(islice(_cells(head, delimiter), at, None))
    yield _table(path, filter(None, header), lambda: _delimited_rows(path, delimiter, at), encoding=encoding)


def _cells(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """The rows of a file that are not blank, white space at the ends of the header's cells left out."""
    return ([cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter) if any(row))


def _layout(head: Sequence[str], options: TableOptions, usual: str) -> tuple[str, int]:
    """The delimiter, and which row is the header."""
    best, found = (0, 0, 0), (usual, 0)
    for delimiter in dict.fromkeys((usual, *_DELIMITERS)):
        try:
            rows = list(islice(_cells(head, delimiter), HEADER_ROWS))
        except csv.Error:
            continue
        at, known = header_of(rows, options)
        score = (known, len(rows[at]) if rows else 0, -at)
        if score[0] > best[0] or (not best[0] and score > best):
            best, found = score, (delimiter, at)
    return found


def header_of(rows: Sequence[Sequence[Any]], options: TableOptions) -> tuple[int, int]:
    """Which of the first rows is the header, and how much it looks like one; over it may stand a title.

    >>> header_of([["2022年文章汇总", "", ""], ["标题", "正文", "日期"]], TableOptions())
    (1, 13)
    """
    known = [likeness([str(cell) for cell in row if cell is not None], options) for row in rows]
    most = max(known, default=0)
    if most:
        return known.index(most), most
    return next((i for i, row in enumerate(rows) if sum(map(bool, row)) > 1), 0), 0


def _delimited_rows(path: Path, delimiter: str, at: int) -> Iterator[TableRow | ProblemRow]:
    with DecodedLines(path) as lines:
        reader = csv.reader(lines, delimiter=delimiter)
        header: list[str] | None = None
        row, before = 0, 0
        try:
            for cells in reader:
                line, before = before + 1, reader.line_num
                taken = lines.take()
                if not any(cells) and (header is None or len(cells) < 2):
                    continue
                if header is None:
                    at -= 1
                    header = [cell.strip() for cell in cells] if at < 0 else None
                    continue
                if wrong := _wrong(header, cells, taken, delimiter):
                    yield _failed(path, f"line {line} was not read: {wrong}")
                else:
                    if _is_misquoted(taken, delimiter):
                        message = "text stands behind a closing quotation mark; one within a cell is written twice"
                        yield ProblemRow(None, None, "rows", "warning", f"{path}, line {line}: {message}")
                    yield TableRow(row, f"line {line}", _named(header, cells))
                row += 1
        except csv.Error as error:
            yield _failed(
                path, f"after line {before} it can not be read ({error}); does a quotation mark close nowhere?"
            )


def _named(header: Sequence[str], cells: Sequence[Any]) -> dict[str, Any]:
    """Cells by their columns; of two columns of one name the first."""
    named: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=False):
        if name:
            named.setdefault(name, cell)
    return named


def _wrong(header: Sequence[str], cells: Sequence[str], taken: Sequence[str], delimiter: str) -> str | None:
    """What is wrong with a row: cells without a column, a quotation mark that closes nowhere."""
    if any(cell.strip() for cell in cells[len(header) :]):
        message = f"it has {len(cells)} cells, and the table has {len(header)} columns"
        return f"{message}; a text that holds {delimiter!r} wants quotation marks around it"
    if (behind := len(taken) - 1) and (error := _misquoted(taken, delimiter)):
        if error == _UNCLOSED:
            return f"a quotation mark in it closes nowhere, and takes the {behind} lines behind it for its text"
        alone = (next(csv.reader([line], delimiter=delimiter), []) for line in taken[1:])
        if len(header) > 1 and any(len(cells) == len(header) for cells in alone):
            message = "a quotation mark in it closes amid another cell"
            return f"{message}, and takes the {behind} lines behind it for its text"
    return None


def _misquoted(taken: Sequence[str], delimiter: str) -> str | None:
    """What is wrong with the quotation marks of a row, in the words of `csv`."""
    if any('"' in line for line in taken):
        try:
            for _ in csv.reader(taken, delimiter=delimiter, strict=True):
                pass
        except csv.Error as error:
            return str(error)
    return None


def _is_misquoted(taken: Sequence[str], delimiter: str) -> bool:
    return _misquoted(taken, delimiter) not in (None, _UNCLOSED)


def _json_lines(path: Path, options: TableOptions) -> Iterator[InputTable | ProblemRow]:
    first = [row for row in islice(_json_line_rows(path), ROWS_FOR_COLUMNS) if isinstance(row, TableRow)]
    yield _table(path, dict.fromkeys(name for row in first for name in row.cells), lambda: _json_line_rows(path))


def _json_line_rows(path: Path) -> Iterator[TableRow | ProblemRow]:
    with DecodedLines(path) as lines:
        row = 0
        for number, line in enumerate(lines, 1):
            lines.take()
            if not line.strip():
                continue
            try:
                cells, twice = _parsed(line)
            except (ValueError, RecursionError) as error:
                yield _failed(path, f"line {number} is no JSON ({_wrong_json(error)}); it was not read")
                row += 1
                continue
            yield from _repeated_names(f"{path}, line {number}", twice)
            if isinstance(cells, Mapping):
                yield TableRow(row, f"line {number}", cells)
            else:
                yield _failed(path, f"line {number} is no object of JSON; it was not read")
            row += 1


def _parsed(text: str) -> tuple[Any, list[str]]:
    """What JSON holds, and the names that an object of it has twice, of which the first holds. Raises what `json` does.

    >>> _parsed('{"正文": "甲", "正文": "乙"}')
    ({'正文': '甲'}, ['正文'])
    """
    twice: dict[str, None] = {}

    def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            found = dict(reversed(pairs))
            twice.update((name, None) for name, many in Counter(name for name, _ in pairs).items() if many > 1)
        return found

    return json.loads(text, object_pairs_hook=object_of, parse_int=_whole_number), list(twice)


def _whole_number(digits: str) -> int | str:
    """A number of JSON, as a text where it has very many digits."""
    return int(digits) if len(digits) <= _DIGITS else digits


def _repeated_names(where: str, names: Sequence[str]) -> Iterator[ProblemRow]:
    if names:
        message = f"{where}: an object has {', '.join(names[:_NAMED])} twice; the first is read"
        yield ProblemRow(None, None, "rows", "warning", message)


def _wrong_json(error: Exception, said: str | None = None) -> str:
    """What is wrong with JSON: what the parser says, or that it is too deep for it."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return said or str(getattr(error, "msg", error))


def _json(path: Path, options: TableOptions) -> Iterator[InputTable | ProblemRow]:
    with DecodedLines(path) as lines:
        text = "".join(lines)
    try:
        data, twice = _parsed(text)
        rows = json_rows(data, options)
        unread = list(_other_lists(data, rows))
    except (ValueError, RecursionError) as error:
        if "\n" in text.strip() and text.lstrip().startswith("{") and str(error).startswith("Extra data"):
            yield from _json_lines(path, options)  # JSON lines under the name of JSON
        else:
            yield _failed(path, f"is no JSON ({_wrong_json(error, str(error))})")
        return
    if rows is None:
        yield _failed(path, "holds no list of objects")
        return
    yield from _repeated_names(str(path), twice)
    if unread:
        shown = ", ".join(f"{name} ({len(items):,})" for name, items in unread[:_NAMED]) + (
            " …" if unread[_NAMED:] else ""
        )
        yield ProblemRow(None, None, "rows", "warning", f"{path}: one list of objects is read; not read: {shown}")
    columns = dict.fromkeys(name for cells in rows[:ROWS_FOR_COLUMNS] for name in cells)
    yield _table(path, columns, lambda: (TableRow(i, f"row {i}", cells) for i, cells in enumerate(rows)))


def json_rows(data: Any, options: TableOptions) -> list[Mapping[str, Any]] | None:
    """The rows of a JSON file: a list of objects, alone or somewhere within an object, or the columns that pandas
    writes. None if there are none.

    >>> json_rows({"code": 0, "data": {"list": [{"标题": "县一中开学"}]}}, TableOptions())
    [{'标题': '县一中开学'}]
    >>> json_rows({"正文": {"0": "甲", "1": "乙"}}, TableOptions())
    [{'正文': '甲'}, {'正文': '乙'}]
    """
    found = [rows for rows in _json_tables(data) if rows]
    return max(found, key=lambda rows: likeness(list(rows[0]), options), default=None)


def _json_tables(data: Any) -> Iterator[list[Mapping[str, Any]]]:
    """All that may be a table in a JSON file, the likeliest first."""
    if isinstance(data, list):
        if all(isinstance(item, Mapping) for item in data):
            yield data
    elif isinstance(data, Mapping):
        columns, cells = data.get("columns"), data.get("data")
        if isinstance(columns, list) and isinstance(cells, list):  # pandas: orient="split"
            yield [dict(zip(columns, row, strict=False)) for row in cells if isinstance(row, list)]
        if data and all(isinstance(item, Mapping) for item in data.values()):
            keys = dict.fromkeys(key for item in data.values() for key in item)
            yield [{name: item.get(key) for name, item in data.items()} for key in keys]
            yield list(data.values())
        elif not any(isinstance(item, (Mapping, list)) for item in data.values()):
            yield [data]
        for item in data.values():
            yield from _json_tables(item)


def _other_lists(data: Any, rows: Any) -> Iterator[tuple[str, list[Any]]]:
    """The lists of objects in a JSON file beside the one whose objects are the rows, and how they are called.

    >>> rows = [{"正文": "甲"}]
    >>> list(_other_lists({"a": rows, "data": {"b": [{"正文": "乙"}]}}, rows))
    [('data.b', [{'正文': '乙'}])]
    """
    lists = list(_lists(data))
    if any(items is rows for _, items in lists):
        yield from ((name, items) for name, items in lists if items is not rows)


def _lists(data: Any, name: str = "") -> Iterator[tuple[str, list[Any]]]:
    if isinstance(data, list) and any(isinstance(item, Mapping) for item in data):
        yield name, data
    elif isinstance(data, Mapping):
        inner = ("data",) if set(data) == {"schema", "data"} else tuple(data)  # pandas: orient="table"
        for key in inner:
            yield from _lists(data[key], f"{name}.{key}" if name else key)


def _parquet(path: Path, options: TableOptions) -> Iterator[InputTable | ProblemRow]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        columns = file.schema_arrow.names
    yield _table(path, columns, lambda: _parquet_rows(path))


def _parquet_rows(path: Path) -> Iterator[TableRow]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        groups = range(file.num_row_groups)  # one after the other: a batch of several would share their damage
        yield from rows_of_batches(
            b for group in groups for b in file.iter_batches(batch_size=1000, row_groups=[group])
        )


def _workbook(path: Path, options: TableOptions) -> Iterator[InputTable | ProblemRow]:
    """The sheets of a workbook that hold a table; what is on the others is reported."""
    if find_spec("python_calamine") is None:
        raise ModuleNotFoundError("spreadsheets need python-calamine: pip install 'bulletinnlp[excel]'")
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(path) as book:
            sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except CalamineError as error:
        yield _failed(path, f"is no spreadsheet that can be read ({reason(error)})")
        return
    filled = {name: rows for name, rows in sheets.items() if any(cell != "" for row in rows for cell in row)}
    heads = {
        name: header_of([list(map(_cell, row)) for row in rows[:HEADER_ROWS]], options) for name, rows in filled.items()
    }
    tables = [name for name, (_, known) in heads.items() if known >= WITH_TEXT] or list(filled)
    if not filled:
        yield _failed(path, "the workbook is empty")
    for name in filled:
        rows, (at, _) = filled[name], heads[name]
        if name in tables:
            header = list(map(_cell, rows[at]))
            table_rows = partial(_sheet_rows, rows, at, header)
            yield _table(path, filter(None, header), table_rows, name if len(filled) > 1 else None)
        else:
            message = f"{path}, sheet {name}: no column is known to hold a text; the sheet was passed over"
            yield ProblemRow(None, None, "rows", "warning", message)


def _cell(cell: Any) -> str:
    return str(cell).strip()


def _sheet_rows(rows: Sequence[Sequence[Any]], at: int, header: Sequence[str]) -> Iterator[TableRow]:
    for row, cells in enumerate(rows[at + 1 :]):
        yield TableRow(row, f"line {at + row + 2}", _named(header, cells))


READERS = dict(
    zip(
        TABLE_SUFFIXES,
        (_delimited, _delimited, _json_lines, _json_lines, _json, _parquet, *[_workbook] * 4),
        strict=True,
    )
)
