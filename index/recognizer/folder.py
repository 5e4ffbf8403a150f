"""The folder of a trained recognizer: network, vocabulary and their sources, all verified on opening.

`model.toml` names the files with their SHA-256, the labels in their order, and the encoder that training began with.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from index.errors import ModelError
from index.recognizer.labels import LABELS

__all__ = [
    "DESCRIPTION",
    "FORMAT",
    "NETWORK",
    "SHIPPED",
    "VOCABULARY",
    "ModelFolder",
    "described_fingerprint",
    "digest",
    "open_folder",
]

DESCRIPTION: Final = "model.toml"
NETWORK: Final = "network.onnx"
VOCABULARY: Final = "vocabulary.txt"
# Raise it when words, cases, windows, inputs or outputs change, so that an older network would read other input
# than it was trained on.
FORMAT: Final = 3
SHIPPED: Final = Path(__file__).with_name("model")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A verified folder: its files are those of `model.toml`. `fingerprint` differs for different networks."""

    path: Path
    version: str
    encoder: str
    encoder_digest: str
    fingerprint: str

    @property
    def network(self) -> Path:
        """Path of the network."""
        return self.path / NETWORK

    @property
    def vocabulary(self) -> Path:
        """Path of the vocabulary."""
        return self.path / VOCABULARY


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def described_fingerprint(path: Path) -> str:
    """Return the fingerprint of the model in `path` as its description states it, without checking its files.

    Raises `ModelError` when there is no description or it names no network.
    """
    try:
        return str(_read_description(path)["files"][NETWORK])
    except (KeyError, TypeError) as error:
        raise ModelError(f"{path / DESCRIPTION}: {error} is missing. {_REPAIR}") from error


def open_folder(path: Path) -> ModelFolder:
    """Read the description of a model and verify all its files.

    Raises `ModelError` when something is missing, altered or made for another version of this program.
    """
    described = _read_description(path)
    try:
        files = described["files"]
        labels = tuple(described["labels"])
        folder = ModelFolder(
            path,
            version=str(described["version"]),
            encoder=str(described["encoder"]["name"]),
            encoder_digest=str(described["encoder"]["sha256"]),
            fingerprint=str(files[NETWORK]),
        )
        expected = {name: str(files[name]) for name in (NETWORK, VOCABULARY)}
    except (KeyError, TypeError) as error:
        raise ModelError(f"{path / DESCRIPTION}: {error} is missing. {_REPAIR}") from error
    if described.get("format") != FORMAT or labels != LABELS:
        raise ModelError(f"{path / DESCRIPTION}: made for another version of this program. {_REPAIR}")
    for name, wanted in expected.items():
        if not (path / name).is_file():
            raise ModelError(f"{path / name} is missing. {_REPAIR}")
        if digest(path / name) != wanted:
            raise ModelError(f"{path / name} is not the file that {DESCRIPTION} describes. {_REPAIR}")
    return folder


_REPAIR = "Install dossier-search again, train one with `search-cli recognizer train`, or use `--model none`."


def _read_description(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((path / DESCRIPTION).read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"No recognizer in {path}: {error.strerror or error}. {_REPAIR}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"{path / DESCRIPTION}: {error}. {_REPAIR}") from error
