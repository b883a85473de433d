"""The record of a run, `run.json`: what made the tables of a folder, and which of its files are whole.

It is written last. A folder with tables but without a record holds tables that somebody put there; a folder with a
record holds the files that it lists, and others are of another time. A record bears its kind and a digest of itself: a
`run.json` of another program, or one that was changed, is none.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from stat import S_ISREG
from typing import Any

import bulletinnlp

RECORD = "run.json"
#: What a record is, and the version of its layout.
KIND = "record of bulletinnlp, 1"


def read_record(folder: Path) -> dict[str, Any] | None:
    """The record in a folder, None if there is none of ours."""
    path = folder / RECORD
    try:
        if not S_ISREG(path.lstat().st_mode):
            return None
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(record, dict) and record.get("kind") == KIND and record.pop("digest", None) == _digest(record)
    return record if whole else None


def write_record(folder: Path, aside: Path, **facts: Any) -> None:
    """Write the record, aside first."""
    stated = {"kind": KIND, "bulletinnlp": bulletinnlp.__version__, **facts}
    record = json.loads(json.dumps(stated, default=str))
    try:
        text = json.dumps({**record, "digest": _digest(record)}, ensure_ascii=False, indent=1)
        aside.write_text(text + "\n", encoding="utf-8", errors="replace")
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    os.replace(aside, folder / RECORD)


def table_names(record: Mapping[str, Any]) -> set[str]:
    """The tables that a record lists, by the names of their files or folders."""
    return {name.partition("/")[0] for name in record.get("files", ())}


def _digest(record: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
