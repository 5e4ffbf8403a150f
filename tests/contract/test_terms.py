from search.engines.base import Searcher, SimilarRequest, TermCount


def test_document_frequencies_come_in_the_order_asked_for(searcher: Searcher) -> None:
    asked = [("body", "missil"), ("title", "missil"), ("people", "putin"), ("body", "x"), ("exact", "missile")]
    assert searcher.document_frequencies(asked) == (3, 1, 2, 0, 1)
    assert searcher.document_frequencies([]) == ()


def test_terms_come_by_frequency_then_in_code_point_order(searcher: Searcher) -> None:
    assert searcher.terms("people") == (TermCount("erdogan", 2), TermCount("putin", 2))
    assert searcher.terms("people", limit=1, offset=1) == (TermCount("putin", 2),)
    assert searcher.terms("people", limit=5, offset=2) == ()
    assert searcher.terms("places", prefix="t") == (TermCount("turkey", 2),)


def test_text_has_terms_where_the_engine_has_a_dictionary(dictionary_searcher: Searcher) -> None:
    assert dictionary_searcher.terms("body", prefix="t", limit=2) == (TermCount("the", 4), TermCount("turkey", 1))
    assert dictionary_searcher.terms("body", prefix="t", limit=1, offset=1) == (TermCount("turkey", 1),)
    assert dictionary_searcher.terms("body", prefix="zz") == ()


def test_similar_terms_come_nearest_first_without_the_term_itself(dictionary_searcher: Searcher) -> None:
    searcher = dictionary_searcher
    assert searcher.similar_terms("body", "missil")[:1] != (TermCount("missil", 3),)
    assert searcher.similar_terms("body", "msisil") == (TermCount("missil", 3),)
    assert searcher.similar_terms("body", "missil") == ()
    assert searcher.similar_terms("people", "erdogaan", distance=1) == (TermCount("erdogan", 2),)
    assert searcher.similar_terms("body", "polandxx", distance=1) == ()


def test_the_vocabulary_answers_all_questions_about_words_in_one_call(dictionary_searcher: Searcher) -> None:
    similar = [
        SimilarRequest("body", "msisil", 2, 10, unless=("body", "msisil"), unless_more_than=0),
        SimilarRequest("body", "msisil", 2, 10, unless=("body", "missil"), unless_more_than=2),
    ]
    searcher = dictionary_searcher
    found = searcher.vocabulary([("body", "missil"), ("body", "x")], similar=similar, fields=["people"], max_values=1)
    assert found.frequencies == (3, 0)
    assert found.similar == ((TermCount("missil", 3),), ())
    assert found.values == ((TermCount("erdogan", 2),),)
    assert searcher.vocabulary().frequencies == ()
