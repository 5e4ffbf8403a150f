import pytest

from search.query.describe import describe
from search.query.parser import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patriot withdrawal", "all of: patriot + withdraw"),
        ("Patriot", "patriot"),
        ("a OR b", "any of: a / b"),
        ("a (b OR c) -d", "all of: a + (any of: b / c) + not d"),
        ('"air defense"', "“air defense”"),
        ('"air defense"~10', "“air defense” within 10 words"),
        ("=Patriots", "exactly Patriots"),
        ("title:patriot", "patriot in the title"),
        ("patr*", "patr…"),
        ("patriat~", "like patriat (1 letter off)"),
        ("patriot^2", "patriot (counts 2 times)"),
        ('person:"Vladimir Putin"', "person Vladimir Putin"),
        ("amount:>1bn", "amount above 1bn"),
        ('amount:"1bn..3bn USD"', "amount 1bn to 3bn USD"),
        ("date:2017-12..2019-02", "mentions 2017-12 to 2019-02"),
        ("published:>=2021", "published 2021 or later"),
        ("undated:yes", "without publication date"),
        ("*", "everything"),
    ],
)
def test_a_query_is_described_in_words(text: str, expected: str) -> None:
    stems = {"Patriot": "patriot", "withdrawal": "withdraw"}
    query = parse(text).query

    assert query is not None
    assert describe(query, word=lambda word: stems.get(word, word)) == expected
