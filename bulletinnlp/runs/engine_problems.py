"""The problems of a run on an engine: what the pages can not say of themselves, and the errors told to the caller."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow.parquet as pq

from bulletinnlp.pages import ProblemRow

Tell = Callable[[ProblemRow], None]


def repeated(page_id: str, pages: int) -> ProblemRow:
    """What to tell of a page id that several pages have. On an engine no process sees all ids and could give others.

    >>> repeated("2022-11-29_02", 2).message
    '2022-11-29_02: 2 pages have this page id; their rows can not be told apart'
    """
    told = f"{page_id}: {pages} pages have this page id; their rows can not be told apart"
    return ProblemRow(page_id, None, "read", "error", told)


def tell_errors(problems: Iterable[ProblemRow], tell: Tell | None) -> None:
    """Call `tell` with each problem that is told at once: errors, and what was taken for what."""
    for problem in problems:
        if tell and problem.reported_at_once:
            tell(problem)


def tell_written_errors(folder: Path, known: Iterable[ProblemRow], tell: Tell | None) -> None:
    """Call `tell` with each error in the table `problems` of this folder but those that were told before the run."""
    if tell:
        rows = pq.read_table(folder / "problems.parquet", filters=[("severity", "=", "error")]).to_pylist()
        told = set(known)
        tell_errors((problem for row in rows if (problem := ProblemRow(**row)) not in told), tell)
