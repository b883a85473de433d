"""`annotate`: articles with what was found in them, written so that people can correct it; and read back."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bulletinnlp.evaluation.article import AnnotatedArticle
from bulletinnlp.evaluation.formats.brat import brat_files, read_brat, write_brat
from bulletinnlp.evaluation.formats.label_studio import (
    CONFIGURATION,
    is_label_studio,
    read_label_studio,
    write_label_studio,
)
from bulletinnlp.evaluation.marked import marked_files, read_marked, write_marked
from bulletinnlp.evaluation.taking import annotated_articles

if TYPE_CHECKING:
    from bulletinnlp.tables.extraction import Extraction

Format = Literal["marked", "brat", "label-studio"]
FORMATS: tuple[Format, ...] = ("marked", "brat", "label-studio")
TASKS, INTERFACE = "tasks.json", "interface.xml"


def annotate(
    tables: str | Path | Extraction,
    folder: str | Path,
    format: Format = "marked",
    *,
    articles: int | None = None,
    seed: int = 0,
) -> list[Path]:
    """Write articles with what was found in them into a folder, to be corrected by hand. Gives the files to correct.

    `format` is `marked` (text files, one a page: `bulletinnlp.evaluation.marked`), `brat`, or `label-studio`.
    `articles` takes so many by chance; the same `seed` takes the same. `score` takes the folder as gold. A folder that
    holds something is left alone. Raises FileExistsError then, FileNotFoundError where there are no tables, ValueError
    for another format. Warns of marks that had to be left out, since they overlap others.
    """
    if format not in FORMATS:
        raise ValueError(f"format '{format}' is unknown; choose {', '.join(FORMATS)}")
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder}: is not empty, and may hold corrections; name another folder")
    taken, lost = annotated_articles(tables, articles, seed)
    if lost:
        warnings.warn(f"{lost} marks overlap others, or run over a paragraph's end, and are left out", stacklevel=2)
    folder.mkdir(parents=True, exist_ok=True)
    if format == "marked":
        write_marked(taken, folder)
        return marked_files(folder)
    if format == "brat":
        return brat_files(write_brat(taken, folder))
    (folder / INTERFACE).write_text(CONFIGURATION, encoding="utf-8", newline="\n")
    return [write_label_studio(taken, folder / TASKS)]


def read_annotated(path: str | Path) -> list[AnnotatedArticle]:
    """The articles that people corrected, in whatever of the three formats; none where there are none.

    `path` is a folder, or a file of marked text or of Label Studio. Raises `MarkedTextError`, a ValueError, which names
    all that is wrong.
    """
    path = Path(path)
    found = read_marked(path) if marked_files(path) else []
    if path.is_dir() and brat_files(path):
        found += read_brat(path)
    for file in sorted(path.glob("*.json")) if path.is_dir() else [path] if path.suffix == ".json" else []:
        try:
            tasks = is_label_studio(json.loads(file.read_text(encoding="utf-8")))
        except ValueError:
            tasks = False
        found += read_label_studio(file) if tasks else []
    return found
