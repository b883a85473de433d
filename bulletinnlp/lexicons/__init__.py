"""The word lists that stages read: ours, with what a user adds to them or takes away.

| module | what is in it |
| --- | --- |
| `forms` | which lists are open to users, and how a line of each is built |
| `layer` | `Lexicons`, ours with one user's changes; which of them is in force while a stage runs |
| `reading` | a user's folder, read and checked |
| `command` | what `bulletinnlp lexicons` prints |

A stage reads an open list by `listed` or `listed_rows`, and what it builds from one (a pattern, a set) in a function
marked `per_lexicons`. Lists that are not open are read by `bulletinnlp.data.lexicon`, and are the same for everybody.
"""

from bulletinnlp.lexicons.layer import (
    SHIPPED,
    Lexicons,
    added,
    listed,
    listed_rows,
    per_lexicons,
    removed,
    using,
    with_own_lexicons,
)
from bulletinnlp.lexicons.reading import Given, LexiconsError, lexicons_from

__all__ = [
    "SHIPPED", "Given", "Lexicons", "LexiconsError", "added", "lexicons_from", "listed", "listed_rows", "per_lexicons",
    "removed", "using", "with_own_lexicons",
]  # fmt: skip
