"""When two strings or two stretches of a page count as the same, and the letters by which they are compared.

White space and characters of no width never count, nor does the width of brackets, commas and colons, nor marks of
quotation and stops at the ends. Stretches are compared by the characters in them that count.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

from bulletinnlp.evaluation.finder import Finder
from bulletinnlp.text.plain import letters_at, letters_in

Span = tuple[int, int]
_NARROW = str.maketrans("（），：；！？％～．", "(),:;!?%~.")
_AT_THE_ENDS = "“”\"'‘’。,;:"


def letters(text: str | None) -> str:
    """The characters of a string that count, in their order.

    >>> letters("（社区工\\n\\n作人员）")
    '(社区工作人员)'
    """
    return letters_in(text).translate(_NARROW)


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


def characters(text: str, spans: Iterable[Span]) -> set[int]:
    """The places of the characters in these stretches that are no white space."""
    return {at for start, end in spans for at in letters_at(text, start, end)}


def overlap(first: set[int], second: set[int]) -> float:
    """Intersection over union, 0 for two empty sets."""
    return len(first & second) / len(first | second) if first or second else 0.0


def overlapping(first: Sequence[Span], second: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Which stretches share a place with which: their numbers.

    >>> list(overlapping([(0, 4), (8, 9)], [(9, 10), (3, 9)]))
    [(0, 1), (1, 1)]
    """
    order = sorted(range(len(second)), key=lambda at: second[at])
    starts = [second[at][0] for at in order]
    # How far the stretches reach that begin no later: before the first that reaches over a start, none does.
    reach = list(accumulate((second[at][1] for at in order), max))
    for number, (start, end) in enumerate(first):
        for place in range(bisect_right(reach, start), bisect_left(starts, end)):
            if start < second[order[place]][1]:
                yield number, order[place]


def trimmed(text: str, start: int, end: int) -> Span:
    """A stretch without what is not seen at its ends."""
    seen = letters_at(text, start, end)
    return (seen[0], seen[-1] + 1) if seen else (end, end)


class Letters:
    """A page's text, or the text of some stretches of it, without white space.

    >>> page = Letters("本报讯\\n\\n区委 召开会议。")
    >>> page.text, page.at(8), page.span(5, 7)
    ('本报讯区委召开会议。', 5, (8, 10))
    """

    def __init__(self, text: str, stretches: Iterable[Span] | None = None) -> None:
        stretches = [(0, len(text))] if stretches is None else list(stretches)
        self.text = "".join(letters(text[start:end]) for start, end in stretches)
        self.places = [at for start, end in stretches for at in letters_at(text, start, end)]

    @cached_property
    def finder(self) -> Finder:
        """The letters, to look for many strings in."""
        return Finder(self.text)

    def at(self, offset: int) -> int:
        """How many letters stand before an offset of the page."""
        return bisect_left(self.places, offset)

    def span(self, start: int, end: int) -> Span:
        """A stretch of letters as offsets of the page."""
        return self.places[start], self.places[end - 1] + 1


def stretches_of(sentences: Mapping[int, str], text: str) -> dict[int, Span]:
    """Where numbered sentences stand among letters, each after the one before if it can; those that do.

    >>> stretches_of({1: "区委 开会。", 2: "区委讨论。", 3: "散会。"}, "讯区委开会。区委讨论。")
    {1: (1, 6), 2: (6, 11)}
    """
    found: dict[int, Span] = {}
    after, finder = 0, Finder(text)
    for number, sentence in sorted(sentences.items()):
        wanted = letters(sentence)
        at = finder.find(wanted, after)
        at = finder.find(wanted) if at < 0 else at
        if at >= 0:
            after = at + len(wanted)
            found[number] = (at, after)
    return found
