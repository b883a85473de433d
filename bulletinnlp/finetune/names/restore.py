"""The networks of names out of the graph that ships, as they were but for the rounding of their weights."""

from __future__ import annotations

import json
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from bulletinnlp.finetune.graph import constants
from bulletinnlp.finetune.names.tagger_network import Design, Tagger
from bulletinnlp.names.encoder import Encoder


def restore(folder: Path | Traversable, encode: Encoder) -> list[Tagger]:
    """The networks in a folder that `export` wrote, as they were but for the rounding to int8."""
    stored = constants(folder / "tagger.onnx")
    designs = json.loads((folder / "tagger.json").read_text(encoding="utf-8"))["designs"]
    with (folder / "vocabulary.npz").open("rb") as file, np.load(file) as saved:
        steps = saved["steps"]
    return [network(stored, f"m{number}_", Design(**design), encode, steps) for number, design in enumerate(designs)]


def network(
    stored: dict[str, NDArray[np.float32]], mark: str, design: Design, encode: Encoder, steps: NDArray[np.float32]
) -> Tagger:
    """One network of the graph: the other way round than `export.network`."""

    def table(name: str) -> NDArray[np.float32]:
        return stored[f"{mark}{name}_table"].astype(np.float32) * stored[f"{mark}{name}_scale"]

    def matrix(name: str) -> NDArray[np.float32]:
        return stored[f"{mark}{name}_small"].astype(np.float32) * stored[f"{mark}{name}_scale"]

    # Gates i, o, f, c of ONNX become PyTorch's i, f, g, o.
    order = np.concatenate([np.arange(design.hidden) + design.hidden * gate for gate in (0, 2, 3, 1)])
    weights = {
        "char.weight": table("chars"),
        "pair.weight": table("pairs"),
        "words.weight": stored[f"{mark}words_weight"].T,
        "corpus.weight": stored[f"{mark}corpus_table"],
        "out.weight": stored[f"{mark}out_weight"].T,
        "out.bias": stored[f"{mark}out_bias"],
        "own.weight": stored[f"{mark}own_table"],
        "steps": steps,
    }
    kernel, recurrent, bias = matrix("W"), matrix("R"), stored[f"{mark}B"]
    for number, side in enumerate(("l0", "l0_reverse")):
        weights[f"lstm.weight_ih_{side}"] = kernel[number][order]
        weights[f"lstm.weight_hh_{side}"] = recurrent[number][order]
        for part, half in zip(("ih", "hh"), np.split(bias[number], 2), strict=True):
            weights[f"lstm.bias_{part}_{side}"] = half[order]
    model = Tagger(len(encode.chars) + 2, len(encode.pairs) + 2, design)
    model.load_state_dict({name: torch.tensor(np.ascontiguousarray(value)) for name, value in weights.items()})
    return model
