"""Texts with marks: what all formats hold, and the way to them from the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bulletinnlp.articles.article import Alignment
from bulletinnlp.evaluation.annotated_article import Mark
from bulletinnlp.output.readers import read_rows
from bulletinnlp.tables.rows import grouped
from bulletinnlp.tables.table_set import TableSet, rows_of

if TYPE_CHECKING:
    from bulletinnlp.extraction import Extraction
    from bulletinnlp.tables.rows import Row, Rows

Unit = Literal["page", "article"]


@dataclass(frozen=True)
class Annotated:
    """A text with its marks in the order of the text. `name` is the id of the page or of the article."""

    name: str
    text: str
    marks: tuple[Mark, ...] = ()
    #: The way from the text to the page; None where it is not known.
    alignment: Alignment | None = field(default=None, compare=False, repr=False)

    def of(self, labels: Iterable[str]) -> list[Mark]:
        """The marks with these labels."""
        wanted = set(labels)
        return [mark for mark in self.marks if mark.label in wanted]


def annotated(tables: str | Path | Extraction, by: Unit = "page") -> list[Annotated]:
    """The pages, or the articles, of the tables with their names and times.

    `tables` is an Extraction or the folder of one. A page's text is that of the page, column breaks and all; an
    article's text holds its own segments only, with a line break between them. Raises ValueError for another unit,
    FileNotFoundError where there are no tables.
    """
    return list(units(rows_in(tables), by))


def rows_in(tables: str | Path | Extraction) -> Rows:
    """The rows of an Extraction or of the folder of one.

    Raises FileNotFoundError where there are no tables, TypeError for what is neither.
    """
    if isinstance(tables, (str, PathLike)):
        return read_rows(Path(tables))
    if not isinstance(tables, TableSet):
        raise TypeError(f"tables are an Extraction or the folder of one, not {type(tables).__name__}")
    return rows_of(tables)


def units(rows: Rows, by: Unit) -> Iterator[Annotated]:
    """The pages or articles of rows, with their marks and the way back to the page."""
    if by not in ("page", "article"):
        raise ValueError(f"'{by}' is unknown; choose page or article")
    column = f"{by}_id"
    page_of = {article["article_id"]: article["page_id"] for article in rows["articles"]}
    marks: dict[str, list[Mark]] = {}
    for row in [*rows.get("mentions", []), *rows.get("times", [])]:
        unit = page_of[row["article_id"]] if by == "page" else row["article_id"]
        mark = Mark(row.get("label") or row["type"], row["start"], row["end"], row.get("value"))
        marks.setdefault(unit, []).append(mark)
    segments = grouped(sorted(rows["segments"], key=lambda row: row["start"]), column)
    for unit in rows[f"{by}s"]:
        name = unit[column]
        yield _unit(name, segments.get(name, []), marks.get(name, []), "" if by == "page" else "\n")


def _unit(name: str, segments: list[Row], marks: list[Mark], between: str) -> Annotated:
    """The segments joined to a text, and the marks, which have offsets of the page, put into it."""
    text, starts = "", []
    at: dict[int, int] = {}
    for segment in segments:
        text += between if text else ""
        starts.append(len(text))
        at.update(zip(range(segment["start"], segment["end"]), range(len(text), 10**12), strict=False))
        text += segment["text"]
    placed = [Mark(m.label, at[m.start], at[m.end - 1] + 1, m.value) for m in marks]
    alignment = Alignment(tuple(starts), tuple(segment["start"] for segment in segments))
    return Annotated(name, text, tuple(sorted(placed, key=lambda m: (m.start, m.end))), alignment)


def apart(marks: Iterable[Mark]) -> list[Mark]:
    """Marks without overlap: of those that overlap the longer one, then the earlier one.

    >>> apart([Mark("DATE", 0, 2), Mark("PLACE", 1, 6), Mark("PER", 7, 9)])
    [Mark(label='PLACE', start=1, end=6, value=None), Mark(label='PER', start=7, end=9, value=None)]
    """
    kept: list[Mark] = []
    taken: set[int] = set()
    for mark in sorted(marks, key=lambda m: (m.start - m.end, m.start)):
        if taken.isdisjoint(range(mark.start, mark.end)):
            taken.update(range(mark.start, mark.end))
            kept.append(mark)
    return sorted(kept, key=lambda m: m.start)
