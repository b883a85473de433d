"""Whose words a quotation is: the candidates for its speaker.

Candidates are the names around a quotation, the noun phrases that stand where a speaker stands (党员们纷纷表示), any
other noun that means people (收到一位市民的来信), the last speaker and the one before, and nobody.
`speaker_features.py` says what speaks for each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bulletinnlp.lexicons import per_lexicons
from bulletinnlp.quotes.passage import Passage, Quotation, cues
from bulletinnlp.quotes.person_nouns import person_endings, person_of_noun
from bulletinnlp.roles.titles import NAMES
from bulletinnlp.text.mentions import Mention
from bulletinnlp.text.quotation_marks import CLOSING_QUOTES, OPENING_QUOTES
from bulletinnlp.text.sentences import SPEECH_END, sentence_start
from bulletinnlp.text.words import Word

#: How far before and behind a quotation a speaker may stand, in characters, and how many names before it.
_BEFORE, _BEHIND, _NAMES = 260, 110, 9
#: So many names are candidates for the antecedent of a pronoun.
_LOOKED = 60
_PRONOUNS = frozenset(("他", "她", "他们", "她们", "老人", "对方", "自己", "大家"))
#: The kinds of candidate that are no name: a phrase that opens its clause, another noun, a noun right behind a verb.
PLAIN = ("phrase", "noun", "object")
#: The kinds of candidate that stand for somebody who is named elsewhere.
_RESOLVED = ("pronoun", "apposed")
_NOUNS = frozenset(("n", "N", "j"))
_ATTRIBUTES = _NOUNS | frozenset(("b", "a", "m", "q", "z", "PLACE", "REF"))


class SpeakerCandidate(NamedTuple):
    """Somebody who may speak, and where the words for him stand; -1 where none do.

    | `kind` | what stands at `start:end` |
    | --- | --- |
    | `PER`, `ORG`, `PLACE`, `REF` | a name, an anaphor |
    | `phrase`, `noun`, `object` | a noun phrase that opens its clause, another one, one right behind a verb |
    | `pronoun`, `apposed` | a pronoun, a noun that is put to a name elsewhere |
    | `last`, `turn`, `nobody` | nothing: who spoke last, who spoke before him, nobody |

    Of a pronoun, `antecedent` is where the person is named whom it may stand for, and `rank` the number of that person
    among those before, from 0.
    """

    speaker: str | None
    kind: str
    start: int = -1
    end: int = -1
    antecedent: int = -1
    rank: int = 0


NOBODY = SpeakerCandidate(None, "nobody")


@per_lexicons
def _speech() -> frozenset[str]:
    """Verbs of speech, and what is heard of it, which end a noun phrase: 一位老人问道, 民警话音刚落."""
    return frozenset((*cues(), "话音", "声音"))


def speaker_candidates(quotation: Quotation) -> list[SpeakerCandidate]:
    """Who may speak, in the order of the text, then the last speaker, the one before him, and nobody."""
    text, passage = quotation.text, quotation.passage
    low = max(passage.start, quotation.left - _BEFORE)
    start = sentence_start(text, low, quotation.left, SPEECH_END)
    earlier = sentence_start(text, low, max(start - 1, low), SPEECH_END)
    words = _unquoted(passage, earlier, quotation.left)
    found = _names(passage, low, quotation.left)[-_NAMES:]
    found += [one for one in _phrases(passage, words) if one.start >= start or _is_person(one)]
    found += _people(passage, words)
    begin = quotation.run[1]
    while begin < passage.end and text[begin] == "\n":
        begin += 1
    end = _two_sentences(text, begin, min(begin + _BEHIND, passage.end))
    words = _unquoted(passage, begin, end)
    found += [one for one in _names(passage, begin, end) if one.end <= end]
    found += _phrases(passage, words)
    found += _people(passage, words)
    named = ((one, named_person(one, passage)) for one in found)
    found += [
        SpeakerCandidate(who.name, "apposed", one.start, one.end, who.start) for one, who in named if who is not None
    ]
    found = _without_doubles(found)
    if quotation.last is not None:
        found.append(SpeakerCandidate(quotation.last, "last"))
    if quotation.before_last is not None:
        found.append(SpeakerCandidate(quotation.before_last, "turn"))
    return [*found, NOBODY]


def named_person(candidate: SpeakerCandidate, passage: Passage) -> Mention | None:
    """The named person whom a noun phrase may mean."""
    if candidate.kind not in PLAIN:
        return None
    return person_of_noun(candidate.speaker or "", candidate.start, passage.persons_by_noun)


def _names(passage: Passage, low: int, high: int) -> list[SpeakerCandidate]:
    """The names that begin in `text[low:high]` outside quotations."""
    names = (name for name in passage.names_in(low, high) if not passage.quoted(name.start))
    return [SpeakerCandidate(name.name, name.label, name.start, name.end) for name in names]


def _unquoted(passage: Passage, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]` outside quotations."""
    return [word for word in passage.words(start, end) if not passage.quoted(word.start)]


def _two_sentences(text: str, begin: int, limit: int) -> int:
    """Where the second sentence from `begin` ends, or the paragraph; not beyond `limit`."""
    stop = SPEECH_END.search(text, begin, limit)
    if stop is not None and stop[0] != "\n":
        stop = SPEECH_END.search(text, stop.end(), limit)
    return stop.start() if stop else limit


