"""Articles of any length are annotated, read back and scored in time that grows with them; and nothing else changes."""

import random
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from growth_of_calls import MOST, calls

from bulletinnlp.evaluation import annotate, finder, gold_tables, score
from bulletinnlp.evaluation.equality import overlapping
from bulletinnlp.evaluation.finder import Finder
from bulletinnlp.evaluation.marked.grammar import ends_of, place_quotation
from bulletinnlp.evaluation.scores import Count
from bulletinnlp.evaluation.trigger_places import MOST_BEFORE, TriggerPlaces, before_of
from bulletinnlp.extraction import Extraction
from bulletinnlp.report.proof_ranges import Letters

#: What the body of an article is made of, piece by piece, and the lines about each.
BODIES: dict[str, tuple[Callable[[int], str], str]] = {
    "sentences": (lambda n: f"孙乐文到第{n}村发放轮椅。", "\n"),
    "one sentence": (lambda n: f"孙乐文到第{n}村发放轮椅，", ""),
    "one sentence, the same again and again": (lambda n: "孙乐文发放轮椅，", ""),
    "the same sentence again and again": (lambda n: "孙乐文发放轮椅。", "\n"),
}


def tables(kind: str, count: int, folder: Path) -> Extraction:
    """The tables of an article in which each piece tells an event, has a quotation, and names somebody."""
    piece, end = BODIES[kind]
    body = "".join(piece(n).replace("孙乐文", "[P:孙乐文]") + end for n in range(count))
    plain = body.replace("[P:孙乐文]", "孙乐文")
    events = [f"S{1 + n * (end != '')} | 发放 | 孙乐文 | 轮椅" for n in range(count)]
    quotes = ["孙乐文 | 发放轮椅"] * count
    folder.mkdir()
    text = "\n".join(["%%%", "id: p#1", "body:", body, "quotes:", *quotes, "events:", *events, ""])
    (folder / "p.txt").write_text(text, encoding="utf-8")
    (folder / "texts").mkdir()
    (folder / "texts" / "p.txt").write_text(plain, encoding="utf-8")
    return gold_tables(folder, folder / "texts")


@pytest.mark.parametrize("format", ["marked", "brat", "label-studio"])
@pytest.mark.parametrize("kind", BODIES)
def test_calls_grow_with_the_article(kind: str, format: str, tmp_path: Path) -> None:
    def work(count: int) -> None:
        folder = tmp_path / f"{count}-{random.random()}"
        found = tables(kind, count, folder)
        annotate(found, folder / "gold", format)  # type: ignore[arg-type]
        scores = score(folder / "gold", found, folder / "texts")
        assert scores["events (trigger)"].hits == scores["quotes (span)"].hits == count
        assert scores["events (trigger)"].errors == scores["mentions"].errors == []

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        work(10)
        few, many = (calls(lambda n=n: work(n)) for n in (25, 100))  # type: ignore[misc]
    assert many < MOST * few, (few, many)


@pytest.mark.parametrize("short", [0, 4_000])
def test_a_finder_answers_as_str_does(short: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder, "SHORT", short)
    monkeypatch.setattr(finder, "NEAR", 2)
    for seed in range(300):
        chance = random.Random(seed)
        text = "".join(chance.choices("区委𠀀", k=chance.randint(0, 30)))
        sought = Finder(text)
        for _ in range(8):
            wanted, at = "".join(chance.choices("区委𠀀", k=chance.randint(1, 4))), chance.randint(0, 32)
            assert sought.find(wanted, at) == text.find(wanted, at)
            assert sought.rfind(wanted, at) == text.rfind(wanted, 0, at)
            assert (wanted in sought) == (wanted in text)
            assert sought.every(wanted) == [n for n in range(len(text)) if text.startswith(wanted, n)]


