"""The write side: what is stored, replaced and removed leaves the same catalog as if it had always been so."""

import resource
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.catalog.records import ExtractedArticle, RunCounts, SourceState
from index.catalog.store import Catalog, open_catalog
from index.errors import CatalogError, DiskFullError
from index.identity.records import Definition, Name, Reject, Rename
from index.model import Failure, Kind, Span
from tests.unit.index.catalog.archive import ANKARA, ARCHIVE, MOSCOW, extracted, make_article, resolve, store_resolution
from tests.unit.index.catalog.contents import contents


def add(catalog: Catalog, *items: ExtractedArticle) -> None:
    catalog.store(items, extraction="v1", run=1)


def settle(catalog: Catalog, **ids: str) -> None:
    store_resolution(catalog, resolve(catalog.names(), **ids), fingerprint="r")


def pending_ids(catalog: Catalog) -> list[str]:
    return [document.id for document in catalog.pending(limit=9)]


def test_new_articles_and_old_ones_are_counted(catalog: Catalog) -> None:
    assert catalog.store(ARCHIVE[:2], extraction="v1", run=1) == (2, 0)
    assert catalog.store(ARCHIVE, extraction="v2", run=2) == (1, 2)


def test_of_two_articles_with_one_id_the_later_wins(catalog: Catalog, folder: Path) -> None:
    later = make_article("ankara", "Another text.")
    add(catalog, ARCHIVE[0], extracted(later))
    reader = open_reader(folder)
    assert reader.article("ankara") == later
    assert reader.mentions(["ankara"]) == {"ankara": ()}
    reader.close()


def test_storing_again_changes_nothing(filled: Catalog, folder: Path) -> None:
    before = contents(folder)
    add(filled, *ARCHIVE)
    settle(filled)
    assert contents(folder) == before


@pytest.mark.parametrize("first", [0, 1, 2])
def test_what_was_changed_back_is_as_before(filled: Catalog, folder: Path, first: int) -> None:
    before = contents(folder)
    changed = make_article(ARCHIVE[first].article.id, "Moscow and Berlin. Demir went to Berlin.")
    add(filled, extracted(changed, ("Moscow", Kind.PLACES, "moscow"), ("Berlin", Kind.PLACES, "berlin")))
    settle(filled)
    assert contents(folder) != before
    add(filled, ARCHIVE[first])
    settle(filled)
    assert contents(folder) == before


def test_the_order_and_the_batches_of_storing_make_no_difference(filled: Catalog, folder: Path, tmp_path: Path) -> None:
    with open_catalog(tmp_path / "other") as other:
        add(other, ARCHIVE[2])
        settle(other)
        add(other, ARCHIVE[1])
        settle(other)
        add(other, ARCHIVE[0])
        settle(other)
    assert contents(tmp_path / "other") == contents(folder)


def test_removed_articles_leave_nothing_behind(catalog: Catalog, folder: Path, tmp_path: Path) -> None:
    add(catalog, *ARCHIVE)
    settle(catalog)
    assert catalog.remove(["ankara", "moscow", "nobody"]) == 2
    settle(catalog)
    with open_catalog(tmp_path / "other") as other:
        add(other, ARCHIVE[2])
        settle(other)
    assert contents(folder) == contents(tmp_path / "other")


def test_names_are_counted_in_the_story_alone(catalog: Catalog, folder: Path) -> None:
    in_menu = structs.replace(ARCHIVE[1].mentions[0], span=Span(69, 75), in_furniture=True)
    link = replace(ARCHIVE[1].links[0], mention_index=len(ARCHIVE[0].mentions))
    item = replace(ARCHIVE[0], mentions=(*ARCHIVE[0].mentions, in_menu), links=(*ARCHIVE[0].links, link))
    add(catalog, item)
    settle(catalog)
    assert Name(Kind.PLACES, "moscow", "Moscow", None, 0, 0) in catalog.names()
    reader = open_reader(folder)
    assert reader.entity("moscow").documents == 0
    assert reader.links(["ankara"])["ankara"][-1].entity_id == "moscow"
    assert reader.article_ids_of("moscow") == ()
    assert reader.count_entities(Kind.PLACES) == 1
    reader.close()


