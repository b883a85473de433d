"""What plots count: the events with their names and days, as the view's overview has them (`report/facets.py`)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from bulletinnlp.plots.days import Days
from bulletinnlp.report.contents import entities_of
from bulletinnlp.report.facets import Facets, days_told, spots
from bulletinnlp.tables.frames import rows_of
from bulletinnlp.tables.schema import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from bulletinnlp.extraction import Extraction
    from bulletinnlp.tables.rows import Row

Thing = TypeVar("Thing")


class Name(NamedTuple):
    """A name in an event; an entity goes by its own name, whatever the article calls it.

    `number` tells entities of one name apart, `kind` is PER, ORG, PLACE or None, `spot` the number of its point.
    """

    text: str
    number: int
    kind: str | None
    spot: int | None


class Told(NamedTuple):
    """An event: `days` are the first and last, counted from 1970; None where the time says nothing of a day."""

    type: str | None
    happened: bool
    days: Days | None
    who: tuple[Name, ...]
    whom: tuple[Name, ...]
    where: tuple[Name, ...]


class Spot(NamedTuple):
    """A point of the map, the seat of a county or of a larger unit, by the adcode of the first place that is there."""

    name: str
    latitude: float
    longitude: float
    adcode: str | None


class Facts:
    """Of an Extraction; `events` are the rows of its table of events that count, None for all."""

    def __init__(self, found: Extraction, events: pd.DataFrame | None = None) -> None:
        used = ("pages", "articles", "times", "entities", "mentions", "arguments")
        tables = {name: found.tables[name] for name in used if name in found.tables}
        tables["events"] = (found.events if events is None else events)[list(TABLES["events"].names)]
        rows = rows_of(type(found)(tables))
        self._times = rows.get("times", [])
        self.published = [page["published"] for page in rows.get("pages", []) if page["published"]]
        self.homes = [page["home"] for page in rows.get("pages", []) if page.get("home")]
        entities = list(entities_of(rows))
        self.spots, spot_of = _spots(entities)
        self.events = list(_events(rows, entities, spot_of))

    def article_days(self) -> list[list[tuple[int, int]]]:
        """The days that the times of each article tell of, as first and last."""
        mine: dict[str, list[Row]] = defaultdict(list)
        for row in self._times:
            mine[row["article_id"]].append(row)
        return [[day if isinstance(day, tuple) else (day, day) for day in _told(rows)] for rows in mine.values()]


def ranked(things: Iterable[Thing]) -> list[tuple[Thing, int]]:
    """How often each comes, the most frequent first; what comes equally often stays in its order.

    >>> ranked(["区委", "县一中", "县一中"])
    [('县一中', 2), ('区委', 1)]
    """
    return Counter(things).most_common()


def short(name: str, most: int) -> str:
    """A name, cut where it is longer than `most` characters.

    >>> short("东昌府区教育和体育局", 6)
    '东昌府区教…'
    """
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _told(times: list[Row]) -> Iterator[tuple[int, int]]:
    for day in days_told(times):
        yield (day, day) if isinstance(day, int) else (day[0], day[1])


def _spots(entities: list[Row]) -> tuple[list[Spot], list[int | None]]:
    points, spot_of = spots(entities)
    adcodes: dict[int, str | None] = {}
    for entity, spot in zip(entities, spot_of, strict=True):
        if spot is not None:
            adcodes.setdefault(spot, entity.get("adcode"))
    return [
        Spot(name, latitude, longitude, adcodes[n]) for n, (name, latitude, longitude) in enumerate(points)
    ], spot_of


def _events(rows: dict[str, list[Row]], entities: list[Row], spot_of: list[int | None]) -> Iterator[Told]:
    facets = Facets({entity["entity_id"]: number for number, entity in enumerate(entities)})
    arguments: dict[str, list[Row]] = defaultdict(list)
    for argument in rows.get("arguments", []):
        arguments[argument["event_id"]].append(argument)
    small = [facets.event(event, arguments.get(event["event_id"], [])) for event in rows["events"]]
    names = []
    for number, (text, entity) in enumerate(facets.names.things):
        known = entities[entity] if entity is not None else {"name": text, "label": None}
        spot = spot_of[entity] if entity is not None else None
        names.append(Name(known["name"] or "", number, known["label"], spot))
    for kind, state, _, first, last, *parties in small:
        polarity, modality = facets.states.things[state]
        happened = polarity != "negative" and (modality or "actual") == "actual"
        who, whom, where = (tuple(names[number] for number in party) for party in parties)
        days = None if first is None else (first, last)
        yield Told(facets.types.things[kind], happened, days, who, whom, where)
