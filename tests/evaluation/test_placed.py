"""Annotated articles on pages as printed: breaks, text of others in between, bylines above, text that repeats."""

from dataclasses import replace

import pytest
from drawn_articles import articles
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletinnlp.evaluation.alignment import NotOnPageError, PlacedArticle
from bulletinnlp.evaluation.annotated_article import AnnotatedArticle, Mark
from bulletinnlp.evaluation.equality import Letters

BODY = "孙乐文到仙庄村走访，看望了三位老人。"
ARTICLE = AnnotatedArticle("p#1", headline="走访老人", body=BODY, byline="（王强）", marks=(Mark("PLACE", 9, 12),))

NEXT = "县里召开会议，研究了农业生产，对下一阶段的任务作了安排。（王强）"
#: The stretches of the article on its page, and what stands between and behind them.
PAGES = {
    "plain": [f"走访老人\n{BODY}（王强）"],
    "a break in a name": ["走访老人\n孙乐文到仙\n\n庄村走访，看望了三位老人。(王强)"],
    "text of others in between": ["走访老人\n孙乐文到仙庄村走访，", "图为现场", "看望了三位老人。（王强）"],
    "the byline above": [f"走访老人\n（王强）\n{BODY}", f"\n开会\n{NEXT}"],
}


@pytest.mark.parametrize("case", PAGES)
def test_where_an_article_stands(case: str) -> None:
    page, stretches = "".join(PAGES[case]), PAGES[case][::2]
    placed = PlacedArticle.on(Letters(page), ARTICLE)
    found = ["".join(page[start:end].split()) for start, end in placed.data()["_spans"]]
    assert found == ["".join(stretch.split()) for stretch in stretches]
    start, end = placed.span(9, 12)
    assert "".join(page[start:end].split()) == "仙庄村"


def test_offsets_tell_which_of_two_is_meant() -> None:
    page = f"走访老人\n{BODY}（王强）\n" * 2
    second = replace(ARTICLE, at=(len(page) // 2, len(page)))
    assert PlacedArticle.on(Letters(page), ARTICLE).data()["_spans"][0][0] == 0
    assert PlacedArticle.on(Letters(page), second).data()["_spans"][0][0] == len(page) // 2


def test_a_text_that_is_not_there() -> None:
    with pytest.raises(NotOnPageError, match="“孙乐文到仙庄村走访，看望了三位老” is not on the page"):
        PlacedArticle.on(Letters("走访老人\n县里开会。"), ARTICLE)


@settings(max_examples=60)
@given(article=articles(), breaks=st.lists(st.integers(0, 60), max_size=6))
def test_marks_keep_their_letters_whatever_breaks_the_page_has(article: AnnotatedArticle, breaks: list[int]) -> None:
    page = article.text
    for at in sorted(breaks, reverse=True):
        page = page[:at] + "\n\n" + page[at:]
    placed = PlacedArticle.on(Letters(page), article)
    for mark in article.marks:
        start, end = placed.span(mark.start, mark.end)
        assert "".join(page[start:end].split()) == "".join(article.text[mark.start : mark.end].split())
