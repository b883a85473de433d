"""A user's names: aliases are one entity, and a code is the adcode of whatever bears the name."""

from __future__ import annotations

from pathlib import Path

import pytest

import bulletinnlp
from bulletinnlp.extraction import Extraction
from bulletinnlp.models.gazetteer import patterns

NAMES = """# ours
PER\t孙乐文\t孙大胡子
ORG\t东昌府区教育和体育局\t区教体局； 教体局\t371502
PLACE\t凤凰台\t\t371502005
PLACE\t聊城市\t水城
"""
TEXT = (
    "东昌府讯 11月27日，区教体局在凤凰台举行线上教研活动。区教体局局长孙大胡子说，教体局会办好。"
    "孙乐文与东昌府区教育和体育局同事在场。水城聊城市下雨了。"
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Extraction:
    mine = tmp_path_factory.mktemp("gazetteer") / "names.tsv"
    mine.write_text(NAMES, encoding="utf-8")
    return bulletinnlp.extract(texts=[TEXT], published="2022-11", model=f"embedded+gazetteer:{mine}")


def test_aliases_are_one_entity(found: Extraction) -> None:
    entities = {row["name"]: set(row["aliases"]) for row in found.entities.to_dict("records")}
    assert entities["东昌府区教育和体育局"] == {"区教体局", "教体局"}
    assert entities["孙乐文"] == {"孙大胡子"}
    assert entities["聊城市"] == {"水城"}


def test_the_code_is_the_adcode(found: Extraction) -> None:
    told = {row["text"]: (row["adcode"], row["exact"]) for row in found.mentions.to_dict("records")}
    assert told["教体局"] == ("371502", False)
    assert told["凤凰台"] == ("371502005", False)
    assert told["水城"] == ("371500", True)  # found by the name that it stands for
    assert found.mentions.set_index("text").region["凤凰台"] == "山东省聊城市东昌府区道口铺街道"


def test_mentions_say_what_they_stand_for(found: Extraction) -> None:
    known = dict(zip(found.mentions.text, found.mentions.known_as, strict=True))
    assert known["区教体局"] == "东昌府区教育和体育局"
    assert known["孙大胡子"] == known["孙乐文"] == "孙乐文"


def test_other_tables_know_the_entity(found: Extraction) -> None:
    ids = found.entities.set_index("name").entity_id
    role = found.roles.iloc[0]
    assert (role.person_id, role.organisation_id) == (ids["孙乐文"], ids["东昌府区教育和体育局"])
    held = found.arguments[(found.arguments.role == "who") & (found.arguments.text == "区教体局")]
    assert set(held.entity_id) == {ids["东昌府区教育和体育局"]}


def test_columns_in_another_order(tmp_path: Path) -> None:
    mine = tmp_path / "names.csv"
    mine.write_text("name,label,adcode\n凤凰台,PLACE,371502005\n", encoding="utf-8-sig")
    assert patterns(mine) == [{"label": "PLACE", "pattern": "凤凰台", "id": "凤凰台\t371502005"}]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("PLACE\t凤凰台\t\t999999", "line 1: no division of 2023 has the code 999999"),
        ("PLACE\t凤凰台\t\t东昌府区", "line 1: no division of 2023 has the code 东昌府区"),
        ("PER\t孙乐文\t\t371502", "line 1: a person has no adcode"),
        ("PLACE\t凤凰台\t台\t371502\t5", "line 1: expected PER, ORG or PLACE"),
        ("ORG\t区教体局\t局\nORG\t区住建局\t局", "line 2: 局 stands for 区教体局 already"),
        (
            "label\tname\tcode\nPER\t孙乐文\t1",
            "line 1: there is no column code; choose from label, name,",
        ),
    ],
)
def test_wrong_lines_are_named(tmp_path: Path, line: str, told: str) -> None:
    mine = tmp_path / "names.tsv"
    mine.write_text(line, encoding="utf-8")
    with pytest.raises(ValueError, match="gazetteer") as caught:
        patterns(mine)
    assert told in str(caught.value)
