"""Which name of an article an anaphor takes up: the most salient one before it that its noun fits.

Every name is weighed once a noun, not once an anaphor: the best name so far is kept for each place of the text.

>>> names = [Mention("PLACE", "斗虎屯镇", 0, 4), Mention("PLACE", "柳林镇", 7, 10)]
>>> Antecedents("斗虎屯镇先行。柳林镇随后，该镇", names).antecedent_of("镇", 13)
Mention(label='PLACE', name='柳林镇', start=7, end=10)
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

from bulletinnlp.data import lexicon
from bulletinnlp.lexicons import listed_rows, per_lexicons
from bulletinnlp.text.mentions import Mention
from bulletinnlp.text.sentences import CLAUSE_MARKS, SENTENCE_END, SENTENCE_ENDS

#: The longest noun of an anaphor.
LONGEST = 6
#: Single-character endings that mark a unit inside a longer name; 社, 会, 站 would cut words (社区, 会员).
_INNER = frozenset("局镇乡村县市区旗")
_VILLAGE = frozenset({"村", "嘎查"})
_OF_VILLAGE = ("党", "村委", "村民", "委会", "民委")
#: The offices of a unit, which stand for it (该街道: 劳动街道办事处).
_OFFICES = ("街道办事处", "街道办", "村委会", "居委会")
#: What stands before the subject of a clause.
_CLAUSE_BEGINS = frozenset(SENTENCE_ENDS + CLAUSE_MARKS + "“\n")
#: Behind a name, these make it the source of what is reported: 记者从县水利局|获悉, 据县气象局|介绍.
_SOURCE = re.compile(r"[^。！？，；\n]{0,6}?(?:获悉|了解|得知|介绍|消息|统计|透露|通报|披露)")
Standing = Literal["subject", "source", "oblique", "other"]
#: What weighs in `_salience`: one, two, three or more mentions; the first name that the noun fits; how a name stands in
#: its clause, for an anaphor that is no oblique one and for one that is; a sentence and a paragraph nearer.
_MENTIONS, _FIRST = (0.0, 1.5, 2.0, 2.5), 0.5
_STANDING: dict[Standing, float] = {"source": 1.0, "subject": 0.5, "other": 0.0, "oblique": -2.0}
_STANDING_OF_OBLIQUE: dict[Standing, float] = {"source": 0.0, "subject": 0.0, "other": 0.0, "oblique": 1.0}
_SENTENCE, _PARAGRAPH = 0.25, 0.5


class Noun(NamedTuple):
    """What a noun takes: names with these labels and endings."""

    labels: tuple[str, ...]
    endings: tuple[str, ...]


@per_lexicons
def nouns() -> dict[str, Noun]:
    """Noun → what it takes."""
    return {
        row[0]: Noun(tuple(row[1].split()), (row[0], *(row[2].split() if len(row) > 2 else ())))
        for row in listed_rows("stand_in_nouns")
    }


class Antecedents:
    """The names of an article that anaphors may take up.

    `names` are the article's persons, organisations and places, in any order.
    """

    def __init__(self, text: str, names: Sequence[Mention]) -> None:
        self.text = text
        self.names = sorted(names, key=lambda name: name.start)
        self._whole = frozenset(names)
        self._starts = [name.start for name in self.names]
        self._reach = list(accumulate((name.end for name in self.names), max))
        self._of_noun: dict[tuple[str, bool], _Fitting] = {}
        #: What the anaphor of a noun last stood for, and how many names that it fits stood before it.
        self._latest: dict[str, tuple[int, Mention | None]] = {}

    def is_whole(self, name: Mention) -> bool:
        """Whether this is a name of the article, not a unit within one."""
        return name in self._whole

    def covers(self, at: int) -> bool:
        """Whether a name stands at this offset."""
        before = bisect_right(self._starts, at)
        return before > 0 and self._reach[before - 1] > at

    def ends_organisation(self, noun: str) -> bool:
        """Whether an organisation's name ends so: 该营业所 after 城关营业所."""
        return noun in self._endings

    def antecedent_of(self, noun: str, at: int) -> Mention | None:
        """The most salient name before an anaphor at `at` that its noun fits, else the first one behind, or None.

        Asked in the order of the text; a noun stands for the same name until another one that it fits is printed. A
        unit within a name stands for itself: 斗虎屯镇 in 斗虎屯镇党委. An anaphor that is oblique (向该院捐赠) is not
        the subject of its clause, so it does not stand for the name that is.
        """
        oblique = self.text[at] == "该" and self._standing(at, at + 1 + len(noun)) == "oblique"
        fitting = self._of_noun.get((noun, oblique))
        if fitting is None:
            kind = nouns().get(noun, Noun(("ORG",), (noun,)))
            among = self.names if noun in nouns() else self._holding[noun]
            fitting = self._ranked([fit for name in among if (fit := _fit(name, kind))], oblique)
            self._of_noun[noun, oblique] = fitting
        before = bisect_left(fitting.starts, at)
        if not before:
            return fitting.names[0] if fitting.names else None
        seen, found = self._latest.get(noun, (0, None))
        if seen != before:
            found = self._subject_or_best(fitting, before, at, oblique)
            self._latest[noun] = before, found
        return found

    def _subject_or_best(self, fitting: _Fitting, before: int, at: int, oblique: bool) -> Mention:
        """The subject of the sentence, if a name that fits is that; of an oblique anaphor the best name but that."""
        best = fitting.best[before - 1]
        last = fitting.subjects[before - 1]
        if last is None or bisect_left(self._stops, fitting.starts[last]) != bisect_left(self._stops, at):
            return best
        subject = fitting.names[last]
        if not oblique:
            return subject
        if best.name != subject.name:
            return best
        return fitting.names[before - 1] if last < before - 1 else fitting.best[max(last - 1, 0)]

    def _standing(self, start: int, end: int) -> Standing:
        """How what stands here does in its clause: 与县气象局会商 is oblique, 据县气象局介绍 a source."""
        before = self.text[max(start - 2, 0) : start]
        if before.endswith(("从", "据")) and _SOURCE.match(self.text, end):
            return "source"
        if before.endswith(lexicon("oblique_before")):
            return "oblique"
        return "subject" if not before or before[-1] in _CLAUSE_BEGINS else "other"

    def _ranked(self, names: list[Mention], oblique: bool) -> _Fitting:
        """The names, and at each the best one so far, for anaphors that are subjects or that are oblique."""
        short = _shortest(name.name for name in names)
        often = Counter(short[name.name] for name in names)
        best: list[Mention] = []
        subjects: list[int | None] = []
        highest = -math.inf
        for at, name in enumerate(names):
            leads = self._standing(name.start, name.end) in ("subject", "source")
            subjects.append(at if leads else subjects[-1] if subjects else None)
            shortest = short[name.name]
            salience = self._salience(name, often[shortest], shortest == short[names[0].name], oblique)
            if salience >= highest:
                highest = salience
                best.append(name)
            else:
                best.append(best[-1])
        return _Fitting(names, [name.start for name in names], best, subjects)

    def _salience(self, name: Mention, mentions: int, first: bool, oblique: bool) -> float:
        """How much a name suggests itself: what the article is about, and what it spoke of last.

        After the factors of Lappin and Leass (1994), "An algorithm for pronominal anaphora resolution", with weights
        fitted to the anaphors of the corpus that have several candidates. How far a name lies behind counts against
        it; as the anaphor is the same for all names, how far into the text the name stands says as much.
        """
        topic = _MENTIONS[min(mentions, len(_MENTIONS)) - 1] + _FIRST * first
        recency = _SENTENCE * bisect_left(self._stops, name.end) + _PARAGRAPH * bisect_left(self._breaks, name.end)
        weights = _STANDING_OF_OBLIQUE if oblique else _STANDING
        return topic + recency + weights[self._standing(name.start, name.end)]

    @cached_property
    def _stops(self) -> list[int]:
        """Where sentences end."""
        return [stop.start() for stop in SENTENCE_END.finditer(self.text)]

    @cached_property
    def _breaks(self) -> list[int]:
        """Where paragraphs end."""
        return [stop for stop in self._stops if self.text[stop] == "\n"]

    @cached_property
    def _endings(self) -> frozenset[str]:
        """The last words that organisations may have."""
        organisations = {name.name for name in self.names if name.label == "ORG"}
        return frozenset(
            organisation[-size:]
            for organisation in organisations
            for size in range(1, min(LONGEST, len(organisation)) + 1)
        )

    @cached_property
    def _holding(self) -> dict[str, list[Mention]]:
        """Last words of organisations that stand behind 该 → the names that hold them."""
        behind = [found.end() for found in re.finditer("该", self.text)]
        asked = {self.text[at : at + size] for at in behind for size in range(2, LONGEST + 1)} & self._endings
        sizes = {len(noun) for noun in asked}
        holding: dict[str, list[Mention]] = defaultdict(list)
        for name in self.names:
            pieces = (name.name[at : at + size] for size in sizes for at in range(len(name.name) - size + 1))
            for noun in asked.intersection(pieces):
                holding[noun].append(name)
        return holding


