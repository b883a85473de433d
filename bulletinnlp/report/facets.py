"""What the overview counts: events with their actors and days, offices, places on a map, problems.

Names and places are numbered, so that an event is a few small numbers; the view counts them anew for every filter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from bulletinnlp.places.divisions import divisions
from bulletinnlp.tables.rows import Row

#: Longer intervals (近年来, 2022) say nothing about the day of what is told.
LONGEST_DAYS = 31
#: Days are counted from here.
EPOCH = date(1970, 1, 1).toordinal()
#: Digits of the adcode of a county: what is smaller stands on the map where its county does.
COUNTY = 6


class Numbers:
    """Things by the number of their first coming.

    >>> numbers = Numbers()
    >>> [numbers[name] for name in ("区委", "柳园街道", "区委")], numbers.things
    ([0, 1, 0], ['区委', '柳园街道'])
    """

    def __init__(self) -> None:
        self._of: dict[Any, int] = {}

    def __getitem__(self, thing: Any) -> int:
        return self._of.setdefault(thing, len(self._of))

    @property
    def things(self) -> list[Any]:
        return list(self._of)


class Facets:
    """Events and offices as small rows over lists of names, types and states.

    `number_of` gives an entity's number by its id.
    """

    def __init__(self, number_of: dict[str, int]) -> None:
        self.number_of = number_of
        self.names, self.types, self.states = Numbers(), Numbers(), Numbers()

    def event(self, event: Row, arguments: list[Row]) -> list[Any]:
        """Type, state, 1 if main + 2 if named, first and last day, and the names in who, whom and where."""
        days = span(event.get("begin"), event.get("until"))
        flags = bool(event["main"]) + 2 * bool(event.get("named"))
        state = self.states[(event["polarity"], event["modality"])]
        parties = [self._parties(event, arguments, role) for role in ("who", "whom", "where")]
        return [self.types[event["type"]], state, flags, *(days or (None, None)), *parties]

    def lists(self) -> dict[str, Any]:
        """What the numbers of events stand for: names as [name, entity]; types; [polarity, modality]."""
        return {"names": self.names.things, "types": self.types.things, "states": self.states.things}

    def places(self, events: Iterable[list[Any]]) -> set[int]:
        """The entities where such events are."""
        names = self.names.things
        return {names[name][1] for *_, where in events for name in where if names[name][1] is not None}

    def _parties(self, event: Row, arguments: list[Row], role: str) -> list[int]:
        """The names in a role, once each; where there are no arguments, those of the event's own cell."""
        mine = [a for a in arguments if a["role"] == role]
        if not mine and (role != "who" or event.get("named")):
            return list(dict.fromkeys(self.names[(text, None)] for text in event[role] or []))
        named = (self._name(a) for a in mine if a.get("named") is not False)
        return list(dict.fromkeys(self.names[name] for name in named))

    def _name(self, argument: Row) -> tuple[str | None, int | None]:
        """An entity goes by its own name, whatever the article calls it."""
        entity = self.number_of.get(argument["entity_id"])
        return (argument["text"], None) if entity is None else (None, entity)


def offices(roles: Iterable[Row]) -> list[list[Any]]:
    """Person, title and body of each row of `roles`."""
    return [[row["person"], row["title"], row["organisation"]] for row in roles]


def spots(entities: Iterable[Row]) -> tuple[list[list[Any]], list[int | None]]:
    """The points of a map as [name, latitude, longitude], and the point of each entity.

    A point goes by the name of the county; towns and villages stand where their county does.

    >>> at = {"latitude": 36.4347, "longitude": 115.9883}
    >>> spots([{"name": "柳园街道", "label": "PLACE", "adcode": "371502002", **at}, {"name": "孙乐文", "label": "PER"}])
    ([['东昌府区', 36.4347, 115.9883]], [0, None])
    """
    numbers = Numbers()
    named: dict[int, str] = {}
    mine: list[int | None] = []
    for entity in entities:
        at = (entity.get("latitude"), entity.get("longitude"))
        if entity["label"] != "PLACE" or None in at:
            mine.append(None)
            continue
        number = numbers[at]
        named.setdefault(number, county_name(entity.get("adcode")) or entity["name"])
        mine.append(number)
    return [[named[number], *at] for number, at in enumerate(numbers.things)], mine


def county_name(adcode: str | None) -> str | None:
    """The name of the county of a code, or of the larger unit that the code is of; None for codes of no unit.

    >>> county_name("371502002"), county_name("370000"), county_name("999999")
    ('东昌府区', '山东省', None)
    """
    unit = divisions().get(adcode[:COUNTY]) if adcode else None
    return unit.name if unit else None


def days_told(times: Iterable[Row]) -> Iterator[int | list[int]]:
    """The days on which the times of an article say that something was: a day, or the first and the last of some."""
    for first, last in sorted({days for row in times if (days := span(row["begin"], row["until"]))}):
        yield first if first == last else [first, last]


def span(begin: str | None, until: str | None) -> tuple[int, int] | None:
    """First and last day of an interval, counted from 1970; None where it is open, or too long to tell of a day.

    >>> span("2022-11-27T18:00:00", "2022-11-28T00:00:00")
    (19323, 19323)
    """
    if not begin or not until:
        return None
    first, end = datetime.fromisoformat(begin), datetime.fromisoformat(until)
    if (end - first).days > LONGEST_DAYS:
        return None
    return first.toordinal() - EPOCH, _last_day(first, end).toordinal() - EPOCH


def _last_day(begin: datetime, until: datetime) -> date:
    """The day of the last moment before `until`."""
    return max(begin, until - (until - datetime.min).resolution).date()
