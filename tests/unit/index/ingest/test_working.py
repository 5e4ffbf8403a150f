"""With the catalog in a file, one process reads at a time: commands for several say so."""

from pathlib import Path

import pytest

from index.errors import UsageError
from index.ingest.indexer import Indexer
from index.ingest.working import Helper
from index.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / ".dossier", workers=1, model="none")


def test_a_worker_cannot_help_with_a_catalog_in_a_file(settings: Settings) -> None:
    with pytest.raises(UsageError, match="need a catalog on PostgreSQL"):
        Helper(settings, pool="local")


def test_nothing_is_set_aside_in_a_file(settings: Settings) -> None:
    with pytest.raises(UsageError, match="every run tries again"):
        Indexer(settings, pool="local").index(["a"], retry=True)
