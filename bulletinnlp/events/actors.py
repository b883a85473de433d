"""Who acts: which group of names is the actor of an event.

The options are the subject that the grammar found, and every run of names near the verb or prominent in the article;
a linear model (`data/events/who.json`) chooses by how the group stands to the verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bulletinnlp.events.clauses import NAMES, Group, Sentence
from bulletinnlp.events.predicates import Candidate
from bulletinnlp.events.story import Story
from bulletinnlp.events.types import event_type
from bulletinnlp.events.words import Word

#: How many sentences back a group is looked for.
_BACK = 3
_LINKS = frozenset("、和与及同") | {"以及", "联合", "会同", "携手"}
_JOINT = frozenset(("与", "同", "和", "跟", "联合", "会同", "携手"))


class Actors(NamedTuple):
    """A group that may act, and how it came to be an option."""

    group: Group
    names: tuple[str, ...]
    source: str


def actor_options(story: Story, c: Candidate) -> list[Actors]:
    """The groups that may be the actor of a candidate, each once, the likelier first."""
    found: dict[tuple[str, ...], Actors] = {}

    def add(group: Group | None, source: str) -> None:
        if group is None:
            return
        words = story.rows[group.sentence].words
        names = tuple(dict.fromkeys(story.name(words[index]) for index in group.words))
        found.setdefault(tuple(sorted(names)), Actors(group, names, source))

    add(c.subject, "subject")
    for number in range(c.sentence, max(c.sentence - _BACK, -1), -1):
        back = c.sentence - number
        groups = list(runs(story.rows[number], number, story.titles))
        for group in reversed(groups) if back == 0 else groups:
            if back == 0:
                before = group.words[-1] < c.first
                same = group.words[0] >= story.rows[number].clauses[c.clause].first
                add(group, ("clause before" if same else "before") if before else "after")
            elif story.rows[number].part == story.rows[c.sentence].part:
                add(group, f"back {back}")
    for number in range(len(story.rows)):
        first = next(runs(story.rows[number], number, story.titles), None)
        if first is not None and number >= story.body_first:
            add(first, "first")
            break
    for number in range(min(story.body_first, len(story.rows))):
        for group in runs(story.rows[number], number, story.titles):
            add(group, "headline")
    return list(found.values())


def runs(sentence: Sentence, number: int, titles: frozenset[int] = frozenset()) -> Iterator[Group]:
    """The groups of names of a sentence: every run linked by 、 and 和, and its parts before and behind 与."""
    words = sentence.words
    run: list[int] = []
    joints: list[int] = []
    for index, word in enumerate(words):
        if word.kind not in NAMES:
            continue
        if run and _linked(words, run[-1], index):
            if any(words[between].text in _JOINT for between in range(run[-1] + 1, index)):
                joints.append(len(run))
            run.append(index)
            continue
        yield from _parts(words, number, run, joints, titles)
        run, joints = [index], []
    yield from _parts(words, number, run, joints, titles)


def _parts(
    words: list[Word], number: int, run: list[int], joints: list[int], titles: frozenset[int]
) -> Iterator[Group]:
    if not run:
        return
    acting = tuple(index for position, index in enumerate(run) if not _modifies(words, run, position, titles))
    if acting:
        yield Group(number, acting)
    for joint in joints:
        for part in (run[:joint], run[joint:]):
            inside = tuple(i for position, i in enumerate(part) if not _modifies(words, part, position, titles))
            if inside:
                yield Group(number, inside)
    if len(acting) > 1 and not joints:
        yield Group(number, acting[-1:])
    for position, index in enumerate(run):
        if _modifies(words, run, position, titles):
            yield Group(number, (index,))


def _linked(words: list[Word], left: int, right: int) -> bool:
    between = words[left + 1 : right]
    if len(between) > 8:
        return False
    return all(
        word.kind in "nNbjamq" or word.text in _LINKS or word.text == "的" or word.kind == "NOTE" for word in between
    ) or (
        bool(between)
        and between[0].text == "，"
        and all(word.kind in "nNbjamq，" or word.text in "，、" for word in between)
    )


def _modifies(words: list[Word], run: list[int], position: int, titles: frozenset[int]) -> bool:
    """Is the name a body or place that only says whose the next person is?"""
    if position + 1 >= len(run):
        return False
    index, following = run[position], run[position + 1]
    if words[index].kind != "PER" and words[index + 1].start in titles:
        return True
    if words[index].kind == "PER" or words[following].kind != "PER":
        return False
    return not any(word.text in _LINKS for word in words[index + 1 : index + 2])


def actor_features(story: Story, c: Candidate, option: Actors) -> list[str]:
    """The features of a group as the actor of a candidate."""
    group, names, source = option
    words = story.rows[group.sentence].words
    row = story.rows[c.sentence]
    trigger = "".join(word.text for word in row.words[c.first : c.last])
    kind = event_type(trigger)
    first, last = group.words[0], group.words[-1]
    head = words[last]
    subject = c.subject is not None and source == "subject"
    features = [
        f"source={source}",
        f"source={source}|{c.subject_from}" if subject else f"source={source}|subject {c.subject_from}",
        f"label={head.kind}",
        f"label={head.kind}|{kind}",
        f"label={head.kind}|{source}",
        f"size={min(len(names), 3)}|{source}",
        f"count={min(max(story.counts.get(name, 0) for name in names), 4)}",
    ]
    if c.subject is not None and not subject:
        mine, its = set(group.words), set(c.subject.words)
        if group.sentence == c.subject.sentence and mine > its:
            features += ["wider than subject", f"wider than subject|{row.words[c.first].text}"]
            features.append(f"wider than subject|{kind}")
        elif group.sentence == c.subject.sentence and mine < its:
            features.append("narrower than subject")
    if any(name in story.headline for name in names):
        features.append("in headline")
    before = words[first - 1] if first else None
    after = words[last + 1] if last + 1 < len(words) else None
    features.append(f"before={_sign(before)}")
    features.append(f"after={_sign(after)}")
    if group.sentence == c.sentence:
        low, high = (last + 1, c.first) if last < c.first else (c.last, first)
        between = row.words[low:high]
        side = "left" if last < c.first else "right"
        features.append(f"{side}: verbs={min(sum(word.kind == 'v' for word in between), 3)}")
        features.append(f"{side}: names={min(sum(word.kind in NAMES for word in between), 3)}")
        features.append(f"{side}: clauses={min(sum(word.text in '，；' for word in between), 4)}")
        if any(word.text == "的" for word in between):
            features.append(f"{side}: 的")
        if not between:
            features.append(f"{side}: touches")
    else:
        features.append(f"back={c.sentence - group.sentence}|{head.kind}")
    if any(word.text in _JOINT for word in words[first:last]):
        features += ["joint", f"joint|{row.words[c.first].text}", f"joint|{kind}"]
    if c.passive:
        features.append(f"passive|{source}|{_sign(before)}")
    return features


def _sign(word: Word | None) -> str:
    if word is None:
        return "edge"
    if word.kind in "pcxufd" or word.text in ("等", "一行"):
        return word.text
    return word.kind
