"""Who made an article."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bulletinnlp.doc import declare_records

ContributorRole = Literal["reporter", "correspondent", "photographer", "editor", "source"]


class Contributor(NamedTuple):
    """A contributor named in the byline. `start:end` is the name's place in `doc.text`, `text` the name as printed."""

    name: str
    role: ContributorRole
    outlet: str | None
    text: str
    start: int
    end: int


declare_records("bylines", Contributor)
