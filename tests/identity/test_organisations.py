"""Short and full names of bodies."""

import pytest

from bulletinnlp.data import table
from bulletinnlp.identity.organisations import Scope, abbreviates, scope

PAIRS = [(row[0], row[1]) for row in table("body_abbreviations")]


def test_the_rule_finds_the_usual_pairs() -> None:
    missed = [(short, full) for short, full in PAIRS if not abbreviates(short, full)]
    assert not missed
    by_rule = [row for row in table("body_abbreviations") if len(row) == 2]
    assert len(by_rule) >= 0.9 * len(PAIRS)  # not by the table alone


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("民政局", "财政局"),
        ("人民医院", "第二人民医院"),
        ("实验小学", "第一实验小学"),
        ("公安局", "公安局交警大队"),
        ("教育局", "教育考试中心"),
        ("农业局", "林业局"),
        ("宣传部", "组织部"),
        ("水务局", "税务局"),
        ("王庄小学", "李庄小学"),
        ("妇联", "残疾人联合会"),
        ("文联", "文学馆"),
        ("中心小学", "中心幼儿园"),
    ],
)
def test_different_bodies_stay_apart(short: str, full: str) -> None:
    assert not abbreviates(short, full)
    assert not abbreviates(full, short)


@pytest.mark.parametrize(
    ("name", "home", "code", "core"),
    [
        ("区市场监管局", "371502", "371502", "市场监管局"),
        ("东昌府区市场监管局", "371502", "371502", "市场监管局"),
        ("东昌府交警大队", "371502", "371502", "交警大队"),
        ("市医疗保障局", "371502", "3715", "医疗保障局"),
        ("市应急管理局", "610881", "610881", "应急管理局"),
        ("团区委", "371502", "371502", "团委"),
        ("中共隰县县委", "141031", "141031", "委"),
        ("道口铺街道党工委", "371502", "371502005", "党工委"),
        ("漱玉平民大药房有限公司", "371502", "", "漱玉平民大药房有限公司"),
    ],
)
def test_a_body_belongs_to_the_unit_that_its_name_says(name: str, home: str, code: str, core: str) -> None:
    assert scope(name, home)[:2] == Scope(code, core, True)[:2]
