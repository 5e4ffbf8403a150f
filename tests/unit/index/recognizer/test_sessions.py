"""The processor of the recognizer is chosen by what ONNX Runtime offers."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from index.errors import ModelError
from index.recognizer import sessions
from index.recognizer.encoder.folder import SHIPPED_ENCODER, read_folder
from index.recognizer.folder import SHIPPED, open_folder
from index.recognizer.reading import load_recognizer
from index.recognizer.sessions import adds_exactly, choose_providers, open_session
from tests.conftest import SEEDS

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


@pytest.mark.parametrize(
    ("processor", "is_exact"),
    [
        ("flags\t\t: fpu avx2 avx512f avx512_vnni avx512_bitalg", True),
        ("model name\t: x\nflags\t\t: fpu avx2 avx_vnni\nbugs\t\t:", True),
        ("flags\t\t: fpu avx2 avx_vnni_int8", False),
        ("flags\t\t: fpu avx2 avx512f", False),
        ("model name\t: avx512_vnni\nflags\t\t: fpu avx2", False),
        ("Features\t: fp asimd asimddp", False),
        ("", False),
    ],
)
def test_a_processor_adds_exactly_when_it_says_so(processor: str, is_exact: bool) -> None:
    assert adds_exactly(processor) is is_exact


@pytest.mark.parametrize(("processor", "is_slow"), [("flags : fpu avx2 avx512_vnni", False), ("", True)])
def test_sums_are_made_exact_the_slow_way_where_nothing_tells_of_the_quick_one(
    processor: str, is_slow: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "_processor", lambda: processor)
    options = sessions._options(is_rearranged=True)
    if is_slow:
        assert options.get_session_config_entry("session.x64quantprecision") == "1"
    else:
        with pytest.raises(RuntimeError, match="x64quantprecision"):
            options.get_session_config_entry("session.x64quantprecision")


def test_names_are_the_same_as_when_sums_are_made_exact_the_slow_way(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    assert texts
    quick = load_recognizer()
    monkeypatch.setattr(sessions, "_processor", str)
    exact = load_recognizer()
    for text in texts:
        assert quick.read(text).names == exact.read(text).names


def test_the_encoder_gives_the_same_numbers_when_it_is_rearranged() -> None:
    network = read_folder(SHIPPED_ENCODER).network
    as_it_is, rearranged = (open_session(network, is_rearranged=is_rearranged) for is_rearranged in (False, True))
    random = np.random.default_rng(7)
    for count in (1, 2, 5, 17, 64):
        pieces = {"pieces": random.integers(1_000, 30_000, count)}
        assert as_it_is.run(None, pieces)[0].tobytes() == rearranged.run(None, pieces)[0].tobytes()
