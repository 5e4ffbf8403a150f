"""Spans are counted one to one, and what is optional counts neither way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.scores.cores import has_same_core, is_equal_without_article
from tests.evaluation.scores.span_scores import GoldSpan, Range, is_equal, match, overlaps

_RANGES = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 6)).map(lambda pair: (pair[0], sum(pair))), max_size=8, unique=True
)


@pytest.mark.parametrize(
    ("gold", "found", "counts"),
    [
        pytest.param([GoldSpan(0, 5)], [(0, 5)], (1, 1, 1), id="found"),
        pytest.param([GoldSpan(0, 5)], [], (0, 0, 1), id="missed"),
        pytest.param([], [(0, 5)], (0, 1, 0), id="wrong"),
        pytest.param([GoldSpan(0, 5)], [(0, 6)], (0, 1, 1), id="other border"),
        pytest.param([GoldSpan(0, 5, ((0, 6),))], [(0, 6)], (1, 1, 1), id="alternative"),
        pytest.param([GoldSpan(0, 5, is_optional=True)], [(0, 5)], (0, 0, 0), id="optional and found"),
        pytest.param([GoldSpan(0, 5, is_optional=True)], [(2, 9)], (0, 0, 0), id="over an optional one"),
        pytest.param([GoldSpan(0, 5, is_optional=True)], [], (0, 0, 0), id="optional and not found"),
    ],
)
def test_strict_counts(gold: list[GoldSpan], found: list[Range], counts: tuple[int, int, int]) -> None:
    score = match(gold, found, is_equal)
    assert (score.right, score.found, score.wanted) == counts


@pytest.mark.parametrize(
    ("wanted", "found", "is_right"),
    [
        pytest.param("the Alps", "Alps", True, id="an article in the gold"),
        pytest.param("Alps", "The Alps", True, id="an article in what was found"),
        pytest.param("Alps", "Alp", False, id="another border"),
        pytest.param("Alps rise", "the Alps", False, id="another end"),
    ],
)
def test_an_article_before_a_name_counts_for_nothing(wanted: str, found: str, is_right: bool) -> None:
    text = f"{'The' if 'The' in found else 'the'} Alps rise"
    gold, span = (_range_of(text, written) for written in (wanted, found))
    assert is_equal_without_article(text)(GoldSpan(*gold), span) is is_right


def _range_of(text: str, written: str) -> Range:
    start = text.index(written)
    return start, start + len(written)


def test_two_gold_spans_do_not_share_one_that_lies_over_both() -> None:
    score = match([GoldSpan(0, 5), GoldSpan(6, 9)], [(0, 9)], overlaps)
    assert (score.right, score.missed) == (1, [GoldSpan(6, 9)])


def test_equal_span_is_taken_before_one_that_only_overlaps() -> None:
    score = match([GoldSpan(0, 9), GoldSpan(6, 9)], [(6, 9), (0, 2)], overlaps)
    assert (score.right, score.wrong) == (2, [])


@pytest.mark.parametrize(
    ("text", "gold", "found", "same"),
    [
        ("President Ada Obi left", "Ada Obi", "President Ada Obi", True),
        ("President Ada Obi left", "Ada Obi", "Obi", False),
        ("at Volta Kernel Ltd today", "Volta Kernel Ltd", "Volta Kernel", True),
        ("in The Guardian's view", "Guardian", "The Guardian's", True),
        ("Polish Ministry of Defence", "Polish Ministry of Defence", "Ministry of Defence", True),
        ("Polish Ministry of Defence", "Ministry of Defence", "Ministry", False),
    ],
)
def test_core_ignores_titles_legal_forms_and_nationalities(text: str, gold: str, found: str, same: bool) -> None:
    span = GoldSpan(text.index(gold), text.index(gold) + len(gold))
    place = text.index(found)
    assert has_same_core(text)(span, (place, place + len(found))) is same


@given(_RANGES, _RANGES)
def test_looser_measures_never_count_less(gold: list[Range], found: list[Range]) -> None:
    spans = [GoldSpan(start, end) for start, end in gold]
    strict, loose = match(spans, found, is_equal), match(spans, found, overlaps)
    assert strict.right <= loose.right <= min(len(gold), len(found))


@given(_RANGES)
def test_what_is_found_exactly_scores_one(gold: list[Range]) -> None:
    spans = [GoldSpan(start, end) for start, end in gold]
    assert match(spans, gold, is_equal).f1 == 1.0
