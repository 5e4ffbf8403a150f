"""Pairs of entities that may be one: each keeps its number, and no number is ever given twice."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.catalog.reader import CatalogReader
from index.catalog.reading.records import SuggestionRow
from index.catalog.store import Catalog
from index.identity.records import Suggestion
from index.model import Kind
from tests.unit.index.catalog.archive import resolve, store_resolution

CITIES = Suggestion(Kind.PLACES, "ankara", "moscow", "spelling", "nearly the same letters", 40)
MIXED = Suggestion(Kind.PEOPLE, "ismail-demir", "s-400", "short form", "shorter", 70)


def suggest(catalog: Catalog, *suggestions: Suggestion, **ids: str) -> None:
    resolution = replace(resolve(catalog.names(), **ids), suggestions=suggestions)
    store_resolution(catalog, resolution, fingerprint="r")


def numbered(rows: Sequence[SuggestionRow]) -> list[tuple[int, str, str]]:
    return [(row.number, row.entity, row.into) for row in rows]


def test_the_likeliest_come_first(filled: Catalog, reader: CatalogReader) -> None:
    suggest(filled, MIXED, CITIES)
    assert reader.suggestions() == (
        SuggestionRow(1, Kind.PEOPLE, "ismail-demir", "s-400", "short form", "shorter", 70),
        SuggestionRow(2, Kind.PLACES, "ankara", "moscow", "spelling", "nearly the same letters", 40),
    )
    assert (reader.count_suggestions(), reader.statistics().suggestions) == (2, 2)


def test_they_are_found_by_kind_number_entity_and_page(filled: Catalog, reader: CatalogReader) -> None:
    suggest(filled, MIXED, CITIES)
    cities = reader.suggestions()[1:]
    assert reader.suggestions(kind=Kind.PLACES) == cities
    assert reader.count_suggestions(kind=Kind.PLACES) == 1
    assert reader.suggestions(limit=1, offset=1) == cities
    assert (reader.suggestion(2), reader.suggestion(3)) == (cities[0], None)
    assert reader.suggestions_about("moscow") == reader.suggestions_about("ankara") == cities
    assert reader.suggestions_about("quiet") == ()


def test_a_pair_keeps_its_number_while_what_is_said_of_it_changes(filled: Catalog, reader: CatalogReader) -> None:
    suggest(filled, MIXED, CITIES)
    suggest(filled, replace(CITIES, score=90, evidence="both are capitals"), MIXED)
    assert numbered(reader.suggestions()) == [(2, "ankara", "moscow"), (1, "ismail-demir", "s-400")]
    assert reader.suggestions()[0].evidence == "both are capitals"


@pytest.mark.parametrize("left", [(), (MIXED,)])
def test_no_number_is_given_twice(filled: Catalog, reader: CatalogReader, left: tuple[Suggestion, ...]) -> None:
    suggest(filled, MIXED, CITIES)
    suggest(filled, *left)
    suggest(filled, CITIES)
    assert numbered(reader.suggestions()) == [(3, "ankara", "moscow")]


def test_a_suggestion_goes_with_its_entity(filled: Catalog, reader: CatalogReader) -> None:
    suggest(filled, CITIES)
    suggest(filled, moscow="russia")
    assert reader.suggestions() == ()


def test_other_entities_can_be_suggested_when_one_goes(filled: Catalog, folder: Path) -> None:
    suggest(filled, CITIES)
    suggest(filled, replace(CITIES, into="russia"), moscow="russia")
    reader = open_reader(folder)
    assert numbered(reader.suggestions()) == [(2, "ankara", "russia")]
    reader.close()
