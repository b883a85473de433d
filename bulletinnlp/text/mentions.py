"""Mentions: the names of a `Doc` with its resolved references, as the stages behind read them."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from bulletinnlp.text.docs import ents_of
from bulletinnlp.text.short_names import full_names


class Mention(NamedTuple):
    """A mention: `label` is PER, ORG, PLACE, REF (an anaphor, 该镇) or TIME, `name` what it is called (斗虎屯镇)."""

    label: str
    name: str
    start: int
    end: int


def meets(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the spans, which are sorted and do not overlap, shares a character with `start:end`.

    >>> meets([(2, 5), (9, 12)], 4, 9), meets([(2, 5), (9, 12)], 5, 9)
    (True, False)
    """
    before = bisect_left(spans, (end,)) - 1
    return before >= 0 and spans[before][1] > start


def names_of(doc: Doc, full: bool = True) -> list[Mention]:
    """The names and resolved anaphors of a `Doc`, sorted, without overlap.

    With `full`, a short form (老郭) goes by the full name that the article gives; without, by what is printed.
    """
    printed = list(ents_of(doc))
    whole = full_names(text for label, text, _, _ in printed if label == "PER") if full else {}
    found = [Mention(label, whole.get(text, text), start, end) for label, text, start, end in printed]
    found.sort(key=lambda name: name.start)
    starts = [name.start for name in found]
    for reference in doc._.references:
        before = bisect_left(starts, reference.end) - 1
        if reference.antecedent and (before < 0 or found[before].end <= reference.start):
            found.append(Mention("REF", reference.antecedent, reference.start, reference.end))
    found.sort(key=lambda name: name.start)
    return found
