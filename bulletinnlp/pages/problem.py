"""What the reader of the tables should know."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Problem(NamedTuple):
    """Something the reader should know; a row of the table `problems`."""

    page_id: str | None
    article_id: str | None
    stage: str
    severity: Literal["warning", "error"]
    message: str
