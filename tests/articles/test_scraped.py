"""Pages as people copy them from web sites: `scraped_pages.txt` holds them, kind by kind, with what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletinnlp.articles import Article, split
from bulletinnlp.bylines import parse
from bulletinnlp.bylines.component import is_caption
from bulletinnlp.pages.page import Page

ROLES = {role[0]: role for role in ("reporter", "correspondent", "photographer", "editor", "source")}


def pages() -> Iterator[tuple[str, str, str]]:
    """Kind, what is expected, and text of every page."""
    file = Path(__file__).with_name("scraped_pages.txt").read_text(encoding="utf-8")
    for kind in file.split("\n## ")[1:]:
        name, *rest = kind.split("\n%% ")
        for page in rest:
            expected, text = page.split("\n", 1)
            yield name, expected, text


def bare(text: str) -> str:
    return "".join(text.split())


def contributors(article: Article) -> list[tuple[str, str]]:
    photo = is_caption([article.body or ""])
    bylines = [article.text[part.start : part.end] for part in article.parts if part.kind == "byline"]
    return [(one.name, one.role) for byline in bylines for one in parse(byline, photo=photo)]


CASES = [pytest.param(expected, text, id=f"{kind} {bare(text)[:12]}") for kind, expected, text in pages()]


@pytest.mark.parametrize(("expected", "text"), CASES)
def test_a_page(expected: str, text: str) -> None:
    number, headlines, signed = (field.strip() for field in (expected + " | | ").split("|")[:3])
    articles = split(Page("p", text, published="2022-06-10")).articles
    assert len(articles) == int(number)
    assert [bare(a.headline) for a in articles if a.headline] == [bare(h) for h in headlines.split("‖") if h]
    expected_names = sorted((name, ROLES[role]) for name, role in (one.split("=") for one in signed.split()))
    assert sorted(one for article in articles for one in contributors(article)) == expected_names


WHOLE = """\
首页 > 要闻 > 正文
县里举办培训班
2022-06-10 08:15 来源：平原新闻网 点击：56
本报讯 6月8日，县里举办培训班。
会场.jpg
7日下午，学员参观了农机合作社。
分享到：微信 微博
相关阅读
南瓜饼的做法
"""


def test_what_belongs_to_the_web_page_is_stray() -> None:
    found = split(Page("p", WHOLE))
    stray = "".join(WHOLE[s.start : s.end] for s in found.segments if s.kind == "stray")
    assert bare(stray) == "首页>要闻>正文2022-06-1008:15点击：56会场.jpg分享到：微信微博相关阅读南瓜饼的做法"
    (article,) = found.articles
    assert article.byline == "来源：平原新闻网"
    assert article.body == "6月8日，县里举办培训班。\n7日下午，学员参观了农机合作社。"


def test_a_stamp_dates_its_article_where_nothing_else_does() -> None:
    text = "甲镇修路\n2021-05-30 10:10\n5月29日，甲镇修路。\n（记者 沈丽）\n乙镇种树\n2021-06-01\n5月31日，乙镇种树。\n"
    assert [article.published for article in split(Page("p", text)).articles] == ["2021-05-30", "2021-06-01"]
    assert {article.published for article in split(Page("p", text, published="2022")).articles} == {"2022"}


def test_a_caption_does_not_break_its_article() -> None:
    text = "县里办班\n6月8日，县里办班，40人参加。\n培训班现场。王强 摄\n刘芳参观了展板。\n"
    article, photo = split(Page("p", text)).articles
    assert article.body == "6月8日，县里办班，40人参加。\n刘芳参观了展板。"
    assert (photo.kind, photo.body, photo.byline) == ("photo", "培训班现场。", "王强 摄")


@pytest.mark.parametrize(
    "body",
    [
        "6月8日，春灌。\n乡镇 面积\n东关 4.2\n西关 3.8\n6月9日，放水。",
        "一张纸\n6月8日，他进村调解。\n一本书\n6月9日，他又进了村。",
    ],
)
def test_rows_and_sub_headings_are_paragraphs(body: str) -> None:
    (article,) = split(Page("p", f"山村来了法官\n{body}")).articles
    assert article.body == body


def test_letterspaced_text_is_read_as_words() -> None:
    (article,) = split(Page("p", "县 委 开 会\n6 月 8 日 ， 县 委 开 会 。")).articles
    assert article.body == "6月8日，县委开会。"


def test_a_headline_cut_in_mid_word_is_joined() -> None:
    (article,) = split(Page("p", "柳园街道扎实开展冬季取暖安\n全检查\n11月8日，柳园街道入户检查。")).articles
    assert article.headline == "柳园街道扎实开展冬季取暖安全检查"
