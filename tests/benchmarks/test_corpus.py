"""The made-up articles: always the same, and spread like news."""

from collections import Counter
from itertools import islice

from index.analyzer import index_terms
from tests.benchmarks.corpus import FACETS, make_documents, spelled


def test_the_same_arguments_give_the_same_articles() -> None:
    assert list(make_documents(20)) == list(islice(make_documents(50), 20))
    assert list(make_documents(3, seed=2)) != list(make_documents(3))


def test_each_rank_has_a_word_of_its_own() -> None:
    assert len({spelled(rank) for rank in range(100_000)}) == 100_000


def test_words_and_entities_are_spread_like_those_of_news() -> None:
    documents = list(make_documents(500))
    words = Counter(word for document in documents for word in index_terms(document.body, "en")[0])
    assert 380 < words.total() / len(documents) < 520
    # Half of the different words stand in one place only, and the most frequent tenth is most of the text.
    assert 0.4 < sum(count == 1 for count in words.values()) / len(words) < 0.75
    assert sum(count for _, count in words.most_common(len(words) // 10)) > words.total() * 0.7
    for facet, (size, mean) in FACETS.items():
        values = Counter(value for document in documents for value in getattr(document, facet))
        assert mean * 0.7 < values.total() / len(documents) <= mean * 1.1
        assert 200 < len(values) < size
        assert values.most_common(1)[0][1] > 20


def test_an_article_has_its_entities_in_its_text() -> None:
    for document in make_documents(50):
        assert sorted(document.mentioned) == sorted(
            {*document.people, *document.organizations, *document.places, *document.systems}
        )
        assert all(name in document.body for name in document.mentioned)
