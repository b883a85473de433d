"""Events out of what a model says of the predicates: semantic roles or dependencies in place of our grammar.

Where a stage before has written `doc._.predications`, every predicate with a named actor is a candidate, and its
arguments are those that the model gives. Names, times and stand-ins are still ours: an actor is a name inside the
model's `who`, a time one inside its `when`. Which of the predicates an annotator would note, and which one the article
is about, is left to the same linear models as otherwise (`events.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from bulletinnlp.events.actors import Actors
from bulletinnlp.events.circumstances import Spot
from bulletinnlp.events.clauses import NAMES, Group, Sentence
from bulletinnlp.events.events import MOST, Chosen, Deed, Models, load_models, select, tell
from bulletinnlp.events.objects import LONGEST, Object
from bulletinnlp.events.predicates import PASSIVE, Candidate
from bulletinnlp.events.predication import Arguments, Predication, predicates
from bulletinnlp.events.records import Argument, Event
from bulletinnlp.events.story import Story
from bulletinnlp.events.types import event_type

_JOINED = frozenset("、和与及同")


def find_predicated(
    story: Story, predications: Sequence[Predication], models: Models | None = None, most: int = MOST
) -> tuple[list[Event], list[Argument]]:
    """The events of an article and their arguments, in the order of the text."""
    models = models or load_models()
    found: dict[Candidate, tuple[Deed, tuple[int, int], Arguments]] = {}
    for (start, end), given in predicates(predications).items():
        number = next((n for n, row in enumerate(story.rows) if row.start <= start and end <= row.end), None)
        deed = _deed(story, number, start, end, given) if number is not None else None
        if deed is not None:
            found[deed.chosen.candidate] = deed, (start, end), given
    chosen = select(story, found, models, most)
    deeds = [found[one.candidate][0]._replace(chosen=one) for one in chosen]
    deeds.sort(key=lambda deed: deed.chosen.candidate[:3])
    events, arguments = tell(story, deeds, models.main)
    exact: list[tuple[Event, list[Argument]]] = []
    for number, (event, deed) in enumerate(zip(events, deeds, strict=True)):
        _, verb, given = found[deed.chosen.candidate]
        mine = [one for one in arguments if one.event == number]
        mine += _recipients(
            story, deed.chosen.candidate, given, number, {one.text for one in mine if one.role == "whom"}
        )
        exact.append(_as_said(story, event, verb, given, mine))
    return [event for event, _ in exact], [argument for _, some in exact for argument in some]


def _as_said(
    story: Story, event: Event, verb: tuple[int, int], given: Arguments, arguments: list[Argument]
) -> tuple[Event, list[Argument]]:
    """The event with trigger and object as the model cuts them: our words need not end where its words do."""
    what = next(((a, min(b, a + LONGEST)) for role, a, b in given if role == "what"), None)
    trigger = story.text[slice(*verb)]
    kind = event_type(trigger, story.text[slice(*what)] if what else "")
    event = event._replace(type=kind, trigger=trigger, start=verb[0], end=verb[1])
    if what is None:
        return event, arguments
    said = Argument(arguments[0].event, "what", story.text[slice(*what)], *what)
    return event, [said if one.role == "what" else one for one in arguments]


def _deed(story: Story, number: int, start: int, end: int, given: Arguments) -> Deed | None:
    """What the model says of one predicate; None if nobody with a name acts."""
    row = story.rows[number]
    trigger = _words(row, start, end)
    actors = _actors(row, [_words(row, a, b) for role, a, b in given if role == "who"])
    clause = next((n for n, c in enumerate(row.clauses) if trigger and c.first <= trigger[0] < c.last), None)
    if not trigger or not actors or clause is None:
        return None
    first, last = trigger[0], trigger[-1] + 1
    group = Group(number, tuple(actors))
    what = next((words for role, a, b in given if role == "what" and (words := _words(row, a, b))), None)
    how = None if what is None else "after" if what[0] >= last else "topic"
    when = _inside(row, given, "when", frozenset({"TIME"}))
    where = _inside(row, given, "where", NAMES)
    passive = any(row.words[index].text in PASSIVE for index in range(row.clauses[clause].first, first))
    candidate = Candidate(
        number, clause, first, last, group, "agent" if passive else "clause", 0,
        (what[0], what[-1] + 1) if what else None, how, tuple(when), tuple(where), passive, False,
    )  # fmt: skip
    return Deed(
        Chosen(candidate, 0.0, 0.0),
        Actors(group, tuple(story.name(row.words[index]) for index in actors), "model"),
        Object(what[0], what[-1] + 1, str(how)) if what else None,
        Spot(number, when[0]) if when else None,
        Spot(number, where[-1]) if where else None,
    )


def _words(row: Sentence, start: int, end: int) -> list[int]:
    """The words of a sentence that stand in `start:end`, wholly or in part; marks at its ends are left out."""
    found = [index for index, word in enumerate(row.words) if word.start < end and start < word.end]
    while found and row.words[found[-1]].kind == "x":
        found.pop()
    while found and row.words[found[0]].kind == "x":
        found.pop(0)
    return found


def _inside(row: Sentence, given: Arguments, role: str, kinds: frozenset[str]) -> list[int]:
    """The words of these kinds in the arguments of a role."""
    return [i for name, a, b in given if name == role for i in _words(row, a, b) if row.words[i].kind in kinds]


def _actors(row: Sentence, spans: Sequence[Sequence[int]]) -> list[int]:
    """The names that act: a body or place before a person's title is the person's, not an actor."""
    found = []
    for span in spans:
        for at, index in enumerate(span):
            if row.words[index].kind not in NAMES:
                continue
            behind: list[int] = []
            for other in span[at + 1 :]:
                behind.append(other)
                if row.words[other].kind in NAMES or row.words[other].text in _JOINED:
                    break
            belongs = behind and row.words[behind[-1]].kind == "PER" and row.words[index].kind != "PER"
            if not belongs and index not in found:
                found.append(index)
    return sorted(found)


def _recipients(story: Story, c: Candidate, given: Arguments, event: int, known: set[str]) -> list[Argument]:
    row = story.rows[c.sentence]
    words = [row.words[index] for index in _inside(row, given, "whom", NAMES)]
    found = [Argument(event, "whom", story.name(word), word.start, word.end) for word in words]
    return [one for one in found if one.text not in known]
