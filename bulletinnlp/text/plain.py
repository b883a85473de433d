"""Text as the stages read it: traditional characters as simplified ones, radicals as the characters they look like,
the points that a scanner gives for full stops as full stops.

A page keeps its characters as printed, and so do the tables; only the stages read plain text.
One character stands for one, so that offsets hold. Characters that take no room (zero-width spaces, marks of
direction) stand in words where nobody sees them: `Visible` is a text without them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from unicodedata import normalize

import regex

from bulletinnlp.data import table

#: Soft hyphen, zero-width spaces and joiners, marks of direction, byte-order mark.
_UNSEEN = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
INVISIBLE = re.compile(_UNSEEN)
#: By `re`, to which U+001C to U+001F are white space, as they are to `str.split`; to `regex` they are not.
_SEEN = re.compile(rf"(?!{_UNSEEN})\S")
#: Those beside a Chinese character, a figure or a mark; elsewhere they may be part of a script or of an emoji.
INSIDE = regex.compile(
    rf"(?<=[\p{{Han}}\p{{N}}\p{{P}}]){_UNSEEN}++|(?<!{_UNSEEN}){_UNSEEN}++(?=[\p{{Han}}\p{{N}}\p{{P}}])"
)
#: A point where a sentence may end: behind a Chinese character or a closing mark, not behind a number of a list (一.).
STOP = regex.compile(
    r"\.(?<=[\p{Han}”’\"'）)》%]\.)(?<!(?:^|[^\p{Han}])[一二三四五六七八九十]{1,3}\.)(?![A-Za-z.])", regex.MULTILINE
)
#: One with which a line ends.
LAST_STOP = regex.compile(rf"{STOP.pattern}[”’\"'）)]?\s*$", regex.MULTILINE)
#: Compatibility characters, which Unicode maps to plain ones.
_COMPATIBLE = range(0xF900, 0xFB00)


@cache
def _forms() -> tuple[frozenset[str], dict[int, str]]:
    """The characters that stand for others, and for which."""
    forms = {code: char for code in _COMPATIBLE if len(char := normalize("NFKC", chr(code))) == 1}
    forms |= {ord(half): wide for half, wide in zip("｡､｢｣", "。、「」", strict=True)}
    forms |= {ord(form): char for char, some in table("plain_characters") for form in some}
    return frozenset(map(chr, forms)), forms


@cache
def _in_standard() -> tuple[str, ...]:
    """The few of them that GB 2312 has: 於, 後."""
    return tuple(char for char in _forms()[0] if char.encode("gb2312", "ignore"))


def _is_plain(text: str) -> bool:
    """Whether no character stands for another; to encode takes a twentieth of the time of a search."""
    try:
        text.replace("—", "").replace("·", "").encode("gb2312")  # the two that the codec maps otherwise
    except UnicodeEncodeError:
        return _forms()[0].isdisjoint(text)
    return not any(char in text for char in _in_standard())


def plain(text: str) -> str:
    """A text in plain characters, of the same length.

    >>> plain("臺北市⻄門町"), plain("11⽉25⽇"), plain("乾县昇平街")
    ('台北市西门町', '11月25日', '乾县昇平街')
    >>> plain("县里开会.增长3.5%."), plain("约翰.史密斯来访。")
    ('县里开会。增长3.5%。', '约翰.史密斯来访。')
    """
    if not _is_plain(text):
        text = text.translate(_forms()[1])
    return STOP.sub("。", text) if _stops_are_points(text) else text


def _stops_are_points(text: str) -> bool:
    """Whether sentences end with points: some line does, and fewer with a full stop."""
    stops = text.count("。")
    return stops < text.count(".") and bool(LAST_STOP.search(text)) and stops < sum(1 for _ in STOP.finditer(text))


def letters_at(text: str, start: int = 0, end: int | None = None) -> list[int]:
    """The places of a stretch whose characters are seen: no white space, nothing that takes no room.

    >>> letters_at("孙 乐\u200b文"), letters_at("孙 乐\u200b文", 1), letters_at("孙\x1c乐文")
    ([0, 2, 4], [2, 4], [0, 2, 3])
    """
    return [found.start() for found in _SEEN.finditer(text, start, len(text) if end is None else end)]


def letters_in(text: str | None) -> str:
    """The characters of a text that are seen.

    >>> letters_in("孙 乐\u200b文"), letters_in("孙\x1c乐文")
    ('孙乐文', '孙乐文')
    """
    return INVISIBLE.sub("", "".join((text or "").split()))


def without_breaks(name: str | None) -> str:
    """A name without the line breaks and blanks that cut it.

    >>> without_breaks("东昌\\n府区"), without_breaks(None)
    ('东昌府区', '')
    """
    return "".join((name or "").split())


class Visible:
    """A text without the characters that take no room, and where each of its own stands in the original.

    >>> seen = Visible("贺秋\u200b实说")
    >>> seen.text, seen.inside(2), seen.original(0, 3)
    ('贺秋实说', 2, (0, 4))
    """

    def __init__(self, original: str) -> None:
        self.text = original
        self._origin: list[int] | range = range(len(original))
        if INVISIBLE.search(original):
            self._origin = [at for at, char in enumerate(original) if not INVISIBLE.match(char)]
            self.text = "".join(original[at] for at in self._origin)

    def inside(self, offset: int) -> int:
        """Where an offset of the original lies in this one."""
        return bisect_left(self._origin, offset)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of this text, not empty, stands in the original."""
        return self._origin[start], self._origin[end - 1] + 1
