"""A run or a decision writes the documents whose entities change, and nothing else."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.catalog.rows import CATALOG_FILE
from index.deciding import Decider, DecisionReport
from index.engines.whoosh.segment_store import open_commit
from index.identity.decisions import KeepApart, Merge, Reject, Rename, Retype, Split
from index.ingest.indexer import Indexer
from index.model import Kind
from index.settings import Settings
from tests.unit.index.catalog.contents import contents

TEXTS = {
    "a": "Defence minister Ismail Demir spoke in Ankara on Monday. Demir said the talks went well.",
    "b": "Mr Demir arrived in Moscow. Mr Demir said he would stay.",
    "c": "President Selim Kaya visited Rome. Kaya praised the Ministry of Defence.",
    "d": "The talks were held in Paris.",
    "e": "Berlin paid $3 million in 2019.",
    "f": "Ankara was quiet.",
    "g": "Rome was not.",
    "h": "Madrid was far away.",
}
# From now on, "Demir" alone may be either of two.
NAMESAKE = "Interior minister Hasan Demir spoke in Izmir. Hasan Demir laughed."

# Tables with a row for each thing found in an article, and the column that names the article.
OF_ARTICLES = {"articles": "number", "mentions": "article", "appearances": "article", "amounts": "article"}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def indexer(news: Path) -> Indexer:
    """On an index of the eight articles."""
    indexer = Indexer(Settings(index=news.parent / ".dossier", workers=1, packs=("core",), model="none"), pool="local")
    assert indexer.index([str(news)]).added == 8
    return indexer


@pytest.fixture
def decider(indexer: Indexer, folder: Path) -> Decider:
    """On the same index."""
    assert indexer
    return Decider(Settings(index=folder, workers=1, packs=("core",), model="none"))


@pytest.fixture
def folder(news: Path) -> Path:
    return news.parent / ".dossier"


@pytest.fixture
def reader(indexer: Indexer, folder: Path) -> Iterator[CatalogReader]:
    reader = open_reader(folder)
    yield reader
    reader.close()


def names_of(reader: CatalogReader, ids: list[str]) -> list[str]:
    return sorted(Path(article.locator).stem for article in reader.articles(ids).values())


def written_last(folder: Path, reader: CatalogReader) -> list[str]:
    """The articles whose documents are in the newest segment of the engine."""
    *_, segment = open_commit(folder / "engine", None)[1].values()
    return names_of(reader, list(segment.ids))


def segments(folder: Path) -> int:
    return len(open_commit(folder / "engine", None)[1])


def watch(folder: Path) -> None:
    """Have the database itself note every row of an article that is written."""
    connection = sqlite3.connect(folder / CATALOG_FILE)
    connection.execute("CREATE TABLE watched (article INTEGER)")
    for table, column in OF_ARTICLES.items():
        for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            connection.execute(
                f"CREATE TRIGGER {table}_{event} AFTER {event} ON {table} "
                f"BEGIN INSERT INTO watched VALUES ({row}.{column}); END"
            )
    connection.commit()
    connection.close()


def watched(folder: Path) -> list[str]:
    """The articles with a row that was written since `watch`."""
    connection = sqlite3.connect(folder / CATALOG_FILE)
    rows = connection.execute(
        "SELECT DISTINCT a.locator FROM watched w JOIN articles a ON a.number = w.article ORDER BY a.locator"
    ).fetchall()
    connection.close()
    return [Path(locator).stem for (locator,) in rows]


def test_a_new_article_writes_itself_and_the_article_whose_entity_it_changes(
    indexer: Indexer, news: Path, folder: Path, reader: CatalogReader
) -> None:
    watch(folder)
    (news / "z.txt").write_text(NAMESAKE, encoding="utf-8")
    report = indexer.index([str(news)])
    assert (report.added, report.unchanged, report.written, report.relinked) == (1, 8, 2, 1)
    assert written_last(folder, reader) == ["b", "z"]
    assert watched(folder) == ["z"]
    assert reader.runs()[0].relinked == 1


def test_a_new_article_that_changes_no_entity_writes_only_itself(
    indexer: Indexer, news: Path, folder: Path, reader: CatalogReader
) -> None:
    watch(folder)
    (news / "z.txt").write_text("Ismail Demir went to Rome and to Paris.", encoding="utf-8")
    report = indexer.index([str(news)])
    assert (report.added, report.written, report.relinked) == (1, 1, 0)
    assert written_last(folder, reader) == watched(folder) == ["z"]


def test_an_article_that_goes_leaves_all_as_it_was_without_it(
    indexer: Indexer, news: Path, folder: Path, reader: CatalogReader
) -> None:
    before = contents(folder)
    (news / "z.txt").write_text(NAMESAKE, encoding="utf-8")
    indexer.index([str(news)])
    assert contents(folder) != before
    (news / "z.txt").unlink()
    report = indexer.index([str(news)], prune=True, prune_many=True)
    assert (report.removed, report.relinked) == (1, 1)
    assert written_last(folder, reader) == ["b"]
    assert contents(folder) == before


def merge(decider: Decider) -> DecisionReport:
    return decider.decide(Merge("paris", "rome"))


def split(decider: Decider) -> DecisionReport:
    return decider.decide(Split("ismail-demir", "Demir"))


def rename(decider: Decider) -> DecisionReport:
    return decider.decide(Rename("rome", "Roma"))


def retype(decider: Decider) -> DecisionReport:
    return decider.decide(Retype("madrid", Kind.PEOPLE))


def reject(decider: Decider) -> DecisionReport:
    return decider.decide(Reject("ankara"))


def apart(decider: Decider) -> DecisionReport:
    return decider.decide(KeepApart("paris", "rome"))


@pytest.mark.parametrize(
    ("decide", "articles"),
    [(merge, ["d"]), (split, ["b"]), (retype, ["h"]), (reject, ["a", "f"])],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_decision_writes_the_documents_it_changes_and_so_does_its_undoing(
    decider: Decider,
    folder: Path,
    reader: CatalogReader,
    decide: Callable[[Decider], DecisionReport],
    articles: list[str],
) -> None:
    watch(folder)
    report = decide(decider)
    assert (report.written, report.changes.documents) == (len(articles), len(articles))
    assert written_last(folder, reader) == articles
    undone = decider.undo(report.decisions[0].id)
    assert undone.written == len(articles)
    assert written_last(folder, reader) == articles
    assert watched(folder) == []


@pytest.mark.parametrize("decide", [rename, apart], ids=lambda value: getattr(value, "__name__", None))
def test_a_decision_that_moves_no_name_writes_no_document(
    decider: Decider, folder: Path, decide: Callable[[Decider], DecisionReport]
) -> None:
    watch(folder)
    report = decide(decider)
    assert (report.written, report.changes.documents) == (0, 0)
    assert decider.undo(report.decisions[0].id).written == 0
    assert (segments(folder), watched(folder)) == (1, [])
