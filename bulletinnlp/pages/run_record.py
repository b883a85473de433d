"""The record of a run, `run.json`: what made the tables of a folder, and which of its files are whole.

It is written last. A folder with tables but without a record holds tables that somebody put there; a folder with a
record holds the files that it lists, and others are of another time. A record bears its kind and a digest of itself: a
`run.json` of another program, one that was changed, and one of another form than ours (`_FORM`) are none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import Any

from bulletinnlp.pages.views import is_view

RECORD, VIEW = "run.json", "view.html"
#: The hidden folders of a run that is not done: finished pages; tables on their way to their names.
CHECKPOINTS, STAGING = ".bulletinnlp-parts", ".bulletinnlp-tables"
#: The lock of the run that writes into a folder.
LOCK = ".bulletinnlp-lock"
#: The endings of what a run writes.
_ENDINGS = (".json", ".html", ".csv", ".jsonl", ".parquet", ".duckdb", ".sqlite")
#: What a record is, and the version of its layout.
KIND = "record of bulletinnlp, 1"


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float))


def _is_fingerprint(value: Any) -> bool:
    return isinstance(value, dict) and _is_number(value.get("size")) and _is_text(value.get("sha256"))


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _all(is_one: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, dict) and all(map(is_one, value.values()))


#: The facts that are looked at again, and the form of each.
_FORM: dict[str, Callable[[Any], bool]] = {
    "files": _all(_is_fingerprint),
    "before": _all(_is_fingerprint),
    "rows": _all(_is_number),
    "found": _all(_is_number),
    "errors": _is_number,
    "limit": _is_number,
    "inputs": _is_text,
    "contents": _is_text,
    "names": _are_texts,
    "leaving": _are_texts,
    "inside": _are_texts,
}


def read_record(folder: Path) -> dict[str, Any] | None:
    """The record in a folder, None if there is none of ours."""
    path = folder / RECORD
    try:
        if not S_ISREG(path.lstat().st_mode):
            return None
        record = json.loads(path.read_text(encoding="utf-8"))
        whole = isinstance(record, dict) and record.pop("digest", None) == record_digest(record)
    except (OSError, ValueError, RecursionError):
        return None
    ours = whole and record.get("kind") == KIND
    return record if ours and all(has(record[name]) for name, has in _FORM.items() if name in record) else None


def table_names(record: Mapping[str, Any]) -> set[str]:
    """The tables that a record lists, by the names of their files or folders."""
    return {name.partition("/")[0] for name in record.get("files", ())}


def record_digest(record: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def made_by_run(path: Path) -> bool:
    """Whether a file is the record of a folder of tables, a table that it lists, or the view beside it as it was
    written."""
    folder = path.parent.parent if path.parent.suffix == ".parquet" else path.parent
    name = path.relative_to(folder).as_posix()
    if path.suffix not in _ENDINGS and path.parent.suffix != ".parquet":
        return False
    record = read_record(folder)
    if record is not None and name == VIEW:
        with suppress(OSError):
            return is_view(path)
    return record is not None and name in (RECORD, *record.get("files", ()))
