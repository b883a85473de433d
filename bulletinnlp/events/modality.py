"""Was it done? Polarity and modality of an event, so that plans, wishes and duties are not counted as deeds.

The words before the verb in its clause decide (`data/lexicons/modality_words.txt`), the nearest first; else a clause
before in the same sentence that opens with a verb of demand (会议要求，…) or a time to come (下一步，…).
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from bulletinnlp.data import table
from bulletinnlp.events.clauses import Sentence
from bulletinnlp.events.predicates import Candidate

Polarity = Literal["positive", "negative"]
Modality = Literal["actual", "planned", "wished", "required"]


@cache
def _words() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words.split(" ")) for kind, words in table("modality_words")}


def polarity(sentence: Sentence, c: Candidate) -> Polarity:
    """`negative` where a negation stands before the verb in its clause, at most three words away."""
    start = max(sentence.clauses[c.clause].first, c.first - 3)
    negations = _words()["negative"]
    return "negative" if any(word.text in negations for word in sentence.words[start : c.first]) else "positive"


def modality(sentence: Sentence, c: Candidate) -> Modality:
    """Whether the deed is reported (`actual`), or planned, wished or required."""
    first = sentence.clauses[c.clause].first
    for word in reversed(sentence.words[first : c.first]):
        if found := _kind(word.text):
            return found
    for clause in reversed(sentence.clauses[: c.clause]):
        opening = sentence.words[clause.first : clause.last]
        for word in opening:
            if word.text in ("要求", "强调", "指出", "号召") and word is opening[-1]:
                return "required"
            if word.text in ("下一步", "今后", "接下来"):
                return "planned"
    return "actual"


def _kind(text: str) -> Modality | None:
    words = _words()
    if text in words["planned"]:
        return "planned"
    if text in words["wished"]:
        return "wished"
    return "required" if text in words["required"] else None
