"""What a user's endings of organisations and places do to names (`body_suffixes.txt`, `place_suffixes.txt`).

Where the tagger holds a span that ends so possible, as whichever of the two, it is nearly sure, and what the list says:
幸福食堂, at .05 a place for the tagger, is an organisation with the line 食堂. What it holds impossible stays none. A
span whose longest listed ending is one that the user has taken away is no name of that kind.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TypeVar

from bulletinnlp.annotations import Label
from bulletinnlp.lexicons import added, listed, per_lexicons, removed
from bulletinnlp.names.spans import POSSIBLE, LabelledSpan

#: What holds the endings of the names with a label.
_LISTS: Mapping[Label, str] = {"ORG": "body_suffixes", "PLACE": "place_suffixes"}
#: The chance of a listed span that the tagger holds possible, as organisation and as place together.
_SURE = 0.97
Made = TypeVar("Made")


@per_lexicons
def _own() -> dict[str, Label]:
    """The endings that the user adds, and of what they are."""
    return {row[0]: label for label, name in _LISTS.items() for row in added(name)}


@per_lexicons
def _gone(label: Label) -> dict[str, bool]:
    """The endings of a kind, those that are taken away as False; nothing where none is."""
    gone = {row[0]: False for row in removed(_LISTS[label])}
    return dict.fromkeys(listed(_LISTS[label]), True) | gone if gone else {}


def by_own_endings(text: str, chances: MutableMapping[LabelledSpan, float], grammar: set[LabelledSpan]) -> None:
    """Change the chances of the spans that end as the user's lists say."""
    for label in _LISTS:
        if endings := _gone(label):
            for key in [
                key for key in chances if key[2] == label and _longest(text[key[0] : key[1]], endings) is False
            ]:
                del chances[key]
    own = _own()
    if not own:
        return
    pooled: dict[LabelledSpan, float] = {}
    for start, end, label in list(chances):
        listed_as = _longest(text[start:end], own) if label != "PER" else None
        if listed_as is not None:
            key = (start, end, listed_as)
            pooled[key] = pooled.get(key, 0.0) + chances.pop((start, end, label))
            if (start, end, label) in grammar:
                grammar.add(key)
    best: dict[int, float] = {}
    for (_, end, _), chance in pooled.items():
        best[end] = max(chance, best.get(end, 0.0))
    for key, chance in pooled.items():
        sure = chance >= POSSIBLE and chance == best[key[1]]
        chances[key] = max(chance, _SURE) if sure else min(chance, 1.0)


def _longest(name: str, endings: Mapping[str, Made]) -> Made | None:
    """What stands with the longest ending of a name, None if it has none of these."""
    return next((endings[name[at:]] for at in range(1, len(name)) if name[at:] in endings), None)
