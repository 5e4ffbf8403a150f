"""Names that occur beside each other, counted over stories."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.catalog.identity.companions import MOST_COMPANIONS, MOST_COUNTED, Counted, with_new
from index.catalog.records import ExtractedArticle
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


CITIES = [f"city {number:03}" for number in range(MOST_COUNTED + 10)]


def in_ankara(article_id: str, cities: Sequence[str]) -> ExtractedArticle:
    article = make_article(article_id, ", ".join(key.title() for key in ["ankara", *cities]))
    return extracted(article, ("Ankara", *ANKARA), *((key.title(), Kind.PLACES, key) for key in cities))


@pytest.fixture
def remembering(tmp_path: Path) -> Iterator[Catalog]:
    """A catalog that counted the companions of Ankara, of which there are too many to store."""
    batch = [in_ankara("all", CITIES), in_ankara("most", CITIES[5 : MOST_COUNTED + 5])]
    with open_catalog(tmp_path) as catalog:
        catalog.store(batch, extraction="v", run=1)
        catalog.identity().companions([ANKARA])
        yield catalog


@pytest.mark.parametrize(
    "added",
    [
        [in_ankara("new", CITIES[:3])],
        [in_ankara("new", CITIES[-3:])],
        [in_ankara("new", CITIES[-3:]), in_ankara("newer", CITIES[-3:]), in_ankara("newest", CITIES[-3:])],
        [in_ankara("most", CITIES[-3:])],
        [in_ankara("most", [])],
        [in_ankara("new", CITIES[7:20]), in_ankara("all", CITIES[50:])],
    ],
    ids=["stored ones", "others", "others that are the most frequent now", "replaced", "emptied", "both"],
)
def test_remembered_companions_are_those_that_all_articles_have(
    remembering: Catalog, added: list[ExtractedArticle]
) -> None:
    remembering.store(added, extraction="v", run=2)
    found = remembering.identity().companions([ANKARA])
    assert found == remembering.companions([ANKARA])
    assert list(found[ANKARA]) == list(remembering.companions([ANKARA])[ANKARA])


def test_companions_in_articles_that_are_gone_are_forgotten(remembering: Catalog) -> None:
    remembering.remove(["all"])
    assert remembering.identity().companions([ANKARA]) == remembering.companions([ANKARA])


def test_a_name_that_joins_an_article_has_its_companions(remembering: Catalog) -> None:
    remembering.store([in_ankara("none", [])], extraction="v", run=2)
    remembering.identity().companions([(Kind.PLACES, CITIES[0])])
    remembering.store([in_ankara("none", CITIES[:2])], extraction="v", run=3)
    wanted = [(Kind.PLACES, CITIES[0])]
    assert remembering.identity().companions(wanted) == remembering.companions(wanted)


COUNTS = st.dictionaries(st.integers(0, MOST_COUNTED + 40), st.integers(1, 12), max_size=MOST_COUNTED + 40)


@given(COUNTS, st.dictionaries(st.integers(0, MOST_COUNTED + 60), st.integers(1, 3), max_size=20))
def test_the_most_frequent_with_new_articles_are_exact_or_counted_again(
    old: dict[int, int], new: dict[int, int]
) -> None:
    ids = {number: (Kind.PLACES, f"{number:03}") for number in (*old, *new)}
    before = sorted(old.items(), key=lambda item: (-item[1], item[0]))
    rest = max((count for _, count in before[MOST_COUNTED:]), default=0)
    found = with_new(Counted(before[:MOST_COUNTED], rest), new, ids)
    total = sorted((Counter(old) + Counter(new)).items(), key=lambda item: (-item[1], item[0]))
    if found is None:
        assert len(old) > MOST_COUNTED
        return
    assert list(found.beside[:MOST_COMPANIONS]) == total[:MOST_COMPANIONS]
    kept = {number for number, _ in found.beside}
    assert all(count <= found.rest for number, count in total if number not in kept)
