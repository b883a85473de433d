"""The tables of a run as DataFrames, one an attribute: what the view, the plots and the measures read."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

from bulletinnlp.tables.frames import Tables, arrow_table, frame, from_arrow, tidied_rows
from bulletinnlp.tables.rows import Rows
from bulletinnlp.tables.schema import TABLES, Table

if TYPE_CHECKING:
    import pandas as pd

ENTITY_COUNTS = {"people": "PER", "bodies": "ORG", "places": "PLACE"}


class TableSet:
    """Tables by name. `tables` maps each table's name to its DataFrame; one that is absent raises AttributeError.

    >>> import pandas as pd
    >>> tables = TableSet({"pages": pd.DataFrame({"page_id": ["a"]})})
    >>> tables.pages["page_id"].tolist(), tables["pages"] is tables.pages
    (['a'], True)
    >>> tables.quotes
    Traceback (most recent call last):
    AttributeError: there is no table 'quotes': the stage bulletin_quotes did not run
    """

    tables: dict[str, pd.DataFrame]

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self.tables = dict(tables)

    @classmethod
    def from_rows(cls, tables: Iterable[Table], rows: Rows) -> Self:
        """Tables out of rows; `tables` says which there are, empty or not."""
        return cls({table.name: frame(table, rows.get(table.name, [])) for table in tables})

    @classmethod
    def from_arrow(cls, tables: Iterable[Table], page_tables: Tables) -> Self:
        """Tables out of Arrow tables; `tables` says which there are, empty or not."""
        return cls(
            {t.name: from_arrow(t, page_tables[t.name]) if t.name in page_tables else frame(t, []) for t in tables}
        )

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name == "tables":
            raise AttributeError(name)
        if name in self.tables:
            return self.tables[name]
        if name in TABLES:
            made_of = TABLES[name].made_of
            stage = TABLES[name].stage if made_of is None or made_of in self.tables else TABLES[made_of].stage
            raise AttributeError(f"there is no table '{name}': the stage {stage} did not run")
        raise AttributeError(f"there is no table '{name}'; there are {', '.join(self.tables)}")

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The table of that name: `extraction["events"]` is `extraction.events`. Raises KeyError if there is none."""
        try:
            return self.tables[name]
        except KeyError:
            raise KeyError(f"there is no table {name!r}; there are {', '.join(self.tables)}") from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.tables]

    def boxes_of(self, row: Any) -> pd.DataFrame:
        """Where the evidence of a row of a table is printed: the lines of a PDF that hold it, with their boxes.

        The row is one of any table that has offsets: a Series, a mapping, or a tuple of `itertuples`. No lines for a
        page that is no PDF. Raises ValueError for a row without offsets.

        >>> import pandas as pd
        >>> lines = {"page_id": "a#p1", "start": [0, 6, 12], "end": [5, 11, 17], "x0": [50.0, 50.0, 186.5]}
        >>> tables = TableSet({"boxes": pd.DataFrame(lines)})
        >>> tables.boxes_of({"article_id": "a#p1#2", "start": 8, "end": 14})["x0"].tolist()
        [50.0, 186.5]
        """
        cells = row if isinstance(row, Mapping) else row._asdict() if hasattr(row, "_asdict") else dict(row)
        page_id, start, end = _page_of(cells), cells.get("start"), cells.get("end")
        if page_id is None or start is None or end is None:
            raise ValueError(
                "the row has no offsets on a page: it needs page_id, article_id or event_id, start and end"
            )
        boxes = self["boxes"]
        return boxes[(boxes["page_id"] == page_id) & (boxes["start"] < end) & (boxes["end"] > start)]

    def counts(self) -> dict[str, int]:
        """What was found: pages, articles, people, bodies, places, events …"""
        found: dict[str, int] = {name: len(self.tables[name]) for name in ("pages", "articles") if name in self.tables}
        if "entities" in self.tables:
            labels = self.tables["entities"]["label"].value_counts()
            found |= {what: int(labels.get(label, 0)) for what, label in ENTITY_COUNTS.items()}
        for name in ("times", "roles", "quotes", "events", "problems"):
            if name in self.tables:
                found[name] = len(self.tables[name])
        return found

    def __repr__(self) -> str:
        sizes = "\n".join(f"  .{name:<11}{len(data):>8,} rows" for name, data in self.tables.items())
        return f"Extraction: {describe(self.counts())}\n{sizes}"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>.{name}</th><td>{len(data):,}</td>"
            f"<td style='text-align:left'>{html.escape(TABLES[name].row)}</td></tr>"
            for name, data in self.tables.items()
        )
        head = "<thead><tr><th>table</th><th>rows</th><th>one row is</th></tr></thead>"
        return f"<p>{describe(self.counts())}</p><table>{head}<tbody>{rows}</tbody></table>"


def _page_of(cells: Mapping[str, Any]) -> str | None:
    """The page of a row; ids of articles and of what is in them begin with its id."""
    if cells.get("page_id") is not None:
        return str(cells["page_id"])
    owner = cells.get("article_id") or cells.get("event_id")
    return str(owner).rpartition("#")[0] if owner is not None else None


def describe(counts: Mapping[str, int]) -> str:
    """Counts as a line.

    >>> describe({"pages": 5, "articles": 51})
    '5 pages · 51 articles'
    """
    return " · ".join(f"{number:,} {what}" for what, number in counts.items())


def rows_of(tables: TableSet) -> Rows:
    """The rows of the tables as plain values: missing cells None, timestamps ISO 8601."""
    found = {}
    for name, data in tables.tables.items():
        rows: Any = data.astype(object).where(data.notna(), None).to_dict("records")
        found[name] = tidied_rows(arrow_table(TABLES[name], rows))
    return found
