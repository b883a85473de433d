"""The manifest: a CSV that says of each page when and by whom it was issued, and where that paper is at home."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from os import PathLike
from typing import NamedTuple

from bulletinnlp.pages.encodings import NotTextError, decode
from bulletinnlp.pages.issue_dates import parse_published
from bulletinnlp.pages.plain_files import UnfitFileError, is_open_pipe, read_bytes

COLUMNS = ("page_id", "published", "paper", "home")


class ManifestError(ValueError):
    """The manifest can not be used; the message names the file and what is wrong."""


class Issue(NamedTuple):
    """The issue that a page belongs to: its date, the paper, and where that is at home."""

    published: str | None = None
    paper: str | None = None
    home: str | None = None


def read_manifest(path: str | PathLike[str]) -> dict[str, Issue]:
    """Read a manifest: `{page_id: Issue}`.

    Raises ManifestError if the file can not be read, is no CSV, has no column `page_id`, has a column that is not
    known or one twice, names a page twice, or holds a date that is none, a row with more cells than there are columns,
    or one that says something of no page.
    """
    if not isinstance(path, (str, PathLike)):
        columns = "dates and papers of a table's texts may stand in columns beside them"
        raise TypeError(f"a manifest is the name of a CSV, not {type(path).__name__}; {columns}")
    if path == "":
        raise ManifestError("the name of the manifest is empty")
    issues: dict[str, Issue] = {}
    shared: dict[Issue, Issue] = {}  # the pages of an issue are many
    for line, cells in _rows(path):
        page_id, published = cells["page_id"], cells["published"]
        if page_id is None:
            if any(cells.values()):
                raise ManifestError(f"{path}, line {line}: the row has no page_id")
            continue
        if page_id in issues:
            raise ManifestError(f"{path}, line {line}: {page_id} stands in the manifest twice")
        try:
            published = parse_published(published) if published else None
        except ValueError as error:
            raise ManifestError(f"{path}, line {line}: {error}") from None
        issue = Issue(published, cells["paper"], cells["home"])
        issues[page_id] = shared.setdefault(issue, issue)
    return issues


def _rows(path: str | PathLike[str]) -> Iterator[tuple[int, dict[str, str | None]]]:
    """The rows of the CSV by column, None for an empty cell, and the line that each ends on."""
    text = _text(path)
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # 131,072 characters unless it is raised
    # strict: without it, a quotation mark that nothing closes would swallow all rows behind it
    reader = csv.DictReader(io.StringIO(text, newline=None), strict=True)
    try:
        reader.fieldnames = _columns(path, reader.fieldnames or ())
        for row in reader:
            if more := [cell for cell in row.get(None, ()) if cell.strip()]:  # what csv does with cells too many
                raise ManifestError(f"{path}, line {reader.line_num}: more cells than columns ({more[0]!r:.100})")
            yield reader.line_num, {column: (row.get(column) or "").strip() or None for column in COLUMNS}
    except csv.Error as error:
        raise ManifestError(f"{path}, after line {reader.line_num}: the manifest is no CSV ({error})") from None


def _text(path: str | PathLike[str]) -> str:
    if is_open_pipe(path):
        raise ManifestError(f"{path}: the manifest is a pipe, which can be read only once; give a file")
    try:
        return decode(read_bytes(path)).text.replace("\0", "")
    except UnfitFileError as error:
        raise ManifestError(f"{path}: the manifest {error}") from None
    except OSError as error:
        raise ManifestError(f"{path}: the manifest can not be read ({error.strerror})") from None
    except NotTextError as error:
        raise ManifestError(f"{path}: the manifest is no text ({error})") from None


def _columns(path: str | PathLike[str], names: Iterable[str]) -> list[str]:
    columns = [name.strip() for name in names]
    unknown = [column for column in columns if column not in COLUMNS]
    if twice := [column for column in COLUMNS if columns.count(column) > 1]:
        raise ManifestError(f"{path}: the manifest has the column {twice[0]} twice")
    if "page_id" not in columns or unknown:
        wrong = f"unknown columns {', '.join(unknown)}" if unknown else "no column page_id"
        raise ManifestError(f"{path}: the manifest has {wrong}; it takes page_id, published, paper, home")
    return columns
