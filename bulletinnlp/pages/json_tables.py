"""JSON lines, and the table of a JSON file: a list of objects, wherever it lies within."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from bulletinnlp.pages.column_mapping import WITH_TEXT, TableOptions, likeness
from bulletinnlp.pages.encodings import DecodedLines
from bulletinnlp.pages.input_tables import InputTable, TableRow, file_problem, table_in_file
from bulletinnlp.pages.memory_tables import ROWS_FOR_COLUMNS
from bulletinnlp.pages.page import ProblemRow

#: Lists of a JSON file that are named.
_NAMED = 10
#: A number of more digits is read as a text.
_DIGITS = 300


def json_lines_tables(path: Path, options: TableOptions) -> Iterator[InputTable | ProblemRow]:
    first = [row for row in islice(_line_rows(path), ROWS_FOR_COLUMNS) if isinstance(row, TableRow)]
    yield table_in_file(path, dict.fromkeys(name for row in first for name in row.cells), lambda: _line_rows(path))


def _line_rows(path: Path) -> Iterator[TableRow | ProblemRow]:
    with DecodedLines(path) as lines:
        row = 0
        for number, line in enumerate(lines, 1):
            lines.take()
            if not line.strip():
                continue
            try:
                cells, twice = _parsed(line)
            except (ValueError, RecursionError) as error:
                yield file_problem(path, f"line {number} is no JSON ({_wrong_json(error)}); it was not read")
                row += 1
                continue
            yield from _repeated_names(f"{path}, line {number}", twice)
            if isinstance(cells, Mapping):
                yield TableRow(row, f"line {number}", cells)
            else:
                yield file_problem(path, f"line {number} is no object of JSON; it was not read")
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
    """A number of JSON, as a text where it has very many digits: Python reads 4,300 at most."""
    return int(digits) if len(digits) <= _DIGITS else digits


def _repeated_names(where: str, names: Sequence[str]) -> Iterator[ProblemRow]:
    if names:
        message = f"{where}: an object has {', '.join(names[:_NAMED])} twice; the first is read"
        yield ProblemRow(None, None, "rows", "warning", message)


def _wrong_json(error: Exception, otherwise: str | None = None) -> str:
    """What is wrong with JSON: what the parser says, or that it is too deep for it."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return otherwise or str(getattr(error, "msg", error))


def json_tables(path: Path, options: TableOptions) -> Iterator[InputTable | ProblemRow]:
    with DecodedLines(path) as lines:
        text = "".join(lines)
    try:
        data, twice = _parsed(text)
        rows = json_rows(data, options)
        unread, beside = list(_other_lists(data, rows)), list(_beside_objects(data, rows))
    except (ValueError, RecursionError) as error:
        if "\n" in text.strip() and text.lstrip().startswith("{") and str(error).startswith("Extra data"):
            yield from json_lines_tables(path, options)  # JSON lines under the name of JSON
        else:
            yield file_problem(path, f"is no JSON ({_wrong_json(error, str(error))})")
        return
    if rows is None:
        yield file_problem(path, "holds no list of objects")
        return
    yield from _repeated_names(str(path), twice)
    if unread:
        shown = ", ".join(f"{name} ({len(items):,})" for name, items in unread[:_NAMED]) + (
            " …" if unread[_NAMED:] else ""
        )
        yield ProblemRow(None, None, "rows", "warning", f"{path}: one list of objects is read; not read: {shown}")
    if beside:
        shown = ", ".join(beside[:_NAMED]) + (" …" if beside[_NAMED:] else "")
        yield ProblemRow(None, None, "rows", "warning", f"{path}: objects are read by their names; not read: {shown}")
    objects = (cells for cells in rows if isinstance(cells, Mapping))
    columns = dict.fromkeys(name for cells in islice(objects, ROWS_FOR_COLUMNS) for name in cells)
    yield table_in_file(path, columns, lambda: _rows(path, rows))


def _rows(path: Path, rows: Iterable[Any]) -> Iterator[TableRow | ProblemRow]:
    for number, cells in enumerate(rows):
        if isinstance(cells, Mapping):
            yield TableRow(number, f"row {number}", cells)
        else:
            yield file_problem(path, f"row {number} is no object of JSON; it was not read")


def json_rows(data: Any, options: TableOptions) -> list[Any] | None:
    """The rows of a JSON file: a list of objects, alone or somewhere within an object, or the columns that pandas
    writes; an object that holds a text itself, or several such objects by their names. None if there are none. What is
    no object among them is no row.

    >>> json_rows({"code": 0, "data": {"list": [{"标题": "县一中开学"}]}}, TableOptions())
    [{'标题': '县一中开学'}]
    >>> json_rows({"正文": {"0": "甲", "1": "乙"}}, TableOptions())
    [{'正文': '甲'}, {'正文': '乙'}]
    """
    found = [rows for rows in _likely_tables(data, options) if rows]
    return max(found, key=lambda rows: _likeness(rows, options), default=None)


