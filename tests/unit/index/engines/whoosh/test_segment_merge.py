from pathlib import Path

import numpy as np
import pytest

from index.engines.arrays.segment_file import SegmentFile
from index.engines.whoosh import segment_merge
from index.engines.whoosh.segment import Segment
from index.engines.whoosh.segment_builder import SegmentBuilder
from index.engines.whoosh.segment_merge import merge_segments
from index.model import Document, Furniture, FurnitureReason, Span

_WORDS = [
    "the",
    "missile",
    "missiles",
    "tank",
    "tanks",
    "of",
    "Ärger",
    "arger",
    "S-400",
    "F-16C",
    "buys",
    "buy",
    "quiet",
]


def _document(number: int) -> Document:
    words = [_WORDS[(number * 7 + place * place) % len(_WORDS)] for place in range(number % 9 + 1)]
    return Document(
        id=f"{number * 37 % 101:03}",
        title=" ".join(words[:2]),
        body=" ".join([*words, *["flood"] * (300 if number == 5 else 0), f"only{number}"]),
        people=tuple(f"p{number % 4 + shift}" for shift in range(number % 3)),
        source=f"s{number % 2}",
        furniture=(Furniture(Span(0, 9), FurnitureReason.MENU),) if number % 4 == 1 else (),
    )


_DOCUMENTS = [_document(number) for number in range(40)]


def _built(path: Path, documents: list[Document]) -> SegmentFile:
    builder = SegmentBuilder()
    for document in documents:
        builder.add(document)
    builder.write(path)
    return SegmentFile(path)


def _arrays(file: SegmentFile) -> dict[str, list[float]]:
    return {name: file.array(name).tolist() for name in file.names()}


@pytest.mark.parametrize("chunk", [1, 50, 500_000], ids=["one term at a time", "a few", "all at once"])
@pytest.mark.parametrize("parts", [1, 2, 5])
def test_a_merged_segment_is_the_one_built_from_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: int, chunk: int
) -> None:
    monkeypatch.setattr(segment_merge, "_CHUNK", chunk)
    segments = []
    for part in range(parts):
        file = _built(tmp_path / f"part{part}", _DOCUMENTS[part::parts])
        segments.append(Segment(file, np.arange(0, len(Segment(file).ids), 3)))
    size, _, _ = merge_segments(segments, tmp_path / "merged")
    left = {
        segment.ids[n] for segment in segments for n in range(segment.size) if segment.live is None or segment.live[n]
    }
    expected = _built(tmp_path / "expected", [document for document in _DOCUMENTS if document.id in left])
    assert size == len(left)
    assert _arrays(SegmentFile(tmp_path / "merged")) == _arrays(expected)


def test_counts_that_do_not_fit_a_byte_survive(tmp_path: Path) -> None:
    segment = Segment(_built(tmp_path / "x", _DOCUMENTS))
    number = segment.body.lexicon.find("flood")
    assert number is not None
    postings = segment.body.postings(number)
    assert postings.counts.tolist() == [300]
    assert len(segment.body.term_positions(number)) == 300


def test_the_only_form_of_a_stem_is_not_stored_twice(tmp_path: Path) -> None:
    segment = Segment(_built(tmp_path / "x", _DOCUMENTS))
    owners = {term: segment.exact.owner(n)[0] for n, term in enumerate(segment.exact.lexicon)}
    assert owners["the"] is segment.body
    assert owners["missile"] is owners["missiles"] is segment.exact
    stem = segment.body.lexicon.find("the")
    exact = segment.exact.lexicon.find("the")
    assert stem is not None
    assert exact is not None
    assert segment.exact.postings(exact).documents.tolist() == segment.body.postings(stem).documents.tolist()
