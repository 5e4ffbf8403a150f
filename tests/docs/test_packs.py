"""The page about packs says what is so."""

import re
from pathlib import Path

import pytest

from index.packs.description import builtin_packs, find_pack, known_tables, read_description
from index.packs.template import make_pack

PAGE = (Path(__file__).parents[2] / "docs" / "packs.md").read_text(encoding="utf-8")


def test_every_column_of_a_new_pack_is_explained(tmp_path: Path) -> None:
    make_pack(tmp_path / "own")
    description = read_description(tmp_path / "own", [])
    assert description is not None
    columns = {column for table in description.tables for column in table.columns}
    assert {column for column in columns if f"`{column}`" not in PAGE} == set()


def test_every_pack_of_the_program_is_listed() -> None:
    assert [name for name in builtin_packs() if f"| `{name}` |" not in PAGE] == []


@pytest.mark.parametrize(
    "table", re.findall(r"`(\w+)`", PAGE.split("## Plain tables")[1].split("Their columns")[0])[2:]
)
def test_every_plain_table_of_the_page_is_read(table: str) -> None:
    assert table in known_tables()


def test_contexts_that_are_promised_are_there() -> None:
    contexts = {
        line.partition("\t")[0]
        for name in ("core", "defence")
        for line in (find_pack(name) / "contexts.tsv").read_text("utf-8").splitlines()
    }
    assert {"town", "organization", "source", "weapon"} <= contexts
