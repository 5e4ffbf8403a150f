"""`index --watch` with the catalog on PostgreSQL: what is added, changed and removed is published there."""

import os
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.deciding import Decider
from index.errors import DossierError
from index.identity.records import Rename
from index.ingest.indexer import Indexer
from index.settings import Settings
from tests.integration.test_watching import SECONDS, paths, wait_until, watching, write

LONG_AGO = 1_500_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    write(tmp_path, "ankara")
    os.utime(tmp_path / "news" / "ankara.txt", (LONG_AGO, LONG_AGO))
    return tmp_path


def settings_at(folder: Path, url: str) -> Settings:
    return Settings(
        index=folder / ".dossier", workers=1, model="none", meaning="none", catalog_url=url, lock_seconds=30
    )


def read(url: str) -> dict[str, str]:
    """The bodies of all articles that readers of the server see, by locator."""

    def bodies(reader: CatalogReader) -> dict[str, str]:
        with reader.snapshot() as catalog:
            ids = list(catalog.article_ids())
            return {article.locator: article.body for article in catalog.articles(ids).values()}

    try:
        with closing(open_reader(Path(), url=url)) as reader:
            return bodies(reader)
    except DossierError:
        return {}


def test_what_is_added_changed_and_removed_is_published_on_the_server(folder: Path, postgres_url: str) -> None:
    with watching(folder, "--catalog", postgres_url, "--prune", "--yes") as process:
        wait_until(lambda: set(read(postgres_url)) == paths("ankara"))
        write(folder, "izmir", "bursa")
        wait_until(lambda: set(read(postgres_url)) == paths("ankara", "izmir", "bursa"))
        (folder / "news" / "izmir.txt").write_text("Izmir is a port in Turkey, and larger than Bursa.\n")
        wait_until(lambda: "port" in read(postgres_url)["news/izmir.txt"])
        Decider(settings_at(folder, postgres_url)).decide(Rename("turkey", "Türkiye"), decided_by="ada")
        (folder / "news" / "ankara.txt").unlink()
        wait_until(lambda: set(read(postgres_url)) == paths("izmir", "bursa"))
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert said.endswith("Stopped watching.\n")
    # Nothing of it is in a file.
    assert not (folder / ".dossier" / "catalog.db").exists()


def test_two_that_watch_one_folder_add_each_article_once(folder: Path, postgres_url: str) -> None:
    names = [f"town{number}" for number in range(40)]
    options = ("--catalog", postgres_url)
    with watching(folder, *options) as first:
        wait_until(lambda: bool(read(postgres_url)))
        with watching(folder, *options) as second:
            write(folder, *names)
            wait_until(lambda: set(read(postgres_url)) == paths("ankara", *names))
            assert (first.poll(), second.poll()) == (None, None)
    with closing(open_reader(Path(), url=postgres_url)) as reader:
        assert reader.statistics().articles == 41


@pytest.mark.kill
@pytest.mark.parametrize("after", [0.5, 3.0])
def test_killed_at_any_moment_nothing_is_lost(folder: Path, postgres_url: str, after: float) -> None:
    names = [f"town{number}" for number in range(100)]
    with watching(folder, "--catalog", postgres_url) as process:
        wait_until(lambda: bool(read(postgres_url)))
        write(folder, *names)
        time.sleep(after)
        process.kill()
        process.wait()
    report = Indexer(settings_at(folder, postgres_url), pool="local").index([str(folder / "news")])
    assert (report.read, report.failed) == (101, 0)
    assert set(read(postgres_url)) == paths("ankara", *names)
