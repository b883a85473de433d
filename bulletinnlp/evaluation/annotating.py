"""`annotate`: articles with what was found in them, written so that people can correct it; and read back."""

from __future__ import annotations

import json
import random
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from bulletinnlp.evaluation.annotated_article import (
    REFERENCE,
    AnnotatedArticle,
    Contributor,
    HeldTitle,
    Mark,
    NumberedArticle,
    Quotation,
)
from bulletinnlp.evaluation.equality import Span
from bulletinnlp.evaluation.formats.annotated import apart, rows_in
from bulletinnlp.evaluation.formats.brat import brat_files, read_brat, write_brat
from bulletinnlp.evaluation.formats.label_studio import (
    CONFIGURATION,
    is_label_studio,
    label_studio_text,
    read_label_studio,
)
from bulletinnlp.evaluation.formats.numbered import numbered_rows
from bulletinnlp.evaluation.marked import marked_files, read_marked, write_marked
from bulletinnlp.evaluation.new_files import made, write_new
from bulletinnlp.output.hidden_folders import refuse_hidden
from bulletinnlp.tables.rows import grouped
from bulletinnlp.text.plain import INVISIBLE, letters_at

if TYPE_CHECKING:
    from bulletinnlp.extraction import Extraction
    from bulletinnlp.tables.rows import Row, Rows

#: The parts of an article in which names are annotated.
NAMED_IN = ("eyebrow", "headline", "body", None)
_LINES = ("banner", "eyebrow", "headline", "dateline", "byline")


def annotated_articles(
    tables: str | Path | Extraction, count: int | None = None, seed: int = 0
) -> tuple[list[AnnotatedArticle], int]:
    """The articles of the tables with what was found in them, and how many marks had to be left out.

    `tables` is an Extraction or the folder of one. `count` takes so many by chance, in their order; the same `seed`
    takes the same. Marks that overlap a longer one, or run over the end of a paragraph, are left out. Raises
    FileNotFoundError where there are no tables.
    """
    rows = rows_in(tables)
    numbered = {article.article_id: article for article in numbered_rows(rows)}
    chosen = set(range(len(rows["articles"])))
    if count is not None and count < len(chosen):
        chosen = set(random.Random(seed).sample(sorted(chosen), count))
    of = {name: grouped(some, "article_id") for name, some in rows.items() if some and "article_id" in some[0]}
    pages = {page["page_id"]: page for page in rows["pages"]}
    articles, lost = [], 0
    for number, row in enumerate(rows["articles"]):
        if number in chosen:
            mine = {name: some.get(row["article_id"], []) for name, some in of.items()}
            article, left = _article(row, pages[row["page_id"]], mine, rows, numbered)
            articles.append(article)
            lost += left
    return articles, lost


def _article(
    row: Row, page: Row, mine: dict[str, list[Row]], rows: Rows, numbered: dict[str, NumberedArticle]
) -> tuple[AnnotatedArticle, int]:
    fields: dict[str, Any] = {name: _line(row[name]) for name in _LINES}
    fields |= {"paper": page.get("paper"), "home": page.get("home"), "published": row["published"] or page["published"]}
    bare = AnnotatedArticle(
        row["article_id"], (row["start"], row["end"]), kind=row["kind"], body=_body(row["body"]), **fields
    )
    segments = sorted(mine.get("segments", []), key=lambda segment: segment["start"])
    places = _places(bare, segments)
    unseen = {one["start"] + found.start() for one in segments for found in INVISIBLE.finditer(one["text"])}

    def place(found: Row) -> Span | None:
        """The place of a row in the article's text; None where it is not in it."""
        start, last = found["start"], found["end"] - 1
        while start in unseen:
            start += 1
        while last in unseen:
            last -= 1
        return (places[start], places[last] + 1) if start in places and last in places else None

    marks = [
        (Mark(label, *span, value) if span else None)
        for table, some in mine.items()
        for found in some
        for label, value in _label(table, found)
        for span in [place(found)]
    ]
    inside = [mark for mark in marks if mark and "\n" not in bare.text[mark.start : mark.end]]
    kept = tuple(apart(inside))
    lists: dict[str, Any] = {"marks": kept}
    if "bylines" in rows:
        lists["contributors"] = tuple(
            Contributor(found["name"], found["role"], found["outlet"]) for found in mine.get("bylines", [])
        )
    if "roles" in rows:
        held = (
            HeldTitle(found["person"], found["title"], found["organisation"])
            for found in mine.get("roles", [])
            if found["stated"] != "predicate"
        )
        lists["roles"] = tuple(dict.fromkeys(held))
    if "quotes" in rows:
        spans = {span[0]: (found["speaker"], *span) for found in mine.get("quotes", []) if (span := place(found))}
        lists["quotes"] = tuple(Quotation(*spans[start]) for start in sorted(spans))
    if "events" in rows:
        lists["events"] = numbered[row["article_id"]].events or ()
    return replace(bare, **lists), len(marks) - len(kept)


