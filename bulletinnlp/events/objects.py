"""What is done: the object or complement of an event, as printed.

The options are what follows the verb to the end of its clause, what 把 or 将 puts before it, and none; a linear model
(`data/events/what.json`) chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bulletinnlp.events.clauses import NAMES
from bulletinnlp.events.predicates import Candidate
from bulletinnlp.events.story import Story
from bulletinnlp.events.types import event_type
from bulletinnlp.events.words import Word

#: The longest object that goes into the table, in characters.
LONGEST = 25


class Object(NamedTuple):
    """Words from, to (exclusive) of the candidate's sentence, and how they stand to the verb."""

    first: int
    last: int
    how: str


def object_options(story: Story, c: Candidate) -> list[Object | None]:
    """The stretches that may be the object of a candidate, and none."""
    words = story.rows[c.sentence].words
    clause = story.rows[c.sentence].clauses[c.clause]
    found: list[Object | None] = [None]
    for index in range(clause.first, c.first):
        if words[index].text in ("把", "将") and index + 1 < c.first:
            end = c.first
            while end > index + 2 and words[end - 1].kind in "dp":
                end -= 1
            found.append(Object(index + 1, end, "ba"))
            break
    begin, end = c.last, clause.last
    while begin < end and words[begin].kind in "ux":
        begin += 1
    end = _end(words, begin, end, c.last < end and words[c.last].text == "的")
    while end > begin and words[end - 1].kind in "xy":
        end -= 1
    if begin < end:
        found.append(Object(begin, end, "after"))
        names = begin
        while names < end and (words[names].kind in NAMES or words[names].text in "、和"):
            names += 1
        if begin < names < end:
            found.append(Object(names, end, "after names"))
    if c.passive or (begin >= end and c.subject_from.startswith("agent")):
        top = clause.first
        stop = next((i for i in range(top, c.first) if words[i].kind == "p"), c.first)
        if stop > top and words[top].kind not in NAMES and words[top].kind != "TIME":
            found.append(Object(top, stop, "topic"))
    return found


#: Words that go on to the next deed: 参加会议|并讲话, 办理手续|时提醒道.
_AND = frozenset(("并", "并且"))
_THEN = frozenset(("后", "之后", "时"))


def _end(words: Sequence[Word], begin: int, end: int, relative: bool) -> int:
    """Where the object ends that begins there: before the next deed, or, if the verb and its 的 only describe it, where
    the clause goes on (主办的职工乒乓球赛|在市民文化中心举行)."""
    for index in range(begin + 1, end):
        word, following = words[index], words[index + 1] if index + 1 < end else None
        if word.text in _AND or (word.text in _THEN and following is not None and following.kind in "vdpr"):
            return index
        if relative and word.kind in ("p", "v", "d", "TIME"):
            return index
    return end


def object_features(story: Story, c: Candidate, option: Object | None) -> list[str]:
    """The features of a stretch as the object of a candidate."""
    words = story.rows[c.sentence].words
    head, tail = words[c.first].text, words[c.last - 1].text
    kind = event_type(head)
    if option is None:
        return ["none", f"none|{head}", f"none|{tail}", f"none|{kind}", f"none|{len(head)}"]
    inside = words[option.first : option.last]
    first, last = inside[0], inside[-1]
    length = sum(len(word.text) for word in inside)
    features = [
        option.how,
        f"{option.how}|{first.kind}",
        f"{option.how}|ends {last.kind}",
        f"{option.how}|{head}",
        f"{option.how}|{tail}",
        f"{option.how}|{kind}",
        f"{option.how}|length {min(length // 3, 6)}",
        f"{option.how}|{first.kind}|{last.kind}",
    ]
    if first.kind in "pcdfvu":
        features.append(f"{option.how}|starts {first.text}")
    if all(word.kind in NAMES or word.text in "、和里上中" for word in inside):
        features += [f"{option.how}|only names", f"only names|{first.kind}|{kind}", f"only names|{tail}"]
    if any(word.kind == "v" for word in inside):
        features.append(f"{option.how}|verbs inside")
    return features


def object_text(story: Story, c: Candidate, option: Object) -> tuple[str, int, int]:
    """The object as it goes into the table, at most `LONGEST` characters, and where it stands.

    Of a longer one its head stays, what describes it goes: 写给县医院急诊科…的|感谢信.
    """
    words = story.rows[c.sentence].words[option.first : option.last]
    start, end = words[0].start, words[-1].end
    if end - start > LONGEST:
        heads = (word.start for word, before in zip(words[1:], words, strict=False) if before.text == "的")
        start = next((at for at in heads if 1 < end - at <= LONGEST), start)
    if end - start > LONGEST:
        end = start + LONGEST
        for word in words:
            if word.start < end < word.end:
                end = word.start
                break
    return story.text[start:end], start, end