@pytest.mark.parametrize("short", [0, 4_000])
def test_triggers_are_told_apart_and_found_again(short: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands before them; the shortest piece that tells them apart."""
    monkeypatch.setattr(finder, "SHORT", short)
    for seed in range(300):
        chance = random.Random(seed)
        sentence = "".join(chance.choices("区委", k=chance.randint(1, 30)))
        first = chance.randrange(len(sentence))
        trigger = sentence[first : first + 2]
        before = before_of(sentence, first, trigger)
        assert TriggerPlaces(sentence).take(trigger, before) == first
        assert not before or sentence.find(before[1:] + trigger) + len(before) - 1 < first


def test_what_stands_before_a_trigger_is_never_as_long_as_a_long_sentence() -> None:
    """Then it is the next that no event before has."""
    sentence = "发放轮椅，" * 1_000
    places = TriggerPlaces(sentence)
    for number in range(1_000):
        before = before_of(sentence, 5 * number, "发放")
        assert len(before) == (min(5 * number - 4, MOST_BEFORE) if number else 0)
        assert places.take("发放", before) == 5 * number


def test_quotations_are_told_apart_and_found_again() -> None:
    for seed in range(300):
        chance = random.Random(seed)
        text = "".join(chance.choices("好的。 ", k=60)) + "。"
        seen = [at for at, char in enumerate(text) if char != " "]
        start, last = sorted(chance.sample(seen, 2))
        after = chance.choice((0, start))
        assert place_quotation(text, *ends_of(text, start, last + 1, after), after) == (start, last + 1)


def test_stretches_that_overlap() -> None:
    for seed in range(300):
        chance = random.Random(seed)
        one, other = (
            [(start, start + chance.randint(1, 5)) for start in chance.choices(range(20), k=8)] for _ in range(2)
        )
        pairs = {(n, m) for n, a in enumerate(one) for m, b in enumerate(other) if a[0] < b[1] and b[0] < a[1]}
        assert set(overlapping(one, other)) == pairs


def test_what_is_found_twice_counts_as_often_as_it_is_annotated() -> None:
    count = Count()
    count.add(["区委", "区委", "县委"], ["区委", "镇委", "区委", "区委"], "p#1")
    assert (count.hits, count.gold, count.found) == (2, 3, 4)
    assert [(error.kind, error.what) for error in count.errors] == [
        ("missing", "县委"), ("extra", "镇委"), ("extra", "区委"),
    ]  # fmt: skip


class Tallied(str):
    """A text that knows how much of it was gone through."""

    looked_at = 0

    def find(self, wanted: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        at = super().find(wanted, start, len(self) if end is None else end)
        self.looked_at += (at if at >= 0 else len(self)) - start
        return at


def test_the_proof_of_an_event_is_looked_for_near_it() -> None:
    """Among sentences that are all the same."""
    text = "区委召开会议。" * 1_000
    page = Letters(text, [(0, len(text))])
    page.letters = Tallied(page.letters)
    for number in range(1_000):
        assert page.ranges("区委召开会议。", 7 * number + 2) == [[7 * number, 7 * number + 7]]
    assert page.letters.looked_at < len(text)
    assert page.ranges("区委召开会议。区委召开会议。", 9) == [[0, 14]]
    assert page.ranges("县委召开会议。", 9) == []


def test_characters_of_no_width_change_nothing(tmp_path: Path) -> None:
    """In a name, before a line, behind a mark; the tables are scored with what was written from them."""
    import bulletinnlp

    text = (
        "东昌府讯 11月27日晚，孙\u200b乐文到仙庄村走访\u200b，发\ufeff放轮椅。"
        "“大家\u200b辛苦了！”孙乐文说。\n\ufeff孙乐文走访。\n"
    )
    found = bulletinnlp.extract(texts=[text], published="2022-11-29")
    plain = bulletinnlp.extract(texts=[text.replace("\u200b", "").replace("\ufeff", "")], published="2022-11-29")
    assert len(found.mentions) == len(plain.mentions) > 3
    for format in ("marked", "brat", "label-studio"):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            annotate(found, tmp_path / format, format)
        scores = score(tmp_path / format, found)
        assert not scores.errors("").size
        assert scores["mentions"].hits == len(plain.mentions)
        assert scores["events (trigger)"].hits == len(plain.events) > 0


@pytest.mark.parametrize("separator", ["\x1c", "\x1d", "\x1e", "\x1f", "\ufeff\x1c"])
def test_an_information_separator_counts_as_white_space(separator: str, tmp_path: Path) -> None:
    """In a name, in words that are quoted; files that nobody has touched are gold that the tables match."""
    import bulletinnlp

    text = (
        f"东昌府讯 11月27日晚，区教研{separator}中心举行线上教研活动。区教体局副局长张{separator}三到场。"
        f"“要把课上{separator}好。”张三说。\n"
    )
    found = bulletinnlp.extract(texts=[text], published="2022-11-29")
    for format in ("marked", "brat", "label-studio"):
        annotate(found, tmp_path / format, format)
        assert not score(tmp_path / format, found).errors("").size
