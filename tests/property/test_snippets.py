"""Snippets are pieces of the body, their highlights stand in them, and no name or match is cut."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.catalog.reading.records import ShownMention
from index.model import Furniture, FurnitureReason, Kind, Span
from search.hits.highlights import query_highlights
from search.hits.matching import Match
from search.hits.sentences import split_paragraphs, split_sentences
from search.hits.snippets import MAX_LENGTH, Passages, make_snippets
from search.results import Role

QUERY_ROLES = (Role.TERM, Role.PHRASE)

_bodies = st.lists(
    st.sampled_from(
        ["Ankara", "missile", "S-400", "a", "Gen.", "U.S.", "2019.The", "“Why?”", "end.", "end!", "\n", "\n\n"]
    )
    | st.text(max_size=12),
    max_size=200,
).map(" ".join)
_texts = st.one_of(_bodies, st.text(max_size=200))


@given(_texts)
def test_sentences_and_paragraphs_are_in_order_and_leave_out_only_blanks(text: str) -> None:
    for spans in (split_sentences(text, abbreviations=frozenset({"Gen"})), split_paragraphs(text)):
        ends = [0, *(span.end for span in spans)]
        starts = [*(span.start for span in spans), len(text)]
        gaps = [text[end:start] for end, start in zip(ends, starts, strict=True)]
        assert all(end <= start for end, start in zip(ends, starts, strict=True))
        assert "".join(gaps).strip() == ""
        assert all(text[span.start : span.end].strip() == text[span.start : span.end] != "" for span in spans)


@st.composite
def passages(draw: st.DrawFn) -> Passages:
    body = draw(_bodies)
    words: list[tuple[int, int]] = []
    at = 0
    for word in body.split():
        start = body.index(word, at)
        at = start + len(word)
        words.append((start, at))
    chosen = draw(st.lists(st.sampled_from(words), unique=True, max_size=12)) if words else []
    matches = [Match(start, end, draw(st.integers(0, 3)), is_phrase=draw(st.booleans())) for start, end in chosen]
    named = draw(st.lists(st.sampled_from(words), unique=True, max_size=12)) if words else []
    mentions = [ShownMention(start, end, Kind.SYSTEMS, "x") for start, end in sorted(named)]
    furniture = [Furniture(Span(*words[0]), FurnitureReason.MENU)] if words and draw(st.booleans()) else []
    return Passages(body, split_sentences(body), sorted(matches), mentions=mentions, furniture=furniture)


@given(passages())
def test_snippets_are_pieces_of_the_body_with_their_highlights_inside(given: Passages) -> None:
    snippets = make_snippets(given)

    assert len(snippets) <= 3
    assert bool(snippets) == bool(given.body.strip())
    for snippet in snippets:
        end = snippet.start + len(snippet.text)
        assert given.body[snippet.start : end] == snippet.text
        assert all(0 <= mark.start < mark.end <= len(snippet.text) for mark in snippet.highlights)
        assert given.sentences[snippet.sentence].start <= snippet.start < given.sentences[snippet.sentence].end


@given(passages())
def test_no_mention_and_no_word_is_cut_and_long_sentences_are(given: Passages) -> None:
    for snippet in make_snippets(given):
        end = snippet.start + len(snippet.text)
        longest = max((len(word) for word in given.body.split()), default=0)
        assert len(snippet.text) <= MAX_LENGTH + 2 * longest
        for mark in given.mentions:
            inside = snippet.start <= mark.start and mark.end <= end
            outside = mark.end <= snippet.start or mark.start >= end
            # A name that runs over the end of a sentence is the sentence's fault.
            across = any(mark.start < sentence.end < mark.end for sentence in given.sentences)
            assert inside or outside or across


@given(passages())
def test_the_best_sentence_has_no_fewer_parts_of_the_query_than_any_other(given: Passages) -> None:
    snippets = make_snippets(given)
    menu = {number for number, sentence in enumerate(given.sentences) if _overlaps(sentence, given)}
    counts = [
        len({match.part for match in given.matches if sentence.start <= match.start < sentence.end})
        for number, sentence in enumerate(given.sentences)
        if number not in menu
    ]

    assert (
        not snippets
        or snippets[0].sentence in menu
        or not counts
        or (
            len(
                {
                    match.part
                    for match in given.matches
                    if given.sentences[snippets[0].sentence].start
                    <= match.start
                    < given.sentences[snippets[0].sentence].end
                }
            )
            == max(counts)
        )
    )


def _overlaps(sentence: Span, given: Passages) -> bool:
    return any(part.span.start < sentence.end and sentence.start < part.span.end for part in given.furniture)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10), st.integers(0, 3), st.booleans()), max_size=20))
def test_query_highlights_are_disjoint_and_in_order(ranges: list[tuple[int, int, int, bool]]) -> None:
    matches = [Match(start, start + length, part, 1, phrase) for start, length, part, phrase in ranges]

    marks = query_highlights(matches)

    assert all(first.end <= second.start for first, second in pairwise(marks))
    assert all(mark.role in QUERY_ROLES for mark in marks)
    assert bool(marks) == bool(matches)


@given(st.lists(st.sampled_from(["alpha", "beta", "gamma", "other"]), min_size=100, max_size=200))
def test_a_long_sentence_is_cut_around_the_shortest_stretch_with_all_parts(words: list[str]) -> None:
    body = " ".join(words)
    starts = [len(" ".join(words[:place])) + (place > 0) for place in range(len(words))]
    parts = {"alpha": 0, "beta": 1, "gamma": 2}
    found = [
        Match(start, start + len(word), parts[word]) for start, word in zip(starts, words, strict=True) if word in parts
    ]
    stretches = [
        (max(first_of_each) - start, start, max(first_of_each))
        for start in (match.start for match in found)
        if (
            first_of_each := [
                min((match.end for match in found if match.part == part and match.start >= start), default=10**6)
                for part in {match.part for match in found}
            ]
        )
    ]
    _, start, end = min(stretches, default=(0, 0, 0))

    (snippet,) = make_snippets(Passages(body, split_sentences(body), found))

    assert snippet.start <= start
    assert end - start > MAX_LENGTH or end <= snippet.start + len(snippet.text)
