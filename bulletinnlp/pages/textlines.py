"""The lines of a text file in whatever encoding it is, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from bulletinnlp.pages.encodings import decode

#: The encoding is told from so many bytes; a file may be larger than the memory.
SAMPLE_BYTES = 2_000_000


class TextLines:
    """Iterates over the lines of a file, with their ends; what its encoding does not know is shown as U+FFFD.

    A context manager. `encoding` is the Python codec, found by `encodings.decode`; `mixed` where each line is in its
    own. `take` gives the lines since it was last called. Entering raises OSError, and NotTextError for what is no text.
    """

    encoding: str

    def __init__(self, path: Path) -> None:
        self._path = path
        self._taken: list[str] = []

    def __enter__(self) -> TextLines:
        with self._path.open("rb") as file:
            sample = file.read(SAMPLE_BYTES)
        if len(sample) == SAMPLE_BYTES:
            sample = sample[: sample.rfind(b"\n") + 1] or sample
        self.encoding = decode(sample).encoding if sample.strip() else "utf-8"
        self._file: IO[Any] = (
            self._path.open("rb")
            if self.encoding == "mixed"
            else self._path.open(encoding=self.encoding, errors="replace", newline="")
        )
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
            yield from self._file
            return
        for line in self._file:
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError:
                yield line.decode("gb18030", "replace")
