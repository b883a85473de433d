"""Short names of persons: 老郭, 桓教授, 仇队长, 康某某; and the full name that the article gives for one.

A surname with 老 or 小 before it, or with an honorific behind it (`data/lexicons/honorifics.txt`), stands for the one
person of the article whose full name begins with that surname, or for the one of several who is named far more often.
Else it stays as it is; so does an elder (胡大爹), whose relatives have his surname too. A part of a name with a dot
(马木提汗 of 马木提汗·叶勒森) stands for the whole.

| to ask | take |
| --- | --- |
| whether a name is without a given name | `is_short` |
| the surname of a short name, whatever it is; only if it is a surname | `surname_of`; `listed_surname_of` |
| whom the short names of an article mean | `full_names` |
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

import regex

from bulletinnlp.data import lexicon, table

#: Words for elders, which honour somebody whom the article need not name in full.
_ELDER = regex.compile(r"(?:[大老]爹|大[爷妈娘婶嫂伯]|老[伯汉太]|爷爷|奶奶|[婆阿]婆|阿公)$")
#: What stands between the parts of a name that is written by its sound.
_DOT = regex.compile("[·•・‧∙]")
#: So many times as often as another of the same surname is the one named whom a short name means.
_OFTENER = 3


@lru_cache(maxsize=1024)
def is_short(name: str) -> bool:
    """Whether a name is without a given name, so that it says who only within its article.

    >>> is_short("高女士"), is_short("老张"), is_short("康某某"), is_short("孙乐文")
    (True, True, True, False)
    """
    if len(name) == 2 and name[0] in "老小阿" and name[1] in lexicon("surnames"):
        return True
    if "某" in name or (len(name) == 2 and name.endswith(("老", "总", "工"))):
        return True
    return listed_surname_of(name) is not None


@cache
def _honorifics() -> tuple[str, ...]:
    return tuple(sorted((row[0] for row in table("honorifics")), key=len, reverse=True))


def surname_of(name: str) -> str | None:
    """What stands for the surname in a short name, a surname or not; None if the name is no short one.

    >>> surname_of("老郭"), surname_of("桓教授"), surname_of("孙乐文")
    ('郭', '桓', None)
    """
    if len(name) == 2 and name[0] in "老小":
        return name[1]
    for honorific in _honorifics():
        if name.endswith(honorific) and 0 < len(name) - len(honorific) <= 2:
            return name[: -len(honorific)]
    return None


def listed_surname_of(name: str) -> str | None:
    """The surname before an honorific or a title; None where it is none of `data/lexicons/surnames.txt`.

    >>> listed_surname_of("仇队长"), listed_surname_of("欧阳老师"), listed_surname_of("王队")
    ('仇', '欧阳', None)
    """
    rests = (name[: -len(row[0])] for row in table("honorifics") if name.endswith(row[0]))
    return next((rest for rest in rests if rest in lexicon("surnames")), None)


def full_names(names: Iterable[str]) -> dict[str, str]:
    """The full name of each short one among the persons of an article that has just one.

    `names` are the persons as printed, each as often as it is.

    >>> full_names(["郭宝江", "老郭", "耿奶奶", "马木提汗·叶勒森", "马木提汗"])
    {'老郭': '郭宝江', '马木提汗': '马木提汗·叶勒森'}
    """
    counts = Counter(names)
    surnames = {name: surname for name in counts if (surname := surname_of(name))}
    bearers: dict[str, list[str]] = defaultdict(list)
    wholes: dict[str, list[str]] = defaultdict(list)
    for full in counts:
        if _DOT.search(full):
            for part in filter(None, _DOT.split(full)):
                wholes[part].append(full)
        elif full not in surnames and 2 <= len(full) <= 4 and "某" not in full:
            for size in range(1, len(full)):
                bearers[full[:size]].append(full)
    fitting = [(name, bearers.get(surname, ())) for name, surname in surnames.items() if not _ELDER.search(name)]
    fitting += [(part, full) for part, full in wholes.items() if part in counts and part not in surnames]
    return {name: one for name, full in fitting if (one := _only(full, counts)) is not None}


def _only(full: Sequence[str], counts: Counter[str]) -> str | None:
    """The one who may be meant: the only one, or whom the article names far more often than the others."""
    ranked = sorted(full, key=lambda name: -counts[name])
    if not ranked or (len(ranked) > 1 and counts[ranked[0]] < _OFTENER * counts[ranked[1]]):
        return None
    return ranked[0]
