"""When articles came and changed, for every reader alike."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.catalog.reading.records import Arrival
from index.catalog.store import Catalog, open_catalog
from tests.unit.index.catalog.archive import ANKARA, ARCHIVE, QUIET, extracted, make_article


def ids_of(found: Iterable[Arrival]) -> list[str]:
    return [arrival.id for arrival in found]


def test_articles_come_in_the_order_in_which_they_arrived(reader: CatalogReader) -> None:
    came = [item.article.id for item in ARCHIVE]
    found = reader.arrived_after(0, limit=10)
    assert ids_of(found) == came
    assert [arrival.number for arrival in found] == sorted({arrival.number for arrival in found})
    assert {arrival.added == arrival.changed for arrival in found} == {True}
    assert reader.arrived_after(found[0].number, limit=1) == found[1:2]
    assert reader.arrived_after(found[-1].number, limit=1) == ()
    assert reader.changed_after(0, limit=10) == found
    assert reader.last_changed(limit=2) == found[::-1][:2]
    assert reader.last_changed(before=found[1].change, limit=10) == found[:1]
    assert reader.last_arrival() == (found[-1].number, found[-1].change)
    assert reader.last_arrival(before="1999-12-31T00:00:00+00:00") == (0, 0)
    assert reader.last_arrival(before="2999-12-31T00:00:00+00:00") == reader.last_arrival()


def test_arrivals_are_looked_up_by_id(reader: CatalogReader) -> None:
    found = reader.arrivals([QUIET.id, "nobody", ANKARA.id])
    assert list(found) == [QUIET.id, ANKARA.id]
    assert found[ANKARA.id] == reader.arrived_after(0, limit=1)[0]
    assert reader.arrivals([]) == {}


def test_what_changes_comes_last_and_keeps_its_place_among_arrivals(reader: CatalogReader, filled: Catalog) -> None:
    before = reader.arrived_after(0, limit=10)
    filled.store([extracted(make_article(ANKARA.id, "Talks moved. To Moscow."))], extraction="v1", run=2)
    assert ids_of(reader.last_changed(limit=1)) == [ANKARA.id]
    assert ids_of(reader.arrived_after(0, limit=10)) == ids_of(before)
    assert ids_of(reader.changed_after(before[-1].change, limit=10)) == [ANKARA.id]
    assert reader.arrivals([ANKARA.id])[ANKARA.id].added == before[0].added


def test_what_is_only_extracted_again_has_not_changed(reader: CatalogReader, filled: Catalog) -> None:
    before = reader.last_changed(limit=10)
    filled.store(ARCHIVE, extraction="v2", run=2)
    assert reader.last_changed(limit=10) == before


def test_what_is_removed_and_comes_back_is_new(reader: CatalogReader, filled: Catalog) -> None:
    last, _ = reader.last_arrival()
    filled.remove([ANKARA.id])
    assert ANKARA.id not in ids_of(reader.arrived_after(0, limit=10))
    filled.store(ARCHIVE[:1], extraction="v1", run=2)
    assert ids_of(reader.arrived_after(last, limit=10)) == [ANKARA.id]


def test_an_archive_without_articles_has_no_arrivals(folder: Path, url: str) -> None:
    with open_catalog(folder, url=url), closing(open_reader(folder, url=url)) as reader:
        assert reader.last_arrival() == (0, 0)
        assert reader.arrived_after(0, limit=1) == reader.last_changed(limit=1) == ()
