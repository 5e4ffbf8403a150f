"""The files of the encoder are verified against their description."""

import shutil
from pathlib import Path

import pytest

from index.errors import ModelError
from index.recognizer.encoder import folder as encoder_folder
from index.recognizer.encoder.folder import DESCRIPTION, NETWORK, SHIPPED_ENCODER, WEIGHTS, read_folder, verify_folder


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED_ENCODER, tmp_path / "encoder"))


def test_the_shipped_files_are_those_of_the_description() -> None:
    verify_folder(read_folder())


def test_the_shipped_weights_fit_into_24_megabytes() -> None:
    assert sum(file.stat().st_size for file in SHIPPED_ENCODER.iterdir()) < 24_000_000


def test_licence_notice_and_card_are_beside_the_weights() -> None:
    assert {"LICENSE-Apache-2.0.txt", "NOTICE.txt", "README.md"} <= {file.name for file in SHIPPED_ENCODER.iterdir()}


@pytest.mark.parametrize("name", [NETWORK, WEIGHTS])
def test_an_altered_file_is_refused(copied: Path, name: str) -> None:
    content = bytearray((copied / name).read_bytes())
    content[-1] ^= 1
    (copied / name).write_bytes(content)
    with pytest.raises(ModelError, match=f"{name} is not the file that model.toml describes"):
        verify_folder(read_folder(copied))


def test_a_missing_file_is_said(copied: Path) -> None:
    (copied / WEIGHTS).unlink()
    with pytest.raises(ModelError, match=f"{WEIGHTS} is missing"):
        verify_folder(read_folder(copied))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("format = 1", "'encoder' is missing"),
        ("format =", "Invalid value"),
        ((SHIPPED_ENCODER / DESCRIPTION).read_text("utf-8").replace("format = 1", "format = 0"), "another version"),
    ],
)
def test_a_wrong_description_is_said(copied: Path, text: str, message: str) -> None:
    (copied / DESCRIPTION).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        read_folder(copied)


def test_no_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No encoder in"):
        read_folder(tmp_path)


def test_another_graph_or_other_weights_have_another_fingerprint(copied: Path) -> None:
    for name, digest in read_folder(copied).digests:
        text = (SHIPPED_ENCODER / DESCRIPTION).read_text("utf-8").replace(digest, "0" * 64)
        (copied / DESCRIPTION).write_text(text, encoding="utf-8")
        assert read_folder(copied).fingerprint != encoder_folder.encoder_fingerprint(), name
