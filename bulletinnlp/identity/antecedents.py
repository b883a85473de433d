"""Which name of an article a stand-in takes up: the most salient one before it that its noun fits.

Every name is looked at once a noun, not once a stand-in: the best name so far is kept for each place of the text.

>>> names = [Named("PLACE", "斗虎屯镇", 0, 4), Named("PLACE", "柳林镇", 7, 10)]
>>> Antecedents("斗虎屯镇先行。柳林镇随后，该镇", names).taken_up("镇", 13)
Named(label='PLACE', text='柳林镇', start=7, end=10)
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import accumulate
from typing import NamedTuple

from bulletinnlp.data import lexicon, table

#: The longest noun of a stand-in.
LONGEST = 6
#: Single-character endings that mark a unit inside a longer name; 社, 会, 站 would cut words (社区, 会员).
_INNER = frozenset("局镇乡村县市区旗")
_VILLAGE = frozenset({"村", "嘎查"})
_OF_VILLAGE = ("党", "村委", "村民", "委会", "民委")
#: The offices of a unit, which stand for it (该街道: 劳动街道办事处).
_OFFICES = ("街道办事处", "街道办", "村委会", "居委会")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
#: What a sentence of distance, an oblique place, a second mention weigh in `_salience`.
_FAR, _OBLIQUE, _REPEATED = 0.5, 2.5, 1.5


class Named(NamedTuple):
    """A name of the article: label, text, character offsets."""

    label: str
    text: str
    start: int
    end: int


class Noun(NamedTuple):
    """What a noun takes: names with these labels and endings."""

    labels: tuple[str, ...]
    endings: tuple[str, ...]


@cache
def nouns() -> dict[str, Noun]:
    """Noun → what it takes."""
    return {
        row[0]: Noun(tuple(row[1].split()), (row[0], *(row[2].split() if len(row) > 2 else ())))
        for row in table("stand_in_nouns")
    }


class Antecedents:
    """The names of an article that stand-ins may take up.

    `names` are the article's persons, bodies and places, in any order.
    """

    def __init__(self, text: str, names: Sequence[Named]) -> None:
        self.text = text
        self.names = sorted(names, key=lambda name: name.start)
        self._whole = frozenset(names)
        self._starts = [name.start for name in self.names]
        self._reach = list(accumulate((name.end for name in self.names), max))
        self._of_noun: dict[str, _Fitting] = {}

    def is_whole(self, name: Named) -> bool:
        """Whether this is a name of the article, not a unit within one."""
        return name in self._whole

    def covers(self, at: int) -> bool:
        """Whether a name stands at this offset."""
        before = bisect_right(self._starts, at)
        return before > 0 and self._reach[before - 1] > at

    def ends_body(self, noun: str) -> bool:
        """Whether a body's name ends so: 该营业所 after 城关营业所."""
        return noun in self._endings

    def taken_up(self, noun: str, at: int) -> Named | None:
        """The most salient name before `at` that the noun fits, else the first one behind; None if there is none.

        A unit within a name stands for itself: 斗虎屯镇 in 斗虎屯镇党委.
        """
        fitting = self._of_noun.get(noun)
        if fitting is None:
            kind = nouns().get(noun, Noun(("ORG",), (noun,)))
            among = self.names if noun in nouns() else self._holding[noun]
            fitting = self._of_noun[noun] = self._ranked([fit for name in among if (fit := _fit(name, kind))])
        before = bisect_left(fitting.starts, at)
        if before:
            return fitting.best[before - 1]
        return fitting.names[0] if fitting.names else None

    def _ranked(self, names: list[Named]) -> _Fitting:
        """The names, and at each the best one so far."""
        often = Counter(name.text for name in names)
        best: list[Named] = []
        highest = -math.inf
        for name in names:
            salience = self._salience(name, often[name.text] > 1)
            if salience > highest or (salience == highest and name.start > best[-1].start):
                highest = salience
                best.append(name)
            else:
                best.append(best[-1])
        return _Fitting(names, [name.start for name in names], best)

    def _salience(self, name: Named, repeated: bool) -> float:
        """How much a name suggests itself: late in the text, not oblique, spoken of more than once.

        After the factors of Lappin and Leass (1994), "An algorithm for pronominal anaphora resolution". How many
        sentences lie between name and stand-in counts against a name; as the stand-in is the same for all names, how
        many lie before the name says as much.
        """
        sentences = bisect_left(self._stops, name.end)
        oblique = self.text[max(name.start - 2, 0) : name.start].endswith(lexicon("oblique_before"))
        return _FAR * sentences - _OBLIQUE * oblique + _REPEATED * repeated

    @cached_property
    def _stops(self) -> list[int]:
        """Where sentences end."""
        return [stop.start() for stop in _SENTENCE_END.finditer(self.text)]

    @cached_property
    def _endings(self) -> frozenset[str]:
        """The last words that bodies may have."""
        bodies = {name.text for name in self.names if name.label == "ORG"}
        return frozenset(body[-size:] for body in bodies for size in range(1, min(LONGEST, len(body)) + 1))

    @cached_property
    def _holding(self) -> dict[str, list[Named]]:
        """Last words of bodies that stand behind 该 → the names that hold them."""
        behind = [found.end() for found in re.finditer("该", self.text)]
        asked = {self.text[at : at + size] for at in behind for size in range(2, LONGEST + 1)} & self._endings
        sizes = {len(noun) for noun in asked}
        holding: dict[str, list[Named]] = defaultdict(list)
        for name in self.names:
            pieces = (name.text[at : at + size] for size in sizes for at in range(len(name.text) - size + 1))
            for noun in asked.intersection(pieces):
                holding[noun].append(name)
        return holding


class _Fitting(NamedTuple):
    """The names that a noun fits, in the order of the text, where they begin, and the best up to each."""

    names: list[Named]
    starts: list[int]
    best: list[Named]


def _fit(name: Named, noun: Noun) -> Named | None:
    """The name, if the noun fits it, or a unit inside: 斗虎屯镇 in 斗虎屯镇党委, 县公安局 in 县公安局刑警大队."""
    if name.label == "PER":
        return None
    if name.text.endswith(noun.endings) and (name.label in noun.labels or name.text.endswith(_OFFICES)):
        return name
    cut = _inner(name, noun)
    return Named(name.label, name.text[:cut], name.start, name.start + cut) if cut else None


def _inner(name: Named, noun: Noun) -> int:
    """Where the unit that the noun fits ends within the name; 0 if there is none."""
    endings = [e for e in noun.endings if len(e) > 1 or e in _INNER]
    cuts = [name.text.find(ending, 1) + len(ending) for ending in endings if name.text.find(ending, 1) > 0]
    if name.label == "ORG" and set(noun.endings) & _VILLAGE:  # 仙庄村|党支部, but not 县农业农村|局
        cuts = [cut for cut in cuts if name.text[cut:].startswith(_OF_VILLAGE)]
    return min((cut for cut in cuts if 2 < cut < len(name.text)), default=0)
