"""Names that occur beside each other, counted over stories."""

from pathlib import Path

from index.catalog.companions import MOST_COMPANIONS
from index.catalog.store import Catalog, open_catalog
from index.model import Kind
from tests.unit.index.catalog.archive import ARCHIVE, extracted, make_article

DEMIR = (Kind.PEOPLE, "ismail demir")
ANKARA = (Kind.PLACES, "ankara")
MOSCOW = (Kind.PLACES, "moscow")
S_400 = (Kind.SYSTEMS, "s 400")


def test_the_names_of_the_same_stories_are_counted(filled: Catalog) -> None:
    again = make_article("again", "Moscow sold S-400s. Moscow did.")
    filled.store([extracted(again, ("Moscow", *MOSCOW), ("S-400s", *S_400))], extraction="v", run=2)
    assert filled.companions([DEMIR, MOSCOW]) == {
        DEMIR: {ANKARA: 1, MOSCOW: 1, S_400: 1},
        MOSCOW: {S_400: 2, DEMIR: 1},
    }


def test_what_the_archive_does_not_have_is_left_out(filled: Catalog) -> None:
    assert filled.companions([(Kind.PLACES, "berlin")]) == {}
    assert filled.companions([]) == {}


def test_of_many_the_most_frequent_and_then_the_first_are_given(tmp_path: Path) -> None:
    keys = [f"city {number:03}" for number in range(MOST_COMPANIONS + 10)]
    all_of_them = make_article("all", ", ".join(key.title() for key in ["ankara", *keys]))
    last = make_article("last", f"Ankara and {keys[-1].title()}")
    batch = [
        extracted(last, ("Ankara", *ANKARA), (keys[-1].title(), Kind.PLACES, keys[-1])),
        extracted(all_of_them, ("Ankara", *ANKARA), *((key.title(), Kind.PLACES, key) for key in keys)),
    ]
    with open_catalog(tmp_path) as catalog:
        catalog.store(batch, extraction="v", run=1)
        found = catalog.companions([ANKARA])[ANKARA]
    given = [keys[-1], *keys[: MOST_COMPANIONS - 1]]
    assert list(found.items()) == [((Kind.PLACES, key), 1 + (key == keys[-1])) for key in given]


def test_asking_for_many_names_gives_the_same_as_asking_one_by_one(filled: Catalog) -> None:
    everybody = [link.name for item in ARCHIVE for link in item.links]
    ids = [(name.kind, name.key) for name in everybody]
    together = filled.companions(ids)
    assert together == {name_id: filled.companions([name_id])[name_id] for name_id in ids}
