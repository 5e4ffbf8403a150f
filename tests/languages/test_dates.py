"""The dates in the lists beside the texts are found, with their values."""

from collections import Counter
from collections.abc import Mapping

import pytest

from index.model import Kind
from index.normalize.dates import DateMatch, find_dates
from tests.evaluation.sets.gold import GoldMention
from tests.languages.right_values import read_texts

# In per cent of the dates in both texts of a language; a floor goes up or stays.
_FLOORS = {
    "de": 100, "fr": 100, "es": 100, "it": 100, "pt": 100, "nl": 100, "tr": 100, "ru": 93, "uk": 100, "pl": 100,
    "ar": 92, "he": 100, "el": 93, "zh": 100, "ja": 82, "th": 85, "ca": 94,
}  # fmt: skip


@pytest.fixture(scope="module")
def shares() -> Mapping[str, float]:
    """The share of right dates by language, in per cent."""
    wanted: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for foreign in read_texts():
        gold = foreign.gold
        found = find_dates(gold.text, anchor=gold.published, language=foreign.language)
        for mention in gold.mentions:
            if mention.kind is Kind.DATES:
                wanted[foreign.language] += 1
                right[foreign.language] += any(_is_right(mention, match) for match in found)
    return {language: 100 * right[language] / count for language, count in wanted.items()}


def _is_right(wanted: GoldMention, match: DateMatch) -> bool:
    overlaps = match.span.start < wanted.span.end and wanted.span.start < match.span.end
    return overlaps and (match.interval.start, match.interval.end) in (wanted.days or ())


@pytest.mark.parametrize("language", _FLOORS)
def test_dates_of_the_texts_are_found_with_their_values(shares: Mapping[str, float], language: str) -> None:
    assert shares[language] >= _FLOORS[language]
