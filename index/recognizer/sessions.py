"""Sessions of ONNX Runtime as this program runs its networks: one thread, nothing sent, nothing printed."""

from collections.abc import Collection, Sequence
from pathlib import Path
from platform import node
from typing import Final

import onnxruntime

from index.errors import ModelError

__all__ = ["choose_providers", "open_session"]

_FATAL: Final = 4
_CPU: Final = "CPUExecutionProvider"
_CUDA: Final = "CUDAExecutionProvider"


def choose_providers(device: str, offered: Collection[str]) -> tuple[str, ...]:
    """Return the execution providers for a device, the preferred one first; `offered` are those of ONNX Runtime here.

    "auto" is CUDA where it is offered, else the CPU. Raises `ModelError` for a device that is not offered.

    >>> choose_providers("auto", ["CPUExecutionProvider"])
    ('CPUExecutionProvider',)
    """
    if device == "cpu" or (device == "auto" and _CUDA not in offered):
        return (_CPU,)
    if _CUDA not in offered:
        raise ModelError(_no_cuda(f"it offers {', '.join(offered)}"))
    return (_CUDA, _CPU)


def open_session(network: Path, *, device: str = "cpu") -> onnxruntime.InferenceSession:
    """Open a network on a device: "cpu", "cuda" or "auto". Raises `ModelError` when ONNX Runtime cannot run it there.

    ONNX Runtime falls back to the CPU when it has CUDA and the machine does not: fine for "auto", an error for "cuda".
    """
    session = _open(network, choose_providers(device, onnxruntime.get_available_providers()))
    if device == "cuda" and _CUDA not in session.get_providers():
        raise ModelError(_no_cuda("it could not use the accelerator or its libraries"))
    return session


def _no_cuda(reason: str) -> str:
    return (
        f"ONNX Runtime {onnxruntime.__version__} on {node()} cannot run on CUDA: {reason}. Install onnxruntime-gpu in "
        "place of onnxruntime, with the driver and libraries that it names, or use --device cpu."
    )


def _open(network: Path, providers: Sequence[str]) -> onnxruntime.InferenceSession:
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    # Each worker process runs its own session; threads would only wait for each other.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Without VNNI instructions, sums of 8-bit products overflow; this multiplies a little slower there, and exactly.
    options.add_session_config_entry("session.x64quantprecision", "1")
    # Texts differ in length, so reusing memory patterns does not help.
    options.enable_mem_pattern = False
    options.log_severity_level = _FATAL
    try:
        return onnxruntime.InferenceSession(str(network), options, providers=list(providers))
    except (RuntimeError, ValueError) as error:  # ONNX Runtime raises these for a file it cannot use.
        raise ModelError(f"{network} cannot be run by ONNX Runtime {onnxruntime.__version__}: {error}") from error
