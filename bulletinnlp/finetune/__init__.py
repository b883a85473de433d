"""The shipped networks, trained further on articles that you have corrected.

    bulletinnlp annotate tables/ --out gold/     articles as marked text, with what was found
    …                                            correct them in an editor
    bulletinnlp train gold/ --out model/
    bulletinnlp extract pages/ --out tables/ --model model/

Fifty articles take minutes on one core. How much better a model reads: `bulletinnlp/data/names/README.md` and
`bulletinnlp/data/events/README.md`, under "Trained further by users".

| to see | open |
| --- | --- |
| from a folder of articles to the folder of a model | `tune.py`, `folder.py`, `card.py` |
| what is learned from, and what is held out | `corrections.py`, `names/samples.py`, `events/samples.py` |
| the networks in PyTorch | `names/tagger_network.py`, `events/reader_network.py` |
| how they are trained further | `names/tuning.py`, `events/tuning.py`; what both share, `steps.py` |
| there and back between PyTorch and what ships | `export.py`, `restore.py` of each; `graph.py` |
| figures on what was held out | `figures.py` |

The recipes that made what ships (`training`, in the repository) build on the same networks.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bulletinnlp.finetune.tune import Trained

__all__ = ["train"]
#: What the extra `training` holds.
_NEEDED = {"torch": "PyTorch", "onnx": "onnx"}


def train(
    folder: str | Path,
    out: str | Path,
    *,
    held_out: float = 0.1,
    overwrite: bool = False,
    watch: Any = None,
    names: dict[str, Any] | None = None,
    events: dict[str, Any] | None = None,
) -> Trained:
    """Train the shipped networks of names and events further on corrected articles, and write a model folder.

    `folder` holds marked texts (`bulletinnlp.evaluation.marked`), or is one. Articles whose events are not annotated
    (no list `events:`) teach names alone. A share of the articles, `held_out`, is not learned from: on it the networks
    as they ship and the new ones are measured, and the figures stand in the model's card, `README.md`. `overwrite`
    replaces a model that is there and that nobody has changed. `watch` is a `rich.progress.Progress`. `names` and
    `events` change settings: `{"rate": 5e-4, "epochs": 10}` (`NamesSettings`, `EventsSettings`).

    Takes minutes on one core for 50 articles. Nothing is left behind where it fails or is interrupted.

    Raises ModuleNotFoundError without the extra `training`, FileNotFoundError where there is no marked text,
    `MarkedTextError` (a ValueError), before anything is trained, that names all that is wrong in it, ValueError where
    there is nothing to learn and for settings that do not exist, FileExistsError if something is in the way of `out`.

    A model is used by its folder:

    >>> trained = train("corrected/", "model/")  # doctest: +SKIP
    >>> bulletinnlp.load(model="model/")("昨日，贺秋实到柳林镇。").ents  # doctest: +SKIP
    (贺秋实, 柳林镇)
    """
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        extras = " and ".join(_NEEDED[name] for name in missing)
        raise ModuleNotFoundError(f"training needs {extras}: pip install 'bulletinnlp[training]'", name=missing[0])
    from bulletinnlp.finetune.events.tuning import EventsSettings
    from bulletinnlp.finetune.names.tuning import NamesSettings
    from bulletinnlp.finetune.tune import tune

    try:
        settings = NamesSettings(**names or {}), EventsSettings(**events or {})
    except TypeError as error:
        raise ValueError(f"there is no such setting: {str(error).partition('() ')[2]}") from None
    return tune(folder, out, held_out, overwrite, watch, *settings)
