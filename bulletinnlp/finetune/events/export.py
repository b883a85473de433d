"""From a trained network to what ships: two ONNX graphs, weights as int8.

The encoder's convolutions run in integers: activations are never negative and are stored as 8 bits with a scale that is
fixed beforehand for each layer (`calibrate`), so that what is found does not depend on what is read beside it; weights
have 7 bits, so that no processor's sums overflow and every machine gives the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto
from torch.nn import functional

from bulletinnlp.annotations import EVENT_TYPES
from bulletinnlp.events.candidates import ROLES, SIZES
from bulletinnlp.events.character_marks import MARKS
from bulletinnlp.finetune.events.calibration import Calibration
from bulletinnlp.finetune.events.reader_network import Batch, Design, Reader
from bulletinnlp.finetune.graph import Builder
from bulletinnlp.names.encoder import WIDTH

Weights = dict[str, NDArray[np.float32]]
#: The largest number of a weight.
TOP = 63


def export(
    model: Reader, calibration: Sequence[Batch], folder: Path, tuned: Calibration, least: Sequence[float] = ()
) -> None:
    """Write `encoder.onnx` and `heads.onnx` into `folder`.

    Slope and offset of the scores go into the last layer of the tags. `least` says for each layer down to which
    activation its scale reaches, whatever the batches hold.
    """
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.detach().numpy() for name, tensor in model.state_dict().items()}
    weights["tags.weight"] = weights["tags.weight"] * np.float32(tuned.slope)
    shift = np.array([tuned.offset, 0.0, 0.0], np.float32)
    weights["tags.bias"] = weights["tags.bias"] * np.float32(tuned.slope) - shift
    floor = least or [0.0] * len(model.encoder.layers)
    scales = [max(pair) for pair in zip(calibrate(model, calibration), floor, strict=True)]
    onnx.save(encoder(model, weights, scales), folder / "encoder.onnx")
    onnx.save(heads(model, weights), folder / "heads.onnx")


@torch.no_grad()
def calibrate(model: Reader, batches: Sequence[Batch], share: float = 0.9999) -> list[float]:
    """For each layer the activation that only one in ten thousand exceeds."""
    model.eval()
    net = model.encoder
    tops: list[list[float]] = [[] for _ in net.layers]
    for batch in batches:
        x, filled = net.entered(batch.chars, batch.pairs, batch.words, batch.marks)
        for number, (layer, dilation) in enumerate(zip(net.convolutions(), net.design.dilations, strict=True)):
            values = x[batch.chars != 0].flatten()
            tops[number].append(float(torch.quantile(values[torch.randperm(len(values))[:1_000_000]], share)))
            y = functional.conv1d(x.transpose(1, 2), layer.weight, layer.bias, padding=dilation, dilation=dilation)
            x = (x + torch.relu(y.transpose(1, 2))) * filled
    return [max(top) for top in tops]


def quantized(values: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix as small integers with a scale for each column."""
    scale = np.maximum(np.abs(values).max(axis=0), 1e-8) / TOP
    return np.round(values / scale).astype(np.int8), scale.astype(np.float32)


