"""ONNX graphs, built node by node; large weights are stored as int8 with a scale."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

#: Name, type and shape of each input or output of a graph.
Values = Sequence[tuple[str, int, Any]]


class Builder:
    """Collects the nodes and constants of a graph. `mark` keeps the names of one network apart from another's."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.mark = ""

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Add a constant; the name that it has in the graph."""
        self.constants.append(numpy_helper.from_array(value, self.mark + name))
        return self.mark + name

    def node(self, kind: str, inputs: list[str], output: str, **options: Any) -> str:
        """Add a node; the name of its output in the graph."""
        self.nodes.append(helper.make_node(kind, inputs, [self.mark + output], **options))
        return self.mark + output

    def matrix(self, name: str, values: NDArray[Any]) -> str:
        """Weights that are stored as int8 with a scale for each row."""
        scale = np.maximum(np.abs(values).max(axis=-1, keepdims=True) / 127, 1e-12).astype(np.float32)
        stored = self.constant(f"{name}_small", np.round(values / scale).astype(np.int8))
        stored = self.node("Cast", [stored], f"{name}_cast", to=TensorProto.FLOAT)
        return self.node("Mul", [stored, self.constant(f"{name}_scale", scale)], name)

    def look_up(self, name: str, values: NDArray[Any]) -> str:
        """Rows of an embedding table by the input `name`; the table is int8 with one scale."""
        scale = np.array(np.abs(values).max() / 127, dtype=np.float32)
        table = self.constant(f"{name}_table", np.round(values / scale).astype(np.int8))
        picked = self.node("Gather", [table, name], f"{name}_picked")
        picked = self.node("Cast", [picked], f"{name}_cast", to=TensorProto.FLOAT)
        return self.node("Mul", [picked, self.constant(f"{name}_scale", scale)], f"{name}_vector")

    def model(self, name: str, inputs: Values, outputs: Values, *domains: str) -> onnx.ModelProto:
        """The graph as a checked model; inputs and outputs have a name, a type and a shape."""
        first, last = ([helper.make_tensor_value_info(*value) for value in some] for some in (inputs, outputs))
        made = helper.make_graph(self.nodes, name, first, last, self.constants)
        sets = [helper.make_opsetid("", 17), *(helper.make_opsetid(domain, 1) for domain in domains)]
        saved = helper.make_model(made, opset_imports=sets, ir_version=9)
        onnx.checker.check_model(saved)
        return saved


def constants(path: Path | Traversable) -> dict[str, NDArray[Any]]:
    """The constants of a graph that was saved, by name."""
    graph = onnx.load_model_from_string(path.read_bytes()).graph
    return {constant.name: numpy_helper.to_array(constant) for constant in graph.initializer}
