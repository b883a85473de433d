"""The kinds of lexemes, over which the grammar is written.

A unit, a particle, a mark is a kind by itself and has the name of its character (年, 每, 至); the other kinds have the
names of `data/lexicons/time_kinds.txt`. A pattern over kinds (`number 月 number 日`) is compiled to one over strings
with one character for each lexeme.
"""

from __future__ import annotations

import re

from bulletinnlp.data import table


class _Codes(dict[str, str]):
    def __missing__(self, kind: str) -> str:
        return kind


_CODES = _Codes((name, chr(0xE000 + at)) for at, (name, *_) in enumerate(table("time_kinds")))
#: The character of a kind.
code = _CODES.__getitem__


def shape(pattern: str) -> str:
    """A pattern over the names of kinds as one over their characters.

    >>> import re
    >>> re.fullmatch(shape("number (?:月|日)"), shape("number 日")) is not None
    True
    """
    return re.sub("[a-z_]{2,}", lambda name: _CODES[name[0]], pattern).replace(" ", "")
