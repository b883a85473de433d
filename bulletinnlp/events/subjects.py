"""Who acts in a clause: the subject of each of its verbs.

The clause is read once, from left to right, as a reader would. What stands before a verb and is governed by no
preposition is its subject: a name (`clause`), the people of a named unit (县豫剧团的演员, `unit`), the agent of 由, 被,
让 (`agent`), who leads (在…的带领下, `led`), a pronoun (`pronoun`) or a noun without a name (`noun`). What stands
behind a verb is its object, until 的 shows that both only describe what follows (团县委招募的大学生志愿者卫冬冬).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bulletinnlp.data import table
from bulletinnlp.events.clauses import NAMES, Clause, Group, Sentence
from bulletinnlp.events.words import Word


@cache
def words_of(role: str) -> frozenset[str]:
    """The words of `data/lexicons/event_words.txt` that have this role."""
    return frozenset(word for kind, words in table("event_words") if kind == role for word in words.split(" "))


@cache
def function_words() -> frozenset[str]:
    """Words that serve other words: auxiliaries, modals, complements, light verbs, prepositions."""
    roles = ("auxiliary", "modal", "complement", "light", "preposition", "at")
    return frozenset().union(*(words_of(role) for role in roles))


def is_(word: Word, role: str) -> bool:
    """Does the word have this role in `event_words.txt`? A word may have several."""
    return word.text in words_of(role)


class Reading:
    """The subjects of a clause: from which word on which one holds."""

    def __init__(self) -> None:
        self.changes: list[tuple[int, Group | None, str]] = []
        self.pronoun = False

    def subject_of(self, verb: int) -> tuple[Group | None, str]:
        """The subject of the verb at that word number and where it stands; `none` if the clause names none."""
        found: tuple[Group | None, str] = (None, "none")
        for index, group, origin in self.changes:
            if index >= verb:
                break
            found = (group, origin)
        return found

    def last(self) -> Group | None:
        """The subject that later clauses may share: no agent of 由 or 让."""
        named = [(group, origin) for _, group, origin in self.changes if group is not None]
        plain = [group for group, origin in named if origin != "agent"]
        return plain[-1] if plain else named[-1][0] if named else None


def listed_people(sentence: Sentence, clause: Clause) -> list[int]:
    """The people of a clause that is nothing but an item of a list: 县文体局局长额尔敦，渔场场长单立群等出席."""
    inside = range(clause.first, clause.last)
    words = sentence.words
    if any(words[index].kind not in _LISTED and words[index].text != "、" for index in inside):
        return []
    people = [index for index in inside if words[index].kind == "PER"]
    return people if people and people[-1] == clause.last - 1 else []


def read_clause(sentence: Sentence, number: int, clause: Clause, listed: Sequence[int] = ()) -> Reading:
    """Read a clause of the sentence with this number in the article; `listed` are people of the list before it."""
    words = sentence.words
    reading = Reading()
    run: list[int] = list(listed)
    led: list[int] = []
    governor = ""
    objects = False
    for index in range(clause.first, clause.last):
        word = words[index]
        following = words[index + 1] if index + 1 < clause.last else None
        if word.kind in NAMES:
            if governor in _AGENT:
                run = [index] if not run or not _linked(words, run[-1], index) else [*run, index]
                reading.changes.append((index, _acting(sentence, number, run), "agent"))
            elif (governor and governor not in _WITH) or objects:
                led = [*led, index] if governor == "在" else []
                continue
            elif following is not None and following.text == "的":
                run = [index]
                reading.changes.append((index, _acting(sentence, number, run), "unit"))
            else:
                goes_on = bool(run) and (governor in _WITH or run[-1] in listed or _linked(words, run[-1], index))
                run = [*run, index] if goes_on else [index]
                reading.changes.append((index, _acting(sentence, number, run), "clause"))
        elif word.kind == "p" or is_(word, "preposition") or word.text in _AGENT:
            governor = word.text
            if governor in _AGENT or governor in _WITH:
                objects = False
                run = run if governor in _WITH else []
        elif word.text == "的":
            objects = False
        elif word.kind == "v" and not is_(word, "auxiliary"):
            if is_(word, "lead") and governor == "在" and led:
                reading.changes.append((index, _acting(sentence, number, led), "led"))
            objects = following is not None
            governor = ""
        elif word.kind in "fs" and governor:
            governor = ""
        elif word.kind == "r" and not objects and not governor and word.text in _PRONOUNS:
            reading.pronoun = True
            reading.changes.append((index, None, "pronoun"))
        elif word.kind in "nN" and not (objects or governor or reading.changes) and _ends_phrase(following):
            reading.changes.append((index, None, "noun"))
    return reading


_AGENT = frozenset(("由", "被", "让", "请", "叫", "令", "经"))
_LISTED = frozenset(("PER", "ORG", "PLACE", "REF", "n", "N", "b", "j", "m", "q", "a", "f", "NOTE"))
_WITH = frozenset(("与", "和", "同", "跟", "联合", "会同", "携手", "及", "以及"))
_PRONOUNS = frozenset(("他", "她", "他们", "她们", "其"))


def _ends_phrase(following: Word | None) -> bool:
    return following is None or following.kind in "vdp" or following.kind in NAMES


def _linked(words: Sequence[Word], left: int, right: int) -> bool:
    """Do the names at `left` and `right` act together: only titles, 、 and 和 stand between?"""
    between = words[left + 1 : right]
    return all(word.kind in "nNbjamqc" or word.text in "、与和及等的" or word.kind == "NOTE" for word in between)


def _acting(sentence: Sentence, number: int, run: Sequence[int]) -> Group:
    """Of a run of names those that act: a body before the title of a person is the person's, not an actor."""
    words = sentence.words
    acting = []
    for position, index in enumerate(run):
        following = words[run[position + 1]] if position + 1 < len(run) else None
        of_person = following is not None and following.kind == "PER" and words[index].kind != "PER"
        if not of_person or words[index + 1].text in ("、", "和", "与", "及", "以及"):
            acting.append(index)
    return Group(number, tuple(acting))
