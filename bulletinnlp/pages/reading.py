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
from typing import NamedTuple

from bulletinnlp.pages.dates import asked_date, date_in_name, printed_date
from bulletinnlp.pages.encodings import NotTextError, decode
from bulletinnlp.pages.files import MANIFEST, Source, expand, reason
from bulletinnlp.pages.manifest import Issue, read_manifest
from bulletinnlp.pages.page import SURROGATES, Page
from bulletinnlp.pages.problem import Problem
from bulletinnlp.pages.quality import doubts, is_blank
from bulletinnlp.pages.sound import sound as as_sound

STANDARD_INPUT_ID = "stdin"
#: Rows of a manifest without a page that are named, and how the input is called that names them.
NAMED, WITHOUT_PAGE = 10, ": rows without a page"
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read(
    sources: Source | Iterable[Source],
    *,
    published: str | None = None,
    manifest: str | PathLike[str] | Mapping[str, Issue] | None = None,
) -> list[Page]:
    """Read pages from files, folders (`*.txt`, at any depth), globs, or `"-"` for standard input.

    `published` is the date of issue (`2022-11-29`, `2022-11`, `2022`) of the pages that the manifest does not date. A
    `manifest.csv` in a folder that is read is used unless `manifest` names another. What can not be read is left out
    with a `UserWarning` that names the file and what is wrong. Raises ValueError if `published` is no date, and
    ManifestError (one, too) if a manifest can not be used.
    """
    pages = []
    for item in scan(sources, published=published, manifest=manifest):
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
) -> Iterator[Page | Problem]:
    """Like `read`, one page at a time, with the problems in between; holds one page in memory."""
    for given in inputs(sources, published=published, manifest=manifest):
        yield from given.items


class Input(NamedTuple):
    """One of the things to read, not read yet: where it stands among them, its name, its page id.

    `issue` and `published` (for all inputs) are what is known of its issue; `told` is what was to be told on the way.
    """

    position: int
    name: str
    page_id: str | None
    source: Path | Page | Problem
    issue: Issue = Issue()
    published: str | None = None
    told: tuple[Problem, ...] = ()

    @property
    def items(self) -> Iterator[Page | Problem]:
        """The page, read anew each time, and the problems; no page if it can not be read."""
        yield from self.told
        if isinstance(self.source, Problem):
            yield self.source
        else:
            yield from _issued(self, self.source)


def inputs(
    sources: Source | Iterable[Source],
    *,
    published: str | None = None,
    manifest: str | PathLike[str] | Mapping[str, Issue] | None = None,
) -> Iterator[Input]:
    """What there is to read, in order; no file is opened but manifests and standard input.

    Behind the pages of a manifest comes the problem that rows of it match no page, if there are such. Raises
    ManifestError for a manifest that can not be used.
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
        source, complaints = _standard_input() if isinstance(given, str) else (given, [])
        name, wanted = named(source)
        page_id = _free(wanted, seen)
        issue = issues.of(page_id) or issues.of(wanted) or Issue()
        if page_id != wanted:
            complaints.append(
                _taken(name, wanted, page_id, same_issue=not issues.of(page_id) and bool(issues.of(wanted)))
            )
        yield Input(position, name, page_id, source, issue, default, tuple(complaints))
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

    def unmatched(self) -> Iterator[Problem]:
        """The problem that rows match no page, if some do not."""
        if self._left:
            shown = ", ".join(islice(self._left, NAMED)) + (" …" if len(self._left) > NAMED else "")
            rows = "1 row matches" if len(self._left) == 1 else f"{len(self._left):,} rows match"
            yield Problem(None, None, "manifest", "warning", f"{self.name}: {rows} no page: {shown}")


def check_manifests(sources: Iterable[Source], manifest: str | PathLike[str] | Mapping[str, Issue] | None) -> None:
    """Raise ManifestError now if a manifest can not be used, and not when its pages' turn comes."""
    if manifest is not None:
        _Manifest(manifest)
        return
    for source in sources:
        if not isinstance(source, Page) and (path := folder_manifest(Path(source))):
            _Manifest(path)


