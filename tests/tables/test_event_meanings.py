"""The types of events are explained, and as the annotation guidelines explain them."""

from folders import GOLD

import bulletinnlp
from bulletinnlp import annotations
from bulletinnlp.tables.schema import EVENT_TYPES


def test_the_types_are_those_of_the_guidelines() -> None:
    text = (GOLD / "events" / "EVENTS.md").read_text("utf-8")
    lines = text.partition("## 5. The types")[2].partition("## 6.")[0].splitlines()
    told = dict(line.strip("| ").split(" | ") for line in lines if line.startswith("|"))
    assert list(told)[2:] == list(EVENT_TYPES) == list(annotations.EVENT_TYPES)
    assert list(told.values())[2:] == [kind.meaning for kind in EVENT_TYPES.values()]


def test_the_examples_are_read_as_events_of_their_type() -> None:
    """Most of them: the network is not asked to be perfect."""
    nlp = bulletinnlp.load(published="2022-11-29")
    kinds = EVENT_TYPES.values()
    right = [kind.name for kind in kinds if kind.name in {event.type for event in nlp(kind.example)._.events}]
    assert len(right) >= len(kinds) - 3
