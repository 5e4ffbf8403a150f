"""Words find their texts, whatever the language: marks, elisions, endings, scripts without blanks."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from index.ingest.indexer import Indexer
from index.settings import Settings
from search.answer.service import SearchService
from search.archive import open_archive
from search.request import SearchRequest
from tests.languages.right_values import TEXTS, read_texts
from tests.languages.words import measure_words, words_table

# In per cent of the words in both texts of a language; a floor goes up or stays.
_FLOORS = {
    "de": 100, "fr": 100, "es": 93, "it": 95, "pt": 100, "nl": 92, "tr": 95, "ru": 100, "uk": 100, "pl": 100,
    "ar": 100, "he": 100, "el": 100, "zh": 100, "ja": 100, "th": 100, "ca": 95,
}  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """The search on an archive of all texts."""
    folder = tmp_path_factory.mktemp("words")
    settings = Settings(index=folder / ".dossier", workers=1, model="none")
    report = Indexer(settings, pool="local").index([str(path) for path in sorted(TEXTS.glob("*.txt"))])
    assert report.added == len(list(read_texts()))
    with open_archive(settings) as archive, archive.view() as view:
        yield view.service


@pytest.fixture(scope="module")
def shares(service: SearchService) -> Mapping[str, float]:
    """The share of words that are found and marked, by language, in per cent."""
    found = measure_words(service)
    return {language: 100 * row.found / row.words for language, row in found.items()}


@pytest.mark.parametrize("language", _FLOORS)
def test_words_find_their_text_and_are_marked_in_it(shares: Mapping[str, float], language: str) -> None:
    assert shares[language] >= _FLOORS[language]


def test_each_language_is_known(service: SearchService) -> None:
    result = service.search(SearchRequest(size=100))
    wrong = [hit.locator for hit in result.hits if Path(hit.locator).name[:2] != hit.language]
    assert wrong == []


def test_the_page_on_quality_has_these_figures(service: SearchService) -> None:
    page = Path("docs/quality.md").read_text(encoding="utf-8")
    assert words_table(measure_words(service)) in page
