"""What `bulletinnlp view` does."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterable
from pathlib import Path

from bulletinnlp.report.writing import Language, write_view
from bulletinnlp.tables.extraction import Extraction
from bulletinnlp.tables.reading import read_rows
from bulletinnlp.tables.schema import TABLES


def view(
    folder: Path, out: Path | None, *, pages: Iterable[str] = (), language: Language | None = None, show: bool = False
) -> Path:
    """Write the view of a folder of tables, `view.html` beside them if `out` is None, and open it if `show`.

    Gives the file. Raises FileNotFoundError where there are no tables, ValueError for a page that does not exist.
    """
    rows = read_rows(folder)
    tables = Extraction.from_rows([TABLES[name] for name in rows], rows)
    path = write_view(tables, out or folder / "view.html", pages=list(pages) or None, language=language)
    if show:
        webbrowser.open(path.resolve().as_uri())
    return path
