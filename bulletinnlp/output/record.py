"""The record of a run, `run.json`: what made the tables of a folder, and which of its files are whole.

It is written last. A folder with tables but without a record holds tables that somebody put there; a folder with a
record holds the files that it lists, and others are of another time. A record bears its kind and a digest of itself: a
`run.json` of another program, one that was changed, and one of another form than ours (`_FORM`) are none.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from stat import S_ISREG
from typing import Any

import bulletinnlp

RECORD = "run.json"
#: What a record is, and the version of its layout.
KIND = "record of bulletinnlp, 1"


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float))


def _is_fingerprint(value: Any) -> bool:
    return isinstance(value, dict) and _is_number(value.get("size")) and _is_text(value.get("sha256"))


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
}


def read_record(folder: Path) -> dict[str, Any] | None:
    """The record in a folder, None if there is none of ours."""
    path = folder / RECORD
    try:
        if not S_ISREG(path.lstat().st_mode):
            return None
        record = json.loads(path.read_text(encoding="utf-8"))
        whole = isinstance(record, dict) and record.pop("digest", None) == _digest(record)
    except (OSError, ValueError, RecursionError):
        return None
    ours = whole and record.get("kind") == KIND
    return record if ours and all(has(record[name]) for name, has in _FORM.items() if name in record) else None


def write_record(folder: Path, aside: Path, **facts: Any) -> None:
    """Write the record, aside first."""
    write_aside(aside, **facts)
    os.replace(aside, folder / RECORD)


def write_aside(aside: Path, **facts: Any) -> None:
    """Write a record that has not its name yet."""
    stated = {"kind": KIND, "bulletinnlp": bulletinnlp.__version__, **facts}
    record = json.loads(json.dumps(stated, ensure_ascii=False, default=str).encode("utf-8", "replace"))
    try:
        text = json.dumps({**record, "digest": _digest(record)}, ensure_ascii=False, indent=1)
        aside.write_text(text + "\n", encoding="utf-8")
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def table_names(record: Mapping[str, Any]) -> set[str]:
    """The tables that a record lists, by the names of their files or folders."""
    return {name.partition("/")[0] for name in record.get("files", ())}


def _digest(record: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
