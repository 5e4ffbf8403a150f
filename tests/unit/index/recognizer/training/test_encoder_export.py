"""The export of an encoder: the same bytes each time, and a graph that computes what the original weights say."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from index.errors import ModelError
from index.recognizer.encoder.folder import NETWORK, WEIGHTS
from index.recognizer.sessions import open_session
from index.recognizer.training.encoder_export import export_encoder

_WORDS = 50
_Arrays = dict[str, np.ndarray]


def _original() -> _Arrays:
    """Random weights with the names and sizes of the original, but for the number of words."""
    random = np.random.default_rng(1)
    sizes = {
        "embeddings.word_embeddings.weight": (_WORDS, 384),
        "embeddings.position_embeddings.weight": (512, 384),
        "embeddings.token_type_embeddings.weight": (2, 384),
    }
    for number in range(6):
        layer = f"encoder.layer.{number}"
        for name in ("query", "key", "value"):
            sizes[f"{layer}.attention.self.{name}"] = (384, 384)
        sizes[f"{layer}.attention.output.dense"] = (384, 384)
        sizes[f"{layer}.intermediate.dense"] = (1536, 384)
        sizes[f"{layer}.output.dense"] = (384, 1536)
    arrays: _Arrays = {}
    for name, size in sizes.items():
        weight = random.normal(scale=0.05, size=size).astype(np.float32)
        if name.endswith(".weight"):
            arrays[name] = weight
        else:
            arrays[f"{name}.weight"] = weight
            arrays[f"{name}.bias"] = random.normal(scale=0.05, size=size[0]).astype(np.float32)
    norms = [
        f"encoder.layer.{number}.{part}.LayerNorm" for number in range(6) for part in ("attention.output", "output")
    ]
    for name in ("embeddings.LayerNorm", *norms):
        arrays[f"{name}.weight"] = random.normal(1, 0.05, size=384).astype(np.float32)
        arrays[f"{name}.bias"] = random.normal(scale=0.05, size=384).astype(np.float32)
    return arrays


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    save_file(_original(), folder / "model.safetensors")
    (folder / "vocab.txt").write_text("\n".join(map(str, range(_WORDS))), encoding="utf-8")
    return folder


def test_an_export_is_the_same_each_time(weights: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        export_encoder(weights, tmp_path / name, name="random")
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "other" / file.name).read_bytes(), file.name
    assert {file.name for file in (tmp_path / "one").iterdir()} == {NETWORK, WEIGHTS, "model.toml"}


def test_the_exported_graph_computes_what_the_original_says(weights: Path, tmp_path: Path) -> None:
    export_encoder(weights, tmp_path, name="random")
    pieces = [1, 7, 3, 3, 20, 2]
    found = open_session(tmp_path / NETWORK).run(None, {"pieces": np.array(pieces)})[0]
    wanted = _encode(_original(), pieces)
    cosine = found @ wanted / np.linalg.norm(found) / np.linalg.norm(wanted)
    assert cosine > 0.995


def _encode(arrays: _Arrays, pieces: list[int]) -> np.ndarray:
    """The network in plain NumPy, with the names of the original."""

    def dense(values: np.ndarray, name: str) -> np.ndarray:
        return values @ arrays[f"{name}.weight"].T + arrays[f"{name}.bias"]

    def normed(values: np.ndarray, name: str) -> np.ndarray:
        centered = values - values.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centered**2).mean(axis=-1, keepdims=True) + 1e-12)
        return centered / spread * arrays[f"{name}.weight"] + arrays[f"{name}.bias"]

    def gelu(values: np.ndarray) -> np.ndarray:
        return 0.5 * values * (1 + np.tanh(np.sqrt(2 / np.pi) * (values + 0.044715 * values**3)))

    def heads(values: np.ndarray) -> np.ndarray:
        return values.reshape(-1, 12, 32).transpose(1, 0, 2)

    hidden = arrays["embeddings.word_embeddings.weight"][pieces]
    hidden = hidden + arrays["embeddings.position_embeddings.weight"][: len(pieces)]
    hidden = normed(hidden + arrays["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for number in range(6):
        layer = f"encoder.layer.{number}"
        query, key, value = (
            heads(dense(hidden, f"{layer}.attention.self.{name}")) for name in ("query", "key", "value")
        )
        alike = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(32))
        seen = (alike / alike.sum(axis=-1, keepdims=True) @ value).transpose(1, 0, 2).reshape(-1, 384)
        output = f"{layer}.attention.output"
        hidden = normed(hidden + dense(seen, f"{output}.dense"), f"{output}.LayerNorm")
        inner = dense(gelu(dense(hidden, f"{layer}.intermediate.dense")), f"{layer}.output.dense")
        hidden = normed(hidden + inner, f"{layer}.output.LayerNorm")
    return hidden.mean(axis=0)


def test_another_encoder_is_refused(weights: Path, tmp_path: Path) -> None:
    arrays = {name: array for name, array in _original().items() if not name.startswith("encoder.layer.5")}
    save_file(arrays, tmp_path / "model.safetensors")
    (tmp_path / "vocab.txt").write_text("a", encoding="utf-8")
    with pytest.raises(ModelError, match="not one of 6 layers and width 384"):
        export_encoder(tmp_path, tmp_path / "out", name="other")


@pytest.mark.parametrize(
    ("file", "message"), [("model.safetensors", "cannot be read"), ("vocab.txt", "There is no model.safetensors")]
)
def test_a_folder_without_weights_is_said(tmp_path: Path, file: str, message: str) -> None:
    (tmp_path / "vocab.txt").write_text("a", encoding="utf-8")
    (tmp_path / file).write_bytes(b"no weights")
    with pytest.raises(ModelError, match=message):
        export_encoder(tmp_path, tmp_path / "out", name="other")
