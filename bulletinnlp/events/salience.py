"""What makes an annotator note an event, and hold it for the main one: the features of a candidate.

Of forty verbs in an article a reader would note four, and one or two of them are what it is about. Which, depends on
the verb, on who acts, on what the clause adds (a time, a number, a name), on where the sentence stands, and on whether
the headline says the same. Every feature is a short text, so that the weights of the models can be read.
"""

from __future__ import annotations

from collections.abc import Sequence

from bulletinnlp.events.clauses import NAMES, Sentence
from bulletinnlp.events.modality import modality, polarity
from bulletinnlp.events.predicates import Candidate, is_compound
from bulletinnlp.events.story import Story
from bulletinnlp.events.subjects import function_words, is_
from bulletinnlp.events.types import event_type, verbs
from bulletinnlp.events.words import Word


def candidate_features(story: Story, c: Candidate) -> list[str]:
    """The features of a candidate."""
    row = story.rows[c.sentence]
    words = row.words
    clause = row.clauses[c.clause]
    head, tail = words[c.first], words[c.last - 1]
    trigger = "".join(word.text for word in words[c.first : c.last])
    kind = event_type(trigger)
    before = words[c.first - 1] if c.first > clause.first else None
    after = words[c.last] if c.last < clause.last else None
    features = [
        "bias",
        f"verb={head.text}",
        f"trigger={trigger}",
        f"type={kind}",
        f"class={head.kind}{min(len(trigger), 4)}",
        f"tail={tail.text}" if c.last - c.first > 1 else "simple",
        f"char={head.text[0]}",
    ]
    if is_(head, "vague"):
        features += ["vague", f"vague|{c.subject_from}"]
    if is_compound(words, clause, c.last - 1):
        features.append("compound")
    mode = modality(row, c)
    if mode != "actual":
        features += [f"modality={mode}", "not actual"]
    if polarity(row, c) == "negative":
        features.append("negative")
    features += _place(story, c, row)
    features += _clause(story, c, words, clause.first, clause.last, before, after)
    features += _subject(story, c)
    features += _object(story, c, words)
    if row.part == "body":
        if head.text in story.headline_words:
            features.append("headline: verb")
        elif set(head.text) & story.headline_characters:
            features.append("headline: part of verb")
        if kind in story.headline_types:
            features.append("headline: type")
    conjunct = [f"{kind}|{name}" for name in (c.subject_from, "time" if c.times else "no time")]
    return features + conjunct


def _place(story: Story, c: Candidate, row: Sentence) -> list[str]:
    number = c.sentence - story.body_first
    count = len(story.rows) - story.body_first
    if row.part != "body":
        return [f"part={row.part}", f"part={row.part}|{c.subject_from}"]
    features = [f"sentence={number if number < 4 else 4 + number // 4}", f"paragraph={min(row.paragraph, 4)}"]
    features.append(f"clause={min(c.clause, 3)}")
    features.append(f"clauses={min(len(row.clauses), 6)}")
    features.append(f"length={min(count // 4, 6)}")
    if number == count - 1:
        features.append("last sentence")
    if c.clause == len(row.clauses) - 1:
        features.append("last clause")
    return features


def _clause(
    story: Story, c: Candidate, words: list[Word], first: int, last: int, before: Word | None, after: Word | None
) -> list[str]:
    features = []
    earlier = words[first : c.first]
    later = words[c.last : last]
    verbs_before = sum(word.kind == "v" for word in earlier)
    features.append(f"verbs before={min(verbs_before, 3)}")
    features.append(f"verbs after={min(sum(word.kind == 'v' for word in later), 3)}")
    features.append(f"before={_shape(before)}")
    features.append(f"after={_shape(after)}")
    roles = function_words()
    for word in earlier:
        if word.kind in "pcd" or word.text in roles:
            features.append(f"earlier={word.text}")
    for word in later[:6]:
        if word.text in ("的", "了", "后", "时", "、", "着", "过", "起"):
            features.append(f"later={word.text}")
    features += _frame(c, words, first, before, after)
    if any(word.kind == "QUOTE" for word in words[first:last]):
        features.append("quote in clause")
    if any(word.kind == "QUOTE" for word in words):
        features.append("quote in sentence")
    if c.times:
        features.append("time before" if c.times[0] < c.first else "time after")
    elif any(word.kind == "TIME" for word in words[:first]):
        features.append("time in sentence")
    if c.places:
        features.append("place in clause")
    if c.passive:
        features.append("passive")
    if last < len(words):
        features.append(f"mark={words[last].text}")
    return features


def _frame(c: Candidate, words: list[Word], first: int, before: Word | None, after: Word | None) -> list[str]:
    """Is the verb the clause's own, or part of the object of another: 采样点, 转化为制胜优势?"""
    features = [f"around={_shape(before)}|{_shape(after)}"]
    if after is not None and after.kind in "nNqj":
        features.append(f"noun after={after.text}")
    if before is not None and before.kind in "nNj":
        features.append(f"noun before={before.text}")
    if after is not None and after.kind in "vN":
        features += [f"verb after={after.text}", f"next to a verb={after.kind}"]
    if before is not None and before.kind in "vN":
        features += [f"verb before={before.text}", f"behind a verb={before.kind}"]
    if c.purpose:
        features.append("purpose")
    earlier = next((index for index in range(c.first - 1, first - 1, -1) if words[index].kind == "v"), None)
    if earlier is None:
        features.append("first verb")
        return features
    gap = [words[index].kind for index in range(earlier + 1, c.first)]
    features.append(f"gap={' '.join(gap[:4])}")
    features.append(f"behind={words[earlier].text}")
    if is_(words[earlier], "pivot"):
        features.append("under a pivot")
    if words[c.first].text in function_words() or (after is not None and after.kind in "nN" and "n" in gap):
        features.append("in a noun phrase")
    return features


