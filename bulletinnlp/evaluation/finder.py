"""Many questions to a long text: where does a string stand first, last, everywhere?

`str.find` goes through the text each time. Here the places of a long text are sorted once by what stands there, so that
a string is found by bisection (a suffix array, by doubling: Manber & Myers, "Suffix arrays", 1993).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property

import numpy as np

#: Texts that are no longer are gone through.
SHORT = 4_000
#: So far behind the wanted place a text is looked through before all of it is sorted.
NEAR = 400


class Finder:
    """A text, and where strings stand in it: the answers are those of `str.find` and `str.rfind`.

    >>> finder = Finder("区委召开会议，区委要求")
    >>> finder.find("区委"), finder.find("区委", 1), finder.rfind("区委", 8), finder.every("区委"), "区府" in finder
    (0, 7, 0, [0, 7], False)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._every: dict[str, list[int]] = {}

    def __contains__(self, wanted: str) -> bool:
        if len(self.text) <= SHORT:
            return wanted in self.text
        low, high = self._range(wanted)
        return low < high

    def find(self, wanted: str, after: int = 0) -> int:
        """The first place of a string that is not before `after`; -1 if there is none."""
        if len(self.text) <= SHORT:
            return self.text.find(wanted, after)
        if (near := self.text.find(wanted, after, after + len(wanted) + NEAR)) >= 0 or not wanted:
            return near
        places = self.every(wanted)
        number = bisect_left(places, after)
        return places[number] if number < len(places) else -1

    def rfind(self, wanted: str, end: int) -> int:
        """The last place of a string that ends no later than `end`; -1 if there is none."""
        if len(self.text) <= SHORT:
            return self.text.rfind(wanted, 0, end)
        if (near := self.text.rfind(wanted, max(end - len(wanted) - NEAR, 0), end)) >= 0 or not wanted:
            return near
        places = self.every(wanted)
        number = bisect_left(places, end - len(wanted) + 1) - 1
        return places[number] if number >= 0 else -1

    def every(self, wanted: str) -> list[int]:
        """All places of a string, those that overlap, too."""
        if wanted not in self._every:
            if len(self.text) <= SHORT:
                found = [at for at in range(len(self.text)) if self.text.startswith(wanted, at)]
            else:
                low, high = self._range(wanted)
                found = np.sort(self._order[low:high]).tolist()
            self._every[wanted] = found
        return self._every[wanted]

    def _range(self, wanted: str) -> tuple[int, int]:
        """Which of the sorted places a string stands at."""
        length = len(wanted)

        def at(place: int) -> str:
            return self.text[place : place + length]

        low = bisect_left(self._order, wanted, key=at)
        end = bisect_left(self._order, True, lo=low, key=lambda place: at(place) != wanted)
        return low, end

    @cached_property
    def _order(self) -> np.ndarray:
        """The places of the text, sorted by all that stands from there on."""
        rank = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
        step = 1
        while True:
            behind = np.concatenate([rank[step:] + 1, np.zeros(min(step, len(rank)), np.int64)])
            _, rank = np.unique(rank * (int(rank.max(initial=0)) + 2) + behind, return_inverse=True)
            if int(rank.max(initial=-1)) + 1 == len(rank):
                return np.argsort(rank)
            step *= 2


def least(holds: Callable[[int], bool], most: int, first: int = 0) -> int:
    """The least number from `first` on for which something holds that holds for all above it; `most` if none below is.

    Numbers near `first` are tried first, and few.

    >>> least(lambda number: number >= 5, 9), least(lambda number: False, 9)
    (5, 9)
    """
    low, step = first, 1
    while low + step - 1 < most and not holds(low + step - 1):
        low, step = low + step, 2 * step
    return bisect_left(range(most), True, lo=low, hi=min(low + step - 1, most), key=holds)
