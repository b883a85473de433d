"""Pages in other characters are read like plain ones, and the tables show them as printed."""

from __future__ import annotations

from typing import Any

import pytest

import bulletinnlp
from bulletinnlp import Page
from bulletinnlp.text.plain import INVISIBLE, Visible, plain

NEWS = (
    "我区开展线上教研\n"
    "东昌府讯 11月27日晚，区教育局局长张伟到西关街道长江社区。张伟说：“教学质量是学校的生命线。”网格员欧阳雪参加。\n"
    "（融媒体记者 赵丽华 通讯员 陈晓东）\n"
)
RADICALS = str.maketrans("西长月日", "⻄⻓⽉⽇")
TRADITIONAL = str.maketrans(
    "区开线东讯教张伟带队关长说质学校体记赵丽华陈晓东导网欧阳雪参员",
    "區開線東訊敎張偉帶隊關長說質學校體記趙麗華陳曉東導網歐陽雪參員",
)
WAYS = {
    "traditional": NEWS.translate(TRADITIONAL),
    "radicals": NEWS.translate(RADICALS),
    "points for full stops": NEWS.replace("。", "."),
    "half-width marks": NEWS.translate(str.maketrans("，：；（）", ",:;()")),
    "zero-width spaces": "".join(char + "\u200b" * (char.isalnum() and at % 3 == 0) for at, char in enumerate(NEWS)),
}


def read(text: str) -> dict[str, list[tuple[Any, ...]]]:
    """What the tables say of a page, offsets apart, in plain characters."""
    found = bulletinnlp.extract(Page("p", text, published="2022-11-29", home="山东省聊城市东昌府区"))
    columns = {
        "articles": ["kind", "headline", "dateline"], "bylines": ["name", "role", "outlet"], "times": ["text", "value"],
        "mentions": ["label", "text", "adcode"], "roles": ["person", "title", "organisation"],
        "quotes": ["speaker", "text"], "events": ["trigger"],
    }  # fmt: skip
    for name in ("bylines", "times", "mentions", "references", "roles", "quotes", "events"):
        table = found.tables[name]
        for row in table[table.columns.intersection(["text", "start", "end"])].itertuples():
            printed = INVISIBLE.sub("", text[row.start : row.end])
            assert not hasattr(row, "text") or "".join(row.text.split()) in "".join(printed.split())
    told = {name: found.tables[name][some].astype(str).values.tolist() for name, some in columns.items()}
    return {name: [tuple(plain(str(value)) for value in row) for row in rows] for name, rows in told.items()}


@pytest.mark.parametrize("way", WAYS)
def test_a_page_gives_the_rows_of_the_plain_one(way: str) -> None:
    assert read(WAYS[way]) == read(NEWS)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("臺灣省臺北縣", "台湾省台北县"),
        ("裏麪後來衆羣為爲", "里面后来众群为为"),
        ("⻄⻔⻓⻢⻰⻜", "西门长马龙飞"),
        ("⾦⽔⾥", "金水里"),
        ("乾县、毕昇、蒜薹", "乾县、毕昇、蒜薹"),
        ("豈更車", "岂更车"),
        ("A，１２３ b", "A，１２３ b"),
    ],
)
def test_plain(given: str, text: str) -> None:
    assert plain(given) == text


@pytest.mark.parametrize("given", ["", "贺秋实", "\u200b贺\u200b秋\ufeff实\u200b", "\u200b"])
def test_visible_leads_back(given: str) -> None:
    seen = Visible(given)
    assert seen.text == INVISIBLE.sub("", given)
    for at, char in enumerate(seen.text):
        start, end = seen.original(at, at + 1)
        assert given[start:end] == char
        assert seen.inside(start) == at


def test_names_and_dates_of_a_doc_are_read_past_zero_width_characters() -> None:
    doc = bulletinnlp.load(exclude=["events"], published="2022-11-29")(
        "11月\u200b27日，县教育\u200b局局长马建\u200b国到会。"
    )
    assert [ent.text for ent in doc.ents] == ["县教育\u200b局", "马建\u200b国"]
    assert [time.value for time in doc._.times] == ["2022-11-27"]