def _shape(word: Word | None) -> str:
    if word is None:
        return "none"
    if word.kind in "pcdufxrvm" or word.text in ("的", "等"):
        return word.text if word.kind in "pcux" else word.kind
    return word.kind


def _subject(story: Story, c: Candidate) -> list[str]:
    features = [f"subject={c.subject_from}"]
    if c.subject is None:
        return features
    words = story.rows[c.subject.sentence].words
    names = [words[index] for index in c.subject.words]
    features.append(f"subject={c.subject_from}|{names[0].kind}")
    if c.subject_from.endswith("before"):
        features.append(f"distance={min(c.distance, 5)}")
    if c.subject.sentence == c.sentence and c.subject.words[-1] < c.first:
        gap = words[c.subject.words[-1] + 1 : c.first]
        features.append(f"gap={min(len(gap), 6)}")
        if any(word.kind in "nr" for word in gap) and not any(word.kind == "p" for word in gap):
            features.append("noun between")
    if len(names) > 1:
        features.append("subjects")
    if any(story.name(name) in story.headline for name in names):
        features.append("subject in headline")
    mentions = story.mentions.get(story.name(names[-1]), [])
    first = mentions[0] if mentions else (c.subject.sentence, c.subject.words[-1])
    here = (c.subject.sentence, c.subject.words[-1])
    order = sum(mention < here for mention in mentions)
    features.append(f"mention={min(order, 3)}|{c.subject_from}|{names[-1].kind}")
    if first == here and c.subject.sentence == c.sentence:
        between = [w for w in words[here[1] + 1 : c.first] if w.kind == "v"]
        features.append(f"introduced|verbs between {min(len(between), 2)}")
        features.append(f"introduced|{names[-1].kind}|only mention={len(mentions) == 1}")
        before = words[here[1] - 1] if here[1] else None
        if before is not None and before.kind in "nNj" and names[-1].kind == "PER":
            features.append("introduced with a title")
    features.append(f"subject count={min(max(story.counts.get(story.name(name), 0) for name in names), 4)}")
    return features


def _object(story: Story, c: Candidate, words: list[Word]) -> list[str]:
    if c.object is None:
        return ["no object"]
    inside = words[c.object[0] : c.object[1]]
    features = [f"object={c.object_from}", f"object starts={_shape(inside[0])}", f"object ends={inside[-1].kind}"]
    features.append(f"object length={min(len(inside), 8)}")
    if any(word.kind == "m" for word in inside):
        features.append("object counts")
    if any(word.kind in NAMES for word in inside):
        features.append("object names")
    if any(word.text[0] in "“《" for word in inside):
        features.append("object in marks")
    shared = sum(word.text in story.headline_words for word in inside)
    if shared:
        features.append(f"object in headline={min(shared, 2)}")
    said = {char for word in inside if word.kind in "nNv" for char in word.text}
    features.append(f"object characters in headline={min(len(said & story.headline_characters), 5)}")
    last = inside[-1].text
    if last in verbs() or inside[-1].kind in "nN":
        features.append(f"object head={last[-1]}")
    return features


def main_features(story: Story, c: Candidate, who: Sequence[str], place: int, of: int) -> list[str]:
    """The features of an event beside the others of its article: above all, what it shares with the headline, and its
    `place` among the events `of` the article."""
    row = story.rows[c.sentence]
    words = row.words
    trigger = "".join(word.text for word in words[c.first : c.last])
    kind = event_type(trigger)
    number = c.sentence - story.body_first if row.part == "body" else -1
    features = ["bias", f"type={kind}", f"sentence={min(number, 6)}"]
    features += [f"event {min(place, 4)} of {min(of, 4)}", f"event {min(place, 2)}|{kind}"]
    if place == of - 1:
        features.append("last event")
    features.append(f"paragraph={min(row.paragraph, 3)}|{row.part}")
    headline = story.headline
    if trigger in headline or words[c.first].text in story.headline_words:
        features.append("verb in headline")
    if kind in story.headline_types:
        features.append("type in headline")
    inside = sum(name in headline for name in who)
    features.append(f"actors in headline={min(inside, 1)}|{row.part}")
    named = sum(name in headline for name in story.counts)
    features.append(f"names in headline={min(named, 2)}|{min(inside, 1)}")
    if len(who) > 1:
        features.append("actors")
    features += [f"verb={words[c.first].text}", f"subject={c.subject_from}"]
    features.append(f"clause={min(c.clause, 3)}|{min(number, 2)}")
    features.append(f"characters of verb in headline={sum(char in story.headline_characters for char in trigger[:3])}")
    if c.object is not None:
        features += _main_object(story, words[c.object[0] : c.object[1]])
    features.append(f"count={min(max((story.counts.get(name, 0) for name in who), default=0), 4)}")
    if c.times:
        features.append("time")
    if not headline:
        features += [f"no headline|sentence={min(number, 4)}"]
    return features


def _main_object(story: Story, inside: Sequence[Word]) -> list[str]:
    """What the object of an event shares with the headline, and how it looks."""
    said = {char for word in inside if word.kind in "nNv" for char in word.text}
    features = [f"object in headline={min(len(said & story.headline_characters), 4)}"]
    shared = sum(word.text in story.headline_words for word in inside)
    features += [f"object words in headline={min(shared, 3)}", f"object ends={inside[-1].text[-1]}"]
    if any(word.kind == "m" for word in inside):
        features.append("object counts")
    if any(word.text[0] in "“《" for word in inside):
        features.append("object in marks")
    return features
