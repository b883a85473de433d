"""Which encoding is this? Detected by strict decoding and checked for plausibility; never guessed silently.

Chinese offices hand in UTF-8, UTF-16 (Windows' "Unicode") and GB18030 (with its subsets GBK and GB2312); older files
and those from Hong Kong and Taiwan may be Big5. UTF-8 is strict enough to prove itself. The others decode almost any
bytes, so each candidate is judged by the share of its characters that ordinary Chinese text is made of.
"""

from __future__ import annotations

import codecs
from functools import cache
from typing import NamedTuple

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("gb18030", "big5", "utf-16-le", "utf-16-be")
#: A decoded sample with a smaller share of ordinary characters is no Chinese text.
PLAUSIBLE = 0.85
#: UTF-8 in which fewer than one character in a hundred is broken is damaged UTF-8, not another encoding.
DAMAGED = 0.01
SAMPLE = 200_000


class NotTextError(ValueError):
    """The bytes are no text in any encoding that is known here."""


class Decoded(NamedTuple):
    """`text`, the Python codec that gave it, and what the reader should know (None if nothing)."""

    text: str
    encoding: str
    warning: str | None = None


@cache
def _ordinary() -> frozenset[str]:
    """Characters of running Chinese text: the frequent level of GB 2312 and of Big5, punctuation, ASCII."""
    level_1 = bytes(b for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for b in (high, low))
    symbols = bytes(b for high in (0xA1, 0xA3) for low in range(0xA1, 0xFF) for b in (high, low))
    frequent = "".join(
        bytes((high, low)).decode("big5", "ignore")
        for high in range(0xA4, 0xC7)
        for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    )
    ascii_text = "".join(map(chr, range(0x20, 0x7F))) + "\n\r\t\u3000"
    return frozenset(level_1.decode("gb2312", "ignore") + symbols.decode("gb2312", "ignore") + frequent + ascii_text)


def plausibility(text: str) -> float:
    """Share of the characters that ordinary Chinese text is made of, 0–1.

    >>> plausibility("古楼街道469名网格员")
    1.0
    """
    return sum(map(_ordinary().__contains__, text)) / len(text) if text else 0.0


def decode(data: bytes) -> Decoded:
    """Decode the bytes of a file.

    Raises NotTextError if they are no text.

    >>> decode("东昌府讯".encode("gb18030"))
    Decoded(text='东昌府讯', encoding='gb18030', warning=None)
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict_or_damaged(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _other(data)
    if b"\0" in data and _control_share(text) > 0.05:  # UTF-16 of Latin letters passes for UTF-8 full of NULs
        return _most_plausible(data) or _strict_or_damaged(data, "utf-8")
    return Decoded(text, "utf-8", _nul_warning(text))


def _other(data: bytes) -> Decoded:
    """Not UTF-8: the most plausible of the candidates, else damaged UTF-8, else a mixture by lines."""
    damaged = data[:SAMPLE].decode("utf-8", "replace")
    if damaged.count("\ufffd") < DAMAGED * len(damaged):
        return _strict_or_damaged(data, "utf-8")
    decoded = _most_plausible(data) or _by_lines(data)
    if decoded is None:
        raise NotTextError("the bytes are no text in UTF-8, UTF-16, GB18030 or Big5")
    return decoded


def _most_plausible(data: bytes) -> Decoded | None:
    scored = [(plausibility(data[:SAMPLE].decode(encoding, "replace")), encoding) for encoding in CANDIDATES]
    share, encoding = max(scored, key=lambda pair: pair[0])
    return _strict_or_damaged(data, encoding) if share >= PLAUSIBLE else None


def _strict_or_damaged(data: bytes, encoding: str) -> Decoded:
    try:
        text, warning = data.decode(encoding), None
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        warning = f"{text.count(chr(0xFFFD))} places are no valid {encoding}; each is shown as U+FFFD"
    if len(text) > 100 and _control_share(text) > 0.3:
        raise NotTextError("it holds control characters instead of text")
    return Decoded(text, encoding, warning or _nul_warning(text))


def _by_lines(data: bytes) -> Decoded | None:
    """Files pasted together from several sources: each line in UTF-8 if it can be, else in GB18030."""
    lines = []
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("gb18030", "replace"))
    text = "\n".join(lines)
    if plausibility(text[:SAMPLE]) < PLAUSIBLE:
        return None
    return Decoded(text, "mixed", "its lines are partly UTF-8, partly GB18030; each was read in its own encoding")


def _control_share(text: str) -> float:
    sample = text[:SAMPLE]
    return sum(c < " " and c not in "\n\r\t\f\v" for c in sample) / len(sample) if sample else 0.0


def _nul_warning(text: str) -> str | None:
    count = text.count("\0")
    return f"it holds {count} NUL characters" if count else None
