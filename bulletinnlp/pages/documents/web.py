"""The article of a web page: headline, the line of dates and sources under it, text.

trafilatura finds the text and what the page says of itself. The headline is printed on the page as well, and what
stands between it and the text (2022-06-10 来源：平原日报 作者：王小明) belongs to the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bulletinnlp.pages.documents.document import Document, DocumentError, article, parsing
from bulletinnlp.pages.documents.kinds import HTML, kind_of, misnamed
from bulletinnlp.pages.encodings import NotTextError, decode

#: So many lines between headline and text are no menu; the headline is so much of the title of the page at least.
_STAMPS, _PART = 6, 0.4
#: Running text: at least one line of so many characters, or one that closes a sentence.
_RUNNING, _CLOSING = 40, ("。", "！", "？", "”", "…", "）")
_TAG = re.compile(r"<(?:p|div|br|span|table|td|article|section|h\d|li|font)\b", re.IGNORECASE)
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
    "pre", "section", "table", "td", "th", "title", "tr", "ul",
))  # fmt: skip
_UNSEEN = frozenset(("head", "noscript", "script", "style", "template"))
_VIEW = 'name="generator" content="bulletinnlp"'


def read(path: Path) -> Document:
    """The article of a web page. Raises DocumentError where there is none, OSError."""
    data = path.read_bytes()
    if not data.strip():
        raise DocumentError("the file is empty")
    try:
        source, _, warning = decode(data)
    except NotTextError:
        raise DocumentError(misnamed(data, path.stem, HTML)) from None
    if kind_of(data) != HTML and not _TAG.search(source):
        raise DocumentError(misnamed(data, path.stem, HTML))
    if _VIEW in source[:2000]:
        raise DocumentError("it is a view that bulletinnlp wrote", "warning")
    with parsing("the web page"):
        return _article(source, warning)


def _article(source: str, warning: str | None) -> Document:
    import trafilatura

    found: Any = trafilatura.bare_extraction(source, with_metadata=True, include_comments=False, include_links=False)
    text = list(_text(found.body)) if found is not None and found.body is not None else []
    if found is None or not any(len(line) >= _RUNNING or line.endswith(_CLOSING) for line in text):
        raise DocumentError("no article was found on the web page (a list of links?)")
    seen = list(_seen(source))
    headline = _headline(found.title or "", seen)
    if headline and _bare(text[0]) == _bare(headline):
        text = text[1:]
    stamps = _between(headline, text, seen)
    return article(headline, [*stamps, *text], published=_day(found.date), warning=warning)


def _text(body: Any) -> Iterator[str]:
    """The lines of the text that trafilatura found: paragraphs, items, rows of tables."""
    for element in body.iterchildren():
        if element.tag == "table":
            for row in element.iter("row"):
                yield " ".join(filter(None, (_plain(cell) for cell in row.iter("cell"))))
        elif element.tag == "list":
            yield from (_plain(item) for item in element.iter("item"))
        else:
            for line in _lines_of(element):
                if line:
                    yield line


def _lines_of(element: Any) -> list[str]:
    for br in element.iter("lb"):
        br.tail = "\n" + (br.tail or "")
    return [" ".join(line.split()) for line in "".join(element.itertext()).split("\n")]


def _plain(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _seen(source: str) -> Iterator[str]:
    """What a web page shows, line by line."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", source))
    except (etree.ParserError, ValueError):
        return
    line: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _BLOCKS:
            if text := " ".join("".join(line).split()):
                yield text
            line = []
        if event == "start":
            hidden += tag in _UNSEEN
            line += [element.text] if element.text and not hidden and tag else []
        else:
            hidden -= tag in _UNSEEN
            line += [element.tail] if element.tail and not hidden else []


def _bare(text: str) -> str:
    return "".join(text.split())


def _headline(title: str, seen: list[str]) -> str | None:
    """The headline: the longest line shown that the title of the page holds, else the title itself.

    >>> _headline("我县召开夏收会议_要闻_平原网", ["平原网", "我县召开夏收会议", "6月8日，县里开会。"])
    '我县召开夏收会议'
    """
    whole = _bare(title)
    shown = (line for line in seen if _PART * len(whole) <= len(_bare(line)) and _bare(line) in whole)
    return max(shown, key=len, default=title.strip() or None)


def _between(headline: str | None, text: list[str], seen: list[str]) -> list[str]:
    """The lines between headline and text, if they are few."""
    bare = [_bare(line) for line in seen]
    first = next((n for n, line in enumerate(bare) if text and line.startswith(_bare(text[0])[:20])), None)
    if headline is None or first is None:
        return []
    own = next((n for n in range(first - 1, -1, -1) if bare[n] == _bare(headline)), None)
    return seen[own + 1 : first] if own is not None and first - own <= _STAMPS else []


def _day(date: str | None) -> str | None:
    return date if date and re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d", date) else None
