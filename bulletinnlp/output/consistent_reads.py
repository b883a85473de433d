"""Reading tables while a run may replace them: all of one run, or an error, never some of each.

A run lets its tables take their names one by one. Who reads looks before and after at what stands in the folder, and
reads again if that has changed meanwhile.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bulletinnlp.output.lock import is_locked
from bulletinnlp.output.ownership import PUBLISHED
from bulletinnlp.output.rollback import was_publishing
from bulletinnlp.pages.run_record import CHECKPOINTS, RECORD

#: A run gives its tables their names within so many seconds, and looking again waits so long.
PATIENCE, PAUSE = 30.0, 0.05
#: A file of tables, or the folder of an engine's.
_IS_TABLE = PUBLISHED.fullmatch
T = TypeVar("T")


class TablesChangeError(ValueError):
    """The tables of a folder are being replaced."""


def steadily(folder: Path, read: Callable[[], T]) -> T:
    """What `read` gives of the tables of a folder, none of which was replaced meanwhile.

    Raises what `read` raises, and TablesChangeError if they are replaced again and again.
    """
    end = time.monotonic() + PATIENCE
    while True:
        before = _sight(folder)
        try:
            found = read()
        except Exception:
            if before == _sight(folder) and not _is_publishing(folder):
                raise
        else:
            if before == _sight(folder) and not _is_publishing(folder):
                return found
        if time.monotonic() > end:
            raise TablesChangeError(f"{folder}: a run is replacing these tables; read them when it is done") from None
        time.sleep(PAUSE)


def _sight(folder: Path) -> list[tuple[str, int, int, int]]:
    """What tells the files of tables in a folder, and its finished pages, from others of the same name."""
    seen = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name in (RECORD, CHECKPOINTS) or _IS_TABLE(entry.name):
                    state = os.stat(entry.path)
                    changes = (
                        (0, 0) if entry.name == CHECKPOINTS else (state.st_size, state.st_mtime_ns)
                    )  # a run adds to them
                    seen.append((entry.name, state.st_ino, *changes))
    except OSError:
        return []
    return sorted(seen)


def _is_publishing(folder: Path) -> bool:
    """Whether a run is giving its tables their names; one that was killed on the way does nothing any more."""
    return was_publishing(folder) and is_locked(folder)
