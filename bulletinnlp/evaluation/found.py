"""What the tables say, article by article."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletinnlp.evaluation.equality import characters
from bulletinnlp.output.readers import read_rows
from bulletinnlp.tables.frames import rows_of

if TYPE_CHECKING:
    from bulletinnlp.extraction import Extraction

Row = dict[str, Any]


class Found:
    """The rows of the tables, by page and by article."""

    def __init__(self, tables: str | Path | Extraction) -> None:
        rows = read_rows(tables) if isinstance(tables, (str, Path)) else rows_of(tables)
        self.pages: dict[str, Row] = {page["page_id"]: page for page in rows.get("pages", [])}
        self.articles = _grouped(rows.get("articles", []), "page_id")
        self.segments = {
            page: sorted(some, key=lambda row: row["start"])
            for page, some in _grouped(rows.get("segments", []), "page_id").items()
        }
        self._rows = {
            name: _grouped(some, "article_id") for name, some in rows.items() if some and "article_id" in some[0]
        }

    def rows(self, table: str, article_id: str | None) -> list[Row]:
        """The rows of a table that belong to an article."""
        return self._rows.get(table, {}).get(article_id, [])

    def text(self, page_id: str) -> str:
        """The page's text: of the file that was read, or of the segments if that is gone."""
        page = self.pages.get(page_id, {})
        path = page.get("path")
        if path and page.get("encoding") and Path(path).is_file():  # without: a row of a table, a document
            return Path(path).read_bytes().decode(page["encoding"], errors="replace")
        return "".join(row["text"] for row in self.segments.get(page_id, []))

    def tiles(self, page_id: str, text: str) -> bool:
        """Whether the segments tile the page without gap, overlap or another letter."""
        at = 0
        for row in (segments := self.segments.get(page_id, [])):
            if row["start"] != at or text[row["start"] : row["end"]] != row["text"]:
                return False
            at = row["end"]
        return bool(segments) and at == len(text)

    def extents(self, page_id: str, text: str, kind: str | None = None) -> dict[str, set[int]]:
        """The characters of each article of a page, of all its segments or of those of a kind."""
        found: dict[str, set[int]] = defaultdict(set)
        for row in self.segments.get(page_id, []):
            wanted = row["kind"] not in ("stray", "blank") if kind is None else row["kind"] == kind
            if row.get("article_id") and wanted:
                found[row["article_id"]] |= characters(text, [(row["start"], row["end"])])
        return found


def _grouped(rows: list[Row], column: str) -> dict[str | None, list[Row]]:
    found: dict[str | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found
