"""Cells that hold the source of a web page: tags and entities become plain text."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

import regex

_TAG = regex.compile(
    r"</?(?:a|abbr|article|b|blockquote|body|br|center|dd|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|html|i|img|li|"
    r"ol|p|pre|s|script|section|small|span|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul|video)"
    r"(?:\s[^<>]*)?/?>|<!--",
    regex.IGNORECASE,
)
_ENTITY = regex.compile(r"&(?:[a-zA-Z]{2,10}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
#: A line ends before and behind these; what stands in the others belongs to the line.
_BLOCK = regex.compile(
    "address|article|blockquote|body|br|center|dd|div|dl|dt|figcaption|figure|h[1-6]|hr|html|li|ol|p|pre|section|table|"
    "tbody|thead|tr|ul"
)
#: What nobody reads.
_UNSEEN = frozenset(("script", "style", "head", "title"))
#: Line ends that a program wrote as it writes them in a string, or Excel in its files.
_WRITTEN_ENDS = regex.compile(r"(?:\\r)?\\n|_x000[dD]_\n?")
_MANY_ENDS = regex.compile(r"[ \t\xa0]*\n\s*")


def plain(text: str) -> tuple[str, str | None]:
    """A text without the markup of a web page, and what markup it was, None if it had none.

    >>> plain("<p>近日，县一中<b>开学</b>。</p><p>&ldquo;好&rdquo;</p>")
    ('近日，县一中开学。\\n“好”', 'HTML tags')
    >>> plain("5<6，且7>6")
    ('5<6，且7>6', None)
    """
    if "<" in text and _TAG.search(text):
        reader = _Reader()
        reader.feed(text)
        reader.close()
        return _MANY_ENDS.sub("\n", "".join(reader.out)).strip(), "HTML tags"
    if "&" in text and _ENTITY.search(text):
        return unescape(text), "HTML entities"
    if ("\\n" in text and "\n" not in text) or "_x000" in text:
        ends = _WRITTEN_ENDS.sub("\n", text)
        return ends, "written line ends" if ends != text else None
    return text, None


class _Reader(HTMLParser):
    """Gathers what a reader of the page sees in `out`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self._end_line(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        self._end_line(tag)
        if tag in ("td", "th"):
            self.out.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.out.append(data)

    def _end_line(self, tag: str) -> None:
        if _BLOCK.fullmatch(tag):
            self.out.append("\n")
