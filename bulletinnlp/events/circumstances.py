"""When and where: which time and which place of the article belong to an event.

The options are the times and the places near the verb, and none; linear models (`data/events/when.json`,
`where.json`) choose. A reader takes the time of the clause, then that of the sentence, then the frame that an earlier
sentence set; the model has learned how far each frame carries.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bulletinnlp.events.clauses import NAMES
from bulletinnlp.events.predicates import Candidate
from bulletinnlp.events.story import Story
from bulletinnlp.events.subjects import is_
from bulletinnlp.events.types import event_type
from bulletinnlp.events.words import Word
from bulletinnlp.times.time import Time

_TIMES_BACK = 4
_PLACES_BACK = 2
#: A name behind one of these gets something or is spoken to; nothing happens at it.
_GIVEN = frozenset("向给对")


class Spot(NamedTuple):
    """A time or a place of the article: where the word stands; None for no time, no place."""

    sentence: int
    word: int


def time_options(story: Story, c: Candidate) -> list[Spot | None]:
    """The times that may be the time of a candidate, and none."""
    found: list[Spot | None] = [None]
    count = 0
    for number in range(c.sentence, -1, -1):
        words = story.rows[number].words
        spots = [Spot(number, index) for index, word in enumerate(words) if word.kind == "TIME"]
        found += spots
        if number < c.sentence:
            count += len(spots)
            if count >= _TIMES_BACK:
                break
    return found


def time_features(story: Story, c: Candidate, spot: Spot | None, times: dict[int, Time]) -> list[str]:
    """The features of a time as that of a candidate."""
    row = story.rows[c.sentence]
    head = row.words[c.first].text
    kind = event_type(head)
    clause = row.clauses[c.clause]
    if spot is None:
        here = any(word.kind == "TIME" for word in row.words)
        return ["none", f"none|{kind}", f"none|{'time here' if here else 'no time here'}", f"none|{row.part}"]
    words = story.rows[spot.sentence].words
    word = words[spot.word]
    time = times.get(word.start)
    sort = _sort(time)
    before = words[spot.word - 1] if spot.word else None
    after = words[spot.word + 1] if spot.word + 1 < len(words) else None
    features = [f"sort={sort}", f"before={_sign(before)}", f"after={_sign(after)}"]
    if spot.sentence == c.sentence:
        inside = clause.first <= spot.word < clause.last
        side = "left" if spot.word < c.first else "right"
        near = "clause" if inside else "sentence"
        place = f"{near} {side}"
        low, high = min(spot.word, c.first), max(spot.word, c.first)
        features.append(f"times between={min(sum(w.kind == 'TIME' for w in words[low + 1 : high]), 2)}|{side}")
        features.append(f"verbs between={min(sum(w.kind == 'v' for w in words[low + 1 : high]), 3)}|{side}")
        features.append(f"clauses between={min(sum(w.text in '，；' for w in words[low + 1 : high]), 4)}|{side}")
        if any(w.text in "；" for w in words[low + 1 : high]):
            features.append("semicolon between")
    else:
        back = c.sentence - spot.sentence
        place = f"back {min(back, 4)}"
        same = story.rows[spot.sentence].paragraph == row.paragraph
        features.append(f"{place}|{'same' if same else 'other'} paragraph")
        if any(w.kind == "TIME" for w in row.words):
            features.append("back|time here")
        later = any(w.kind == "TIME" for w in words[spot.word + 1 :])
        features.append(f"back|{'not ' if later else ''}last of its sentence")
        between = range(spot.sentence + 1, c.sentence)
        if any(w.kind == "TIME" for number in between for w in story.rows[number].words):
            features.append("back|times between")
    features += [f"place={place}", f"place={place}|{sort}", f"place={place}|{kind}", f"{sort}|{kind}"]
    if c.object is not None and spot.sentence == c.sentence and c.object[0] <= spot.word < c.object[1]:
        features.append(f"in object|{_sign(after)}")
    return features


def _sort(time: Time | None) -> str:
    if time is None:
        return "unknown"
    value = time.value or ""
    if value.endswith("_REF"):
        return value
    if value.endswith("/.."):
        return "since"
    if "/" in value:
        return f"{time.type} range"
    return f"{time.type}{min(len(value), 13)}"


def place_options(story: Story, c: Candidate) -> list[Spot | None]:
    """The places and venues that may be the place of a candidate, and none.

    In the candidate's sentence and the one before every name counts; further back only one that something is said to
    happen at (`scenes`), the latest mention of each.
    """
    found: list[Spot | None] = [None]
    seen: set[str] = set()
    if story.rows[c.sentence].part != "body":
        return found + [spot for spot in _venues(story, c.sentence) if spot is not None]
    for number in range(c.sentence, max(c.sentence - _PLACES_BACK, story.body_first - 1), -1):
        for spot in _venues(story, number):
            found.append(spot)
            seen.add(story.name(story.rows[number].words[spot.word]))
    for spot in reversed(scenes(story)):
        if spot.sentence <= c.sentence - _PLACES_BACK:
            name = story.name(story.rows[spot.sentence].words[spot.word])
            if name not in seen:
                seen.add(name)
                found.append(spot)
    return found


def _venues(story: Story, number: int) -> list[Spot]:
    words = story.rows[number].words
    return [
        Spot(number, index)
        for index, word in enumerate(words)
        if word.kind in ("PLACE", "ORG", "REF") and (not index or words[index - 1].text not in _GIVEN)
    ]


def scenes(story: Story) -> list[Spot]:
    """The names of the body at which something is said to happen: after 在, 到, 来到, or before 里, 上."""
    found = story.memo.get("scenes")
    if found is None:
        found = story.memo["scenes"] = [
            spot
            for number in range(story.body_first, len(story.rows))
            for spot in _venues(story, number)
            if _is_scene(story.rows[number].words, spot.word)
        ]
    return found


def _is_scene(words: Sequence[Word], at: int) -> bool:
    governed = _governor(words, at)
    after = words[at + 1] if at + 1 < len(words) else None
    return governed in ("在", "到", "于", "赴", "other") or (after is not None and after.kind in "fs")


def place_features(story: Story, c: Candidate, spot: Spot | None, who: Sequence[str]) -> list[str]:
    """The features of a name as the place of a candidate whose actors are `who`."""
    row = story.rows[c.sentence]
    head = row.words[c.first].text
    tail = row.words[c.last - 1].text
    trigger = "".join(word.text for word in row.words[c.first : c.last])
    kind = event_type(trigger)
    if spot is None:
        known = any((scene.sentence, scene.word) < (c.sentence, c.first) for scene in scenes(story))
        here = any(scene.sentence == c.sentence for scene in scenes(story))
        frame = "scene here" if here else "scene before" if known else "no scene"
        return ["none", f"none|{kind}", f"none|{head}", f"none|{tail}", f"none|{frame}", f"none|{frame}|{row.part}"]
    words = story.rows[spot.sentence].words
    word = words[spot.word]
    before = words[spot.word - 1] if spot.word else None
    after = words[spot.word + 1] if spot.word + 1 < len(words) else None
    sign, next_sign = _place_sign(before), _place_sign(after)
    features = [f"label={word.kind}", f"before={sign}", f"after={next_sign}", f"before={sign}|{word.kind}"]
    features.append(f"before={sign}|after={next_sign}")
    if story.name(word) in who:
        features.append(f"actor|{word.kind}")
    governed = _governor(words, spot.word)
    features.append(f"governor={governed}")
    if spot.sentence == c.sentence:
        clause = row.clauses[c.clause]
        inside = clause.first <= spot.word < clause.last
        side = "left" if spot.word < c.first else "right"
        place = f"{'clause' if inside else 'sentence'} {side}"
        low, high = min(spot.word, c.first), max(spot.word, c.first)
        features.append(f"names between={min(sum(w.kind in NAMES for w in words[low + 1 : high]), 3)}|{side}")
        features.append(f"verbs between={min(sum(w.kind == 'v' for w in words[low + 1 : high]), 3)}|{side}")
        if side == "right" and spot.word == c.last:
            features += ["object", f"object|{tail}", f"object|{kind}"]
    else:
        back = c.sentence - spot.sentence
        place = f"back {min(back, 2) if back < 4 else 4 if back < 8 else 8}"
        gone = row.paragraph - story.rows[spot.sentence].paragraph
        features.append(f"{place}|{min(gone, 2)} paragraphs")
        features.append(f"{place}|{min(gone, 2)} paragraphs|{governed}")
    features += _frame(story, c, spot)
    features += _rank(story, spot, who, governed, spot.sentence == c.sentence)
    features += [f"place={place}", f"place={place}|{governed}", f"place={place}|{word.kind}|{sign}"]
    features.append(f"place={place}|{kind}")
    return features


def _rank(story: Story, spot: Spot, who: Sequence[str], governed: str, here: bool) -> list[str]:
    """How fine the place is, by the end of its name and by those beside it (江孜县的江热乡), and whether
    it is rather what an actor belongs to (华埠镇中心小学学生徐扬帆)."""
    words = story.rows[spot.sentence].words
    word = words[spot.word]
    name = story.name(word)
    level = name[-2:] if name.endswith(("街道", "社区")) else name[-1:]
    features = [f"level={level}|{word.kind}", f"level={level}|{'here' if here else 'back'}|{governed}"]
    later = range(spot.word + 1, min(spot.word + 4, len(words)))
    finer = next((index for index in later if words[index].kind in ("PLACE", "ORG")), None)
    earlier = reversed(range(max(spot.word - 3, 0), spot.word))
    coarser = next((index for index in earlier if words[index].kind in ("PLACE", "ORG")), None)
    if finer is not None:
        features.append(f"finer follows|{story.text[word.end : words[finer].start][:2]}")
    if coarser is not None:
        features.append(f"coarser before|{story.text[words[coarser].end : word.start][:2]}")
    if name not in who and any(name in actor or actor in name for actor in who):
        features.append(f"part of an actor|{'here' if here else 'back'}")
    behind = words[spot.word + 1 : spot.word + 5]
    if any(other.kind == "PER" and story.name(other) in who for other in behind):
        features.append(f"of an actor|{word.kind}|{'here' if here else 'back'}")
    return features


def _frame(story: Story, c: Candidate, spot: Spot) -> list[str]:
    """Is the place the scene that the article opened, or the latest one before the candidate?"""
    before = [scene for scene in scenes(story) if scene.sentence <= c.sentence and scene != spot]
    before = [scene for scene in before if (scene.sentence, scene.word) < (c.sentence, c.first)]
    mine = _is_scene(story.rows[spot.sentence].words, spot.word)
    found = []
    if mine:
        first = not any((scene.sentence, scene.word) < (spot.sentence, spot.word) for scene in before)
        latest = not any((scene.sentence, scene.word) > (spot.sentence, spot.word) for scene in before)
        lead = spot.sentence - story.body_first < 2
        found.append(f"scene: {'first ' if first else ''}{'latest' if latest else ''}{' lead' if lead else ''}")
        same = spot.sentence == c.sentence
        found.append(f"{found[0]}|{'here' if same else 'back'}")
    elif before:
        found.append("other scene")
    name = story.name(story.rows[spot.sentence].words[spot.word])
    if name in story.headline:
        found.append("in headline")
    found.append(f"count={min(story.counts.get(name, 0), 3)}")
    return found


def _governor(words: Sequence[Word], at: int) -> str:
    """The preposition or verb of place that governs a name, back over names and nouns."""
    for index in range(at - 1, max(at - 8, -1), -1):
        word = words[index]
        if word.kind == "p" or is_(word, "at"):
            return word.text if word.text in ("在", "到", "于", "赴", "从", "向", "对", "由", "为") else "other"
        if word.kind in "vdxr" and word.text not in "、“”":
            return "none"
    return "none"


def _sign(word: Word | None) -> str:
    if word is None:
        return "edge"
    if word.kind in "pcxufd":
        return word.text
    return word.kind


def _place_sign(word: Word | None) -> str:
    if word is None:
        return "edge"
    if word.kind in "pcxufs" or is_(word, "at"):
        return word.text
    return word.kind
