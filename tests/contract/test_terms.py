import pytest

from search.engines.base import Searcher, TermCount


@pytest.mark.parametrize(
    ("field", "term", "documents"),
    [("body", "missil", 3), ("title", "missil", 1), ("exact", "missile", 1), ("people", "putin", 2), ("body", "x", 0)],
)
def test_document_frequency(searcher: Searcher, field: str, term: str, documents: int) -> None:
    assert searcher.document_frequency(field, term) == documents


def test_terms_come_by_frequency_then_in_code_point_order(searcher: Searcher) -> None:
    assert searcher.terms("people") == (TermCount("erdogan", 2), TermCount("putin", 2))
    assert searcher.terms("body", prefix="t", limit=2) == (TermCount("the", 4), TermCount("turkey", 1))
    assert searcher.terms("body", prefix="zz") == ()


def test_similar_terms_come_nearest_first_without_the_term_itself(searcher: Searcher) -> None:
    assert searcher.similar_terms("body", "missil")[:1] != (TermCount("missil", 3),)
    assert searcher.similar_terms("body", "msisil") == (TermCount("missil", 3),)
    assert searcher.similar_terms("body", "missil") == ()
    assert searcher.similar_terms("people", "erdogaan", distance=1) == (TermCount("erdogan", 2),)
    assert searcher.similar_terms("body", "polandxx", distance=1) == ()
