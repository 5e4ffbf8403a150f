"""Words of a query count as each language reads them, with one frequency for all languages."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from index.model import Document
from search.engines.base import Searcher
from search.query.ast import And, Everything, FuzzyTerm, PrefixTerm, Query, Reading, Term, TermSequence
from tests.contract.engines import Engine, shown

_HORSE = Term("body", "hors", readings=(Reading(("fr",), ("cheval",)), Reading(("de", "nl"), ("pferd",))))
_NATO = Term("body", "lotan", readings=(Reading(("fr",), ("otan",)), Reading(("it",), ("l", "otan"))))


def _document(name: str, language: str | None, body: str) -> Document:
    return Document(id=name, title="", body=body, language=language)


DOCUMENTS = (
    _document("1", "en", "A horse in town"),
    _document("2", "fr", "Un cheval en ville"),
    _document("3", "de", "Ein Pferd im Dorf"),
    _document("4", None, "One horse more here"),
    # Words of other languages are other words.
    _document("5", "en", "The cheval pferd glass"),
    _document("6", "fr", "Le horse guard anglais"),
    _document("7", "fr", "Chevaux de l'OTAN"),
    _document("8", "zz", "The lotan group meets"),
)


@pytest.fixture
def searcher(engine: Engine, tmp_path: Path) -> Searcher:
    return shown(engine, tmp_path, DOCUMENTS)


@pytest.fixture
def exact_searcher(exact_engine: Engine, tmp_path: Path) -> Searcher:
    return exact_engine.write(tmp_path, DOCUMENTS)


def _scores(searcher: Searcher, query: Query) -> Mapping[str, float]:
    return {hit.id: hit.score for hit in searcher.search(query, limit=20).hits}


def test_an_engine_knows_the_languages_of_its_documents(searcher: Searcher) -> None:
    assert searcher.languages == ("de", "en", "fr", "zz")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (_HORSE, "12347"),
        (_NATO, "78"),
        (TermSequence("body", ("a", "hors"), readings=(Reading(("fr",), ("un", "cheval")),)), "12"),
        (TermSequence("body", ("nothing", "x"), readings=(Reading(("fr",), ("cheval",)),)), "27"),
        (PrefixTerm("body", "hor", readings=(Reading(("de",), ("pfe",)),)), "1346"),
        (FuzzyTerm("body", "hosr", 1, readings=(Reading(("fr", "de"), ("pferdd",)),)), "134"),
        (Term("body", "hors", readings=(Reading(("en", "fr"), ()),)), "4"),
        (And((_HORSE, _NATO)), "7"),
    ],
)
def test_a_reading_counts_in_its_languages_alone(searcher: Searcher, query: Query, found: str) -> None:
    assert sorted(_scores(searcher, query)) == list(found)
    assert searcher.search(query, limit=0).total == len(found)


def test_the_frequency_is_that_of_all_readings_together(exact_searcher: Searcher) -> None:
    scores = _scores(exact_searcher, _HORSE)
    # As many documents have this word, once each and in bodies of the same length.
    alike = _scores(exact_searcher, Term("body", "hors", readings=(Reading(("fr", "de"), ("absent",)),)))
    assert scores["1"] == pytest.approx(scores["2"]) == pytest.approx(scores["3"]) == pytest.approx(scores["4"])
    assert 0 < scores["1"] < alike["1"]


def test_terms_near_each_other_are_near_as_their_language_reads_them(exact_searcher: Searcher) -> None:
    town = Term("body", "in", readings=(Reading(("fr",), ("en",)),))
    scores = _scores(exact_searcher, And((_HORSE, town)))
    assert scores["1"] == pytest.approx(scores["2"])
    parts = exact_searcher.explain(And((_HORSE, town)), "2")
    assert sum(part.score for part in parts) == pytest.approx(scores["2"])
    assert len(parts) == 3


def test_deleted_documents_leave_their_languages(engine: Engine, tmp_path: Path) -> None:
    engine.write(tmp_path, DOCUMENTS)
    with engine.open_writer(tmp_path) as writer:
        writer.delete(["3", "8"])
    searcher = engine.open_searcher(tmp_path)
    assert searcher.languages == ("en", "fr")
    assert sorted(_scores(searcher, _HORSE)) == list("1247")


def test_everything_is_found_whatever_its_language(searcher: Searcher) -> None:
    assert searcher.search(Everything()).total == len(DOCUMENTS)
