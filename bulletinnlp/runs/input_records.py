"""Pages and rows as engines hold them: a row of a DataFrame, a dict, a `Page`, the path of a file."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from bulletinnlp.pages import Issue, Page, ProblemRow
from bulletinnlp.pages.column_mapping import (
    DEFAULT_OPTIONS,
    ColumnMapping,
    ColumnsError,
    TableOptions,
    Unit,
    map_columns,
)
from bulletinnlp.pages.documents.document import PdfPage
from bulletinnlp.pages.documents.formats import pages_in
from bulletinnlp.pages.input_pages import Input, name_and_id
from bulletinnlp.pages.issue_dates import is_missing
from bulletinnlp.pages.page import SURROGATES, StatedKind, StatedPart
from bulletinnlp.pages.row_pages import page_of

#: The columns of the rows that stand for inputs (`records_of`).
COLUMNS = (
    "page_id", "text", "path", "encoding", "sha256", "published", "paper", "home", "row", "sheet", "given",
    "leaf",
)  # fmt: skip
#: Of a page without given parts: its text is not looked at as a cell of a table.
AS_IT_STANDS = "whole"
_GIVEN = re.compile(rf"{AS_IT_STANDS}|(?:(?:headline|byline|body):\d+:\d+ ?)+")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def input_of(record: Page | str | Path | Mapping[str, Any], options: TableOptions = DEFAULT_OPTIONS) -> Input:
    """The input that a record stands for. Where there is no text, the file at `path` is read.

    Which cell of a row holds what: as `options` say, else by its name, as in `bulletinnlp.extract`. A record that is no
    page (without text and path) becomes an input that is a problem only: an error raised here, in a process of the
    cluster, would cost the other pages too.

    >>> input_of({"page_id": "p1", "text": "我区开展线上教研", "published": "2022-11"}).source.published
    '2022-11'
    >>> input_of({"编号": 7, "标题": "县一中开学", "正文": "近日，县一中开学。"}).source.text
    '县一中开学\\n近日，县一中开学。'
    >>> input_of({"page_id": "p1", "text": None}).name
    'p1: it has no text, and was not read'
    """
    problems: list[ProblemRow] = []
    issue = Issue()
    page_id: str | None = None
    if isinstance(record, Mapping):
        source, problems, issue = _read({str(name): cell for name, cell in record.items()}, options)
        page_id = source.page_id if isinstance(source, (Page, ProblemRow)) else _text(record.get("page_id"))
    elif isinstance(record, Page):
        source = record
    elif isinstance(record, (str, os.PathLike)) and isinstance(os.fspath(record), str):
        source = Path(record)
    else:
        message = f"{record!r:.60} is no page, no row and no path; it was not read"
        source = ProblemRow(None, None, "read", "error", message)
    name, own_id = name_and_id(source)
    return Input(0, name, page_id.translate(SURROGATES) if page_id else own_id, source, issue, problems=tuple(problems))


def _read(
    cells: Mapping[str, Any], options: TableOptions
) -> tuple[Path | PdfPage | Page | ProblemRow, list[ProblemRow], Issue]:
    """The page in a record's cells, or its file; what is wrong with it; the issue that a file belongs to."""
    page_id, path = _text(cells.get("page_id")), _text(cells.get("path"))
    if _is_ours(cells):
        return _whole(cells, page_id or "page"), [], Issue()
    try:
        columns = _chosen(tuple(cells), tuple(options.columns.items()), options.unit)
        if path is None or not all(is_missing(cells[column]) for column in columns.held["text"]):
            page, problems = page_of(cells, columns)
            return (replace(page, path=path) if isinstance(page, Page) else page), problems, Issue()
    except ColumnsError as error:
        if path is None:
            return (
                ProblemRow(page_id, None, "read", "error", f"{page_id or 'a row without an id'}: {error}"),
                [],
                Issue(),
            )
    issue = Issue(*(_text(cells.get(key)) for key in ("published", "paper", "home")))
    return _file(Path(path), page_id, _text(cells.get("leaf"))), [], issue


def _file(path: Path, page_id: str | None, leaf: str | None) -> Path | PdfPage | ProblemRow:
    """A file, or the page of a PDF that `leaf` names, from 1."""
    pages = list(pages_in(path))
    if len(pages) == 1:
        return pages[0]
    if leaf and leaf.isdecimal() and 0 < int(leaf) <= len(pages):
        return pages[int(leaf) - 1]
    message = f"{path} has {len(pages)} pages; the column leaf names one of them, from 1"
    return ProblemRow(page_id, None, "read", "error", f"{page_id or path.stem}: {message}")


