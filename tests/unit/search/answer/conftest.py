"""The service on an index of the five seed articles."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.settings import Settings
from search.answer.service import SearchService
from search.archive import open_archive


@pytest.fixture(scope="module")
def service(seed_index: Path, seed_settings: Settings) -> Iterator[SearchService]:
    assert seed_index == seed_settings.index
    with open_archive(seed_settings) as archive, archive.view() as view:
        yield view.service
