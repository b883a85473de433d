"""What `bulletinnlp view` does."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterable
from pathlib import Path

from bulletinnlp.report.writing import Language, write_view
from bulletinnlp.tables.reading import read_rows


def view(
    folder: Path, out: Path | None, *, pages: Iterable[str] = (), language: Language | None = None, show: bool = False
) -> Path:
    """Write the view of a folder of tables, `view.html` beside them if `out` is None, and open it if `show`.

    Gives the file. Raises FileNotFoundError where there are no tables, ValueError for a page that does not exist.
    """
    path = write_view(read_rows(folder), out or folder / "view.html", pages=list(pages) or None, language=language)
    if show:
        webbrowser.open(path.resolve().as_uri())
    return path
