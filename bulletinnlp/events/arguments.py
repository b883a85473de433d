"""Arguments: who, whom, what, when and where of each trigger, chosen among the candidates by the scores of the network;
and the event frame, a trigger with its arguments.

The events of an article are read in order, since an argument that is left out is often that of the event before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp
from typing import Literal, NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

from bulletinnlp.data import lexicon
from bulletinnlp.events.article_context import ArticleContext, Span
from bulletinnlp.events.candidates import ALLOWED, NONE, PHRASE, PREVIOUS, ROLES, ArgumentCandidate
from bulletinnlp.text.sentences import CLAUSE_MARKS

Role = Literal["who", "whom", "when", "where"]
#: An object has at most so many characters, an actor's words so many.
LONGEST_OBJECT, LONGEST_PHRASE = 25, 12
#: Names of the sentence share the role of the chosen one above this score.
COMPANY = 1.0
_COMPANY: tuple[Role, ...] = ("who", "whom", "where")
_MARKS = (("“", "”"), ("‘", "’"), ("《", "》"), ("「", "」"), ("『", "』"), ("（", "）"), ("(", ")"))
_COMMA = regex.compile(f"[{CLAUSE_MARKS}。]")


class Value(NamedTuple):
    """An argument: what it is called in the tables, what is printed, and whether it is a name of the article."""

    text: str
    start: int
    end: int
    named: bool


@dataclass
class Arguments:
    """The arguments of one event."""

    who: list[Value] = field(default_factory=list)
    what: Value | None = None
    whom: list[Value] = field(default_factory=list)
    when: Value | None = None
    where: list[Value] = field(default_factory=list)


class EventFrame(NamedTuple):
    """`start:end` is the trigger. `who`, `whom` and `where` are the names in the roles, `when` the words of the time,
    `what` and `phrases` (actors without a name) spans of the text."""

    start: int
    end: int
    type: str
    who: frozenset[str]
    phrases: tuple[Span, ...]
    what: Span | None
    whom: frozenset[str]
    when: str
    where: frozenset[str]
    planned: bool
    negative: bool
    main: bool = False


class Scores(NamedTuple):
    """What the network says of one trigger: `roles` by candidate (the four roles, then company in three of them),
    `pointers` by character of the window (first and last of the object, of an actor's words), `nothing`: no object."""

    candidates: Sequence[ArgumentCandidate]
    roles: list[list[float]]
    window: Span
    pointers: NDArray[np.float32]
    nothing: float


def choose(article: ArticleContext, trigger: Span, scores: Scores, before: Arguments | None) -> Arguments:
    """The arguments of the trigger `trigger`, after those of the event before."""
    found = Arguments(what=_object(article, trigger, scores))
    for role in _COMPANY:
        setattr(found, role, _names(article, trigger, scores, role, getattr(before, role, [])))
    times = _names(article, trigger, scores, "when", [before.when] if before and before.when else [])
    found.when = times[0] if times else None
    # Words that are the object (追悼会举行), or the place, are nobody who acts.
    other = [*found.where, *([found.what] if found.what else [])]
    found.who = [one for one in found.who if one.named or not any(_meet(one, value) for value in other)]
    acting = {value.text for value in found.who}
    found.whom = [value for value in found.whom if value.text not in acting]
    return found


def _meet(one: Value, other: Value) -> bool:
    return one.start < other.end and other.start < one.end


def _names(article: ArticleContext, trigger: Span, scores: Scores, role: Role, before: list[Value]) -> list[Value]:
    """The chosen candidate of a role as values; a pronoun is no actor's words, what it stands for is."""
    chosen = _best(article, scores, role, ALLOWED[role], before)
    if scores.candidates[chosen].kind == PHRASE:
        phrase = _stretch(article, trigger, scores, 2, LONGEST_PHRASE)
        if phrase and phrase.start >= trigger[1] and _COMMA.search(article.text, trigger[1], phrase.start):
            return []  # who acts in a clause behind
        if phrase is None or not _is_pronoun(phrase.text):
            return [phrase] if phrase else []
        others = ALLOWED[role] - {PHRASE, NONE}
        if not any(candidate.kind in others for candidate in scores.candidates):
            return []
        chosen = _best(article, scores, role, others, before)
    candidate = scores.candidates[chosen]
    if candidate.mention >= 0:
        return _with_company(article, scores, role, chosen)
    return list(before) if candidate.kind == PREVIOUS else []


def _is_pronoun(words: str) -> bool:
    """Whether an actor's words are a pronoun, or one with a verb that was taken for a part of it (他踩空)."""
    pronouns = lexicon("pronouns")
    return words in pronouns or any(words.startswith(one) and words[len(one)] not in "的和与" for one in pronouns)


def _best(article: ArticleContext, scores: Scores, role: Role, allowed: frozenset[int], before: Sequence[Value]) -> int:
    """The number of the likeliest candidate of these kinds.

    The chances of the mentions of one name count together, and with them that of the event before where its argument
    `before` is that name; where it has none, its chance counts for nobody.
    """
    column = ROLES.index(role)
    same: str | int = PREVIOUS
    if not before:
        same = NONE
    elif len(before) == 1 and before[0].named:
        same = before[0].text
    total: dict[str | int, float] = {}
    best: dict[str | int, tuple[float, int]] = {}
    for number, (candidate, row) in enumerate(zip(scores.candidates, scores.roles, strict=True)):
        if candidate.kind in allowed:
            key = article.mentions[candidate.mention].name if candidate.mention >= 0 else candidate.kind
            key = same if key == PREVIOUS else key
            total[key] = total.get(key, 0.0) + exp(row[column])
            best[key] = max(best.get(key, (row[column], number)), (row[column], number))
    return best[max(total, key=total.__getitem__)][1]


def _with_company(article: ArticleContext, scores: Scores, role: Role, chosen: int) -> list[Value]:
    """The chosen mention, and the names of its sentence that share its role."""
    mention = article.mentions[scores.candidates[chosen].mention]
    values = {mention.name: Value(mention.name, mention.start, mention.end, True)}
    if role in _COMPANY and scores.candidates[chosen].features[2] == 0:
        column, allowed = len(ROLES) + _COMPANY.index(role), ALLOWED[role]
        for candidate, row in zip(scores.candidates, scores.roles, strict=True):
            near = candidate.mention >= 0 and candidate.features[2] == 0
            if near and candidate.kind in allowed and row[column] > COMPANY:
                other = article.mentions[candidate.mention]
                values.setdefault(other.name, Value(other.name, other.start, other.end, True))
    return sorted(values.values(), key=lambda value: value.start)


def _with_whole_marks(text: str, start: int, end: int, window: Span, trigger: Span) -> Span:
    """The stretch with the other half of a quotation mark or bracket that is cut off: 《关于 is 《关于…的通知》."""
    left = trigger[1] if start >= trigger[1] else window[0]
    right = trigger[0] if end <= trigger[0] else window[1]
    for opening, closing in _MARKS:
        if text.count(opening, start, end) > text.count(closing, start, end):
            end = max(end, text.find(closing, end, min(right, end + LONGEST_OBJECT)) + 1)
        elif text.count(opening, start, end) < text.count(closing, start, end):
            first = text.rfind(opening, max(left, start - LONGEST_OBJECT), start)
            start = first if first >= 0 else start
    return start, end


def _object(article: ArticleContext, trigger: Span, scores: Scores) -> Value | None:
    """The object's words: the best pair of first and last character, unless there is likelier none."""
    first = scores.pointers[:, 0]
    if not len(first) or scores.nothing >= first.max():
        return None
    return _stretch(article, trigger, scores, 0, LONGEST_OBJECT)


def _stretch(article: ArticleContext, trigger: Span, scores: Scores, column: int, longest: int) -> Value | None:
    """The likeliest stretch of the window, of at most `longest` characters, that does not hold the trigger."""
    first, last = scores.pointers[:, column], scores.pointers[:, column + 1]
    base = scores.window[0]
    pair, top = None, -np.inf
    for start in np.argsort(-first)[:4].tolist():
        limit = min(len(last), start + longest)
        if base + start < trigger[0]:
            limit = min(limit, trigger[0] - base)
        elif base + start < trigger[1]:
            continue
        if limit <= start:
            continue
        end = start + int(np.argmax(last[start:limit]))
        if first[start] + last[end] > top:
            pair, top = (start, end + 1), first[start] + last[end]
    if pair is None:
        return None
    start, end = _with_whole_marks(article.text, base + pair[0], base + pair[1], scores.window, trigger)
    text = "".join(article.text[start:end].split())
    return Value(text, start, end, False) if text else None
