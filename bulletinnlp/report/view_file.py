"""Writing the view: one HTML file that needs nothing else.

Style, script and data all stand in the file. Its content security policy forbids every request and every script but
its own, so a page's text can not bring anything to run.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import webbrowser
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Literal, get_args

from bulletinnlp.output.hidden_folders import refuse_hidden
from bulletinnlp.output.ownership import refuse_inputs, take_place
from bulletinnlp.output.readers import read_rows
from bulletinnlp.pages.plain_files import refuse_no_folder
from bulletinnlp.pages.run_record import VIEW
from bulletinnlp.pages.views import ZEROS, checksum, is_view
from bulletinnlp.report.view_data import ViewData
from bulletinnlp.tables.schema import EVENT_TYPES

if TYPE_CHECKING:
    from bulletinnlp.tables.rows import Rows
    from bulletinnlp.tables.table_set import TableSet

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
#: The scripts of the view, joined in this order.
SCRIPTS = (
    "elements", "words", "store", "moments", "texts", "sight", "address", "csv", "page", "finder", "chooser",
    "reading", "events", "times", "sheet", "overview", "timeline", "actors", "map", "offices", "network",
    "problems", "main",
)  # fmt: skip
STYLES = ("view", "overview")


def write_view(
    tables: TableSet | Rows,
    path: str | Path,
    *,
    pages: Iterable[str] | None = None,
    language: Language | None = None,
    overwrite: bool = False,
) -> Path:
    """Write the tables as one HTML file to look at: an overview, all events, pages, and the evidence of every row.

    `tables` is an Extraction, or the rows that `bulletinnlp.output.readers.read_rows(folder)` gives. `pages` picks
    pages by their ids. `language` is that of the buttons, `en` or `zh`; without it the reader's browser decides. Gives
    the file. Raises ValueError for a page or a language that does not exist, or where the tables lack pages, segments
    or articles; FileExistsError if something is there that is no view, or one that was edited: `overwrite` gives up
    a plain file.
    """
    if language is not None and language not in LANGUAGES:
        raise ValueError(f"language '{language}' is unknown; choose {', '.join(LANGUAGES)}")
    path = Path(path)
    refuse_hidden(path)
    if not is_free(path, overwrite=overwrite):
        raise FileExistsError(
            f"{path}: is in the way, and no view as it was written; move it away, or --overwrite a file"
        )
    refuse_no_folder(path.parent)
    contents = ViewData(tables, pages)
    # A file that is half written is never mistaken for a whole one, and none that is there is written into.
    with NamedTemporaryFile(
        "w", encoding="utf-8", errors="replace", newline="\n", dir=path.parent, prefix=".view-", delete=False
    ) as file:
        unfinished = Path(file.name)
        try:
            file.writelines(view(contents, language))
            file.close()
            _seal(unfinished)
            unfinished.chmod(0o644)
            take_place(unfinished, path, lambda old: is_free(old, overwrite=overwrite))
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    return path


def view_folder(
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


def is_free(path: Path, *, overwrite: bool = False) -> bool:
    """Whether a view may be written there: where nothing is, or an earlier view that nobody edited; with `overwrite` in
    the place of any plain file."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return False
    return overwrite or not path.exists() or is_view(path)


def _seal(path: Path) -> None:
    """Put the checksum into a view that was written."""
    digest, at = checksum(path)
    with path.open("r+b") as file:
        file.seek(at)
        file.write(digest)


def view(contents: ViewData, language: Language | None = None) -> Iterator[str]:
    """The file, piece by piece."""
    style = "".join(asset(f"{name}.css") for name in STYLES)
    script = f'"use strict";\n(() => {{\n{"".join(asset(f"{s}.js") for s in SCRIPTS)}}})();\n'
    index = {**contents.index(), "language": language, "words": view_words()}
    head, tail = asset("view.html").split("<!-- data -->")
    yield (
        head.replace("{{checksum}}", ZEROS)
        .replace("{{policy}}", html.escape(policy(style, script)))
        .replace("{{language}}", language or "en")
        .replace("{{style}}", style)
    )
    yield data_block("index", index)
    for number, (text, rows) in enumerate(zip(contents.texts(), contents.chunks(), strict=True)):
        yield data_block(f"text-{number}", text)
        yield data_block(f"page-{number}", rows)
    yield tail.replace("{{script}}", script)


def asset(name: str) -> str:
    """A file of the view that ships with the package."""
    return files(__package__).joinpath("view", name).read_text(encoding="utf-8")


def view_words() -> dict[str, dict[str, str]]:
    """The words of the view by language; those of `view/words.json`, and the names of the types of events."""
    words: dict[str, dict[str, str]] = json.loads(asset("words.json"))
    for kind in EVENT_TYPES.values():
        words["en"][f"type_{kind.name}"], words["zh"][f"type_{kind.name}"] = kind.name, kind.chinese
    return words


def policy(style: str, script: str) -> str:
    """A content security policy that lets this style and this script in, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def data_block(name: str, data: Any) -> str:
    r"""Data as a block that the browser does not run. `<` is escaped, so that no text can end the block.

    >>> data_block("index", {"headline": "</script>"})
    '<script type="application/json" id="index">{"headline":"\\u003c/script>"}</script>\n'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{text}</script>\n'
