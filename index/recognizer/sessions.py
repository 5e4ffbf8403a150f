"""Sessions of ONNX Runtime as this program runs its networks: one thread, nothing sent, nothing printed."""

import re
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from platform import node
from typing import Final

import onnxruntime

from index.errors import ModelError

__all__ = ["adds_exactly", "choose_providers", "open_session"]

_FATAL: Final = 4
_CPU: Final = "CPUExecutionProvider"
_CUDA: Final = "CUDAExecutionProvider"
_PROCESSOR: Final = Path("/proc/cpuinfo")
_EXACT_SUMS: Final = re.compile(r"^flags\b.*\bavx(512)?_vnni\b", re.MULTILINE)


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


def open_session(network: Path, *, device: str = "cpu", is_rearranged: bool = True) -> onnxruntime.InferenceSession:
    """Open a network on a device: "cpu", "cuda" or "auto". Raises `ModelError` when ONNX Runtime cannot run it there.

    ONNX Runtime falls back to the CPU when it has CUDA and the machine does not: fine for "auto", an error for "cuda".
    `is_rearranged` lets it join steps of the network into larger ones, which may change the last digits of numbers.
    """
    providers = choose_providers(device, onnxruntime.get_available_providers())
    session = _open(network, providers, is_rearranged=is_rearranged)
    if device == "cuda" and _CUDA not in session.get_providers():
        raise ModelError(_no_cuda("it could not use the accelerator or its libraries"))
    return session


def _no_cuda(reason: str) -> str:
    return (
        f"ONNX Runtime {onnxruntime.__version__} on {node()} cannot run on CUDA: {reason}. Install onnxruntime-gpu in "
        "place of onnxruntime, with the driver and libraries that it names, or use --device cpu."
    )


def adds_exactly(processor: str) -> bool:
    r"""Return whether a processor has VNNI instructions, which add up products of 8 bits exactly, by its description.

    >>> adds_exactly("flags : fpu avx2 avx512_vnni"), adds_exactly("flags : fpu avx2 avx512f\nmodel : avx_vnni")
    (True, False)
    """
    return _EXACT_SUMS.search(processor) is not None


@cache
def _processor() -> str:
    """Return what Linux tells of the processor; other systems tell nothing."""
    try:
        return _PROCESSOR.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""


def _options(*, is_rearranged: bool) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    # Each worker process runs its own session; threads would only wait for each other.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if not adds_exactly(_processor()):
        # Without VNNI instructions, sums of 8-bit products overflow. This adds them exactly, in twice the time.
        options.add_session_config_entry("session.x64quantprecision", "1")
    if not is_rearranged:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    # Texts differ in length, so reusing memory patterns does not help.
    options.enable_mem_pattern = False
    options.log_severity_level = _FATAL
    return options


def _open(network: Path, providers: Sequence[str], *, is_rearranged: bool) -> onnxruntime.InferenceSession:
    options = _options(is_rearranged=is_rearranged)
    onnxruntime.disable_telemetry_events()
    try:
        return onnxruntime.InferenceSession(str(network), options, providers=list(providers))
    except (RuntimeError, ValueError) as error:  # ONNX Runtime raises these for a file it cannot use.
        raise ModelError(f"{network} cannot be run by ONNX Runtime {onnxruntime.__version__}: {error}") from error
