"""A page cut into its printed lines."""

from __future__ import annotations

from typing import NamedTuple

import regex

from bulletinnlp.text.sentences import CLOSING_MARKS, SPEECH_ENDS

# Everything that ends a line or a page of text: LF, CRLF, CR, VT, FF, NEL, LS, PS.
_BREAK = regex.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANK = (
    " \t\u3000\xa0\xad\ufeff\x00\x1c\x1d\x1e\x1f"
    + "".join(map(chr, (*range(0x2000, 0x2010), *range(0x202A, 0x2030), *range(0x205F, 0x2065))))
    + "\u1680"
)
_BLANK_SET = frozenset(_BLANK + "\n\r\x0b\x0c\x85\u2028\u2029")
_TERMINAL = regex.compile(rf"[{SPEECH_ENDS}；][{CLOSING_MARKS}\"'】\]》〉]*$|\.{{3,6}}[”\"]?$")


class Line(NamedTuple):
    """A line that has something printed on it: `page.text[start:end]`, white space at both ends left out.

    `indent` is how many blank characters stand before it on its line, `gap` how many empty lines stand before it.
    """

    text: str
    start: int
    end: int
    indent: int
    gap: int
    #: Where the pieces of a line that was put together from several begin: (offset in `text`, offset on the page).
    joints: tuple[tuple[int, int], ...] = ()

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where `text[start:end]` stands on the page: one stretch, or one for each piece."""
        if not self.joints:
            return [(self.start + start, self.start + end)] if start < end else []
        found = []
        ends = [*(offset for offset, _ in self.joints[1:]), len(self.text)]
        for (offset, at), stop in zip(self.joints, ends, strict=True):
            first, last = max(start, offset), min(end, stop)
            if first < last:
                found.append((at + first - offset, at + last - offset))
        return found

    @property
    def closes(self) -> bool:
        """Whether a sentence ends with the line."""
        return closes(self.text, 0, len(self.text))


def closes(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` ends with the end of a sentence, closing marks included."""
    return _TERMINAL.search(text[max(end - 8, start) : end]) is not None


def blank(text: str, start: int, end: int) -> bool:
    """Whether nothing is printed in `text[start:end]`."""
    start, end = strip_span(text, start, end)
    return start >= end


def strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    """`start`, `end` without the white space at both ends of `text[start:end]`."""
    while start < end and text[start] in _BLANK_SET:
        start += 1
    while end > start and text[end - 1] in _BLANK_SET:
        end -= 1
    return start, end


def lines(text: str) -> list[Line]:
    """The lines of a page that are not blank, in order.

    >>> [line.text for line in lines("感谢信\\r\\n\\r\\n　　东昌府讯 感谢信是")]
    ['感谢信', '东昌府讯 感谢信是']
    """
    found: list[Line] = []
    gap = 0
    for start, end in _stretches(text):
        printed = text[start:end]
        left = printed.lstrip(_BLANK)
        if not left:
            gap += 1
            continue
        first = start + len(printed) - len(left)
        kept = left.rstrip(_BLANK)
        found.append(Line(kept, first, first + len(kept), first - start, gap))
        gap = 0
    return found


def _stretches(text: str) -> list[tuple[int, int]]:
    """Start and end of every printed line, its break left out."""
    ends = [(m.start(), m.end()) for m in _BREAK.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    return list(zip(starts, [*(start for start, _ in ends), len(text)], strict=True))
