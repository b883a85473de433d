"""What the overview counts, as values; how it looks is tested in a browser."""

from collections import Counter

import pytest

import bulletinnlp
from bulletinnlp.report.contents import Contents
from bulletinnlp.report.facets import Facets, days_told, span, spots
from bulletinnlp.report.writing import data_block
from bulletinnlp.tables.frames import rows_of

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
    assert span(begin, until) == days
    told = list(days_told([{"begin": begin, "until": until}] * 2))
    assert told == ([] if days is None else [days[0] if days[0] == days[1] else list(days)])


def event(**cells: object) -> dict:
    return {"type": "visit", "polarity": "positive", "modality": "actual", "main": False, "named": True,
            "who": [], "whom": [], "where": [], **cells}  # fmt: skip


def argument(role: str, text: str, entity: str | None = None, named: bool = True) -> dict:
    return {"role": role, "text": text, "entity_id": entity, "named": named}


def test_names_in_events() -> None:
    """An entity goes by its number, whatever it is called; an actor without a name is none."""
    facets = Facets({"e1": 7})
    arguments = [argument("who", "区公安局", "e1"), argument("who", "民警", named=False), argument("whom", "同创社区")]
    assert facets.event(event(main=True), arguments) == [0, 0, 3, None, None, [0], [1], []]
    assert facets.event(event(), [argument("who", "公安局", "e1"), argument("who", "区局", "e1")])[5] == [0]
    assert facets.event(event(who=["古楼街道"], where=["香江市场"]), [])[5:] == [[2], [], [3]]  # no table of arguments
    assert facets.event(event(who=["群众"], named=False), [])[5] == []
    assert facets.lists()["names"] == [(None, 7), ("同创社区", None), ("古楼街道", None), ("香江市场", None)]


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
    points, of = spots(rows)
    assert [name for name, _, _ in points] == ["东昌府区", "聊城市", "某处"]
    assert of == [0, 0, 1, None, None, 2]


def test_the_index_counts_what_the_tables_hold(seeds: bulletinnlp.Extraction) -> None:
    rows = rows_of(seeds)
    index = Contents(rows).index()
    articles = [dict(zip(index["columns"]["index"], row, strict=True)) for row in index["articles"]]
    events = [row for article in articles for row in article["events"]]
    assert len(events) == len(rows["events"])
    assert [index["types"][kind] for kind, *_ in events] == [row["type"] for row in rows["events"]]
    assert sum(len(article["roles"]) for article in articles) == len(rows["roles"])
    assert len(index["problems"]) == len(rows["problems"])
    names = [index["entities"][n][1] if n is not None else text for text, n in index["names"]]
    shown = Counter(names[n] for *_, who, _, _ in events for n in who)
    entities = {row["entity_id"]: row["name"] for row in rows["entities"]}
    named = {(a["event_id"], entities.get(a["entity_id"], a["text"])) for a in rows["arguments"]
             if a["role"] == "who" and a["named"]}  # fmt: skip
    assert shown == Counter(name for _, name in named)


def test_a_thousand_articles_stay_small(seeds: bulletinnlp.Extraction) -> None:
    """An article takes 6,000 bytes of the file at most, its text, rows and share of the index together."""
    contents = Contents(seeds)
    parts = [contents.index(), *contents.texts(), *contents.chunks()]
    assert sum(len(data_block("part", part).encode()) for part in parts) < 6_000 * len(seeds.articles)


def test_what_the_page_says_is_not_said_twice(seeds: bulletinnlp.Extraction) -> None:
    """Of a thousand sentences, hardly one is written beside the text that holds it."""
    contents = Contents(seeds)
    place = contents.index()["columns"]["events"].index("sentence")
    sentences = [row[place] for page in contents.chunks() for article in page for row in article.get("events", [])]
    assert sum(sentence == 0 for sentence in sentences) > 0.95 * len(sentences)
