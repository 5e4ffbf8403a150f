import pytest

from search.hits.matching import Matcher
from search.query.ast import And, FuzzyTerm, Keyword, Not, PrefixTerm, Query, Term, TermSequence


def found(query: Query, text: str) -> list[str]:
    return [text[match.start : match.end] for match in Matcher(query).find(text)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        (Term("body", "withdraw"), "Withdrawal, withdraws; “withdrew”", ["Withdrawal", "withdraws"]),
        (Term("body", "erdogan"), "Erdoğan met ERDOGAN’s aide", ["Erdoğan", "ERDOGAN"]),
        (Term("body", "s400"), "S-400s, S400 and S\u2011400", ["S-400s", "S400", "S\u2011400"]),
        (Term("body", "us"), "The U.S. asked us, the US", ["U.S.", "us", "US"]),
        (Term("exact", "erdoğan"), "Erdoğan, Erdogan", ["Erdoğan"]),
        (Term("body", "die"), "dying", ["dying"]),
        (PrefixTerm("body", "patr"), "Patriots on patrol", ["Patriots", "patrol"]),
        (FuzzyTerm("body", "patriot", 1), "patroit patriot pilot", ["patroit", "patriot"]),
        (
            TermSequence("body", ("air", "defens")),
            "Air defense; air and defense; air. Defense",
            ["Air defense", "air. Defense"],
        ),
        (TermSequence("body", ("withdraw", "patriot"), 3), "withdraw its Patriot; patriot", ["withdraw", "Patriot"]),
        (TermSequence("body", ("withdraw", "patriot"), 1), "withdraw a b c d e f Patriot", []),
        (And((Term("body", "a"), Not(Term("body", "b")))), "a b", ["a"]),
        (Term("title", "a"), "a b", ["a"]),
        (Keyword("people", ("a",)), "a b", []),
        (Term("body", "a"), "", []),
    ],
)  # fmt: skip
def test_matches(query: Query, text: str, expected: list[str]) -> None:
    assert found(query, text) == expected


def test_matches_of_different_parts_are_told_apart() -> None:
    matcher = Matcher(And((Term("body", "a"), Term("body", "b"), Term("title", "a"))))

    assert matcher.count == 2
    assert [match.part for match in matcher.find("b a")] == [1, 0]


def test_every_one_of_many_different_words_is_found_in_its_place() -> None:
    words = [f"a{number}" for number in range(100)]
    matches = Matcher(PrefixTerm("body", "a")).find(" ".join([*words, *words]))
    assert [(match.start, match.end - match.start) for match in matches] == [
        (len(" ".join([*words, *words][:place])) + (place > 0), len(word))
        for place, word in enumerate([*words, *words])
    ]
