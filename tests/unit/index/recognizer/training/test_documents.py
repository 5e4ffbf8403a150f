import gzip
from pathlib import Path

import pytest

from index.errors import ModelError
from index.recognizer.training.documents import Document, Name, read_documents


def write(folder: Path, *lines: str) -> Path:
    (folder / "ner").mkdir()
    with gzip.open(folder / "ner" / "tried.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))
    return folder


def test_documents_are_read_with_their_names_in_order(tmp_path: Path) -> None:
    data = write(tmp_path, '{"text": "Ayla saw Izmir", "spans": [[9, 14, "GPE"], [0, 4, "PERSON"]]}')
    (document,) = read_documents(data, "tried")
    assert document == Document("tried", "Ayla saw Izmir", (Name(0, 4, "PERSON"), Name(9, 14, "GPE")))
    assert [document.text_of(name) for name in document.names] == ["Ayla", "Izmir"]


@pytest.mark.parametrize(
    "line", ['{"text": "a"}', "{", '{"text": "a", "spans": [[0, 1]]}', '{"text": "a", "spans": 3}']
)
def test_an_error_names_the_file_and_the_line(line: str, tmp_path: Path) -> None:
    data = write(tmp_path, '{"text": "a", "spans": []}', line)
    with pytest.raises(ModelError, match=r"tried\.jsonl\.gz:2: not a document"):
        list(read_documents(data, "tried"))


def test_an_unknown_kind_is_an_error(tmp_path: Path) -> None:
    data = write(tmp_path, '{"text": "a", "spans": [[0, 1, "EVENT"]]}')
    with pytest.raises(ModelError, match="EVENT"):
        list(read_documents(data, "tried"))


def test_a_missing_set_says_where_it_should_be(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"ner/tried\.jsonl\.gz"):
        list(read_documents(tmp_path, "tried"))
