"""Candidates for names: the tagger's reading of each sentence, weighed against the rest of the document.

A span that the tagger holds possible is a *candidate*. What speaks for it: the tagger's own chance; the chance of
the same string elsewhere in the document (a name certain once is found again; a boundary drawn wrongly once is
mended by the sentences where it is drawn well); what overlaps it; whether the patterns of `name_patterns.py` say the
same ("grammar" means these). A logistic regression, fitted on articles that the tagger had not read
(`training/names/calibrate.py`), makes one probability of these: the `score` of the name, calibrated by construction.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import islice
from typing import NamedTuple

import numpy as np

from bulletinnlp.annotations import LABELS, Label, Proposal
from bulletinnlp.names.decoding import TAGS, Lattice, tags_of
from bulletinnlp.names.name_patterns import document_pattern, find, generic_pattern
from bulletinnlp.names.own_endings import by_own_endings
from bulletinnlp.names.spans import POSSIBLE, LabelledSpan, Source, choose, occurrences
from bulletinnlp.text.mentions import meets
from bulletinnlp.text.quotation_marks import PAIRED_MARKS

#: With a margin for rounding: what is less likely to go on is not followed further.
NEGLIGIBLE = 0.9 * POSSIBLE
#: The longest name, in characters.
LONGEST = 40
#: A candidate of one character, which is seldom a name, has at least this chance; a string that is looked for elsewhere
#: in the document has at least that.
_SINGLE, _REPEATED = 0.2, 0.3
#: How likely a tag must be at a character to be followed: O and the inner ones are not.
_LEAST = np.array([{"B": POSSIBLE, "E": POSSIBLE, "S": _SINGLE}.get(tag[0], np.inf) for tag in TAGS], np.float32)


class Features(NamedTuple):
    """What speaks for a candidate, and against it; weights in the data stand in this order."""

    bias: float
    #: The log odds of the tagger's own chance; as far as they are above 2, once more.
    own: float
    own_high: float
    #: The log odds of the likeliest span that shares a character with it.
    rival: float
    #: The log odds of the same string elsewhere in the document, on average and at best; the log of how often it stands
    #: there.
    others_mean: float
    others_best: float
    others_count: float
    #: The log odds of the string of a rival, over the document, where that stands there more than once.
    again_rival: float
    #: Whether `name_patterns.py` finds it; whether it finds another name over its first character.
    grammar: float
    grammar_else: float
    #: Its label, PER without either.
    ORG: float
    PLACE: float
    #: Whether it has two characters or one.
    short: float


FEATURES = Features._fields


class TaggedSentence(NamedTuple):
    """A sentence of a document, where it begins, and the tagger's reading of it."""

    start: int
    end: int
    lattice: Lattice


class NameCandidate(NamedTuple):
    """A span that may be a name, with what speaks for it."""

    start: int
    end: int
    label: Label
    features: Features
    source: Source


def logit(chance: float) -> float:
    """Log odds, bounded: a tagger is never surer than 1 in 1,000."""
    chance = min(max(chance, 1e-3), 1 - 1e-3)
    return math.log(chance / (1 - chance))


def possible(sentence: TaggedSentence) -> dict[LabelledSpan, float]:
    """The spans of a sentence that the tagger holds possible, with their chances, in the document's offsets."""
    lattice = sentence.lattice
    likely = lattice.before * lattice.after
    at_tag: dict[int, list[int]] = defaultdict(list)
    for tag, at in np.argwhere((likely >= _LEAST).T).tolist():
        at_tag[tag].append(at)
    found: dict[LabelledSpan, float] = {}
    for label in LABELS if at_tag else ():
        begin, _, last, single = tags_of(label)
        final = set(at_tag[last])
        for start in at_tag[begin] if final else ():
            for end, chance in islice(lattice.ends(start, label, NEGLIGIBLE), LONGEST - 1):
                if chance >= POSSIBLE and end - 1 in final:
                    found[sentence.start + start, sentence.start + end, label] = chance
        for at in at_tag[single]:
            found[sentence.start + at, sentence.start + at + 1, label] = float(likely[at, single])
    return found


