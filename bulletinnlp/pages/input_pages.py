"""The path from what a user hands over to pages, step by step.

| step | what comes out | open |
| --- | --- | --- |
| 1. `sources_of` | sources: names of files and folders, pages, tables in memory | `sources` |
| 2. `expand` | the files behind names, the pages of PDFs | `files` |
| 3. `unread_pages` | what is one page each, not read yet: tables become rows | here |
| 4. `inputs` | `Input`s, with page ids and what the manifest says of their issue | here |
| 5. `Input.items` | `Page`s with text and date of issue, and problems | here, `page_files` |
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count, islice
from os import PathLike
from pathlib import Path
from typing import Any, Literal, NamedTuple

from bulletinnlp.pages.column_mapping import DEFAULT_OPTIONS, TableOptions, Unit, looks_like_table
from bulletinnlp.pages.documents.document import PdfPage
from bulletinnlp.pages.file_types import is_table_file
from bulletinnlp.pages.files import MANIFEST, Check, Source, Unread, expand
from bulletinnlp.pages.input_tables import InputTable, PageOrProblem, pages_of_table
from bulletinnlp.pages.issue_dates import asked_date, date_in_name, printed_date
from bulletinnlp.pages.manifest import Issue, ManifestError, read_manifest
from bulletinnlp.pages.page import SURROGATE, SURROGATES, Page, ProblemRow, text_id, with_valid_fields
from bulletinnlp.pages.page_files import read_at_once, read_page
from bulletinnlp.pages.quality import doubts, is_blank
from bulletinnlp.pages.sources import sources_of
from bulletinnlp.pages.table_files import tables_in

#: Rows of a manifest without a page that are named, and how the input is called that names them.
NAMED, WITHOUT_PAGE = 10, ": rows without a page"

Manifest = str | PathLike[str] | Mapping[str, Issue]


def read(
    sources: Any = None,
    *,
    texts: str | Iterable[str] | None = None,
    columns: Mapping[str, str | None] | None = None,
    unit: Unit | None = None,
    published: str | None = None,
    manifest: Manifest | None = None,
) -> list[Page]:
    """Read pages from files, folders (`*.txt`, at any depth), globs, `"-"` for standard input, and from tables.

    | parameter | what it is |
    | --- | --- |
    | `sources`, `texts` | what is read: names of files, pages, DataFrames, rows as dicts; texts themselves |
    | `columns`, `unit` | which column holds what (`{"text": "正文"}`); whether a row is an article or a page |
    | `published` | the date of issue (`2022-11-29`, `2022-11`, `2022`) of pages that the manifest does not date |
    | `manifest` | a CSV that dates pages; by default `manifest.csv` in each folder that is read |

    What can not be read is left out with a `UserWarning` that names the file and what is wrong. Raises ValueError if
    `published` is no date, and ManifestError (one, too) if a manifest can not be used.

    >>> [page.text for page in read(texts=["近日，县一中开学。"], published="2022-11-29")]
    ['近日，县一中开学。']
    """
    pages = []
    options = TableOptions(columns or {}, unit)
    for item in scan(sources_of(sources, texts), published=published, manifest=manifest, options=options):
        if isinstance(item, Page):
            pages.append(item)
        else:
            warnings.warn(item.message, UserWarning, stacklevel=2)
    return pages


def scan(
    sources: Source | Iterable[Source],
    *,
    published: str | None = None,
    manifest: Manifest | None = None,
    options: TableOptions = DEFAULT_OPTIONS,
) -> Iterator[Page | ProblemRow]:
    """Like `read`, one page at a time, with the problems in between; holds one page in memory."""
    for item in inputs(sources, published=published, manifest=manifest, options=options):
        yield from item.items


class Input(NamedTuple):
    """One of the things to read, not read yet: where it stands among them, its name, its page id.

    `issue` and `published` (for all inputs) say when and by whom it was issued; `problems` are those met on the way.
    """

    position: int
    name: str
    page_id: str | None
    source: Unread
    issue: Issue = Issue()
    published: str | None = None
    problems: tuple[ProblemRow, ...] = ()

    @property
    def file(self) -> Path | None:
        """The file that it is read from, None for what is in memory."""
        if isinstance(self.source, PdfPage):
            return self.source.path
        return self.source if isinstance(self.source, Path) else None

    @property
    def items(self) -> Iterator[Page | ProblemRow]:
        """The page, read anew each time, and the problems; no page if it can not be read."""
        yield from self.problems
        if isinstance(self.source, ProblemRow):
            yield self.source
        else:
            yield from _page_of(self, self.source)


def inputs(
    sources: Source | Iterable[Source],
    *,
    published: str | None = None,
    manifest: Manifest | None = None,
    options: TableOptions = DEFAULT_OPTIONS,
    check: Check | None = None,
) -> Iterator[Input]:
    """What there is to read, in order; no file is opened but manifests, standard input and what holds many pages.

    Behind the pages of a manifest comes the problem that rows of it match no page, if there are such. Raises
    ManifestError for a manifest that can not be used, and what `check` raises for a file as it is listed.
    """
    default = asked_date(published)
    issues = _Issues(manifest if manifest is not None else {})
    taken: set[str] = set()
    position = count()
    for found, problems, folder in unread_pages(sources, options, check):
        if folder is not None and manifest is None:
            yield from issues.unmatched(position)
            issues = _Issues(path if (path := folder_manifest(folder)) else {})
        source, more = read_at_once(found)
        name, wanted = name_and_id(source)
        page_id = _free_id(wanted, taken)
        document = source.path.stem if isinstance(source, PdfPage) else None
        issue = issues.of(page_id) or issues.of(wanted) or issues.of(document) or Issue()
        problems = [*problems, *more]
        if page_id != wanted:
            same_issue = not issues.of(page_id) and bool(issues.of(wanted))
            problems.append(_id_is_taken(name, wanted, page_id, same_issue=same_issue))
        yield Input(next(position), name, page_id, source, issue, default, tuple(problems))
    yield from issues.unmatched(position)


def unread_pages(
    sources: Source | Iterable[Source], options: TableOptions, check: Check | None = None
) -> Iterator[tuple[Unread | Literal["-"], list[ProblemRow], Path | None]]:
    """What is one page each, with the problems met on the way; with the first file of a folder comes the folder.

    The rows of a table are `Page`s; of other files nothing is read.
    """
    for found, folder in expand(sources, check):
        if isinstance(found, InputTable):
            pages = pages_of_table(found, options)
        elif isinstance(found, Path) and is_table_file(found):
            pages = _pages_of_file(found, options)
        else:
            yield found, [], folder
            continue
        for page, problems in pages:
            yield page, problems, folder
            folder = None


def _pages_of_file(path: Path, options: TableOptions) -> Iterator[PageOrProblem]:
    """The pages of a file whose rows are articles or pages."""
    for table in tables_in(path, options):
        yield from [(table, [])] if isinstance(table, ProblemRow) else pages_of_table(table, options)


class _Issues:
    """What a manifest says of pages, and which of its rows have met no page yet."""

    def __init__(self, manifest: Manifest) -> None:
        self._name = "the manifest" if isinstance(manifest, Mapping) else str(manifest).translate(SURROGATES)
        self._issues = manifest if isinstance(manifest, Mapping) else read_manifest(manifest)
        for issue in self._issues.values():
            if not isinstance(issue, Issue):
                held = "a manifest is the name of a CSV, or a dict with an Issue for each page id"
                raise TypeError(f"{held}, {{'p1': Issue(published='2022-11-29')}}, not {issue!r:.60}")
        self._left = dict.fromkeys(self._issues)

    def of(self, page_id: str | None) -> Issue | None:
        self._left.pop(page_id or "", None)
        return self._issues.get(page_id or "")

    def unmatched(self, position: Iterator[int]) -> Iterator[Input]:
        """The problem that rows match no page, if some do not."""
        if self._left:
            shown = ", ".join(islice(self._left, NAMED)) + (" …" if len(self._left) > NAMED else "")
            rows = "1 row matches" if len(self._left) == 1 else f"{len(self._left):,} rows match"
            problem = ProblemRow(None, None, "manifest", "warning", f"{self._name}: {rows} no page: {shown}")
            yield Input(next(position), self._name + WITHOUT_PAGE, None, problem)


def folder_manifest(folder: Path) -> Path | None:
    """The manifest that lies in a folder, if there is one."""
    path = folder / MANIFEST
    if os.path.exists(path) and not os.path.isfile(path):
        raise ManifestError(f"{path}: the manifest is no file")
    return path if os.path.lexists(path) else None  # unlike Path.exists, it raises nothing where it may not look


def check_manifests(sources: Iterable[Source], manifest: Manifest | None) -> None:
    """Raise ManifestError if a manifest can not be used: before the first page is read."""
    if manifest is not None:
        _Issues(manifest)
        return
    for source in sources:
        if not isinstance(source, (Page, InputTable)) and (path := folder_manifest(Path(source))):
            _Issues(path)


def check_columns(sources: Iterable[Source], options: TableOptions) -> None:
    """Raise ColumnsError if the columns of a table in memory are not clear; of a file it is a problem."""
    for source in sources:
        if isinstance(source, InputTable):
            source.mapping(options)


def name_and_id(source: Unread) -> tuple[str, str | None]:
    """The name of an input, for people, and the id of its page; what is no Unicode in them is shown as U+FFFD.

    A page with an empty id has the one that a page without an id has.
    """
    if isinstance(source, ProblemRow):
        return source.message.translate(SURROGATES), None
    if isinstance(source, Page):
        page_id = str(source.page_id).translate(SURROGATES) or text_id(str(source.text))
        return page_id, page_id
    page_id = source.page_id if isinstance(source, PdfPage) else source.stem
    return str(source).translate(SURROGATES), page_id.translate(SURROGATES)


def _free_id(page_id: str | None, taken: set[str]) -> str | None:
    """The page id, or if another page has it the next one that is free."""
    if page_id is not None:
        if page_id in taken:
            page_id = next(other for n in count(2) if (other := f"{page_id}~{n}") not in taken)
        taken.add(page_id)
    return page_id


def _id_is_taken(name: str, wanted: str | None, page_id: str | None, *, same_issue: bool) -> ProblemRow:
    message = f"{name}: the page id {wanted} is taken; this page is {page_id}"
    if same_issue:
        message += f", and what the manifest says of {wanted} is taken to hold for it"
    return ProblemRow(page_id, None, "read", "warning", message)


def _page_of(item: Input, source: Path | PdfPage | Page) -> Iterator[Page | ProblemRow]:
    """The page with its id, date of issue, paper and home, and what had to be assumed."""
    page_id, issue = item.page_id or item.name, item.issue
    page, problem = (source, None) if isinstance(source, Page) else read_page(source, page_id, item.name)
    if problem:
        yield problem
    if page is None:
        return
    if not isinstance(page.text, str):
        message = f"{page_id}: its text is {page.text!r:.100}, which is no text; the page was not read"
        yield ProblemRow(page_id, None, "read", "error", message)
        return
    page, wrong = with_valid_fields(replace(page, page_id=page_id))
    text = page.text.translate(SURROGATES) if SURROGATE.search(page.text) else page.text
    for message in wrong:
        yield ProblemRow(page_id, None, "read", "error", f"{page_id}: {message}")
    for message in ["the page is blank"] if is_blank(text) else doubts(text):
        yield ProblemRow(page_id, None, "read", "warning", f"{page_id}: {message}")
    if page.row is None and looks_like_table(text):
        message = "it looks like a table, and was read as a text; give the file the ending .csv to read its rows"
        yield ProblemRow(page_id, None, "rows", "warning", f"{page_id}: {message}")
    if text is not page.text:
        yield ProblemRow(page_id, None, "read", "warning", f"{page_id}: lone surrogates are shown as U+FFFD")
    own = isinstance(source, Page)  # what a document says of itself gives way to what people say of it
    stated = (page.published if own else None) or issue.published or item.published
    name = page_id if page.row is None else page_id.removesuffix(f"-{page.row}")  # 2022-5 is no May in row 5
    published = stated or page.published or printed_date(text) or date_in_name(name)
    yield replace(page, text=text, published=published, paper=page.paper or issue.paper, home=page.home or issue.home)
    if published is None:
        message = "the date of issue is unknown; dates without a year stay open (--published sets it)"
        yield ProblemRow(page_id, None, "read", "warning", f"{page_id}: {message}")
    elif stated is None:
        origin = "what the file says" if page.published else "the page's masthead or name"
        message = f"{page_id}: the date of issue {published} was taken from {origin}"
        yield ProblemRow(page_id, None, "read", "warning", message)
