"""Definite stand-ins and what they stand for: 该镇, 我区, 全县, 本院.

A stand-in is 该, 我, 我们, 本 or 全 with a noun for a unit or a body. 我区, 全县 and the like stand for the paper's
home, or a unit around it; the others for a name of the article that the noun fits (镇 takes a town, 校 a school), the
most salient one before.

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
from bulletinnlp.places.divisions import divisions
from bulletinnlp.places.forms import stem
from bulletinnlp.places.locate import home_unit
from bulletinnlp.places.lookup import home_code

#: Not 应该, 自我, 基本, 健全.
_MARK = re.compile(
    r"""(?<![应活本理不就早])该 | 我们(?=[区县市旗镇乡村]) | (?<!忘)(?<![^来出]自)我(?!们)
      | (?<![基根成资样版书日标文剧课])本 | (?<![健完齐])(?:(?<!安)全|全(?!区))""",
    re.VERBOSE,
)
#: Endings of the units of a home's chain, which 我, 全 and 本 may speak of.
_HOME = frozenset("省市州盟区县旗")
#: Nouns that 全 forms a stand-in with; 全局, 全会, 全部, 全社会 are words.
_AFTER_ALL = frozenset("省市州盟区县旗镇乡村校院队师") | {"街道", "社区", "苏木", "嘎查"}
#: 本 and 我 with these are no stand-ins for a name of the article (本报, 我社: the paper; 我会 I can).
_NOT_OURS = frozenset({"社", "会", "行", "办", "部", "段", "科", "股", "团", "单位", "企业", "园", "委", "站"})
_LONGEST = 6
#: Single-character endings that mark a unit inside a longer name; 社, 会, 站 would cut words (社区, 会员).
_INNER = frozenset("局镇乡村县市区旗")
_VILLAGE = frozenset({"村", "嘎查"})
_OF_VILLAGE = ("党", "村委", "村民", "委会", "民委")
#: The offices of a unit, which stand for it (该街道: 劳动街道办事处).
_OFFICES = ("街道办事处", "街道办", "村委会", "居委会")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
#: What a sentence of distance, an oblique place, a second mention weigh in `_salience`.
_FAR, _OBLIQUE, _REPEATED = 0.5, 2.5, 1.5


class Named(NamedTuple):
    """A name of the article: label, text, character offsets."""

    label: str
    text: str
    start: int
    end: int


class _Noun(NamedTuple):
    labels: tuple[str, ...]
    endings: tuple[str, ...]


@cache
def _nouns() -> dict[str, _Noun]:
    """Noun → what it takes."""
    return {
        row[0]: _Noun(tuple(row[1].split()), (row[0], *(row[2].split() if len(row) > 2 else ())))
        for row in table("stand_in_nouns")
    }


def find_references(text: str, names: Sequence[Named], home: str | None) -> list[Reference]:
    """The stand-ins of an article's text, in order, each with what it stands for.

    `names` are the article's persons, bodies and places; `home` is the paper's home, as a chain or a code.
    A stand-in that nothing fits is left out.
    """
    taken = [(name.start, name.end) for name in names]
    found = []
    for match in _MARK.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        for noun in _nouns_at(text, match, names):
            antecedent = _antecedent(match[0], noun, match.start(), text, names, home)
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
        if not listed and any(noun.startswith(known) for known in _nouns()):
            continue  # 该院|执行局
        if mark == "全" and noun not in _AFTER_ALL:
            continue
        if mark in ("我", "本", "我们") and (not listed or noun in _NOT_OURS):
            continue
        if listed or (length > 1 and any(n.label == "ORG" and n.text.endswith(noun) for n in names)):
            yield noun


def _antecedent(mark: str, noun: str, at: int, text: str, names: Sequence[Named], home: str | None) -> str | None:
    if mark != "该" and noun in _HOME and (ours := home_name(home, noun)):
        return ours
    kind_of = _nouns().get(noun, _Noun(("ORG",), (noun,)))
    fitting = list(_fitting(names, kind_of))
    before = [name for name in fitting if name.start < at]
    if before:
        best = max(before, key=lambda name: (_salience(name, at, text, fitting), name.start))
        unit = home_name(home, noun) if noun in _HOME and best not in names else None  # 该县 after 巍山县人民医院
        return unit if unit and stem(best.text, "county") == stem(unit, "county") else best.text
    after = [name for name in fitting if name.start >= at]
    if after:
        return min(after, key=lambda name: name.start).text
    return home_name(home, noun) if noun in _HOME else None


def home_name(home: str | None, ending: str) -> str | None:
    """The unit of the home that ends so, as the paper's home is written (米林县, though it is 米林市 now).

    >>> home_name("西藏自治区林芝市米林县", "县"), home_name("371502", "市")
    ('米林县', '聊城市')
    """
    code = home_code(home)
    if not code:
        return None
    chain = divisions().chain(code)
    above = "".join(unit.name for unit in chain[:-1])
    if home and home.startswith(above) and home.endswith(ending) and not home.isdigit():
        return home[len(above) :]
    unit = home_unit(code, ending)
    return unit.name if unit else None


def _salience(name: Named, at: int, text: str, rivals: Sequence[Named]) -> float:
    """How much a name suggests itself as what a stand-in at `at` takes up: near, not oblique, spoken of more than once.

    After the factors of Lappin and Leass (1994), "An algorithm for pronominal anaphora resolution".
    """
    sentences = len(_SENTENCE_END.findall(text, name.end, at))
    oblique = text[max(name.start - 2, 0) : name.start].endswith(lexicon("oblique_before"))
    repeated = sum(rival.text == name.text for rival in rivals) > 1
    return -_FAR * sentences - _OBLIQUE * oblique + _REPEATED * repeated


def _fitting(names: Sequence[Named], noun: _Noun) -> Iterator[Named]:
    """Names that the noun fits, and units inside names: 斗虎屯镇 in 斗虎屯镇党委, 县公安局 in 县公安局刑警大队."""
    for name in names:
        if name.label == "PER":
            continue
        if name.text.endswith(noun.endings) and (name.label in noun.labels or name.text.endswith(_OFFICES)):
            yield name
            continue
        cut = _inner(name, noun)
        if cut:
            yield Named(name.label, name.text[:cut], name.start, name.start + cut)


def _inner(name: Named, noun: _Noun) -> int:
    """Where the unit that the noun fits ends within the name; 0 if there is none."""
    endings = [e for e in noun.endings if len(e) > 1 or e in _INNER]
    cuts = [name.text.find(ending, 1) + len(ending) for ending in endings if name.text.find(ending, 1) > 0]
    if name.label == "ORG" and set(noun.endings) & _VILLAGE:  # 仙庄村|党支部, but not 县农业农村|局
        cuts = [cut for cut in cuts if name.text[cut:].startswith(_OF_VILLAGE)]
    return min((cut for cut in cuts if 2 < cut < len(name.text)), default=0)
