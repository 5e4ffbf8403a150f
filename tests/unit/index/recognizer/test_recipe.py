import gzip
from pathlib import Path

import pytest

from index.errors import ModelError
from index.packs.loader import load_packs
from index.recognizer.recipe import PACKS, Recipe, given_names, read_place_names


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
    shorter = Recipe(trunk=100, branches=(60, 40)).scaled(20)
    assert (shorter.trunk, shorter.branches, shorter.steps) == (10, (6, 4), 20)


def test_even_the_shortest_training_has_every_branch() -> None:
    assert Recipe(trunk=100, branches=(60, 40)).scaled(1).branches == (1, 1)
