"""Export the original encoder as the folder that ships: weights in 8 bits, and an ONNX graph that refers to them.

The weights are a file of their own, which ONNX Runtime maps into memory: a search opens the encoder in half the time.
The same weights give the same bytes: nothing is random, and nothing depends on the machine.
"""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper
from safetensors import SafetensorError
from safetensors.numpy import load_file

from index.errors import ModelError
from index.recognizer.encoder.folder import DESCRIPTION, FORMAT, NETWORK, WEIGHTS
from index.recognizer.encoder.shape import EPSILON, HEADS, LAYERS, MAX_PIECES, WIDTH, dense_names, norm_names
from index.recognizer.folder import VOCABULARY, digest

__all__ = ["export_encoder"]

_OPSET: Final = 20
# Version of the file format: of the graph that all releases of ONNX Runtime this program accepts can read.
_IR: Final = 9
_LARGEST: Final = 127
# Arrays begin at multiples of a cache line.
_ALIGNMENT: Final = 64
_TYPES: Final = {"int8": TensorProto.INT8, "float32": TensorProto.FLOAT}

_Array = NDArray[Any]
_Floats = NDArray[np.float32]


def export_encoder(weights: Path, output: Path, *, name: str) -> None:
    """Write graph, weights and description to the folder `output`; other files there stay.

    `weights` is the folder of a sentence encoder with the sizes of all-MiniLM-L6-v2. Raises `ModelError` for another.
    """
    source = weights / "model.safetensors"
    for file in (source, weights / "vocab.txt"):
        if not file.is_file():
            raise ModelError(f"There is no {file.name} in {weights}. Name the folder of the original encoder.")
    try:
        original = load_file(source)
    except SafetensorError as error:
        raise ModelError(f"{source} cannot be read: {error}. Download it again.") from error
    arrays = _arrays(original, weights)
    output.mkdir(parents=True, exist_ok=True)
    places = _write_weights(arrays, output / WEIGHTS)
    _write_graph(arrays, places, output / NETWORK)
    (output / DESCRIPTION).write_text("\n".join(_describe(source, output, weights, name)), encoding="utf-8")


def _arrays(original: Mapping[str, _Floats], folder: Path) -> dict[str, _Array]:
    """Return the arrays of the shipped file by name, in their order."""
    words = original.get("embeddings.word_embeddings.weight")
    has_layers = [f"encoder.layer.{number}.output.dense.bias" in original for number in (LAYERS - 1, LAYERS)]
    if words is None or words.shape[1] != WIDTH or has_layers != [True, False]:
        raise ModelError(f"The encoder in {folder} is not one of {LAYERS} layers and width {WIDTH}.")
    arrays: dict[str, _Array] = {}
    # Each row of the table, as each column of a dense step, has a scale of its own.
    arrays["words.weight"], arrays["words.scale"] = _rounded(words, axis=1)
    segment = original["embeddings.token_type_embeddings.weight"][0]
    arrays["positions"] = original["embeddings.position_embeddings.weight"][:MAX_PIECES] + segment
    _take_norm(arrays, "norm", original, "embeddings.LayerNorm")
    for number in range(LAYERS):
        theirs = f"encoder.layer.{number}"
        attention, output = f"{theirs}.attention", f"{theirs}.output"
        sources = (
            f"{attention}.self.query", f"{attention}.self.key", f"{attention}.self.value",
            f"{attention}.output.dense", f"{theirs}.intermediate.dense", f"{output}.dense",
        )  # fmt: skip
        for ours, source in zip(dense_names(number), sources, strict=True):
            # The division of attention by the root of a head's width is part of the weights of the queries.
            factor = 1 / math.sqrt(WIDTH / HEADS) if ours.endswith(".query") else 1.0
            weight, scale = _rounded(original[f"{source}.weight"], axis=1)
            arrays[f"{ours}.weight"] = np.ascontiguousarray(weight.T)
            arrays[f"{ours}.scale"] = (scale * factor).astype(np.float32)
            arrays[f"{ours}.bias"] = (original[f"{source}.bias"] * factor).astype(np.float32)
        for ours, source in zip(
            norm_names(number), (f"{attention}.output.LayerNorm", f"{output}.LayerNorm"), strict=True
        ):
            _take_norm(arrays, ours, original, source)
    return arrays


def _take_norm(arrays: dict[str, _Array], ours: str, original: Mapping[str, _Floats], theirs: str) -> None:
    for part in ("weight", "bias"):
        arrays[f"{ours}.{part}"] = original[f"{theirs}.{part}"]


def _rounded(values: _Floats, *, axis: int) -> tuple[NDArray[np.int8], _Floats]:
    """Return values in 8 bits and the scale of each row."""
    scale = np.maximum(np.abs(values).max(axis=axis), np.finfo(np.float32).tiny) / np.float32(_LARGEST)
    return np.rint(values / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def _write_weights(arrays: Mapping[str, _Array], path: Path) -> dict[str, tuple[int, int]]:
    """Write the arrays one after the other; return where each begins and how many bytes it has."""
    places: dict[str, tuple[int, int]] = {}
    with path.open("wb") as file:
        for name, array in arrays.items():
            file.write(bytes(-file.tell() % _ALIGNMENT))
            places[name] = (file.tell(), array.nbytes)
            file.write(array.tobytes())
    return places


def _write_graph(arrays: Mapping[str, _Array], places: Mapping[str, tuple[int, int]], path: Path) -> None:
    graph = _Graph()
    _add_network(graph)
    weights = [_reference(name, array, *places[name]) for name, array in arrays.items()]
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["pieces"])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [WIDTH])],
        [*graph.constants, *weights],
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
    path.write_bytes(model.SerializeToString(deterministic=True))
    onnx.checker.check_model(str(path))


