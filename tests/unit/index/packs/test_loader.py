from pathlib import Path

import pytest

from index.errors import PackError
from index.model import Kind
from index.packs.loader import PackEntry, find_entry, load_packs

DESCRIPTION = """
name = "own"
version = "1"
licence = "CC0"
sources = ["made up"]
[tables.reactors]
kind = "systems"
description = ["category", "country"]
[tables.reactors.columns]
name = "name"
id = "identifier"
aliases = "other names"
category = "what it is"
country = "where"
[tables.words.columns]
word = "a word"
"""
REACTORS = "# Reactors\nname\tid\taliases\tcategory\tcountry\nÇekmece-1\t\tTR-1|TR-2\tresearch reactor\tTurkey\n"
WORDS = "word\nboil|steam\n"


def write_pack(
    folder: Path, *, description: str = DESCRIPTION, reactors: bytes | str = REACTORS, words: str = WORDS
) -> str:
    folder.mkdir(exist_ok=True)
    (folder / "pack.toml").write_text(description, encoding="utf-8")
    content = reactors if isinstance(reactors, bytes) else reactors.encode()
    (folder / "reactors.tsv").write_bytes(content)
    (folder / "words.tsv").write_text(words, encoding="utf-8")
    return str(folder)


def test_any_pack_can_fill_a_kind(tmp_path: Path) -> None:
    packs = load_packs([write_pack(tmp_path / "own")])
    assert packs.entries == (
        PackEntry(
            reference="own:cekmece-1",
            kind=Kind.SYSTEMS,
            name="Çekmece-1",
            aliases=("TR-1", "TR-2"),
            description="research reactor, Turkey",
            attributes={"category": "research reactor", "country": "Turkey"},
        ),
    )


def test_a_table_without_a_kind_is_rows(tmp_path: Path) -> None:
    packs = load_packs([write_pack(tmp_path / "own")])
    assert (packs.rows("words"), packs.rows("unknown")) == (({"word": "boil|steam"},), ())


def test_a_later_pack_can_replace_an_entry_of_an_earlier_one(tmp_path: Path) -> None:
    reactors = REACTORS.replace("Çekmece-1\t\t", "Patriot X\tdefence:mim-104-patriot\t")
    packs = load_packs(["defence", write_pack(tmp_path / "own", reactors=reactors)])
    (entry,) = [entry for entry in packs.entries if entry.reference == "defence:mim-104-patriot"]
    assert entry.name == "Patriot X"


def test_the_fingerprint_changes_when_a_file_does(tmp_path: Path) -> None:
    before = load_packs([write_pack(tmp_path / "own")]).fingerprint
    again = load_packs([write_pack(tmp_path / "own")]).fingerprint
    after = load_packs([write_pack(tmp_path / "own", words="word\nboil\n")]).fingerprint
    assert (before == again, before == after) == (True, False)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reactors": REACTORS.replace("\tcountry\n", "\n", 1)}, r"reactors\.tsv:2: the header is"),
        ({"reactors": REACTORS.rstrip("\n") + "\tone\tmore\n"}, r"reactors\.tsv:3: 7 cells under 5 headings"),
        ({"reactors": REACTORS + REACTORS.split("\n")[2]}, r"reactors\.tsv:4: own:cekmece-1 was given before"),
        ({"reactors": REACTORS + "\t\tTR-3\n"}, r"reactors\.tsv:4: the entry has no name"),
        ({"reactors": b"name\n\xff"}, r"reactors\.tsv:2: not UTF-8"),
        ({"reactors": b"name\n\n\0"}, r"reactors\.tsv:3: a NUL byte"),
        ({"reactors": ""}, r"reactors\.tsv: there is no header"),
        ({"description": DESCRIPTION.replace('licence = "CC0"', "")}, r"pack\.toml:1: `licence` is missing"),
        (
            {"description": DESCRIPTION.replace('"systems"', '"things"')},
            r"pack\.toml:6: table reactors: kind 'things' is not one of",
        ),
        (
            {"description": DESCRIPTION.replace('name = "name"', "")},
            r"pack\.toml:6: table reactors: `name` is not among its columns",
        ),
        ({"description": DESCRIPTION + "\nname = "}, r"pack\.toml:\d+: invalid TOML: Invalid value"),
    ],
)
def test_a_malformed_pack_says_where(tmp_path: Path, changes: dict[str, str], message: str) -> None:
    with pytest.raises(PackError, match=message):
        load_packs([write_pack(tmp_path / "own", **changes)])  # type: ignore[arg-type]  # a table of keyword arguments


def test_an_error_counts_the_others_and_names_the_command_that_shows_them(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "own", reactors=REACTORS + "\t\tTR-3\n\t\tTR-4\n")
    with pytest.raises(PackError, match=r"tsv:4: the entry has no name\. And 1 more: search-cli packs check .*own"):
        load_packs([folder])


def test_a_pack_that_is_named_twice_counts_once(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "own")
    assert load_packs([folder, f"{folder}/../own"]) == load_packs([folder])


def test_two_packs_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"its name is 'own', as is that of .*first"):
        load_packs([write_pack(tmp_path / "first"), write_pack(tmp_path / "second")])


def test_a_column_that_is_read_and_left_out_is_empty(tmp_path: Path) -> None:
    description = DESCRIPTION.replace("tables.words.columns", "tables.contexts.columns").replace("word =", "context =")
    folder = Path(write_pack(tmp_path / "own", description=description))
    (folder / "contexts.tsv").write_text("context\nplant\n", encoding="utf-8")
    (row,) = load_packs([str(folder)]).rows("contexts")
    assert (row["context"], row["near"], row["against"]) == ("plant", "", "")


def test_line_ends_of_windows_and_a_byte_order_mark_are_understood(tmp_path: Path) -> None:
    reactors = b"\xef\xbb\xbf" + REACTORS.replace("\n", "\r\n").encode()
    windows = load_packs([write_pack(tmp_path / "own", reactors=reactors)])
    assert windows.entries == load_packs([write_pack(tmp_path / "own")]).entries


def test_an_unknown_pack_names_those_there_are() -> None:
    with pytest.raises(PackError, match="core, defence"):
        load_packs(["no-such-pack"])


def test_an_entry_is_found_alone_as_it_is_among_all(tmp_path: Path) -> None:
    reactors = REACTORS + "Other\tcore:turkey\tO-1\tresearch reactor\t\nThird\town-3\t|\t\t\n"
    names = ["core", "names", "defence", write_pack(tmp_path / "own", reactors=reactors)]
    loaded = {entry.reference: entry for entry in load_packs(names).entries}
    # A later pack may describe an entry of an earlier one anew.
    assert loaded["core:turkey"].name == "Other"
    for reference in [*list(loaded)[::97], "core:turkey", "own:own-3", "own:cekmece-1"]:
        assert find_entry(names, reference) == loaded[reference]
    assert find_entry(names, "own:nothing") is None
