"""Anaphora: definite noun phrases that stand for a name, and which: 该镇, 我区, 全县, 本院.

An anaphor is 该, 我, 我们, 本 or 全 with a noun for a unit or an organisation. 我区, 全县 and the like stand for the
paper's home, or a unit around it; the others for a name of the article that the noun fits (镇 takes a town, 校 a
school), the most salient one before: their antecedent (`antecedents.py`).

>>> names = [Mention("PLACE", "斗虎屯镇", 0, 4)]
>>> find_references("斗虎屯镇行动迅速，该镇组建小组。", names, "371502")
[Reference(text='该镇', start=9, end=11, antecedent='斗虎屯镇')]
>>> find_references("我区各界积极参与。", [], "371502")
[Reference(text='我区', start=0, end=2, antecedent='东昌府区')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bulletinnlp.annotations import Reference
from bulletinnlp.data import lexicon
from bulletinnlp.identity.antecedents import LONGEST, Antecedents, nouns
from bulletinnlp.places.divisions import divisions
from bulletinnlp.places.locate import home_unit
from bulletinnlp.places.lookup import home_code
from bulletinnlp.places.name_forms import stem
from bulletinnlp.text.mentions import Mention

#: Not 应该, 自我, 基本, 健全.
_MARK = re.compile(
    r"""(?<![应活本理不就早])该 | 我们(?=[区县市旗镇乡村]|街道|社区) | (?<!忘)(?<![^来出]自)我(?!们)
      | (?<![基根成资样版书日标文剧课绘])本 | (?<![健完齐])(?:(?<!安)全|全(?!区))""",
    re.VERBOSE,
)
#: Endings of the units of a home's chain, which 我, 全 and 本 may speak of.
_HOME = frozenset("省市州盟区县旗")
#: Nouns that 全 forms an anaphor with; 全会, 全部, 全社会 are words.
_AFTER_ALL = frozenset("省市州盟区县旗镇乡村屯校院队师矿厂") | {"街道", "社区", "苏木", "嘎查"}
#: Those that it does before the people of an organisation only (全局民警, 全社18名职工): 全局, 全场 are words too.
_BEFORE_PEOPLE = frozenset("局所社场")
_PEOPLE = re.compile(
    r"上下|[干民辅]警|民辅警|干部|职工|员工|人员|党员|团员|社员|工人|医务|同志|男女|老少|共有|现有|\d|[一二三四五六七八九十百千两]"
)
#: 本 and 我 with these are no anaphors for a name of the article (本报, 我社: the paper; 我会 I can).
_NOT_OURS = frozenset({"社", "会", "行", "办", "部", "段", "科", "股", "团", "单位", "企业", "园", "委", "站"})


def find_references(text: str, names: Sequence[Mention], home: str | None) -> list[Reference]:
    """The anaphors of an article's text, in order, each with what it stands for.

    `names` are the article's persons, organisations and places; `home` is the paper's home, as a chain or a code.
    An anaphor that nothing fits is left out.
    """
    antecedents = Antecedents(text, names)
    found = []
    for match in _MARK.finditer(text):
        if antecedents.covers(match.start()):
            continue
        for noun in _nouns_at(text, match, antecedents):
            antecedent = _antecedent(match[0], noun, match.start(), antecedents, home)
            if antecedent:
                end = match.end() + len(noun)
                found.append(Reference(text[match.start() : end], match.start(), end, antecedent))
                break
    return found


def _nouns_at(text: str, match: re.Match[str], antecedents: Antecedents) -> Iterator[str]:
    """The nouns that may follow the mark, the longest first: listed ones, after 该 also last words of organisations."""
    rest = text[match.end() : match.end() + LONGEST]
    if rest.startswith(lexicon("stand_in_blockers")):
        return
    mark = match[0]
    for length in range(len(rest), 0, -1):
        noun = rest[:length]
        listed = noun in nouns()
        if not listed and any(noun[:cut] in nouns() for cut in range(1, length)):
            continue  # 该院|执行局
        people = noun in _BEFORE_PEOPLE and _PEOPLE.match(text, match.end() + length)
        if mark == "全" and noun not in _AFTER_ALL and not people:
            continue
        if mark in ("我", "本", "我们") and (not listed or noun in _NOT_OURS):
            continue
        if listed or (length > 1 and antecedents.ends_organisation(noun)):
            yield noun


def _antecedent(mark: str, noun: str, at: int, antecedents: Antecedents, home: str | None) -> str | None:
    if mark != "该" and noun in _HOME and (ours := home_name(home, noun)):
        return ours
    name = antecedents.antecedent_of(noun, at)
    if name is None:
        return home_name(home, noun) if noun in _HOME else None
    if name.start < at and noun in _HOME and not antecedents.is_whole(name):  # 该县 after 巍山县人民医院
        unit = home_name(home, noun)
        return unit if unit and stem(name.name, "county") == stem(unit, "county") else name.name
    return name.name


@lru_cache(maxsize=1024)
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
