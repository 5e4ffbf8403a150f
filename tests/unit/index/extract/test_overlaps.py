import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.extract.candidates import Candidate, Certainty
from index.extract.overlaps import settle
from index.model import Kind


def candidate(
    start: int, end: int, kind: Kind = Kind.PEOPLE, component: str = "people", certainty: Certainty = Certainty.LIKELY
) -> Candidate:
    return Candidate(start, end, kind, component, "", certainty=certainty)


LONG = candidate(0, 20)
SHORT = candidate(0, 10)
SYSTEM = candidate(15, 20, Kind.SYSTEMS, "gazetteer", Certainty.SURE)
DATE = candidate(5, 9, Kind.DATES, "dates", Certainty.SURE)
MONTH = candidate(5, 9, Kind.DATES, "dates", Certainty.LIKELY)
TOWN = candidate(0, 10, Kind.PLACES, "gazetteer", Certainty.LIKELY)
COUNTRY = candidate(0, 10, Kind.PLACES, "gazetteer", Certainty.SURE)
GUESS = candidate(0, 10, Kind.ORGANIZATIONS, "organizations", Certainty.GUESS)
CUT = candidate(0, 19, Kind.ORGANIZATIONS, "organizations")
KNOWN = candidate(12, 21, Kind.ORGANIZATIONS, "gazetteer", Certainty.SURE)
WHOLE = candidate(12, 19, Kind.ORGANIZATIONS, "gazetteer", Certainty.SURE)
MODEL = candidate(0, 10, Kind.ORGANIZATIONS, "recognizer")


@pytest.mark.parametrize(
    ("proposed", "kept"),
    [
        ([LONG, SHORT], [LONG]),
        ([LONG, SYSTEM], [SYSTEM]),
        ([LONG, DATE], [DATE]),
        ([LONG, MONTH], [LONG]),
        ([GUESS, SHORT], [SHORT]),
        ([TOWN, SHORT], [SHORT]),
        ([COUNTRY, SHORT], [COUNTRY]),
        ([MODEL, TOWN], [TOWN]),
        ([SYSTEM, SHORT], [SHORT, SYSTEM]),
        ([CUT, KNOWN], [KNOWN]),
        ([CUT, WHOLE], [CUT]),
        ([], []),
    ],
)
def test_the_first_rule_that_tells_two_apart_decides(proposed: list[Candidate], kept: list[Candidate]) -> None:
    assert settle(proposed) == kept


@given(
    st.lists(
        st.builds(
            lambda start, length, kind, certainty: candidate(start, start + length, kind, "people", certainty),
            st.integers(0, 50),
            st.integers(1, 10),
            st.sampled_from(list(Kind)),
            st.sampled_from(list(Certainty)),
        )
    )
)
def test_what_remains_is_sorted_disjoint_and_covers_every_proposal(proposed: list[Candidate]) -> None:
    kept = settle(proposed)
    edges = [edge for each in kept for edge in (each.start, each.end)]
    assert edges == sorted(edges)
    assert all(any(each.start < other.end and other.start < each.end for each in kept) for other in proposed)