def candidates(
    text: str, sentences: Sequence[TaggedSentence], stretches: Iterable[tuple[int, int]]
) -> list[NameCandidate]:
    """The candidates of a document, each with its features (`FEATURES`)."""
    chances: dict[LabelledSpan, float] = {}
    tagged: dict[LabelledSpan, Source] = {}
    for sentence in sentences:
        for key, chance in possible(sentence).items():
            chances[key] = chance
            tagged[key] = "embedded"
    grammar = {(name.start, name.end, name.label) for a, b in stretches for name in find(text, a, b)}
    starts = [sentence.start for sentence in sentences]

    def add(key: LabelledSpan, source: Source) -> None:
        """Add a span that the tagger did not offer, with the chance that it gives it, if it lies in one sentence."""
        start, end, label = key
        at = bisect_right(starts, start) - 1
        if key not in chances and at >= 0 and end <= sentences[at].end:
            sentence = sentences[at]
            chances[key] = sentence.lattice.chance(start - sentence.start, end - sentence.start, label)
            tagged[key] = source

    for key in grammar:
        add(key, "grammar")
    strings: dict[str, dict[Label, None]] = defaultdict(dict)
    for (start, end, label), chance in chances.items():
        if chance >= _REPEATED and end - start > 1:
            strings[text[start:end]][label] = None
    for start, end in occurrences(text, strings):
        for label in strings[text[start:end]]:
            add((start, end, label), "consistency")
    titles = [match.span() for match in document_pattern().finditer(text)]
    kept = {
        key: chance
        for key, chance in chances.items()
        if balanced(text[key[0] : key[1]])
        and (key[2] != "PER" or whole(text[key[0] : key[1]]))
        and not meets(titles, key[0], key[1])
        and not (key[2] != "PER" and generic_pattern().fullmatch(text, key[0], key[1]))
    }
    by_own_endings(text, kept, grammar)
    return weighed(text, kept, tagged, grammar)


def weighed(
    text: str,
    chances: dict[LabelledSpan, float],
    sources: dict[LabelledSpan, Source],
    grammar: set[LabelledSpan],
) -> list[NameCandidate]:
    """The candidates with their features."""
    chances_of: dict[tuple[str, Label], list[float]] = defaultdict(list)
    for (start, end, label), chance in chances.items():
        chances_of[text[start:end], label].append(chance)
    by_char: dict[int, list[LabelledSpan]] = defaultdict(list)
    for key in chances:
        for at in range(key[0], key[1]):
            by_char[at].append(key)
    sums = {group: sum(found) for group, found in chances_of.items()}
    best_two = {group: nlargest(2, found) for group, found in chances_of.items()}
    means = {group: sums[group] / len(found) for group, found in chances_of.items() if len(found) > 1}
    ruled = {at for start, end, _ in grammar for at in range(start, end)}
    result = []
    for key, chance in chances.items():
        start, end, label = key
        group = (text[start:end], label)
        others = len(chances_of[group]) - 1
        best_other = best_two[group][chance == best_two[group][0]] if others else 0.0
        rivals = {rival for at in range(start, end) for rival in by_char[at] if rival != key}
        rival = max((chances[other] for other in rivals), default=0.0)
        again = max((means.get((text[o[0] : o[1]], o[2]), 0.0) for o in rivals), default=0.0)
        result.append(
            NameCandidate(
                start,
                end,
                label,
                Features(
                    bias=1.0,
                    own=logit(chance),
                    own_high=max(logit(chance) - 2, 0.0),
                    rival=logit(rival) + 7,
                    others_mean=logit((sums[group] - chance) / others) + 2 if others else 0.0,
                    others_best=logit(best_other) + 2 if others else 0.0,
                    others_count=math.log1p(others),
                    again_rival=logit(again) + 7,
                    grammar=float(key in grammar),
                    grammar_else=float(key not in grammar and start in ruled),
                    ORG=float(label == "ORG"),
                    PLACE=float(label == "PLACE"),
                    short=float(end - start <= 2),
                ),
                sources.get(key, "embedded"),
            )
        )
    return result


def balanced(string: str) -> bool:
    """Whether quotes and brackets in a string pair off, and no mark stands at its edges.

    >>> balanced("“宝贝回家”河源站"), balanced("“宝贝回家"), balanced("区委、"), balanced("荆鲜达食品（监利）公司")
    (True, False, False, True)
    """
    if string[0] in "，。、；：,;:！!？?·-—）)》」』” " or string[-1] in "，。、；：,;:！!？?·-—（(《「『“ ":
        return False
    return all(string.count(left) == string.count(right) for left, right in PAIRED_MARKS)


def whole(person: str) -> bool:
    """Whether a person's name has two characters or more, and a dot in it stands between two parts of a name.

    >>> whole("艾山·买买提"), whole("爱家·兴"), whole("贺秋实"), whole("贺")
    (True, False, True, False)
    """
    return len(person) > 1 and (all(len(part) > 1 for part in person.split("·")) or "·" not in person)


def score(candidate: NameCandidate, weights: Sequence[float]) -> float:
    """The probability that a candidate is a name, from its features."""
    return 1 / (1 + math.exp(-sum(map(float.__mul__, candidate.features, weights))))


def names(found: Iterable[NameCandidate], weights: Sequence[float], threshold: float = 0.45) -> list[Proposal]:
    """The names: the most probable candidates that do not overlap, of those at least as probable as `threshold`."""
    scored = (Proposal(c.start, c.end, c.label, score(c, weights), c.source) for c in found)
    return choose(name for name in scored if name.score >= threshold)
