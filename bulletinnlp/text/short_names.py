"""Short forms of a person's name: 老郭, 桓教授, 仇队长 and the full name that the article gives.

A surname with 老 or 小 before it, or with an honorific behind it (`data/lexicons/honorifics.txt`), stands for the one
person of the article whose full name begins with that surname, or for the one of several who is named far more often.
Else it stays as it is; so does an elder (胡大爹), whose relatives have his surname too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

import regex

from bulletinnlp.data import table


@cache
def _honorifics() -> tuple[str, ...]:
    return tuple(sorted((row[0] for row in table("honorifics")), key=len, reverse=True))


def surname_of(name: str) -> str | None:
    """The surname of a short form, None if the name is none.

    >>> surname_of("老郭"), surname_of("桓教授"), surname_of("孙乐文")
    ('郭', '桓', None)
    """
    if len(name) == 2 and name[0] in "老小":
        return name[1]
    for honorific in _honorifics():
        if name.endswith(honorific) and 0 < len(name) - len(honorific) <= 2:
            return name[: -len(honorific)]
    return None


#: Words for elders, which honour somebody whom the article need not name in full.
_ELDER = regex.compile(r"(?:[大老]爹|大[爷妈娘婶嫂伯]|老[伯汉太]|爷爷|奶奶|[婆阿]婆|阿公)$")


#: So many times as often as another of the same surname is the one named whom a short form means.
_OFTENER = 3


def full_names(names: Iterable[str]) -> dict[str, str]:
    """The full name of each short form among the persons of an article that has just one.

    >>> full_names(["郭宝江", "老郭", "耿奶奶"])
    {'老郭': '郭宝江'}
    """
    counts = Counter(names)
    all_names = list(counts)
    surnames = {name: surname for name in all_names if (surname := surname_of(name))}
    short = {name: surname for name, surname in surnames.items() if not _ELDER.search(name)}
    whole = [name for name in all_names if name not in surnames and 2 <= len(name) <= 4 and "某" not in name]
    beginning: dict[str, list[str]] = defaultdict(list)
    for full in whole:
        for size in range(1, len(full)):
            beginning[full[:size]].append(full)
    fitting = ((name, beginning.get(surname, ())) for name, surname in short.items())
    return {name: one for name, full in fitting if (one := _only(full, counts)) is not None}


def _only(full: Sequence[str], counts: Counter[str]) -> str | None:
    """The one who may be meant: the only one, or whom the article names far more often than the others."""
    ranked = sorted(full, key=lambda name: -counts[name])
    if not ranked or (len(ranked) > 1 and counts[ranked[0]] < _OFTENER * counts[ranked[1]]):
        return None
    return ranked[0]
