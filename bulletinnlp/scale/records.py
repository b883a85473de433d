"""Pages as engines hold them: a row of a DataFrame, a dict, a `Page`, the path of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bulletinnlp.pages import Issue, Page, Problem
from bulletinnlp.pages.dates import parse_published
from bulletinnlp.pages.reading import Input

#: The columns that a DataFrame of pages may have. `page_id` and one of `text` and `path` must be there.
COLUMNS = ("page_id", "text", "path", "encoding", "sha256", "published", "paper", "home")


def input_of(record: Page | str | Path | Mapping[str, Any]) -> Input:
    """The input that a record stands for. Where there is no `text`, the file at `path` is read.

    Raises ValueError for a record without text and path, or a date that is none.

    >>> input_of({"page_id": "p1", "text": "我区开展线上教研", "published": "2022-11"}).name
    'p1'
    """
    if isinstance(record, Page):
        return Input(0, record.page_id, record.page_id, record)
    if isinstance(record, (str, Path)):
        return Input(0, str(record), Path(record).stem, Path(record))
    cells = {name: _present(record.get(name)) for name in COLUMNS}
    page_id, text, path, published = (cells[name] for name in ("page_id", "text", "path", "published"))
    issue = Issue(parse_published(published) if published else None, cells["paper"], cells["home"])
    if text is None:
        if path is None:
            raise ValueError(f"page {page_id}: a page needs a text or a path")
        return Input(0, path, page_id or Path(path).stem, Path(path), issue)
    page = Page(page_id or Path(path or "page").stem, text, path, cells["encoding"], cells["sha256"])
    return Input(0, page.page_id, page.page_id, page, issue)


def _record(given: Input, source: Path | Page) -> dict[str, str | None]:
    row: dict[str, str | None] = dict.fromkeys(COLUMNS)
    row |= {"published": given.issue.published or given.published, "paper": given.issue.paper, "home": given.issue.home}
    if isinstance(source, Path):
        return {**row, "page_id": given.page_id, "path": str(source.resolve())}
    own = {name: getattr(source, name) for name in COLUMNS if getattr(source, name) is not None}
    return {**row, **own, "page_id": given.page_id}


def records_of(inputs: Iterable[Input]) -> tuple[list[dict[str, str | None]], list[Problem]]:
    """The rows that stand for inputs, and what was found wrong before any file was opened."""
    records: list[dict[str, str | None]] = []
    problems: list[Problem] = []
    for given in inputs:
        problems += given.told
        if isinstance(given.source, Problem):
            problems.append(given.source)
        else:
            records.append(_record(given, given.source))
    return records, problems


def _present(cell: Any) -> str | None:
    """A cell as text; None for what pandas calls missing."""
    return None if cell is None or cell != cell else str(cell)
