"""From a trained tagger to what ships: an ONNX graph (weights as int8), the vocabulary, and a note of what it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto

from bulletinnlp.finetune.graph import Builder
from bulletinnlp.finetune.names.samples import CORPORA
from bulletinnlp.finetune.names.tagger_network import Tagger
from bulletinnlp.names.decoding import TAGS
from bulletinnlp.names.encoder import WIDTH, Encoder


def export(models: Sequence[Tagger], encode: Encoder, folder: Path, about: dict[str, Any]) -> None:
    """Write `tagger.onnx`, `vocabulary.npz`, `words.xz` and `tagger.json` into `folder`.

    Several models read side by side in one graph, and the mean of their scores counts.
    """
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(graph(models), folder / "tagger.onnx")
    steps = sum(np.asarray(model.steps.detach().numpy()) * model.design.crf for model in models) / len(models)
    _save(encode, folder, np.asarray(steps, dtype=np.float32))
    note = {"corpora": list(CORPORA), "tags": list(TAGS), **about}
    (folder / "tagger.json").write_text(json.dumps(note, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _save(encode: Encoder, folder: Path, steps: NDArray[np.float32]) -> None:
    """Write the vocabulary's two files: `vocabulary.npz` (with the scores of the steps between tags) and `words.xz`."""
    chars = np.array([ord(char) for char in encode.chars], np.uint32)
    np.savez_compressed(folder / "vocabulary.npz", chars=chars, pairs=encode.pairs.astype(np.uint32), steps=steps)
    encode.dictionary.write(folder / "words.xz")


def graph(models: Sequence[Tagger]) -> onnx.ModelProto:
    """The networks as an ONNX graph: inputs chars, pairs, words, corpus, lengths; output scores.

    Large weights are stored as int8 with a scale and become floats when the session is made: the sums are those of
    floats. ONNX Runtime's own int8 LSTM (`quantize_dynamic`) is a third faster, but it scales its inputs by the largest
    of the batch, so that what is found in a sentence depends on the sentences that are read with it: names differed in
    5 of 120 articles (`tests/names/test_batches.py`).
    """
    build = Builder()
    every = []
    for number, model in enumerate(models):
        build.mark = f"m{number}_"
        every.append(network(build, model))
    build.mark = ""
    build.node("Mean", every, "scores")
    rows, length = "rows", "length"
    inputs = (
        ("chars", TensorProto.INT64, [rows, length]),
        ("pairs", TensorProto.INT64, [rows, length]),
        ("words", TensorProto.UINT8, [rows, length, WIDTH]),
        ("corpus", TensorProto.INT64, [rows]),
        ("lengths", TensorProto.INT32, [rows]),
    )
    return build.model("names", inputs, [("scores", TensorProto.FLOAT, [rows, length, len(TAGS)])])


def network(build: Builder, model: Tagger) -> str:
    """Add one network to the graph; the name of its scores."""
    weights = {name: tensor.detach().numpy() for name, tensor in model.state_dict().items()}
    constant, node = build.constant, build.node
    size = model.design.hidden
    chars = build.look_up("chars", weights["char.weight"])
    pairs = build.look_up("pairs", weights["pair.weight"])
    bits = node("Cast", ["words"], "bits", to=TensorProto.FLOAT)
    words = node("MatMul", [bits, constant("words_weight", weights["words.weight"].T.copy())], "words_vector")
    one = constant("one", np.array([1]))
    own = node("Gather", [constant("corpus_table", weights["corpus.weight"]), "corpus"], "corpus_row")
    own = node("Unsqueeze", [own, one], "corpus_rows")
    shape = node("Concat", [node("Shape", ["chars"], "shape"), one], "wide", axis=0)
    own = node("Expand", [own, shape], "corpus_vector")
    x = node("Concat", [chars, pairs, words, own], "x", axis=2)
    x = node("Transpose", [x], "x_by_step", perm=[1, 0, 2])
    kernel, recurrent, bias = lstm_weights(weights, size)
    inputs = [x, build.matrix("W", kernel), build.matrix("R", recurrent), constant("B", bias), "lengths"]
    y = node("LSTM", inputs, "y", hidden_size=size, direction="bidirectional")
    y = node("Transpose", [y], "y_by_row", perm=[2, 0, 1, 3])
    y = node("Reshape", [y, constant("flat", np.array([0, 0, 2 * size]))], "y_flat")
    y = node("MatMul", [y, constant("out_weight", weights["out.weight"].T.copy())], "product")
    y = node("Add", [y, constant("out_bias", weights["out.bias"])], "sum")
    row = node("Gather", [constant("own_table", weights["own.weight"]), "corpus"], "own_row")
    return node("Add", [y, node("Unsqueeze", [row, one], "own_rows")], "own_scores")


def lstm_weights(weights: dict[str, NDArray[Any]], size: int) -> tuple[NDArray[Any], ...]:
    """PyTorch's LSTM weights as ONNX wants them: gates i, o, f, c instead of i, f, g, o."""
    order = np.concatenate([np.arange(size) + size * gate for gate in (0, 3, 1, 2)])
    sides = ("l0", "l0_reverse")
    kernel = np.stack([weights[f"lstm.weight_ih_{side}"][order] for side in sides])
    recurrent = np.stack([weights[f"lstm.weight_hh_{side}"][order] for side in sides])
    bias = np.stack(
        [np.concatenate([weights[f"lstm.bias_{part}_{side}"][order] for part in ("ih", "hh")]) for side in sides]
    )
    return kernel, recurrent, bias
