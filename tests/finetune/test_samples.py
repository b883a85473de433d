"""Annotated events become what the network of events is to answer."""

from __future__ import annotations

import pytest
import spacy

from bulletinnlp.evaluation.marked import parse_marked
from bulletinnlp.events.candidates import KINDS, ROLES
from bulletinnlp.finetune.events.examples import Example, example
from bulletinnlp.finetune.events.samples import Sample, sample_of
from bulletinnlp.names.tagger import embedded

ARTICLE = """headline: [L:甲镇]送药
body:
[T:5月2日=DATE=2022-05-02]，[L:甲镇]党员来到[L:乙村]，为老人[P:丙大娘]送去药品。一男子赶来。“药送得好。”[P:丁某]说。
events:
S1 | 来到 | 甲镇 | | | 5月2日 | 乙村 | visit |
S1 | 送去 | 甲镇 | 药品 | 丙大娘 | 5月2日 | 乙村 | volunteering | main
S2 | 赶来 | ~一男子 | | | | | visit |
"""


@pytest.fixture(scope="module")
def sample() -> Sample:
    return sample_of(spacy.blank("zh"), parse_marked(ARTICLE))


def test_events_stand_at_their_places(sample: Sample) -> None:
    text = sample.context.text
    assert [text[event.start : event.end] for event in sample.events] == ["来到", "送去", "赶来"]
    assert [event.what and text[slice(*event.what)] for event in sample.events] == [None, "药品", None]
    assert [[text[slice(*span)] for span in event.phrases] for event in sample.events] == [[], [], ["一男子"]]


def right(one: Example, sample: Sample, event: int, role: str) -> set[str]:
    """The right options of an event in a role, by name or kind."""
    column = ROLES.index(role)
    every = [(number, option) for number, some in enumerate(one.inputs.candidates) for option in some]
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
