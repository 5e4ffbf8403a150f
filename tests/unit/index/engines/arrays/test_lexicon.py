from bisect import bisect_left
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.arrays.lexicon import Lexicon, write_lexicon
from index.engines.arrays.segment_file import SegmentFile, SegmentFileWriter

_TERMS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


def _lexicon(folder: Path, terms: list[str]) -> Lexicon:
    with SegmentFileWriter(folder / "x") as writer:
        write_lexicon(writer, "f", terms)
        writer.close({})
    return Lexicon.of(SegmentFile(folder / "x"), "f")


@given(st.sets(_TERMS, max_size=30), _TERMS, _TERMS)
def test_it_answers_as_a_sorted_list_would(terms: set[str], one: str, other: str) -> None:
    with TemporaryDirectory() as folder:
        ordered = sorted(terms)
        lexicon = _lexicon(Path(folder), ordered)
        assert list(lexicon) == [lexicon[number] for number in range(len(lexicon))] == ordered
        assert lexicon.find(one) == (ordered.index(one) if one in terms else None)
        assert lexicon.find(one) == lexicon.find(one)
        assert lexicon.slice(lexicon.with_prefix(one[:1])) == [term for term in ordered if term.startswith(one[:1])]
        assert lexicon.slice(lexicon.between(one, other)) == [term for term in ordered if one <= term <= other]
        assert lexicon.lengths(range(len(lexicon))).tolist() == [len(term.encode()) for term in ordered]


@pytest.mark.parametrize("term", ["\ud800", "a\udfffb"])
def test_half_a_surrogate_pair_is_just_not_found(tmp_path: Path, term: str) -> None:
    lexicon = _lexicon(tmp_path, ["a", "b"])
    assert lexicon.find(term) is None
    assert not lexicon.with_prefix(term)


def test_more_terms_than_are_remembered_are_found(tmp_path: Path) -> None:
    terms = [f"{number:05}" for number in range(2500)]
    lexicon = _lexicon(tmp_path, terms)
    assert [lexicon.find(term) for term in terms] == list(range(2500))


def test_many_look_ups_among_many_terms_find_the_same_places(tmp_path: Path) -> None:
    terms = [f"{number:05}" for number in range(1, 1300)]
    lexicon = _lexicon(tmp_path, terms)
    asked = ["", *(f"{number:05}{behind}" for number in range(1310) for behind in ("", "x")), "\uffff"]
    found = [lexicon.first_from(term.encode()) for term in asked]
    assert found == [bisect_left(terms, term) for term in asked]
