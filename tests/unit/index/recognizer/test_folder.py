from pathlib import Path

import pytest

from index.errors import ModelError
from index.recognizer.folder import DESCRIPTION, FORMAT, NETWORK, VOCABULARY, digest, open_folder
from index.recognizer.labels import LABELS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two files and a description of them."""
    (tmp_path / NETWORK).write_bytes(b"network")
    (tmp_path / VOCABULARY).write_text("[PAD]\n")
    (tmp_path / DESCRIPTION).write_text(
        f"""format = {FORMAT}
version = "7"
labels = {list(LABELS)}
[encoder]
name = "tiny"
sha256 = "abc"
[files]
"{NETWORK}" = "{digest(tmp_path / NETWORK)}"
"{VOCABULARY}" = "{digest(tmp_path / VOCABULARY)}"
"""
    )
    return tmp_path


def test_a_whole_folder_says_what_it_was_made_from(folder: Path) -> None:
    opened = open_folder(folder)
    assert (opened.version, opened.encoder, opened.encoder_digest) == ("7", "tiny", "abc")
    assert opened.fingerprint == digest(folder / NETWORK)
    assert (opened.network, opened.vocabulary) == (folder / NETWORK, folder / VOCABULARY)


@pytest.mark.parametrize("name", [NETWORK, VOCABULARY])
def test_an_altered_file_is_refused(name: str, folder: Path) -> None:
    (folder / name).write_bytes(b"other")
    with pytest.raises(ModelError, match=f"{name} is not the file") as raised:
        open_folder(folder)
    assert "--model none" in str(raised.value)


@pytest.mark.parametrize("name", [NETWORK, VOCABULARY, DESCRIPTION])
def test_a_missing_file_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=str(folder)):
        open_folder(folder)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (f"format = {FORMAT}", "format = 0", "another version"),
        ("'B-ORG'", "'B-FIRM'", "another version"),
        ("sha256", "digest", "is missing"),
        ("[files]", "[others]", "is missing"),
        ("[encoder]", "[encoder", "model.toml"),
    ],
)
def test_a_description_that_does_not_fit_is_refused(old: str, new: str, complaint: str, folder: Path) -> None:
    text = (folder / DESCRIPTION).read_text()
    (folder / DESCRIPTION).write_text(text.replace(old, new))
    with pytest.raises(ModelError, match=complaint):
        open_folder(folder)
