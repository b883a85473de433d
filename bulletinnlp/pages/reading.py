"""From files, folders, globs and standard input to pages."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count, islice
from os import PathLike
from pathlib import Path
from typing import Any, Literal, NamedTuple

from bulletinnlp.pages.columns import AS_FOUND, WITH_TEXT, How, Unit, likeness
from bulletinnlp.pages.dates import asked_date, date_in_name, printed_date
from bulletinnlp.pages.documents.document import DocumentError
from bulletinnlp.pages.documents.kinds import SIGNATURES, TEXT, misnamed
from bulletinnlp.pages.documents.leaf import Leaf
from bulletinnlp.pages.documents.opening import digest, is_document
from bulletinnlp.pages.documents.opening import read as read_document
from bulletinnlp.pages.encodings import NotTextError, decode
from bulletinnlp.pages.files import MANIFEST, STANDARD_INPUT, Source, expand
from bulletinnlp.pages.manifest import Issue, ManifestError, read_manifest
from bulletinnlp.pages.opening import opened
from bulletinnlp.pages.page import SURROGATES, Page, text_id
from bulletinnlp.pages.plain_files import MOST_BYTES, UnfitFileError, is_open_pipe, read_bytes, reason, unfit
from bulletinnlp.pages.problem import ProblemRow
from bulletinnlp.pages.quality import doubts, is_blank
from bulletinnlp.pages.rows import Rows
from bulletinnlp.pages.sound import sound as as_sound
from bulletinnlp.pages.sources import sources_of

STANDARD_INPUT_ID = "stdin"
#: Rows of a manifest without a page that are named, and how the input is called that names them.
NAMED, WITHOUT_PAGE = 10, ": rows without a page"
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read(
    sources: Any = None,
    *,
    texts: str | Iterable[str] | None = None,
    columns: Mapping[str, str | None] | None = None,
    unit: Unit | None = None,
    published: str | None = None,
    manifest: str | PathLike[str] | Mapping[str, Issue] | None = None,
) -> list[Page]:
    """Read pages from files, folders (`*.txt`, at any depth), globs, `"-"` for standard input, and from tables.

    Tables, `texts`, `columns` and `unit` are those of `bulletinnlp.extract`. `published` is the date of issue
    (`2022-11-29`, `2022-11`, `2022`) of the pages that the manifest does not date. A `manifest.csv` in a folder that is
    read is used unless `manifest` names another. What can not be read is left out with a `UserWarning` that names the
    file and what is wrong. Raises ValueError if `published` is no date, and ManifestError (one, too) if a manifest can
    not be used.
    """
    pages = []
    how = How(columns or {}, unit)
    for item in scan(sources_of(sources, texts), published=published, manifest=manifest, how=how):
        if isinstance(item, Page):
            pages.append(item)
        else:
            warnings.warn(item.message, UserWarning, stacklevel=2)
    return pages


def scan(
    sources: Source | Iterable[Source],
    *,
    published: str | None = None,
    manifest: str | PathLike[str] | Mapping[str, Issue] | None = None,
    how: How = AS_FOUND,
) -> Iterator[Page | ProblemRow]:
    """Like `read`, one page at a time, with the problems in between; holds one page in memory."""
    for given in inputs(sources, published=published, manifest=manifest, how=how):
        yield from given.items


class Input(NamedTuple):
    """One of the things to read, not read yet: where it stands among them, its name, its page id.

    `issue` and `published` (for all inputs) are what is known of its issue; `told` is what was to be told on the way.
    """

    position: int
    name: str
    page_id: str | None
    source: Path | Leaf | Page | ProblemRow
    issue: Issue = Issue()
    published: str | None = None
    told: tuple[ProblemRow, ...] = ()

    @property
    def file(self) -> Path | None:
        """The file that it is read from, None for what is in memory."""
        if isinstance(self.source, Leaf):
            return self.source.path
        return self.source if isinstance(self.source, Path) else None

    @property
    def items(self) -> Iterator[Page | ProblemRow]:
        """The page, read anew each time, and the problems; no page if it can not be read."""
        yield from self.told
        if isinstance(self.source, ProblemRow):
            yield self.source
        else:
            yield from _issued(self, self.source)


def inputs(
    sources: Source | Iterable[Source],
    *,
    published: str | None = None,
    manifest: str | PathLike[str] | Mapping[str, Issue] | None = None,
    how: How = AS_FOUND,
) -> Iterator[Input]:
    """What there is to read, in order; no file is opened but manifests, standard input and what holds many pages.

    `how` says how the rows of tables are read. Behind the pages of a manifest comes the problem that rows of it match
    no page, if there are such. Raises ManifestError for a manifest that can not be used.
    """
    default = asked_date(published)
    issues = _Manifest(manifest) if manifest is not None else _Manifest({})
    seen: set[str] = set()
    position = 0
    for given, folder in expand(sources):
        if folder is not None and manifest is None:
            for problem in issues.unmatched():
                yield Input(position, issues.name + WITHOUT_PAGE, None, problem)
                position += 1
            issues = _Manifest(path if (path := folder_manifest(folder)) else {})
        for found, complaints in opened(given, how):
            source, more = _read_now(found)
            name, wanted = named(source)
            page_id = _free(wanted, seen)
            document = source.path.stem if isinstance(source, Leaf) else None
            issue = issues.of(page_id) or issues.of(wanted) or issues.of(document) or Issue()
            told = [*complaints, *more]
            if page_id != wanted:
                told.append(
                    _taken(name, wanted, page_id, same_issue=not issues.of(page_id) and bool(issues.of(wanted)))
                )
            yield Input(position, name, page_id, source, issue, default, tuple(told))
            position += 1
    for problem in issues.unmatched():
        yield Input(position, issues.name + WITHOUT_PAGE, None, problem)


class _Manifest:
    """A manifest, and which of its rows have met no page yet."""

    def __init__(self, given: str | PathLike[str] | Mapping[str, Issue]) -> None:
        self.name = "the manifest" if isinstance(given, Mapping) else str(given).translate(SURROGATES)
        self._issues = given if isinstance(given, Mapping) else read_manifest(given)
        self._left = dict.fromkeys(self._issues)

    def of(self, page_id: str | None) -> Issue | None:
        self._left.pop(page_id or "", None)
        return self._issues.get(page_id or "")

    def unmatched(self) -> Iterator[ProblemRow]:
        """The problem that rows match no page, if some do not."""
        if self._left:
            shown = ", ".join(islice(self._left, NAMED)) + (" …" if len(self._left) > NAMED else "")
            rows = "1 row matches" if len(self._left) == 1 else f"{len(self._left):,} rows match"
            yield ProblemRow(None, None, "manifest", "warning", f"{self.name}: {rows} no page: {shown}")


def check_manifests(sources: Iterable[Source], manifest: str | PathLike[str] | Mapping[str, Issue] | None) -> None:
    """Raise ManifestError now if a manifest can not be used, and not when its pages' turn comes."""
    if manifest is not None:
        _Manifest(manifest)
        return
    for source in sources:
        if not isinstance(source, (Page, Rows)) and (path := folder_manifest(Path(source))):
            _Manifest(path)


