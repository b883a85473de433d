"""Made-up sentences with all that a model can be taught: words, classes, names, roles, heads.

A sentence is made from a plan such as `昨日 PLACE的ORG召开会议`: the slots are filled by names out of a few characters.
They are good for nothing but to show that what a model says arrives in the right place.
"""

from __future__ import annotations

import random
import re
from typing import NamedTuple


class Word(NamedTuple):
    """A word: class, kind of name (or O), number of its head (0 is the root), relation, role (or O)."""

    text: str
    pos: str
    name: str
    head: int
    relation: str
    role: str


Sentence = list[Word]

_SURNAMES = "周吴郑冯陈蒋沈韩杨朱秦许何吕施张"
_GIVEN = "建国志强秀兰海燕文博雪梅立新春华晓光"
_COUNTIES = ["清河", "平山", "长宁", "永安", "龙泉", "安吉", "新河", "临江"]
_BODIES = ["教育局", "水利局", "卫生局", "公安局", "文化馆", "图书馆"]
_TIMES = ["昨日", "近日", "今年", "上周"]
_DEEDS = [("召开", "会议"), ("举办", "比赛"), ("发放", "物资"), ("修建", "水渠"), ("开展", "活动")]


def _person(rng: random.Random) -> str:
    return rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN, rng.choice((1, 2))))


def sentence(rng: random.Random) -> Sentence:
    """One sentence: TIME WHO 在 PLACE DEED THING 。"""
    county = rng.choice(_COUNTIES)
    who = rng.choice([(_person(rng), "NR", "PERSON"), (f"{county}县{rng.choice(_BODIES)}", "NN", "ORGANIZATION")])
    deed, thing = rng.choice(_DEEDS)
    return [
        Word(rng.choice(_TIMES), "NT", "O", 5, "nmod:tmod", "ARGM-TMP"),
        Word(who[0], who[1], who[2], 5, "nsubj", "ARG0"),
        Word("在", "P", "O", 4, "case", "ARGM-LOC"),
        Word(f"{rng.choice(_COUNTIES)}镇", "NR", "LOCATION", 5, "nmod:prep", "ARGM-LOC"),
        Word(deed, "VV", "O", 0, "root", "PRED"),
        Word(thing, "NN", "O", 5, "dobj", "ARG1"),
        Word("。", "PU", "O", 5, "punct", "O"),
    ]


def cutter() -> re.Pattern[str]:
    """The words of such sentences, so that a model can be given words in place of characters."""
    either = "|".join
    deeds, things = zip(*_DEEDS, strict=True)
    name = f"(?:{either(_COUNTIES)})(?:县(?:{either(_BODIES)})|镇)|[{_SURNAMES}][{_GIVEN}]{{1,2}}"
    return re.compile(rf"{either(_TIMES)}|{name}|{either(deeds)}|{either(things)}|\s+|.")


def sentences(number: int, seed: int = 0) -> list[Sentence]:
    """So many sentences, always the same."""
    rng = random.Random(seed)
    return [sentence(rng) for _ in range(number)]


def text(words: Sentence) -> str:
    """The sentence as printed."""
    return "".join(word.text for word in words)


def characters(words: Sentence) -> list[tuple[str, str]]:
    """Each character with its tag B-, I- or O."""
    tagged = []
    for word in words:
        for number, char in enumerate(word.text):
            tagged.append((char, "O" if word.name == "O" else f"{'I' if number else 'B'}-{word.name}"))
    return tagged