def _reference(name: str, array: _Array, offset: int, length: int) -> TensorProto:
    """Return a tensor whose values stand in the file of weights."""
    tensor = TensorProto(name=name, data_type=_TYPES[array.dtype.name], dims=array.shape)
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", WEIGHTS), ("offset", str(offset)), ("length", str(length))):
        tensor.external_data.add(key=key, value=value)
    return tensor


class _Graph:
    """Collects nodes; each method returns the name of what its node gives."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[TensorProto] = []

    def add(self, kind: str, *inputs: str, outputs: int = 1, **attributes: Any) -> Any:
        """Add a node; return the name of its output, or a list of names when there are several."""
        number = len(self.nodes)
        names = [f"{kind}_{number}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=f"{kind}_{number}", **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, name: str, values: Iterable[int]) -> str:
        """Add a list of whole numbers; return its name."""
        listed = list(values)
        self.constants.append(helper.make_tensor(name, TensorProto.INT64, [len(listed)], listed))
        return name


def _add_network(graph: _Graph) -> None:
    """Add all steps from "pieces" to "vector"."""
    by_head = graph.constant("by_head", (-1, HEADS, WIDTH // HEADS))
    flat = graph.constant("flat", (-1, WIDTH))
    zero, one = graph.constant("zero", [0]), graph.constant("one", [1])
    count = graph.add("Shape", "pieces")
    rows = graph.add("Cast", graph.add("Gather", "words.weight", "pieces"), to=TensorProto.FLOAT)
    scales = graph.add("Unsqueeze", graph.add("Gather", "words.scale", "pieces"), one)
    places = graph.add("Slice", "positions", zero, count, zero)
    hidden = _normed(graph, graph.add("Add", graph.add("Mul", rows, scales), places), "norm")
    for number in range(LAYERS):
        hidden = _add_layer(graph, hidden, number, by_head, flat)
    graph.nodes.append(helper.make_node("ReduceMean", [hidden, zero], ["vector"], name="mean", keepdims=0))


def _add_layer(graph: _Graph, hidden: str, number: int, by_head: str, flat: str) -> str:
    query, key, value, join, widen, narrow = dense_names(number)
    join_norm, narrow_norm = norm_names(number)
    rounded = graph.add("DynamicQuantizeLinear", hidden, outputs=3)
    queries, keys, values = (
        graph.add("Transpose", graph.add("Reshape", _dense(graph, rounded, step), by_head), perm=order)
        for step, order in ((query, (1, 0, 2)), (key, (1, 2, 0)), (value, (1, 0, 2)))
    )
    alike = graph.add("Softmax", graph.add("MatMul", queries, keys), axis=-1)
    seen = graph.add("Transpose", graph.add("MatMul", alike, values), perm=(1, 0, 2))
    joined = _dense(graph, graph.add("DynamicQuantizeLinear", graph.add("Reshape", seen, flat), outputs=3), join)
    hidden = _normed(graph, graph.add("Add", joined, hidden), join_norm)
    wide = graph.add("Gelu", _dense(graph, graph.add("DynamicQuantizeLinear", hidden, outputs=3), widen))
    inner = _dense(graph, graph.add("DynamicQuantizeLinear", wide, outputs=3), narrow)
    return _normed(graph, graph.add("Add", inner, hidden), narrow_norm)


def _dense(graph: _Graph, rounded: list[str], step: str) -> str:
    """Add a dense step over values in 8 bits, given with their scale and zero point."""
    values, scale, zero = rounded
    product = graph.add("Cast", graph.add("MatMulInteger", values, f"{step}.weight", zero), to=TensorProto.FLOAT)
    return str(graph.add("Add", graph.add("Mul", product, graph.add("Mul", scale, f"{step}.scale")), f"{step}.bias"))


def _normed(graph: _Graph, values: str, norm: str) -> str:
    return str(graph.add("LayerNormalization", values, f"{norm}.weight", f"{norm}.bias", axis=-1, epsilon=EPSILON))


def _describe(source: Path, output: Path, weights: Path, name: str) -> Iterable[str]:
    yield "# What this folder holds; checked whenever articles are encoded. README.md is its model card."
    yield f"format = {FORMAT}"
    yield ""
    yield "[encoder]"
    yield f'name = "{name}"'
    yield f'sha256 = "{digest(source)}"'
    yield ""
    yield "# The vocabulary is that of the recognizer of names, in its folder."
    yield "[files]"
    yield from (f'"{file}" = "{digest(output / file)}"' for file in (NETWORK, WEIGHTS))
    yield f'"{VOCABULARY}" = "{digest(weights / "vocab.txt")}"'
    yield ""
