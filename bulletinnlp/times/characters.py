"""Text in plain characters: 11⽉25⽇, 民國 and dates with invisible characters inside read as 11月25日, 民国."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cache

from bulletinnlp.data import table
from bulletinnlp.times.time import Time

#: Characters that take no room: soft hyphen, zero-width spaces and joiners, marks of direction, byte-order mark.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
#: Radicals and compatibility characters, which Unicode maps to plain ones.
_LOOKALIKES = "\u2f00-\u2fd5\uf900-\ufaff"


@cache
def _plain() -> tuple[re.Pattern[str], re.Pattern[str], dict[int, str]]:
    """What to look for, what takes no room, and what stands for what."""
    forms = {ord(form): plain for plain, forms in table("time_characters") for form in forms}
    looks = (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))
    forms |= {code: plain for code in looks if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1}
    odd = f"[{_INVISIBLE}{_LOOKALIKES}{''.join(map(chr, forms))}]"
    return re.compile(odd), re.compile(f"[{_INVISIBLE}]"), forms


class PlainText:
    """A text in plain characters, and where each of them stands in the text as printed.

    >>> plain = PlainText("11⽉\u200b25⽇")
    >>> plain.text, plain.plain(4)
    ('11月25日', 3)
    """

    def __init__(self, printed: str) -> None:
        pattern, invisible, forms = _plain()
        self.text = self._printed = printed
        self._origin: list[int] | range = range(len(printed) + 1)
        if pattern.search(printed):
            self._origin = [at for at, char in enumerate(printed) if not invisible.match(char)]
            self.text = "".join(printed[at] for at in self._origin).translate(forms)

    def plain(self, offset: int) -> int:
        """Where an offset of the printed text lies in the plain one."""
        return bisect_left(self._origin, offset)

    def as_printed(self, time: Time) -> Time:
        """A time of the plain text, with its place and its characters in the printed one."""
        start, end = self._origin[time.start], self._origin[time.end - 1] + 1
        return time._replace(text=self._printed[start:end], start=start, end=end)
