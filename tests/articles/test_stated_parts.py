"""Pages that are one article, whose headline, byline and body are stated: what is found within the body."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletinnlp.articles import split
from bulletinnlp.pages import Page

NEWS = "9月1日，县一中开学，全校师生参加开学典礼。"
#: Headline and byline as stated, the text; what the segments say, white space left out: kind, text.
CASES: dict[str, tuple[str | None, str | None, str, list[tuple[str, str]]]] = {
    "a sentence": (None, None, NEWS, [("body", NEWS)]),
    "a headline and a sentence": ("县一中开学", None, NEWS, [("headline", "县一中开学"), ("body", NEWS)]),
    "a byline as well": (
        "县一中开学", "王强", NEWS, [("headline", "县一中开学"), ("byline", "王强"), ("body", NEWS)],
    ),
    "a headline of two lines": (
        "县一中开学\n——新学期侧记", None, NEWS, [("headline", "县一中开学\n——新学期侧记"), ("body", NEWS)],
    ),
    "dateline and byline in the text": (
        "县一中开学", None, f"本报讯（记者 王强）{NEWS}",
        [("headline", "县一中开学"), ("dateline", "本报讯"), ("byline", "（记者 王强）"), ("body", NEWS)],
    ),
    "a signature under the text": (
        "县一中开学", None, f"{NEWS}\n（县教育局）",
        [("headline", "县一中开学"), ("body", NEWS), ("byline", "（县教育局）")],
    ),
    "the headline again in the text": (
        "县一中开学", None, f"县一中开学\n{NEWS}",
        [("headline", "县一中开学"), ("stray", "县一中开学"), ("body", NEWS)],
    ),
    "sub-headings, which begin no article": (
        "开学季", None, f"迎新工作\n{NEWS}\n军训工作\n9月3日，军训开始。\n（记者 王强）\n后勤工作\n食堂昨日开放。",
        [
            ("headline", "开学季"), ("body", f"迎新工作\n{NEWS}\n军训工作\n9月3日，军训开始。"),
            ("byline", "（记者 王强）"), ("body", "后勤工作\n食堂昨日开放。"),
        ],
    ),
    "several datelines, which begin none either": (
        "各地开学", None, f"本报讯 {NEWS}\n本报讯 9月2日，县二中开学。",
        [("headline", "各地开学"), ("dateline", "本报讯"), ("body", f"{NEWS}\n本报讯 9月2日，县二中开学。")],
    ),
    "a web page around the text": (
        "县一中开学", None, f"首页 > 新闻中心 > 正文\n2022-09-01 08:15 点击：56\n{NEWS}\n上一篇：县二中放假",
        [("headline", "县一中开学"), ("stray", "首页 > 新闻中心 > 正文\n2022-09-01 08:15 点击：56"), ("body", NEWS),
         ("stray", "上一篇：县二中放假")],
    ),
    "a headline that is found": (
        None, None, f"县一中举行开学典礼\n本报讯 {NEWS}",
        [("headline", "县一中举行开学典礼"), ("dateline", "本报讯"), ("body", NEWS)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_segments_of_stated_articles(kind: str) -> None:
    headline, byline, text, expected = CASES[kind]
    page = Page.of(text, headline=headline, byline=byline, unit="article")
    found = split(page)
    segments = [(s.kind, page.text[s.start : s.end]) for s in found.segments if s.kind != "blank"]
    assert segments == expected
    assert len(found.articles) == 1


def test_paragraphs_stay_and_hard_wrapped_lines_are_joined() -> None:
    paragraphs = Page.of("一、迎新\n校长致辞。\n二、军训\n军训开始。", headline="开学季")
    assert split(paragraphs).articles[0].body == "一、迎新\n校长致辞。\n二、军训\n军训开始。"
    wrapped = Page.of("近日，县一中举行开学典礼，\n全校师生参加，校长孙\n乐文致辞。", headline="开学季")
    assert split(wrapped).articles[0].body == "近日，县一中举行开学典礼，全校师生参加，校长孙乐文致辞。"


def test_the_day_of_a_stamp_dates_an_article_without_a_date() -> None:
    page = Page.of(f"发布时间：2022-09-01 08:15\n{NEWS}", headline="县一中开学")
    assert split(page).articles[0].published == "2022-09-01"


@settings(max_examples=60)
@given(
    st.none() | st.text("县一中开学 \n——", max_size=12),
    st.none() | st.text("记者王强 \n，", max_size=8),
    st.lists(
        st.sampled_from([NEWS, "本报讯 近日开学", "（记者 甲）", "首页 > 正文", "二、军训", "", "　"]), max_size=8
    ),
)
def test_segments_tile_every_stated_page(headline: str | None, byline: str | None, lines: list[str]) -> None:
    page = Page.of("\n".join(lines), headline=headline, byline=byline, unit="article")
    found = split(page)
    assert "".join(page.text[s.start : s.end] for s in found.segments) == page.text
    assert [s.start for s in found.segments[1:]] == [s.end for s in found.segments[:-1]]
    assert len(found.articles) <= 1
    for article in found.articles:
        for at, char in enumerate(article.text):
            first, _ = article.alignment.to_page(at, at + 1)
            assert char in (page.text[first], " ", "\n")
