"""Predicates and their arguments out of semantic roles, or out of dependencies where a model has no roles.

Both give `Predication` records with the roles of the table `arguments`: who, what, whom, when, where. What a label
means stands in `data/lexicons/model_roles.txt`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from bulletinnlp.annotations import Predication
from bulletinnlp.data import table

#: Character offsets of a word; None where the word could not be found in the text.
Span = tuple[int, int] | None


class Dependent(NamedTuple):
    """A word in a parsed sentence: its class, the number of its head (-1 for the root), its relation to it."""

    text: str
    span: Span
    tag: str
    head: int
    relation: str


@cache
def _meanings(kind: str) -> dict[str, str]:
    return {label: role for of, role, labels in table("model_roles") if of == kind for label in labels.split()}


def from_semantic_roles(
    frames: Iterable[Iterable[tuple[str, int, int]]], words: Sequence[Span], source: str
) -> Iterator[Predication]:
    """Predications out of semantic roles: a frame is a row of (role, first word, last word exclusive), `PRED` among it.

    >>> words = [(0, 2), (2, 5), (5, 7), (7, 9)]
    >>> frame = [("ARGM-TMP", 0, 1), ("ARG0", 1, 2), ("PRED", 2, 3), ("ARG1", 3, 4)]
    >>> for one in from_semantic_roles([frame], words, "hanlp"):
    ...     print(one.role, one.argument_start, one.argument_end)
    when 0 2
    who 2 5
    what 7 9
    """
    for frame in frames:
        spans = [(label, _span(words[first:last])) for label, first, last in frame]
        verb = next((span for label, span in spans if label == "PRED" and span), None)
        if verb is None:
            continue
        arguments = [(_meanings("srl").get(label), span) for label, span in spans]
        yield from _records(verb, source, [(role, span) for role, span in arguments if role and span])


def from_dependencies(words: Sequence[Dependent], source: str) -> Iterator[Predication]:
    """Predications out of a parsed sentence: every verb that has a subject, an object, or shares the subject of a verb
    with which it is coordinated (召开会议，部署工作).

    >>> tree = [
    ...     Dependent("县教育局", (0, 4), "NN", 3, "nsubj"), Dependent("在", (4, 5), "P", 2, "case"),
    ...     Dependent("平山镇", (5, 8), "NR", 3, "nmod:prep"), Dependent("召开", (8, 10), "VV", -1, "root"),
    ...     Dependent("会议", (10, 12), "NN", 3, "dobj"),
    ... ]
    >>> [(one.role, one.argument_start, one.argument_end) for one in from_dependencies(tree, "spacy")]
    [('who', 0, 4), ('where', 5, 8), ('what', 10, 12)]
    """
    children: dict[int, list[int]] = {}
    for number, word in enumerate(words):
        if word.head != number and 0 <= word.head < len(words):
            children.setdefault(word.head, []).append(number)
    for number, word in enumerate(words):
        if word.span is None or word.tag not in _meanings("verb") or word.relation in _meanings("inner"):
            continue
        arguments = _arguments(words, children, number)
        if not any(role == "who" for role, _ in arguments):
            arguments = _shared(words, children, number) + arguments
        if any(role in ("who", "what") for role, _ in arguments):
            yield from _records(word.span, source, arguments)


def _arguments(
    words: Sequence[Dependent], children: dict[int, list[int]], verb: int
) -> list[tuple[str, tuple[int, int]]]:
    found = []
    for number in children.get(verb, ()):
        role = _meanings("dep").get(words[number].relation)
        skipped = None
        if role == "oblique":
            marks = [c for c in children.get(number, ()) if _meanings("mark").get(words[c].relation) == "case"]
            skipped = next((c for c in marks if words[c].text in _meanings("case")), None)
            role = _meanings("case")[words[skipped].text] if skipped is not None else None
        span = _span([words[n].span for n in _below(children, number) if n != skipped])
        if role and span:
            found.append((role, span))
    return found


def _shared(words: Sequence[Dependent], children: dict[int, list[int]], verb: int) -> list[tuple[str, tuple[int, int]]]:
    """The subject of the nearest verb with which this one is coordinated and that has one."""
    for _ in words:  # no chain is longer than the sentence
        if _meanings("mark").get(words[verb].relation) != "conjunct" or words[verb].head < 0:
            break
        verb = words[verb].head
        found = [one for one in _arguments(words, children, verb) if one[0] == "who"]
        if found:
            return found
    return []


def _below(children: dict[int, list[int]], top: int) -> list[int]:
    """A word and all that hangs on it. Each word is visited once, so that a parser's circle does no harm."""
    seen = {top}
    waiting = [top]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in seen:
                seen.add(child)
                waiting.append(child)
    return sorted(seen)


def _span(words: Sequence[Span]) -> Span:
    """From the first to the last of the words that were found."""
    found = [word for word in words if word is not None]
    return (found[0][0], found[-1][1]) if found else None


def _records(
    verb: tuple[int, int], source: str, arguments: Sequence[tuple[str, tuple[int, int]]]
) -> Iterator[Predication]:
    if not arguments:
        yield Predication(*verb, source)
    for role, span in arguments:
        yield Predication(*verb, source, role, *span)  # type: ignore[arg-type]
