"""The word lists that stages read: ours, with what a user adds to them or takes away.

| to see … | open |
| --- | --- |
| which lists are open to users, and how a line of each is built | `line_formats` |
| the lists with one user's changes; which of them are in force while a stage runs | `lexicons` |
| a user's folder, read and checked; what is wrong with a line | `user_lists` |
| what `bulletinnlp lexicons` prints | `listing` |

A stage reads an open list by `listed` or `listed_rows`, and what it builds from one (a pattern, a set) in a function
marked `per_lexicons`. Lists that are not open are read by `bulletinnlp.data.lexicon`, and are the same for everybody.
"""

from bulletinnlp.lexicons.lexicons import (
    SHIPPED,
    Lexicons,
    added,
    listed,
    listed_rows,
    listed_set,
    per_lexicons,
    removed,
    using,
    with_own_lexicons,
)
from bulletinnlp.lexicons.user_lists import LexiconsError, LexiconSource, lexicons_from

__all__ = [
    "SHIPPED", "LexiconSource", "Lexicons", "LexiconsError", "added", "lexicons_from", "listed", "listed_rows",
    "listed_set", "per_lexicons", "removed", "using", "with_own_lexicons",
]  # fmt: skip
