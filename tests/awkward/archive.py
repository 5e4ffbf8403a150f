"""The awkward archive, indexed."""

from pathlib import Path

from index.ingest.indexer import Indexer
from index.settings import Settings
from tests.awkward.articles import write_articles
from tests.awkward.names import write_pack
from tests.support.sharing import filling

__all__ = ["awkward_settings", "make_awkward_archive"]


def awkward_settings(folder: Path) -> Settings:
    """Return the settings of the awkward archive in a folder."""
    packs = ("core", "defence", str(folder / "pack"))
    return Settings(index=folder / "awkward" / ".dossier", workers=1, model="none", packs=packs)


def make_awkward_archive(folder: Path) -> Settings:
    """Make the archive in a folder, where no other process did so before; return its settings."""
    settings = awkward_settings(folder)
    with filling(folder) as is_empty:
        if is_empty:
            write_pack(folder / "pack")
            report = Indexer(settings, pool="local").index([str(write_articles(folder))])
            assert not report.failed
    return settings
