"""The processor of the recognizer is chosen by what ONNX Runtime offers."""

from pathlib import Path

import onnxruntime
import pytest

from index.errors import ModelError
from index.recognizer.folder import SHIPPED, open_folder
from index.recognizer.sessions import choose_providers, open_session

CPU, CUDA, OTHER = "CPUExecutionProvider", "CUDAExecutionProvider", "AzureExecutionProvider"


@pytest.mark.parametrize(
    ("device", "offered", "chosen"),
    [
        ("auto", [CPU], (CPU,)),
        ("auto", [OTHER, CPU], (CPU,)),
        ("auto", [CUDA, CPU], (CUDA, CPU)),
        ("cpu", [CUDA, CPU], (CPU,)),
        ("cpu", [CPU], (CPU,)),
        ("cuda", [CUDA, CPU], (CUDA, CPU)),
    ],
)
def test_the_device_is_one_that_is_offered(device: str, offered: list[str], chosen: tuple[str, ...]) -> None:
    assert choose_providers(device, offered) == chosen


def test_a_device_that_is_not_offered_is_refused_with_what_to_do() -> None:
    with pytest.raises(ModelError, match=r"offers AzureExecutionProvider, CPU.*onnxruntime-gpu.*--device cpu"):
        choose_providers("cuda", [OTHER, CPU])


@pytest.mark.skipif(CUDA in onnxruntime.get_available_providers(), reason="this ONNX Runtime has CUDA")
def test_a_session_is_opened_where_it_can_run() -> None:
    network: Path = open_folder(SHIPPED).network
    assert open_session(network, device="auto").get_providers() == [CPU]
    with pytest.raises(ModelError, match="cannot run on CUDA"):
        open_session(network, device="cuda")


def test_what_offers_cuda_and_cannot_use_it_is_refused_only_when_it_was_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As ONNX Runtime with CUDA on a machine without a card: it warns and runs on the processor.
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, CPU])
    open_ = onnxruntime.InferenceSession
    monkeypatch.setattr(
        onnxruntime, "InferenceSession", lambda network, options, providers: open_(network, options, providers=[CPU])
    )
    network = open_folder(SHIPPED).network
    assert open_session(network, device="auto").get_providers() == [CPU]
    with pytest.raises(ModelError, match="could not use the accelerator"):
        open_session(network, device="cuda")
