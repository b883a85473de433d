"""Nouns that stand for a named person: 父亲 for 靳有才, because the text puts the one to the other (父亲靳有才).

Kin goes both ways: whoever is named before 儿子温小川 in its sentence is the 父亲 or 母亲.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import regex

from bulletinnlp.lexicons import listed, per_lexicons
from bulletinnlp.text.mentions import Named
from bulletinnlp.text.sentences import SPEECH_ENDS

if TYPE_CHECKING:
    from bulletinnlp.quotes.speakers import Passage

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
#: The kinds of option that are no name: a phrase that opens its clause, another noun, a noun right behind a verb.
PLAIN = ("phrase", "noun", "object")
#: The kinds of option that stand for somebody who is named elsewhere.
RESOLVED = ("pronoun", "apposed")


class Option(NamedTuple):
    """Somebody who may speak: a name at `start:end`, a noun phrase there, the last speaker, or nobody.

    A pronoun has its `antecedent`: where the person is named whom it may stand for, and the how manieth before it.
    """

    speaker: str | None
    kind: str
    start: int
    end: int
    antecedent: int = -1
    rank: int = 0


@per_lexicons
def people() -> tuple[str, ...]:
    """Ends of nouns that mean a person or people."""
    return (*listed("titles"), *listed("speaker_nouns"))


@per_lexicons
def _nouns() -> frozenset[str]:
    return frozenset(word for word in people() if len(word) > 1)


def apposed(passage: Passage) -> dict[str, Named]:
    """The person to whom a passage puts a noun, by the noun; the first one counts."""
    found: dict[str, Named] = {}
    kin: dict[str, Named] = {}
    before: Named | None = None
    for name in passage.names:
        if name.label != "PER" or name.start < passage.start or passage.quoted(name.start):
            continue
        for size in range(min(_LONGEST, name.start - passage.start), 1, -1):
            noun = passage.text[name.start - size : name.start]
            if noun in _nouns():
                for begin in range(size - 1):
                    found.setdefault(noun[begin:], name)
                near = before is not None and name.start - before.end < _KIN_REACH and before.name != name.name
                if before is not None and near and not _STOP.search(passage.text, before.end, name.start):
                    for inverse in _INVERSE.get(noun, ()):
                        kin.setdefault(inverse, before)
                break
        before = name
    return {**kin, **found}


def named_by(option: Option, known: Mapping[str, Named]) -> Named | None:
    """The person whom a noun phrase may mean; None for several (党员们) and for one not told of before (一名男子)."""
    words = option.speaker or ""
    if option.kind not in PLAIN or words[:1] in "一几两众有" or words.endswith("们"):
        return None
    sizes = range(min(_LONGEST, len(words)), 1, -1)
    name = next((known[words[-size:]] for size in sizes if words[-size:] in known), None)
    return name if name is not None and name.end <= option.start else None


def apposed_options(options: Sequence[Option], known: Mapping[str, Named]) -> list[Option]:
    """The persons whom the noun phrases among the options may mean."""
    means = ((option, named_by(option, known)) for option in options)
    return [Option(n.name, "apposed", one.start, one.end, n.start) for one, n in means if n is not None]