def _likeness(rows: Iterable[Any], options: TableOptions) -> int:
    """How much the first object among rows looks like one."""
    return likeness(list(next(cells for cells in rows if isinstance(cells, Mapping))), options)


def _holds_text(data: Mapping[str, Any], options: TableOptions) -> bool:
    """Whether an object is an article itself, whatever lists and objects belong to it: it has a text, and more."""
    plain = [name for name, item in data.items() if isinstance(item, str) and item.strip()]
    return likeness(plain, options) > WITH_TEXT + 1


def _likely_tables(data: Any, options: TableOptions) -> Iterator[list[Any]]:
    """All that may be a table in a JSON file, the likeliest first; each holds an object."""
    if isinstance(data, list):
        if any(isinstance(item, Mapping) for item in data):
            yield data
    elif isinstance(data, Mapping) and _holds_text(data, options):
        yield [data]
    elif isinstance(data, Mapping):
        columns, cells = data.get("columns"), data.get("data")
        if isinstance(columns, list) and isinstance(cells, list):  # pandas: orient="split"
            yield [dict(zip(columns, row, strict=False)) for row in cells if isinstance(row, list)]
        if data and all(isinstance(item, Mapping) for item in data.values()):
            keys = dict.fromkeys(key for item in data.values() for key in item)
            yield [{name: item.get(key) for name, item in data.items()} for key in keys]
        if objects := [item for item in data.values() if isinstance(item, Mapping)]:
            yield objects
        if data and all(_is_column(item, next(iter(data.values()))) for item in data.values()):  # orient="list"
            yield [dict(zip(data, cells, strict=True)) for cells in zip(*data.values(), strict=True)]
        texts = [name for name, item in data.items() if not isinstance(item, (Mapping, list))]
        if len(texts) == len(data) or likeness(texts, options) >= WITH_TEXT:
            yield [data]
        for item in data.values():
            yield from _likely_tables(item, options)


def _is_column(item: Any, first: Any) -> bool:
    """Whether a list is a column of cells, as long as the first one."""
    return isinstance(item, list) and len(item) == len(first) and not any(isinstance(i, (Mapping, list)) for i in item)


def _other_lists(data: Any, rows: Any) -> Iterator[tuple[str, list[Any]]]:
    """The lists of objects in a JSON file beside the one whose objects are the rows, and how they are called; beside
    the objects that are rows by their names, too.

    >>> rows = [{"正文": "甲"}]
    >>> list(_other_lists({"a": rows, "data": {"b": [{"正文": "乙"}]}}, rows))
    [('data.b', [{'正文': '乙'}])]
    """
    lists = list(_lists(data))
    if any(items is rows for _, items in lists):
        yield from ((name, items) for name, items in lists if items is not rows)
    elif rows and len(rows) == 1 and rows[0] is data:  # of what belongs to an article, lists of texts alone
        yield from ((name, items) for name, items in lists if _likeness(items, TableOptions()) >= WITH_TEXT)
    elif rows and _holder(data, rows) is not None:
        inside = {id(items) for row in rows for _, items in _lists(row)}
        yield from ((name, items) for name, items in lists if id(items) not in inside)


def _beside_objects(data: Any, rows: Sequence[Any] | None) -> Iterator[str]:
    """What is no object and stands beside objects that are rows by their names: null, a text, a list of them.

    Where the name is no number, numbers are passed over, and all that stands beside a single object, as the message of
    an answer does.

    >>> first, last = {"正文": "甲"}, {"正文": "乙"}
    >>> list(_beside_objects({"1": first, "2": None, "3": last, "total": 3}, [first, last]))
    ['2']
    """
    holder = _holder(data, rows) if rows else None
    if rows is None or holder is None:
        return
    for key, item in holder.items():
        if isinstance(item, Mapping) or (isinstance(item, list) and any(isinstance(one, Mapping) for one in item)):
            continue  # a row, or a list that `_other_lists` tells
        if key.isdecimal() or (len(rows) > 1 and (item is None or isinstance(item, (str, list)))):
            yield key


def _holder(data: Any, rows: Sequence[Any]) -> Mapping[str, Any] | None:
    """The object whose objects are the rows, by their names."""
    if not isinstance(data, Mapping):
        return None
    objects = [item for item in data.values() if isinstance(item, Mapping)]
    if objects and len(objects) == len(rows) and all(one is row for one, row in zip(objects, rows, strict=True)):
        return data
    return next((found for item in data.values() if (found := _holder(item, rows)) is not None), None)


def _lists(data: Any, name: str = "") -> Iterator[tuple[str, list[Any]]]:
    if isinstance(data, list) and any(isinstance(item, Mapping) for item in data):
        yield name, data
    elif isinstance(data, Mapping):
        inner = ("data",) if set(data) == {"schema", "data"} else tuple(data)  # pandas: orient="table"
        for key in inner:
            yield from _lists(data[key], f"{name}.{key}" if name else key)
