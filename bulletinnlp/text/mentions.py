"""Mentions: the names of a `Doc` with its resolved references, as the stages behind read them."""

from bisect import bisect_left
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
