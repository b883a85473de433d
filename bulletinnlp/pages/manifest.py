"""The manifest: a CSV that says of each page when and by whom it was issued, and where that paper is at home."""

from __future__ import annotations

import csv
import io
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from bulletinnlp.pages.dates import parse_published
from bulletinnlp.pages.encodings import NotTextError, decode

COLUMNS = ("page_id", "published", "paper", "home")


class ManifestError(ValueError):
    """The manifest can not be used; the message names the file and what is wrong."""


class Issue(NamedTuple):
    """What is known of the issue that a page belongs to."""

    published: str | None = None
    paper: str | None = None
    home: str | None = None


def read_manifest(path: str | PathLike[str]) -> dict[str, Issue]:
    """Read a manifest: `{page_id: Issue}`.

    Raises ManifestError if the file can not be read, has no column `page_id`, has a column that is not known, names a
    page twice, or holds a date that is none.
    """
    try:
        text = decode(Path(path).read_bytes()).text
    except OSError as error:
        raise ManifestError(f"{path}: the manifest can not be read ({error.strerror})") from None
    except NotTextError as error:
        raise ManifestError(f"{path}: the manifest is no text ({error})") from None
    reader = csv.DictReader(io.StringIO(text.replace("\0", "")))
    columns = [column.strip() for column in reader.fieldnames or ()]
    unknown = [column for column in columns if column not in COLUMNS]
    if "page_id" not in columns or unknown:
        wrong = f"unknown columns {', '.join(unknown)}" if unknown else "no column page_id"
        raise ManifestError(f"{path}: the manifest has {wrong}; it takes page_id, published, paper, home")
    reader.fieldnames = columns
    issues: dict[str, Issue] = {}
    for row in reader:
        cells = {column: (row.get(column) or "").strip() or None for column in COLUMNS}
        page_id, published = cells["page_id"], cells["published"]
        if page_id is None:
            continue
        if page_id in issues:
            raise ManifestError(f"{path}, line {reader.line_num}: {page_id} stands in the manifest twice")
        try:
            published = parse_published(published) if published else None
        except ValueError as error:
            raise ManifestError(f"{path}, line {reader.line_num}: {error}") from None
        issues[page_id] = Issue(published, cells["paper"], cells["home"])
    return issues
