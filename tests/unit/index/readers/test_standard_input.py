"""Standard input is read once, into a file that a source names."""

import io
import sys
from pathlib import Path

import pytest

from index.errors import UsageError
from index.model import Article, Failure
from index.readers import standard_input
from index.readers.base import Source
from index.readers.registry import read_source
from index.readers.standard_input import save_standard_input


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> "Pipe":
    return Pipe(monkeypatch)


class Pipe:
    """Gives bytes on standard input, and reads them as articles."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def source(self, data: bytes, name: str | None = None) -> tuple[Source | Failure, list[Article | Failure]]:
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        with save_standard_input(["-"], name=name) as source:
            assert source is not None
            return source, list(read_source(source)) if isinstance(source, Source) else []


def test_two_texts_have_two_locators_and_the_same_text_has_one(pipe: Pipe) -> None:
    locators = [pipe.source(data)[0].locator for data in (b"One text.", b"Another text.", b"One text.")]
    assert locators[0] == locators[2] != locators[1]
    assert all(locator.startswith("stdin:") for locator in locators)


def test_a_name_is_the_locator_and_its_suffix_the_format(pipe: Pipe) -> None:
    source, found = pipe.source(b"# Talks\n\nIn **Ankara**.", "notes/today.md")
    assert source.locator == "stdin:notes/today.md"
    assert [(item.locator, item.body) for item in found if isinstance(item, Article)] == [
        ("stdin:notes/today.md", "Talks\n\nIn Ankara.")
    ]


def test_rows_have_locators_of_their_own(pipe: Pipe) -> None:
    _, found = pipe.source(b'{"body": "One."}\n{"body": "Two."}\n', "rows")
    assert [item.locator for item in found] == ["stdin:rows#1", "stdin:rows#2"]


def test_the_file_is_gone_afterwards(pipe: Pipe) -> None:
    source, _ = pipe.source(b"text")
    assert isinstance(source, Source)
    assert source.path is not None
    assert not source.path.parent.exists()


def test_without_a_dash_nothing_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with save_standard_input([str(tmp_path)]) as source:
        assert source is None


@pytest.mark.parametrize(("paths", "name"), [(["a.txt"], "b"), (["-"], ""), (["-"], " "), (["-"], "a\nb")])
def test_a_name_that_cannot_be_used_is_refused(paths: list[str], name: str) -> None:
    with pytest.raises(UsageError, match="--name"), save_standard_input(paths, name=name):
        pass


def test_too_much_is_a_failure(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standard_input, "_LARGEST", 10)
    source, _ = pipe.source(b"more than ten bytes")
    assert isinstance(source, Failure)
    assert (source.locator, source.reason) == ("-", "too-large")


def test_no_standard_input_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with save_standard_input(["-"]) as source:
        assert isinstance(source, Failure)
        assert source.reason == "unreadable"
