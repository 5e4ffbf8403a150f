import pytest

from index.packs.rows import read_rows

HEADER = "name\taliases\tambiguous\tmaker\n"


def test_a_cell_with_pipes_and_continuation_lines_mean_the_same() -> None:
    piped = read_rows(HEADER + "Patriot\tMIM-104|PAC-3\tPAC-3\tRaytheon\n")
    lines = read_rows(HEADER + "Patriot\t\t\tRaytheon\n|\tMIM-104\n|\tPAC-3\tPAC-3\n")
    assert lines == piped == [
        (1, ["name", "aliases", "ambiguous", "maker"]),
        (2, ["Patriot", "MIM-104|PAC-3", "PAC-3", "Raytheon"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Patriot\tMIM-104\n|\tPAC-2|PAC-3\n", ["Patriot", "MIM-104|PAC-2|PAC-3"]),
        ("Patriot\n|\t\tPAC-3\n", ["Patriot", "", "PAC-3"]),
        ("Patriot\n|\tMIM-104\tPAC-3\n|\tPAC-3\n", ["Patriot", "MIM-104|PAC-3", "PAC-3"]),
        ("Patriot\n|\tMIM-104\n|\tPAC-3\n|\t\tPAC-3\n|\tPAC-2\n", ["Patriot", "MIM-104|PAC-3|PAC-2", "PAC-3"]),
        ("Patriot\n# A comment\n\n|\tMIM-104\n# Another\n|\tPAC-3\n", ["Patriot", "MIM-104|PAC-3"]),
        ("Patriot\n|\n|\t\n|\tPAC-3\n|\t\n", ["Patriot", "PAC-3"]),
        ("Patriot\n|PAC-3\n|MIM-104\tSA-X\n", ["Patriot|PAC-3|MIM-104", "SA-X"]),
        ("Patriot\t\t\t\n|\t\t\tRaytheon\n|\t\t\tRTX\n", ["Patriot", "", "", "Raytheon|RTX"]),
    ],
)
def test_continuation_lines_add_to_the_cell_of_their_column(text: str, cells: list[str]) -> None:
    assert read_rows(HEADER + text)[1:] == [(2, cells)]


def test_continuation_lines_belong_to_the_row_above_them_only() -> None:
    rows = read_rows(HEADER + "Patriot\n|\tMIM-104\nS-400\n|\tSA-21\nNASAMS\n")
    assert rows[1:] == [(2, ["Patriot", "MIM-104"]), (4, ["S-400", "SA-21"]), (6, ["NASAMS"])]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("|\tPAC-3\n" + HEADER + "Patriot\n", (1, "the line begins with | but there is no row above it to continue.")),
        (HEADER + "|\tPAC-3\nPatriot\n", (2, "the line begins with | but there is no row above it to continue.")),
        (HEADER + "Patriot\n|\t\t\t\tPAC-3\n", (3, "5 cells under 4 headings.")),
    ],
)
def test_a_malformed_continuation_line_is_reported_and_skipped(text: str, problem: tuple[int, str]) -> None:
    problems: list[tuple[int, str]] = []
    rows = read_rows(text, lambda line, message: problems.append((line, message)))
    assert ([cells for _, cells in rows[1:]], problems) == ([["Patriot"]], [problem])
