"""Candidates for events: every verb of an article with what the grammar of its clause says about it.

A *group* is a run of names that act together (甲、乙和丙). A *candidate* is a verb, with its complements (送 + 到), and

- the group that is its subject: named in the clause before the verb and not governed by a preposition or followed by
  的; the agent of 由 and 被; else the subject carried over from the clause or the sentence before;
- its object: what follows to the end of the clause, what 把 or 将 puts before the verb, the topic of a passive;
- time and place in its clause, and marks of voice, polarity and modality.

Which candidates are events is decided elsewhere (`select.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bulletinnlp.events.clauses import NAMES, Clause, Group, Sentence
from bulletinnlp.events.subjects import is_, listed_people, read_clause
from bulletinnlp.events.words import Word


class Candidate(NamedTuple):
    """A verb and what its clause says. Word numbers count within the sentence; `first:last` are the trigger's words."""

    sentence: int
    clause: int
    first: int
    last: int
    subject: Group | None
    #: Where the subject stands: see `subjects.py`; `sentence` (an earlier clause), `before` (an earlier sentence).
    subject_from: str
    distance: int
    object: tuple[int, int] | None
    #: How the object stands: `after`, `ba` (把 before the verb), `topic` (passive), None.
    object_from: str | None
    times: tuple[int, ...]
    places: tuple[int, ...]
    passive: bool
    #: Does the clause, or one before it in its sentence, say what for (为保障…，) with no subject since?
    purpose: bool


def candidates(rows: Sequence[Sentence]) -> Iterator[Candidate]:
    """The candidates of an article's sentences, in the order of the text."""
    carried: Group | None = None
    person: Group | None = None
    distance = 0
    for number, sentence in enumerate(rows):
        if number and sentence.paragraph != rows[number - 1].paragraph and sentence.part == "body":
            distance += 2
        in_sentence: Group | None = None
        purpose = False
        listed: list[int] = []
        for place, clause in enumerate(sentence.clauses):
            if named := listed_people(sentence, clause):
                listed += named
                continue
            reading = read_clause(sentence, number, clause, listed)
            listed = []
            purpose = _is_purpose(sentence, clause) or (purpose and not reading.changes)
            for first, last in _triggers(sentence, clause):
                subject, origin = reading.subject_of(first)
                far = 0
                if origin == "pronoun":
                    subject = person
                elif subject is None and in_sentence is not None:
                    subject, origin = in_sentence, "noun, sentence" if origin == "noun" else "sentence"
                elif subject is None and carried is not None:
                    subject, origin, far = carried, "noun, before" if origin == "noun" else "before", distance + 1
                yield _candidate(sentence, number, place, first, last, subject, origin, far, purpose)
            last_subject = reading.last()
            if last_subject is not None:
                in_sentence = last_subject
                if any(sentence.words[index].kind == "PER" for index in last_subject.words):
                    person = last_subject
            elif reading.pronoun and person is not None:
                in_sentence = person
        if in_sentence is not None:
            carried, distance = in_sentence, 0
        else:
            distance += 1


def _candidate(
    sentence: Sentence,
    number: int,
    place: int,
    first: int,
    last: int,
    group: Group | None,
    origin: str,
    far: int,
    purpose: bool,
) -> Candidate:
    clause = sentence.clauses[place]
    words = sentence.words
    passive = any(words[index].text in PASSIVE for index in range(clause.first, first))
    found, how = _object(sentence, clause, first, last, passive)
    times = tuple(index for index in range(clause.first, clause.last) if words[index].kind == "TIME")
    places = tuple(
        index
        for index in range(clause.first, clause.last)
        if words[index].kind in NAMES and _locative(words, index, last)
    )
    return Candidate(number, place, first, last, group, origin, far, found, how, times, places, passive, purpose)


def _is_purpose(sentence: Sentence, clause: Clause) -> bool:
    """Does the clause open with 为 or 为了 and a verb (为保障群众健康) rather than somebody (为群众送药)?"""
    words = sentence.words[clause.first : clause.last]
    if not words or words[0].text not in ("为", "为了"):
        return False
    return all(word.kind not in NAMES for word in words[:2]) and any(word.kind in "vNa" for word in words[1:4])


def _triggers(sentence: Sentence, clause: Clause) -> Iterator[tuple[int, int]]:
    """The verbs of a clause: word numbers from, to (exclusive), complements included."""
    words = sentence.words
    index = clause.first
    light = False
    while index < clause.last:
        light = (light and words[index].text not in ("并", "且", "并且")) or is_(words[index], "light")
        if not _is_verb(words, clause, index) or (light and _is_noun_of_light(words, clause, index)):
            index += 1
            continue
        last = index + 1
        while last < clause.last and last - index < 3 and _continues(words, last):
            last += 1
        yield index, last
        index = last


