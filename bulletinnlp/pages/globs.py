"""What a glob matches, where links lead back into a folder, too.

`glob.glob` follows links behind `**`: with two that lead to the folder they lie in, there are more paths than anybody
can wait for. Here each folder is looked into once, by its shortest path.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from heapq import heapify, heappop, heappush
from itertools import groupby

_ANY = "**"


def matching(pattern: str) -> list[str]:
    """The paths that a glob matches; behind `**` each real folder counts once.

    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> for name in ("x", "y"):
    ...     os.symlink(folder, os.path.join(folder, name))
    >>> _ = open(os.path.join(folder, "a.txt"), "w").close()
    >>> [os.path.relpath(path, folder) for path in matching(os.path.join(folder, "**", "*.txt"))]
    ['a.txt']
    """
    steps = pattern.replace(os.altsep or os.sep, os.sep).split(os.sep)
    steps = [step for step, some in groupby(steps) for step in ([step] if step == _ANY else some)]
    if _ANY not in steps:
        return glob.glob(pattern)
    place = steps.index(_ANY)
    base, rest = os.sep.join(steps[:place]) or (os.sep if place else ""), steps[place + 1 :]
    found: list[str] = []
    for folder in _folders(glob.glob(base) if glob.has_magic(base) else [base]):
        if rest:
            found += matching(os.path.join(glob.escape(folder), *rest))
        else:
            files = (path for path in glob.glob(os.path.join(glob.escape(folder), "*")) if not os.path.isdir(path))
            found += [*([folder] if folder else []), *files]
    return found


def _folders(starts: Iterable[str]) -> Iterator[str]:
    """Folders and those below them, but hidden ones, each once, by the shortest path that leads there."""
    waiting = [(len(start), start) for start in starts]
    heapify(waiting)
    seen: set[str] = set()
    while waiting:
        _, folder = heappop(waiting)
        if (real := os.path.realpath(folder or os.curdir)) in seen:
            continue
        seen.add(real)
        with suppress(OSError, ValueError), os.scandir(folder or os.curdir) as entries:
            yield folder
            for entry in entries:
                if not entry.name.startswith(".") and os.path.isdir(path := os.path.join(folder, entry.name)):
                    heappush(waiting, (len(path), path))
