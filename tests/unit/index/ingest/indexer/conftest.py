"""A folder of articles, settings for it, and a run of the indexer over it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.ingest.indexer import Indexer
from index.ingest.report import Report
from index.settings import Settings
from tests.unit.index.ingest.indexer.archive import TEXTS


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / ".dossier", workers=1, packs=("core",), lock_seconds=0, model="none")


@pytest.fixture
def run(settings: Settings, news: Path) -> Callable[..., Report]:
    """Index the folder, or what is given; the few articles of a test are pruned without being asked."""

    def run(*paths: Path, **options: object) -> Report:
        options.setdefault("prune_many", True)
        chosen = [str(path) for path in paths or (news,)]
        return Indexer(settings, pool="local").index(chosen, **options)  # type: ignore[arg-type]  # the tests give what it takes

    return run
