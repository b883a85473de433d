"""The problems of a run on an engine: those that no page shows by itself, and the errors reported to the caller."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow.parquet as pq

from bulletinnlp.pages import ProblemRow

#: What a caller gives to hear of problems.
OnProblem = Callable[[ProblemRow], None]


def repeated(page_id: str, pages: int) -> ProblemRow:
    """The problem of a page id that several pages have. On an engine no process sees all ids and could give others.

    >>> repeated("2022-11-29_02", 2).message
    '2022-11-29_02: 2 pages have this page id; their rows can not be told apart'
    """
    message = f"{page_id}: {pages} pages have this page id; their rows can not be told apart"
    return ProblemRow(page_id, None, "read", "error", message)


def report(problems: Iterable[ProblemRow], on_problem: OnProblem | None) -> None:
    """Call `on_problem` with each problem that is reported at once: errors, and what was taken for what."""
    for problem in problems:
        if on_problem and problem.reported_at_once:
            on_problem(problem)


def report_written(folder: Path, known: Iterable[ProblemRow], on_problem: OnProblem | None) -> None:
    """Call `on_problem` with each error in the table `problems` of this folder but those known before the run."""
    if on_problem:
        rows = pq.read_table(folder / "problems.parquet", filters=[("severity", "=", "error")]).to_pylist()
        reported = set(known)
        report((problem for row in rows if (problem := ProblemRow(**row)) not in reported), on_problem)
