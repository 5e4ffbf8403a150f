import pytest

from index.analyzer import analyze
from index.catalog.reading.records import ShownMention
from index.model import Furniture, FurnitureReason, Kind, Span
from search.hits.highlights import query_highlights
from search.hits.matching import Match, Matcher
from search.hits.sentences import split_sentences
from search.hits.snippets import MAX_LENGTH, Passages, make_snippets
from search.query.ast import Or, Query, Term, TermSequence
from search.results import Highlight, Role

BODY = (
    "Patriot deal\n"
    "The withdrawal of a Chinese contract surprised Ankara. "
    "Washington decided in 2015 to withdraw its Patriot system from Turkey. "
    "The Patriot is old and was never sold to those who asked for a withdrawal of sanctions."
)
QUERY = Or(tuple(Term("body", token.term) for token in analyze("Patriot withdrawal")))


def passages(body: str = BODY, query: Query = QUERY, **others: object) -> Passages:
    matches = Matcher(query).find(body)
    # The keywords are fields of Passages, given by the tests below.
    return Passages(body, split_sentences(body), matches, **others)  # type: ignore[arg-type]


def test_the_sentence_with_most_words_nearest_to_each_other_comes_first() -> None:
    texts = [snippet.text for snippet in make_snippets(passages())]

    assert texts[0].startswith("Washington decided in 2015 to withdraw its Patriot")
    assert texts[1].startswith("The Patriot is old")


def test_terms_are_highlighted_in_all_their_forms() -> None:
    snippet = make_snippets(passages())[0]

    assert [snippet.text[mark.start : mark.end] for mark in snippet.highlights] == ["withdraw", "Patriot"]
    assert {mark.role for mark in snippet.highlights} == {Role.TERM}


def test_a_phrase_is_one_highlight() -> None:
    snippet = make_snippets(passages(query=TermSequence("body", ("patriot", "system"))))[0]

    assert [(snippet.text[mark.start : mark.end], mark.role) for mark in snippet.highlights] == [
        ("Patriot system", Role.PHRASE)
    ]


def test_title_and_furniture_come_last() -> None:
    menu = BODY.index("Washington"), BODY.index("The Patriot is")
    snippets = make_snippets(
        passages(title_span=Span(0, 12), furniture=(Furniture(Span(*menu), FurnitureReason.CAPTION),))
    )

    assert [snippet.sentence for snippet in snippets] == [3, 1]


def test_a_third_sentence_is_shown_for_a_word_that_the_first_two_lack() -> None:
    body = "One two. One two three. Four five. One two."
    query = Or(tuple(Term("body", term) for term in ("one", "two", "three", "four")))

    snippets = make_snippets(passages(body, query))

    assert [snippet.text for snippet in snippets] == ["One two three.", "One two.", "Four five."]


def test_without_a_match_the_story_begins() -> None:
    snippets = make_snippets(passages(query=Term("body", "absent"), title_span=Span(0, 12)))

    assert [snippet.text for snippet in snippets] == [BODY[13:]]


def test_a_mention_that_was_asked_for_counts_like_a_word() -> None:
    at = BODY.index("Ankara")

    [snippet] = make_snippets(
        passages(
            query=Term("body", "absent"),
            named=(Match(at, at + 6, 1),),
            mentions=(ShownMention(at, at + 6, Kind.PLACES, "ankara"),),
        )
    )

    assert snippet.sentence == 1
    assert [(snippet.text[mark.start : mark.end], mark.entity_id) for mark in snippet.highlights] == [
        ("Ankara", "ankara")
    ]


@pytest.mark.parametrize("before", [0, 300, 1000])
def test_a_long_sentence_is_cut_around_its_matches_between_words(before: int) -> None:
    body = "word " * (before // 5) + "Patriot withdrawal " + "other " * 300

    [snippet] = make_snippets(passages(body))

    assert "Patriot withdrawal" in snippet.text
    assert MAX_LENGTH - 20 <= len(snippet.text) <= MAX_LENGTH + 20
    assert set(snippet.text.split()) <= {"word", "Patriot", "withdrawal", "other"}
    assert (snippet.is_cut_before, snippet.is_cut_after) == (before == 1000, True)


def test_a_whole_sentence_is_not_cut() -> None:
    assert {(snippet.is_cut_before, snippet.is_cut_after) for snippet in make_snippets(passages())} == {(False, False)}
    assert not make_snippets(passages(query=Term("body", "absent")))[0].is_cut_after


def test_a_name_at_the_cut_is_kept_whole() -> None:
    body = "Patriot " + "x" * 330 + " Recep Tayyip Erdoğan " + "other " * 50
    name = (339, 360)

    [snippet] = make_snippets(
        passages(body, Term("body", "patriot"), mentions=(ShownMention(*name, Kind.PEOPLE, "erdogan"),))
    )

    assert snippet.text.endswith("Recep Tayyip Erdoğan")


def test_a_sentence_is_shown_once() -> None:
    body = "Patriot sold.\nPatriot sold.\nAnother Patriot."

    assert [snippet.sentence for snippet in make_snippets(passages(body))] == [0, 2]


def test_of_overlapping_matches_the_phrase_wins() -> None:
    matches = [Match(0, 3, 0), Match(0, 7, 1, 2, is_phrase=True), Match(8, 9, 0)]

    assert query_highlights(matches) == (Highlight(0, 7, Role.PHRASE), Highlight(8, 9, Role.TERM))
