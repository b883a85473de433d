"""Where the evidence of a row is printed on the page of a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def boxes_of(boxes: pd.DataFrame, row: Any) -> pd.DataFrame:
    """The rows of the table `boxes` that hold some of `start` to `end` of a row.

    The row is one of any table that has offsets: a Series, a mapping, or a tuple of `itertuples`. Raises ValueError for
    a row without them.

    >>> import pandas as pd
    >>> boxes = pd.DataFrame({"page_id": "a#p1", "start": [0, 6, 12], "end": [5, 11, 17], "x0": [50.0, 50.0, 186.5]})
    >>> boxes_of(boxes, {"article_id": "a#p1#2", "start": 8, "end": 14})["x0"].tolist()
    [50.0, 186.5]
    """
    cells = row if isinstance(row, Mapping) else row._asdict() if hasattr(row, "_asdict") else dict(row)
    page_id, start, end = _page_of(cells), cells.get("start"), cells.get("end")
    if page_id is None or start is None or end is None:
        raise ValueError("the row has no offsets on a page: it needs page_id, article_id or event_id, start and end")
    return boxes[(boxes["page_id"] == page_id) & (boxes["start"] < end) & (boxes["end"] > start)]


def _page_of(cells: Mapping[str, Any]) -> str | None:
    """The page of a row; ids of articles and of what is in them begin with its id."""
    if cells.get("page_id") is not None:
        return str(cells["page_id"])
    owner = cells.get("article_id") or cells.get("event_id")
    return str(owner).rpartition("#")[0] if owner is not None else None
