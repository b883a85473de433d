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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bulletinnlp.evaluation.annotating import read_annotated
from bulletinnlp.evaluation.article import AnnotatedArticle, NumberedArticle
from bulletinnlp.evaluation.equality import Span
from bulletinnlp.evaluation.formats.label_studio import is_label_studio
from bulletinnlp.evaluation.formats.numbered import read_numbered
from bulletinnlp.evaluation.letters import Letters
from bulletinnlp.evaluation.locating import locate
from bulletinnlp.evaluation.marked import MarkedTextError
from bulletinnlp.evaluation.occurrences import Placed
from bulletinnlp.evaluation.placed import NotOnPageError, PlacedArticle
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
        return replace(self, articles=articles, events=tuple(told for one in placed if (told := one.events())))

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
    pages = [*(_pages(path) if path.is_dir() else ()), *_of_articles(read_annotated(path))]
    try:
        return pages, read_numbered(path)
    except FileNotFoundError:
        if not pages:
            raise FileNotFoundError(
                f"{path}: no annotated pages here (looked for marked text, brat, Label Studio, *.json, *.num)"
            ) from None
        return pages, []


def _of_articles(articles: Iterable[AnnotatedArticle]) -> list[GoldPage]:
    of_page: dict[str, list[AnnotatedArticle]] = {}
    for article in articles:
        of_page.setdefault(article.page_id, []).append(article)
    return [GoldPage(page_id, annotated=tuple(some)) for page_id, some in of_page.items()]


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
