"""What `bulletinnlp view` does."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterable
from pathlib import Path

from bulletinnlp.output.ownership import refuse_inputs
from bulletinnlp.output.readers import read_rows
from bulletinnlp.pages.run_record import VIEW
from bulletinnlp.report.view_file import Language, write_view


def view(
    folder: Path,
    out: Path | None,
    *,
    pages: Iterable[str] = (),
    language: Language | None = None,
    overwrite: bool = False,
    show: bool = False,
) -> Path:
    """Write the view of a folder of tables, `view.html` beside them if `out` is None, and open it if `show`.

    Gives the file. Raises FileNotFoundError where there are no tables; ValueError for a page that does not exist, and
    for tables that are cut or of something else, or where a table would be replaced; FileExistsError if something is
    in the way that is no view, unless `overwrite` gives it up.
    """
    rows = read_rows(folder)
    if out:
        refuse_inputs(folder, [out], "is a table of the folder, or its record; give another --out")
    try:
        path = write_view(rows, out or folder / VIEW, pages=list(pages) or None, language=language, overwrite=overwrite)
    except (KeyError, TypeError, AttributeError) as error:  # columns that are not there, cells of another type
        raise ValueError(f"{folder}: the tables are not whole, or of something else ({error})") from error
    if show:
        webbrowser.open(path.resolve().as_uri())
    return path
