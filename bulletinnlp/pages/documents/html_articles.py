"""The article of a web page: headline, the line of dates and sources under it, text.

trafilatura finds the text and what the page says of itself. The headline is printed on the page as well, and what
stands between it and the text (2022-06-10 来源：平原日报 作者：王小明) belongs to the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bulletinnlp.pages.documents.document import Document, DocumentError, article_document, parsing
from bulletinnlp.pages.encodings import NotTextError, decode
from bulletinnlp.pages.file_types import HTML, kind_of, misnamed
from bulletinnlp.pages.html_text import visible_lines

#: So many lines between headline and text are no menu; the headline is so much of the title of the page at least.
_LINES_BETWEEN, _PART = 6, 0.4
#: Running text: at least one line of so many characters, or one that closes a sentence.
_RUNNING, _CLOSING = 40, ("。", "！", "？", "”", "…", "）")
_TAG = re.compile(r"<(?:p|div|br|span|table|td|article|section|h\d|li|font)\b", re.IGNORECASE)
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
    shown = list(visible_lines(source))
    headline = _headline(found.title or "", shown)
    if headline and _bare(text[0]) == _bare(headline):
        text = text[1:]
    source_lines = _between(headline, text, shown)
    return article_document(headline, [*source_lines, *text], published=_day(found.date), warning=warning)


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


def _bare(text: str) -> str:
    return "".join(text.split())


def _headline(title: str, shown: list[str]) -> str | None:
    """The headline: the longest line shown that the title of the page holds, else the title itself.

    >>> _headline("我县召开夏收会议_要闻_平原网", ["平原网", "我县召开夏收会议", "6月8日，县里开会。"])
    '我县召开夏收会议'
    """
    whole = _bare(title)
    matching = (line for line in shown if _PART * len(whole) <= len(_bare(line)) and _bare(line) in whole)
    return max(matching, key=len, default=title.strip() or None)


def _between(headline: str | None, text: list[str], shown: list[str]) -> list[str]:
    """The lines between headline and text, if they are few."""
    bare = [_bare(line) for line in shown]
    first = next((n for n, line in enumerate(bare) if text and line.startswith(_bare(text[0])[:20])), None)
    if headline is None or first is None:
        return []
    own = next((n for n in range(first - 1, -1, -1) if bare[n] == _bare(headline)), None)
    return shown[own + 1 : first] if own is not None and first - own <= _LINES_BETWEEN else []


def _day(date: str | None) -> str | None:
    return date if date and re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d", date) else None