def check_columns(sources: Iterable[Source], how: How) -> None:
    """Raise ColumnsError now if the columns of a table in memory can not be told; of a file it is a problem."""
    for source in sources:
        if isinstance(source, Rows):
            source.chosen(how)


Unread = Path | Leaf | Page | ProblemRow


def _read_now(found: Unread | Literal["-"]) -> tuple[Unread, list[ProblemRow]]:
    """What can be read a single time, and by this process only, is read at once: standard input, pipes."""
    if found == STANDARD_INPUT:
        page, problem = _read_one(_standard_input, STANDARD_INPUT_ID, "standard input")
    elif isinstance(found, Path) and is_open_pipe(found):
        page, problem = _read_one(lambda: read_bytes(found), found.stem, str(found))
    else:
        return found, []
    problems = [problem] if problem else []
    return (page, problems) if page else (problems[0], [])


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise UnfitFileError("can not be read (it is closed)")
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UnfitFileError(f"has more than {MOST_BYTES:,} bytes, as no page has")
    return data


def named(source: Path | Leaf | Page | ProblemRow) -> tuple[str, str | None]:
    """The name of an input, for people, and the id of its page; what is no Unicode in them is shown as U+FFFD.

    A page with an empty id has the one that a page without an id has.
    """
    if isinstance(source, ProblemRow):
        return source.message.translate(SURROGATES), None
    if isinstance(source, Page):
        page_id = str(source.page_id).translate(SURROGATES) or text_id(str(source.text))
        return page_id, page_id
    page_id = source.page_id if isinstance(source, Leaf) else source.stem
    return str(source).translate(SURROGATES), page_id.translate(SURROGATES)


def _free(page_id: str | None, seen: set[str]) -> str | None:
    """The page id, or if another page has it the next one that is free."""
    if page_id is not None:
        if page_id in seen:
            page_id = next(other for n in count(2) if (other := f"{page_id}~{n}") not in seen)
        seen.add(page_id)
    return page_id


def _taken(name: str, wanted: str | None, page_id: str | None, *, same_issue: bool) -> ProblemRow:
    told = f"{name}: the page id {wanted} is taken; this page is {page_id}"
    if same_issue:
        told += f", and what the manifest says of {wanted} is taken to hold for it"
    return ProblemRow(page_id, None, "read", "warning", told)


def folder_manifest(folder: Path) -> Path | None:
    """The manifest that lies in a folder, if there is one."""
    path = folder / MANIFEST
    if os.path.exists(path) and not os.path.isfile(path):
        raise ManifestError(f"{path}: the manifest is no file")
    return path if os.path.lexists(path) else None  # unlike Path.exists, it raises nothing where it may not look


