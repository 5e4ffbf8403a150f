from pathlib import Path

import numpy as np
import pytest

from index.engines.arrays.segment_file import SegmentFile
from index.engines.tantivy import part_merge
from index.engines.tantivy.part import Part
from index.engines.tantivy.part_builder import PartBuilder
from index.engines.tantivy.part_merge import merge_parts
from index.model import Document, Furniture, FurnitureReason, Span

_WORDS = ["the", "missile", "missiles", "tank", "tanks", "of", "Ärger", "arger", "S-400", "F-16C", "buys", "buy"]


def _document(number: int) -> Document:
    words = [_WORDS[(number * 7 + place * place) % len(_WORDS)] for place in range(number % 9)]
    return Document(
        id=f"{number * 37 % 101:03}",
        title=" ".join(words[:2]),
        body=" ".join([*words, f"only{number}"] if number % 8 else []),
        people=tuple(f"p{number % 4 + shift}" for shift in range(number % 3)),
        mentioned=tuple(f"p{number % 5}" for _ in range(number % 4)),
        source=f"s{number % 2}",
        language=("fr", "de", None)[number % 3],
        furniture=(Furniture(Span(0, 9), FurnitureReason.MENU),) if number % 4 == 1 else (),
    )


_DOCUMENTS = [_document(number) for number in range(40)]


def _built(path: Path, documents: list[Document]) -> Part:
    builder = PartBuilder()
    for document in documents:
        builder.add(document)
    builder.write(path, 7)
    return Part(SegmentFile(path))


def _arrays(path: Path) -> dict[str, list[float]]:
    file = SegmentFile(path)
    return {name: file.array(name).tolist() for name in file.names() if name != "numbers"}


@pytest.mark.parametrize("chunk", [1, 50, 2_000_000], ids=["a document at a time", "a few", "all at once"])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_merged_part_is_the_one_built_from_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, chunk: int
) -> None:
    monkeypatch.setattr(part_merge, "_CHUNK", chunk)
    monkeypatch.setattr(part_merge, "_ROWS", chunk)
    parts = [_built(tmp_path / f"part{place}", _DOCUMENTS[place::count]) for place in range(count)]
    for part in parts:
        part.delete(np.arange(0, part.size, 3))
    size, _, _ = merge_parts(parts, tmp_path / "merged")
    left = {part.ids[row] for part in parts for row in range(part.size) if part.live is None or part.live[row]}
    _built(tmp_path / "expected", [document for document in _DOCUMENTS if document.id in left])
    assert size == len(left)
    assert _arrays(tmp_path / "merged") == _arrays(tmp_path / "expected")


def test_forms_of_deleted_documents_stand_for_nothing(tmp_path: Path) -> None:
    texts = {"a": ("chevaux", "fr"), "b": ("chevaux", "en"), "c": ("cheval", "en")}
    documents = [Document(id=name, title="", body=body, language=code) for name, (body, code) in texts.items()]
    part = _built(tmp_path / "part", documents)
    part.delete(np.array([0]))
    merge_parts([part], tmp_path / "merged")
    _built(tmp_path / "expected", documents[1:])
    assert _arrays(tmp_path / "merged") == _arrays(tmp_path / "expected")
    assert len(Part(SegmentFile(tmp_path / "merged")).pair_terms[0]) == 2


def test_documents_keep_their_numbers(tmp_path: Path) -> None:
    part = _built(tmp_path / "part", _DOCUMENTS)
    numbers = dict(zip(part.ids, part.numbers.tolist(), strict=True))
    part.delete(np.array([0, 5]))
    merge_parts([part], tmp_path / "merged")
    merged = Part(SegmentFile(tmp_path / "merged"))
    assert [numbers[name] for name in merged.ids] == merged.numbers.tolist()


def test_frequencies_leave_out_deleted_documents(tmp_path: Path) -> None:
    part = _built(tmp_path / "part", _DOCUMENTS)
    part.delete(np.arange(0, part.size, 2))
    expected = _built(tmp_path / "expected", [d for d in _DOCUMENTS if d.id in list(part.ids)[1::2]])
    for field in ("body", "exact", "title", "entities"):
        terms = list(expected.text(field).lexicon)
        numbers = [part.text(field).lexicon.find(term) for term in terms]
        found = part.live_frequencies(field, [number for number in numbers if number is not None])
        assert found.tolist() == expected.text(field).frequencies.tolist()
