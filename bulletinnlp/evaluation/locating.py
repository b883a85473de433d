"""Where the strings of an annotated page stand on it.

People annotate with strings, in the order of the text; scores compare offsets. `locate` finds the one from the other:
each string at its next occurrence, the occurrences that are annotated before it passed over.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from bulletinnlp.evaluation.equality import Span


def find(text: str, wanted: str, start: int = 0, end: int | None = None) -> Span | None:
    """The first place of a string between two offsets, blind to white space in both.

    >>> find("配合社区工\\n\\n作人员", "社区工作人员")
    (2, 10)
    """
    return Placer(text, [(start, len(text) if end is None else end)]).next(wanted)


class Placer:
    """Finds strings in stretches of a page, one after the other in the order of the text.

    >>> placer = Placer("区委召开会议，区委要求……", [(0, 12)])
    >>> placer.next("区委"), placer.next("区委"), placer.next("区委")
    ((0, 2), (7, 9), None)
    """

    def __init__(self, text: str, within: Iterable[Span]) -> None:
        self.places = [at for start, end in within for at in range(start, end) if not text[at].isspace()]
        self.letters = "".join(text[at] for at in self.places)
        self.at = 0

    def next(self, wanted: str, after: str = "") -> Span | None:
        """The next place of a string, on which the search goes on; None if there is none.

        `after` is what stands directly before it, to tell it from an earlier one.
        """
        letters, before = "".join(wanted.split()), "".join(after.split())
        found = self.letters.find(before + letters, self.at) if letters else -1
        if found < 0:
            return None
        first = found + len(before)
        self.at = first + len(letters)
        return self.places[first], self.places[self.at - 1] + 1

    def seek(self, offset: int) -> None:
        """Go on from an offset of the page."""
        self.at = bisect_left(self.places, offset)


#: Parts whose strings are annotated as fields, in which no names, times and stand-ins are.
CLOSED = ("banner", "dateline", "byline")
#: Lists of strings, and which element of an entry is the string; the element after its fields is what stands before it.
LISTS = {"entities": (1, 2), "references": (0, 2), "times": (0, 3)}


def locate(data: dict[str, Any], text: str) -> dict[str, Any]:
    """An annotated page with the offsets that it lacks; those that it has stay.

    `data` is the JSON object of the page. Raises ValueError, naming article and string, for one that is not found.
    """
    at = 0
    articles = []
    for article in data["articles"]:
        article = dict(article)
        if "_spans" not in article:
            article["_spans"] = _extent(article, text, at, data["page"])
        at = max(end for _, end in article["_spans"])
        _fields(article, text)
        _lists(article, text, data["page"])
        articles.append(article)
    return {**data, "articles": articles}


def _extent(article: dict[str, Any], text: str, at: int, page: str) -> list[list[int]]:
    pieces = article.get("pieces") or [[article["start"], article["end"]]]
    spans = []
    for first, last in pieces:
        start = find(text, first, at) or find(text, first)
        end = find(text, last, start[0]) if start else None
        if not start or not end:
            raise _missing(page, article, first if not start else last)
        spans.append([start[0], end[1]])
        at = end[1]
    return spans


def _fields(article: dict[str, Any], text: str) -> None:
    first, last = article["_spans"][0][0], article["_spans"][-1][1]
    at = first
    for part in ("banner", "eyebrow", "headline", "dateline"):
        if article.get(part) and f"_{part}" not in article and (span := find(text, article[part], at, last)):
            article[f"_{part}"] = list(span)
        at = article.get(f"_{part}", [0, at])[1]
    if article.get("byline") and "_byline" not in article:
        article["_byline"] = list(_last(text, article["byline"], first, last) or ()) or None
    if article.get("body_start") and article.get("body_end") and "_body" not in article:
        start = find(text, article["body_start"], at, last) or find(text, article["body_start"], first, last)
        end = _last(text, article["body_end"], start[0], last) if start else None
        article["_body"] = [start[0], end[1]] if start and end else None


def _last(text: str, wanted: str, start: int, end: int) -> Span | None:
    """The last place of a string."""
    placer, found = Placer(text, [(start, end)]), None
    while span := placer.next(wanted):
        found = span
    return found


def _lists(article: dict[str, Any], text: str, page: str) -> None:
    closed = {at for part in CLOSED if article.get(f"_{part}") for at in range(*article[f"_{part}"])}
    places = [at for start, end in article["_spans"] for at in range(start, end) if at not in closed]
    for key, (which, before) in LISTS.items():
        if f"_{key}" in article:
            continue
        placer = Placer(text, ((at, at + 1) for at in places))
        spans: list[list[int]] = []
        for entry in article.get(key) or []:
            span = placer.next(entry[which], entry[before] if len(entry) > before else "")
            if span is None:
                raise _missing(page, article, entry[which])
            spans.append(list(span))
        article[f"_{key}"] = spans
    if "_quotes" not in article:
        article["_quotes"] = [_quote(article, quote, text, page) for quote in article.get("quotes") or []]


def _quote(article: dict[str, Any], quote: list[str], text: str, page: str) -> list[int]:
    first, last = article["_spans"][0][0], article["_spans"][-1][1]
    start = find(text, quote[1], first, last)
    end = find(text, quote[2], start[0], last) if start else None
    if not start or not end:
        raise _missing(page, article, quote[1] if not start else quote[2])
    return [start[0], end[1]]


def _missing(page: str, article: dict[str, Any], wanted: str) -> ValueError:
    headline = article.get("headline") or article.get("body_start") or article.get("start")
    return ValueError(f"{page}: “{wanted}” is not found in the article “{headline}”, or not after the one before it")
