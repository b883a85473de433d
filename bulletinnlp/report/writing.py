"""Writing the view: one HTML file that needs nothing else.

Style, script and data all stand in the file. Its content security policy forbids every request and every script but
its own, so a page's text can not bring anything to run.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Literal

from bulletinnlp.report.contents import Contents

if TYPE_CHECKING:
    from bulletinnlp.tables.extraction import Extraction
    from bulletinnlp.tables.rows import Rows

Language = Literal["en", "zh"]
#: What stands at the head of every view.
MARK, HEAD = '<meta name="generator" content="bulletinnlp">', 3_000
LANGUAGES: tuple[Language, ...] = ("en", "zh")
#: The scripts of the view, joined in this order.
SCRIPTS = (
    "elements", "words", "store", "moments", "texts", "sight", "address", "csv", "page", "finder", "chooser",
    "reading", "events", "times", "sheet", "overview", "timeline", "actors", "map", "offices", "network",
    "problems", "main",
)  # fmt: skip
STYLES = ("view", "overview")


def write_view(
    tables: Extraction | Rows,
    path: str | Path,
    *,
    pages: Iterable[str] | None = None,
    language: Language | None = None,
    overwrite: bool = False,
) -> Path:
    """Write the tables as one HTML file to look at: an overview, all events, pages, and the evidence of every row.

    `tables` is an Extraction, or the rows that `bulletinnlp.tables.reading.read_rows(folder)` gives. `pages` picks
    pages by their ids. `language` is that of the buttons, `en` or `zh`; without it the reader's browser decides. Gives
    the file. Raises ValueError for a page or a language that does not exist, or where the tables lack pages, segments
    or articles; FileExistsError if something is there that is no view: `overwrite` gives up a plain file.
    """
    if language is not None and language not in LANGUAGES:
        raise ValueError(f"language '{language}' is unknown; choose {', '.join(LANGUAGES)}")
    path = Path(path)
    if not is_free(path, overwrite=overwrite):
        raise FileExistsError(f"{path}: is in the way, and no view; move it away, or --overwrite a file")
    contents = Contents(tables, pages)
    # A file that is half written is never mistaken for a whole one, and none that is there is written into.
    with NamedTemporaryFile(
        "w", encoding="utf-8", errors="replace", newline="\n", dir=path.parent, prefix=".view-", delete=False
    ) as file:
        aside = Path(file.name)
        try:
            file.writelines(view(contents, language))
            file.close()
            aside.chmod(0o644)
            aside.replace(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
    return path


def is_free(path: Path, *, overwrite: bool = False) -> bool:
    """Whether a view may be written there: nothing is there, an earlier view, or with `overwrite` a plain file."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return False
    if overwrite or not path.exists():
        return True
    with path.open(encoding="utf-8", errors="replace") as file:
        return MARK in file.read(HEAD)


def view(contents: Contents, language: Language | None = None) -> Iterator[str]:
    """The file, piece by piece."""
    style = "".join(asset(f"{name}.css") for name in STYLES)
    script = f'"use strict";\n(() => {{\n{"".join(asset(f"{s}.js") for s in SCRIPTS)}}})();\n'
    index = {**contents.index(), "language": language, "words": json.loads(asset("words.json"))}
    head, tail = asset("view.html").split("<!-- data -->")
    yield (
        head.replace("{{policy}}", html.escape(policy(style, script)))
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
