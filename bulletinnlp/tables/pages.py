"""From a page to the rows of its tables: split, run the stages, tabulate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.articles import split
from bulletinnlp.articles.article import Article, Segment
from bulletinnlp.articles.docs import READ_AT_MOST, make_doc
from bulletinnlp.doc import note
from bulletinnlp.pages import Page
from bulletinnlp.pages.quality import is_foreign
from bulletinnlp.pages.reading import Input
from bulletinnlp.pipeline import written
from bulletinnlp.places import home as work_out_home
from bulletinnlp.tables.rows import ArticleRows, Rows, page_row, segment_rows


def input_rows(given: Input, nlp: Language) -> Rows:
    """The rows of what is read from an input: of its page, if there is one, and the problems of reading it."""
    return _told(given, lambda page: page_rows(page, nlp))


def failed_input(given: Input, message: str) -> Rows:
    """The rows of an input that could not be worked on: its page as it is, and why."""
    return _told(given, lambda page: failed_page(page, f"{given.name}: {message}"))


def _told(given: Input, rows_of: Callable[[Page], Rows]) -> Rows:
    rows: Rows = {}
    problems = []
    for item in given.items:
        if isinstance(item, Page):
            rows = rows_of(item)
        else:
            problems.append(item._asdict())
    return {**rows, "problems": problems + rows.get("problems", [])}


def page_rows(page: Page, nlp: Language) -> Rows:
    """The rows of one page.

    An article on which a stage fails keeps its text, a page on which the splitter fails is one stray segment; both give
    a row of `problems`.
    """
    try:
        return _rows(page, nlp)
    except Exception as error:  # no page may take the others with it
        return failed_page(page, f"{page.page_id}: the page could not be read ({type(error).__name__}: {error})")


def failed_page(page: Page, message: str) -> Rows:
    """The rows of a page of which nothing can be said but that it was there."""
    segments = [Segment("stray", 0, page.chars)] if page.text else []
    return {
        "pages": [page_row(page, segments, 0, None)],
        "segments": list(segment_rows(page, segments)),
        "problems": [_problem(page, "page", "error", message)],
    }


def _rows(page: Page, nlp: Language) -> Rows:
    parted = split(page)
    articles = list(parted.articles)
    home_source = "manifest" if page.home else None
    if page.home is None and (found := work_out_home(articles)):
        page = replace(page, home=found.name)
        home_source = found.source
        articles = [replace(article, home=found.name) for article in articles]
    rows: Rows = {
        "pages": [page_row(page, parted.segments, len(articles), home_source)],
        "segments": list(segment_rows(page, parted.segments)),
        "problems": [_problem(page, *complaint) for complaint in parted.complaints],
    }
    stages = [*nlp.pipe_names, *written(nlp)]
    unread = is_foreign(page.text)  # the reader of the page is told so
    docs = (make_doc(nlp, article) for article in articles) if unread else read_articles(articles, nlp)
    for doc in docs:
        for table, some in ArticleRows(doc).build(stages).items():
            rows.setdefault(table, []).extend(some)
    return rows


def _problem(page: Page, stage: str, severity: str, message: str) -> dict[str, str | None]:
    return {"page_id": page.page_id, "article_id": None, "stage": stage, "severity": severity, "message": message}


def read_articles(articles: list[Article], nlp: Language) -> Iterator[Doc]:
    """The articles' Docs, every stage run.

    Where a stage fails, the Doc holds what the others found, and a complaint. Of an article that is longer than any
    article is, the stages read the beginning.
    """
    docs = [_doc(nlp, article) for article in articles]
    try:
        yield from list(nlp.pipe(docs))
        return
    except Exception:  # one article must not take the page with it: go through them one by one
        docs = [_doc(nlp, article) for article in articles]
    for doc in docs:
        for name, stage in nlp.pipeline:
            try:
                doc = stage(doc)
            except Exception as error:
                note(doc, name, f"the stage failed on this article ({type(error).__name__}: {error})", "error")
        yield doc


def _doc(nlp: Language, article: Article) -> Doc:
    cut = len(article.text) > READ_AT_MOST
    doc = make_doc(nlp, replace(article, flags=(*article.flags, "read_in_part")) if cut else article)
    if cut:
        told = f"the article has {len(article.text):,} characters, as none has; the first {READ_AT_MOST:,} were read"
        note(doc, "read", told)
    return doc
