"""Merging over the five seed pages, against a list made by reading.

`tests/gold/entities.csv`: one row for each name that an article prints; rows with the same `entity` mean the same one.
`titles`: what the article calls a person, `title@unit`, joined by `;`.
"""

import csv
from functools import cache
from itertools import combinations, groupby
from pathlib import Path

from linking import ids_of, linked

from bulletinnlp.identity.article_entities import EntityMention, article_entities
from bulletinnlp.identity.profile import profile_of
from bulletinnlp.places.locate import locate
from bulletinnlp.text.mentions import Mention

GOLD = Path(__file__).parents[1] / "gold/entities.csv"
HOME = "山东省聊城市东昌府区"
Row = dict[str, str]


def facts(rows: list[Row]) -> list[EntityMention]:
    """The rows of an article as the pipeline would give them."""
    named = [Mention(row["label"], row["text"], 100 * n, 100 * n + len(row["text"])) for n, row in enumerate(rows)]
    places = dict(zip(named, locate(named, HOME), strict=True))
    out = []
    for name, row in zip(named, rows, strict=True):
        at = places[name]
        titles = tuple(tuple(title.split("@")) for title in row["titles"].split(";") if title)
        out.append(EntityMention(name.label, name.name, at.adcode, at.exact, titles))  # type: ignore[arg-type]
    return out


@cache
def merged() -> list[tuple[Row, str]]:
    """Each row with the id that it gets in the end."""
    with GOLD.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    profiles = []
    out: list[tuple[Row, str]] = []
    for (page, article), group in groupby(rows, key=lambda row: (row["page"], row["article"])):
        some = list(group)
        found = article_entities(f"{page}#{article}", facts(some), HOME)
        profiles += map(profile_of, found)
        out += zip(some, ids_of(found), strict=True)
    final = linked(profiles)[1]
    return [(row, final.get(entity_id, entity_id)) for row, entity_id in out]


def test_merging_has_the_precision_and_recall_that_were_asked_for() -> None:
    right = wrong = missed = 0
    for (a, one), (b, other) in combinations(merged(), 2):
        same = a["entity"] == b["entity"] and a["label"] == b["label"]
        right += same and one == other
        wrong += not same and one == other
        missed += same and one != other
    assert right / (right + wrong) >= 0.97
    assert right / (right + missed) >= 0.85
