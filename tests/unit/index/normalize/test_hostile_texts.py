"""Whatever the text is, it is read to its end, in order, and nothing is raised.

That reading takes time in proportion to the text is a property of the patterns and is not timed here: each quantifier
over something that a text can repeat is possessive or bounded, what is looked for beside a match is looked for within
a bounded reach, and words are told apart by look-ups. Long texts of one repeated piece are here because a pattern that
goes back over what it has read would not come to an end on them.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalize.dates import find_dates
from index.normalize.money import MoneyGrammar, find_amounts

_PIECES = [
    "1,", "$", "1", "1 000 ", "one and ", "1.111", "a million and ", "one hundred ", "1-", "the last ", "$1-", "$1 to ",
    "1 $ ", "US$ ", "between $1 and ", "May ", "1990-", "the ", "Canadian ", "million ", "a year ", ".", "\n", " ", "'",
    "1/", "1:1", "from ", "tens of ", "dollars ", "twenty-", "January to ", "more than ", "early ", "２０２０ ", "a ",
    "one point one ", "$1 or ", "1.000 ", "([{", "was until ", "up from ", "5 dollars and 5c ", "rupees 5 ", "dOLLARS ",
    "1'000", "1'1", "5 Mio. ", "5 mil 500 ", "$5 million, 300 thousand ", "zwei ", "5 M€", "US ", "1 111.", "5億",
    "d'", "1,5 ",
]  # fmt: skip
_SIZE = 20_000
_ANCHOR = date(2021, 9, 25)


@pytest.mark.parametrize("language", ["es", "zh"])
@pytest.mark.parametrize("piece", _PIECES)
def test_a_repeated_piece_is_read_to_the_end_in_any_language(grammar: MoneyGrammar, piece: str, language: str) -> None:
    text = piece * (_SIZE // len(piece)) + " ; on 3 May 2019 they paid 77 million dollars."
    assert find_amounts(text, grammar, language=language)[-1].span.end == len(text) - 1


@pytest.mark.parametrize("piece", _PIECES)
def test_a_repeated_piece_is_read_to_the_end(grammar: MoneyGrammar, piece: str) -> None:
    text = piece * (_SIZE // len(piece)) + " ; on 3 May 2019 they paid $77 million."
    assert find_amounts(text, grammar)[-1].span.end == len(text) - 1
    assert find_dates(text, anchor=_ANCHOR)[-1].span.end > _SIZE // 2


@pytest.mark.parametrize(
    ("language", "piece"), [("de", "der 3. "), ("fr", "de l'"), ("ru", "05/04/2021 "), ("zh", "年月")]
)
def test_a_repeated_piece_of_another_language_is_read_to_the_end(language: str, piece: str) -> None:
    text = piece * (_SIZE // len(piece)) + " ; 2019-05-03."
    assert find_dates(text, anchor=_ANCHOR, language=language)[-1].span.end == len(text) - 1


_ANY = st.text(alphabet=st.characters(), max_size=80)
_MIXED = st.lists(_ANY | st.sampled_from(_PIECES), max_size=10).map("".join)


@given(_MIXED)
def test_any_characters_are_read_in_order_and_within_the_text(grammar: MoneyGrammar, text: str) -> None:
    spans = [match.span for match in find_amounts(text, grammar)]
    days = [match.span for match in find_dates(text, anchor=_ANCHOR)]
    assert spans == sorted(spans)
    assert days == sorted(days)
    assert all(0 <= span.start < span.end <= len(text) for span in (*spans, *days))
