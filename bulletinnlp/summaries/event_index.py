"""Events as a few small numbers over lists of names, types and states, so that they are quickly counted anew.

An entity goes by its own name, whatever the article calls it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from bulletinnlp.summaries.days import days_of
from bulletinnlp.tables.rows import Row, Rows


class Numbering:
    """Things, numbered in the order in which they come first.

    >>> names = Numbering()
    >>> [names[name] for name in ("区委", "柳园街道", "区委")], names.things
    ([0, 1, 0], ['区委', '柳园街道'])
    """

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}

    def __getitem__(self, thing: Any) -> int:
        return self._numbers.setdefault(thing, len(self._numbers))

    @property
    def things(self) -> list[Any]:
        return list(self._numbers)


class IndexedEvent(NamedTuple):
    """An event: numbers of its type, its state and of the names in who, whom and where; its first and last day.

    `flags` is 1 if it is a main event, plus 2 if its actors have names.
    """

    type: int
    state: int
    flags: int
    first: int | None
    last: int | None
    who: list[int]
    whom: list[int]
    where: list[int]


class EventIndex:
    """The names, types and states of events; `number_of` gives an entity's number by its id.

    A name is a pair: its text and None, or for an entity None and its number. A state is polarity and modality.
    """

    def __init__(self, number_of: dict[str, int]) -> None:
        self.number_of = number_of
        self.names, self.types, self.states = Numbering(), Numbering(), Numbering()

    def add(self, event: Row, arguments: list[Row]) -> IndexedEvent:
        """The numbers of an event; new names, types and states are numbered."""
        days = days_of(event.get("begin"), event.get("until"))
        flags = bool(event["main"]) + 2 * bool(event.get("named"))
        state = self.states[(event["polarity"], event["modality"])]
        parties = [self._parties(event, arguments, role) for role in ("who", "whom", "where")]
        return IndexedEvent(self.types[event["type"]], state, flags, *(days or (None, None)), *parties)

    def lists(self) -> dict[str, Any]:
        """What the numbers of events stand for."""
        return {"names": self.names.things, "types": self.types.things, "states": self.states.things}

    def places(self, events: Iterable[IndexedEvent]) -> set[int]:
        """The numbers of the entities where such events are."""
        names = self.names.things
        return {names[name][1] for event in events for name in event.where if names[name][1] is not None}

    def _parties(self, event: Row, arguments: list[Row], role: str) -> list[int]:
        """The names in a role, once each; where there are no arguments, those of the event's own cell."""
        own = [argument for argument in arguments if argument["role"] == role]
        if not own and (role != "who" or event.get("named")):
            return list(dict.fromkeys(self.names[(text, None)] for text in event[role] or []))
        named = (self._name(argument) for argument in own if argument.get("named") is not False)
        return list(dict.fromkeys(self.names[name] for name in named))

    def _name(self, argument: Row) -> tuple[str | None, int | None]:
        entity = self.number_of.get(argument["entity_id"])
        return (argument["text"], None) if entity is None else (None, entity)


def entities_of(rows: Rows) -> Iterator[Row]:
    """The entities, those of most articles first; made of the mentions where there is no table of entities."""
    if table := rows.get("entities"):
        yield from sorted(table, key=lambda row: (-(row["articles"] or 0), row["name"] or ""))
        return
    entities: dict[str, Row] = {}
    for mention in rows.get("mentions", []):
        entity_id = mention["entity_id"]
        if entity_id and entity_id not in entities:
            entities[entity_id] = {"entity_id": entity_id, "label": mention["label"], "name": mention["text"],
                                   "aliases": [], "region": None}  # fmt: skip
    yield from entities.values()
