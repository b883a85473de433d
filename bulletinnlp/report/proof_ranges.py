"""Where on the page the proof of an event stands.

Events carry their sentence as text, column breaks healed; the view has to light it up on the page, where breaks and
the text of other articles may cut it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bulletinnlp.text.plain import letters_at, letters_in

Range = list[int]


class Letters:
    """The letters of an article in the order of the page, without white space, and where each stands."""

    def __init__(self, text: str, stretches: Iterable[tuple[int, int]]) -> None:
        self.text = text
        self.places = [at for start, end in stretches for at in letters_at(text, start, end)]
        self.letters = "".join(text[at] for at in self.places)

    def ranges(self, wanted: str | None, holding: int) -> list[Range]:
        """The stretches of the page on which a text stands that holds the character at the offset `holding`.

        Empty if the article does not hold such a text.

        >>> Letters("社区召开会\\n\\n议。游离文字议定", [(0, 9), (13, 15)]).ranges("社区召开会议。", 2)
        [[0, 9]]
        """
        letters = letters_in(wanted)
        near = bisect_left(self.places, holding)
        first = max(near - len(letters) + 1, 0)
        at = self.letters.find(letters, first, near + len(letters)) if letters else -1
        while at >= 0:
            if self.places[at] <= holding <= self.places[at + len(letters) - 1]:
                return self._runs(self.places[at : at + len(letters)])
            at = self.letters.find(letters, at + 1, near + len(letters))
        return []

    def _runs(self, places: Sequence[int]) -> list[Range]:
        """Places as stretches; white space between two letters does not end one."""
        runs = [[places[0], places[0] + 1]]
        for before, place in pairwise(places):
            if letters_in(self.text[before + 1 : place]):
                runs.append([place, place + 1])
            runs[-1][1] = place + 1
        return runs
