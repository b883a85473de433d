"""Where sentences and clauses end: the marks, each defined once, and the cutting of a text at them.

| to ask | take |
| --- | --- |
| which marks end a sentence, which a clause | `SENTENCE_ENDS`, `CLAUSE_MARKS`, and the variants beside them |
| where the sentences of a text end | `SENTENCE_END`, `SPEECH_END`, `LIST_END`: patterns, line ends included |
| where the sentence around an offset begins | `sentence_start` |
| which sentences a text has, as one reads it | `sentence_pattern`, `sentences` |
| which sentences an annotated article numbers | `annotated_sentences` |

The marks are strings of characters, for `in` and for classes of regular expressions: `[{SENTENCE_ENDS}]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import regex

#: What ends a sentence.
SENTENCE_ENDS = "。！？!?"
#: The Chinese marks alone, where a narrow one is rather part of a web address or of a garbled line.
WIDE_SENTENCE_ENDS = "。！？"
#: Of what somebody says, a sentence may also trail off: 我当时就想……
SPEECH_ENDS = SENTENCE_ENDS + "…"
#: Where each member of a list counts as a sentence: an annotated article numbers them, and each has its own dates.
LIST_ENDS = SENTENCE_ENDS + "；;"
#: What closes behind the end of a sentence and belongs to it: 好。”
CLOSING_MARKS = "”’」』）)"
#: What parts the clauses of a sentence.
CLAUSE_MARKS = "，,；;：:"
#: The Chinese marks with which a clause ends, that of its sentence among them.
WIDE_CLAUSE_ENDS = "，；：" + WIDE_SENTENCE_ENDS

#: The end of a sentence or of a line; in speech; in lists.
SENTENCE_END = re.compile(f"[{SENTENCE_ENDS}\n]")
SPEECH_END = re.compile(f"[{SPEECH_ENDS}\n]")
LIST_END = re.compile(f"[{LIST_ENDS}\n]")

#: The longest sentence that the tagger reads at once; a longer one is cut at a comma, or where it must be.
LIMIT = 160
#: No cut is made before this many characters if a clause ends later.
_LEAST = 40
Span = tuple[int, int]


@cache
def sentence_pattern(closing: str = CLOSING_MARKS) -> regex.Pattern[str]:
    """A sentence of one line with its end marks and what closes behind them: `好。”`.

    `closing` are the marks that close. A straight mark (") closes or opens, so it counts only where that is no matter.
    """
    return regex.compile(rf"[^{SENTENCE_ENDS}\n]*(?:[{SENTENCE_ENDS}]+[{closing}]*|\n|$)")


def trimmed(text: str, start: int, end: int) -> Span:
    """Where `text[start:end]` begins and ends without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def sentence_start(text: str, floor: int, at: int, ends: re.Pattern[str] = SENTENCE_END) -> int:
    """Where the sentence begins that `at` lies in, no earlier than `floor`; `ends` says what ends a sentence.

    >>> sentence_start("天亮了。他说", 0, 6)
    4
    """
    return max((stop.end() for stop in ends.finditer(text, floor, at)), default=floor)


def sentences(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    limit: int = LIMIT,
    closing: str = CLOSING_MARKS,
    cuts: str = "，,；;、 ",
) -> list[Span]:
    """The sentences of `text[start:end]`, without white space at their ends, none longer than `limit`.

    A longer one is cut after its last mark of `cuts` within the limit, or at the limit if it has none. `closing` are
    the marks that belong to the sentence before them.

    >>> text = "天亮了。“好！”他说。"
    >>> [text[start:end] for start, end in sentences(text)]
    ['天亮了。', '“好！”', '他说。']
    """
    found = []
    for match in sentence_pattern(closing).finditer(text, start, len(text) if end is None else end):
        left, right = trimmed(text, *match.span())
        while right - left > limit:
            cut = max(text.rfind(mark, left + _LEAST, left + limit) for mark in cuts) + 1 or left + limit
            found.append((left, cut))
            left = cut
        if left < right:
            found.append((left, right))
    return found


@cache
def _annotated_sentence() -> regex.Pattern[str]:
    return regex.compile(rf"[^\n]+?(?:[{LIST_ENDS}]+[{CLOSING_MARKS}]*|(?=\n)|$)")


def annotated_sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences that an annotated article numbers: a semicolon ends one, and none is cut for its length.

    >>> text = "社区召开会议。\\n“大家辛苦了！”孙乐文说；会后，众人散去"
    >>> [text[start:end] for start, end in annotated_sentences(text)]
    ['社区召开会议。', '“大家辛苦了！”', '孙乐文说；', '会后，众人散去']
    """
    for match in _annotated_sentence().finditer(text, start, len(text) if end is None else end):
        span = trimmed(text, *match.span())
        if span[0] < span[1]:
            yield span
