"""Export a trained network as the folder that ships: in ONNX, weights in 8 bits with a scale for each channel."""

import tempfile
import warnings
from collections.abc import Iterable
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

from index.recognizer.folder import DESCRIPTION, FORMAT, NETWORK, VOCABULARY, digest
from index.recognizer.labels import LABELS
from index.recognizer.training.network import Network
from index.recognizer.training.window_network import WindowNetwork
from index.recognizer.windows import INPUTS

__all__ = ["export"]

_OPSET = 17
_WEIGHTS = "model.safetensors"


def export(network: Network, encoder: Path, output: Path, *, encoder_name: str, version: str) -> None:
    """Write network, vocabulary and description to the folder `output`; other files there stay."""
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full, prepared = Path(scratch) / "full.onnx", Path(scratch) / "prepared.onnx"
        _write_full(WindowNetwork(network).eval(), full)
        quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(str(prepared), str(output / NETWORK), weight_type=QuantType.QInt8, per_channel=True)
    (output / VOCABULARY).write_bytes((encoder / "vocab.txt").read_bytes())
    (output / DESCRIPTION).write_text("\n".join(_describe(encoder, output, encoder_name, version)), encoding="utf-8")


def _write_full(network: nn.Module, path: Path) -> None:
    pieces = torch.randint(1_000, 2_000, (50,))
    axes = dict(zip((*INPUTS, "scores"), ("piece", "piece", "kept", "word", "word"), strict=True))
    with warnings.catch_warnings():
        # The tracing exporter is deprecated, but the new one needs one more package for the same graph.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (pieces, torch.zeros_like(pieces), torch.arange(40), torch.arange(1, 39, 2)),
            str(path),
            input_names=list(INPUTS),
            output_names=["scores"],
            dynamic_axes={name: {0: axis} for name, axis in axes.items()},
            opset_version=_OPSET,
            dynamo=False,
        )


def _describe(encoder: Path, output: Path, encoder_name: str, version: str) -> Iterable[str]:
    yield "# What this folder holds; checked whenever the recognizer is loaded. README.md is its model card."
    yield f"format = {FORMAT}"
    yield f'version = "{version}"'
    quoted = ", ".join(f'"{label}"' for label in LABELS)
    yield f"labels = [{quoted}]"
    yield ""
    yield "[encoder]"
    yield f'name = "{encoder_name}"'
    yield f'sha256 = "{digest(encoder / _WEIGHTS)}"'
    yield ""
    yield "[files]"
    yield from (f'"{name}" = "{digest(output / name)}"' for name in (NETWORK, VOCABULARY))
    yield ""
