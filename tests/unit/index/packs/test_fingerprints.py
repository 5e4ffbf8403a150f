from pathlib import Path

from index.packs.description import find_pack
from index.packs.fingerprints import fingerprint_packs
from index.packs.reading import read_pack
from index.packs.template import make_pack


def test_a_pack_is_named_by_its_name_or_its_absolute_path(tmp_path: Path) -> None:
    make_pack(tmp_path / "own")
    assert list(fingerprint_packs(["core", str(tmp_path / "own")])) == ["core", str(tmp_path / "own")]


def test_the_fingerprint_is_that_of_reading_the_pack() -> None:
    content = read_pack(find_pack("defence"), [])
    assert content is not None
    assert fingerprint_packs(["defence"]) == {"defence": content.fingerprint}


def test_the_fingerprint_changes_with_any_table(tmp_path: Path) -> None:
    *_, table = make_pack(tmp_path / "own")
    before = fingerprint_packs([str(tmp_path / "own")])
    table.write_text(table.read_text("utf-8") + "# more\n", encoding="utf-8")
    assert fingerprint_packs([str(tmp_path / "own")]) != before
