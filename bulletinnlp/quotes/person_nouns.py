"""Nouns that mean people, and the named person whom one stands for: 父亲 for 靳有才 where the text says 父亲靳有才.

Kin goes both ways: whoever is named before 儿子温小川 in its sentence is the 父亲 or 母亲.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import regex

from bulletinnlp.lexicons import listed, per_lexicons
from bulletinnlp.text.mentions import Mention
from bulletinnlp.text.sentences import SPEECH_ENDS

#: So long are nouns that are put to a name.
_LONGEST = 4
#: How far before a kin noun the person is named whose kin it is.
_KIN_REACH = 40
_STOP = regex.compile(f"[{SPEECH_ENDS}\n”]")
_CHILD, _PARENT = ("父亲", "母亲", "爸爸", "妈妈"), ("儿子", "女儿")
#: What somebody is to his kin.
_INVERSE = {
    "儿子": _CHILD, "女儿": _CHILD, "父亲": _PARENT, "母亲": _PARENT, "爸爸": _PARENT, "妈妈": _PARENT,
    "丈夫": ("妻子",), "妻子": ("丈夫",), "老伴": ("老伴",), "孙子": ("爷爷", "奶奶"), "孙女": ("爷爷", "奶奶"),
    "爷爷": ("孙子", "孙女"), "奶奶": ("孙子", "孙女"), "弟弟": ("哥哥", "姐姐"), "妹妹": ("哥哥", "姐姐"),
    "哥哥": ("弟弟", "妹妹"), "姐姐": ("弟弟", "妹妹"), "徒弟": ("师傅", "师父"), "师傅": ("徒弟",), "婆婆": ("儿媳",),
}  # fmt: skip


@per_lexicons
def person_endings() -> tuple[str, ...]:
    """Ends of nouns that mean a person or people."""
    return (*listed("titles"), *listed("speaker_nouns"))


@per_lexicons
def _nouns() -> frozenset[str]:
    return frozenset(word for word in person_endings() if len(word) > 1)


def persons_by_noun(text: str, persons: Iterable[Mention], start: int) -> dict[str, Mention]:
    """The person to whom `text`, from `start` on, puts a noun, by the noun and by its ends; the first person counts.

    >>> text = "父亲靳有才种地。"
    >>> {noun: person.name for noun, person in persons_by_noun(text, [Mention("PER", "靳有才", 2, 5)], 0).items()}
    {'父亲': '靳有才'}
    """
    apposed: dict[str, Mention] = {}
    kin: dict[str, Mention] = {}
    before: Mention | None = None
    for person in persons:
        for size in range(min(_LONGEST, person.start - start), 1, -1):
            noun = text[person.start - size : person.start]
            if noun in _nouns():
                for begin in range(size - 1):
                    apposed.setdefault(noun[begin:], person)
                near = before is not None and person.start - before.end < _KIN_REACH and before.name != person.name
                if before is not None and near and not _STOP.search(text, before.end, person.start):
                    for inverse in _INVERSE.get(noun, ()):
                        kin.setdefault(inverse, before)
                break
        before = person
    return {**kin, **apposed}


def person_of_noun(phrase: str, start: int, persons: Mapping[str, Mention]) -> Mention | None:
    """The person whom a noun phrase that begins at `start` may mean, of those that the nouns of its text are put to.

    None for several (党员们), for one who is new (一名男子) and where the text names the person only later.
    """
    if phrase[:1] in "一几两众有" or phrase.endswith("们"):
        return None
    sizes = range(min(_LONGEST, len(phrase)), 1, -1)
    person = next((persons[phrase[-size:]] for size in sizes if phrase[-size:] in persons), None)
    return person if person is not None and person.end <= start else None
