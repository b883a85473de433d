"""What a stage does grows with the text, not faster: four times the text takes no more than about four times the calls.

Calls of functions are counted, not seconds, so that the test says the same on any machine. Families of texts are those
of `tests/benchmarks/growing.py`; `tests/benchmarks/growth.py` measures the seconds of longer ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from growing import CROWDED, FOREIGN, HOME, PAGES
from growth import steps
from growth_of_calls import MOST, calls
from spacy.language import Language

import bulletinnlp
from bulletinnlp.articles import split
from bulletinnlp.identity import store
from bulletinnlp.identity.anaphora import find_references
from bulletinnlp.identity.article_entities import EntityMention, article_entities
from bulletinnlp.identity.profile import profile_of
from bulletinnlp.identity.pronouns import find_pronouns
from bulletinnlp.identity.store import EntityStore
from bulletinnlp.pages import Page
from bulletinnlp.places import home
from bulletinnlp.places.divisions import divisions
from bulletinnlp.places.locate import locate
from bulletinnlp.quotes.passage import Passage
from bulletinnlp.text.mentions import Mention

CHARS = 1_000
#: Fewer calls say nothing of growth.
LEAST = 2_000
#: Stages that are measured elsewhere.
ELSEWHERE = frozenset({"times", "events"})


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = bulletinnlp.load()
    bulletinnlp.extract(Page("warm", CROWDED["prose"](2_000), published="2022", home=HOME), nlp=nlp)
    return nlp


def calls_by_step(text: str, nlp: Language) -> Counter[str]:
    return Counter({name: calls(step) for name, step in steps(text, nlp) if name not in ELSEWHERE})


#: Families that every run of the suite reads; the others take minutes.
QUICK = frozenset({
    "one titled person, no numbers", "names in a list", "a part of a name", "titles in a list", "companies",
    "namesakes in many villages", "villages that no table has", "lists that close with a title", "document titles",
    "lost marks within a quotation", "quotations side by side", "stand-ins that nothing fits", "Hangul",
    "articles", "bylines behind sentences, spaced", "stamps", "datelines of counties", "articles that break off",
    "captions in articles", "one-character lines",
})  # fmt: skip


def _family(name: str) -> Any:
    marks = [] if name in QUICK else [pytest.mark.slow]
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("family", [*map(_family, (*CROWDED, *FOREIGN))])
def test_calls_grow_with_the_text(family: str, nlp: Language) -> None:
    make = (CROWDED | FOREIGN)[family]
    few, many = (calls_by_step(make(chars), nlp) for chars in (CHARS, 4 * CHARS))
    grown = {step: round(many[step] / max(few[step], LEAST), 1) for step in many}
    assert not {step: times for step, times in grown.items() if times >= MOST}


def split_and_placed(text: str) -> None:
    home(split(Page("p", text)).articles)


@pytest.mark.parametrize("family", [*map(_family, PAGES)])
def test_calls_of_the_splitter_grow_with_the_page(family: str) -> None:
    split_and_placed(PAGES[family](CHARS))
    few, many = (calls(lambda chars=chars: split_and_placed(PAGES[family](chars))) for chars in (2_000, 8_000))  # type: ignore[misc]
    assert many < MOST * max(few, LEAST), (few, many)


def test_datelines_are_not_compared_with_every_county_of_the_text() -> None:
    """As many datelines as counties: their names are looked up, not gone through."""
    counties = sorted(name for name in divisions().forms() if name.endswith("县"))

    def page(count: int) -> str:
        return "".join(f"{name[:-1]}讯 {name}召开会议，部署工作。\n" for name in counties[:count])

    few, many = (calls(lambda n=n: split_and_placed(page(n))) for n in (100, 400))  # type: ignore[misc]
    assert many < MOST * few, (few, many)


class Tallied(str):
    """A text that knows how much of it was gone through to count."""

    looked_at = 0

    def count(self, phrase: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        end = len(self) if end is None else min(end, len(self))
        self.looked_at += end - start
        return super().count(phrase, start, end)


def test_how_often_speakers_are_named_takes_no_look_at_all_of_a_long_text() -> None:
    looked_at = []
    for length in (1_000, 100_000, 400_000):
        text = Tallied("王" * length)
        passage = Passage(text, (), 0, length, ())
        assert [passage.count(phrase) for phrase in ("王", "李", "王", "李")] == [min(length, 20_000), 0] * 2
        looked_at.append(text.looked_at)
    assert looked_at == [2_000, 40_000, 40_000]


def test_bodies_of_a_whole_input_are_not_all_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of names that words for bodies make up: where many may be the full name of a short one, none is taken."""
    monkeypatch.setattr(store.FullNames, "MOST", 50)
    words = ["财政", "教育", "卫生", "建设", "交通", "水利", "农业", "民政", "司法", "文化", "体育", "旅游"]
    names = ["区" + "".join(some) + "局" for some in permutations(words, 3)]

    def settle(count: int) -> None:
        found = article_entities("p#1", [EntityMention("ORG", name) for name in names[:count]], "371502")
        with EntityStore() as known:
            known.add(map(profile_of, found))
            known.link()

    settle(20)
    few, many = (calls(lambda n=n: settle(n)) for n in (100, 400))  # type: ignore[misc]
    assert many < MOST * few, (few, many)


