"""A page cut into its printed lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import regex

from bulletinnlp.text.sentences import CLOSING_MARKS, SPEECH_ENDS, Span

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
    #: Where the pieces of a text that is not one stretch of the page begin: (offset in `text`, offset on the page).
    pieces: tuple[Span, ...] = ()

    def spans(self, start: int, end: int) -> list[Span]:
        """Where `text[start:end]` stands on the page: one span, or one for each piece."""
        if not self.pieces:
            return [(self.start + start, self.start + end)] if start < end else []
        found = []
        ends = [*(offset for offset, _ in self.pieces[1:]), len(self.text)]
        for (offset, at), stop in zip(self.pieces, ends, strict=True):
            first, last = max(start, offset), min(end, stop)
            if first < last:
                found.append((at + first - offset, at + last - offset))
        return found

    def only(self, spans: Iterable[Span]) -> Line:
        """The line with these spans of its text alone; its place on the page stays.

        >>> lines("县 委")[0].only([(0, 1), (2, 3)])
        Line(text='县委', start=0, end=3, indent=0, gap=0, pieces=((0, 0), (1, 2)))
        """
        texts: list[str] = []
        pieces: list[Span] = []
        length = 0
        for start, end in spans:
            texts.append(self.text[start:end])
            for first, last in self.spans(start, end):
                pieces.append((length, first))
                length += last - first
        return self._replace(text="".join(texts), pieces=tuple(pieces))

    def cut_out(self, spans: Iterable[Span]) -> list[Line]:
        """Spans of the text of a line of one piece, as lines; those that are blank are left out.

        >>> [line.text for line in lines("县里开会。 （县委办）")[0].cut_out([(0, 5), (5, 11)])]
        ['县里开会。', '（县委办）']
        """
        stripped = [strip_span(self.text, *span) for span in spans]
        return [
            self._replace(text=self.text[start:end], start=self.start + start, end=self.start + end)
            for start, end in stripped
            if start < end
        ]

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


def strip_span(text: str, start: int, end: int) -> Span:
    """`start`, `end` without the white space at both ends of `text[start:end]`."""
    while start < end and text[start] in _BLANK_SET:
        start += 1
    while end > start and text[end - 1] in _BLANK_SET:
        end -= 1
    return start, end


def lines(text: str, first: int = 0, end: int | None = None) -> list[Line]:
    """The lines of `text[first:end]` that are not blank, in order.

    >>> [line.text for line in lines("感谢信\\r\\n\\r\\n　　东昌府讯 感谢信是")]
    ['感谢信', '东昌府讯 感谢信是']
    """
    end = len(text) if end is None else end
    breaks = [found.span() for found in _BREAK.finditer(text, first, end)]
    found: list[Line] = []
    gap = 0
    for (_, start), (stop, _) in zip([(0, first), *breaks], [*breaks, (end, end)], strict=True):
        left, right = strip_span(text, start, stop)
        if left < right:
            found.append(Line(text[left:right], left, right, left - start, gap))
            gap = 0
        else:
            gap += 1
    return found
