"""Nothing raises, and no text takes longer than its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletinnlp.times import find

CHARACTERS = (
    "0123456789０１２零〇一二两三四五六七八九十百千万廿几数半多余来个第每隔逢年月日号天时点分秒刻周季旬初底末前后起"
    "至到—-~、，。；：:./（）()“” \n"
)
WORDS = (
    "星期 小时 分钟 世纪 年代 上午 晚 凌晨 今年 去年 本月 上周 昨天 当天 次日 同期 春节 清明 五一 十一 假期 "
    "期间 以来 至今 农历 正月 腊月 初八 闰 大年 民国 光绪 "
    "公元前 “十四五” 改革开放 近日 目前 近 未来 季度 上半年 冬 天天 工作日"
)
PIECES = st.sampled_from([*CHARACTERS, *WORDS.split()])
TEXTS = st.lists(PIECES, max_size=40).map("".join)
ISSUES = st.sampled_from(
    [None, "2022", "2022-11", "2022-11-29", "2024-02-29", "1999-12-31", "0001-01-01", "9999-12-31"]
)


def check(text: str, published: str | None) -> None:
    last = 0
    for found in find(text, published):
        assert text[found.start : found.end] == found.text
        assert last <= found.start < found.end <= len(text)
        assert found.value is None or found.value
        last = found.end


@settings(max_examples=150)
@given(TEXTS, ISSUES)
def test_no_text_raises(text: str, published: str | None) -> None:
    check(text, published)


@pytest.mark.slow
@settings(max_examples=100_000)
@given(TEXTS, ISSUES)
def test_no_text_raises_at_length(text: str, published: str | None) -> None:
    check(text, published)


@settings(max_examples=100)
@given(st.text(max_size=60), ISSUES)
def test_no_unicode_raises(text: str, published: str | None) -> None:
    check(text, published)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "一",
        "年",
        "11月25日",
        "每天",
        "、",
        "1、",
        "至",
        "1至",
        "（",
        "“",
        "初",
        "零",
        "五一",
        "3月3日至",
        "每周一、",
        "近3",
        "第",
        " 1",
        "逢五",
        "2月30日，",
        "1、2日开",
        "下午/上午",
        "上午收、下午开、",
        "今天他们在田里干活然后",
    ],
)
def test_time_grows_with_the_text_only(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * (count // len(unit))
        best = float("inf")
        for _ in range(2):
            begin = time.process_time()
            find(text, "2022-11-29")
            best = min(best, time.process_time() - begin)
        return best

    find(unit, "2022-11-29")
    small, large = seconds(1_500), seconds(12_000)
    assert large < 0.1 or large < 24 * small
