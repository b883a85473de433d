"""From the words that a model gives back to the characters of the text that it read."""

from __future__ import annotations

from collections.abc import Sequence

#: So many characters may be missing from what a model gives back before it is found again.
_LOST = 12


def align(words: Sequence[str], text: str) -> list[tuple[int, int] | None]:
    """Where each word stands in the text: character offsets, None where it can not be found.

    Models drop white space, also inside words, and some turn full-width letters into half-width ones or lower the case.
    A word is found by its characters, white space skipped; if they differ, by as many characters from where the word
    before ended, provided that the next word is found behind them; else a little further on. The time is linear.

    >>> align(["ABC", "公司", "开会"], "ＡＢＣ 公 司开会")
    [(0, 3), (4, 7), (7, 9)]
    >>> align(["甲", "没有", "乙"], "甲 乙")
    [(0, 1), None, (2, 3)]
    >>> align(["甲", "...", "说"], "甲…说")
    [(0, 1), None, (2, 3)]
    """
    at = 0
    found: list[tuple[int, int] | None] = []
    for number, word in enumerate(words):
        chars = "".join(word.split())
        following = "".join(words[number + 1].split()) if number + 1 < len(words) else None
        span = _match(chars, text, at) or _same_length(chars, following, text, at) or _further_on(chars, text, at)
        found.append(span)
        if span is not None:
            at = span[1]
    return found


def _match(chars: str, text: str, at: int) -> tuple[int, int] | None:
    """The characters at `at`, white space skipped before and within."""
    first = None
    for char in chars:
        at = _skip_space(text, at)
        if at >= len(text) or text[at] != char:
            return None
        first = at if first is None else first
        at += 1
    return None if first is None else (first, at)


def _same_length(chars: str, following: str | None, text: str, at: int) -> tuple[int, int] | None:
    """As many characters as the word has, if the next word (or the end) follows them."""
    first = _skip_space(text, at)
    for _ in chars:
        at = _skip_space(text, at)
        if at >= len(text):
            return None
        at += 1
    follows = not text[at:].strip() if following is None else _match(following, text, at) is not None
    return (first, at) if chars and follows else None


def _further_on(chars: str, text: str, at: int) -> tuple[int, int] | None:
    """The word behind some characters that the model lost."""
    for start in range(at + 1, min(at + _LOST, len(text))):
        if chars and text[start] == chars[0] and (span := _match(chars, text, start)):
            return span
    return None


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
