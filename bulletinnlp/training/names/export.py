"""From a trained tagger to what ships: an int8 ONNX graph, the vocabulary, and a note of what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from bulletinnlp.names.features import WIDTH, Encoder
from bulletinnlp.training.names import vocabulary
from bulletinnlp.training.names.corpora import CORPORA
from bulletinnlp.training.names.network import TAGS, Tagger


def export(model: Tagger, encode: Encoder, folder: Path, about: dict[str, Any]) -> None:
    """Write `tagger.onnx`, `vocabulary.npz`, `words.xz` and `tagger.json` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(graph(model), folder / "tagger.onnx")
    steps = model.steps.detach().numpy() if model.design.crf else np.zeros((len(TAGS), len(TAGS)), np.float32)
    vocabulary.save(encode, folder, steps)
    note = {"corpora": list(CORPORA), "tags": list(TAGS), **about}
    (folder / "tagger.json").write_text(json.dumps(note, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def graph(model: Tagger) -> onnx.ModelProto:
    """The network as an ONNX graph: inputs chars, pairs, words, corpus, lengths; output scores.

    Large weights are stored as int8 with a scale, and are floats again when the session is made. The sums are those of
    floats: with ONNX Runtime's int8 LSTM, which scales its inputs by the largest of the batch, what is found in a
    sentence would depend on the sentences that are read with it (2 of 120 articles differed).
    """
    weights = {name: tensor.detach().numpy() for name, tensor in model.state_dict().items()}
    nodes: list[onnx.NodeProto] = []
    constants: list[onnx.TensorProto] = []

    def constant(name: str, value: NDArray[Any]) -> str:
        constants.append(numpy_helper.from_array(value, name))
        return name

    def node(kind: str, inputs: list[str], output: str, **options: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], **options))
        return output

    def small(name: str, values: NDArray[Any]) -> str:
        """A matrix a direction as int8, with a scale for each row."""
        scale = (np.abs(values).max(axis=-1, keepdims=True) / 127).astype(np.float32)
        table = constant(f"{name}_small", np.round(values / scale).astype(np.int8))
        return node("Mul", [node("Cast", [table], f"{name}_cast", to=TensorProto.FLOAT),
                            constant(f"{name}_scale", scale)], name)  # fmt: skip

    def look_up(name: str) -> str:
        """An embedding table as int8 with a scale for the table."""
        values = weights[f"{name[:-1]}.weight"]
        scale = np.array(np.abs(values).max() / 127, dtype=np.float32)
        table = constant(f"{name}_table", np.round(values / scale).astype(np.int8))
        picked = node("Cast", [node("Gather", [table, name], f"{name}_picked")], f"{name}_cast", to=TensorProto.FLOAT)
        return node("Mul", [picked, constant(f"{name}_scale", scale)], f"{name}_vector")

    chars, pairs = look_up("chars"), look_up("pairs")
    bits = node("Cast", ["words"], "bits", to=TensorProto.FLOAT)
    words = node("MatMul", [bits, constant("words_weight", weights["words.weight"].T.copy())], "words_vector")
    own = node("Gather", [constant("corpus_table", weights["corpus.weight"]), "corpus"], "corpus_row")
    own = node("Unsqueeze", [own, constant("one", np.array([1]))], "corpus_rows")
    shape = node("Concat", [node("Shape", ["chars"], "shape"), "one"], "wide", axis=0)
    own = node("Expand", [own, shape], "corpus_vector")
    x = node("Concat", [chars, pairs, words, own], "x", axis=2)
    x = node("Transpose", [x], "x_by_step", perm=[1, 0, 2])
    size = model.design.hidden
    kernel, recurrent, bias = lstm_weights(weights, size)
    inputs = [x, small("W", kernel), small("R", recurrent), constant("B", bias), "lengths"]
    y = node("LSTM", inputs, "y", hidden_size=size, direction="bidirectional")
    y = node("Transpose", [y], "y_by_row", perm=[2, 0, 1, 3])
    y = node("Reshape", [y, constant("flat", np.array([0, 0, 2 * size]))], "y_flat")
    y = node("MatMul", [y, constant("out_weight", weights["out.weight"].T.copy())], "product")
    y = node("Add", [y, constant("out_bias", weights["out.bias"])], "sum")
    bias_row = node("Gather", [constant("own_table", weights["own.weight"]), "corpus"], "own_row")
    node("Add", [y, node("Unsqueeze", [bias_row, "one"], "own_rows")], "scores")
    rows, length = "rows", "length"
    values = [
        helper.make_tensor_value_info("chars", TensorProto.INT64, [rows, length]),
        helper.make_tensor_value_info("pairs", TensorProto.INT64, [rows, length]),
        helper.make_tensor_value_info("words", TensorProto.UINT8, [rows, length, WIDTH]),
        helper.make_tensor_value_info("corpus", TensorProto.INT64, [rows]),
        helper.make_tensor_value_info("lengths", TensorProto.INT32, [rows]),
    ]
    scores = helper.make_tensor_value_info("scores", TensorProto.FLOAT, [rows, length, len(TAGS)])
    made = helper.make_graph(nodes, "names", values, [scores], constants)
    saved = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(saved)
    return saved


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
