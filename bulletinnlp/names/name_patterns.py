"""Names by patterns: the suffixes of organisations and places, surnames beside titles and verbs of speech.

The patterns hold no name. They say that 县 + … + 局 is an organisation, that what stands between a title and 说 and
begins with a surname is a person, that a surname takes an honorific, and what never is part of a name.

>>> text = "昨日，县市场监督管理局副局长贺秋实说"
>>> [(text[name.start:name.end], name.label) for name in find(text)]
[('县市场监督管理局', 'ORG'), ('贺秋实', 'PER')]
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from bulletinnlp.annotations import Proposal
from bulletinnlp.data import lexicon, table
from bulletinnlp.lexicons import added, listed, listed_rows, listed_set, per_lexicons, removed
from bulletinnlp.names.spans import choose
from bulletinnlp.text.patterns import any_of, one_of

#: Characters that seldom stand in a name of an organisation or place: they bound it on the left.
LOOSE = (
    "的了是在对向由从到把被将等着也都就还而并及或这那该各某每两几我你他她它们个其所为让使给以于和与至自往经据因如但却已"
)
#: What somebody does whose name stands before it.
_SPEECH = (
    "说", "表示", "介绍", "告诉记者", "告诉", "坦言", "感慨", "感叹", "回忆", "笑着", "强调",
    "指出", "认为", "带领", "带着", "一行",
)  # fmt: skip


def _left_edge() -> str:
    """What stands before a name of an organisation or place; most characters are none of the last ones of these."""
    before = lexicon("before_places")
    last = LOOSE + "".join(word[-1] for word in before)
    return rf"(?<![^\P{{Han}}{last}])(?:(?<!\p{{Han}})|(?<=[{LOOSE}])|(?<={any_of(before)}))"


@per_lexicons
def unit_pattern() -> regex.Pattern[str]:
    """Places: a chain of administrative units (柳园街道聚源社区), or a named site (阿尔卡迪亚小区)."""
    units = one_of([word for word, kind in listed_rows("place_suffixes") if kind == "unit"])
    sites = one_of([word for word, kind in listed_rows("place_suffixes") if kind == "site"])
    return regex.compile(
        rf"{_left_edge()}(?P<name>(?:[^\P{{Han}}{LOOSE}]{{1,5}}?{units}){{1,4}}(?:[^\P{{Han}}{LOOSE}]{{2,6}}?{sites})?"
        rf"|[^\P{{Han}}{LOOSE}]{{2,7}}?{sites})"
    )


@per_lexicons
def organisation_pattern() -> regex.Pattern[str]:
    """Organisations: a level (区, 县) or a name, what it is for, and a suffix; a department may follow."""
    full = one_of([word for word, kind in listed_rows("body_suffixes") if kind == "full"])
    parts = any_of(word for word, kind in listed_rows("body_suffixes") if kind == "part")
    return regex.compile(
        rf"{_left_edge()}(?P<name>(?:(?:[^\P{{Han}}{LOOSE}]|[（(]\p{{Han}}{{2,6}}[)）]){{1,16}}?{full}(?![长员]))+"
        rf"(?:[^\P{{Han}}{LOOSE}]{{1,6}}?(?:{parts})(?![\p{{Han}}]))?)"
    )


@cache
def short_pattern() -> regex.Pattern[str]:
    """Short forms of organisations of party and government, which carry no name: 区委, 县政府."""
    return regex.compile(
        rf"(?:(?<![\p{{Han}}])|(?<=[{LOOSE}委府]|{any_of(lexicon('before_places'))}))"
        r"(?P<name>[省市县区旗州镇乡](?:纪委监委|纪委|委(?!员)|政府|人大(?!代表)|政协)|团[省市县区]委)"
    )


class PersonPattern(NamedTuple):
    """A pattern of persons, how far it is to be trusted, and the words of which it needs one."""

    pattern: regex.Pattern[str]
    score: float
    needs: tuple[str, ...]


@per_lexicons
def person_patterns() -> tuple[PersonPattern, ...]:
    """Persons: a surname before an honorific, behind a title, before a verb of speech."""
    surname = f"(?:{any_of(listed('surnames'))})"
    gone = {row[0] for row in removed("titles")}
    own = [word for word in lexicon("titles_before_names") if word not in gone] + [row[0] for row in added("titles")]
    cue = f"(?:{any_of(lexicon('person_cues'))})"
    given = r"\p{Han}{1,2}"
    families = ("某", *(word for word, kind in table("honorifics") if kind == "family"))
    titles = tuple(word for word, kind in table("honorifics") if kind == "title")
    follow = rf"(?=$|[^\p{{Han}}]|{cue})"
    patterns = (
        (rf"(?P<name>{surname}(?:某某|{any_of(families)}))", 0.9, families),
        (rf"(?<![\p{{Han}}])(?P<name>{surname}(?:{any_of(titles)}))(?=[，,说的]|表示)", 0.7, titles),
        (rf"(?:{any_of(own)})(?P<name>{surname}{given}?){follow}", 0.8, tuple(own)),
        (rf"(?<![\p{{Han}}])(?P<name>{surname}{given})(?:{any_of(_SPEECH)})", 0.7, _SPEECH),
    )
    return tuple(PersonPattern(regex.compile(pattern), score, needs) for pattern, score, needs in patterns)


@cache
def document_pattern() -> regex.Pattern[str]:
    """Titles of documents 《…》: names inside them are not marked."""
    return regex.compile(r"《[^《》\n]{1,80}》")


def find(text: str, start: int = 0, end: int | None = None) -> list[Proposal]:
    """The names in `text[start:end]`, by grammar alone, in order and without overlap."""
    end = len(text) if end is None else end
    found = []
    for match in organisation_pattern().finditer(text, start, end):
        name = match["name"]
        if len(name) >= 4 and not is_common(name):
            found.append(Proposal(*match.span("name"), "ORG", 0.8, "grammar"))
    for match in short_pattern().finditer(text, start, end):
        found.append(Proposal(*match.span("name"), "ORG", 0.85, "grammar"))
    for match in unit_pattern().finditer(text, start, end):
        if not is_common(match["name"]):
            found.append(Proposal(*match.span("name"), "PLACE", 0.6, "grammar"))
    for pattern, score, needs in person_patterns():
        if any(text.find(word, start, end) >= 0 for word in needs):
            found += (Proposal(*m.span("name"), "PER", score, "grammar") for m in pattern.finditer(text, start, end))
    return choose(name for name in found if not in_document(text, name))


@per_lexicons
def generic_pattern() -> regex.Pattern[str]:
    """A common noun for an organisation or place: made of generic words alone."""
    return regex.compile(rf"(?:{any_of(listed('generic_words'))})+")


@per_lexicons
def suffixes() -> frozenset[str]:
    """The suffixes of places and organisations."""
    return frozenset(word for word, _ in (*listed_rows("place_suffixes"), *listed_rows("body_suffixes")))


def is_common(name: str) -> bool:
    """Whether a noun in the form of an organisation or place is no name.

    >>> [is_common(name) for name in ("各村", "高风险小区", "小区党支部", "滨河小区", "县医院")]
    [True, True, True, False, False]
    """
    if name[0] in "全该各我本某每这那" and name[:2] not in ("全国", "本溪", "各莫"):
        return True
    if generic_pattern().fullmatch(name):
        return True
    common = listed_set("common_before_suffix")  # 城 + 区
    return any(name[:cut] in common and name[cut:] in suffixes() for cut in range(1, min(len(name), 5)))


def in_document(text: str, name: Proposal) -> bool:
    """Whether a name stands inside the title of a document 《…》."""
    opened = text.rfind("《", max(0, name.start - 80), name.start)
    return opened >= 0 and "》" not in text[opened : name.start] and "\n" not in text[opened : name.start]
