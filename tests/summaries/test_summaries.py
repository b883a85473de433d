"""What the view and the plots count: days, names in events, points on a map."""

import pytest

from bulletinnlp.summaries.days import days_of, days_of_article
from bulletinnlp.summaries.event_index import EventIndex
from bulletinnlp.summaries.map_points import map_points

#: begin, until → first and last day from 1970, None where the time says nothing of a day.
SPANS = [
    ("2022-11-27T00:00:00", "2022-11-28T00:00:00", (19323, 19323)),  # 11月27日
    ("2022-11-27T20:00:00", "2022-11-28T06:00:00", (19323, 19324)),  # 11月27日夜间
    ("2022-11-13T00:00:00", "2022-11-16T00:00:00", (19309, 19311)),  # 11月13日至15日
    ("2022-10-01T00:00:00", "2022-11-01T00:00:00", (19266, 19296)),  # 10月
    ("2022-01-01T00:00:00", "2023-01-01T00:00:00", None),  # 2022年
    ("2022-10-29T00:00:00", None, None),  # 10月29日以来
    (None, None, None),  # 近日
]


@pytest.mark.parametrize(("begin", "until", "days"), SPANS)
def test_days(begin: str | None, until: str | None, days: tuple[int, int] | None) -> None:
    assert days_of(begin, until) == days
    assert days_of_article([{"begin": begin, "until": until}] * 2) == ([] if days is None else [days])


def event(**cells: object) -> dict:
    return {"type": "visit", "polarity": "positive", "modality": "actual", "main": False, "named": True,
            "who": [], "whom": [], "where": [], **cells}  # fmt: skip


def argument(role: str, text: str, entity: str | None = None, named: bool = True) -> dict:
    return {"role": role, "text": text, "entity_id": entity, "named": named}


def test_names_in_events() -> None:
    """An entity goes by its number, whatever it is called; an actor without a name is none."""
    index = EventIndex({"e1": 7})
    arguments = [argument("who", "区公安局", "e1"), argument("who", "民警", named=False), argument("whom", "同创社区")]
    assert index.add(event(main=True), arguments) == (0, 0, 3, None, None, [0], [1], [])
    assert index.add(event(), [argument("who", "公安局", "e1"), argument("who", "区局", "e1")])[5] == [0]
    assert index.add(event(who=["古楼街道"], where=["香江市场"]), [])[5:] == ([2], [], [3])  # no table of arguments
    assert index.add(event(who=["群众"], named=False), [])[5] == []
    assert index.lists()["names"] == [(None, 7), ("同创社区", None), ("古楼街道", None), ("香江市场", None)]


def test_a_point_on_the_map_is_a_county() -> None:
    here = {"label": "PLACE", "latitude": 36.43, "longitude": 115.99}
    rows = [
        {**here, "name": "柳园街道", "adcode": "371502002"},
        {**here, "name": "古楼街道", "adcode": "371502001"},
        {**here, "name": "聊城", "adcode": "371500", "latitude": 36.45},
        {**here, "name": "区委", "label": "ORG", "adcode": "371502"},
        {"label": "PLACE", "name": "香江市场", "adcode": None, "latitude": None, "longitude": None},
        {**here, "name": "某处", "adcode": None, "latitude": 1.0},
    ]
    points, of = map_points(rows)
    assert [point.name for point in points] == ["东昌府区", "聊城市", "某处"]
    assert of == [0, 0, 1, None, None, 2]