def _without_doubles(candidates: Sequence[SpeakerCandidate]) -> list[SpeakerCandidate]:
    """Of the candidates that end at one place the first: a phrase that opens its clause before a mere noun. Whom a
    pronoun stands for (老人) is a candidate beside its words."""
    found: dict[tuple[int, str | None], SpeakerCandidate] = {}
    for one in candidates:
        found.setdefault((one.end, one.speaker if one.kind in _RESOLVED else None), one)
    return list(found.values())


def _is_person(candidate: SpeakerCandidate) -> bool:
    return candidate.kind == "phrase" and (candidate.speaker or "").endswith(person_endings())


def _phrases(passage: Passage, words: Sequence[Word]) -> list[SpeakerCandidate]:
    """The noun phrases that open a clause: 党员们 of 党员们纷纷表示, 他 for the person before."""
    found: list[SpeakerCandidate] = []
    opening = True
    index = 0
    while index < len(words):
        word = words[index]
        stop = index + 1
        if word.kind == "x":
            opening = True
        elif opening:
            if word.text in _PRONOUNS:
                found += _antecedents(passage, word)
            if word.text in _PRONOUNS and word.kind == "r":
                opening = False
            elif (end := _phrase_end(words, index)) > index:
                stop = end
                marked = passage.text[max(word.start - 1, 0)] in OPENING_QUOTES
                if not marked and not all(item.kind in NAMES for item in words[index:stop]):
                    last = words[stop - 1].end
                    found.append(SpeakerCandidate(passage.text[word.start : last], "phrase", word.start, last))
                opening = stop < len(words) and words[stop].kind in "fs"
            else:
                opening = word.kind in "tdcpfsTIME"
        index = stop
    return found


def _phrase_end(words: Sequence[Word], start: int) -> int:
    """Behind which word the noun phrase ends that begins with word `start`; `start` if none does."""
    taken = start
    for index in range(start, len(words)):
        word = words[index]
        if word.text in _speech() or word.text[0].isdigit():
            break
        if word.kind == "a" and index > start and words[index - 1].kind in "nNj":
            break  # 充分 of 党员群众志愿者充分发挥专长
        if word.kind not in _ATTRIBUTES and word.kind != "r" and word.text not in ("们", "的", "一位"):
            break
        if word.kind in _NOUNS or word.text == "们":
            taken = index + 1
        if word.text.endswith("们"):
            break
    return taken


def _people(passage: Passage, words: Sequence[Word]) -> Iterator[SpeakerCandidate]:
    """Every noun that means a person or people, wherever it stands in its clause, with what describes it: 一位市民 of
    收到一位市民的来信, 饶春燕的父亲, 孩子 of 前来看书的孩子."""
    for index, word in enumerate(words):
        person = word.kind in "nNjr" and len(word.text) > 1 and word.text.endswith(person_endings())
        named = index + 1 < len(words) and words[index + 1].kind in ("PER", "n", "N")
        if not person or named or word.text in _PRONOUNS:
            continue
        if passage.text[word.end : word.end + 1] in CLOSING_QUOTES:
            continue  # a name for somebody: 化身“宣传员”
        first = index
        while first and (_describes(words[first - 1]) or _owns(words, first - 1)):
            if words[first - 1].kind == "a" and first > 1 and words[first - 2].kind in "vN":
                break  # 好 of 保障好居民
            first -= 1
        if any(word.kind == "ORG" for word in words[first:index]):
            continue  # 区税务局相关负责人 speaks for the organisation, which is a candidate of its own
        kind = "object" if first and words[first - 1].kind == "v" else "noun"
        yield SpeakerCandidate(passage.text[words[first].start : word.end], kind, words[first].start, word.end)


def _describes(word: Word) -> bool:
    return word.kind in _ATTRIBUTES or word.kind == "ORG" or word.text in ("相关", "有关", "现场", "值班")


def _owns(words: Sequence[Word], index: int) -> bool:
    """Is the word the 的 behind a name: 饶春燕的父亲?"""
    if words[index].text == "的":
        return bool(index) and words[index - 1].kind in NAMES
    return words[index].kind == "PER" and words[index + 1].text == "的"


def _antecedents(passage: Passage, word: Word) -> list[SpeakerCandidate]:
    """Whom a pronoun may stand for: the last two persons who are named before it, outside quotations, the nearest first
    (ranks 0 and 1), and the main person of the text (rank 2). An old one (老人) is the nearest who is old."""
    found: dict[str, tuple[int, Mention]] = {}
    old = word.text == "老人"
    index = bisect_left(passage.starts, word.start) - 1
    floor = max(index - _LOOKED, -1)
    while index > floor and passage.names[index].start >= passage.start and len(found) < 2:
        name = passage.names[index]
        fits = name.label == "PER" and name.name not in found and not passage.quoted(name.start)
        if fits and (not old or passage.is_old(name.name)):
            found[name.name] = len(found), name
        index -= 1
    main = passage.main_named
    if main is not None and main.start < word.start and (not old or passage.is_old(main.name)):
        found.setdefault(main.name, (2, main))
    return [
        SpeakerCandidate(name.name, "pronoun", word.start, word.end, name.start, rank) for rank, name in found.values()
    ]
