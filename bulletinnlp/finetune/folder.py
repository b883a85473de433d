"""The folder of a trained model: it takes its name when it is whole."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from bulletinnlp import __version__
from bulletinnlp.data import resource
from bulletinnlp.models.model_folder import FORM, MANIFEST, PARTS, before, read_manifest
from bulletinnlp.names.tagger import fingerprint
from bulletinnlp.output.hidden_folders import refuse_hidden
from bulletinnlp.pages.plain_files import sha256_of

CARD = "README.md"


def check_way(out: Path, overwrite: bool) -> None:
    """Raise FileExistsError if something is where the model is to go that may not be replaced.

    An empty folder may, and with `overwrite` a model that we wrote and that nobody has changed since.
    """
    refuse_hidden(out)
    if not out.exists() and not out.is_symlink():
        return
    if out.is_dir() and not any(out.iterdir()):
        return
    manifest = read_manifest(out) if out.is_dir() and not out.is_symlink() else None
    if manifest is None:
        raise FileExistsError(f"{out}: is in the way, and is no model that `bulletinnlp train` wrote")
    if changed := _others(out, manifest):
        message = "was not written by `bulletinnlp train`, or was changed since; move it away"
        raise FileExistsError(f"{out}: {changed[0]} {message}")
    if not overwrite:
        raise FileExistsError(f"{out}: holds a model already; --overwrite replaces it")


def _others(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """What lies in the folder of a model and is not as it was written: files, folders, links, by name."""
    files = {MANIFEST, *manifest["files"]}
    folders = {parent.as_posix() for name in files for parent in PurePosixPath(name).parents}
    return [
        name
        for path in sorted(folder.rglob("*"))
        for name in [path.relative_to(folder).as_posix()]
        if path.is_symlink()
        or (name not in folders if path.is_dir() else name not in files or _is_changed(folder, name, manifest))
    ]


def _is_changed(out: Path, name: str, manifest: dict[str, Any]) -> bool:
    return name != MANIFEST and sha256_of(out / name) != manifest["files"][name]


@contextmanager
def written_whole(out: Path, overwrite: bool) -> Iterator[Path]:
    """A hidden folder beside `out` that takes its place when all has gone well, and is removed when not.

    A model that gives way stands for a moment under a hidden name (`before`): where a process was ended then, the next
    one puts it back, and loading it names the place.
    """
    if not out.exists() and read_manifest(before(out)):
        before(out).rename(out)
    check_way(out, overwrite)
    if os.path.lexists(before(out)):
        raise FileExistsError(f"{before(out)}: is in the way; move it away")
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        yield unfinished
        check_way(out, overwrite)
        unfinished.chmod(0o755)
        _take_place(unfinished, out)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _take_place(unfinished: Path, out: Path) -> None:
    """Let a model take its name. The one that was there goes, if it is as it was written; else it stays, all of it."""
    manifest = read_manifest(out)
    if manifest is None:
        if out.exists():
            out.rmdir()  # nothing is in it
        unfinished.rename(out)
        return
    old = before(out)
    out.rename(old)
    try:
        if others := _others(old, manifest):
            raise FileExistsError(f"{out}: {others[0]} was put there, or changed, in the meantime; move it away")
        unfinished.rename(out)
    except BaseException:
        old.rename(out)
        raise
    # The name is free at once, whatever becomes of the process.
    gone = tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent)
    shutil.rmtree(old.rename(Path(gone, out.name)).parent)


def write_manifest(folder: Path, about: dict[str, Any]) -> None:
    """Write what the model is: the version, its parts and the digests of its files, and `about`."""
    every = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.name != MANIFEST)
    files = {file.relative_to(folder).as_posix(): sha256_of(file) for file in every}
    manifest = {
        "form": FORM,
        "bulletinnlp": __version__,
        "parts": [part for part in PARTS if (folder / part).is_dir()],
        "vocabulary": fingerprint(resource("names")),
        **about,
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
