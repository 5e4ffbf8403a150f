"""Staged articles: unseen until they are stored, then as if they had been stored at once."""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from index.catalog.reader import CatalogReader
from index.catalog.records import ArticleState, ExtractedArticle, SourceState, StoredCounts
from index.catalog.rows import CATALOG_FILE
from index.catalog.store import Catalog, open_catalog
from index.catalog.writing import staging
from index.identity.records import Definition
from index.model import Failure, Kind
from tests.unit.index.catalog.archive import (
    ANKARA,
    ARCHIVE,
    MOSCOW,
    extracted,
    make_article,
    resolve,
    rolled_back,
    store_resolution,
)
from tests.unit.index.catalog.contents import contents

FAILURE = Failure("news/b.zip#3", "damaged", "no pages", "Repair it.")
STATES = [SourceState(f"news/{name}.txt", 75, 1600000000.125, "reading", 1, 2) for name in ("ankara", "moscow")]
RICH = replace(ARCHIVE[0], definitions=(Definition(Kind.ORGANIZATIONS, "ssb", "presidency of defense industries"),))


def stage(catalog: Catalog, *items: ExtractedArticle, run: int = 1, extraction: str = "v1") -> None:
    catalog.stage(items, extraction=extraction, run=run)


def damage(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / CATALOG_FILE)
    with connection:
        connection.execute(statement)
    connection.close()


def test_staged_articles_are_not_seen(filled: Catalog, folder: Path, reader: CatalogReader) -> None:
    before = contents(folder)
    stage(filled, extracted(make_article("new", "Nothing new.")))
    assert contents(folder) == before
    assert (filled.count_staged(), reader.statistics().articles, filled.count_pending()) == (1, 3, 3)


def test_what_was_staged_is_stored_as_if_it_had_been_at_once(catalog: Catalog, folder: Path, tmp_path: Path) -> None:
    articles = (RICH, *ARCHIVE[1:])
    catalog.stage(articles[:2], extraction="v1", failures=[("news/b.zip", FAILURE)], run=3)
    catalog.stage(articles[2:], extraction="v2", sources=STATES, run=4)
    assert catalog.store_staged() == StoredCounts(added=3)
    with open_catalog(tmp_path / "other") as other:
        other.store(articles[:2], extraction="v1", failures=[("news/b.zip", FAILURE)], run=3)
        other.store(articles[2:], extraction="v2", sources=STATES, run=4)
    assert contents(folder) == contents(tmp_path / "other")
    assert (catalog.count_staged(), catalog.count_pending()) == (0, 3)
    assert catalog.old_failures(before_run=4) == (("news/b.zip#3", "news/b.zip"),)
    assert catalog.known.source_states([state.locator for state in STATES]) == {
        state.locator: state for state in STATES
    }


def test_the_later_of_two_staged_articles_with_one_id_is_kept(filled: Catalog, reader: CatalogReader) -> None:
    older, newer = (extracted(make_article("ankara", body)) for body in ("Older.", "Newer."))
    stage(filled, older)
    stage(filled, newer, extraction="v2")
    state = ArticleState("news/ankara.txt", newer.article.content_hash, "v2", newer.file)
    assert filled.staged_states(["ankara", "moscow"]) == {"ankara": state}
    assert filled.store_staged() == StoredCounts(changed=2)
    assert reader.article("ankara") == newer.article
    assert filled.staged_states(["ankara"]) == {}


def test_nothing_staged_stores_nothing(filled: Catalog) -> None:
    assert filled.store_staged() == StoredCounts()


def test_articles_can_be_changed_before_they_are_stored(catalog: Catalog, reader: CatalogReader) -> None:
    def without_links(items: Sequence[ExtractedArticle]) -> list[ExtractedArticle]:
        return [replace(item, links=()) for item in items]

    stage(catalog, *ARCHIVE)
    catalog.store_staged(prepare=without_links)
    assert reader.mentions(["moscow"])["moscow"] == ARCHIVE[1].mentions
    assert catalog.names() == ()


