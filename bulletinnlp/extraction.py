"""From pages to tables: `extract` for a notebook, `extract_to` for a folder of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.articles import split
from bulletinnlp.articles.article import Article
from bulletinnlp.articles.docs import make_doc
from bulletinnlp.doc import note
from bulletinnlp.identity.entities import EntityIndex
from bulletinnlp.pages import Page, Problem, scan
from bulletinnlp.pages.reading import Source, expand
from bulletinnlp.pipeline import load
from bulletinnlp.places.home import home as work_out_home
from bulletinnlp.tables.extraction import ENTITY_COUNTS, Extraction
from bulletinnlp.tables.journal import Journal, finished
from bulletinnlp.tables.rows import ArticleRows, Rows, page_row, segment_rows
from bulletinnlp.tables.schema import tables_of
from bulletinnlp.tables.writing import open_tables


def extract(
    sources: Source | Iterable[Source],
    *,
    nlp: Language | None = None,
    published: str | None = None,
    manifest: str | PathLike[str] | None = None,
    model: str = "embedded",
    exclude: Iterable[str] = (),
) -> Extraction:
    """Read pages and give their tables.

    `sources` are files, folders, globs, `"-"`, or pages from `read`. `nlp` is a pipeline of your own; without it one is
    made by `load(model=model, exclude=exclude)`. What can not be read becomes a row of `problems`. Raises ValueError
    for a date, a model or a stage that does not exist.

    >>> text = "我区开展线上教研\\n\\n东昌府讯 11月27日晚，区教研中心举行线上教研活动。\\n(区教体局)"
    >>> extract(Page("p1", text, published="2022-11")).times[["text", "value"]].to_dict("records")
    [{'text': '11月27日晚', 'value': '2022-11-27TEV'}]
    """
    nlp = nlp or load(model=model, exclude=exclude)
    pages = list(process(scan(sources, published=published, manifest=manifest), nlp))
    rows: Rows = {}
    for part in finished(lambda: pages, EntityIndex()):
        for table, some in part.items():
            rows.setdefault(table, []).extend(some)
    return Extraction.from_rows(tables_of(nlp.pipe_names), rows)


@dataclass
class Counts:
    """What a run found: rows by table, people, bodies and places; and how many inputs failed."""

    found: Counter[str] = field(default_factory=Counter)
    errors: int = 0

    def add(self, rows: Rows) -> None:
        for table, some in rows.items():
            self.found[table] += len(some)
        self.found.update(entity["label"] for entity in rows.get("entities", ()))

    def summary(self) -> dict[str, int]:
        """Pages, articles, people, bodies, places, events, problems."""
        kinds = {what: self.found[label] for what, label in ENTITY_COUNTS.items()}
        rows = {table: self.found[table] for table in ("pages", "articles", "events", "problems")}
        return {"pages": rows.pop("pages"), "articles": rows.pop("articles"), **kinds, **rows}


def extract_to(
    sources: Source | Iterable[Source],
    folder: str | Path,
    *,
    format: str = "parquet",
    nlp: Language | None = None,
    published: str | None = None,
    manifest: str | PathLike[str] | None = None,
    model: str = "embedded",
    exclude: Iterable[str] = (),
    watch: Any = None,
    on_problem: Callable[[Problem], None] | None = None,
) -> Counts:
    """Read pages and write their tables into a folder as the pages finish, holding one page at a time.

    `watch` is a `rich.progress.Progress` to show how far it is; `on_problem` is called with each problem of reading.
    Otherwise like `extract`; the tables are those of `Extraction.write`.
    """
    sources = [sources] if isinstance(sources, (str, PathLike, Page)) else list(sources)
    nlp = nlp or load(model=model, exclude=exclude)
    counts = Counts()
    found = _told(scan(sources, published=published, manifest=manifest), counts, on_problem)
    with open_tables(folder, tables_of(nlp.pipe_names), format) as writer:
        journal = Journal(Path(folder, "journal.jsonl.part"))
        journal.clear()
        with watch or nullcontext():
            for rows in process(found, nlp, _steps(watch, sources)):
                journal.append(rows)
        for rows in finished(lambda: journal, EntityIndex()):
            counts.add(rows)
            writer.add(rows)
    journal.clear()
    return counts


def _told(
    items: Iterable[Page | Problem], counts: Counts, tell: Callable[[Problem], None] | None
) -> Iterator[Page | Problem]:
    for item in items:
        if isinstance(item, Problem):
            counts.errors += item.severity == "error"
            if tell:
                tell(item)
        yield item


def _steps(watch: Any, sources: list[Source]) -> Callable[[], None] | None:
    """A call that moves the progress bar on by a page."""
    if watch is None:
        return None
    task = watch.add_task("pages", total=sum(1 for _ in expand(sources)))
    return lambda: watch.advance(task)


def process(items: Iterable[Page | Problem], nlp: Language, step: Callable[[], None] | None = None) -> Iterator[Rows]:
    """The rows of each page as it finishes."""
    for item in items:
        yield page_rows(item, nlp) if isinstance(item, Page) else {"problems": [item._asdict()]}
        if step:
            step()


def page_rows(page: Page, nlp: Language) -> Rows:
    """The rows of one page. An article on which a stage fails keeps its text and gives a row of `problems`."""
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
        "problems": [{"page_id": page.page_id, **c._asdict()} for c in parted.complaints],
    }
    for doc in read_articles(articles, nlp):
        for table, some in ArticleRows(doc).build(nlp.pipe_names).items():
            rows.setdefault(table, []).extend(some)
    return rows


def read_articles(articles: list[Article], nlp: Language) -> Iterator[Doc]:
    """The articles' Docs, every stage run.

    Where a stage fails, the Doc holds what the others found, and a complaint.
    """
    docs = [make_doc(nlp, article) for article in articles]
    try:
        yield from list(nlp.pipe(docs))
        return
    except Exception:  # one article must not take the page with it: go through them one by one
        docs = [make_doc(nlp, article) for article in articles]
    for doc in docs:
        for name, stage in nlp.pipeline:
            try:
                doc = stage(doc)
            except Exception as error:
                note(doc, name, f"the stage failed on this article ({type(error).__name__}: {error})", "error")
        yield doc
