import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.catalog.lookups import name_parts, name_starts, part_probes, prefix_end

LETTERS = "abc "


def slow_edits(left: str, right: str) -> int:
    """Levenshtein's table, which knows no swaps."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(right, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


@given(st.text("ab", min_size=3, max_size=9), st.data())
def test_a_name_two_edits_away_shares_a_key(name: str, data: st.DataObject) -> None:
    text = name
    for _ in range(2):
        position = data.draw(st.integers(0, len(text)))
        removed = data.draw(st.integers(0, 1))
        text = text[:position] + data.draw(st.sampled_from(["", "a", "x"])) + text[position + removed :]
    assert slow_edits(name, text) > 2 or set(name_parts(name)) & set(part_probes(text))


@pytest.mark.parametrize("name", ["", "a", "us", "x" * 81])
def test_names_too_short_or_too_long_to_compare_have_no_parts(name: str) -> None:
    assert name_parts(name) == ()


@pytest.mark.parametrize(("name", "starts"), [("", ()), ("demir", ()), ("s 400 s 400", ("400 s 400", "s 400", "400"))])
def test_starts_begin_at_words(name: str, starts: tuple[str, ...]) -> None:
    assert name_starts(name) == starts


@given(st.text(LETTERS, max_size=4), st.text(LETTERS, max_size=4), st.text(LETTERS, min_size=1, max_size=4))
def test_prefix_end_bounds_exactly_what_begins_with_the_prefix(prefix: str, rest: str, other: str) -> None:
    assert prefix <= prefix + rest < prefix_end(prefix)
    assert other.startswith(prefix) or not prefix <= other < prefix_end(prefix)
