"""Annotated pages: what is right.

A gold page is a JSON file after the project's guidelines for annotation: articles with their headline, dateline,
byline, entities, times … as strings in the order of the page. Keys that begin with `_` hold offsets into the page's
text, one for each entry of the list of the same name; an entry whose offset is null is not compared by place. Files
without them are fine: the places are found from the strings.

Events are annotated apart, a line each, in pairs of text files (`bulletinnlp.evaluation.formats.numbered`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bulletinnlp.evaluation.equality import Span
from bulletinnlp.evaluation.formats.numbered import read_numbered
from bulletinnlp.evaluation.formats.told import NumberedArticle
from bulletinnlp.evaluation.locating import locate
from bulletinnlp.pages.plain_files import UnfitFileError, read_bytes

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
    def body(self) -> Span | None:
        """Where the body stands; None if there is none, or if text of another article stands within it."""
        span = self.data.get("_body")
        return (span[0], span[1]) if span and not self.data.get("pieces") else None

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
    """An annotated page. `text` is the page's text if the file holds it."""

    page_id: str
    text: str | None = None
    published: str | None = None
    articles: tuple[GoldArticle, ...] = ()

    @property
    def placed(self) -> bool:
        """Whether all strings have offsets."""
        return all(f"_{key}" in article.data for article in self.articles for key in PLACED)

    def place(self, text: str) -> GoldPage:
        """The page with the offsets that it lacks, found in its text."""
        if self.placed:
            return self
        data = {"page": self.page_id, "articles": [article.data for article in self.articles]}
        found = locate(data, text)["articles"]
        return replace(self, articles=tuple(GoldArticle(self.page_id, article) for article in found))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> GoldPage:
        """A page out of the object of its JSON file."""
        page_id = data["page"]
        articles = tuple(GoldArticle(page_id, article) for article in data["articles"])
        return cls(page_id, data.get("text"), data.get("published"), articles)


def read_annotations(gold: str | Path) -> tuple[list[GoldPage], list[NumberedArticle]]:
    """What is annotated in a folder: pages, and the events of articles. `gold` may be a file of the latter alone.

    Raises FileNotFoundError if there is neither, ValueError for a file that is not what its name says.
    """
    pages = list(_pages(Path(gold)))
    try:
        return pages, read_numbered(gold)
    except FileNotFoundError:
        if not pages:
            raise FileNotFoundError(f"{gold}: no annotated pages here (looked for *.json, *.num with *.ann)") from None
        return pages, []


def _pages(folder: Path) -> Iterator[GoldPage]:
    """The annotated pages of a folder, in the order of their names."""
    for path in sorted(folder.glob("*.json")):
        try:
            yield GoldPage.from_json(json.loads(read_bytes(path)))
        except UnfitFileError as error:
            raise ValueError(f"{path}: {error}") from None
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, KeyError, TypeError) as error:
            raise ValueError(f"{path}: not an annotated page ({type(error).__name__}: {error})") from None
