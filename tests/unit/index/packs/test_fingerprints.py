from pathlib import Path

import pytest

from index.packs.description import find_pack
from index.packs.fingerprints import fingerprint_packs
from index.packs.reading import read_pack
from index.packs.template import make_pack
from tests.unit.index.packs.test_loader import DESCRIPTION, REACTORS, write_pack


def fingerprint(folder: str) -> str:
    (value,) = fingerprint_packs([folder]).values()
    return value


def test_a_pack_is_named_by_its_name_or_its_absolute_path(tmp_path: Path) -> None:
    make_pack(tmp_path / "own")
    assert list(fingerprint_packs(["core", str(tmp_path / "own")])) == ["core", str(tmp_path / "own")]


def test_the_fingerprint_is_that_of_reading_the_pack() -> None:
    content = read_pack(find_pack("defence"), [])
    assert content is not None
    assert fingerprint_packs(["defence"]) == {"defence": content.fingerprint}


@pytest.mark.parametrize(
    "reactors",
    [
        REACTORS + "# more\n",
        REACTORS.replace("# Reactors\n", "\n\n"),
        REACTORS.replace("\n", "\r\n"),
        REACTORS.rstrip("\n"),
        REACTORS.replace("TR-1|TR-2", "") + "|\t\tTR-1\n|\t\tTR-2\n",
        "country\tcategory\tid\tname\taliases\nTurkey\tresearch reactor\t\tÇekmece-1\tTR-1|TR-2\n",
    ],
    ids=["comment", "no comment", "line ends of Windows", "no last line end", "one alias a line", "columns"],
)
def test_the_layout_of_a_table_does_not_change_the_fingerprint(tmp_path: Path, reactors: str) -> None:
    before = fingerprint(write_pack(tmp_path / "own"))
    assert fingerprint(write_pack(tmp_path / "own", reactors=reactors)) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [('version = "1"', 'version = "2"'), ("made up", "a book"), ("what it is", "its use"), ("CC0", "MIT")],
)
def test_what_a_head_tells_people_does_not_change_the_fingerprint(tmp_path: Path, old: str, new: str) -> None:
    before = fingerprint(write_pack(tmp_path / "own"))
    description = DESCRIPTION.replace(old, new) + "# A comment\n"
    assert fingerprint(write_pack(tmp_path / "own", description=description)) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"words": "word\nboil\n"},
        {"words": "word\nboil|steam\nboil|steam\n"},
        {"words": "word\nboil\nsteam\n"},
        {"reactors": REACTORS.replace("TR-1|TR-2", "TR-2|TR-1")},
        {"reactors": REACTORS.replace("research reactor\tTurkey", "Turkey\tresearch reactor")},
        {"reactors": REACTORS.replace("TR-1|TR-2\tresearch", "TR-1\tTR-2research")},
        {"description": DESCRIPTION.replace('"systems"', '"organizations"')},
        {"description": DESCRIPTION.replace('["category", "country"]', '["country", "category"]')},
        {"description": DESCRIPTION.replace('name = "own"', 'name = "other"')},
    ],
)
def test_content_changes_the_fingerprint(tmp_path: Path, changes: dict[str, str]) -> None:
    before = fingerprint(write_pack(tmp_path / "own"))
    assert fingerprint(write_pack(tmp_path / "own", **changes)) != before  # type: ignore[arg-type]  # keyword arguments


def test_rows_that_do_not_fit_count_neither_in_reading_nor_in_the_fingerprint(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "own", reactors=REACTORS + "one\ttwo\tthree\tfour\tfive\tsix\n")
    content = read_pack(Path(folder), [])
    assert content is not None
    assert fingerprint(folder) == content.fingerprint
