"""A search over a network must not take a hundred round trips: calls to the engine and the catalog are counted."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.settings import Settings
from search.answer.facets import SIDEBAR_FIELDS
from search.answer.service import SearchService
from search.archive import open_archive
from search.engines.base import Selection
from search.request import SearchRequest, WordMode

MOST_ENGINE_CALLS = 3
MOST_CATALOG_CALLS = 6


class Counted:
    """Passes every call on and counts it by name."""

    def __init__(self, target: Any) -> None:
        self._target = target
        self.calls: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._target, name)
        if not callable(value):
            return value

        def call(*args: Any, **options: Any) -> Any:
            self.calls[name] += 1
            return value(*args, **options)

        return call


class CountedService:
    """A service whose calls are counted."""

    def __init__(self, service: SearchService) -> None:
        self.catalog = Counted(service.catalog)
        self.engine = Counted(service.searcher)
        # The proxies have every method of the protocols.
        self.service = SearchService(self.catalog, self.engine, packs=("core", "defence"))  # type: ignore[arg-type]


@pytest.fixture
def counted(seed_settings: Settings, seed_index: Path) -> Iterator[CountedService]:
    assert seed_index.is_dir()
    with open_archive(seed_settings) as archive, archive.view() as view:
        yield CountedService(view.service)


@pytest.mark.parametrize(
    "wanted",
    [
        SearchRequest(),
        SearchRequest(q="Patriot withdrawal"),
        SearchRequest(q="zebra patriot Ankara"),
        SearchRequest(q="zebra patriot Ankara", page=7),
        SearchRequest(q="Turkey", page=9),
        SearchRequest(q="Patriot withdrawl Rosoboroneksport Mevlut Cavusglu Erdogn"),
        SearchRequest(q='person:Erdogan org:"Rosoboronexport" source:"press tv" amount:>1m S-400'),
        SearchRequest(q="S-400 Moscow", selections=(Selection("people", ("ismail-demir",)),), words=WordMode.ANY),
        SearchRequest(q="S-400", selections=(Selection("published_years", ("2021",)),)),
        SearchRequest(q="zebra withdrawal", selections=(Selection("people", ("nobody", "ismail-demir")),)),
    ],
    ids=lambda request: f"{request.q or 'all'} p{request.page}",
)
def test_a_search_makes_few_calls(counted: CountedService, wanted: SearchRequest) -> None:
    counted.service.search(wanted, facets=(*SIDEBAR_FIELDS, "published_years", "date_years"), explain=True)

    assert counted.engine.calls.total() <= MOST_ENGINE_CALLS, counted.engine.calls
    assert counted.catalog.calls.total() <= MOST_CATALOG_CALLS, counted.catalog.calls


def test_an_article_is_shown_with_few_calls(counted: CountedService) -> None:
    counted.service.article("000", "Patriot")

    assert counted.catalog.calls.total() <= MOST_CATALOG_CALLS, counted.catalog.calls
