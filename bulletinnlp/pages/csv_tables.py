"""CSV and TSV: delimiter and header are worked out; rows are read one after the other, and a wrong one is left out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from bulletinnlp.pages.column_mapping import HEADER_ROWS, TableOptions, header_of
from bulletinnlp.pages.encodings import DecodedLines
from bulletinnlp.pages.input_tables import InputTable, TableRow, cells_by_column, file_problem, table_in_file
from bulletinnlp.pages.page import ProblemRow

_DELIMITERS = (",", "\t", ";", "，", "|")
#: A longer cell is no cell, but a quotation mark that closes nowhere. The limit of `csv` itself is 131,072.
LONGEST_CELL = 10_000_000
_UNCLOSED = "unexpected end of data"


def csv_tables(path: Path, options: TableOptions) -> Iterator[InputTable | ProblemRow]:
    """The table of a file: the delimiter and the header are those that give the most columns that have a meaning."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    with DecodedLines(path) as lines:
        head = list(islice(lines, 40 * HEADER_ROWS))
        encoding = lines.encoding
    if not head:
        yield file_problem(path, "the file is empty")
        return
    delimiter, at = _delimiter_and_header(head, options, "\t" if path.suffix.lower() == ".tsv" else ",")
    header = next(islice(_cells(head, delimiter), at, None))
    yield table_in_file(path, filter(None, header), lambda: _rows(path, delimiter, at), encoding=encoding)


def _cells(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """The rows of a file that are not blank, white space at the ends of the header's cells left out."""
    return ([cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter) if any(row))


def _delimiter_and_header(head: Sequence[str], options: TableOptions, usual: str) -> tuple[str, int]:
    """The delimiter, and which row is the header."""
    best, found = (0, 0, 0), (usual, 0)
    for delimiter in dict.fromkeys((usual, *_DELIMITERS)):
        try:
            rows = list(islice(_cells(head, delimiter), HEADER_ROWS))
        except csv.Error:
            continue
        at, score = header_of(rows, options)
        rank = (score, len(rows[at]) if rows else 0, -at)
        if rank[0] > best[0] or (not best[0] and rank > best):
            best, found = rank, (delimiter, at)
    return found


def _rows(path: Path, delimiter: str, at: int) -> Iterator[TableRow | ProblemRow]:
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
                    yield file_problem(path, f"line {line} was not read: {wrong}")
                else:
                    if _is_misquoted(taken, delimiter):
                        message = "text stands behind a closing quotation mark; one within a cell is written twice"
                        yield ProblemRow(None, None, "rows", "warning", f"{path}, line {line}: {message}")
                    yield TableRow(row, f"line {line}", cells_by_column(header, cells))
                row += 1
            if lines.nuls:
                many = "a NUL character was" if lines.nuls == 1 else f"{lines.nuls:,} NUL characters were"
                yield ProblemRow(None, None, "rows", "warning", f"{path}: {many} left out")
        except csv.Error as error:
            yield file_problem(
                path, f"after line {before} it can not be read ({error}); does a quotation mark close nowhere?"
            )


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