def _read_one(
    content: Callable[[], bytes], page_id: str, name: str, path: str | None = None
) -> tuple[Page | None, ProblemRow | None]:
    """The page in a file, and what the reader should know; no page if it can not be read."""

    def failed(message: str) -> tuple[None, ProblemRow]:
        return None, ProblemRow(page_id, None, "read", "error", f"{name}: {message}")

    try:
        data = content()
    except UnfitFileError as error:
        return failed(str(error))
    except (OSError, ValueError) as error:
        return failed(f"can not be read ({reason(error)})")
    if not data.strip(b" \t\r\n\0"):
        return failed(f"the file is {'blank' if data else 'empty'}")
    if data.startswith(SIGNATURES):
        return failed(misnamed(data, Path(path or page_id).stem, TEXT))
    try:
        text, encoding, warning = decode(data)
    except NotTextError as error:
        return failed(f"not a text file ({error})")
    if is_blank(text):
        return failed("the file is blank")
    page = Page(page_id, text, path, encoding, hashlib.sha256(data).hexdigest())
    return page, ProblemRow(page_id, None, "read", "warning", f"{name}: {warning}") if warning else None


def _is_table(text: str) -> bool:
    """Whether a text begins with the header of a table: names of columns, that of the text and others."""
    header = text[:300].lstrip("\ufeff").split("\n", 1)[0]
    rows = ([name.strip('" \r') for name in header.split(mark)] for mark in ",\t;")
    return any(likeness(names, AS_FOUND) > WITH_TEXT + 1 for names in rows)


def _read_document(source: Path | Leaf, page_id: str, name: str) -> tuple[Page | None, ProblemRow | None]:
    """Like `_read_one`, of a document or a page of one."""
    path, leaf = (source.path, source.number) if isinstance(source, Leaf) else (source, None)
    try:
        found, sha256 = read_document(source), digest(path)
    except DocumentError as error:
        return None, ProblemRow(page_id, None, "read", error.severity, f"{name}: {error}")
    except (OSError, ValueError) as error:
        return None, ProblemRow(page_id, None, "read", "error", f"{name}: can not be read ({reason(error)})")
    told = ProblemRow(page_id, None, "read", "warning", f"{name}: {found.warning}") if found.warning else None
    page = Page(
        page_id, found.text, str(path).translate(SURROGATES), None, sha256,
        published=found.published, given=found.given, leaf=leaf, printed=found.printed,
    )  # fmt: skip
    return page, told


def _read_source(source: Path | Leaf, page_id: str, name: str) -> tuple[Page | None, ProblemRow | None]:
    if told := unfit(source.path if isinstance(source, Leaf) else source):
        return None, ProblemRow(page_id, None, "read", "error", f"{name}: {told}")
    if isinstance(source, Leaf) or is_document(source):
        return _read_document(source, page_id, name)
    return _read_one(lambda: read_bytes(source), page_id, name, name)


def _issued(given: Input, source: Path | Leaf | Page) -> Iterator[Page | ProblemRow]:
    """The page with its id, date of issue, paper and home, and what had to be assumed."""
    page_id, issue = given.page_id or given.name, given.issue
    page, complaint = (source, None) if isinstance(source, Page) else _read_source(source, page_id, given.name)
    if complaint:
        yield complaint
    if page is None:
        return
    if not isinstance(page.text, str):
        told = f"{page_id}: its text is {page.text!r:.100}, which is no text; the page was not read"
        yield ProblemRow(page_id, None, "read", "error", told)
        return
    page, wrong = as_sound(replace(page, page_id=page_id))
    for told in wrong:
        yield ProblemRow(page_id, None, "read", "error", f"{page_id}: {told}")
    sound = page.text.translate(SURROGATES) if LONE_SURROGATE.search(page.text) else page.text
    for doubt in ["the page is blank"] if is_blank(sound) else doubts(sound):
        yield ProblemRow(page_id, None, "read", "warning", f"{page_id}: {doubt}")
    if page.row is None and _is_table(sound):
        told = (
            f"{page_id}: it looks like a table, and was read as a text; give the file the ending .csv to read its rows"
        )
        yield ProblemRow(page_id, None, "rows", "warning", told)
    if sound is not page.text:
        yield ProblemRow(page.page_id, None, "read", "warning", f"{page.page_id}: lone surrogates are shown as U+FFFD")
    own = isinstance(source, Page)  # what a document says of itself gives way to what people say of it
    stated = (page.published if own else None) or issue.published or given.published
    name = page.page_id if page.row is None else page.page_id.removesuffix(f"-{page.row}")  # 2022-5 is no May in row 5
    found = stated or page.published or printed_date(sound) or date_in_name(name)
    yield replace(page, text=sound, published=found, paper=page.paper or issue.paper, home=page.home or issue.home)
    if found is None:
        told = f"{page.page_id}: the date of issue is unknown; dates without a year stay open (--published sets it)"
        yield ProblemRow(page.page_id, None, "read", "warning", told)
    elif stated is None:
        where = "what the file says" if page.published else "the page's masthead or name"
        told = f"{page.page_id}: the date of issue {found} was taken from {where}"
        yield ProblemRow(page.page_id, None, "read", "warning", told)
