"""Where a string stands on a page whose line breaks may cut it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from bulletinnlp.evaluation.equality import Span


def find(text: str, wanted: str, start: int = 0, end: int | None = None) -> Span | None:
    """The first place of a string between two offsets, blind to white space in both.

    >>> find("配合社区工\\n\\n作人员", "社区工作人员")
    (2, 10)
    """
    return Placer(text, [(start, len(text) if end is None else end)]).next(wanted)


class Placer:
    """Finds strings in stretches of a page, one after the other in the order of the text.

    >>> placer = Placer("区委召开会议，区委要求……", [(0, 12)])
    >>> placer.next("区委"), placer.next("区委"), placer.next("区委")
    ((0, 2), (7, 9), None)
    """

    def __init__(self, text: str, within: Iterable[Span]) -> None:
        self.places = [at for start, end in within for at in range(start, end) if not text[at].isspace()]
        self.letters = "".join(text[at] for at in self.places)
        self.at = 0

    def next(self, wanted: str, after: str = "") -> Span | None:
        """The next place of a string, on which the search goes on; None if there is none.

        `after` is what stands directly before it, to tell it from an earlier one.
        """
        letters, before = "".join(wanted.split()), "".join(after.split())
        found = self.letters.find(before + letters, self.at) if letters else -1
        if found < 0:
            return None
        first = found + len(before)
        self.at = first + len(letters)
        return self.places[first], self.places[self.at - 1] + 1

    def seek(self, offset: int) -> None:
        """Go on from an offset of the page."""
        self.at = bisect_left(self.places, offset)
