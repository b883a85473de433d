"""The lines of a text file in whatever encoding it is, one after the other."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from bulletinnlp.pages.encodings import NotTextError, decode

#: The encoding is told from so many bytes; a file may be larger than the memory.
SAMPLE_BYTES = 2_000_000


class TextLines:
    """Iterates over the lines of a file, with their ends; what its encoding does not know is shown as U+FFFD.

    A context manager. `encoding` is the Python codec, found by `encodings.decode`; `mixed` where each line is in its
    own. `take` gives the lines since it was last called. Entering raises OSError; and ValueError for what is no text.
    """

    encoding: str

    def __init__(self, path: Path) -> None:
        self._path = path
        self._taken: list[str] = []

    def __enter__(self) -> TextLines:
        self._file: BinaryIO = self._path.open("rb")
        try:
            sample = self._file.read(SAMPLE_BYTES)
            if len(sample) == SAMPLE_BYTES:
                sample = sample[: sample.rfind(b"\n") + 1] or sample
            self.encoding = decode(sample).encoding if sample.strip() else "utf-8"
            self._file.seek(0)
        except NotTextError as error:
            self._file.close()
            raise NotTextError(f"no text; {error}") from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        for line in self._decoded():
            line = line.replace("\0", "")
            self._taken.append(line)
            yield line

    def take(self) -> list[str]:
        """The lines that were read since this was last called."""
        taken, self._taken = self._taken, []
        return taken

    def _decoded(self) -> Iterator[str]:
        if self.encoding != "mixed":
            yield from io.TextIOWrapper(self._file, self.encoding, errors="replace", newline="")
            return
        for line in self._file:
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError:
                yield line.decode("gb18030", "replace")
