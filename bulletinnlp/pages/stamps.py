"""What an input was like when it was read, so that it can be told whether it has changed since."""

from __future__ import annotations

import hashlib
import os
from typing import NamedTuple

from bulletinnlp.pages.documents.opening import digest
from bulletinnlp.pages.reading import Input


class Stamp(NamedTuple):
    """Name of an input; a digest of what is known of it without opening its file (id of the page, date of issue …, the
    text of a page that is in memory); size and times of its file; a digest of the file's bytes; if its page was given
    up, the seconds that it had had, 0 where the process that read it died.

    A file whose size and times are the same is taken to be the same; of another, the digest decides.
    """

    name: str
    said: str = ""
    size: int | None = None
    changed: str | None = None
    sha256: str | None = None
    limit: float | None = None

    def quick(self) -> str:
        """What is the same where nothing has changed, without opening a file."""
        return repr((self.said, self.size, self.changed))

    def thorough(self) -> str:
        """What is the same where files were only touched, or copied."""
        return repr((self.said, self.sha256 or self.quick()))


def may_do_now(limit: float | None, seconds: float | None) -> bool:
    """Whether a page that was given up under a limit (None: it was not) may be read with so many seconds.

    >>> may_do_now(120.0, 600.0), may_do_now(120.0, 120.0), may_do_now(120.0, None), may_do_now(None, 600.0)
    (True, False, True, False)
    """
    return limit is not None and (seconds is None or seconds > limit)


def stamp(given: Input) -> Stamp:
    """The stamp of an input; its file is not opened."""
    said = hashlib.sha256(repr(tuple(given)[1:]).encode(errors="backslashreplace")).hexdigest()
    try:
        file = given.file
        state = os.stat(file) if file else None
    except (OSError, ValueError):
        state = None
    if state is None:
        return Stamp(given.name, said)
    return Stamp(given.name, said, state.st_size, f"{state.st_mtime_ns} {state.st_ctime_ns}")


def digested(given: Input, known: Stamp) -> Stamp:
    """The stamp with the digest of the file, if there is a file that can be read."""
    try:
        return known._replace(sha256=digest(given.file)) if given.file else known
    except (OSError, ValueError):
        return known


def is_same(before: Stamp, given: Input) -> bool:
    """Whether an input is as it was."""
    now = stamp(given)
    return before.quick() == now.quick() or (
        before.sha256 is not None and before.thorough() == digested(given, now).thorough()
    )
