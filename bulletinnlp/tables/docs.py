"""From the Docs of a pipeline to the rows of the tables, without a page behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from bulletinnlp.annotations import Part
from bulletinnlp.articles.article import Alignment, Article, Segment
from bulletinnlp.articles.assembly import tile
from bulletinnlp.pages.page import Page
from bulletinnlp.stages import WRITES
from bulletinnlp.tables.frames import Tables, packed_rows
from bulletinnlp.tables.rows import ArticleRows, page_row, segment_rows
from bulletinnlp.text.docs import text_of


def written_on(docs: Iterable[Doc]) -> list[str]:
    """What stages have written on some Docs: `doc.ents`, `doc._.times` … Raises TypeError for what is no Doc.

    >>> import spacy
    >>> doc = spacy.blank("zh")("近日，县一中开学。")
    >>> doc._.times = []
    >>> written_on([doc])
    ['doc._.times']
    """
    outputs = dict.fromkeys(what for some in WRITES.values() for what in some)
    found: set[str] = set()
    for number, doc in enumerate(docs):
        if not isinstance(doc, Doc):
            raise TypeError(f"item {number} is {type(doc).__name__}, not a Doc")
        found.update(f"doc._.{key.removeprefix('bulletinnlp.')}" for key in doc.user_data if isinstance(key, str))
        if doc.has_annotation("ENT_IOB"):
            found.add("doc.ents")
    return [what for what in outputs if what in found]


def doc_tables(docs: Iterable[Doc], written: list[str]) -> Iterator[Tables]:
    """The tables of Docs, one after the other; ids of entities are those that each article gives on its own.

    A Doc that the splitter made an article of keeps its ids, and its places are those of the article on its page; there
    are no rows of `segments` then, as the Doc does not know what else the page holds. Any other Doc is a page and an
    article by itself.
    """
    pages: set[str] = set()
    for number, doc in enumerate(docs):
        article = doc._.article
        own = article or _article(doc, number)
        rows = ArticleRows(doc, own).build(written)
        if own.page_id not in pages:
            pages.add(own.page_id)
            segments = () if article else tile(own.text, _segments(own))
            page = Page(own.page_id, own.text, published=own.published, paper=own.paper, home=own.home)
            row = page_row(page, segments, 1, "manifest" if page.home else None)
            rows["pages"] = [{**row, "chars": None, "articles": None, "stray_chars": None} if article else row]
            rows["segments"] = list(segment_rows(page, segments))
        yield packed_rows(rows)[0]


def _article(doc: Doc, number: int) -> Article:
    """A Doc by itself as an article of a page of its own."""
    text = text_of(doc)
    page_id = doc._.article_id or f"doc-{number}"
    parts = tuple(doc._.parts) or (Part("body", 0, len(text)),)
    headed = any(part.kind == "headline" for part in parts)
    return Article(
        f"{page_id}#1", page_id, 1, "article" if headed else "brief", text, parts, Alignment((0,), (0,)), 0, len(text),
        published=doc._.published, paper=doc._.paper, home=doc._.home,
    )  # fmt: skip


def _segments(article: Article) -> list[Segment]:
    return [Segment(part.kind, part.start, part.end, 1) for part in article.parts if part.start < part.end]
