"""The network of events out of the graphs that ship, as it was but for the rounding of its weights.

The other way round than `export.py`. The graphs hold products of weights that the network has apart: the tables of
words and marks times the first layer. These become the first layer itself, and the tables ones that change nothing.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from bulletinnlp.events.candidates import SIZES
from bulletinnlp.events.character_marks import MARKS
from bulletinnlp.finetune.events.reader_network import Design, Reader
from bulletinnlp.finetune.graph import constants
from bulletinnlp.names.encoder import WIDTH

Floats = NDArray[np.float32]
Stored = dict[str, NDArray[np.generic]]
#: The spread of a column of the tables of characters and pairs, which the graph does not hold.
SPREAD = 0.3
#: Heads without a bias.
UNBIASED = ("of_mention", "of_both", "from_beside", "object")
HEADS = (
    "trigger", "mention", "of_trigger", "second", "roles", "query", "pointers", "nothing", "head", "kind", "types",
    "flags", *UNBIASED,
)  # fmt: skip


def restore(folder: Path | Traversable) -> tuple[Reader, list[float]]:
    """The network in a folder that `export` wrote, and the highest activation of each layer."""
    encoder, heads = (constants(folder / f"{name}.onnx") for name in ("encoder", "heads"))
    layers = sum(name.startswith("scale") and name[5:].isdigit() for name in encoder)
    design = replace(Design(), words=WIDTH, marks=len(MARKS))
    if layers != len(design.dilations):
        raise ValueError(f"{folder}: a network of {layers} layers is not one that can be trained further")
    weights = {**_encoder(encoder, design), **_heads(heads)}
    weights["key.weight"] = _real(encoder["key_weight"]).T
    weights["tags.weight"], weights["tags.bias"] = _real(encoder["tags_weight"]).T, _real(encoder["tags_bias"])
    model = Reader(len(weights["encoder.char.weight"]), len(weights["encoder.pair.weight"]), design)
    model.load_state_dict({name: torch.tensor(np.ascontiguousarray(value)) for name, value in weights.items()})
    for table in (model.encoder.words, model.encoder.marks):
        table.weight.requires_grad_(False)
    return model, [float(encoder[f"scale{number}"]) * 255 for number in range(layers)]


def _real(values: NDArray[np.generic]) -> Floats:
    return values.astype(np.float32)


def _encoder(stored: Stored, design: Design) -> dict[str, Floats]:
    """The weights of the encoder: `export._enter` and `export._layer`."""
    enter = _real(stored["enter_weight"]) * _real(stored["enter_columns"])
    ends = np.cumsum([0, design.char, design.pair, design.words, design.marks, design.sense, design.sense]).tolist()
    weights: dict[str, Floats] = {}
    for number, name in enumerate(("char", "pair", "words", "marks", "char_sense", "pair_sense")):
        rows = enter[ends[number] : ends[number + 1]]
        if name in ("words", "marks"):
            rows *= 127
            weights[f"encoder.{name}.weight"] = np.eye(len(rows), dtype=np.float32)
            continue
        table = _real(stored[f"{name}_table"]) - 128
        spread = _real(stored[f"{name}_scale"]) if "sense" in name else SPREAD / np.maximum(table.std(axis=0), 1)
        rows /= spread[:, None]
        weights[f"encoder.{name}.weight"] = table * spread
    weights["encoder.enter.weight"], weights["encoder.enter.bias"] = enter.T, _real(stored["enter_bias"])
    for number in range(len(design.dilations)):
        kernel = _real(stored[f"layer{number}_weight"]) * _real(stored[f"layer{number}_columns"])
        kernel = kernel.reshape(3, -1, kernel.shape[1])
        weights[f"encoder.layers.{number}.weight"] = kernel.transpose(2, 1, 0)
        weights[f"encoder.layers.{number}.bias"] = _real(stored[f"layer{number}_bias"])
    return weights


def _heads(stored: Stored) -> dict[str, Floats]:
    """The weights of the heads: `export.heads`."""

    def matrix(name: str) -> Floats:
        return _real(stored[f"{name}_small"]) * _real(stored[f"{name}_scale"])

    weights = {f"{name}.weight": matrix(f"{name}_weight").T for name in HEADS}
    weights |= {f"{name}.bias": _real(stored[f"{name}_bias"]) for name in HEADS if name not in UNBIASED}
    weights |= {f"features.{number}.weight": matrix(f"table{number}") for number in range(len(SIZES))}
    weights["beside.weight"], weights["distance.weight"] = matrix("beside_table"), matrix("distance_table")
    return weights
