"""Tables of packs: one value a line means the same as all values in one cell."""

from hypothesis import given
from hypothesis import strategies as st

from index.packs.rows import read_rows

VALUES = st.text(
    st.characters(exclude_characters="\t\n|#", exclude_categories=("Cs", "Z", "Cc")), min_size=1, max_size=4
)
ROWS = st.lists(st.tuples(VALUES, st.lists(VALUES, max_size=4), st.lists(VALUES, max_size=3)), max_size=5)
HEADER = "name\taliases\tambiguous\n"


def piped(rows: list[tuple[str, list[str], list[str]]]) -> str:
    return HEADER + "".join(f"{name}\t{'|'.join(first)}\t{'|'.join(second)}\n" for name, first, second in rows)


def one_value_a_line(rows: list[tuple[str, list[str], list[str]]]) -> str:
    lines = [
        f"{name}\t\t\n" + "".join(f"|\t{value}\n" for value in first) + "".join(f"|\t\t{value}\n" for value in second)
        for name, first, second in rows
    ]
    return HEADER + "".join(lines)


@given(rows=ROWS)
def test_one_value_a_line_means_the_same_as_all_in_one_cell(rows: list[tuple[str, list[str], list[str]]]) -> None:
    problems: list[tuple[int, str]] = []
    lines = read_rows(one_value_a_line(rows), lambda line, message: problems.append((line, message)))
    assert [cells for _, cells in lines] == [cells for _, cells in read_rows(piped(rows))]
    assert problems == []