def _standard_input() -> tuple[Page | Problem, list[Problem]]:
    if sys.stdin is None:
        return Problem(STANDARD_INPUT_ID, None, "read", "error", "standard input: can not be read (it is closed)"), []
    page, problem = _read_one(sys.stdin.buffer.read, STANDARD_INPUT_ID, "standard input")
    problems = [problem] if problem else []
    return (page, problems) if page else (problems[0], [])


def named(source: Path | Page | Problem) -> tuple[str, str | None]:
    """The name of an input, for people, and the id of its page; what is no Unicode in them is shown as U+FFFD."""
    if isinstance(source, Problem):
        return source.message.translate(SURROGATES), None
    if isinstance(source, Page):
        page_id = str(source.page_id).translate(SURROGATES)
        return page_id, page_id
    return str(source).translate(SURROGATES), source.stem.translate(SURROGATES)


def _free(page_id: str | None, seen: set[str]) -> str | None:
    """The page id, or if another page has it the next one that is free."""
    if page_id is not None:
        if page_id in seen:
            page_id = next(other for n in count(2) if (other := f"{page_id}~{n}") not in seen)
        seen.add(page_id)
    return page_id


def _taken(name: str, wanted: str | None, page_id: str | None, *, same_issue: bool) -> Problem:
    told = f"{name}: the page id {wanted} is taken; this page is {page_id}"
    if same_issue:
        told += f", and what the manifest says of {wanted} is taken to hold for it"
    return Problem(page_id, None, "read", "warning", told)


def folder_manifest(folder: Path) -> Path | None:
    """The manifest that lies in a folder, if there is one."""
    path = folder / MANIFEST
    return path if os.path.exists(path) else None  # unlike Path.exists, it raises nothing where it may not look


def _read_one(
    content: Callable[[], bytes], page_id: str, name: str, path: str | None = None
) -> tuple[Page | None, Problem | None]:
    """The page in a file, and what the reader should know; no page if it can not be read."""

    def failed(message: str) -> tuple[None, Problem]:
        return None, Problem(page_id, None, "read", "error", f"{name}: {message}")

    try:
        data = content()
    except (OSError, ValueError) as error:
        return failed(f"can not be read ({reason(error)})")
    if not data.strip(b" \t\r\n\0"):
        return failed(f"the file is {'blank' if data else 'empty'}")
    try:
        text, encoding, warning = decode(data)
    except NotTextError as error:
        return failed(f"not a text file ({error})")
    if is_blank(text):
        return failed("the file is blank")
    page = Page(page_id, text, path, encoding, hashlib.sha256(data).hexdigest())
    return page, Problem(page_id, None, "read", "warning", f"{name}: {warning}") if warning else None


def _issued(given: Input, source: Path | Page) -> Iterator[Page | Problem]:
    """The page with its id, date of issue, paper and home, and what had to be assumed."""
    page_id, issue = given.page_id or given.name, given.issue
    page, complaint = (
        (source, None) if isinstance(source, Page) else _read_one(source.read_bytes, page_id, given.name, given.name)
    )
    if complaint:
        yield complaint
    if page is None:
        return
    if not isinstance(page.text, str):
        told = f"{page_id}: its text is {page.text!r:.100}, which is no text; the page was not read"
        yield Problem(page_id, None, "read", "error", told)
        return
    page, wrong = as_sound(replace(page, page_id=page_id))
    for told in wrong:
        yield Problem(page_id, None, "read", "error", f"{page_id}: {told}")
    sound = page.text.translate(SURROGATES) if LONE_SURROGATE.search(page.text) else page.text
    for doubt in ["the page is blank"] if is_blank(sound) else doubts(sound):
        yield Problem(page_id, None, "read", "warning", f"{page_id}: {doubt}")
    if sound is not page.text:
        yield Problem(page.page_id, None, "read", "warning", f"{page.page_id}: lone surrogates are shown as U+FFFD")
    stated = page.published or issue.published or given.published
    found = stated or printed_date(sound) or date_in_name(page.page_id)
    yield replace(page, text=sound, published=found, paper=page.paper or issue.paper, home=page.home or issue.home)
    if found is None:
        told = f"{page.page_id}: the date of issue is unknown; dates without a year stay open (--published sets it)"
        yield Problem(page.page_id, None, "read", "warning", told)
    elif stated is None:
        told = f"{page.page_id}: the date of issue {found} was taken from the page's masthead or name"
        yield Problem(page.page_id, None, "read", "warning", told)
