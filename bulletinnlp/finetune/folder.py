"""The folder of a trained model: written aside, put in its place when it is whole."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bulletinnlp import __version__
from bulletinnlp.data import resource
from bulletinnlp.models.model_folder import FORM, MANIFEST, PARTS, read_manifest
from bulletinnlp.names.tagger import fingerprint
from bulletinnlp.pages.plain_files import sha256_of

CARD = "README.md"


def check_way(out: Path, overwrite: bool) -> None:
    """Raise FileExistsError if something is where the model is to go that may not be replaced.

    An empty folder may, and with `overwrite` a model that we wrote and that nobody has changed since.
    """
    if not out.exists() and not out.is_symlink():
        return
    if out.is_dir() and not any(out.iterdir()):
        return
    manifest = read_manifest(out) if out.is_dir() and not out.is_symlink() else None
    if manifest is None:
        raise FileExistsError(f"{out}: is in the way, and is no model that `bulletinnlp train` wrote")
    known = {MANIFEST, *manifest["files"]}
    here = {file.relative_to(out).as_posix() for file in out.rglob("*") if not file.is_dir()}
    changed = [name for name in sorted(here) if name not in known or _is_changed(out, name, manifest)]
    if changed:
        told = "was not written by `bulletinnlp train`, or was changed since; move it away"
        raise FileExistsError(f"{out}: {changed[0]} {told}")
    if not overwrite:
        raise FileExistsError(f"{out}: holds a model already; --overwrite replaces it")


def _is_changed(out: Path, name: str, manifest: dict[str, Any]) -> bool:
    return name != MANIFEST and sha256_of(out / name) != manifest["files"][name]


@contextmanager
def written_aside(out: Path, overwrite: bool) -> Iterator[Path]:
    """A hidden folder beside `out` that takes its place when all has gone well, and is removed when not."""
    check_way(out, overwrite)
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        yield aside
        check_way(out, overwrite)
        aside.chmod(0o755)
        if out.exists():
            before = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
            out.replace(before)
            aside.replace(out)
            shutil.rmtree(before)
        else:
            aside.replace(out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def write_manifest(folder: Path, about: dict[str, Any]) -> None:
    """Write what the model is: the version, its parts and the digests of its files, and `about`."""
    every = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.name != MANIFEST)
    files = {file.relative_to(folder).as_posix(): sha256_of(file) for file in every}
    told = {
        "form": FORM,
        "bulletinnlp": __version__,
        "parts": [part for part in PARTS if (folder / part).is_dir()],
        "vocabulary": fingerprint(resource("names")),
        **about,
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