def test_names_come_with_their_spellings_and_counts(filled: Catalog) -> None:
    assert filled.names() == (
        Name(Kind.PEOPLE, "ismail demir", "Ismail Demir", None, 2, 2),
        Name(Kind.PLACES, "ankara", "Ankara", None, 1, 1),
        Name(Kind.PLACES, "moscow", "Moscow", None, 1, 1),
        Name(Kind.SYSTEMS, "s 400", "S 400", None, 1, 1),
    )


def test_definitions_are_counted_by_article(catalog: Catalog) -> None:
    definition = Definition(Kind.ORGANIZATIONS, "ssb", "presidency of defense industries")
    add(catalog, *(replace(item, definitions=(definition, definition)) for item in ARCHIVE[:2]))
    assert catalog.definitions() == (replace(definition, documents=2),)
    catalog.remove(["moscow"])
    assert catalog.definitions() == (definition,)


def test_only_documents_whose_entities_changed_become_pending(filled: Catalog) -> None:
    filled.confirm(filled.pending(limit=9))
    changes = store_resolution(filled, resolve(filled.names(), moscow="russia"), fingerprint="r2")
    assert (changes.added, changes.removed, changes.documents) == (("russia",), ("moscow",), 1)
    assert pending_ids(filled) == ["moscow"]


def test_a_resolution_that_changes_nothing_writes_nothing(filled: Catalog) -> None:
    filled.confirm(filled.pending(limit=9))
    changes = store_resolution(filled, resolve(filled.names()), fingerprint="r2")
    assert (changes.added, changes.removed, changes.changed, changes.documents) == ((), (), (), 0)
    assert filled.count_pending() == 0


def test_ids_lead_on_through_later_merges_and_come_back(filled: Catalog, reader: CatalogReader) -> None:
    settle(filled, moscow="russia")
    settle(filled, moscow="federation")
    assert (reader.current_id("moscow"), reader.current_id("russia")) == ("federation", "federation")
    settle(filled)
    assert (reader.current_id("moscow"), reader.current_id("russia")) == ("moscow", "moscow")
    assert reader.current_id("nobody") is None


def test_merging_and_splitting_again_is_as_before(filled: Catalog, folder: Path) -> None:
    before = contents(folder)
    settle(filled, moscow="ankara", s_400="ankara")
    settle(filled)
    assert contents(folder) == before


def test_a_resolution_reads_back(filled: Catalog) -> None:
    resolution = resolve(filled.names())
    assert filled.resolution().assignments == resolution.assignments
    assert [entity.id for entity in filled.resolution().entities] == [entity.id for entity in resolution.entities]


def test_pending_documents_are_read_by_id_and_confirmed(filled: Catalog) -> None:
    assert [document.id for document in filled.pending(limit=2)] == ["ankara", "moscow"]
    assert [document.id for document in filled.pending(limit=2, after="moscow")] == ["quiet"]
    filled.confirm(filled.pending(limit=2))
    assert pending_ids(filled) == ["quiet"]
    filled.mark_all_pending()
    assert filled.count_pending() == 3


@pytest.mark.parametrize(
    "mark_again", [lambda catalog: catalog.store(ARCHIVE[1:2], extraction="v2", run=2), Catalog.mark_all_pending]
)
def test_a_document_that_was_marked_again_stays_pending(
    filled: Catalog, mark_again: Callable[[Catalog], object]
) -> None:
    written = filled.pending(limit=2)
    mark_again(filled)
    filled.confirm(written)
    assert "moscow" in pending_ids(filled)


def test_documents_to_delete_stay_pending_when_all_are_marked(filled: Catalog) -> None:
    filled.remove(["quiet"])
    filled.mark_all_pending()
    assert pending_ids(filled) == ["ankara", "moscow", "quiet"]