GIVEN: dict[str, Callable[[int], object]] = {
    "one titled person": lambda n: article_entities(
        "p#1",
        [EntityMention("PER", "孙乐文", titles=(("局长", f"{chr(0x4E00 + i)}华镇"),)) for i in range(n)],
        "371502",
    ),
    "persons with and without the surname": lambda n: article_entities(
        "p#1", [EntityMention("PER", f"王{chr(0x4E00 + i)}{end}") for i in range(n) for end in ("", "队长")], "371502"
    ),
    "persons in two parts": lambda n: article_entities(
        "p#1",
        [EntityMention("PER", f"艾{chr(0x4E00 + i)}{end}") for i in range(n) for end in ("", "·买买提")],
        "371502",
    ),
    "companies": lambda n: article_entities(
        "p#1",
        [EntityMention("ORG", f"{chr(0x4E00 + i)}香{end}公司") for i in range(n) for end in ("", "有限")],
        "371502",
    ),
    "bodies": lambda n: article_entities(
        "p#1", [EntityMention("ORG", f"区{chr(0x4E00 + i)}政局") for i in range(n)], "371502"
    ),
    "towns and 该镇": lambda n: find_references(
        "华镇，该镇。" * n, [Mention("PLACE", "华镇", 6 * i, 6 * i + 2) for i in range(n)], "371502"
    ),
    "many last words of bodies": lambda n: find_references(
        "".join(f"{chr(0x4E00 + i)}业坊，该{chr(0x4E00 + i)}业坊。" for i in range(n)),
        [Mention("ORG", f"{chr(0x4E00 + i)}业坊", 9 * i, 9 * i + 3) for i in range(n)],
        "371502",
    ),
    "persons and 他": lambda n: find_pronouns(
        "王强喊他，他来" * n, [Mention("PER", "王强", 7 * i, 7 * i + 2) for i in range(n)]
    ),
    "villages that stay open": lambda n: locate(
        [Mention("PLACE", f"{chr(0x4E00 + i)}家村", 4 * i, 4 * i + 3) for i in range(n)], "371502"
    ),
    "towns of counties": lambda n: locate(
        [Mention("PLACE", name, 9 * i, 9 * i + 3) for i in range(n) for name in ("东阿县", f"{chr(0x4E00 + i)}家镇")],
        "371502",
    ),
}


@pytest.mark.parametrize("kind", GIVEN)
def test_calls_grow_with_the_names(kind: str) -> None:
    work = GIVEN[kind]
    work(20)
    few, many = (calls(lambda n=n: work(n)) for n in (100, 400))  # type: ignore[misc]
    assert many < MOST * few, (few, many)


@pytest.mark.parametrize("kind", sorted(FOREIGN.keys() - {"private use in prose", "random characters"}))
def test_a_page_that_is_no_prose_is_told_and_not_read(kind: str, nlp: Language) -> None:
    page = Page("p", FOREIGN[kind](3_000), published="2022", home=HOME)
    found = bulletinnlp.extract(page, nlp=nlp)
    if kind != "control characters":  # which make a page blank
        assert found.problems["message"].str.contains("do not read it").any()
    assert found.mentions.empty
    assert "".join(found.segments["text"]) == page.text
