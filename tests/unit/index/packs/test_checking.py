from collections.abc import Callable
from pathlib import Path

import pytest

from index.packs.checking import find_errors, find_warnings
from index.packs.description import find_pack
from index.packs.reading import PackContent, read_pack

HEAD = 'name = "{}"\nversion = "1"\nlicence = "CC0"\nsources = ["made up"]\n'
ENTITIES = '[tables.{0}]\nkind = "{1}"\n[tables.{0}.columns]\n{2}'
PLAIN = "[tables.{0}.columns]\n{2}"

Make = Callable[..., PackContent]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A pack named `name` of tables: name of the table, kind (empty: plain) and its lines, with blanks for tabs."""

    def make_pack(*tables: tuple[str, str, str], name: str = "own") -> PackContent:
        folder = tmp_path / name
        folder.mkdir()
        text = HEAD.format(name)
        for table, kind, lines in tables:
            columns = "".join(f'{column} = "it"\n' for column in lines.split("\n")[0].split(" "))
            text += (ENTITIES if kind else PLAIN).format(table, kind, columns)
            (folder / f"{table}.tsv").write_text(lines.replace(" ", "\t").replace("_", " "), encoding="utf-8")
        (folder / "pack.toml").write_text(text, encoding="utf-8")
        content = read_pack(folder, [])
        assert content is not None
        return content

    return make_pack


@pytest.mark.parametrize(
    ("table", "errors"),
    [
        (
            ("systems", "systems", "name context\nRaven bird"),
            ["systems.tsv:2: there is no context 'bird' (contexts.tsv)."],
        ),
        (
            ("contexts", "", "context beside\nbird systems|weapons"),
            ["contexts.tsv:2: beside: kind 'weapons' is not one of people, organizations, places, systems."],
        ),
        (("contexts", "", "context near\n nest"), ["contexts.tsv:2: the context has no name."]),
        (
            ("currencies", "", "code name\nD dollar\nEUR euro"),
            ["currencies.tsv:2: a currency needs a code of three capitals and a number of digits, not 'D' and '2'."],
        ),
        (
            ("scales", "", "power words\nsix million"),
            ["scales.tsv:2: a scale needs a power of ten in digits, not 'six'."],
        ),
        (
            ("amount_words", "", "language use words\nen near about"),
            [
                "amount_words.tsv:2: the use 'near' of words around amounts is not one of about, after, to, and, or, "
                "between, between after, from, change, of, number, join, glue, prefix, half, year, thing, share, "
                "several, joined, bare, bare about, decimal."
            ],
        ),
        (
            ("amount_words", "", "language use value words\nde number two zwei"),
            ["amount_words.tsv:2: the value 'two' of a number in words is no number."],
        ),
        (
            ("currency_words", "", "code languages nouns\nEURO de Euro"),
            [
                "currency_words.tsv:2: "
                "a currency needs a code of three capitals and a number of digits, not 'EURO' and '2'."
            ],
        ),
        (
            ("labels", "", "label kind\nGUN weapons"),
            ["labels.tsv:2: kind 'weapons' is not one of people, organizations, places, systems."],
        ),
        (
            ("particles", "", "word\nvon"),
            ["pack.toml: table particles: it has none of the columns that are read: particle, use."],
        ),
    ],
)
def test_rows_that_would_do_nothing_are_errors(table: tuple[str, str, str], errors: list[str], make: Make) -> None:
    found = find_errors(make(table))
    assert [str(problem).rpartition("/own/")[2] for problem in found] == errors


def test_all_errors_are_found_not_only_the_first(make: Make) -> None:
    content = make(("systems", "systems", "name context\nRaven bird\nCrow bird\nOwl night"))
    assert [problem.line for problem in find_errors(content)] == [2, 3, 4]


def test_a_context_of_another_pack_will_do(make: Make) -> None:
    core = read_pack(find_pack("core"), [])
    assert core is not None
    assert find_errors(make(("places", "places", "name context\nRavenholm town")), [core]) == []


@pytest.mark.parametrize(
    ("lines", "warnings"),
    [
        (
            "name aliases\nRaven_1 Crow\nRaven_2 Crow",
            ["systems.tsv:3: 'Crow' also means Raven 1 (systems, own/systems.tsv:2)."],
        ),
        (
            "name aliases\nRaven_1 Crów\nRaven_2 C.row",
            ["systems.tsv:3: 'C.row' also means Raven 1 (systems, own/systems.tsv:2)."],
        ),
        ("name aliases ambiguous context\nRaven_1 Crow\nRaven_2 Crow Crow bird", []),
        (
            "name aliases ambiguous\nRaven_1 Crow Crow",
            ["systems.tsv:2: its ambiguous forms have no context, and so never count by themselves."],
        ),
        ("name aliases\nRaven_1 crow", ["systems.tsv:2: 'crow' has no capital letter, and matches every such word."]),
        (
            "name aliases\nRaven_1 R",
            ["systems.tsv:2: 'R' is one letter, and matches wherever it stands. Make it ambiguous."],
        ),
    ],
)
def test_what_is_probably_not_meant_is_a_warning(lines: str, warnings: list[str], make: Make) -> None:
    found = find_warnings(make(("systems", "systems", lines)))
    assert [str(problem).rpartition("/own/")[2] for problem in found] == warnings
    assert not any(problem.is_error for problem in found)


def test_a_clash_with_another_pack_names_it(make: Make) -> None:
    other = make(("birds", "organizations", "name\nRaven"), name="other")
    (warning,) = find_warnings(make(("systems", "systems", "name\nRaven")), [other])
    assert warning.message == "'Raven' also means Raven (organizations, other/birds.tsv:2)."


def test_places_of_one_name_are_told_apart_by_their_countries(make: Make) -> None:
    lines = "name id country\nRavenholm r1 Norway\nRavenholm r2 Denmark\nRavenholm r3 Norway"
    assert [warning.line for warning in find_warnings(make(("places", "places", lines)))] == [4]


def test_a_table_that_nothing_reads_is_a_warning(make: Make) -> None:
    (warning,) = find_warnings(make(("birds", "", "bird\nraven")))
    assert warning.message == "table birds: nothing reads it."


def test_a_second_pack_of_the_same_name_is_an_error(make: Make) -> None:
    core = read_pack(find_pack("core"), [])
    assert core is not None
    (error,) = find_errors(make(("places", "places", "name\nRavenholm"), name="core"), [core])
    assert error.message.startswith("its name is 'core', as is that of ")
