"""Where a stretch of text may be cut for the tagger."""

from __future__ import annotations

from functools import cache

import regex

#: The longest sentence that the tagger reads at once; a longer one is cut at a comma, or where it must be.
LIMIT = 160


@cache
def sentence_pattern() -> regex.Pattern[str]:
    """A sentence with its end mark and closing quotes: `好。”`."""
    return regex.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)]*|\n|$)")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]`, without white space at their ends.

    >>> text = "天亮了。“好！”他说。"
    >>> [text[start:end] for start, end in sentences(text)]
    ['天亮了。', '“好！”', '他说。']
    """
    found = []
    for match in sentence_pattern().finditer(text, start, len(text) if end is None else end):
        left, right = match.span()
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        while right - left > LIMIT:
            comma = max(text.rfind(mark, left + 40, left + LIMIT) for mark in "，,；;、 ")
            cut = comma + 1 if comma >= 0 else left + LIMIT
            found.append((left, cut))
            left = cut
        if left < right:
            found.append((left, right))
    return found