def _label(table: str, row: Row) -> Iterator[tuple[str, str | None]]:
    """The label and the value of a row, if it is a mark."""
    if table == "mentions" and row["part"] in NAMED_IN:
        yield row["label"], None
    elif table == "times":
        yield row["type"], row["value"]
    elif table == "references":
        yield REFERENCE, row["antecedent"]


def _line(text: str | None) -> str | None:
    return " ".join(text.split("\n")).strip() or None if text else None


def _body(text: str | None) -> str | None:
    return "\n".join(line for part in (text or "").split("\n") if (line := part.strip())) or None


def _places(article: AnnotatedArticle, segments: list[Row]) -> dict[int, int]:
    """For each letter of the page that the article's text holds its place there."""
    found: dict[int, int] = {}
    for part in article.parts:
        on_page = [
            segment["start"] + at
            for segment in segments
            if segment["kind"] == part.kind
            for at in letters_at(segment["text"])
        ]
        in_text = letters_at(article.text, part.start, part.end)
        if len(on_page) == len(in_text):
            found.update(zip(on_page, in_text, strict=True))
    return found


Format = Literal["marked", "brat", "label-studio"]
FORMATS: tuple[Format, ...] = get_args(Format)
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

    >>> import bulletinnlp, tempfile
    >>> found = bulletinnlp.extract(texts=["11月27日晚，区残联发放32辆轮椅。"], published="2022-11-29")
    >>> [path] = annotate(found, Path(tempfile.mkdtemp(), "gold"))
    >>> [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith(("[", "S"))]
    ['[T:11月27日晚=TIME=2022-11-27TEV]，[O:区残联]发放32辆轮椅。', 'S1 | 发放 | 区残联 | 32辆轮椅 |  | 11月27日晚 |  | donation | main']
    """  # noqa: E501
    if format not in FORMATS:
        raise ValueError(f"format '{format}' is unknown; choose {', '.join(FORMATS)}")
    folder = Path(folder)
    refuse_hidden(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder}: is not empty, and may hold corrections; name another folder")
    taken, lost = annotated_articles(tables, articles, seed)
    if lost:
        warnings.warn(
            f"left out: {lost} of the marks, since they overlap others or run over the end of a paragraph", stacklevel=2
        )
    with made(folder):
        if format == "marked":
            write_marked(taken, folder)
            return marked_files(folder)
        if format == "brat":
            return brat_files(write_brat(taken, folder))
        write_new([(folder / INTERFACE, CONFIGURATION), (folder / TASKS, label_studio_text(taken))])
        return [folder / TASKS]


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
        if not file.is_file():
            continue
        try:
            tasks = is_label_studio(json.loads(file.read_text(encoding="utf-8")))
        except (ValueError, RecursionError):
            tasks = False
        found += read_label_studio(file) if tasks else []
    return found
