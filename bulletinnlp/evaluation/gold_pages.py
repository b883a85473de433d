"""Annotated pages: what is right.

Articles that were annotated one by one (`bulletinnlp.evaluation.marked`, brat, Label Studio) are placed on their pages.
A gold page may also be a JSON file after the project's guidelines for annotation: articles with their headline,
dateline, byline, entities, times … as strings in the order of the page. Keys that begin with `_` hold offsets into its
text, one for each entry of the list of the same name; an entry whose offset is null is not compared by place. Files
without them are fine: the places are found from the strings.

Events are annotated apart, a line each, in pairs of text files (`bulletinnlp.evaluation.formats.numbered`).
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bulletinnlp.evaluation.alignment import NotOnPageError, Placed, PlacedArticle
from bulletinnlp.evaluation.annotated_article import AnnotatedArticle, NumberedArticle, by_page
from bulletinnlp.evaluation.annotating import read_annotated
from bulletinnlp.evaluation.equality import Letters, Span
from bulletinnlp.evaluation.formats.label_studio import is_label_studio
from bulletinnlp.evaluation.formats.numbered import read_numbered
from bulletinnlp.evaluation.marked import MarkedTextError
from bulletinnlp.pages.plain_files import UnfitFileError, read_bytes
from bulletinnlp.text.plain import letters_at, letters_in

#: The fields of an article that are compared as strings.
FIELDS = ("headline", "byline", "dateline", "eyebrow", "banner")
#: What has offsets.
PLACED = ("spans", "entities", "references", "times", "quotes")


@dataclass(frozen=True)
class GoldArticle:
    """An annotated article. `data` is its JSON object."""

    page_id: str
    data: dict[str, Any]

    @property
    def tag(self) -> str:
        """What names the article in a list of errors: the page and the head of its headline."""
        return f"{self.page_id}: {(self.data.get('headline') or self.data.get('body_start') or '')[:14]}"

    @property
    def extent(self) -> list[Span]:
        """The stretches of the page that belong to the article."""
        return [(start, end) for start, end in self.data["_spans"]]

    @property
    def body(self) -> list[Span] | None:
        """The stretches of the body; None if there is none, or if it is not known where it is cut by other text."""
        span = None if self.data.get("pieces") else self.data.get("_body")
        return self.data.get("_bodies") or ([(span[0], span[1])] if span else None)

    def knows(self, table: str) -> bool:
        """Whether a list (contributors, roles, quotes) was annotated."""
        return self.data.get(table, ()) is not None

    def text(self, field: str) -> str | None:
        """The article's headline, byline, dateline, eyebrow or banner."""
        return self.data.get(field) or None

    def rows(self, table: str) -> list[Any]:
        """The annotations of a list: contributors, roles."""
        return self.data.get(table) or []

    def placed(self, table: str) -> Iterator[tuple[Any, Span]]:
        """The annotations of a list with where they stand: entities, times, references, quotes."""
        for entry, span in zip(self.rows(table), self.data.get(f"_{table}") or [], strict=False):
            if span:
                yield entry, (span[0], span[1])


@dataclass(frozen=True)
class GoldPage:
    """An annotated page. `text` is the page's text if the file holds it.

    `annotated` are its articles where they were annotated one by one; others of the page may be right or wrong then.
    """

    page_id: str
    text: str | None = None
    published: str | None = None
    articles: tuple[GoldArticle, ...] = ()
    annotated: tuple[AnnotatedArticle, ...] = ()
    events: tuple[Placed, ...] = ()

    @property
    def placed(self) -> bool:
        """Whether all strings have offsets."""
        return all(f"_{key}" in article.data for article in self.articles for key in PLACED)

    def place(self, text: str) -> GoldPage:
        """The page with the offsets that it lacks, found in its text.

        Raises ValueError for what is not found; of articles, `MarkedTextError`, which names all of it.
        """
        if self.annotated:
            return self._with_annotated(Letters(text))
        if self.placed:
            return self
        data = {"page": self.page_id, "articles": [article.data for article in self.articles]}
        found = locate(data, text)["articles"]
        return replace(self, articles=tuple(GoldArticle(self.page_id, article) for article in found))

    def _with_annotated(self, page: Letters) -> GoldPage:
        placed: list[PlacedArticle] = []
        problems = []
        for article in self.annotated:
            try:
                placed.append(PlacedArticle.on(page, article, placed[-1].first if placed else 0))
            except NotOnPageError as error:
                problems.append(str(error))
        if problems:
            raise MarkedTextError(problems)
        articles = tuple(GoldArticle(self.page_id, one.data()) for one in placed)
        return replace(self, articles=articles, events=tuple(events for one in placed if (events := one.events())))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> GoldPage:
        """A page out of the object of its JSON file."""
        page_id = data["page"]
        articles = tuple(GoldArticle(page_id, article) for article in data["articles"])
        return cls(page_id, data.get("text"), data.get("published"), articles)


def read_annotations(gold: str | Path) -> tuple[list[GoldPage], list[NumberedArticle]]:
    """What is annotated in a folder, in whatever form: pages, and the events of articles. `gold` may be a file, too.

    Raises FileNotFoundError if there is nothing, ValueError, which names all that is wrong, for files that are not as
    they should be.
    """
    path = Path(gold)
    if not path.exists() and not path.with_suffix(".num").is_file():
        raise FileNotFoundError(f"{path}: there is no such folder or file")
    pages = list(_pages(path)) if path.is_dir() else []
    pages += [GoldPage(name, annotated=tuple(some)) for name, some in by_page(read_annotated(path)).items()]
    try:
        return pages, read_numbered(path)
    except FileNotFoundError:
        if not pages:
            raise FileNotFoundError(
                f"{path}: no annotated pages here (looked for marked text, brat, Label Studio, *.json, *.num)"
            ) from None
        return pages, []


def _pages(folder: Path) -> Iterator[GoldPage]:
    """The annotated pages of a folder, in the order of their names."""
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(read_bytes(path))
            if not is_label_studio(data):
                yield GoldPage.from_json(data)
        except UnfitFileError as error:
            raise ValueError(f"{path}: {error}") from None
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, KeyError, TypeError) as error:
            raise ValueError(f"{path}: not an annotated page ({type(error).__name__}: {error})") from None


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
        self.places = [at for start, end in within for at in letters_at(text, start, end)]
        self.letters = "".join(text[at] for at in self.places)
        self.at = 0

    def next(self, wanted: str, after: str = "") -> Span | None:
        """The next place of a string, on which the search goes on; None if there is none.

        `after` is what stands directly before it, to tell it from an earlier one.
        """
        letters, before = letters_in(wanted), letters_in(after)
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
