"""Scores of events, occurrence for occurrence: is it found, and of those found who, what, whom, when, where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from bulletinnlp.evaluation.alignment import Occurrence, Placed
from bulletinnlp.evaluation.annotated_article import NumberedEvent
from bulletinnlp.evaluation.equality import Letters, one_holds_the_other, overlapping, plain
from bulletinnlp.evaluation.formats.numbered import event_of
from bulletinnlp.evaluation.scores import Counts
from bulletinnlp.tables.rows import Row

TRIGGER, ROW, WHOLE = "events (trigger)", "events: row", "events: whole row"
MAIN, MAIN_IN_SOME_ROW = "events: main", "events: main (told by some row)"
CELLS = ("who", "what", "whom", "when", "where")
#: A row is right with these cells, a whole row with all.
IN_ROW = ("who", "what", "when")
EVENT_MEASURES = (
    TRIGGER,
    ROW,
    WHOLE,
    *(f"events: {name}" for name in (*CELLS, "type", "flags")),
    MAIN,
    MAIN_IN_SOME_ROW,
)
#: As much of the sentence is shown with a row that is too much.
SHOWN = 40


class RowEvent(NamedTuple):
    """The event of a row of the table `events`, and the place of its trigger among the page's letters."""

    event: NumberedEvent
    start: int
    end: int
    row: Row


def score_events(counts: Counts, placed: Sequence[Placed], rows: Sequence[Row], page: Letters) -> None:
    """Pair the events of a page, then count triggers, cells, rows and main events.

    An event is found where the triggers share a character, one to one. Cells that hold names must hold the same ones,
    `when` the same expression, and one `what` must hold the other; F1 is over all that are filled on either side. Rows
    that stand in no annotated article do not count.
    """
    right = [(article.article.tag, one) for article in placed for one in article.events]
    got = [RowEvent(event_of(row, 0), page.at(row["start"]), page.at(row["end"]), row) for row in rows]
    covered = np.zeros(len(page.text) + 1, bool)
    for article in placed:
        covered[article.start : article.end] = True
    got = [one for one in got if covered[one.start]]
    pairs = pair_events([one for _, one in right], got)
    for measure in (TRIGGER, ROW, WHOLE):
        counts[measure].gold += len(right)
        counts[measure].found += len(got)
    counts[MAIN].found += sum("main" in one.event.flags for one in got)
    for number, (tag, occurrence) in enumerate(right):
        other = got[pairs[number]].event if number in pairs else None
        _count_main(counts, tag, occurrence.event, other)
        if other is None:
            counts[TRIGGER].miss(tag, _shown(occurrence.event))
        else:
            counts[TRIGGER].hits += 1
            _count_pair(counts, tag, occurrence.event, other)
    for number in sorted(set(range(len(got))) - set(pairs.values())):
        event, *_, row = got[number]
        counts[TRIGGER].extra(row["article_id"], (*_shown(event), (row["sentence"] or "")[:SHOWN]))


def pair_events(right: Sequence[Occurrence], got: Sequence[RowEvent]) -> dict[int, int]:
    """Which row tells which annotated event: their triggers share a character.

    Where several fit, those that agree in more of who and what are paired first.
    """
    candidates = [
        (-_agreement(right[number].event, got[at].event), number, at)
        for number, at in overlapping([(one.start, one.end) for one in right], [(one.start, one.end) for one in got])
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, at in sorted(candidates):
        if number not in pairs and at not in taken:
            pairs[number] = at
            taken.add(at)
    return pairs


def _agreement(one: NumberedEvent, other: NumberedEvent) -> int:
    return len(_cell(one, "who") & _cell(other, "who")) + one_holds_the_other(one.what, other.what)


def _count_main(counts: Counts, tag: str, right: NumberedEvent, got: NumberedEvent | None) -> None:
    """Is the main event in the tables at all, and is it the row's main event?"""
    main = got is not None and "main" in got.flags
    if "main" not in right.flags:
        if main:
            counts[MAIN].extra(tag, _shown(right))
        return
    counts[MAIN_IN_SOME_ROW].found += 1
    for measure, hit in ((MAIN_IN_SOME_ROW, got is not None), (MAIN, main)):
        counts[measure].gold += 1
        counts[measure].hits += hit
        if not hit:
            counts[measure].miss(tag, _shown(right))


def _count_pair(counts: Counts, tag: str, right: NumberedEvent, got: NumberedEvent) -> None:
    same = {name: _same(name, _cell(right, name), _cell(got, name)) for name in CELLS}
    for name, agree in same.items():
        wanted, found = _cell(right, name), _cell(got, name)
        count = counts[f"events: {name}"]
        count.gold += bool(wanted)
        count.found += bool(found)
        count.hits += agree and bool(wanted)
        if not agree:
            (count.miss if wanted else count.extra)(tag, (right.trigger, _words(wanted), "not", _words(found)))
    for name, wanted, found in (
        ("type", {right.type}, {got.type}),
        ("flags", set(right.flags) - {"main"}, set(got.flags) - {"main"}),
    ):
        count = counts[f"events: {name}"]
        count.gold += 1
        count.found += 1
        count.hits += wanted == found
        if wanted != found:
            count.miss(tag, (right.trigger, _words(wanted), "not", _words(found)))
    counts[ROW].hits += all(same[name] for name in IN_ROW)
    counts[WHOLE].hits += all(same.values())


def _cell(event: NumberedEvent, name: str) -> set[str]:
    """What a cell holds, as it is compared."""
    texts = [actor.text for actor in event.who] if name == "who" else getattr(event, name) or ()
    return {plain(text).strip("~、") for text in ((texts,) if isinstance(texts, str) else texts)} - {""}


def _same(name: str, right: set[str], got: set[str]) -> bool:
    if right == got or name == "when":
        return right == got
    if name == "what":
        return any(one_holds_the_other(one, other) for one in right for other in got)
    ends = (any(one.endswith(other) or other.endswith(one) for other in got) for one in right)
    return len(right) == len(got) and all(ends)


def _words(cell: set[str]) -> list[str]:
    return sorted(cell) or ["—"]


def _shown(event: NumberedEvent) -> tuple[Any, ...]:
    return event.trigger, [actor.text for actor in event.who], event.what
