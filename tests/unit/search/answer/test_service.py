"""The service on the five seed articles."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from index.errors import ArticleNotFoundError, EntityNotFoundError
from index.model import Kind
from search.answer.service import SearchService
from search.engines.base import Selection, Sort
from search.request import SearchRequest, WordMode
from search.results import Role
from tests.unit.search.answer.seeds import hit_of, number_of, numbers


def test_all_words_in_any_form_are_found(service: SearchService) -> None:
    result = service.search(SearchRequest(q="Patriot withdrawal"))

    assert numbers(result) == ["001", "003"]
    assert (result.total, result.total_any, result.is_any) == (2, 5, False)
    assert result.interpretation == "all of: patriot + withdraw(al) · ordered by words and meaning"


def test_the_first_passage_has_both_words(service: SearchService) -> None:
    snippet = hit_of(service.search(SearchRequest(q="Patriot withdrawal")), "001").snippets[0]
    words = [snippet.text[mark.start : mark.end] for mark in snippet.highlights if mark.role is Role.TERM]

    assert "decided in 2015 to withdraw its Patriot" in snippet.text
    assert words == ["withdraw", "Patriot"]


def test_a_word_and_the_system_of_that_name_are_not_the_same(service: SearchService) -> None:
    word = service.search(SearchRequest(q="patriot"))
    system = service.search(SearchRequest(q="system:patriot"))
    note = word.entity_notes[0]
    chosen = service.search(SearchRequest(selections=(Selection("systems", (note.entity.id,)),)))

    assert word.total == 5
    assert (system.total, chosen.total, note.entity.documents) == (4, 4, 4)
    assert (note.text, note.entity.kind) == ("patriot", Kind.SYSTEMS)
    assert numbers(chosen) == ["000", "001", "002", "003"]


def test_any_of_the_words_when_no_article_has_all(service: SearchService) -> None:
    result = service.search(SearchRequest(q="zebra patriot"))

    assert (result.is_any, result.total, result.total_any) == (True, 5, 5)
    assert result.interpretation == "any of: zebra / patriot · ordered by words and meaning"


def test_all_words_and_nothing_else_when_that_was_asked_for(service: SearchService) -> None:
    result = service.search(SearchRequest(q="zebra patriot", words=WordMode.ALL))

    assert (result.is_any, result.total, result.total_any) == (False, 0, 5)


def test_any_of_the_words_when_that_was_asked_for(service: SearchService) -> None:
    result = service.search(SearchRequest(q="Patriot withdrawal", words=WordMode.ANY))

    assert (result.is_any, result.total) == (True, 5)
    assert {number_of(hit) for hit in result.hits[:2]} == {"001", "003"}


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ('"air defense systems"', ["000", "001", "004"]),
        ('"withdraw Patriot"', []),
        ('"Patriot withdraw"~3', ["001", "003"]),
        ("S400", ["000", "001", "002", "003", "004"]),
        ("=Erdoğan", ["004"]),
        ("Erdogan =Erdoğan", ["004"]),
        ("title:batch", ["001"]),
        ("withdra*", ["001", "003"]),
        ("patroit~", ["000", "001", "002", "003", "004"]),
        ("patriot -withdraw", ["000", "002", "004"]),
        ("Rosoboronexport OR withdraw", ["001", "002", "003", "004"]),
        ('person:"Recep Tayyip Erdogan" -source:"press tv"', ["002", "003", "004"]),
        ("system:MIM-104 -withdraw", ["000", "002"]),
        ('source:"press tv"', ["001"]),
        ("lang:en published:2021", ["002"]),
        ("undated:no", ["002"]),
        ("*", ["000", "001", "002", "003", "004"]),
    ],
)
def test_the_query_language(service: SearchService, q: str, expected: list[str]) -> None:
    assert numbers(service.search(SearchRequest(q=q, words=WordMode.ALL))) == expected


def test_a_name_that_nobody_has_is_searched_as_words(service: SearchService) -> None:
    result = service.search(SearchRequest(q='person:"Patriot system"'))

    assert "No person in this archive is called" in result.notices[0].message
    assert result.total > 0


def test_a_query_without_a_word_finds_nothing_and_says_so(service: SearchService) -> None:
    result = service.search(SearchRequest(q="&& !"))

    assert result.total == 0
    assert "no word to search for" in result.notices[0].message


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("Patriot withdrawl", "Patriot withdrawal"),
        ("Rosoboroneksport", "Rosoboronexport"),
        ("$2.5bn", 'amount:"2.5bn USD"'),
        ("USD 1.4 billion", 'amount:"1.4bn USD"'),
        ("S-400 1,4 Mrd. Dollar", 'S-400 amount:"1.4bn USD"'),
        ("amount:$1,4 Mrd.", 'amount:"1.4bn USD"'),
        ("deal 2.5bn", "deal amount:2.5bn"),
        ("2500m", "amount:2500m"),
    ],
)
def test_other_spellings_are_suggested_and_find_something(service: SearchService, q: str, expected: str) -> None:
    suggestions = service.search(SearchRequest(q=q)).suggestions

    assert any(expected in suggestion.q for suggestion in suggestions)
    assert all(
        service.search(SearchRequest(q=suggestion.q)).total == suggestion.total > 0 for suggestion in suggestions
    )


@pytest.mark.parametrize("q", ["2030", "747", "S-400k", "€2.5bn", "2.5 billion euros", "1.4 billion"])
def test_what_is_no_amount_of_the_archive_is_not_suggested_as_one(service: SearchService, q: str) -> None:
    assert not [found.q for found in service.search(SearchRequest(q=q)).suggestions if "amount:" in found.q]


@pytest.mark.parametrize(
    ("q", "notice"),
    [
        ("source:Sputnik", "Nothing in this archive has the source “Sputnik”. Similar: “Sputnik International”"),
        (
            "source:international",
            "Nothing in this archive has the source “international”. Similar: “Sputnik International”",
        ),
        ("source:putnik", "Nothing in this archive has the source “putnik”"),
    ],
)
def test_a_part_of_a_source_names_the_whole_of_it(service: SearchService, q: str, notice: str) -> None:
    assert [found.message for found in service.search(SearchRequest(q=q)).notices] == [notice]


def test_a_query_that_finds_enough_has_no_suggestions(service: SearchService) -> None:
    assert service.search(SearchRequest(q="Turkey")).suggestions == ()


def test_a_page_beyond_the_last_is_the_first(service: SearchService) -> None:
    result = service.search(SearchRequest(q="patriot", page=9, size=2))

    assert result.request.page == 1
    assert len(result.hits) == 2


def test_scores_are_explained_on_request(service: SearchService) -> None:
    result = service.search(SearchRequest(q="Patriot withdrawal"), explain=True)

    assert len(result.explanations) == len(result.hits) + len(result.partial) == 5
    assert sum(part.score for part in result.explanations[0]) == pytest.approx(result.hits[0].score, rel=1e-3)
    assert "body:withdraw" in result.executed


def test_the_name_that_an_article_uses_instead_is_the_reason(service: SearchService) -> None:
    result = service.search(SearchRequest(q='system:"MIM-104"'))

    assert hit_of(result, "001").reason == "matched on alias Patriot"


def test_exactly_these_words(service: SearchService) -> None:
    assert numbers(service.search(SearchRequest(q="withdrawal", is_exact=True))) == ["001", "003"]
    assert service.search(SearchRequest(q="withdraws", is_exact=True)).total == 0


def test_an_article_with_its_words_and_entities(service: SearchService) -> None:
    hit = hit_of(service.search(SearchRequest(q="Patriot withdrawal")), "001")

    view = service.article(hit.id, q="Patriot withdrawal")

    sentences = [sentence for paragraph in view.paragraphs for sentence in paragraph.sentences]
    body = view.article.body
    words = {body[mark.start : mark.end] for mark in view.highlights if mark.role is Role.TERM}
    assert [sentence.number for sentence in sentences] == list(range(len(sentences)))
    assert words == {"Patriot", "withdraw", "withdrawal"}
    assert view.matches == sum(mark.role is Role.TERM for mark in view.highlights)
    assert sentences[hit.snippets[0].sentence].span.start == hit.snippets[0].start
    assert view.systems[0].entity.name.startswith("S-400")
    assert len(view.systems[0].spans) > 5


def test_an_unknown_article_or_entity_is_an_error(service: SearchService) -> None:
    with pytest.raises(ArticleNotFoundError):
        service.article("nothing")
    with pytest.raises(EntityNotFoundError):
        service.entity("nothing")


def test_an_entity_with_its_surroundings(service: SearchService) -> None:
    view = service.entity("mim-104-patriot")

    assert (view.documents, view.undated) == (4, 3)
    assert "S-400" in view.systems[0].entity.name or "F-35" in view.systems[0].entity.name
    assert "mim-104-patriot" not in {item.entity.id for item in view.systems}
    assert len(view.articles) == 4
    assert all("Patriot" in hit.snippets[0].text for hit in view.articles)
    assert [year.year for year in view.published] == ["2021"]


def test_entities_of_a_kind_are_browsed_in_pages(service: SearchService) -> None:
    view = service.browse(Kind.SYSTEMS, order="name", limit=2)

    assert len(view.entities) == 2
    assert view.total > 2


@pytest.mark.parametrize(("text", "expected"), [("patr", "MIM-104 Patriot"), ("erdo", "Recep Tayyip Erdoğan")])
def test_what_is_typed_is_completed_with_entities_then_words(service: SearchService, text: str, expected: str) -> None:
    completions = service.complete(text)

    assert completions[0].text == expected
    assert any(completion.entity is None and completion.text.startswith(text) for completion in completions)
    assert service.complete("p") == ()


def test_names_are_resolved_by_id_name_and_alias(service: SearchService) -> None:
    assert [entity.id for entity in service.resolve_names("mim-104-patriot")] == ["mim-104-patriot"]
    assert [entity.id for entity in service.resolve_names("Patriots", kind=Kind.SYSTEMS)] == ["mim-104-patriot"]
    assert service.resolve_names("Patriots", kind=Kind.PEOPLE) == ()
    assert [entity.name for entity in service.similar_names("Erdogen", kind=Kind.PEOPLE)] == ["Recep Tayyip Erdoğan"]


def test_many_threads_get_the_same_answers(service: SearchService) -> None:
    requests = [SearchRequest(q=q) for q in ("patriot", "Patriot withdrawal", "S-400 -withdrawal", "zebra Demir")] * 10
    expected = [replace(service.search(request), milliseconds=0) for request in requests]

    with ThreadPoolExecutor(8) as pool:
        found = [replace(result, milliseconds=0) for result in pool.map(service.search, requests)]

    assert found == expected


def test_a_page_with_room_is_filled_with_articles_that_have_some_of_the_words(service: SearchService) -> None:
    result = service.search(SearchRequest(q="Patriot withdrawal"), facets=("people",))
    some = service.search(SearchRequest(q="Patriot withdrawal", words=WordMode.ANY))
    assert (result.total, len(result.hits), result.total_any) == (2, 2, some.total)
    assert {hit.id for hit in (*result.hits, *result.partial)} == {hit.id for hit in some.hits}
    assert not {hit.id for hit in result.hits} & {hit.id for hit in result.partial}
    # The best first, and nothing is counted with them.
    rest = [hit.id for hit in some.hits if hit.id not in {hit.id for hit in result.hits}]
    assert [hit.id for hit in result.partial] == rest
    only = service.search(SearchRequest(q="Patriot withdrawal", words=WordMode.ALL), facets=("people",))
    assert (only.partial, only.facets) == ((), result.facets)


@pytest.mark.parametrize(
    ("request_", "hits", "partial"),
    [
        (SearchRequest(q="Patriot withdrawal", size=2), 2, 0),
        (SearchRequest(q="Patriot withdrawal", size=3), 2, 1),
        (SearchRequest(q="Patriot withdrawal", size=1, page=2), 1, 0),
        (SearchRequest(q="Patriot withdrawal", size=0), 0, 0),
        (SearchRequest(q="Patriot withdrawal", sort=Sort.NEWEST), 2, 0),
        (SearchRequest(q="Patriot withdrawal", words=WordMode.ANY), 5, 0),
        (SearchRequest(q="Patriot xylophone"), 5, 0),
        (SearchRequest(q="Patriot"), 5, 0),
        (SearchRequest(q="Patriot OR withdrawal"), 5, 0),
        (SearchRequest(q='"Patriot withdrawal"'), 0, 0),
        (SearchRequest(q="Patriot withdrawal NOT Putin"), 2, 0),
        (SearchRequest(q="Patriot withdrawal", selections=(Selection("people", ("vladimir-putin",)),)), 2, 1),
    ],
)
def test_pages_that_are_filled(service: SearchService, request_: SearchRequest, hits: int, partial: int) -> None:
    result = service.search(request_)
    assert (len(result.hits), len(result.partial)) == (hits, partial)


LONG = "Turkish minister said Patriot withdrawal weakened defense"


def test_a_long_query_is_read_as_any_of_its_words(service: SearchService) -> None:
    long = service.search(SearchRequest(q=LONG))
    some = service.search(SearchRequest(q=LONG, words=WordMode.ANY))
    every = service.search(SearchRequest(q=LONG, words=WordMode.ALL))
    assert (long.is_any, long.hits, long.total) == (True, some.hits, some.total)
    assert (long.total_all, long.total_any) == (every.total, some.total)
    assert long.total > every.total > 0
    assert service.count(SearchRequest(q=LONG)) == long.total
    assert len(list(service.export(SearchRequest(q=LONG)))) == long.total


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(q=LONG, sort=Sort.NEWEST),
        SearchRequest(q=LONG, words=WordMode.ALL),
        SearchRequest(q=" ".join(LONG.split()[:5])),
    ],
)
def test_other_queries_are_read_as_all_of_their_words(service: SearchService, request_: SearchRequest) -> None:
    assert not service.search(request_).is_any


def test_a_name_also_scores_as_its_entity(service: SearchService) -> None:
    result = service.search(SearchRequest(q="Patriot"), explain=True)
    assert "entities:mim-104-patriot" in result.executed
    parts = {hit.id: explanation for hit, explanation in zip(result.hits, result.explanations, strict=True)}
    with_entity = {
        name for name, found in parts.items() if any(part.label == "mim-104-patriot in entities" for part in found)
    }
    named = {hit.id for hit in service.search(SearchRequest(q="system:mim-104-patriot")).hits}
    assert with_entity == named
    assert len(named) == 4


def test_a_marked_name_scores_by_its_mentions(service: SearchService) -> None:
    scores = [hit.score for hit in service.search(SearchRequest(q="system:f-35-lightning-ii")).hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0


def test_where_any_word_is_enough_so_is_another_name_of_the_entity(service: SearchService) -> None:
    found = service.search(SearchRequest(q="xylophone Recep Tayyip Erdogan zebra", words=WordMode.ANY))
    named = service.search(SearchRequest(q="person:recep-tayyip-erdogan"))
    assert {hit.id for hit in named.hits} <= {hit.id for hit in found.hits}


def test_where_any_word_is_enough_so_is_a_part_of_a_word_and_of_a_group(service: SearchService) -> None:
    whole = service.search(SearchRequest(q="Patriot-xylophone", words=WordMode.ANY))
    assert whole.total == 0
    parts = service.search(SearchRequest(q="zebra Patriot-xylophone", words=WordMode.ANY))
    group = service.search(SearchRequest(q="zebra (Patriot xylophone)", words=WordMode.ANY))
    assert parts.total == group.total == service.search(SearchRequest(q="Patriot")).total
