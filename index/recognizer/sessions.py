"""Sessions of ONNX Runtime as this program runs its networks: one thread, nothing sent, nothing printed."""

from pathlib import Path
from typing import Final

import onnxruntime

from index.errors import ModelError

__all__ = ["open_session"]

_FATAL: Final = 4


def open_session(network: Path) -> onnxruntime.InferenceSession:
    """Open a network. Raises `ModelError` when ONNX Runtime cannot run it."""
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    # Each worker process runs its own session; threads would only wait for each other.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Texts differ in length, so reusing memory patterns does not help.
    options.enable_mem_pattern = False
    options.log_severity_level = _FATAL
    try:
        return onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
    except (RuntimeError, ValueError) as error:  # ONNX Runtime raises these for a file it cannot use.
        raise ModelError(f"{network} cannot be run by ONNX Runtime {onnxruntime.__version__}: {error}") from error
