"""What `bulletinnlp view` does."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterable
from pathlib import Path

from bulletinnlp.report.writing import Language, is_free, write_view
from bulletinnlp.tables.reading import read_rows

VIEW = "view.html"


def view(
    folder: Path, out: Path | None, *, pages: Iterable[str] = (), language: Language | None = None, show: bool = False
) -> Path:
    """Write the view of a folder of tables, `view.html` beside them if `out` is None, and open it if `show`.

    Gives the file. Raises FileNotFoundError where there are no tables; ValueError for a page that does not exist, and
    for tables that are cut or of something else; FileExistsError if `view.html` is no view.
    """
    rows = read_rows(folder)
    if not out and not is_free(folder / VIEW):
        raise FileExistsError(f"{folder / VIEW}: is in the way, and no view; move it away, or name another --out")
    try:
        path = write_view(rows, out or folder / VIEW, pages=list(pages) or None, language=language)
    except (KeyError, TypeError, AttributeError) as error:  # columns that are not there, cells of another type
        raise ValueError(f"{folder}: the tables are not whole, or of something else ({error})") from error
    if show:
        webbrowser.open(path.resolve().as_uri())
    return path