def _is_noun_of_light(words: Sequence[Word], clause: Clause, index: int) -> bool:
    """Behind 进行 or 开展 the verbs of two characters that end the phrase are its noun: 进行公益消杀, 进行督导检查."""
    if is_(words[index], "light") or len(words[index].text) == 1:
        return False
    end = index + 1
    while end < clause.last and words[end].kind in "vN" and len(words[end].text) > 1:
        end += 1
    after = words[end] if end < clause.last else None
    return after is None or after.kind in "x" or after.text in ("的", "等", "工作", "活动", "行动", "服务")


def is_compound(words: Sequence[Word], clause: Clause, index: int) -> bool:
    """Does the verb only describe the noun behind it: 成立大会, 授课秩序, 签订的合同?"""
    word = words[index]
    after = words[index + 1] if index + 1 < clause.last else None
    if after is None or word.text[-1] in "给到了":
        return False
    if is_(after, "head") and not is_(word, "holds") and len(word.text) > 1:
        return True
    if after.text == "的" and index + 2 < clause.last:
        return words[index + 2].kind in "nNavbjmr" and not any(w.text == "是" for w in words[clause.first : index])
    return False


def _is_verb(words: Sequence[Word], clause: Clause, index: int) -> bool:
    word = words[index]
    before = words[index - 1] if index > clause.first else None
    after = words[index + 1] if index + 1 < clause.last else None
    if _is_thing(words, clause, index):
        return False
    if is_(word, "auxiliary") or is_(word, "modal"):
        return word.text in ("准备", "计划") and after is not None and after.kind in "nmq“《"
    if word.kind == "v":
        return True
    if after is not None and after.text in ("了", "过"):
        return (word.text in _ONE_CHARACTER and (before is None or before.kind not in "nNm")) or word.kind == "N"
    if word.kind == "N":
        if after is not None and (after.kind in "mr" or after.kind in NAMES or after.text[0] in "《“"):
            return before is None or before.text not in ("的", "、")
        if before is not None and (before.kind in "nNaqbjm" or before.text in ("的", "、")):
            return False
        return after is None or after.text not in ("的", "、")
    return False


PASSIVE = frozenset("被获受")


def is_taken(words: Sequence[Word], index: int, first: int) -> bool:
    """Is a demand the object of a verb before it in its clause, which begins at `first`?"""
    return is_(words[index], "demand") and any(is_(word, "takes") for word in words[first:index])


def _is_thing(words: Sequence[Word], clause: Clause, index: int) -> bool:
    """Is what could be a verb a measure (多种载体), the first half of a noun (检测点), or what another verb takes?"""
    word = words[index]
    before = words[index - 1] if index > clause.first else None
    after = words[index + 1] if index + 1 < clause.last else None
    counted = before is not None and (before.kind == "m" or is_(before, "counts"))
    if counted and is_(word, "measure"):
        return True
    if len(word.text) > 1 and after is not None and is_(after, "thing"):
        return True
    return is_taken(words, index, clause.first)


#: Verbs of one character that the dictionary gives another class.
_ONE_CHARACTER = frozenset("上下过点进换给得")


def _continues(words: Sequence[Word], at: int) -> bool:
    """Does the word at `at` belong to the trigger before it as its complement (送 + 到)?

    A second verb is a candidate of its own: of two in a row an annotator notes the one (下达整改通知, 组织退休党员)
    or the other (联合举办, 累计发放), seldom both; those that are one word to him are in the lexicon `word_classes`.
    """
    return is_(words[at], "complement") and words[at - 1].kind in "vN"


def _object(
    sentence: Sentence, clause: Clause, first: int, last: int, passive: bool
) -> tuple[tuple[int, int] | None, str | None]:
    """The object of a verb: word numbers from, to (exclusive), and how it stands."""
    words = sentence.words
    for index in range(clause.first, first):
        if words[index].text in ("把", "将") and index + 1 < first:
            return (index + 1, first), "ba"
    begin = last
    while begin < clause.last and (words[begin].text in ("了", "过", "着", "到", "“") or words[begin].kind == "u"):
        begin += 1
    end = clause.last
    while end > begin and words[end - 1].kind in "xy":
        end -= 1
    if begin < end:
        return (begin, end), "after"
    return None, None


def _locative(words: Sequence[Word], index: int, last: int) -> bool:
    """Is the name at `index` said to be a place: after 在, 到, 来到, or before 里, 举行?"""
    before = words[index - 1] if index else None
    return before is not None and is_(before, "at")
