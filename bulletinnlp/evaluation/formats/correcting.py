"""Corrected names and times, put into the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from bulletinnlp.evaluation.formats.annotated import TIMES, Annotated, Mark, Unit, units
from bulletinnlp.tables.extraction import Extraction
from bulletinnlp.tables.reading import read_rows, rows_of
from bulletinnlp.tables.schema import TABLES

if TYPE_CHECKING:
    from bulletinnlp.tables.rows import Row, Rows


def corrected(tables: str | Path | Extraction, marked: Iterable[Annotated], by: Unit = "page") -> Extraction:
    """The tables with the names and times of corrected texts in place of their own.

    `marked` are texts that `annotated(tables, by)` gave, with other marks; texts that are not among them keep theirs.
    What the tables know of a mark that is still there (entity, adcode, begin, until) is kept. Raises ValueError for a
    text that is not of these tables, or that was changed.
    """
    rows = read_rows(tables) if isinstance(tables, (str, Path)) else rows_of(tables)
    known = {unit.name: unit for unit in units(rows, by)}
    page_of = {article["article_id"]: article["page_id"] for article in rows["articles"]}
    segments: dict[str, list[Row]] = {}
    for segment in rows["segments"]:
        segments.setdefault(segment["page_id"], []).append(segment)
    new: dict[str, list[Row]] = {"mentions": [], "times": []}
    done: set[str] = set()
    for one in marked:
        unit = known.get(one.name)
        if unit is None or unit.text != one.text:
            raise ValueError(f"{one.name}: {'not in these tables' if unit is None else 'its text is another'}")
        done.add(one.name)
        page = segments[one.name if by == "page" else page_of[one.name]]
        for mark in one.marks:
            row = _row(mark, unit, page)
            if row["article_id"]:
                new["times" if mark.label in TIMES else "mentions"].append(row)
    unit_of = page_of if by == "page" else {article_id: article_id for article_id in page_of}
    _replace(rows, new, lambda row: unit_of[row["article_id"]] in done)
    return Extraction.from_rows([TABLES[name] for name in TABLES if name in rows], rows)


def _row(mark: Mark, unit: Annotated, segments: list[Row]) -> Row:
    """The row of a mark: its place on the page, and the article and the part in which it stands."""
    assert unit.alignment
    start, end = unit.alignment.to_page(mark.start, mark.end)
    home = next(segment for segment in segments if segment["start"] <= start < segment["end"])
    row = {"article_id": home["article_id"], "text": "".join(unit.text[mark.start : mark.end].split()),
           "start": start, "end": end}  # fmt: skip
    if mark.label in TIMES:
        return {**row, "type": mark.label, "value": mark.value}
    return {**row, "label": mark.label, "part": home["kind"], "source": "corrected"}


def _replace(rows: Rows, new: Rows, old: Callable[[Row], bool]) -> None:
    """Put new rows in the place of old ones; a row that says what an old one said is the old one."""
    position = {article["article_id"]: number for number, article in enumerate(rows["articles"])}
    for table, some in new.items():
        before = {_key(row): row for row in rows.get(table, [])}
        kept = [row for row in rows.get(table, []) if not old(row)]
        put = [before.get(_key(row), row) for row in some]
        rows[table] = sorted(kept + put, key=lambda row: (position[row["article_id"]], row["start"]))


def _key(row: Row) -> tuple[object, ...]:
    return row["article_id"], row["start"], row["end"], row.get("label") or row["type"], row.get("value")
