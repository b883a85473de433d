"""Pages as engines hold them: a row of a DataFrame, a dict, a `Page`, the path of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from bulletinnlp.pages import Issue, Page, Problem
from bulletinnlp.pages.dates import stated_date
from bulletinnlp.pages.documents.leaf import Leaf
from bulletinnlp.pages.documents.opening import leaves
from bulletinnlp.pages.page import SURROGATES
from bulletinnlp.pages.reading import Input, named

#: The columns that a DataFrame of pages may have. `page_id` and one of `text` and `path` must be there; `leaf` names a
#: page of a PDF, from 1.
COLUMNS = ("page_id", "text", "path", "encoding", "sha256", "published", "paper", "home", "leaf")


def input_of(record: Page | str | Path | Mapping[str, Any]) -> Input:
    """The input that a record stands for. Where there is no `text`, the file at `path` is read.

    A record that is no page (without text and path, or with a date that is none) becomes an input that is a problem
    only: an error raised here, in a process of the cluster, would cost the other pages too.

    >>> input_of({"page_id": "p1", "text": "我区开展线上教研", "published": "2022-11"}).name
    'p1'
    >>> input_of({"page_id": "p1", "text": None}).name
    'p1: a page needs a text or a path'
    """
    cells = _cells(record)
    page_id = cells["page_id"]
    source: Path | Leaf | Page | Problem
    try:
        source = record if isinstance(record, Page) else _source(cells)
        published = stated_date(record.get("published")) if isinstance(record, Mapping) else None
    except ValueError as error:
        told = f"{page_id or 'a page without an id'}: {error}"
        source, published = Problem(page_id, None, "read", "error", told), None
    name, own_id = named(source)
    return Input(0, name, page_id or own_id, source, Issue(published, cells["paper"], cells["home"]))


def _cells(record: Page | str | Path | Mapping[str, Any]) -> dict[str, str | None]:
    """The columns of a record; of a `Page`, which knows them itself, none."""
    cells: dict[str, str | None] = dict.fromkeys(COLUMNS)
    if isinstance(record, Mapping):
        cells |= {name: _present(record.get(name)) for name in COLUMNS}
    elif isinstance(record, (str, Path)):
        cells["path"] = str(record)
    return {**cells, "page_id": cells["page_id"].translate(SURROGATES) if cells["page_id"] else None}


def _source(cells: Mapping[str, str | None]) -> Page | Path | Leaf:
    """The page in a record's cells, or its file. Raises ValueError if there is neither."""
    text, path = cells["text"], cells["path"]
    if text is not None:
        page_id = cells["page_id"] or Path(path or "page").stem
        return Page(page_id, text, path, cells["encoding"], cells["sha256"])
    if path is None:
        raise ValueError("a page needs a text or a path")
    pages = list(leaves(Path(path)))
    if len(pages) == 1:
        return pages[0]
    try:
        return dict(enumerate(pages, 1))[int(cells["leaf"] or 0)]
    except (KeyError, ValueError):
        raise ValueError(f"{path} has {len(pages)} pages; the column leaf names one of them, from 1") from None


def _record(given: Input, source: Path | Leaf | Page) -> dict[str, str | None]:
    row: dict[str, str | None] = dict.fromkeys(COLUMNS)
    row |= {"published": given.issue.published or given.published, "paper": given.issue.paper, "home": given.issue.home}
    if not isinstance(source, Page):
        file, leaf = (source.path, str(source.number)) if isinstance(source, Leaf) else (source, None)
        return {**row, "page_id": given.page_id, "path": str(file.resolve()), "leaf": leaf}
    own = {name: getattr(source, name) for name in COLUMNS[:-1] if getattr(source, name) is not None}
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
    return None if pd.api.types.is_scalar(cell) and pd.isna(cell) else str(cell)
