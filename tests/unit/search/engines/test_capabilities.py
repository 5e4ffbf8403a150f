"""The service on an engine that can do less than the default one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.publishing import read_documents
from index.settings import Settings
from search.answer.service import SearchService
from search.archive import open_archive
from search.request import SearchRequest
from tests.contract.engines import APPROXIMATE


@pytest.fixture
def service(seed_index: Path, seed_settings: Settings, tmp_path: Path) -> Iterator[SearchService]:
    """The seeds behind an engine without a dictionary of terms."""
    assert seed_index == seed_settings.index
    with open_archive(seed_settings) as archive, archive.view() as view:
        catalog = view.service.catalog
        documents = read_documents(catalog, list(catalog.article_ids()))
        yield SearchService(catalog, APPROXIMATE.write(tmp_path, documents), packs=("core",))


def test_completion_offers_names_and_no_words(service: SearchService) -> None:
    completions = service.complete("rosob")
    assert [completion.text for completion in completions] == ["Rosoboronexport"]
    assert all(completion.entity for completion in service.complete("patr"))


def test_other_spellings_are_those_of_names(service: SearchService) -> None:
    suggestions = service.search(SearchRequest(q="Erdogam")).suggestions
    assert suggestions
    assert all(suggestion.q.startswith("person:") for suggestion in suggestions)
    assert service.search(SearchRequest(q="withdrawel")).suggestions == ()
