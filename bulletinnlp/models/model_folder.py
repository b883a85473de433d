"""A folder that `bulletinnlp train` wrote: networks that take the place of those that ship.

    MODEL/
      bulletinnlp-model.json   what it is: version, digests of its files, counts, figures
      README.md                its card
      names/                   tagger.onnx, tagger.json, vocabulary.npz, words.xz
      events/                  encoder.onnx, heads.onnx

One of `names` and `events` may be missing; the network that ships stays in its place then, and the linear models of the
events stage stay in any case.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bulletinnlp.pages.plain_files import sha256_of

MANIFEST = "bulletinnlp-model.json"
#: The form of the folder. A later form has a higher number.
FORM = 1
#: What each part must hold.
PARTS = {
    "names": ("tagger.onnx", "tagger.json", "vocabulary.npz", "words.xz"),
    "events": ("encoder.onnx", "heads.onnx"),
}


def weights_of(folder: str | Path) -> dict[str, str]:
    """The folders of the networks that a model holds, by stage: `{"names": "…/names", "events": "…/events"}`.

    Raises FileNotFoundError where there is no such folder, ValueError where it is no model of ours, is damaged, or was
    trained from the networks of another version. The message is one line.

    >>> weights_of("seeds-of-nothing")
    Traceback (most recent call last):
      ...
    FileNotFoundError: model seeds-of-nothing: there is no such folder
    """
    path = Path(folder)
    if not path.is_dir():
        hidden = before(path)
        where = f"; training was ended while it was replaced, and it is in {hidden}" if read_manifest(hidden) else ""
        raise FileNotFoundError(f"model {folder}: there is no such folder{where}")
    manifest = read_manifest(path)
    if manifest is None:
        raise ValueError(f"model {folder}: this is no model that `bulletinnlp train` wrote (no {MANIFEST} in it)")
    if manifest["form"] != FORM:
        raise ValueError(f"model {folder}: its form is {manifest['form']}, this version reads form {FORM}")
    parts = [part for part in PARTS if part in manifest["parts"]]
    for name in (f"{part}/{file}" for part in parts for file in PARTS[part]):
        if not (path / name).is_file():
            raise ValueError(f"model {folder}: {name} is missing")
        if sha256_of(path / name) != manifest["files"].get(name):
            raise ValueError(f"model {folder}: {name} is not what was written; it is damaged, or was changed")
    from bulletinnlp.data import resource
    from bulletinnlp.names.tagger import fingerprint

    if manifest["vocabulary"] != fingerprint(resource("names")):
        reason = f"it was trained with bulletinnlp {manifest['bulletinnlp']}, whose vocabulary was another"
        raise ValueError(f"model {folder}: {reason}; train it anew")
    return {part: str((path / part).resolve()) for part in parts}


def before(folder: Path) -> Path:
    """Where a model stands while another one takes its place."""
    return folder.with_name(f".{folder.name}.before")


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """What the manifest of a model says; None if the folder holds no manifest of ours."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or not found.keys() >= {"form", "bulletinnlp", "parts", "files", "vocabulary"}:
        return None
    return found
