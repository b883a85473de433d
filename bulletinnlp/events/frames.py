"""An event frame: a predicate with its type, its arguments and its factuality."""

from __future__ import annotations

from typing import NamedTuple

from bulletinnlp.events.context import Span


class EventFrame(NamedTuple):
    """`start:end` is the trigger. `who`, `whom` and `where` are the names in the roles, `when` the words of the time,
    `what` and `phrases` (actors without a name) spans of the text."""

    start: int
    end: int
    type: str
    who: frozenset[str]
    phrases: tuple[Span, ...]
    what: Span | None
    whom: frozenset[str]
    when: str
    where: frozenset[str]
    planned: bool
    negative: bool
    main: bool = False
