"""What plots draw: the events of an Extraction with their names and days, counted as in the view's overview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from bulletinnlp.summaries.days import Days, days_of_article
from bulletinnlp.summaries.event_index import EventIndex, entities_of
from bulletinnlp.summaries.map_points import map_points
from bulletinnlp.tables.rows import grouped
from bulletinnlp.tables.schema import TABLES
from bulletinnlp.tables.table_set import rows_of

if TYPE_CHECKING:
    import pandas as pd

    from bulletinnlp.tables.rows import Row, Rows
    from bulletinnlp.tables.table_set import TableSet

Thing = TypeVar("Thing")


class Name(NamedTuple):
    """A name in an event; an entity goes by its own name, whatever the article calls it.

    `number` tells entities of one name apart, `label` is PER, ORG, PLACE or None, `point` the number of its point on
    the map.
    """

    text: str
    number: int
    label: str | None
    point: int | None


class PlotEvent(NamedTuple):
    """An event: `days` are the first and last, counted from 1970; None where the time says nothing of a day."""

    type: str | None
    happened: bool
    days: Days | None
    who: tuple[Name, ...]
    whom: tuple[Name, ...]
    where: tuple[Name, ...]


class PlotData:
    """The events of an Extraction; `events` are the rows of its table of events that count, None for all."""

    def __init__(self, extraction: TableSet, events: pd.DataFrame | None = None) -> None:
        used = ("pages", "articles", "times", "entities", "mentions", "arguments")
        tables = {name: extraction.tables[name] for name in used if name in extraction.tables}
        tables["events"] = (extraction.events if events is None else events)[list(TABLES["events"].names)]
        rows = rows_of(type(extraction)(tables))
        self._times = rows.get("times", [])
        self.published = [page["published"] for page in rows.get("pages", []) if page["published"]]
        self.homes = [page["home"] for page in rows.get("pages", []) if page.get("home")]
        entities = list(entities_of(rows))
        self.points, point_of = map_points(entities)
        self.events = list(_events(rows, entities, point_of))

    def article_days(self) -> list[list[Days]]:
        """The days that the times of each article denote."""
        return [days_of_article(rows) for rows in grouped(self._times, "article_id").values()]


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


def _events(rows: Rows, entities: list[Row], point_of: list[int | None]) -> Iterator[PlotEvent]:
    index = EventIndex({entity["entity_id"]: number for number, entity in enumerate(entities)})
    arguments = grouped(rows.get("arguments", []), "event_id")
    indexed = [index.add(event, arguments.get(event["event_id"], [])) for event in rows["events"]]
    names = []
    for number, (text, entity) in enumerate(index.names.things):
        own = entities[entity] if entity is not None else {"name": text, "label": None}
        names.append(Name(own["name"] or "", number, own["label"], point_of[entity] if entity is not None else None))
    for event in indexed:
        polarity, modality = index.states.things[event.state]
        happened = polarity != "negative" and (modality or "actual") == "actual"
        who, whom, where = (tuple(names[n] for n in party) for party in (event.who, event.whom, event.where))
        days = None if event.first is None or event.last is None else (event.first, event.last)
        yield PlotEvent(index.types.things[event.type], happened, days, who, whom, where)
