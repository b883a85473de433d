"""Was it done? Polarity and modality of an event, so that plans, wishes and duties are not counted as deeds.

The words before the verb in its clause decide (`data/lexicons/modality_words.txt`), the nearest first, then whether
the clause says what for (为保障群众健康). Else an earlier clause of the sentence that opens with a condition (一旦) or,
where the clause has no subject of its own, with a duty or plan (要坚持…，制定方案); at last one that ends in a verb of
demand (会议要求，…) or names a time to come (下一步，…).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from bulletinnlp.data import table
from bulletinnlp.events.clauses import Sentence
from bulletinnlp.events.predicates import Candidate, is_taken
from bulletinnlp.events.subjects import is_
from bulletinnlp.events.words import Word

Polarity = Literal["positive", "negative"]
Modality = Literal["actual", "planned", "wished", "required"]


@cache
def _words() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words.split(" ")) for kind, words in table("modality_words")}


def polarity(sentence: Sentence, c: Candidate) -> Polarity:
    """`negative` where a negation stands before the verb in its clause, at most three words away, and does not belong
    to another verb or to how it is done (不间断地排查)."""
    start = max(sentence.clauses[c.clause].first, c.first - 3)
    negations = _words()["negative"]
    for word in reversed(sentence.words[start : c.first]):
        if word.text in negations:
            return "negative"
        if word.kind in "uv":
            break
    return "positive"


def modality(sentence: Sentence, c: Candidate) -> Modality:
    """Whether the deed is reported (`actual`), or planned, wished or required."""
    words, first = sentence.words, sentence.clauses[c.clause].first
    for index in range(c.first - 1, first - 1, -1):
        if found := _kind(words, index, first):
            return found
    if c.purpose:
        return "wished"
    known = _words()
    own = c.subject is not None and c.subject.sentence == c.sentence and c.subject.words[0] >= first
    for clause in reversed(sentence.clauses[: c.clause]):
        opening = words[clause.first : clause.last]
        carries = bool(opening) and (
            opening[0].text in known["condition"] or (not own and opening[0].text in known["carries"])
        )
        if carries and (found := _kind(words, clause.first, clause.first)):
            return found
        if any(word.text in known["later"] for word in opening):
            return "planned"
        last = clause.last - 1
        if opening and is_(words[last], "demand") and not _is_noun(words, last, clause.first):
            return "required"
    return "actual"


def _kind(words: Sequence[Word], index: int, first: int) -> Modality | None:
    text = words[index].text
    known = _words()
    kind: Modality
    for kind in ("planned", "wished", "required"):
        if text in known[kind]:
            return None if _is_other(words, index) or _is_noun(words, index, first) else kind
    return None


def _is_other(words: Sequence[Word], index: int) -> bool:
    """Is 将 here 把 (将其拦停), or 会 a meeting (推进会)?"""
    if words[index].text == "将":
        return index + 1 < len(words) and words[index + 1].kind not in ("v", "d", "p", "t", "N", "a", "TIME")
    return words[index].text == "会" and index > 0 and words[index - 1].kind in "vNn"


def _is_noun(words: Sequence[Word], index: int, first: int) -> bool:
    """Is the word a noun here: of 的, or the object of a verb that takes one (响应镇党委号召)?"""
    if index > first and (words[index - 1].text == "的" or words[index - 1].kind in "am"):
        return words[index].text in _words()["noun"]
    return is_taken(words, index, first)
