"""A page of a PDF that is not read yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a PDF: which of how many, from 1.

    >>> str(Leaf(Path("a.pdf"), 2, 3)), Leaf(Path("a.pdf"), 2, 3).page_id, Leaf(Path("a.pdf"), 1, 1).page_id
    ('a.pdf, page 2', 'a#p2', 'a')
    """

    path: Path
    number: int
    of: int

    @property
    def page_id(self) -> str:
        """The id of the page: the stem of the file, and the number of the page if there are several."""
        return f"{self.path.stem}#p{self.number}" if self.of > 1 else self.path.stem

    def __str__(self) -> str:
        return f"{self.path}, page {self.number}" if self.of > 1 else str(self.path)
