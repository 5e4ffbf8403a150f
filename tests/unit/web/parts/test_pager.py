import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.parts.pager import make_pager, page_count


def shown(page: int, pages: int) -> str:
    return " ".join(link.text if link else "…" for link in make_pager(page, pages, str).pages)


@pytest.mark.parametrize(
    ("page", "pages", "expected"),
    [
        (1, 1, ""),
        (1, 2, "1 2"),
        (1, 4, "1 2 3 4"),
        (1, 5, "1 2 … 5"),
        (3, 5, "1 2 3 4 5"),
        (4, 7, "1 2 3 4 5 6 7"),
        (5, 100, "1 … 4 5 6 … 100"),
        (100, 100, "1 … 99 100"),
    ],
)
def test_pages_far_away_are_left_out(page: int, pages: int, expected: str) -> None:
    assert shown(page, pages) == expected


@given(st.integers(1, 300), st.integers(2, 300))
def test_this_page_is_marked_once(page: int, pages: int) -> None:
    here = min(page, pages)
    pager = make_pager(here, pages, str)
    assert [link.text for link in pager.pages if link and link.is_current] == [str(here)]


@given(st.integers(0, 10_000), st.integers(1, 100))
def test_pages_hold_everything_and_none_is_empty(total: int, size: int) -> None:
    pages = page_count(total, size)
    assert (pages - 1) * size < max(total, 1) <= pages * size
