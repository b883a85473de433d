"""Where one source becomes many pages: files and tables that hold several.

A file with an ending of `READERS` is opened by the reader named there: a function `pages(path, how)` that gives, one at
a time, its pages, and problems in the place of those that can not be read, each with what is to be told of it. Every
other file is a page of text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from bulletinnlp.pages import sheets
from bulletinnlp.pages.columns import How
from bulletinnlp.pages.documents.leaf import Leaf
from bulletinnlp.pages.page import Page
from bulletinnlp.pages.problem import ProblemRow
from bulletinnlp.pages.rows import Opened, Rows, pages_of

Reader = Callable[[Path, How], Iterator[Opened]]


def table_pages(path: Path, how: How) -> Iterator[Opened]:
    """The pages of a file whose rows are articles or pages."""
    for rows in sheets.tables_in(path, how):
        yield from [(rows, [])] if isinstance(rows, ProblemRow) else pages_of(rows, how)


#: What opens a file that is no plain text, by its ending.
READERS: dict[str, Reader] = dict.fromkeys(sheets.READERS, table_pages)


def opened(
    source: Path | Leaf | Page | Rows | ProblemRow | Literal["-"], how: How
) -> Iterator[tuple[Path | Leaf | Page | ProblemRow | Literal["-"], list[ProblemRow]]]:
    """What a source holds: its pages one by one, or itself; each with what is to be told of it."""
    if isinstance(source, Rows):
        yield from pages_of(source, how)
    elif isinstance(source, Path) and (reader := READERS.get(source.suffix.lower())):
        yield from reader(source, how)
    else:
        yield source, []
