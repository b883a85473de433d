"""Whatever the text, a page is tiled and every article leads back to it."""

from __future__ import annotations

import pytest
from growth_of_calls import MOST, calls
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletinnlp.articles import split
from bulletinnlp.articles.hard_wraps import unwrap
from bulletinnlp.articles.lines import blank, lines
from bulletinnlp.pages.page import Page

# What newspaper pages are made of, so that random text reaches the grammar's corners.
WORDS = [
    "\n", "\n\n", "\r\n", "\r", "\x0c", "\u2028", "　　", " ", "\u200b", "\ufeff", "\x00", "。", "，", "！",
    "“", "”", "（", "）", "(", ")", "：", "……", "——", "《", "》", "/", "、", "本报讯", "东昌府讯",
    "新华社北京11月3日电", "（记者 王小明 通讯员 李大伟）", "(区教体局)", "区教体局宣", "融媒体 全兴社",
    "王小明 摄", "记者", "通讯员：", "来源：某某发布 编辑：甲 审核：乙", "教育快讯", "区市民热线",
    "（下转第2版）", "02版 要闻", "2017年8月17日 星期四", "责任编辑：李敏", "投稿邮箱：tougao@example.cn",
    "助力疫情防控 彰显热线担当", "近日，", "11月25日，", "社区工", "作人员", "居民非常感动，纷纷表示感谢社区。",
    "孙乐文", "12345", "abc", "ＡＢＣ", "\ud800", "\udfff", "𠮷", "é", "一、", "副县长：王小明、李大伟",
]  # fmt: skip
PRESS = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)
ANY = st.text(st.characters(codec=None), max_size=300)  # lone surrogates included
PAGES = st.one_of(PRESS, ANY, st.lists(st.one_of(PRESS, ANY), max_size=4).map("\n".join))


@settings(max_examples=300)
@given(PAGES)
@example("y\n[T:10: 单昭摄\ny\n[TATE: 昭然摄\n胜")  # an article whose pieces do not follow the page
def test_the_segments_tile_any_page(text: str) -> None:
    at = 0
    for segment in split(Page("p", text)).segments:
        assert segment.start == at < segment.end
        at = segment.end
    assert at == len(text)


@settings(max_examples=300)
@given(PAGES)
def test_every_character_of_an_article_leads_to_the_same_character_or_to_a_break(text: str) -> None:
    for article in split(Page("p", text)).articles:
        at = 0
        for part in article.parts:
            assert at <= part.start < part.end <= len(article.text)
            at = part.end
        for offset, character in enumerate(article.text):
            start, end = article.alignment.to_page(offset, offset + 1)
            if character in " \n":  # printed so, or put in for a break
                assert article.start <= start <= article.end
            else:
                assert text[start:end] == character


@settings(max_examples=200)
@given(PAGES)
def test_articles_and_segments_agree(text: str) -> None:
    found = split(Page("p", text))
    for article in found.articles:
        assert article.article_id == f"p#{article.position}"
        own = [segment for segment in found.segments if segment.article == article.position]
        assert sorted(own, key=lambda s: s.start) == sorted(article.segments, key=lambda s: s.start)
        assert (article.start, article.end) == (min(s.start for s in own), max(s.end for s in own))
    printed = {i for s in found.segments if s.kind != "blank" for i in range(s.start, s.end)}
    for line in lines(text):
        inside = {i for i in range(line.start, line.end) if not blank(text, i, i + 1)}
        assert inside <= printed  # nothing printed is called blank


@settings(max_examples=200)
@given(PAGES)
def test_lines_put_together_keep_their_characters(text: str) -> None:
    for line in unwrap(lines(text)):
        spans = line.spans(0, len(line.text))
        assert "".join(text[start:end] for start, end in spans) == line.text


@pytest.mark.parametrize(
    "unit",
    [
        "一",
        "。",
        "“",
        "（",
        "(" * 3 + "\n",
        "短行\n",
        "\n",
        " ",
        "1",
        "张三 李四 ",
        "本报讯 近日，我区。\n",
        "，",
        "记者 ",
        "一二三。",
        "/",
    ],
)
def test_calls_grow_in_proportion(unit: str) -> None:
    split(Page("p", unit * 10))
    few, many = (calls(lambda times=times: split(Page("p", unit * times))) for times in (100, 400))  # type: ignore[misc]
    assert many < MOST * max(few, 2_000)
