"""A request becomes parameters and the same request again, through the text of a URL as well."""

from random import Random
from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import MatchMode, Selection, Sort
from search.parameters import PARAMETERS, from_parameters, to_parameters, unknown_parameters
from search.query.ast import Axis
from search.request import SearchRequest, WordMode

FIELDS = ("people", "organizations", "places", "systems", "currencies", "amount_sizes", "date_years", "date_months",
          "published_years", "published_months", "sources", "languages")  # fmt: skip

NONE = tuple(name for name in FIELDS if not name.startswith("published"))

_typed = st.one_of(
    st.sampled_from(['“Çavuşoğlu” & "İstanbul" + 50% #1', "مصر السلاح", "צה״ל", "a=b&c=d;e", "-x", "\\-x", "+", "%2B"]),
    st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30),
).map(str.strip)
_years = st.integers(1000, 2999).map(str)
_months = st.builds("{}-{:02}".format, _years, st.integers(1, 12))
# Values of these facets have a shape, and any other text is left out with a notice.
_shaped = {
    "currencies": st.sampled_from(["USD", "EUR", "XXX"]),
    "amount_sizes": st.builds("{}:{}".format, st.sampled_from(["USD", "XXX"]), st.integers(0, 21)),
    "date_years": _years,
    "date_months": _months,
    "published_years": _years | st.just("undated"),
    "published_months": _months | st.just("undated"),
}
_dates = st.sampled_from(["", "2019", "2019-07", "2019-07-05", "2010s"])


@st.composite
def selections(draw: st.DrawFn) -> tuple[Selection, ...]:
    fields = draw(st.lists(st.sampled_from(FIELDS), unique=True, max_size=4))
    chosen = []
    for field in sorted(fields, key=FIELDS.index):
        kept = st.lists(_shaped.get(field, _typed.filter(bool)), unique=True, max_size=4)
        values = tuple(sorted(draw(kept)))
        excluded = tuple(value for value in sorted(draw(kept)) if value.strip("-\\ ") == value)
        mode = draw(st.sampled_from(MatchMode)) if values else MatchMode.ANY
        chosen += [Selection(field, values, mode, excluded)] if values or excluded else []
    return tuple(chosen)


requests = st.builds(
    SearchRequest,
    q=_typed,
    selections=selections(),
    amount=st.sampled_from(["", ">1bn", "1bn..3bn USD", "<€2m"]),
    date_from=_dates,
    date_to=_dates,
    period=st.sampled_from(["", "2010s", "2019", "2019-07", "2019-07-05", "201X", "2019-XX", "2019-07-XX", "XXXX"]),
    axis=st.sampled_from([None, *Axis]),
    is_undated=st.booleans(),
    unnamed=st.sets(st.sampled_from(NONE), max_size=3).map(lambda some: tuple(sorted(some, key=FIELDS.index))),
    words=st.sampled_from(WordMode),
    is_exact=st.booleans(),
    sort=st.none() | st.sampled_from(Sort),
    page=st.integers(1, 1000),
    size=st.integers(1, 100),
)


@given(requests)
def test_a_request_survives_a_url(request: SearchRequest) -> None:
    url = urlencode(to_parameters(request))

    again, notices = from_parameters(parse_qsl(url, strict_parsing=bool(url)))

    assert again == request
    assert notices == ()


@given(st.lists(st.tuples(st.sampled_from([*PARAMETERS, "other"]) | st.text(max_size=8), st.text(max_size=20))))
def test_any_parameters_make_a_request_whose_parameters_make_it_again(pairs: list[tuple[str, str]]) -> None:
    request, _ = from_parameters(pairs)

    assert from_parameters(to_parameters(request)) == (request, ())
    assert not set(unknown_parameters(pairs)) & set(PARAMETERS)


@given(requests, st.randoms(use_true_random=False))
def test_the_order_of_parameters_does_not_matter(request: SearchRequest, random: Random) -> None:
    pairs = to_parameters(request)
    shuffled = list(pairs)
    random.shuffle(shuffled)

    assert from_parameters(shuffled)[0] == request
