from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from index.engines.arrays.lexicon import Lexicon, write_lexicon
from index.engines.arrays.segment_file import SegmentFile, SegmentFileWriter
from search.engines.arrays.expansion import near_terms
from tests.reference.edit_distance import edit_distance
from tests.support.examples import examples

_LONG = st.text("abß東", max_size=12) | st.text("ab", min_size=4, max_size=12)


@st.composite
def _terms_and_near_ones(draw: st.DrawFn) -> tuple[str, list[str]]:
    term = draw(_LONG)
    others = {draw(_LONG), term}
    for _ in range(draw(st.integers(0, 6))):
        other = draw(st.sampled_from(sorted(others)))
        at = draw(st.integers(0, len(other)))
        change = draw(st.sampled_from(["", "a", "東"]))
        others.add(other[:at] + change + other[at + draw(st.integers(0, 1)) :])
        others.add(other[: max(at - 1, 0)] + other[max(at - 1, 0) : at + 1][::-1] + other[at + 1 :])
    return term, sorted(others)


@settings(max_examples=examples(200))
@given(_terms_and_near_ones(), st.integers(1, 2))
def test_no_near_term_is_overlooked(terms: tuple[str, list[str]], distance: int) -> None:
    term, others = terms
    with TemporaryDirectory() as folder:
        with SegmentFileWriter(Path(folder) / "x") as writer:
            write_lexicon(writer, "f", others)
            writer.close({})
        lexicon = Lexicon.of(SegmentFile(Path(folder) / "x"), "f")
        found = near_terms(lexicon, range(len(lexicon)), term, distance)
    expected = {name: edit_distance(term, name) for name in others}
    assert dict(found.values()) == {name: edits for name, edits in expected.items() if edits <= distance}
