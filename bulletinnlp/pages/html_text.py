"""HTML to the text that a browser shows: of a cell of a table, of a whole web page."""

from __future__ import annotations

from collections.abc import Iterator
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
#: A line ends before and behind these; what stands in other elements belongs to the line.
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "figcaption", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "li", "ol", "p", "pre", "section", "table", "tbody", "thead",
    "tr", "ul",
))  # fmt: skip
#: In a whole web page, before and behind these too: the parts of the page, and each cell of a table.
_PAGE_BLOCKS = _BLOCKS | {"aside", "footer", "form", "header", "main", "nav", "td", "th", "title"}
#: What no browser shows; in a cell the title of a page is not shown either.
_HIDDEN = frozenset(("head", "script", "style"))
_HIDDEN_IN_CELL, _HIDDEN_ON_PAGE = _HIDDEN | {"title"}, _HIDDEN | {"noscript", "template"}
#: Line ends that a program wrote as it writes them in a string, or Excel in its files.
_WRITTEN_ENDS = regex.compile(r"(?:\\r)?\\n|_x000[dD]_\n?")
_MANY_ENDS = regex.compile(r"[ \t\xa0]*\n\s*")


def plain_text(text: str) -> tuple[str, str | None]:
    """A text without the markup of a web page, and what markup it was, None if it had none.

    >>> plain_text("<p>近日，县一中<b>开学</b>。</p><p>&ldquo;好&rdquo;</p>")
    ('近日，县一中开学。\\n“好”', 'HTML tags')
    >>> plain_text("5<6，且7>6")
    ('5<6，且7>6', None)
    """
    if "<" in text and _TAG.search(text):
        parser = _VisibleText()
        parser.feed(text)
        parser.close()
        return _MANY_ENDS.sub("\n", "".join(parser.out)).strip(), "HTML tags"
    if "&" in text and _ENTITY.search(text):
        return unescape(text), "HTML entities"
    if ("\\n" in text and "\n" not in text) or "_x000" in text:
        ends = _WRITTEN_ENDS.sub("\n", text)
        return ends, "written line ends" if ends != text else None
    return text, None


def visible_lines(source: str) -> Iterator[str]:
    """What a browser shows of a whole web page, line by line. Needs lxml (the extra `files`).

    >>> list(visible_lines("<title>平原网</title><h1>县一中开学</h1><p>近日，<b>县一中</b>开学。</p>"))
    ['县一中开学', '近日，县一中开学。']
    """
    from lxml import etree, html

    try:
        tree = html.document_fromstring(regex.sub(r"^\s*<\?xml[^>]*>", "", source))
    except (etree.ParserError, ValueError):
        return
    line: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _PAGE_BLOCKS:
            if text := " ".join("".join(line).split()):
                yield text
            line = []
        if event == "start":
            hidden += tag in _HIDDEN_ON_PAGE
            line += [element.text] if element.text and not hidden and tag else []
        else:
            hidden -= tag in _HIDDEN_ON_PAGE
            line += [element.tail] if element.tail and not hidden else []


class _VisibleText(HTMLParser):
    """Gathers what a reader of the page sees in `out`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN_IN_CELL
        self._end_line(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN_IN_CELL and self._hidden > 0
        self._end_line(tag)
        if tag in ("td", "th"):
            self.out.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.out.append(data)

    def _end_line(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.out.append("\n")
