import pytest

from search.request import SearchRequest
from web.addresses.urls import amounts_url
from web.parts.scope import make_scope


@pytest.mark.parametrize(
    ("amount", "filters", "chips"),
    [
        ("1k..", [("with amounts", "from 1k")], ["from 1k"]),
        (">1bn USD", [("with amounts", "above 1bn USD")], ["above 1bn USD"]),
        ("zz..", [], []),
        ("..", [], []),
        ("", [], []),
    ],
)
def test_an_amount_that_cannot_be_read_is_no_filter(
    amount: str, filters: list[tuple[str, str]], chips: list[str]
) -> None:
    request = SearchRequest(q="deal", amount=amount)
    scope = make_scope(
        request, 7, notices=("It cannot be read",), labels={}, address=amounts_url, is_amount_read=bool(filters)
    )
    assert list(scope.filters) == filters
    assert [chip.text for chip in scope.chips] == chips
    assert (scope.title, scope.notices) == ("in 7 articles for deal", ("It cannot be read",))
