"""The record of a run, `run.json`: what made the tables of a folder, and which of its files are whole.

It is written last. A folder with tables but without a record holds tables that somebody put there; a folder with a
record holds the files that it lists, and others are of another time. While files take their names there is no record,
but the next one stands aside: `run.json.part`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import bulletinnlp

RECORD = "run.json"
ASIDE = f"{RECORD}.part"


def read_record(folder: Path) -> dict[str, Any] | None:
    """The record in a folder, None if there is none or it can not be read."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def write_record(folder: Path, **facts: Any) -> None:
    """Write the record, aside first."""
    _write_aside(folder, facts).replace(folder / RECORD)


def _write_aside(folder: Path, facts: Mapping[str, Any]) -> Path:
    record = {"bulletinnlp": bulletinnlp.__version__, **facts}
    aside = folder / ASIDE
    try:
        aside.write_text(json.dumps(record, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    return aside


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def publish(
    folder: Path,
    asides: Mapping[Path, Path],
    rows: Mapping[str, int],
    facts: Mapping[str, Any],
    traits: Mapping[str, Any] | None = None,
) -> None:
    """Let finished files take their names, and record them.

    Of the files that the last record lists, those that these replace go: with `facts` (a whole run, a folder holds
    one) all, else those of the same format. `traits` say how the format was written.
    """
    earlier = read_record(folder) or {}
    suffixes = {path.suffix for path in asides.values()}
    files = [folder / Path(name).name for name in earlier.get("files", ())]
    stale = [path for path in files if facts or path.suffix in suffixes]
    names = sorted({path.name for path in (*set(files).difference(stale), *asides.values())})
    before = {} if facts else {k: v for k, v in earlier.items() if k not in ("files", "rows")}
    record = _write_aside(folder, {**before, **facts, **(traits or {}), "files": names, "rows": dict(rows)})
    (folder / RECORD).unlink(missing_ok=True)
    for path in (*stale, *asides.values()):
        remove(path)
    for aside, path in asides.items():
        aside.replace(path)
    record.replace(folder / RECORD)
