"""A text with its quotations, and what is asked of it again and again: its cues, its sentences, its persons.

`Passage` is the whole text, `Quotation` one of its quotations, with who spoke before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import regex

from bulletinnlp.lexicons import listed, per_lexicons
from bulletinnlp.quotes.person_nouns import persons_by_noun
from bulletinnlp.text.mentions import Mention, meets
from bulletinnlp.text.patterns import NEVER
from bulletinnlp.text.sentences import SPEECH_END, WIDE_CLAUSE_ENDS
from bulletinnlp.text.words import Word, cut, dictionary

#: The speaker of a row of quotations stands behind at most so many of them.
_RUN = 6
#: How often a speaker is named is counted in so many characters of a text: longer than articles are.
_COUNTED = 20_000
#: Words that make a person an old one.
_OLD = regex.compile(
    r"(?:[6-9]\d|1[01]\d)多?岁|[七八九]旬|老[人汉伯兵太]|[婆公]{2}|娭毑|[大老]爹|大[伯婶]|阿姨|老两口|老党员|大爷|大娘|大妈|奶奶|爷爷|阿婆|退休"
)
#: Verbs of speech that are parts of many other words.
_PARTS_OF_WORDS = frozenset("道称念想迎问答写讲唱劝")
_CLAUSE_ENDS = frozenset(WIDE_CLAUSE_ENDS + "”“\n,;…")


@per_lexicons
def cues() -> tuple[str, ...]:
    """Verbs of speech, the longest first."""
    return tuple(sorted(listed("speech_cues"), key=len, reverse=True))


@per_lexicons
def cue_pattern() -> regex.Pattern[str]:
    """Verbs of speech; of one character only where it is no part of another word (街道, 慰问)."""
    listed = frozenset(cues())
    patterns = (_by_itself(cue, listed) if cue in _PARTS_OF_WORDS else regex.escape(cue) for cue in cues())
    return regex.compile("|".join(patterns) or NEVER)


def _by_itself(char: str, cues: frozenset[str]) -> str:
    """A pattern of a character that makes no word of two with what stands before it or behind it."""
    words = [word for word in dictionary() if len(word) == 2 and char in word and word not in cues]
    before = "".join({word[0] for word in words if word[1] == char})
    behind = "".join({word[1] for word in words if word[0] == char})
    return f"(?<![{before}]){char}(?![{behind}])"


@dataclass(frozen=True)
class Passage:
    """A text with what its quotations share: worked out once, found by offset.

    `names` are its names and anaphors, sorted; `quotes` the stretches in quotation marks, marks included.
    """

    text: str
    names: Sequence[Mention]
    start: int
    end: int
    quotes: Sequence[tuple[int, int]]
    _clauses: dict[int, list[Word]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _old: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def starts(self) -> list[int]:
        """Where the names begin."""
        return [name.start for name in self.names]

    @cached_property
    def main_person(self) -> str | None:
        """The person who is named most often."""
        counts = Counter(name.name for name in self.names if name.label == "PER")
        return max(counts, key=lambda name: counts[name], default=None)

    @cached_property
    def main_named(self) -> Mention | None:
        """Where that person is named first."""
        return next((name for name in self.names if name.name == self.main_person and name.start >= self.start), None)

    @cached_property
    def persons_by_noun(self) -> dict[str, Mention]:
        """The person whom a noun is put to (父亲靳有才), by the noun: where it stands alone, it may mean him."""
        persons = (name for name in self.names if name.label == "PER" and name.start >= self.start)
        return persons_by_noun(self.text, (one for one in persons if not self.quoted(one.start)), self.start)

    @cached_property
    def _cues(self) -> list[tuple[int, int]]:
        return [cue.span() for cue in cue_pattern().finditer(self.text, self.start, self.end)]

    @cached_property
    def _stops(self) -> list[int]:
        return [stop.start() for stop in SPEECH_END.finditer(self.text, self.start, self.end)]

    @cached_property
    def _first(self) -> dict[str, int]:
        return {name.name: name.start for name in reversed(self.names) if name.start >= self.start}

    def count(self, phrase: str) -> int:
        """How often a phrase stands in the text; of a text longer than articles are, in its beginning."""
        if phrase not in self._counts:
            self._counts[phrase] = self.text.count(phrase, 0, _COUNTED)
        return self._counts[phrase]

    def names_in(self, low: int, high: int) -> Sequence[Mention]:
        """The names that begin in `text[low:high]`."""
        return self.names[bisect_left(self.starts, low) : bisect_left(self.starts, high)]

    def cues_in(self, low: int, high: int) -> list[tuple[int, int]]:
        """The cues that stand in `text[low:high]`, as begin and end."""
        inside = self._cues[bisect_left(self._cues, (low, 0)) : bisect_left(self._cues, (high, 0))]
        return [cue for cue in inside if cue[1] <= high]

    def stops_in(self, low: int, high: int) -> int:
        """How many sentences and paragraphs end in `text[low:high]`."""
        return max(bisect_left(self._stops, high) - bisect_left(self._stops, low), 0)

    def quoted(self, at: int) -> bool:
        """Whether an offset lies in a quotation."""
        return meets(self.quotes, at, at + 1)

    def words(self, start: int, end: int) -> list[Word]:
        """The words of `text[start:end]`."""
        return cut(self.text, start, end, [(name.start, name.end, name.label) for name in self.names_in(start, end)])

    def clause(self, start: int, end: int) -> list[Word]:
        """The words of the clause that `text[start:end]` stands in."""
        floor, ceiling = max(start - 60, 0), min(end + 40, len(self.text))
        while start > floor and self.text[start - 1] not in _CLAUSE_ENDS:
            start -= 1
        if start not in self._clauses:
            while end < ceiling and self.text[end] not in _CLAUSE_ENDS:
                end += 1
            self._clauses[start] = self.words(start, end)
        return self._clauses[start]

    def is_old(self, person: str) -> bool:
        """Whether the text says of a person that he is an old one, where it names him first."""
        if person not in self._old:
            first = self._first.get(person, -1)
            if first < 0:
                first = self.text.find(person, self.start, self.start + _COUNTED)
            begin = max(first - 10, self.start)
            self._old[person] = first < 0 or _OLD.search(self.text, begin, first + len(person) + 24) is not None
        return self._old[person]

    def row(self, index: int, longest: int, between: str, apart: int) -> tuple[int, int]:
        """The first and last quotation of the row that quotation `index` stands in, `longest` to each side at most.

        Two that follow one another have nothing but the characters of `between` between them, fewer than `apart`.
        """

        def adjoin(one: int) -> bool:
            (_, end), (start, _) = self.quotes[one : one + 2]
            return start - end < apart and not self.text[end:start].strip(between)

        first = last = index
        while first and index - first < longest and adjoin(first - 1):
            first -= 1
        while last + 1 < len(self.quotes) and last - index < longest and adjoin(last):
            last += 1
        return first, last


class Quotation(NamedTuple):
    """A quotation in its passage: `left` and `right` are where its marks stand, `number` its place among the others."""

    passage: Passage
    number: int
    left: int
    right: int
    #: Where the quotations begin that stand directly before this one (“……。”“……。”), and where the text goes on behind
    #: it and those that follow it at once.
    run: tuple[int, int]
    #: Who spoke last, and where his quotation ends; who spoke before him: in a dialogue they take turns.
    last: str | None
    last_end: int
    before_last: str | None

    @property
    def text(self) -> str:
        """The text of the passage and around it."""
        return self.passage.text

    @property
    def content(self) -> str:
        """What is quoted."""
        return self.text[self.left + 1 : self.right - 1]


def run_around(passage: Passage, index: int) -> tuple[int, int]:
    """`Quotation.run` of the quotation `index` of a passage."""
    first, last = passage.row(index, _RUN, "，,…、 ", len(passage.text))
    end = passage.quotes[last][1]
    while end < passage.end and passage.text[end] in "…，,":
        end += 1
    return passage.quotes[first][0], end
