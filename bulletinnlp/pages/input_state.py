"""The state of an input when it was read, by which a later run finds out whether it has changed."""

from __future__ import annotations

import hashlib
import os
from typing import NamedTuple

from bulletinnlp.pages.input_pages import Input
from bulletinnlp.pages.plain_files import sha256_of


class InputState(NamedTuple):
    """The state of an input when it was read.

    | field | what it holds |
    | --- | --- |
    | `name` | the name of the input |
    | `metadata` | a digest of what is there without opening its file: id, date of issue, the text of a page in memory |
    | `size`, `changed` | size and times of its file |
    | `sha256` | a digest of the file's bytes |
    | `limit` | where its page was given up, the seconds that it had had; 0 where the process that read it died |

    A file whose size and times are the same is taken to be the same; of another, the digest decides.
    """

    name: str
    metadata: str = ""
    size: int | None = None
    changed: str | None = None
    sha256: str | None = None
    limit: float | None = None

    def quick(self) -> str:
        """What is the same where nothing has changed, without opening a file."""
        return repr((self.metadata, self.size, self.changed))

    def thorough(self) -> str:
        """What is the same where files were only touched, or copied."""
        return repr((self.metadata, self.sha256 or self.quick()))


def may_retry(limit: float | None, seconds: float | None) -> bool:
    """Whether a page that was given up under a limit (None: it was not) may be read with so many seconds.

    >>> may_retry(120.0, 600.0), may_retry(120.0, 120.0), may_retry(120.0, None), may_retry(None, 600.0)
    (True, False, True, False)
    """
    return limit is not None and (seconds is None or seconds > limit)


def state_of(item: Input) -> InputState:
    """The state of an input; its file is not opened."""
    metadata = hashlib.sha256(repr(tuple(item)[1:]).encode(errors="backslashreplace")).hexdigest()
    try:
        file = item.file
        found = os.stat(file) if file else None
    except (OSError, ValueError):
        found = None
    if found is None:
        return InputState(item.name, metadata)
    return InputState(item.name, metadata, found.st_size, f"{found.st_mtime_ns} {found.st_ctime_ns}")


def with_sha256(item: Input, state: InputState) -> InputState:
    """The state with the digest of the file, if there is a file that can be read."""
    try:
        return state._replace(sha256=sha256_of(item.file)) if item.file else state
    except (OSError, ValueError):
        return state


def is_unchanged(before: InputState, item: Input) -> bool:
    """Whether an input is as it was."""
    now = state_of(item)
    return before.quick() == now.quick() or (
        before.sha256 is not None and before.thorough() == with_sha256(item, now).thorough()
    )
