"""From files, folders, globs and standard input to pages."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from bulletinnlp.pages.dates import date_in_name, parse_published, printed_date
from bulletinnlp.pages.encodings import NotTextError, decode
from bulletinnlp.pages.files import Source, expand, reason
from bulletinnlp.pages.manifest import Issue, ManifestError, read_manifest
from bulletinnlp.pages.page import SURROGATES, Page
from bulletinnlp.pages.problem import Problem
from bulletinnlp.pages.quality import doubts, is_blank

STANDARD_INPUT_ID = "stdin"
MANIFEST = "manifest.csv"
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
    with a `UserWarning` that names the file and what is wrong. Raises ValueError if `published` is no date.
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
    """What there is to read, in order; no file is opened but manifests and standard input."""
    default = parse_published(published) if published else None
    issues: Mapping[str, Issue] = {}
    told: list[Problem] = []
    if isinstance(manifest, Mapping):
        issues = manifest
    elif manifest is not None:
        try:
            issues = read_manifest(manifest)
        except ManifestError as error:
            told.append(Problem(None, None, "read", "error", str(error)))
    seen: set[str] = set()
    for position, (given, folder) in enumerate(expand(sources)):
        if folder is not None and manifest is None:
            issues, complaint = _folder_manifest(folder)
            told += [complaint] if complaint else []
        source, complaints = _standard_input() if isinstance(given, str) else (given, [])
        name, wanted = named(source)
        page_id = _free(wanted, seen)
        issue = issues.get(page_id or "") or issues.get(wanted or "") or Issue()
        if page_id != wanted:
            complaints.append(_taken(name, wanted, page_id, same_issue=page_id not in issues and wanted in issues))
        yield Input(position, name, page_id, source, issue, default, (*told, *complaints))
        told = []


def _standard_input() -> tuple[Page | Problem, list[Problem]]:
    page, problem = _read_one(sys.stdin.buffer.read, STANDARD_INPUT_ID, "standard input")
    problems = [problem] if problem else []
    return (page, problems) if page else (problems[0], [])


def named(source: Path | Page | Problem) -> tuple[str, str | None]:
    """The name of an input, for people, and the id of its page; what is no Unicode in them is shown as U+FFFD."""
    if isinstance(source, Problem):
        return source.message.translate(SURROGATES), None
    if isinstance(source, Page):
        return source.page_id.translate(SURROGATES), source.page_id.translate(SURROGATES)
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


def _folder_manifest(folder: Path) -> tuple[Mapping[str, Issue], Problem | None]:
    path = folder / MANIFEST
    if not os.path.exists(path):  # unlike Path.exists, it raises nothing where it may not look
        return {}, None
    try:
        return read_manifest(path), None
    except ManifestError as error:
        return {}, Problem(None, None, "read", "error", str(error))


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
    page = replace(page, page_id=page_id)
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