def encoder(model: Reader, weights: Weights, scales: Sequence[float]) -> onnx.ModelProto:
    """The encoder and the scores of tags: inputs chars, pairs, words, marks; outputs vectors, tags."""
    build = Builder()
    constant, node = build.constant, build.node
    x = _enter(build, weights, model.design)
    zero = constant("zero", np.array(0, np.int64))
    filled = node("Not", [node("Equal", ["chars", zero], "empty")], "known_flag")
    filled = node("Cast", [filled], "known_byte", to=TensorProto.UINT8)
    filled = node("Unsqueeze", [filled, constant("last", np.array([2]))], "known")
    for number, (scale, dilation) in enumerate(zip(scales, model.design.dilations, strict=True)):
        kernel = weights[f"encoder.layers.{number}.weight"].transpose(2, 1, 0)
        kernel = kernel.reshape(-1, kernel.shape[2])
        x = _layer(build, number, x, kernel, weights[f"encoder.layers.{number}.bias"], scale / 255, dilation, filled)
    # Half precision for what is kept of every character: a long article has many.
    node("Cast", [x], "vectors", to=TensorProto.FLOAT16)
    keys = node("MatMul", [x, constant("key_weight", weights["key.weight"].T.copy())], "keys_float")
    node("Cast", [keys], "keys", to=TensorProto.FLOAT16)
    tags = node("MatMul", [x, constant("tags_weight", weights["tags.weight"].T.copy())], "tags_product")
    tags = node("Add", [tags, constant("tags_bias", weights["tags.bias"])], "tags_score")
    node("Softmax", [tags], "tags", axis=-1)
    shape = ["rows", "length"]
    values = [
        ("chars", TensorProto.INT64, shape),
        ("pairs", TensorProto.INT64, shape),
        ("words", TensorProto.UINT8, [*shape, WIDTH]),
        ("marks", TensorProto.UINT8, [*shape, len(MARKS)]),
    ]
    outputs = [
        ("vectors", TensorProto.FLOAT16, [*shape, model.design.wide]),
        ("keys", TensorProto.FLOAT16, [*shape, model.design.pointer]),
        ("senses", TensorProto.FLOAT16, [*shape, 2 * model.design.sense]),
        ("tags", TensorProto.FLOAT, [*shape, 3]),
    ]
    return build.model("encoder", values, outputs, "com.microsoft")


def _enter(build: Builder, weights: Weights, design: Design) -> str:
    """Tables of characters and pairs, and the bits of words and marks, through the first layer in integers.

    All inputs are stored around 128: a table's row as 128 plus its numbers, a bit as 128 or 255. The rows of the senses
    are an output, too.
    """
    constant, node = build.constant, build.node
    enter = weights["encoder.enter.weight"].T
    ends = np.cumsum([0, design.char, design.pair, design.words, design.marks, design.sense, design.sense])
    names = ("char", "pair", "words", "marks", "char_sense", "pair_sense")
    parts, rows, senses = [], [], []
    for name, first, last in zip(names, ends[:-1], ends[1:], strict=True):
        weight = weights[f"encoder.{name}.weight"]
        if name in ("words", "marks"):
            high = node("Mul", [name, constant(f"{name}_127", np.array(127, np.uint8))], f"{name}_high")
            parts.append(node("Add", [high, constant(f"{name}_128", np.array(128, np.uint8))], f"{name}_byte"))
            rows.append(weight.T @ enter[first:last] / 127)
            continue
        scale = np.abs(weight).max(axis=0) / 127
        stored = constant(f"{name}_table", (np.round(weight / scale) + 128).astype(np.uint8))
        parts.append(node("Gather", [stored, f"{name[:4]}s"], f"{name}_row"))
        rows.append(enter[first:last] * scale[:, None])
        if "sense" in name:
            real = node("Cast", [parts[-1]], f"{name}_cast", to=TensorProto.FLOAT)
            real = node("Sub", [real, constant(f"{name}_middle", np.array(128, np.float32))], f"{name}_signed")
            senses.append(node("Mul", [real, constant(f"{name}_scale", scale.astype(np.float32))], f"{name}_real"))
    node("Cast", [node("Concat", senses, "senses_float", axis=2)], "senses", to=TensorProto.FLOAT16)
    x = node("Concat", parts, "enter_bytes", axis=2)
    return _product(build, "enter", x, np.concatenate(rows), weights["encoder.enter.bias"], 1.0, 128)


def _product(
    build: Builder, name: str, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32], scale: float, zero: int
) -> str:
    """relu(x · weight + bias) for bytes `x` of this scale and zero."""
    small, columns = quantized(weight)
    inputs = [
        x, build.constant(f"{name}_weight", small), build.constant(f"{name}_scale", np.array(scale, np.float32)),
        build.constant(f"{name}_columns", columns), build.constant(f"{name}_zero", np.array(zero, np.uint8)), "",
        build.constant(f"{name}_bias", bias),
    ]  # fmt: skip
    y = build.node("MatMulIntegerToFloat", inputs, f"{name}_sum", domain="com.microsoft")
    return build.node("Relu", [y], f"{name}_out")


