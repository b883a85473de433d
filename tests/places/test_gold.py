"""The PLACE mentions of the five seed pages, annotated by reading, against the resolution of places.

`tests/gold/places.csv`: `held` says whether the divisions hold the unit that the mention names; `adcode` is that unit's
code, else the code of the unit in which the place lies, as far as the page tells.
"""

import csv
from functools import cache
from itertools import groupby
from pathlib import Path

from bulletinnlp.places.divisions import divisions, unpadded
from bulletinnlp.places.locate import locate
from bulletinnlp.text.mentions import Mention

ROOT = Path(__file__).parents[2]
HOME = "山东省聊城市东昌府区"


@cache
def outcomes() -> list[tuple[dict[str, str], str | None, bool]]:
    """Each row with the code that it gets and whether that is said to be exact."""
    with (ROOT / "tests/gold/places.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    out = []
    for (page, _), group in groupby(rows, key=lambda row: (row["page"], row["article"])):
        text = (ROOT / "seeds" / f"{page}.txt").read_bytes().decode("utf-8")
        article = list(group)
        names = [Mention("PLACE", row["text"], int(row["start"]), int(row["end"])) for row in article]
        assert all("".join(text[n.start : n.end].split()) == n.name for n in names)
        out += [(row, place.adcode, place.exact) for row, place in zip(article, locate(names, HOME, text), strict=True)]
    return out


def test_units_that_the_divisions_hold_get_their_code() -> None:
    held = [(row["text"], code) for row, code, _ in outcomes() if row["held"] == "yes" and code != row["adcode"]]
    assert len(held) <= 0.03 * sum(row["held"] == "yes" for row, _, _ in outcomes()), held


def test_no_other_place_gets_a_wrong_code() -> None:
    wrong = [
        (row["text"], code)
        for row, code, _ in outcomes()
        if row["held"] == "no" and code and not row["adcode"].startswith(unpadded(code))
    ]
    assert not wrong


def test_places_that_the_divisions_lack_are_marked() -> None:
    assert not [row["text"] for row, code, exact in outcomes() if row["held"] == "no" and code and exact]


def test_the_table_holds_every_annotated_code() -> None:
    assert all(row["adcode"] in divisions() for row, _, _ in outcomes())
