"""What the reader of the tables should know."""

from __future__ import annotations

from typing import Literal, NamedTuple


class ProblemRow(NamedTuple):
    """Something the reader should know; a row of the table `problems`."""

    page_id: str | None
    article_id: str | None
    stage: str
    severity: Literal["warning", "error"]
    message: str

    @property
    def told_at_once(self) -> bool:
        """Whether it is told as it comes: an error, what is odd about a manifest or table, which column holds what,
        inputs that are named more than once."""
        return self.severity == "error" or self.stage in ("inputs", "manifest", "columns", "rows")
