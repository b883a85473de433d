"""Quotations as cases: a marked-up text, and speaker:quotation for each, `-` for nobody."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from bulletinnlp.events.marks import pair_marks
from bulletinnlp.events.quotes import find_quotes

Read = Callable[..., Doc]

CASES = """
[P:马上]说：“今年收成真不错。” | 马上:今年收成真不错。
“今年收成真不错。”[P:马上]说。 | 马上:今年收成真不错。
“今年收成真不错，”[P:马上]说，“明年还种。” | 马上:今年收成真不错， 马上:明年还种。
[O:县农业局]局长[P:李林]介绍，“种子钱由县财政补贴六成”。 | 李林:种子钱由县财政补贴六成
“叔，叫我‘老张’就行。”[P:马上]笑着说。 | 马上:叔，叫我‘老张’就行。
[P:马上]告诉记者:"今年收成真不错。" | 马上:今年收成真不错。
「今年收成真不错。」[P:马上]说。 | 马上:今年收成真不错。
“大家都要戴好口罩！”党员志愿者们提醒道。 | 党员志愿者们:大家都要戴好口罩！
“有事就找我们。”[O:区税务局]相关负责人表示。 | 区税务局:有事就找我们。
[P:马上]说：“今年收成真不错。 | 马上:今年收成真不错。
"""


@pytest.mark.parametrize("case", [line for line in CASES.splitlines() if line])
def test_quotations(read: Read, case: str) -> None:
    body, wanted = case.split(" | ")
    found = [f"{quote.speaker or '-'}:{quote.text}" for quote in read(body)._.quotes]
    assert found == wanted.split()


def test_a_quotation_over_paragraphs_is_one(read: Read) -> None:
    doc = read("[P:马上]说：“今年收成真不错。\n“明年再种五十亩。”大家都笑了。")
    assert [quote.text for quote in doc._.quotes] == ["今年收成真不错。“明年再种五十亩。"]


NONE = """
活动以“梨花海里话振兴”为主题
志愿者化身“多面手”
[L:古楼街道]“女子工作组”活跃在小区
推行“一格一员”模式
荣获“全国文明村”称号
横幅上写着“热烈欢迎”四个大字
"""


@pytest.mark.parametrize("body", [line for line in NONE.splitlines() if line])
def test_names_and_slogans_are_no_quotations(read: Read, body: str) -> None:
    assert read(body)._.quotes == []


@given(st.text(alphabet='“”"‘’「」说。，：甲乙\n', max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_marks(text: str) -> None:
    for pair in pair_marks(text):
        assert 0 <= pair.start <= pair.end <= len(text)
        assert pair.depth >= 1
    quotes = find_quotes(text, [])
    assert all(text[q.start : q.end].replace("\n", "") == q.text for q in quotes)
    assert all(a.end <= b.start for a, b in pairwise(quotes))


@pytest.mark.parametrize("marks", ["“", "”", '"', "“”", "““”", "他说：“好。", "“今年收成不错。”"])
def test_time_grows_with_the_text(marks: str) -> None:
    def seconds(count: int) -> float:
        text = marks * count
        began = time.process_time()
        find_quotes(text, [])
        return time.process_time() - began

    seconds(50)
    small, large = seconds(500), seconds(4000)
    assert large < 24 * max(small, 0.02)