def test_failures_are_kept_until_they_are_forgotten(filled: Catalog, reader: CatalogReader) -> None:
    failure = Failure("b.pdf", "damaged", "no pages", "Repair it.")
    filled.store([], extraction="v1", failures=[("b.pdf", failure)], run=1)
    filled.store([], extraction="v1", failures=[("a.zip", structs.replace(failure, locator="a.zip#1"))], run=2)
    assert [row.failure.locator for row in reader.failures()] == ["a.zip#1", "b.pdf"]
    assert filled.old_failures(before_run=2) == (("b.pdf", "b.pdf"),)
    filled.forget_failures(["b.pdf"])
    assert [row.failure.locator for row in reader.failures()] == ["a.zip#1"]
    assert reader.statistics().failures == 1


def test_a_run_that_was_not_finished_has_no_end(filled: Catalog, reader: CatalogReader) -> None:
    first, second = filled.begin_run(), filled.begin_run()
    filled.finish_run(second, RunCounts(read=3, added=1, unchanged=2), is_complete=True)
    newest, oldest = reader.runs()
    assert (newest.id, newest.read, newest.added, newest.unchanged, newest.failed) == (second, 3, 1, 2, 0)
    assert newest.finished is not None
    assert (oldest.id, oldest.finished) == (first, None)


def test_decisions_are_listed_newest_first_and_know_that_they_were_undone(
    filled: Catalog, reader: CatalogReader
) -> None:
    (first,) = filled.add_decisions([Reject("ankara")], decided="2021-01-01T00:00:00")
    (second,) = filled.add_decisions([Rename("moscow", "Москва")])
    undone = filled.undo_decision(first.id)
    assert (undone.id, undone.decided_at, undone.undone_at is None) == (first.id, "2021-01-01T00:00:00", False)
    assert reader.decisions() == (second, undone)
    assert reader.decisions(limit=1) == (second,)


def test_a_decision_waits_for_the_next_resolution(filled: Catalog) -> None:
    made = filled.add_decisions([Reject("ankara", names=((Kind.PLACES, "ankara"),))])
    assert filled.identity().unheeded_decisions() == made
    filled.begin_resolution(filled.identity().unheeded_decisions())
    assert filled.identity().unheeded_decisions() == ()


def test_files_that_were_read_whole_are_remembered(filled: Catalog) -> None:
    state = SourceState("news/ankara.txt", 75, 1600000000.125, "reading", 1, 2)
    filled.store([], extraction="v1", sources=[replace(state, size=1), state], run=1)
    assert filled.known.source_states(["news/ankara.txt", "news/moscow.txt"]) == {"news/ankara.txt": state}
    assert filled.known.files(after="", limit=9) == ("news/ankara.txt", "news/moscow.txt", "news/quiet.txt")
    assert filled.remove_files(["news/ankara.txt"]) == 1
    assert filled.known.source_states(["news/ankara.txt"]) == {}
    assert filled.known.ids_of("news/ankara.txt") == ()
    assert filled.known.article_states(["moscow"])["moscow"].content_hash == MOSCOW.content_hash


def test_a_batch_that_fails_leaves_nothing_behind(filled: Catalog, folder: Path) -> None:
    before = contents(folder)
    broken = replace(ARCHIVE[0], mentions=(*ARCHIVE[0].mentions, ARCHIVE[0].mentions[0]))
    with pytest.raises(CatalogError, match="UNIQUE"):
        add(filled, extracted(make_article("new", "Ankara.")), broken)
    assert contents(folder) == before
    add(filled, *ARCHIVE)
    settle(filled)
    assert contents(folder) == before


def test_a_full_disk_loses_nothing_that_was_committed(filled: Catalog, folder: Path) -> None:
    before = contents(folder)
    large = make_article("large", "Ankara. " * 500_000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    try:
        with pytest.raises(DiskFullError, match="Free some space"):
            add(filled, extracted(large))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert contents(folder) == before
    add(filled, extracted(large))
    reader = open_reader(folder)
    assert reader.article("large") == large
    assert reader.article("ankara") == ANKARA
    reader.close()
