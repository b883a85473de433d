"""Files of annotations: what somebody has corrected is never written over, and no link is written through."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def refuse_present(paths: Iterable[Path]) -> None:
    """Raise FileExistsError if something stands at one of these places, be it a link that leads nowhere."""
    for path in paths:
        if os.path.lexists(path):
            raise FileExistsError(f"{path}: is there already, and may hold corrections; name another, or move it away")


def write_new(files: Iterable[tuple[Path, str]]) -> None:
    """Write texts into files, none of which is there yet. Raises FileExistsError before any is written."""
    files = list(files)
    refuse_present(path for path, _ in files)
    for path, text in files:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
