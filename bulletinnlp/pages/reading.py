"""From files, folders, globs and standard input to pages."""

from __future__ import annotations

import glob
import hashlib
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Literal, NamedTuple

from bulletinnlp.pages.dates import date_in_name, parse_published, printed_date
from bulletinnlp.pages.encodings import NotTextError, decode
from bulletinnlp.pages.manifest import Issue, ManifestError, read_manifest
from bulletinnlp.pages.page import Page

Source = str | PathLike[str] | Page
STANDARD_INPUT = "-"
MANIFEST = "manifest.csv"
SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


class Problem(NamedTuple):
    """Something the reader should know; a row of the table `problems`."""

    page_id: str | None
    article_id: str | None
    stage: str
    severity: Literal["warning", "error"]
    message: str


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
    default = parse_published(published) if published else None
    issues: Mapping[str, Issue] = {}
    if isinstance(manifest, Mapping):
        issues = manifest
    elif manifest is not None:
        try:
            issues = read_manifest(manifest)
        except ManifestError as error:
            yield Problem(None, None, "read", "error", str(error))
    seen: dict[str, int] = {}
    for source, folder in expand(sources):
        if isinstance(source, Problem):
            yield source
            continue
        if folder is not None and manifest is None:
            issues, complaint = _folder_manifest(folder)
            if complaint:
                yield complaint
        page, complaint = (source, None) if isinstance(source, Page) else _read_one(source)
        if complaint:
            yield complaint
        if page is None:
            continue
        seen[page.page_id] = seen.get(page.page_id, 0) + 1
        if seen[page.page_id] > 1:
            renamed = f"{page.page_id}~{seen[page.page_id]}"
            told = f"{page.path or page.page_id}: the page id {page.page_id} is taken; this page is {renamed}"
            page = replace(page, page_id=renamed)
            yield Problem(renamed, None, "read", "warning", told)
        yield from _issued(page, issues.get(page.page_id, Issue()), default)


def expand(
    sources: Source | Iterable[Source],
) -> Iterator[tuple[Path | Page | Problem | Literal["-"], Path | None]]:
    """The files behind the sources, in order; with the first file of a folder comes the folder."""
    if isinstance(sources, (str, PathLike, Page)):
        sources = [sources]
    for source in sources:
        if isinstance(source, Page):
            yield source, None
        elif str(source) == STANDARD_INPUT:
            yield "-", None
        elif Path(source).is_dir():
            folder = Path(source)
            files = sorted(path for path in folder.rglob("*.txt") if path.is_file())
            if not files:
                yield Problem(None, None, "read", "error", f"{source}: the folder holds no .txt file"), None
            yield from ((path, None if i else folder) for i, path in enumerate(files))
        elif Path(source).exists():
            yield Path(source), None
        else:
            matches = sorted(glob.glob(str(source), recursive=True))
            if not matches:
                yield Problem(Path(source).stem, None, "read", "error", f"{source}: no such file or folder"), None
            yield from ((Path(match), None) for match in matches if Path(match).is_file())


def _folder_manifest(folder: Path) -> tuple[Mapping[str, Issue], Problem | None]:
    path = folder / MANIFEST
    if not path.exists():
        return {}, None
    try:
        return read_manifest(path), None
    except ManifestError as error:
        return {}, Problem(None, None, "read", "error", str(error))


def _read_one(source: Path | Literal["-"]) -> tuple[Page | None, Problem | None]:
    """The page in a file, and what the reader should know; no page if it can not be read."""
    name = "standard input" if isinstance(source, str) else str(source)
    page_id = "stdin" if isinstance(source, str) else source.stem

    def failed(message: str) -> tuple[None, Problem]:
        return None, Problem(page_id, None, "read", "error", f"{name}: {message}")

    try:
        data = sys.stdin.buffer.read() if isinstance(source, str) else source.read_bytes()
    except OSError as error:
        return failed(f"can not be read ({error.strerror})")
    if not data.strip(b" \t\r\n\0"):
        return failed(f"the file is {'blank' if data else 'empty'}")
    try:
        text, encoding, warning = decode(data)
    except NotTextError as error:
        return failed(f"not a text file ({error})")
    path = None if isinstance(source, str) else str(source)
    page = Page(page_id, text, path, encoding, hashlib.sha256(data).hexdigest())
    return page, Problem(page_id, None, "read", "warning", f"{name}: {warning}") if warning else None


def _issued(page: Page, issue: Issue, default: str | None) -> Iterator[Page | Problem]:
    """The page with its date of issue, paper and home, and what had to be assumed."""
    sound = page.text.translate(SURROGATES) if any("\ud800" <= c <= "\udfff" for c in page.text) else page.text
    if sound is not page.text:
        yield Problem(page.page_id, None, "read", "warning", f"{page.page_id}: lone surrogates are shown as U+FFFD")
    stated = page.published or issue.published or default
    found = stated or printed_date(sound) or date_in_name(page.page_id)
    yield replace(page, text=sound, published=found, paper=page.paper or issue.paper, home=page.home or issue.home)
    if found is None:
        told = f"{page.page_id}: the date of issue is unknown; dates without a year stay open (--published sets it)"
        yield Problem(page.page_id, None, "read", "warning", told)
    elif stated is None:
        told = f"{page.page_id}: the date of issue {found} was taken from the page's masthead or name"
        yield Problem(page.page_id, None, "read", "warning", told)
