"""Whatever is typed is answered, on a real index."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.settings import Settings
from search.answer.service import SearchService
from search.archive import open_archive
from search.request import SearchRequest
from search.results import Highlight, Role
from tests.support.examples import examples

_WORDS = ("patriot", "Erdoğan", "S-400", "U.S.", "zebra", "withdrawl", "1bn", "2019", "USD", "東", "yes", " ")
_FIELDS = ("person:", "system:", "amount:", "date:", "source:", "title:", "undated:")
_SIGNS = ("-", "(", ")", '"', "“", "=", "*", "~", "~2", "^2", " OR ", " AND ", "NOT ", "&", "'", "\\", ">", "..")
_PIECES = (*_WORDS, *_FIELDS, *_SIGNS, "\ud800", "\x00", "\u202e")
_texts = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join) | st.text(max_size=30)


@pytest.fixture(scope="module")
def service(seed_index: Path, seed_settings: Settings) -> Iterator[SearchService]:
    assert seed_index == seed_settings.index
    with open_archive(seed_settings) as archive, archive.view() as view:
        yield view.service


def disjoint(highlights: tuple[Highlight, ...], *, is_query: bool) -> bool:
    marks = [mark for mark in highlights if (mark.role in (Role.TERM, Role.PHRASE)) is is_query]
    return all(first.end <= second.start for first, second in pairwise(marks))


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=_texts, is_exact=st.booleans())
@example(q="patriot " * 500, is_exact=False)
@example(q='"' * 3000, is_exact=True)
def test_every_text_is_answered(service: SearchService, q: str, is_exact: bool) -> None:
    result = service.search(SearchRequest(q=q, is_exact=is_exact), explain=True)
    highlights = [snippet.highlights for hit in result.hits for snippet in hit.snippets]

    assert result.total == len(result.hits) <= result.total_any
    assert all(disjoint(marks, is_query=is_query) for marks in highlights for is_query in (True, False))
    assert all(suggestion.total > 0 for suggestion in result.suggestions)
    assert all(hit.snippets for hit in result.hits)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_texts)
def test_every_text_is_completed_resolved_and_looked_for_in_a_facet(service: SearchService, text: str) -> None:
    facet = service.facet_values("places", SearchRequest(), contains=text)

    assert len(service.complete(text)) <= 8
    assert all(value.count > 0 for value in facet.values)
    assert all(entity.id for entity in service.resolve_names(text))