def _is_ours(cells: Mapping[str, Any]) -> bool:
    """Whether cells are those of a page that was read before, and not a row of somebody's table that has columns of
    the same names: `records_of` has written it, or it has an id, a text with the digest of the file that it was read
    from, and no column beside those of a page.

    >>> page = {"page_id": "p1", "text": "甲", "encoding": "utf-8", "sha256": "0" * 64}
    >>> _is_ours(page), _is_ours({**page, "title": "乙"}), _is_ours({"page_id": "p1", "text": "甲"})
    (True, False, False)
    """
    if not isinstance(cells.get("text"), str):
        return False
    if cells.keys() >= set(COLUMNS):
        return bool(_GIVEN.fullmatch(_text(cells["given"]) or ""))
    if not _text(cells.get("page_id")) or not cells.keys() <= set(COLUMNS):
        return False
    return bool(_text(cells.get("encoding")) and _SHA256.fullmatch(_text(cells.get("sha256")) or ""))


def _whole(cells: Mapping[str, Any], page_id: str) -> Page:
    """A page that was read before, as it stands: of a file, or as `records_of` wrote it."""
    path, encoding, sha256, published, paper, home, sheet = (
        _text(cells.get(name)) for name in ("path", "encoding", "sha256", "published", "paper", "home", "sheet")
    )
    parts = (part for part in (_text(cells.get("given")) or "").split() if part != AS_IT_STANDS)
    row, leaf = (value if (value := _text(cells.get(name)) or "").isdecimal() else None for name in ("row", "leaf"))
    return Page(
        page_id, cells["text"], path, encoding, sha256, published, paper, home,
        row=int(row) if row else None, sheet=sheet, stated=tuple(map(_stated, parts)), leaf=int(leaf) if leaf else None,
    )  # fmt: skip


def _stated(part: str) -> StatedPart:
    """A part of an article as `records_of` writes it: headline:0:8."""
    kind, start, end = part.split(":")
    known: dict[str, StatedKind] = {"headline": "headline", "byline": "byline", "body": "body"}
    return StatedPart(known[kind], int(start), int(end))


@lru_cache
def _chosen(names: tuple[str, ...], asked: tuple[tuple[str, str | None], ...], unit: Unit | None) -> ColumnMapping:
    return map_columns(names, TableOptions(dict(asked), unit))


def _record(given: Input, source: Path | PdfPage | Page) -> dict[str, str | None]:
    row: dict[str, str | None] = dict.fromkeys(COLUMNS)
    row |= {"published": given.issue.published or given.published, "paper": given.issue.paper, "home": given.issue.home}
    if not isinstance(source, Page):
        file, leaf = (source.path, str(source.number)) if isinstance(source, PdfPage) else (source, None)
        return {**row, "page_id": given.page_id, "path": os.path.realpath(file), "leaf": leaf}
    own = {name: str(value) for name in COLUMNS if (value := getattr(source, name, None)) is not None}
    parts = " ".join(f"{part.kind}:{part.start}:{part.end}" for part in source.stated)
    return {**row, **own, "page_id": given.page_id, "given": parts or AS_IT_STANDS}


def check_frame(names: Iterable[str], options: TableOptions) -> list[str]:
    """The columns of a frame that are read; warns of what was taken for what.

    Raises ColumnsError if none holds a text or the path of a file.
    """
    names = [str(name) for name in names]
    own = [name for name in COLUMNS if name in names]
    try:
        columns = map_columns(names, options)
    except ColumnsError:
        if "path" not in names or options.columns:
            raise
        return own
    if columns.guessed and not set(names) <= set(COLUMNS):
        warnings.warn(columns.summary(), UserWarning, stacklevel=3)
    return list(dict.fromkeys([*own, *(name for some in columns.held.values() for name in some)]))


def records_of(inputs: Iterable[Input]) -> tuple[list[dict[str, str | None]], list[ProblemRow]]:
    """The rows that stand for inputs, and what was found wrong before any file was opened."""
    records: list[dict[str, str | None]] = []
    problems: list[ProblemRow] = []
    for given in inputs:
        problems += given.problems
        if isinstance(given.source, ProblemRow):
            problems.append(given.source)
        else:
            records.append(_record(given, given.source))
    return records, problems


def _text(cell: Any) -> str | None:
    """A cell as text; None for what is missing."""
    return None if is_missing(cell) or cell == "" else str(cell)