class _Fitting(NamedTuple):
    """The names that a noun fits, in the order of the text, where they begin, and up to each the best one and the last
    that is the subject of a clause."""

    names: list[Mention]
    starts: list[int]
    best: list[Mention]
    subjects: list[int | None]


def _shortest(texts: Iterable[str]) -> dict[str, str]:
    """Each name of an organisation with the shortest one that ends it: 兰考县气象局 with 县气象局."""
    whole = set(texts)
    return {text: next(text[at:] for at in range(len(text) - 1, -1, -1) if text[at:] in whole) for text in whole}


def _fit(name: Mention, noun: Noun) -> Mention | None:
    """The name, if the noun fits it, or a unit inside: 斗虎屯镇 in 斗虎屯镇党委, 县公安局 in 县公安局刑警大队."""
    if name.label == "PER":
        return None
    if name.name.endswith(noun.endings) and (name.label in noun.labels or name.name.endswith(_OFFICES)):
        return name
    cut = _inner(name, noun)
    return Mention(name.label, name.name[:cut], name.start, name.start + cut) if cut else None


def _inner(name: Mention, noun: Noun) -> int:
    """Where the unit that the noun fits ends within the name; 0 if there is none."""
    endings = [e for e in noun.endings if len(e) > 1 or e in _INNER]
    cuts = [name.name.find(ending, 1) + len(ending) for ending in endings if name.name.find(ending, 1) > 0]
    if name.label == "ORG" and set(noun.endings) & _VILLAGE:  # 仙庄村|党支部, but not 县农业农村|局
        cuts = [cut for cut in cuts if name.name[cut:].startswith(_OF_VILLAGE)]
    return min((cut for cut in cuts if 2 < cut < len(name.name)), default=0)
