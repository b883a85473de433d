"""When two strings or two stretches of a page count as the same.

White space never counts, nor does the width of brackets, commas and colons, nor marks of quotation and stops at the
ends. Stretches are compared by the characters in them that are no white space.
"""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]
_NARROW = str.maketrans("（），：；！？％～．", "(),:;!?%~.")
_AT_THE_ENDS = "“”\"'‘’。,;:"


def letters(text: str | None) -> str:
    """The characters of a string that count, each in its place.

    >>> letters("（社区工\\n\\n作人员）")
    '(社区工作人员)'
    """
    return "".join((text or "").split()).translate(_NARROW)


def plain(text: str | None) -> str:
    """A string as it is compared.

    >>> plain("“社区工\\n\\n作人员”（摄）")
    '社区工作人员”(摄)'
    """
    return letters(text).strip(_AT_THE_ENDS)


def one_holds_the_other(first: str | None, second: str | None) -> bool:
    """Whether one string holds the other; an empty one holds nothing.

    >>> one_holds_the_other("线上教研活动", "教研活动"), one_holds_the_other("活动", None)
    (True, False)
    """
    a, b = plain(first), plain(second)
    return bool(a) and bool(b) and (a in b or b in a)


def one_ends_the_other(first: str | None, second: str | None) -> bool:
    """Whether one name ends with the other, as 区双拥工作服务中心 ends 东昌府区双拥工作服务中心.

    >>> one_ends_the_other("东昌府区委", "区委"), one_ends_the_other("区委", "区政府")
    (True, False)
    """
    a, b = plain(first), plain(second)
    return bool(a) and bool(b) and (a.endswith(b) or b.endswith(a))


def plain_set(value: str | Iterable[str] | None) -> set[str]:
    """Several names, given as a list or joined by semicolons, as a set to compare.

    >>> sorted(plain_set("郑家镇；堂邑镇"))
    ['堂邑镇', '郑家镇']
    """
    if value is None:
        return set()
    several = value.replace("；", ";").split(";") if isinstance(value, str) else value
    return {name for name in map(plain, several) if name}


def characters(text: str, spans: Iterable[Span]) -> set[int]:
    """The places of the characters in these stretches that are no white space."""
    return {at for start, end in spans for at in range(start, min(end, len(text))) if not text[at].isspace()}


def overlap(first: set[int], second: set[int]) -> float:
    """Intersection over union, 0 for two empty sets."""
    return len(first & second) / len(first | second) if first or second else 0.0


def trimmed(text: str, start: int, end: int) -> Span:
    """A stretch without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
