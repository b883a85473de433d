"""From a page to the rows of its tables: split, run the stages, tabulate."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.annotations import LABELS
from bulletinnlp.articles import split
from bulletinnlp.articles.article import Article, Segment, Split
from bulletinnlp.articles.article_doc import READ_AT_MOST, make_doc
from bulletinnlp.lexicons import using
from bulletinnlp.pages import Page
from bulletinnlp.pages.input_pages import Input
from bulletinnlp.pages.plain_files import in_a_line
from bulletinnlp.pages.quality import is_foreign
from bulletinnlp.pipeline import late_linking, lexicons_of, written
from bulletinnlp.places import home as work_out_home
from bulletinnlp.runs.page_timeout import DIED, PAGE_TIMEOUT, TIMED_OUT, OutOfTimeError, in_a_thread, limited
from bulletinnlp.tables.frames import Tables, packed_rows
from bulletinnlp.tables.rows import ArticleRows, Row, Rows, article_row, box_rows, page_row, segment_rows
from bulletinnlp.text.docs import note

_LOG = logging.getLogger("bulletinnlp")
#: No page of a newspaper has so many characters; a file that has is kept as it is, and the stages do not read it.
MOST_CHARACTERS = 2_000_000
#: … nor so many lines.
MOST_LINES = 200_000
_OUT_OF_TIME = "it took more than {:g} seconds (--page-timeout); its stages were ended"
_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"


def read_input(given: Input, nlp: Language, seconds: float | None = PAGE_TIMEOUT) -> Tables:
    """What is read from an input, as Arrow tables: its page, if there is one, and the problems of reading it.

    The stages have so many seconds for the page. A value that no column can hold costs its row, not the page.
    """
    return _tables_of(given, lambda page: page_rows(page, nlp, seconds))


def read_input_in_a_thread(given: Input, nlp: Language, seconds: float | None) -> Tables:
    """The same in a thread that is not the main one, where only a thread of its own can be limited."""
    try:
        return in_a_thread(lambda: read_input(given, nlp, seconds), seconds)
    except OutOfTimeError:
        return failed_input(given, _OUT_OF_TIME.format(seconds), TIMED_OUT)


def failed_input(given: Input, message: str, stage: str) -> Tables:
    """The tables of an input that could not be worked on: its page as it is, and why."""
    return _tables_of(given, lambda page: failed_page(page, f"{given.name}: {message}", stage))


def given_up(page_tables: Tables, seconds: float | None) -> float | None:
    """Where the page of these tables was given up, the limit that it overstepped, 0 where its process died."""
    stages = {row["stage"] for row in page_tables["problems"].to_pylist() if row["article_id"] is None}
    return seconds if TIMED_OUT in stages else 0.0 if DIED in stages else None


def _tables_of(given: Input, rows_of: Callable[[Page], Rows]) -> Tables:
    rows: Rows = {}
    problems = []
    for item in given.items:
        if isinstance(item, Page):
            rows = rows_of(item)
        else:
            problems.append(item._asdict())
    packed, misfits = packed_rows({**rows, "problems": problems + rows.get("problems", [])})
    if not misfits:
        return packed
    lost = [{"page_id": given.page_id, "stage": "tables", "severity": "error", "message": m} for m in misfits]
    return {**packed, "problems": packed_rows({"problems": [*packed["problems"].to_pylist(), *lost]})[0]["problems"]}


def page_rows(page: Page, nlp: Language, seconds: float | None = None) -> Rows:
    """The rows of one page.

    An article on which a stage fails keeps its text, a page on which the splitter fails is one stray segment, and so is
    one that is longer than any page; a page on which the stages take more than so many seconds keeps its segments and
    articles. All give a row of `problems`.
    """
    if size := _too_large(page):
        reason = f"it has {size}, as no page has, and was not read; cut the file into pages"
        return failed_page(page, f"{page.page_id}: {reason}")
    parted: Split | None = None
    try:
        with limited(seconds):
            with using(lexicons_of(nlp)):
                parted = split(page)
            return _rows(page, parted, nlp)
    except OutOfTimeError:
        message = f"{page.page_id}: {_OUT_OF_TIME.format(seconds)}"
        return _unread_page(page, parted, message, TIMED_OUT) if parted else failed_page(page, message, TIMED_OUT)
    except Exception as error:  # no page may take the others with it
        return failed_page(
            page, f"{page.page_id}: the page could not be read ({type(error).__name__}: {in_a_line(error)})"
        )


def _too_large(page: Page) -> str | None:
    """What a page has too much of, characters or lines."""
    if page.chars > MOST_CHARACTERS:
        return f"{page.chars:,} characters"
    lines = max(map(page.text.count, _BREAKS))
    return f"{lines:,} lines" if lines > MOST_LINES else None


def failed_page(page: Page, message: str, stage: str = "page") -> Rows:
    """The rows of a page of which nothing can be said but that it was there."""
    segments = (Segment("stray", 0, page.chars),) if page.text else ()
    return _unread_page(page, Split(segments, ()), message, stage)


def _unread_page(page: Page, parted: Split, message: str, stage: str) -> Rows:
    """The rows of a page that was split, and that no stage has read."""
    return {
        "pages": [page_row(page, parted.segments, len(parted.articles), "manifest" if page.home else None)],
        "segments": list(segment_rows(page, parted.segments)),
        "boxes": _boxes(page),
        "articles": [article_row(article) for article in parted.articles],
        "problems": [_problem(page, stage, "error", message)],
    }


def _boxes(page: Page) -> list[Row]:
    """The printed lines of a page; none where they are not what they should be, which may be why it is not read."""
    with suppress(TypeError, AttributeError):
        return list(box_rows(page))
    return []


def _rows(page: Page, parted: Split, nlp: Language) -> Rows:
    articles = list(parted.articles)
    home_source = "manifest" if page.home else None
    if page.home is None and (found := work_out_home(articles)):
        page = replace(page, home=found.name)
        home_source = found.source
        articles = [replace(article, home=found.name) for article in articles]
    rows: Rows = {
        "pages": [page_row(page, parted.segments, len(articles), home_source)],
        "segments": list(segment_rows(page, parted.segments)),
        "boxes": list(box_rows(page)),
        "problems": [_problem(page, *problem) for problem in parted.problems],
    }
    stages = [*nlp.pipe_names, *written(nlp)]
    unread = is_foreign(page.text)  # a problem of the page says so
    docs = (make_doc(nlp, article) for article in articles) if unread else read_articles(articles, nlp)
    for doc in docs:
        for table, some in ArticleRows(_known_labels(doc)).build(stages).items():
            rows.setdefault(table, []).extend(some)
    return rows


def _problem(page: Page, stage: str, severity: str, message: str) -> dict[str, str | None]:
    about = _article_of(page, message)
    return {"page_id": page.page_id, "article_id": about, "stage": stage, "severity": severity, "message": message}


def _article_of(page: Page, message: str) -> str | None:
    """The article that a message begins with.

    >>> _article_of(Page("p", ""), "p#11 breaks off in mid-sentence")
    'p#11'
    """
    begin = f"{page.page_id}#"
    number = message.removeprefix(begin).partition(" ")[0]
    return begin + number if message.startswith(begin) and number.isdigit() else None


def read_articles(articles: list[Article], nlp: Language) -> Iterator[Doc]:
    """The articles' Docs, every stage run.

    Where a stage fails, the Doc holds what the others found, and a complaint; the log `bulletinnlp` (level DEBUG) has
    the traceback. Of an article that is longer than any article is, the stages read the beginning.
    """
    docs = [_doc(nlp, article) for article in articles]
    again = late_linking(nlp)
    with suppress(Exception):  # one article must not take the page with it: go through them one by one
        found = list(map(again, nlp.pipe(docs)) if again else nlp.pipe(docs))
        if all(one is other for one, other in zip(found, docs, strict=True)):
            yield from found
            return
    for doc in (_doc(nlp, article) for article in articles):
        for name, stage in [*nlp.pipeline, *([("bulletin_entities", again)] if again else ())]:
            try:
                given = stage(doc)
            except Exception as error:
                message = f"the stage failed on this article ({type(error).__name__}: {in_a_line(error)})"
                note(doc, name, message, "error")
                _LOG.debug("%s: %s", name, message, exc_info=True)
                continue
            if given is doc or (isinstance(given, Doc) and given.text == doc.text and given._.article):
                doc = given
            else:
                what = "a Doc of another text" if isinstance(given, Doc) else type(given).__name__
                note(doc, name, f"the stage returned {what}, not the Doc that it was given; that went on", "error")
        yield doc


def _known_labels(doc: Doc) -> Doc:
    """The Doc without names whose labels no table knows; a complaint says which they were."""
    others = Counter(ent.label_ for ent in doc.ents if ent.label_ not in LABELS)
    if others:
        doc.ents = [ent for ent in doc.ents if ent.label_ in LABELS]
        labels = ", ".join(f"{label} ({count})" for label, count in others.items())
        note(doc, "tables", f"names with other labels than {', '.join(LABELS)} were left out: {labels}")
    return doc


def _doc(nlp: Language, article: Article) -> Doc:
    cut = len(article.text) > READ_AT_MOST
    doc = make_doc(nlp, replace(article, flags=(*article.flags, "read_in_part")) if cut else article)
    if cut:
        message = f"the article has {len(article.text):,} characters, as none has; the first {READ_AT_MOST:,} were read"
        note(doc, "read", message)
    return doc
