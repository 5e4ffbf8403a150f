"""The mentions that a search, its filters and a choice ask for."""

from collections import Counter
from collections.abc import Iterator

import pytest

from index.model import Kind
from index.settings import Settings
from search.answer.service import SearchService
from search.archive import open_archive
from search.filters import mention_choice
from search.output.mention_rows import MENTION_COLUMNS, mention_row
from search.request import MentionChoice, SearchRequest, Selection
from search.views import MentionView

AMOUNTS, DATES, PEOPLE, SYSTEMS = Kind.AMOUNTS, Kind.DATES, Kind.PEOPLE, Kind.SYSTEMS
AKAR = Selection("people", ("hulusi-akar",))


@pytest.fixture
def service(seed_settings: Settings, seed_index: object) -> Iterator[SearchService]:
    assert seed_index
    with open_archive(seed_settings) as archive, archive.view() as view:
        yield view.service


def found(service: SearchService, request: SearchRequest, *kinds: Kind, beside: str = "") -> list[MentionView]:
    choice = MentionChoice(kinds, (beside,) if beside else ())
    return list(service.mentions(request, choice))


def test_without_a_choice_every_mention_of_every_article_is_listed(service: SearchService) -> None:
    mentions = found(service, SearchRequest())
    assert {mention.kind for mention in mentions} == set(Kind)
    assert len({mention.article for mention in mentions}) == 5
    places = [(mention.article, mention.span) for mention in mentions]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("request_", "kinds", "expected"),
    [
        # A filter or a field of the query that names something asks for the mentions of it.
        (SearchRequest(amount=">3bn"), (), {AMOUNTS}),
        (SearchRequest(q="amount:>3bn"), (), {AMOUNTS}),
        (SearchRequest(selections=(AKAR,)), (), {PEOPLE}),
        (SearchRequest(q='person:"Hulusi Akar"'), (), {PEOPLE}),
        (SearchRequest(selections=(AKAR,), amount=">1bn"), (), {PEOPLE, AMOUNTS}),
        (SearchRequest(date_from="2019", date_to="2019"), (), {DATES}),
        # What was chosen by kind, of any value unless the search names some.
        (SearchRequest(selections=(AKAR,)), (SYSTEMS,), {SYSTEMS}),
        (SearchRequest(selections=(AKAR,)), (SYSTEMS, PEOPLE), {SYSTEMS, PEOPLE}),
        # Words, and what is excluded, ask for no mention.
        (SearchRequest(q="Patriot"), (AMOUNTS,), {AMOUNTS}),
        (SearchRequest(selections=(Selection("people", excluded=("ilhan-omar",)),)), (), set(Kind)),
    ],
)
def test_kinds_that_are_listed(
    service: SearchService, request_: SearchRequest, kinds: tuple[Kind, ...], expected: set[Kind]
) -> None:
    assert {mention.kind for mention in found(service, request_, *kinds)} == expected


def test_a_filter_lists_only_the_mentions_that_it_names(service: SearchService) -> None:
    names = {mention.entity for mention in found(service, SearchRequest(selections=(AKAR,)), PEOPLE, SYSTEMS)}
    assert "hulusi-akar" in names
    assert not names & {"vladimir-putin", "recep-tayyip-erdogan"}
    values = {mention.amount.value for mention in found(service, SearchRequest(amount=">3bn")) if mention.amount}
    assert values == {3_400_000_000}


def test_beside_is_in_the_same_sentence(service: SearchService) -> None:
    mentions = found(service, SearchRequest(), AMOUNTS, beside="s-400")
    assert Counter(mention.text for mention in mentions) == {"$2.5 billion": 2}
    assert all("S-400" in mention.sentence for mention in mentions)
    both = MentionChoice((AMOUNTS,), ("s-400", "vladimir-putin"))
    assert all("Putin" in mention.sentence for mention in service.mentions(SearchRequest(), both))


def test_a_mention_stands_where_it_says(service: SearchService) -> None:
    for mention in found(service, SearchRequest(q="Patriot")):
        body = service.article(mention.article).article.body
        assert body[mention.span.start : mention.span.end] == mention.text
        assert mention.text.split()[0] in mention.sentence
        assert mention.sentence in body


def test_a_row_has_every_column(service: SearchService) -> None:
    (row,) = [mention_row(mention) for mention in found(service, SearchRequest(q="contract", amount="2.5bn"))][:1]
    assert tuple(row) == tuple(MENTION_COLUMNS)
    assert (row["kind"], row["currency"], row["amount"], row["upper"]) == ("amounts", "USD", 2_500_000_000, None)
    assert (row["entity"], row["first_day"], row["is_about"]) == (None, None, False)
    dated = next(row for row in map(mention_row, found(service, SearchRequest(), DATES)) if row["text"] == "April 2018")
    assert (dated["first_day"], dated["last_day"]) == ("2018-04-01", "2018-04-30")


def test_a_page_has_the_mentions_of_its_articles(service: SearchService) -> None:
    everything = found(service, SearchRequest(q="Patriot"))
    pages = [service.mention_page(SearchRequest(q="Patriot", page=page, size=2), MentionChoice()) for page in (1, 2, 3)]
    assert {page.total for page in pages} == {5}
    assert [mention for page in pages for mention in page.mentions] == everything


def test_kinds_and_names_are_read_as_elsewhere(service: SearchService) -> None:
    assert mention_choice(service, ["person", "amounts"], ["Akar"]) == MentionChoice(
        (PEOPLE, AMOUNTS), ("hulusi-akar",)
    )
