import gzip
from pathlib import Path

import pytest

from index.errors import ModelError
from index.packs.loader import load_packs
from index.recognizer.training.recipe import PACKS, Recipe, given_names, read_place_names


def test_places_are_cities_and_their_countries(tmp_path: Path) -> None:
    (tmp_path / "gazetteer").mkdir()
    row = b'{"name": "Duskmere", "country": "Quellmark"}'
    (tmp_path / "gazetteer" / "world_cities.jsonl.gz").write_bytes(gzip.compress(row))
    assert list(read_place_names(tmp_path)) == ["Duskmere", "Quellmark"]


def test_a_missing_gazetteer_says_where_it_should_be(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gazetteer/world_cities\.jsonl\.gz"):
        list(read_place_names(tmp_path))


def test_given_names_come_from_all_regions_of_the_packs() -> None:
    assert {"Abigail", "Amélie", "Anders"} <= set(given_names(load_packs(PACKS)))


def test_a_shorter_training_is_shorter_in_all_parts() -> None:
    shorter = Recipe(trainings=3, steady=100, falling=60).scaled(48)
    assert (shorter.trainings, shorter.steady, shorter.falling, shorter.steps) == (3, 10, 6, 48)


def test_even_the_shortest_training_has_an_end() -> None:
    shortest = Recipe(trainings=2, steady=100, falling=60).scaled(1)
    assert (shortest.trainings, shortest.falling) == (2, 1)
