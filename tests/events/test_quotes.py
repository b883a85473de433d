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
[P:赵大山]说，“路修好了”。 | 赵大山:路修好了
[P:陈志刚]说，“水渠修好了”，随后下了田。 | 陈志刚:水渠修好了
[P:赵大山]说：‘路修好了，心里亮堂。’ | 赵大山:路修好了，心里亮堂。
“快走！”“水来了！”村民们喊道。 | 村民们:快走！ 村民们:水来了！
记者问：“收成怎么样？”“好着呢！”[P:赵大山]答道。 | 记者:收成怎么样？ 赵大山:好着呢！
“大爷，药吃了吗？”村医[P:曾小雨]问。“吃了，吃了。”老人点点头。 | 曾小雨:大爷，药吃了吗？ 老人:吃了，吃了。
[P:孙伟]说：“先把沟挖通。”“泵我来抬。”[P:郑海涛]接着说。 | 孙伟:先把沟挖通。 郑海涛:泵我来抬。
“加油！”在[P:李明]的带领下，队员们齐声喊道。 | 队员们:加油！
[P:周强]一边示范，一边对社员[P:孙亮]说：“手要稳。” | 周强:手要稳。
[P:龙飞]叮嘱工地负责人[P:高明]：“安全帽一刻也不能摘。” | 龙飞:安全帽一刻也不能摘。
“喂，我家停电了。”值班员[P:田野]接到村民的电话。“马上去。”[P:田野]说。 | 村民:喂，我家停电了。 田野:马上去。
居民[P:李慧]在感谢信中写道：“感谢街道的同志们。” | 李慧:感谢街道的同志们。
“多亏了工作队。”一位村民告诉记者。 | 一位村民:多亏了工作队。
"""


@pytest.mark.parametrize("case", [line for line in CASES.splitlines() if line])
def test_quotations(read: Read, case: str) -> None:
    body, wanted = case.split(" | ")
    found = [f"{quote.speaker or '-'}:{quote.text}" for quote in read(body)._.quotes]
    assert found == wanted.split()


PRINTED = """
“有事就找我们。”[O:区税务局]相关负责人表示。 | 区税务局: 区税务局相关负责人
[P:郭宝江]来了。“坐稳。”老乡[P:老郭]说。 | 郭宝江: 老郭
“今年收成真不错。”村民们说。 | 村民们: 村民们
“今年收成真不错。” | None: None
"""


@pytest.mark.parametrize("case", [line for line in PRINTED.splitlines() if line])
def test_the_words_that_are_printed_for_a_speaker(read: Read, case: str) -> None:
    body, wanted = case.split(" | ")
    assert [f"{quote.speaker}: {quote.speaker_text}" for quote in read(body)._.quotes] == [wanted]


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
这里叫‘柳园’，也叫‘梨园’
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
