"""What a time expression is."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bulletinnlp.doc import declare_records

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Anchor = Literal["explicit", "published", "context", "vague"]


class Time(NamedTuple):
    """A time expression and what it denotes.

    `value` is TIMEX3 (ISO 8601): `2022-11-13/2022-11-15`, `2022-11-27TEV`, `PT24H`, `PAST_REF`. `begin` and `until`
    bound the interval that it denotes, as ISO timestamps (`2022-11-13T00:00:00`), `until` exclusive, None where there
    is none.
    """

    text: str
    start: int
    end: int
    type: Kind
    value: str | None
    begin: str | None
    until: str | None
    #: The finest unit named: `year`, `month`, `day`, `hour`, …; None for the vague.
    grain: str | None
    #: How it was resolved.
    anchor: Anchor


declare_records("times", Time)
