"""The table `problems` in words: how many of each kind, as a line; as warnings for a caller of `extract`."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Mapping

from bulletinnlp.pages import ProblemRow
from bulletinnlp.tables.frames import Tables

#: Errors that a warning names; the table holds them all.
_NAMED = 3


def summary(kinds: Mapping[str, int]) -> str:
    """Problems by kind, as a line; `kinds` counts them by severity and stage.

    >>> summary({"error read": 2, "warning read": 1, "warning articles": 3})
    '2 errors (read 2), 4 warnings (articles 3, read 1)'
    """
    parts = []
    for severity in ("error", "warning"):
        found = [(kind.partition(" "), n) for kind, n in kinds.items()]
        stages = sorted(((stage, n) for (what, _, stage), n in found if what == severity), key=lambda one: -one[1])
        if total := sum(n for _, n in stages):
            shown = ", ".join(f"{stage} {n:,}" for stage, n in stages if stage)
            parts.append(f"{total:,} {severity}{'s' * (total > 1)}" + (f" ({shown})" if shown else ""))
    return ", ".join(parts)


def kinds_of(part: Tables) -> Counter[str]:
    """How many problems a part has of each kind: `error read`, `warning articles` …"""
    if "problems" not in part:
        return Counter()
    data = part["problems"]
    kinds = zip(data["severity"].to_pylist(), data["stage"].to_pylist(), strict=True)
    return Counter(f"{severity} {stage}" for severity, stage in kinds)


def warn_of_problems(part: Tables) -> None:
    """Warn the caller of `extract` of what was not read as it may have been meant: errors, and what was assumed."""
    errors = []
    for row in part["problems"].to_pylist() if "problems" in part else ():
        problem = ProblemRow(**row)
        if problem.severity == "error":
            errors.append(problem.message)
        elif problem.reported_at_once:
            _warn(problem.message)
    if errors:
        more = f" … ({len(errors):,} errors)" if len(errors) > _NAMED else ""
        _warn(f"{'; '.join(errors[:_NAMED])}{more}; the table problems has: {summary(kinds_of(part))}")


class Warner:
    """Warns of problems as they come, where the caller gives no `on_problem`: of assumptions, of the first errors."""

    def __init__(self) -> None:
        self._errors = 0

    def __call__(self, problem: ProblemRow) -> None:
        self._errors += problem.severity == "error"
        if problem.severity != "error" or self._errors <= _NAMED:
            _warn(problem.message)
        elif self._errors == _NAMED + 1:
            _warn("there are more errors; the table problems names them all")


def _warn(message: str) -> None:
    warnings.warn(message, UserWarning, stacklevel=4)