def _layer(
    build: Builder, number: int, x: str, kernel: NDArray[np.float32], bias: NDArray[np.float32], scale: float,
    dilation: int, filled: str,
) -> str:  # fmt: skip
    """x + relu(convolution of x), which sees nothing where no character is."""
    constant, node = build.constant, build.node
    blank = constant(f"blank{number}", np.array(0, np.uint8))
    small = node("QuantizeLinear", [x, constant(f"scale{number}", np.array(scale, np.float32)), blank], f"all{number}")
    small = node("Mul", [small, filled], f"small{number}")
    pads = constant(f"pads{number}", np.array([0, dilation, 0, 0, dilation, 0]))
    padded = node("Pad", [small, pads, blank], f"padded{number}")
    axis = constant(f"axis{number}", np.array([1]))
    edges = {"start": 0, "end": 1 << 40, "back": -2 * dilation, "on": 2 * dilation}
    at = {name: constant(f"{name}{number}", np.array([value])) for name, value in edges.items()}
    left = node("Slice", [padded, at["start"], at["back"], axis], f"left{number}")
    right = node("Slice", [padded, at["on"], at["end"], axis], f"right{number}")
    three = node("Concat", [left, small, right], f"three{number}", axis=2)
    y = _product(build, f"layer{number}", three, kernel, bias, scale, 0)
    return node("Add", [x, y], f"x{number + 1}")


def _within(build: Builder, pointers: str, nothing: str) -> str:
    """For each predicate the chance of each character of its window to be in its object, as a row."""
    constant, node = build.constant, build.node
    one, last = constant("second_axis", np.array(1)), constant("second_axes", np.array([1]))
    first = node("Gather", [pointers, constant("first_column", np.array(0))], "first", axis=2)
    final = node("Gather", [pointers, constant("last_column", np.array(1))], "final", axis=2)
    first = node("Softmax", [node("Concat", [first, nothing], "first_or_none", axis=1)], "first_chances", axis=-1)
    ends = [constant("from_first", np.array([0])), constant("to_last", np.array([-1]))]
    first = node("Slice", [first, *ends, last], "first_chance")
    final = node("Softmax", [final], "final_chance", axis=-1)
    begun = node("CumSum", [first, one], "begun")
    ended = node("Sub", [node("CumSum", [final, one], "ended_too"), final], "ended")
    open_ = node("Sub", [constant("certain", np.array(1, np.float32)), ended], "open")
    return node("Unsqueeze", [node("Mul", [begun, open_], "within_chance"), last], "within")


