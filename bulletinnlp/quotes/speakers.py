"""Whose words: the options for the speaker of a quotation.

Options are the names around a quotation, the noun phrases that stand where a speaker stands (党员们纷纷表示), any other
noun that means people (收到一位市民的来信), the last speaker, and nobody. `voices.py` says what speaks for each.
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
from bulletinnlp.quotes.apposition import RESOLVED, Option, apposed, apposed_options, people
from bulletinnlp.roles.titles import NAMES
from bulletinnlp.text.mentions import Named
from bulletinnlp.text.patterns import NEVER
from bulletinnlp.text.sentences import SPEECH_END
from bulletinnlp.text.words import Word, cut, dictionary

#: How far before and behind a quotation a speaker is looked for, in characters, and how many names before it.
_BEFORE, _BEHIND, _NAMES = 260, 110, 9
#: So many names are looked at for whom a pronoun stands for.
_LOOKED = 60
#: So many quotations in a row are looked past for the speaker behind them.
_CHAIN = 6
#: How often a speaker is named is counted in so many characters of a text: longer than articles are.
_COUNTED = 20_000
_PRONOUNS = frozenset(("他", "她", "他们", "她们", "老人", "对方", "自己", "大家"))


#: Words that make a person an old one.
_OLD = regex.compile(
    r"(?:[6-9]\d|1[01]\d)多?岁|[七八九]旬|老[人汉伯兵太]|[婆公]{2}|娭毑|[大老]爹|大[伯婶]|阿姨|老两口|老党员|大爷|大娘|大妈|奶奶|爷爷|阿婆|退休"
)


@dataclass(frozen=True)
class Passage:
    """A text with what its quotations share: worked out once, looked up by offset."""

    text: str
    names: Sequence[Named]
    start: int
    end: int
    #: The stretches in marks, marks included.
    quotes: Sequence[tuple[int, int]]
    #: The words of the clauses that have been looked at, by where they begin.
    clauses: dict[int, list[Word]] = field(default_factory=dict)
    #: How often a name or phrase stands in the text, as far as it is counted.
    counts: dict[str, int] = field(default_factory=dict)
    #: Whether a person is an old one, as far as it has been asked.
    ages: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def starts(self) -> list[int]:
        """Where the names begin."""
        return [name.start for name in self.names]

    @cached_property
    def first(self) -> dict[str, int]:
        """Where a name stands first."""
        return {name.name: name.start for name in reversed(self.names) if name.start >= self.start}

    @cached_property
    def main_person(self) -> str | None:
        """The person who is named most often."""
        counts = Counter(name.name for name in self.names if name.label == "PER")
        return max(counts, key=lambda name: counts[name], default=None)

    @cached_property
    def main_named(self) -> Named | None:
        """Where that person is named first."""
        return next((name for name in self.names if name.name == self.main_person and name.start >= self.start), None)

    @cached_property
    def apposed(self) -> dict[str, Named]:
        """The person whom a noun is put to (父亲靳有才), by the noun: where it stands alone, it may mean him."""
        return apposed(self)

    @cached_property
    def cues(self) -> list[tuple[int, int]]:
        """Where verbs of speech stand."""
        return [cue.span() for cue in cue_pattern().finditer(self.text, self.start, self.end)]

    @cached_property
    def stops(self) -> list[int]:
        """Where sentences and paragraphs end."""
        return [stop.start() for stop in SPEECH_END.finditer(self.text, self.start, self.end)]

    def count(self, phrase: str) -> int:
        """How often a phrase stands in the text; of a text longer than articles are, in its beginning."""
        if phrase not in self.counts:
            self.counts[phrase] = self.text.count(phrase, 0, _COUNTED)
        return self.counts[phrase]

    def names_in(self, low: int, high: int) -> Sequence[Named]:
        """The names that begin in `text[low:high]`."""
        return self.names[bisect_left(self.starts, low) : bisect_left(self.starts, high)]

    def cues_in(self, low: int, high: int) -> list[tuple[int, int]]:
        """The cues that stand in `text[low:high]`, as begin and end."""
        return [
            cue
            for cue in self.cues[bisect_left(self.cues, (low, 0)) : bisect_left(self.cues, (high, 0))]
            if cue[1] <= high
        ]

    def stops_in(self, low: int, high: int) -> int:
        """How many sentences end in `text[low:high]`."""
        return max(bisect_left(self.stops, high) - bisect_left(self.stops, low), 0)

    def quoted(self, at: int) -> bool:
        """Does an offset lie in a quotation?"""
        index = bisect_left(self.quotes, (at + 1, 0)) - 1
        return index >= 0 and self.quotes[index][1] > at


class Scene(NamedTuple):
    """A quotation in its passage: `left` and `right` are where its marks stand."""

    passage: Passage
    left: int
    right: int
    #: Where the quotations begin and end that stand directly one behind another and hold this one (“……。”“……。”).
    chain: tuple[int, int]
    last: str | None
    last_end: int
    #: Who spoke before the last speaker: in a dialogue they take turns.
    before_last: str | None

    @property
    def text(self) -> str:
        """The text of the passage and around it."""
        return self.passage.text


@per_lexicons
def cue_pattern() -> regex.Pattern[str]:
    """Verbs of speech, the longest first; of one character only where it is no part of another word (街道, 慰问)."""
    cues = sorted(listed("speech_cues"), key=len, reverse=True)
    return regex.compile(
        "|".join(_by_itself(cue, frozenset(cues)) if cue in _WORDY else regex.escape(cue) for cue in cues) or NEVER
    )


#: Verbs of speech that are parts of many other words.
_WORDY = frozenset("道称念想迎问答写讲唱劝")


def _by_itself(char: str, cues: frozenset[str]) -> str:
    """A pattern of a character that makes no word of two with what stands before it or behind it."""
    words = [word for word in dictionary() if len(word) == 2 and char in word and word not in cues]
    before = "".join({word[0] for word in words if word[1] == char})
    behind = "".join({word[1] for word in words if word[0] == char})
    return f"(?<![{before}]){char}(?![{behind}])"


@per_lexicons
def _speech() -> frozenset[str]:
    """Verbs of speech, and what is heard of it, which end a noun phrase: 一位老人问道, 民警话音刚落."""
    return frozenset((*listed("speech_cues"), "话音", "声音"))


def speaker_options(scene: Scene) -> list[Option]:
    """Who may speak, in the order of the text, then the last speaker and nobody."""
    found: list[Option] = []
    text, passage = scene.text, scene.passage
    low = max(passage.start, scene.left - _BEFORE)
    near = [name for name in passage.names_in(low, scene.left) if not passage.quoted(name.start)][-_NAMES:]
    found += [Option(name.name, name.label, name.start, name.end) for name in near]
    start = max([low, *(stop.end() for stop in SPEECH_END.finditer(text, low, scene.left))])
    earlier = _sentence_before(text, low, start)
    words = _outside(scene, earlier, scene.left)
    found += [option for option in _phrases(scene, words) if option.start >= start or _is_person(option)]
    found += _people_in(scene, words)
    begin = scene.chain[1]
    while begin < passage.end and text[begin] == "\n":
        begin += 1
    end = _two_sentences(text, begin, min(begin + _BEHIND, passage.end))
    near = [name for name in passage.names_in(begin, end) if name.end <= end and not passage.quoted(name.start)]
    found += [Option(name.name, name.label, name.start, name.end) for name in near]
    words = _outside(scene, begin, end)
    found += _phrases(scene, words)
    found += _people_in(scene, words)
    found += apposed_options(found, passage.apposed)
    found = _without_doubles(found)
    if scene.last is not None:
        found.append(Option(scene.last, "last", -1, -1))
    if scene.before_last is not None:
        found.append(Option(scene.before_last, "turn", -1, -1))
    found.append(Option(None, "nobody", -1, -1))
    return found


def _sentence_before(text: str, low: int, start: int) -> int:
    """Where the sentence begins that ends at `start`."""
    return max([low, *(stop.end() for stop in SPEECH_END.finditer(text, low, max(start - 1, low)))])


def _two_sentences(text: str, begin: int, limit: int) -> int:
    """Where the second sentence from `begin` ends, or the paragraph; not beyond `limit`."""
    stop = SPEECH_END.search(text, begin, limit)
    if stop is None or stop[0] == "\n":
        return stop.start() if stop else limit
    stop = SPEECH_END.search(text, stop.end(), limit)
    return stop.start() if stop else limit


def _without_doubles(options: Sequence[Option]) -> list[Option]:
    """Of the options that end at one place the first: a phrase that opens its clause before a mere noun. Whom a pronoun
    stands for (老人) is an option beside its words."""
    found: dict[tuple[int, str | None], Option] = {}
    for option in options:
        found.setdefault((option.end, option.speaker if option.kind in RESOLVED else None), option)
    return list(found.values())


def _is_person(option: Option) -> bool:
    return option.kind == "phrase" and option.speaker is not None and option.speaker.endswith(people())


def chain(text: str, quotes: Sequence[tuple[int, int]], number: int, ceiling: int) -> tuple[int, int]:
    """Where the quotations begin that stand directly before quotation `number`, and where the text goes on behind it
    and those that follow it at once."""

    def adjoin(one: int) -> bool:
        return not text[quotes[one][1] : quotes[one + 1][0]].strip("，,…、 ")

    first = last = number
    while first and number - first < _CHAIN and adjoin(first - 1):
        first -= 1
    while last + 1 < len(quotes) and last - number < _CHAIN and adjoin(last):
        last += 1
    end = quotes[last][1]
    while end < ceiling and text[end] in "…，,":
        end += 1
    return quotes[first][0], end


def words_in(passage: Passage, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]`."""
    return cut(passage.text, start, end, [(n.start, n.end, n.label) for n in passage.names_in(start, end)])


