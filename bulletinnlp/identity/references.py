"""Definite stand-ins and what they stand for: 该镇, 我区, 全县, 本院.

A stand-in is 该, 我, 我们, 本 or 全 with a noun for a unit or a body. 我区, 全县 and the like stand for the paper's home, or a
unit around it; the others for a name of the article that the noun fits (镇 takes a town, 校 a school), the nearest before.

>>> names = [Named("PLACE", "斗虎屯镇", 0, 4)]
>>> find_references("斗虎屯镇行动迅速，该镇组建小组。", names, "371502")
[Reference(text='该镇', start=9, end=11, antecedent='斗虎屯镇')]
>>> find_references("我区各界积极参与。", [], "371502")
[Reference(text='我区', start=0, end=2, antecedent='东昌府区')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from bulletinnlp.data import lexicon, table
from bulletinnlp.identity.reference import Reference
from bulletinnlp.places.locate import home_unit

_MARK = re.compile(r"(?<![应活本理不就早])该|我们(?=[区县市旗镇乡村])|我(?!们)|本|全")
#: Endings of the units of a home's chain, which 我, 全 and 本 may speak of.
_HOME = frozenset("省市州盟区县旗")
#: Nouns that 全 forms a stand-in with; 全局, 全会, 全部, 全社会 are words.
_AFTER_ALL = frozenset("区县市州旗盟镇乡村校院队师") | {"街道", "社区", "苏木", "嘎查"}
#: 本 and 我 with these are no stand-ins for a name of the article (本报, 我社: the paper; 我会 I can).
_NOT_OURS = frozenset({"社", "会", "行", "办", "部", "段", "科", "股", "团", "单位", "企业", "园", "委", "站"})
_LONGEST = 6


class Named(NamedTuple):
    """A name of the article: label, text, character offsets."""

    label: str
    text: str
    start: int
    end: int


class _Noun(NamedTuple):
    label: str
    endings: tuple[str, ...]


@cache
def _nouns() -> dict[str, _Noun]:
    """Noun → what it takes."""
    return {
        row[0]: _Noun(row[1], (row[0], *(row[2].split() if len(row) > 2 else ()))) for row in table("stand_in_nouns")
    }


def find_references(text: str, names: Sequence[Named], home: str) -> list[Reference]:
    """The stand-ins of an article's text, in order, each with what it stands for.

    `names` are the article's persons, bodies and places; `home` is the code of the paper's home ("" if unknown). A
    stand-in that nothing fits is left out.
    """
    taken = [(name.start, name.end) for name in names]
    found = []
    for match in _MARK.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        for noun in _nouns_at(text, match, names):
            antecedent = _antecedent(match[0], noun, match.start(), names, home)
            if antecedent:
                end = match.end() + len(noun)
                found.append(Reference(text[match.start() : end], match.start(), end, antecedent))
                break
    return found


def _nouns_at(text: str, match: re.Match[str], names: Sequence[Named]) -> Iterator[str]:
    """The nouns that may follow the mark, the longest first: those of the list, after 该 also last words of bodies."""
    rest = text[match.end() : match.end() + _LONGEST]
    if rest.startswith(lexicon("stand_in_blockers")):
        return
    mark = match[0]
    for length in range(len(rest), 0, -1):
        noun = rest[:length]
        listed = noun in _nouns()
        if mark == "全" and noun not in _AFTER_ALL:
            continue
        if mark in ("我", "本", "我们") and (not listed or noun in _NOT_OURS):
            continue
        if listed or (length > 1 and any(n.label == "ORG" and n.text.endswith(noun) for n in names)):
            yield noun


def _antecedent(mark: str, noun: str, at: int, names: Sequence[Named], home: str) -> str | None:
    if mark != "该" and noun in _HOME:
        unit = home_unit(home, noun)
        return unit.name if unit else None
    label, endings = _nouns().get(noun, _Noun("ORG", (noun,)))
    before = [(end, name) for start, end, name in _fitting(names, label, endings) if start < at]
    if before:
        return max(before)[1]
    after = [(start, name) for start, _, name in _fitting(names, label, endings)]
    if after:
        return min(after)[1]
    unit = home_unit(home, noun) if noun in _HOME else None
    return unit.name if unit else None


def _fitting(names: Sequence[Named], label: str, endings: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Names that the noun fits, and units inside names (斗虎屯镇 in 斗虎屯镇党委): start, end, name."""
    for name in names:
        if name.label == label and name.text.endswith(endings):
            yield name.start, name.end, name.text
        elif label == "PLACE" and name.label != "PER":
            cut = max((name.text.rfind(ending) + len(ending) for ending in endings if ending in name.text), default=0)
            if len(name.text) > cut > 2:
                yield name.start, name.start + cut, name.text[:cut]
