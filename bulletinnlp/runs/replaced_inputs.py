"""What is read is never replaced by a table, whatever leads to it: a name, a folder, a link, a page that was read."""

from __future__ import annotations

import glob
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import Any

from bulletinnlp.output.ownership import ReplacedFiles, refuse_inputs, written
from bulletinnlp.pages.files import STANDARD_INPUT, Check, Source, expand
from bulletinnlp.pages.globs import matching
from bulletinnlp.pages.input_pages import folder_manifest
from bulletinnlp.pages.input_tables import InputTable
from bulletinnlp.pages.page import Page
from bulletinnlp.pages.run_record import RECORD, read_record


def refuse_replaced_inputs(
    folder: Path,
    sources: list[Source],
    manifest: str | PathLike[str] | None,
    models: Iterable[str | PathLike[str]],
    lexicons: Any,
    *,
    overwrite: bool,
) -> Check | None:
    """Raise ValueError if something that is read would be replaced by a table of `folder`, or removed.

    Files behind folders are looked at here only where `overwrite` gives up one that no run has written. Else none of
    theirs can be lost but a table of ours: what this gives looks for such a one as the inputs are listed to be read.
    """
    models = list(models)
    refuse_inputs(folder, [*_files_named(sources, manifest), *models])
    replaced = ReplacedFiles(folder)
    if not replaced.names:
        return None
    for file in (*_files_behind(sources, manifest, lexicons), *models):
        replaced.refuse(file)
    if any(isinstance(source, (str, PathLike)) and str(source) == STANDARD_INPUT for source in sources):
        with suppress(OSError, AttributeError):  # it is closed, or no file
            replaced.refuse("standard input", os.fstat(sys.stdin.fileno()))
    ours = {RECORD} if read_record(folder) else set()
    if overwrite and not set(replaced.names) <= {*ours, *written(folder)}:
        deque(expand(sources, replaced.refuse), maxlen=0)
    return replaced.refuse


def _files_named(sources: list[Source], manifest: str | PathLike[str] | None) -> Iterator[str | PathLike[str]]:
    """The files that are named to be read, by themselves or by a glob, and the manifest."""
    if manifest is not None:
        yield manifest
    for source in sources:
        if not isinstance(source, (Page, InputTable)) and str(source) != STANDARD_INPUT:
            yield source
            yield from matching(str(source)) if glob.has_magic(str(source)) else ()


def _files_behind(
    sources: list[Source], manifest: str | PathLike[str] | None, lexicons: Any
) -> Iterator[str | PathLike[str]]:
    """The files that are read beside those that are listed: of pages, manifests, word lists."""
    yield from dict.fromkeys(source.path for source in sources if isinstance(source, Page) and source.path)
    if manifest is not None:
        yield manifest
    else:
        named = (Path(source) for source in sources if not isinstance(source, (Page, InputTable)))
        yield from (found for path in named if (found := folder_manifest(path)))
    if isinstance(lexicons, (str, PathLike)) and os.path.isdir(lexicons):
        yield from Path(lexicons).iterdir()
