"""Which HTML file is a view as it was written: it bears the checksum of its own content."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

#: So many bytes are the head of a view.
HEAD = 3_000
#: In it the SHA-256 of the file with zeros in its place: a view that somebody has edited is theirs.
CHECKSUM = re.compile(rb'(?<=<meta name="checksum" content=")[0-9a-f]{64}(?=">)')
ZEROS = "0" * 64


def is_view(path: Path) -> bool:
    """Whether a file is a view that nobody has edited. Raises OSError."""
    with path.open("rb") as file:
        found = CHECKSUM.search(file.read(HEAD))
    return found is not None and found[0] == checksum(path)[0]


def checksum(path: Path) -> tuple[bytes, int]:
    """The checksum of a view, and where it stands in the file."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        found = CHECKSUM.search(head)
        at = found.start() if found else 0
        whole = hashlib.sha256(CHECKSUM.sub(ZEROS.encode(), head, count=1))
        while more := file.read(1 << 20):
            whole.update(more)
    return whole.hexdigest().encode(), at
