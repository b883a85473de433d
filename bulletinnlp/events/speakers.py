"""Whose words: the options for the speaker of a quotation, and what speaks for each.

Options are the names around a quotation, the noun phrases that stand where a speaker stands (党员们纷纷表示), the last
speaker, and nobody. A linear model (`data/events/speaker.json`) chooses. A name in the quotation itself is usually
addressed, not speaking; a name between the quotation and a cue (”孙乐文说) nearly always speaks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

from bulletinnlp.data import lexicon
from bulletinnlp.events.clauses import NAMES
from bulletinnlp.events.roles import Named
from bulletinnlp.events.words import Word, cut

#: How far before and behind a quotation a speaker is looked for, in characters, and how many names before it.
_BEFORE, _BEHIND, _NAMES = 260, 70, 9
#: So many quotations in a row are looked past for the speaker behind them.
_CHAIN = 6
_STOPS = regex.compile(r"[。！？!?\n…]")
_PRONOUNS = frozenset(("他", "她", "他们", "她们", "老人", "对方", "记者", "自己", "大家"))
_GOVERN = frozenset("对向给跟同与在从为问替把被让叫冲朝请教劝陪和")


#: A preposition with a title or kin before a name: 对妻子史亚凤, 向大堂经理方正.
_GOVERNED = regex.compile(r"[对向给跟问替把让被朝][^，。；：！？“”、\n]{1,6}$")


class Option(NamedTuple):
    """Somebody who may speak: a name at `start:end`, a noun phrase there, the last speaker, or nobody."""

    speaker: str | None
    kind: str
    start: int
    end: int


class Scene(NamedTuple):
    """A quotation in its text: `left` and `right` are where its marks stand, `quotes` all stretches in marks."""

    text: str
    names: Sequence[Named]
    starts: Sequence[int]
    left: int
    right: int
    floor: int
    ceiling: int
    quotes: Sequence[tuple[int, int]]
    last: str | None
    last_end: int
    #: Who spoke before the last speaker: in a dialogue they take turns.
    before_last: str | None = None


@cache
def _cue_pattern() -> regex.Pattern[str]:
    return regex.compile("|".join(sorted(lexicon("speech_cues"), key=len, reverse=True)))


@cache
def _people() -> tuple[str, ...]:
    return (*lexicon("title_heads"), *lexicon("speaker_nouns"))


def speaker_options(scene: Scene) -> list[Option]:
    """Who may speak, in the order of the text, then the last speaker and nobody."""
    found: list[Option] = []
    text = scene.text
    low = max(scene.floor, scene.left - _BEFORE)
    index = bisect_left(scene.starts, scene.left) - 1
    near: list[Named] = []
    while index >= 0 and scene.names[index].start >= low and len(near) < _NAMES:
        if not _quoted(scene, scene.names[index].start):
            near.append(scene.names[index])
        index -= 1
    found += [Option(name.name, name.label, name.start, name.end) for name in reversed(near)]
    start = max([low, *(stop.end() for stop in _STOPS.finditer(text, low, scene.left))])
    found += [option for option in _phrases(scene, _sentence_before(text, low, start), start) if _is_person(option)]
    found += _phrases(scene, start, scene.left)
    begin = _behind_chain(scene)
    stop = _STOPS.search(text, begin, min(begin + _BEHIND, scene.ceiling))
    end = stop.start() if stop else min(begin + _BEHIND, scene.ceiling)
    index = bisect_left(scene.starts, begin)
    while index < len(scene.names) and scene.names[index].end <= end:
        if not _quoted(scene, scene.names[index].start):
            name = scene.names[index]
            found.append(Option(name.name, name.label, name.start, name.end))
        index += 1
    found += _phrases(scene, begin, end)
    if scene.last is not None:
        found.append(Option(scene.last, "last", -1, -1))
    found.append(Option(None, "nobody", -1, -1))
    return found


def _sentence_before(text: str, low: int, start: int) -> int:
    """Where the sentence begins that ends at `start`."""
    return max([low, *(stop.end() for stop in _STOPS.finditer(text, low, max(start - 1, low)))])


def _is_person(option: Option) -> bool:
    return option.kind == "phrase" and option.speaker is not None and option.speaker.endswith(_people())


def _behind_chain(scene: Scene) -> int:
    """Where the text goes on behind a quotation and those that follow it at once (“……。”“……。”)."""
    at = scene.right
    index = bisect_left(scene.quotes, (at, 0))
    last = min(index + _CHAIN, len(scene.quotes))
    while index < last and not scene.text[at : scene.quotes[index][0]].strip("，,…、 "):
        at = scene.quotes[index][1]
        index += 1
    while at < scene.ceiling and scene.text[at] in "…，,":
        at += 1
    return at


def _quoted(scene: Scene, at: int) -> bool:
    index = bisect_left(scene.quotes, (at + 1, 0)) - 1
    return index >= 0 and scene.quotes[index][1] > at


def _phrases(scene: Scene, start: int, end: int) -> list[Option]:
    """The noun phrases that open a clause of `text[start:end]`: 党员们 of 党员们纷纷表示, 他 for the person before."""
    found = []
    known = [
        (name.start, name.end, name.label)
        for name in scene.names[bisect_left(scene.starts, start) : bisect_left(scene.starts, end)]
    ]
    words = [word for word in cut(scene.text, start, end, known) if not _quoted(scene, word.start)]
    opening = True
    index = 0
    while index < len(words):
        word = words[index]
        if word.kind == "x":
            opening = True
            index += 1
            continue
        if not opening:
            index += 1
            continue
        if word.text in _PRONOUNS:
            person = _person_before(scene, word.start)
            if person is not None:
                found.append(Option(person, "pronoun", word.start, word.end))
            if word.kind == "r":
                opening = False
                index += 1
                continue
        taken = _phrase_end(words, index)
        if taken > index:
            first, last = words[index], words[taken - 1]
            marked = scene.text[max(first.start - 1, 0)] in '“"‘「'
            if not marked and not all(item.kind in NAMES for item in words[index:taken]):
                found.append(Option(scene.text[first.start : last.end], "phrase", first.start, last.end))
            opening = taken < len(words) and words[taken].kind in "fs"
            index = taken
        else:
            opening = word.kind in "tdcpfsTIME"
            index += 1
    return found


def _phrase_end(words: Sequence[Word], start: int) -> int:
    taken = start
    for index in range(start, len(words)):
        word = words[index]
        if word.text[0].isdigit():
            break
        if word.kind in ("PLACE", "REF", "n", "N", "j", "b", "a", "m", "q", "r", "z") or word.text in (
            "们",
            "的",
            "一位",
        ):
            if word.kind in ("n", "N", "j") or word.text == "们":
                taken = index + 1
        else:
            break
    return taken


def _person_before(scene: Scene, at: int) -> str | None:
    index = bisect_left(scene.starts, at) - 1
    while index >= 0 and scene.names[index].start >= scene.floor:
        if scene.names[index].label == "PER" and not _quoted(scene, scene.names[index].start):
            return scene.names[index].name
        index -= 1
    return None


def speaker_features(scene: Scene, option: Option) -> list[str]:
    """What speaks for and against an option."""
    text = scene.text
    content = text[scene.left + 1 : scene.right - 1]
    gap = text[scene.last_end + 1 : scene.left] if 0 <= scene.last_end < scene.left else ""
    features = [f"kind={option.kind}"]
    if option.speaker is not None and len(option.speaker) > 1 and option.speaker in content:
        features.append("addressed")
    if option.kind in ("last", "nobody"):
        return features + _context(scene, option.kind, gap)
    if scene.before_last is not None and option.speaker == scene.before_last != scene.last:
        features.append(f"spoke before the last|gap {min(len(gap) // 10, 4)}")
        if scene.last is not None and scene.last in content:
            features.append("answers the last")
    if option.speaker == scene.last:
        features.append("is last speaker")
        features.append(f"is last speaker|gap {min(len(gap) // 10, 4)}")
    before = text[option.start - 1] if option.start else "\n"
    after = text[option.end] if option.end < len(text) else "\n"
    features.append(f"governed={before if before in _GOVERN else '-'}|{option.kind}")
    if _GOVERNED.search(text, max(option.start - 7, 0), option.start):
        features.append(f"governed near|{option.kind}")
    features.append(f"after={after if after in '的、和与，家等一人' else '-'}|{option.kind}")
    side = "before" if option.end <= scene.left else "behind"
    between = text[option.end : scene.left] if side == "before" else text[scene.right : option.start]
    features.append(f"{side}|{option.kind}")
    features.append(f"{side}|length {min(len(between) // 6, 9)}")
    others = sum(1 for name in _names_between(scene, option) if name.name != option.speaker)
    features.append(f"{side}|names {min(others, 3)}")
    people = sum(1 for name in _names_between(scene, option) if name.label == "PER" and name.name != option.speaker)
    features.append(f"{side}|people {min(people, 3)}|{option.kind}")
    sentences = len(_STOPS.findall(between))
    features.append(f"{side}|sentences {min(sentences, 3)}")
    features.append(f"{side}|commas {min(sum(between.count(mark) for mark in '，,；'), 3)}|{min(sentences, 1)}")
    if "\n" in between:
        features.append(f"{side}|paragraph")
    if any(option.end <= left < scene.left for left, _ in scene.quotes) and side == "before":
        features.append("before|quotation between")
    if option.kind == "phrase" and option.speaker is not None:
        features.append(f"person noun|{side}" if option.speaker.endswith(_people()) else "thing")
        features.append(f"phrase length {min(len(option.speaker), 7)}")
    return features + _cues(scene, option, side, between, sentences)


def _names_between(scene: Scene, option: Option) -> Sequence[Named]:
    if option.end <= scene.left:
        low, high = option.end, scene.left
    else:
        low, high = scene.right, option.start
    return scene.names[bisect_left(scene.starts, low) : bisect_left(scene.starts, high)]


def _cues(scene: Scene, option: Option, side: str, between: str, sentences: int) -> list[str]:
    """Where a cue stands between the speaker and the quotation, or behind both."""
    text = scene.text
    features = []
    if side == "before":
        cue = max(_cue_pattern().finditer(between), key=lambda found: found.start(), default=None)
        colon = between[-1:] in ("：", ":")
        if cue is not None and sentences == 0:
            tail = len(between) - cue.end()
            features.append(f"before|cue|tail {min(tail, 4)}|{'colon' if colon else '-'}")
            clauses = sum(between[: cue.start()].count(mark) for mark in "，,；")
            features.append(f"before|cue in {'same' if clauses == 0 else 'later'} clause|{option.kind}")
            features.append(f"before|words to cue {min(cue.start(), 9) // 2}")
        elif sentences == 0:
            features.append(f"before|no cue|{'colon' if colon else '-'}|{option.kind}")
        clause = max(text.rfind(mark, max(option.start - 30, 0), option.start) for mark in "，。！？；：”\n")
        features.append(f"before|opens its clause {min(option.start - clause - 1, 12) // 3}")
        return features
    stop = min((at for at in (text.find(mark, option.end) for mark in "，。：！？\n") if at >= 0), default=len(text))
    cue = _cue_pattern().search(text, option.end, min(stop, option.end + 30))
    touches = text[scene.right : option.start].strip("，, ")
    features.append("behind|touches" if not touches else f"behind|after {min(len(touches), 12) // 3}")
    if cue is not None:
        features.append(f"behind|cue {min(cue.start() - option.end, 12) // 3}|{option.kind}")
    else:
        features.append(f"behind|no cue|{option.kind}")
    earlier = _cue_pattern().search(text, scene.right, option.start)
    if earlier is not None:
        features.append("behind|cue before the name")
    return features


def _context(scene: Scene, kind: str, gap: str) -> list[str]:
    """What speaks for nobody new: the quotation goes on, no cue near."""
    text = scene.text
    behind = text[scene.right : scene.right + 12]
    ahead = text[max(scene.left - 12, 0) : scene.left]
    near = regex.split(_STOPS, ahead)[-1]
    close = regex.split(_STOPS, behind)[0]
    features = [f"{kind}|gap {min(len(gap), 60) // 6}" if gap or scene.last_end >= 0 else f"{kind}|first"]
    features.append(f"{kind}|cue ahead" if _cue_pattern().search(near) else f"{kind}|no cue ahead")
    features.append(f"{kind}|cue behind" if _cue_pattern().search(close) else f"{kind}|no cue behind")
    if ahead[-1:] in ("：", ":"):
        features.append(f"{kind}|colon")
    if "\n" in gap:
        features.append(f"{kind}|new paragraph")
    if not gap.strip("，。 "):
        features.append(f"{kind}|adjoins the last")
    if ahead[-1:] in ("\n", ""):
        features.append(f"{kind}|opens its paragraph")
    return features
