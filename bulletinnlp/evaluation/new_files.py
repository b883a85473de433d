"""Files of annotations and scores: written whole or not at all, never over what somebody has corrected."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from bulletinnlp.output.hidden_folders import refuse_hidden
from bulletinnlp.output.ownership import place, take_place


def refuse_present(paths: Iterable[Path]) -> None:
    """Raise FileExistsError if something stands at one of these places, be it a link that leads nowhere, or a run keeps
    there what is not finished."""
    for path in paths:
        refuse_hidden(path)
        if os.path.lexists(path):
            raise FileExistsError(f"{path}: is there already, and may hold corrections; name another, or move it away")


def write_new(files: Iterable[tuple[Path, str | bytes]]) -> None:
    """Write texts into files, none of which is there yet: all, or none.

    Raises FileExistsError before any is written, OSError where they can not be written.
    """
    files = list(files)
    refuse_present(path for path, _ in files)
    hidden: list[Path] = []
    done: list[Path] = []
    try:
        hidden.extend(_hidden_file(path, text) for path, text in files)
        for source, (path, _) in zip(hidden, files, strict=True):
            place(source, path)
            done.append(path)
    except BaseException:
        for path in (*hidden, *done):
            path.unlink(missing_ok=True)
        raise


def write_whole(path: Path, text: str, may_go: Callable[[Path], bool]) -> None:
    """Write a text into a file, in the place of one that `may_go`; a device is written to as it stands.

    Raises FileExistsError if something else stands there.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        path.write_text(text, encoding="utf-8")
        return
    hidden = _hidden_file(path, text)
    try:
        take_place(hidden, path, may_go)
    except BaseException:
        hidden.unlink(missing_ok=True)
        raise


def _hidden_file(path: Path, text: str | bytes) -> Path:
    """A hidden file beside the path, with the text; it takes the path as its name when it is whole."""
    hidden = path.with_name(f".bulletinnlp-{uuid4().hex}")
    try:
        with hidden.open("xb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
    except BaseException:
        hidden.unlink(missing_ok=True)
        raise
    return hidden


@contextmanager
def made(folder: Path) -> Iterator[None]:
    """Make a folder; where what is to be written into it fails, those that were made go again."""
    new = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for each in new:
            with suppress(OSError):  # it is not empty
                each.rmdir()
        raise
