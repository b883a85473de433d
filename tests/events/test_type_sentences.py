"""The sentences that teach types: five columns a line, and what they name stands in the sentence."""

from collections import Counter

from folders import ROOT

from bulletinnlp.tables.schema import EVENT_TYPES

PATH = ROOT / "training" / "events" / "type_sentences.tsv"
LINES = [line.split("\t") for line in PATH.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def test_every_line_names_what_stands_in_its_sentence() -> None:
    wrong = []
    for line in LINES:
        sentence, actor, trigger, what, type_ = line
        name = actor[1:] if actor.startswith("~") else actor.rpartition("/")[0]
        label = actor.startswith("~") or not actor or actor.rpartition("/")[2] in ("PER", "ORG", "PLACE")
        if not (trigger and trigger in sentence and what in sentence and name in sentence and label):
            wrong.append(line)
        if type_ not in EVENT_TYPES:
            wrong.append(line)
    assert wrong == []


def test_every_type_has_many_and_no_sentence_comes_twice() -> None:
    counts = Counter(line[4] for line in LINES)
    assert set(counts) == set(EVENT_TYPES)
    assert min(counts.values()) > 400
    assert len({line[0] for line in LINES}) == len(LINES)
