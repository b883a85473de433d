"""`begin` and `until`: the interval of every value that has one, usable in pandas."""

from __future__ import annotations

import pandas as pd
import pytest

from bulletinnlp.times import find, normalise

INTERVALS = [
    ("11月25日", "2022-11-25T00:00:00", "2022-11-26T00:00:00", "day"),
    ("11月", "2022-11-01T00:00:00", "2022-12-01T00:00:00", "month"),
    ("去年", "2021-01-01T00:00:00", "2022-01-01T00:00:00", "year"),
    ("三季度", "2022-07-01T00:00:00", "2022-10-01T00:00:00", "quarter"),
    ("下半年", "2022-07-01T00:00:00", "2023-01-01T00:00:00", "half"),
    ("1937年冬", "1937-12-01T00:00:00", "1938-03-01T00:00:00", "season"),
    ("上周", "2022-11-21T00:00:00", "2022-11-28T00:00:00", "week"),
    ("上周末", "2022-11-26T00:00:00", "2022-11-28T00:00:00", "weekend"),
    ("上世纪九十年代", "1990-01-01T00:00:00", "2000-01-01T00:00:00", "decade"),
    ("19世纪", "1800-01-01T00:00:00", "1900-01-01T00:00:00", "century"),
    ("11月25日上午9时", "2022-11-25T09:00:00", "2022-11-25T10:00:00", "hour"),
    ("11月25日9时05分", "2022-11-25T09:05:00", "2022-11-25T09:06:00", "minute"),
    ("11月25日晚", "2022-11-25T18:00:00", "2022-11-26T00:00:00", "part"),
    ("11月25日凌晨", "2022-11-25T00:00:00", "2022-11-25T06:00:00", "part"),
    ("11月13日至15日", "2022-11-13T00:00:00", "2022-11-16T00:00:00", "day"),
    ("11月17日以来", "2022-11-17T00:00:00", None, "day"),
    ("11月20日0—24时", "2022-11-20T00:00:00", "2022-11-21T00:00:00", "hour"),
    ("明洪武五年", "1372-01-01T00:00:00", "1373-01-01T00:00:00", "year"),
    ("公元前221年", None, None, "year"),
    ("近日", None, None, None),
    ("三天", None, None, "day"),
    ("每天", None, None, "day"),
    ("晚上8点", None, None, "hour"),
]


@pytest.mark.parametrize(("text", "begin", "until", "grain"), INTERVALS)
def test_interval(text: str, begin: str | None, until: str | None, grain: str | None) -> None:
    time = normalise(text, "2022-11-29")
    assert time is not None
    assert (time.begin, time.until, time.grain) == (begin, until, grain)


def test_unknown_days_have_no_interval() -> None:
    time = normalise("今天", "2022-11")
    assert time is not None
    assert (time.value, time.begin, time.until) == ("2022-11-XX", None, None)


def test_anchors() -> None:
    text = "2021年10月1日，会议召开。当天，昨天，近日"
    assert [t.anchor for t in find(text, "2022-11-29")] == ["explicit", "context", "published", "vague"]
    assert [t.anchor for t in find("2021年，他在农历六月初一返乡。", "2022-11-29")] == ["explicit", "context"]


def test_timestamps_compare_in_pandas() -> None:
    frame = pd.DataFrame(find("11月12日，11月13日，11月14日晚8时，近日", "2022-11-29"))
    frame["begin"] = pd.to_datetime(frame["begin"], format="ISO8601")
    assert frame[frame.begin >= "2022-11-13"].text.tolist() == ["11月13日", "11月14日晚8时"]
