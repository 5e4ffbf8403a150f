from collections.abc import Iterator

import pytest

from index.ingest.indexer import Indexer
from index.settings import Settings
from search.answer.service import SearchService
from search.archive import open_archive
from search.request import SearchRequest


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """One article about a firm called Hard Rock Oil Corp., eleven about oil, two about Norway."""
    folder = tmp_path_factory.mktemp("oil")
    texts = ["Hard Rock Oil Corp. said on Monday that it would open an office.", *["The price of oil fell again."] * 11]
    texts += ["Norway signed an agreement with Denmark."] * 2
    rows = "".join(f'{{"title": "Story {number}", "body": "{text}"}}\n' for number, text in enumerate(texts))
    (folder / "news.jsonl").write_text(rows, encoding="utf-8")
    settings = Settings(index=folder / ".dossier", workers=1, model="none")
    assert Indexer(settings, pool="local").index([str(folder / "news.jsonl")]).added == len(texts)
    with open_archive(settings) as archive, archive.view() as view:
        yield view.service


def test_a_word_that_is_mostly_just_a_word_is_not_offered_as_a_name(service: SearchService) -> None:
    assert service.catalog.complete_entities("oil")
    assert service.search(SearchRequest(q="oil")).entity_notes == ()


def test_a_word_that_is_a_name_is_offered(service: SearchService) -> None:
    assert [note.entity.id for note in service.search(SearchRequest(q="Norway")).entity_notes] == ["norway"]
