"""Titles as cases: a marked-up sentence, and the rows it makes: person/title/unit, `-` for no unit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Read = Callable[..., Doc]

CASES = """
[L:仙庄村]党支部书记[P:孙乐文]带队 | 孙乐文/党支部书记/仙庄村
[R:该镇=斗虎屯镇]副镇长[P:李明]说 | 李明/副镇长/斗虎屯镇
[L:甲社区]党委委员、居委委员、[L:乙村]支部书记[P:孙某]说 | 孙某/党委委员/甲社区 孙某/居委委员/甲社区 孙某/支部书记/乙村
[O:县委]副书记、县长[P:靳玉琴]出席 | 靳玉琴/副书记/县委 靳玉琴/县长/-
[L:贺营镇]党委书记、镇长[P:甲某]出席 | 甲某/党委书记/贺营镇 甲某/镇长/贺营镇
[O:县委]常委、[O:县人武部]政委[P:权勇]到场 | 权勇/常委/县委 权勇/政委/县人武部
[O:区委]常委、副区长[P:李响]讲话 | 李响/常委/区委 李响/副区长/-
[O:城南派出所]民警[P:党卫民]、[P:屈婷]赶到 | 党卫民/民警/城南派出所 屈婷/民警/城南派出所
[O:县农业局]局长[P:王强]、副局长[P:李林]到场 | 王强/局长/县农业局 李林/副局长/县农业局
[O:县人大常委会]主任[P:求国权]，副主任[P:石岳]参加 | 求国权/主任/县人大常委会 石岳/副主任/县人大常委会
[O:市委]书记[P:秦保建]、市长[P:范文卿]出席 | 秦保建/书记/市委 范文卿/市长/-
[O:团县委]招募的大学生志愿者[P:卫冬冬]来了 | 卫冬冬/大学生志愿者/团县委
值班民警[P:屈铁柱]出发 | 屈铁柱/值班民警/-
95后网格员[P:苏敏]上门 | 苏敏/95后网格员/-
一位退休教师[P:季广文]捐书 | 季广文/退休教师/-
他把伞递给大堂经理[P:方正] | 方正/大堂经理/-
[P:于洪]、[P:苗青]等8名人大代表视察 | 于洪/人大代表/- 苗青/人大代表/-
听取[P:李某]总书记的报告 | 李某/总书记/-
17岁小将[P:王某]夺冠 | 王某/小将/-
驻站专家[P:屈海明]教授说 | 屈海明/驻站专家/- 屈海明/教授/-
第五代传人[P:敬登岐]登台 | 敬登岐/第五代传人/-
"""


@pytest.mark.parametrize("case", [line for line in CASES.splitlines() if line])
def test_titles(read: Read, case: str) -> None:
    body, wanted = case.split(" | ")
    found = [f"{role.person}/{role.title}/{role.organisation or '-'}" for role in read(body)._.roles]
    assert sorted(found) == sorted(wanted.split())


NONE = """
领着儿子[P:卫东]上山
67岁的[P:解文魁]不识字
召集[P:李明]座谈
产量增长，[P:李明]笑了
妻子[P:侯月英]在家
[P:孙乐文]是[L:仙庄村]的书记
"""


@pytest.mark.parametrize("body", [line for line in NONE.splitlines() if line])
def test_what_is_no_title(read: Read, body: str) -> None:
    assert read(body)._.roles == []


def test_offsets_are_those_of_the_title(read: Read) -> None:
    doc = read("[L:仙庄村]党支部书记[P:孙乐文]带队")
    role = doc._.roles[0]
    assert doc.text[role.start : role.end] == "党支部书记"
