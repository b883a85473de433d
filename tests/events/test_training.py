"""The recipe works on a handful of articles and finds what it was shown."""

from __future__ import annotations

import spacy

from bulletinnlp.training.events import fit, gather
from bulletinnlp.training.marked import parse_marked

ARTICLE = """headline: {place}召开会议
body:
[T:5月{day}日=DATE=2022-05-{day}]，[L:{place}]召开会议。大家想着心事。“会开得好。”[P:甲某]说。
quotes:
甲某 | 会开得好。 | 会开得好。
events:
召开 | {place} | 会议 | 5月{day}日 | | main"""


def test_the_recipe_learns() -> None:
    places = ("甲镇", "乙镇", "丙镇", "丁镇")
    articles = [parse_marked(ARTICLE.format(place=place, day=day)) for day, place in enumerate(places, 10)]
    weights = fit(gather(articles, spacy.blank("zh")))
    assert set(weights) == {"trigger", "lead", "main", "who", "what", "when", "where", "speaker"}
    assert weights["trigger"]["verb=召开"] > 0