def heads(model: Reader, weights: Weights) -> onnx.ModelProto:
    """The heads: see `Reader.forward` of the network, which this repeats operator by operator."""
    build = Builder()
    constant, node = build.constant, build.node

    def linear(name: str, x: str, bias: bool = True) -> str:
        y = node("MatMul", [x, build.matrix(f"{name}_weight", weights[f"{name}.weight"].T.copy())], f"{name}_product")
        return node("Add", [y, constant(f"{name}_bias", weights[f"{name}.bias"])], f"{name}_sum") if bias else y

    def relu(x: str) -> str:
        return node("Relu", [x], f"{x.removeprefix(build.mark)}_relu")

    def gathered(table: str, at: str, name: str, rows: int) -> str:
        """Rows of a table side by side: (n, rows) places to (n, rows × wide)."""
        picked = node("Gather", [table, at], f"{name}_rows")
        if table in ("vectors", "senses"):
            picked = node("Cast", [picked], f"{name}_float", to=TensorProto.FLOAT)
        return node("Reshape", [picked, constant(f"{name}_shape", np.array([0, -1]))], name) if rows else picked

    trigger = relu(linear("trigger", gathered("vectors", "triggers", "trigger_ends", 2)))
    mention = relu(linear("mention", gathered("vectors", "places", "mention_ends", 2)))
    own = node("Gather", [trigger, "owner"], "own")
    x = node("Gather", [linear("of_trigger", trigger), "owner"], "of_own")
    both = node("Mul", [own, mention], "both")
    terms = [x, linear("of_mention", mention, False), linear("of_both", both, False)]
    for number in range(len(SIZES)):
        column = node("Gather", ["features", constant(f"column{number}", np.array(number))], f"feature{number}", axis=1)
        table = build.matrix(f"table{number}", weights[f"features.{number}.weight"])
        terms.append(node("Gather", [table, column], f"from_feature{number}"))
    table = build.matrix("beside_table", weights["beside.weight"])
    terms.append(linear("from_beside", gathered(table, "beside", "beside_ends", 2), False))
    x = relu(node("Sum", terms, "pair"))
    x = node("Add", [relu(linear("second", x)), x], "deep")
    node("Identity", [linear("roles", x)], "roles_score")
    keys = node("Cast", [node("Gather", ["keys", "windows"], "seen_half")], "seen", to=TensorProto.FLOAT)
    axis = constant("axis", np.array([1]))
    asked = node("Unsqueeze", [linear("query", trigger), axis], "asked")
    far = node("Gather", [build.matrix("distance_table", weights["distance.weight"]), "distances"], "far")
    hidden = relu(node("Sum", [asked, keys, far], "hidden"))
    last = constant("last", np.array([2]))
    outside = node("Cast", ["outside"], "outside_float", to=TensorProto.FLOAT)
    outside = node("Mul", [outside, constant("low", np.array(-1e4, np.float32))], "outside_low")
    outside = node("Unsqueeze", [outside, last], "outside_wide")
    pointers = node("Add", [linear("pointers", hidden), outside], "pointers_score")
    nothing = linear("nothing", trigger)
    node("Identity", [nothing], "nothing_score")
    within = _within(build, pointers, nothing)
    mean = node("MatMul", [within, keys], "keys_mean")
    objects = relu(linear("object", node("Squeeze", [mean, axis], "keys_flat"), False))
    seen = node("Cast", [node("Gather", ["senses", "windows"], "meant_half")], "meant", to=TensorProto.FLOAT)
    meant = node("Squeeze", [node("MatMul", [within, seen], "meant_mean"), axis], "meant_flat")
    heads_ = node("Gather", [relu(linear("head", "headlines")), "article_of"], "head_own")
    topic = node("Gather", ["topics", "article_of"], "topic_own")
    own_senses = gathered("senses", "triggers", "trigger_senses", 2)
    about = [trigger, objects, heads_, own_senses, meant, topic]
    kind = relu(linear("kind", node("Concat", about, "kind_in", axis=1)))
    node("Identity", [linear("types", kind)], "types_score")
    node("Identity", [linear("flags", trigger)], "flags_score")
    long, real, half = TensorProto.INT64, TensorProto.FLOAT, TensorProto.FLOAT16
    values = [
        ("vectors", half, ["n", model.design.wide]), ("keys", half, ["n", model.design.pointer]),
        ("triggers", long, ["t", 2]),
        ("owner", long, ["o"]), ("places", long, ["o", 2]), ("beside", long, ["o", 2]),
        ("features", long, ["o", len(SIZES)]), ("windows", long, ["t", "w"]),
        ("distances", long, ["t", "w"]), ("outside", TensorProto.BOOL, ["t", "w"]),
        ("senses", half, ["n", 2 * model.design.sense]), ("topics", real, ["a", 2 * model.design.sense]),
        ("headlines", real, ["a", model.design.wide]), ("article_of", long, ["t"]),
    ]  # fmt: skip
    outputs = [
        ("types_score", real, ["t", len(EVENT_TYPES)]), ("flags_score", real, ["t", 2]),
        ("roles_score", real, ["o", len(ROLES) + 3]),
        ("pointers_score", real, ["t", "w", 4]), ("nothing_score", real, ["t", 1]),
    ]  # fmt: skip
    return build.model("heads", values, outputs, "com.microsoft")
