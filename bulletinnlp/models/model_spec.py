"""Model specifications: `embedded`, `hanlp:FOLDER`, `embedded+spacy:zh_core_web_sm`, a folder of `train`."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

import regex

from bulletinnlp.models.model_folder import before

Kind = Literal["embedded", "open", "trained", "hanlp", "spacy", "gazetteer"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: Those that our own stage of names runs.
OWN_MODELS: tuple[Kind, ...] = ("embedded", "open", "trained")
#: A plus sign between two models; one within a path has no model behind it.
_BETWEEN = regex.compile(rf"\+(?=(?:{'|'.join(KINDS)})(?:[:+]|$))")


class ModelSpec(NamedTuple):
    """A source of names: its kind, and what stands behind the colon (a name, a folder, a file), empty if nothing."""

    kind: Kind
    what: str


def is_light(model: str) -> bool:
    """Whether a model is ours alone, with lists of names or without: nothing of it needs PyTorch.

    >>> is_light("embedded+gazetteer:names.tsv"), is_light("embedded+hanlp"), is_light("nothing of the kind")
    (True, False, False)
    """
    try:
        return all(spec.kind in (*OWN_MODELS, "gazetteer") for spec in model_specs(model))
    except ValueError:
        return False


def model_specs(model: str | PathLike[str] | Sequence[str]) -> list[ModelSpec]:
    """The sources of names that `model` asks for, in the order given.

    A folder that `bulletinnlp train` wrote goes by its path, or as `trained:FOLDER`; it takes the place of `embedded`.
    Raises ValueError for one that does not exist, for one that is named twice, and where a name or file is missing.

    >>> model_specs("embedded+hanlp:models/c++")
    [ModelSpec(kind='embedded', what=''), ModelSpec(kind='hanlp', what='models/c++')]
    """
    asked = _BETWEEN.split(str(model)) if isinstance(model, (str, PathLike)) else [str(one) for one in model]
    found = []
    for one in asked:
        kind, colon, what = one.partition(":")
        if kind not in KINDS and one and (Path(one).is_dir() or before(Path(one)).is_dir()):
            kind, what = "trained", one
        wrong = kind not in KINDS or (colon and not what) or (kind in ("embedded", "open") and what)
        if wrong or (kind in ("trained", "spacy", "gazetteer") and not what):
            raise ValueError(
                f"model '{one}' is unknown; choose embedded, open, hanlp, hanlp:NAME-OR-FOLDER, spacy:NAME-OR-FOLDER, "
                "gazetteer:FILE, the folder of a model that you trained, or several joined by +"
            )
        found.append(ModelSpec(cast(Kind, kind), what))
    kinds = ["embedded" if spec.kind in OWN_MODELS else spec.kind for spec in found]
    if not kinds or len(set(kinds)) < len(kinds):
        raise ValueError(
            f"model '{model}' must name at least one source of names, each once, and one of embedded, open, trained"
        )
    return found
