"""What is read is never replaced by a table, whatever leads to it: a name, a folder, a link, a page that was read."""

from __future__ import annotations

import glob
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
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

    Nor do tables lie among word lists, which are all files of their folder.
    Files behind folders are looked at here only where `overwrite` gives up one that no run has written. Else none of
    theirs can be lost but a table of ours: what this gives looks for such a one as the inputs are listed to be read.
    """
    models = list(models)
    if isinstance(lexicons, (str, PathLike)) and _is_in(folder, lexicons):
        raise ValueError(f"{folder}: the tables would lie among the word lists; give another --out")
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


@dataclass(frozen=True)
class ReadFiles:
    """What tables in memory were read from, for when they are written: names as they were given, from the root."""

    sources: tuple[str, ...] = ()
    manifest: str | None = None
    models: tuple[str, ...] = ()
    lexicons: str | None = None

    @classmethod
    def of(
        cls, sources: Iterable[Source], manifest: Any, models: Iterable[str | PathLike[str]], lexicons: Any
    ) -> ReadFiles:
        named = [source for source in sources if isinstance(source, (str, PathLike))]
        return cls(
            tuple(STANDARD_INPUT if str(name) == STANDARD_INPUT else _from_root(name) for name in named),
            _from_root(manifest) if isinstance(manifest, (str, PathLike)) else None,
            tuple(map(_from_root, models)),
            _from_root(lexicons) if isinstance(lexicons, (str, PathLike)) else None,
        )

    def refuse(self, folder: Path, pages: Iterable[str], *, overwrite: bool) -> None:
        """Raise ValueError if a table of `folder` would replace one of these, or the file of one of the pages."""
        sources: list[Source] = list(self.sources)
        check = refuse_replaced_inputs(folder, sources, self.manifest, self.models, self.lexicons, overwrite=overwrite)
        replaced = ReplacedFiles(folder)
        for path in pages if check else ():
            replaced.refuse(path)


def refuse_replaced(source: object, replaced: ReplacedFiles) -> None:
    """Raise ValueError if the file of a page, or of what is to be one, is among those that are replaced."""
    file = source if isinstance(source, (str, PathLike)) else getattr(source, "path", None)
    if isinstance(file, (str, PathLike)):
        replaced.refuse(file)


def _from_root(name: str | PathLike[str]) -> str:
    return os.path.abspath(name)


def _is_in(path: Path, folder: str | PathLike[str]) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _files_named(sources: list[Source], manifest: str | PathLike[str] | None) -> Iterator[str | PathLike[str]]:
    """The files that are named to be read, by themselves or by a glob, and the manifest."""
    if isinstance(manifest, (str, PathLike)):
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
    if isinstance(manifest, (str, PathLike)):
        yield manifest
    elif manifest is None:
        named = (Path(source) for source in sources if not isinstance(source, (Page, InputTable)))
        yield from (found for path in named if (found := folder_manifest(path)))
    if isinstance(lexicons, (str, PathLike)) and os.path.isdir(lexicons):
        yield from Path(lexicons).iterdir()