def test_memory_is_bounded_by_rows_and_bytes(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_BYTES_AT_ONCE", 2000)
    stage(catalog, *ARCHIVE, *(extracted(make_article(f"a{number}", "Nothing.")) for number in range(300)))
    sizes: list[int] = []

    def note(items: Sequence[ExtractedArticle]) -> Sequence[ExtractedArticle]:
        sizes.append(len(items))
        return items

    assert catalog.store_staged(prepare=note) == StoredCounts(added=303)
    assert sum(sizes) == 303
    assert 1 <= max(sizes) < 20


def test_a_killed_publication_leaves_the_stage_as_it_was(filled: Catalog, folder: Path) -> None:
    stage(filled, *ARCHIVE)
    before = contents(folder)
    with rolled_back(filled):
        filled.store_staged()
    assert (contents(folder), filled.count_staged()) == (before, 3)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE staged SET payload = x'0123' WHERE article = 'moscow'", "cannot be decoded"),
        ("UPDATE staged SET payload = zeroblob(9) WHERE article = 'moscow'", "cannot be decoded"),
        ("UPDATE staged SET version = 99 WHERE article = 'moscow'", "version 99"),
        ("UPDATE staged SET kind = 'poem' WHERE article = 'moscow'", "'poem'"),
        (
            "UPDATE staged SET payload = (SELECT payload FROM staged WHERE kind = 'failure') WHERE article = 'moscow'",
            "missing required field",
        ),
    ],
)
def test_a_row_that_cannot_be_decoded_is_a_failure_of_its_article(
    catalog: Catalog, folder: Path, reader: CatalogReader, statement: str, message: str
) -> None:
    catalog.remove(["ankara", "moscow", "quiet"])
    catalog.stage(ARCHIVE, extraction="v1", failures=[("news/b.zip", FAILURE)], sources=STATES[:1], run=2)
    # The file of the damaged article ends in a later batch.
    catalog.stage([], extraction="v2", sources=STATES[1:], run=2)
    damage(folder, statement)
    assert catalog.store_staged() == StoredCounts(added=2, unreadable=1)
    assert list(reader.article_ids()) == ["ankara", "quiet"]
    rows = {row.failure.locator: row.failure for row in reader.failures()}
    assert rows.keys() == {"news/b.zip#3", MOSCOW.locator}
    assert (rows[MOSCOW.locator].reason, message in rows[MOSCOW.locator].message) == ("staged-unreadable", True)
    # The other is read again.
    assert catalog.known.source_states([ANKARA.locator, MOSCOW.locator]) == {ANKARA.locator: STATES[0]}


def test_old_failures_do_not_keep_a_source_from_being_remembered(catalog: Catalog, folder: Path) -> None:
    stage(catalog, ARCHIVE[1])
    damage(folder, "UPDATE staged SET version = 99")
    catalog.store_staged()
    catalog.stage(ARCHIVE[1:2], extraction="v1", sources=STATES[1:], run=2)
    assert catalog.store_staged() == StoredCounts(added=1)
    assert catalog.known.source_states([MOSCOW.locator]) == {MOSCOW.locator: STATES[1]}


def test_resolution_after_publication_is_as_always(catalog: Catalog, folder: Path, tmp_path: Path) -> None:
    stage(catalog, *ARCHIVE)
    with catalog.transaction():
        catalog.store_staged()
        store_resolution(catalog, resolve(catalog.names()), fingerprint="r1")
    with open_catalog(tmp_path / "other") as other:
        other.store(ARCHIVE, extraction="v1", run=1)
        store_resolution(other, resolve(other.names()), fingerprint="r1")
    assert contents(folder) == contents(tmp_path / "other")


def test_the_version_was_raised_when_the_encoding_changed() -> None:
    schemas, components = msgspec.json.schema_components((ExtractedArticle, Failure, SourceState))
    # Descriptions are docstrings, which do not matter.
    described = msgspec.json.encode([schemas, components], order="sorted")
    plain = json.loads(described, object_hook=lambda item: {k: v for k, v in item.items() if k != "description"})
    digest = hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]
    # When this fails, raise STAGING_VERSION and put both new values here.
    assert (staging.STAGING_VERSION, digest) == (3, "63d10bdec8a40c33")