def _outside(scene: Scene, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]` outside quotations."""
    return [word for word in words_in(scene.passage, start, end) if not scene.passage.quoted(word.start)]


def _phrases(scene: Scene, words: Sequence[Word]) -> list[Option]:
    """The noun phrases that open a clause: 党员们 of 党员们纷纷表示, 他 for the person before."""
    found = []
    opening = True
    index = 0
    while index < len(words):
        word = words[index]
        if word.kind == "x":
            opening = True
            index += 1
            continue
        if not opening:
            index += 1
            continue
        if word.text in _PRONOUNS:
            for rank, name in _antecedents(scene, word):
                found.append(Option(name.name, "pronoun", word.start, word.end, name.start, rank))
            if word.kind == "r":
                opening = False
                index += 1
                continue
        taken = _phrase_end(words, index)
        if taken > index:
            first, last = words[index], words[taken - 1]
            marked = scene.text[max(first.start - 1, 0)] in '“"‘「'
            if not marked and not all(item.kind in NAMES for item in words[index:taken]):
                found.append(Option(scene.text[first.start : last.end], "phrase", first.start, last.end))
            opening = taken < len(words) and words[taken].kind in "fs"
            index = taken
        else:
            opening = word.kind in "tdcpfsTIME"
            index += 1
    return found


def _people_in(scene: Scene, words: Sequence[Word]) -> list[Option]:
    """Every noun that means a person or people, wherever it stands in its clause, with what describes it: 一位市民 of
    收到一位市民的来信, 饶春燕的父亲, 孩子 of 前来看书的孩子."""
    found = []
    for index, word in enumerate(words):
        person = word.kind in "nNjr" and len(word.text) > 1 and word.text.endswith(people())
        person = person and word.text not in _PRONOUNS
        following = words[index + 1] if index + 1 < len(words) else None
        if not person or (following is not None and following.kind in ("PER", "n", "N")):
            continue
        if scene.text[word.end : word.end + 1] in ("”", '"', "’", "」"):
            continue  # a name for somebody: 化身“宣传员”
        first = index
        while first and (_describes(words[first - 1]) or _owns(words, first - 1)):
            if words[first - 1].kind == "a" and first > 1 and words[first - 2].kind in "vN":
                break  # 好 of 保障好居民
            first -= 1
        if any(word.kind == "ORG" for word in words[first:index]):
            continue  # 区税务局相关负责人 speaks for the body, which is an option of its own
        kind = "object" if first and words[first - 1].kind == "v" else "noun"
        found.append(Option(scene.text[words[first].start : word.end], kind, words[first].start, word.end))
    return found


_DESCRIBES = frozenset(("n", "N", "j", "b", "a", "m", "q", "z", "ORG", "PLACE", "REF"))


def _describes(word: Word) -> bool:
    return word.kind in _DESCRIBES or word.text in ("相关", "有关", "现场", "值班")


def _owns(words: Sequence[Word], index: int) -> bool:
    """Is the word the 的 behind a name: 饶春燕的父亲?"""
    if words[index].text == "的":
        return bool(index) and words[index - 1].kind in NAMES
    return words[index].kind == "PER" and words[index + 1].text == "的"


def _phrase_end(words: Sequence[Word], start: int) -> int:
    taken = start
    for index in range(start, len(words)):
        word = words[index]
        if word.text in _speech() or word.text[0].isdigit():
            break
        if word.kind == "a" and index > start and words[index - 1].kind in "nNj":
            break  # 充分 of 党员群众志愿者充分发挥专长
        if word.kind in ("PLACE", "REF", "n", "N", "j", "b", "a", "m", "q", "r", "z") or word.text in (
            "们",
            "的",
            "一位",
        ):
            if word.kind in ("n", "N", "j") or word.text == "们":
                taken = index + 1
            if word.text.endswith("们"):
                break
        else:
            break
    return taken


def _antecedents(scene: Scene, word: Word) -> list[tuple[int, Named]]:
    """Whom a pronoun may stand for: the last two persons who are named before it, outside quotations, the nearest first
    (ranks 0 and 1), and the main person of the text (rank 2). An old one (老人) is the nearest who is old."""
    passage = scene.passage
    found: dict[str, tuple[int, Named]] = {}
    old = word.text == "老人"
    index = bisect_left(passage.starts, word.start) - 1
    floor = max(index - _LOOKED, -1)
    while index > floor and passage.names[index].start >= passage.start and len(found) < 2:
        name = passage.names[index]
        fits = name.label == "PER" and name.name not in found and not passage.quoted(name.start)
        if fits and (not old or is_old(scene, name.name)):
            found[name.name] = len(found), name
        index -= 1
    main = passage.main_named
    if main is not None and main.start < word.start and (not old or is_old(scene, main.name)):
        found.setdefault(main.name, (2, main))
    return list(found.values())


def is_old(scene: Scene, person: str) -> bool:
    """Does the text say of a person that he is an old one, where it names him first?"""
    passage = scene.passage
    if person not in passage.ages:
        first = passage.first.get(person, -1)
        if first < 0:
            first = scene.text.find(person, passage.start, passage.start + _COUNTED)
        begin = max(first - 10, passage.start)
        passage.ages[person] = first < 0 or _OLD.search(scene.text, begin, first + len(person) + 24) is not None
    return passage.ages[person]
