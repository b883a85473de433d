"""When two mentions of a person mean the same one.

>>> is_short("高女士"), is_short("老张"), is_short("康某某"), is_short("孙乐文")
(True, True, True, False)
>>> compatible({Unit("371502001", "")}, {Unit("371502001003", "")})  # 古楼街道, 香江社区 in it
True
>>> compatible({Unit("371502", "教育和体育局")}, {Unit("371502", "财政局")})
False
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from bulletinnlp.data import lexicon, table
from bulletinnlp.identity.bodies import abbreviates, scope
from bulletinnlp.places.lookup import best, readings


class Unit(NamedTuple):
    """What a person works for or lives in: a division, or a body (`core`) in it."""

    code: str
    core: str


#: The bodies that lead a county: one person speaks for several of them (县委副书记、县长).
_LEADING = frozenset({"", "委", "政府", "人民政府", "人大", "人大常委会", "政协", "纪委监委", "纪委", "监委"})


@lru_cache(maxsize=1024)
def is_short(name: str) -> bool:
    """Whether a name leaves the given name out (高女士, 老张, 简某, 仇队长): it says who only within its article."""
    if len(name) == 2 and name[0] in "老小阿" and name[1] in lexicon("surnames"):
        return True
    if "某" in name or (len(name) == 2 and name.endswith(("老", "总", "工"))):
        return True
    return surname_of_short(name) is not None


def surname_of_short(name: str) -> str | None:
    """The surname before an honorific or a title.

    >>> surname_of_short("仇队长"), surname_of_short("欧阳老师"), surname_of_short("王队")
    ('仇', '欧阳', None)
    """
    for row in table("honorifics"):
        if name.endswith(row[0]):
            surname = name[: -len(row[0])]
            if surname in lexicon("surnames"):
                return surname
    return None


def bearer(short: str, people: Iterable[str], titles: dict[str, list[str]]) -> str | None:
    """The full name that a short one stands for in an article.

    A surname with a title stands for the only person of that surname who has the title; the first part of a parted
    name (马木提汗·叶勒森) for the only one that begins so.

    >>> bearer("仇队长", ["仇海生", "白雪"], {"仇海生": ["队长"]})
    '仇海生'
    >>> bearer("马木提汗", ["马木提汗·叶勒森"], {})
    '马木提汗·叶勒森'
    >>> bearer("高女士", ["高敏"], {}) is None
    True
    """
    parted = [name for name in people if name.startswith(short + "·")]
    if parted:
        return parted[0] if len(parted) == 1 else None
    surname = surname_of_short(short)
    if surname is None:
        return None
    title = short.removeprefix(surname)
    fits = {
        name for name in people if name.startswith(surname) and any(t.endswith(title) for t in titles.get(name, ()))
    }
    return fits.pop() if len(fits) == 1 else None


@lru_cache(maxsize=1024)
def unit_of(organisation: str, home: str) -> Unit:
    """The unit that a role names: 古楼街道香江社区 is a division, 区教体局 a body."""
    reading = best([r for r in readings(organisation, home) if not r.rest], home)
    if reading and not reading.bare:
        return Unit(reading.code, "")
    at = scope(organisation, home)
    return Unit(at.code, at.core)


def compatible(ours: Collection[Unit], theirs: Collection[Unit]) -> bool:
    """Whether the units of two mentions can be one person's: one lies in the other, or both lead the same county."""
    return any(_fit(a, b) for a in ours for b in theirs)


def _fit(a: Unit, b: Unit) -> bool:
    if a == b:
        return True
    if a.core in _LEADING and b.core in _LEADING and a.code == b.code:
        return True
    inner, outer = (a, b) if len(a.code) >= len(b.code) else (b, a)
    if not inner.code.startswith(outer.code):
        return False
    if not outer.core:
        return len(outer.code) >= 9  # a village and its town; not all that is in a county
    if a.code != b.code or not inner.core:
        return False
    short, full = sorted((a.core, b.core), key=len)
    return full.startswith(short) or abbreviates(short, full)
