"""The folder of the encoder: graph, weights and their source. Its vocabulary is that of the recognizer."""

import tomllib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from index.errors import ModelError
from index.recognizer.folder import SHIPPED as SHIPPED_RECOGNIZER
from index.recognizer.folder import VOCABULARY, digest

__all__ = [
    "DESCRIPTION",
    "FORMAT",
    "NETWORK",
    "SHIPPED_ENCODER",
    "WEIGHTS",
    "EncoderFolder",
    "encoder_fingerprint",
    "read_folder",
    "verify_folder",
]

DESCRIPTION: Final = "model.toml"
NETWORK: Final = "encoder.onnx"
WEIGHTS: Final = "encoder.weights"
# Raise it when the input, the output or the arrays change.
FORMAT: Final = 1
SHIPPED_ENCODER: Final = Path(__file__).with_name("model")

_REPAIR = "Install dossier-search again, or use `--meaning none` and `--order words`."


@dataclass(frozen=True, slots=True)
class EncoderFolder:
    """A folder as its description states it. `fingerprint` differs for encoders that give other vectors."""

    path: Path
    encoder: str
    encoder_digest: str
    digests: tuple[tuple[str, str], ...]

    @property
    def fingerprint(self) -> str:
        """One digest for all files."""
        return sha256("".join(value for _, value in self.digests).encode()).hexdigest()

    @property
    def network(self) -> Path:
        """Path of the ONNX graph."""
        return self.path / NETWORK

    @property
    def weights(self) -> Path:
        """Path of the weights."""
        return self.path / WEIGHTS

    @property
    def vocabulary(self) -> Path:
        """Path of the vocabulary."""
        return SHIPPED_RECOGNIZER / VOCABULARY


def encoder_fingerprint() -> str:
    """Return the fingerprint of the encoder that ships. Raises `ModelError` when it is missing."""
    return read_folder().fingerprint


def read_folder(path: Path = SHIPPED_ENCODER) -> EncoderFolder:
    """Read the description of an encoder, without checking its files.

    Raises `ModelError` when it is missing or made for another version of this program.
    """
    described = _read_description(path)
    try:
        folder = EncoderFolder(
            path,
            encoder=str(described["encoder"]["name"]),
            encoder_digest=str(described["encoder"]["sha256"]),
            digests=tuple((name, str(described["files"][name])) for name in (NETWORK, WEIGHTS, VOCABULARY)),
        )
    except (KeyError, TypeError) as error:
        raise ModelError(f"{path / DESCRIPTION}: {error} is missing. {_REPAIR}") from error
    if described.get("format") != FORMAT:
        raise ModelError(f"{path / DESCRIPTION}: made for another version of this program. {_REPAIR}")
    return folder


def verify_folder(folder: EncoderFolder) -> None:
    """Raise `ModelError` when a file of the folder is missing or altered."""
    paths = {NETWORK: folder.network, WEIGHTS: folder.weights, VOCABULARY: folder.vocabulary}
    for name, wanted in folder.digests:
        if not paths[name].is_file():
            raise ModelError(f"{paths[name]} is missing. {_REPAIR}")
        if digest(paths[name]) != wanted:
            raise ModelError(f"{paths[name]} is not the file that {DESCRIPTION} describes. {_REPAIR}")


def _read_description(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((path / DESCRIPTION).read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"No encoder in {path}: {error.strerror or error}. {_REPAIR}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"{path / DESCRIPTION}: {error}. {_REPAIR}") from error
