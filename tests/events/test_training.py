"""The recipes work on a handful of articles: speakers are learnt, events become what the network is to answer."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from bulletinnlp.events.options import KINDS, ROLES
from bulletinnlp.names.tagger import embedded
from bulletinnlp.training import speakers
from bulletinnlp.training.events.examples import Example, example
from bulletinnlp.training.events.material import Sample, read, rewritten
from bulletinnlp.training.marked import parse_marked

ARTICLE = """headline: [L:甲镇]送药
body:
[T:5月2日=DATE=2022-05-02]，[L:甲镇]党员来到[L:乙村]，为老人[P:丙大娘]送去药品。一男子赶来。“药送得好。”[P:丁某]说。
quotes:
丁某 | 药送得好。 | 药送得好。
"""
EVENTS = """@@ handful#1
1 | 来到 | 甲镇 | | | 5月2日 | 乙村 | visit |
1 | 送去 | 甲镇 | 药品 | 丙大娘 | 5月2日 | 乙村 | volunteering | main
2 | 赶来 | ~一男子 | | | | | visit |
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder: Path = tmp_path_factory.mktemp("handful")
    (folder / "handful.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "handful.ann").write_text(EVENTS, encoding="utf-8")
    (found,) = read([folder / "handful.txt"], [folder / "handful.ann"])
    return found


def test_speakers_are_learnt() -> None:
    body = "大家想着心事。“会开得好。”[P:甲某]说。\nquotes:\n甲某 | 会开得好。 | 会开得好。"
    articles = [parse_marked(f"headline: 会\nbody:\n{body}") for _ in range(4)]
    weights = speakers.fit(speakers.gather(articles, spacy.blank("zh")))
    assert weights
    assert all(isinstance(weight, float) for weight in weights.values())


def test_events_stand_at_their_places(sample: Sample) -> None:
    text = sample.context.text
    assert [text[event.start : event.end] for event in sample.events] == ["来到", "送去", "赶来"]
    assert [event.what and text[slice(*event.what)] for event in sample.events] == [None, "药品", None]
    assert [[text[slice(*span)] for span in event.phrases] for event in sample.events] == [[], [], ["一男子"]]


def right(one: Example, sample: Sample, event: int, role: str) -> set[str]:
    """The right options of an event in a role, by name or kind."""
    column = ROLES.index(role)
    every = [(number, option) for number, some in enumerate(one.inputs.options) for option in some]
    return {
        sample.context.mentions[option.mention].name if option.mention >= 0 else KINDS[option.kind]
        for (number, option), answers in zip(every, one.right.tolist(), strict=True)
        if number == event and answers[column]
    }


def test_the_right_options(sample: Sample) -> None:
    one = example(sample, embedded().encode)
    assert right(one, sample, 0, "who") == {"甲镇"}
    assert right(one, sample, 1, "who") == {"甲镇", "PREVIOUS"}
    assert right(one, sample, 1, "whom") == {"丙大娘"}
    assert right(one, sample, 1, "when") == {"5月2日", "PREVIOUS"}
    assert right(one, sample, 2, "who") == {"PHRASE"}
    assert right(one, sample, 2, "where") == {"NONE"}


def test_names_move_together(sample: Sample) -> None:
    moved = rewritten(
        sample, lambda mention, text: {"甲镇": "戊己镇"}.get(text, text), lambda name: name.replace("甲", "戊己")
    )
    text = moved.context.text
    assert "甲镇" not in text
    assert [text[event.start : event.end] for event in moved.events] == ["来到", "送去", "赶来"]
    assert moved.events[0].who == {"戊己镇"}
