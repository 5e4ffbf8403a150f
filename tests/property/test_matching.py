"""Matches are where a full analysis of the text finds the terms."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.analyzer import analyze, analyze_exact
from index.analyzer.tables import read_table
from search.hits.matching import Matcher
from search.query.ast import PrefixTerm, Reading, Term, TermSequence
from tests.languages.right_values import read_texts

BODIES = [file.read_text(encoding="utf-8") for file in sorted(Path("seeds").glob("*.txt"))]
_seed_words = st.sampled_from(sorted({word for body in BODIES for word in body.split()}))
_ABBREVIATED = (
    "U.S.",
    "U.S",
    "A.B.C.",
    "S-400s",
    "S‑400",
    "S–400",
    "F-16C",
    "mid-2019",
    "1,000",
    "www.example.org/a-b",
)
_SPELLED = ("O'Brien", "Turkey’s", "don’t", "dying", "skies", "party", "parties", "x_y", "“quoted”")
_FOREIGN = ("İstanbul", "Erdoğan", "北京市", "Straße", "हिन्दी", "کتابِ")
# Languages with an analysis of their own, and a few that are analyzed like English.
_LANGUAGES = sorted({row["language"] for row in read_table("languages")} | {"en", "zh", "ja", "th"})
_BODIES_OF = {foreign.language: foreign.gold.text for foreign in read_texts()}
_EVERYWHERE = sorted({word for body in _BODIES_OF.values() for word in body.split()})
_odd_words = st.sampled_from([*_ABBREVIATED, *_SPELLED, *_FOREIGN])
_texts = st.one_of(
    st.sampled_from(BODIES),
    st.lists(_seed_words | _odd_words | st.text(max_size=6), max_size=30).map(" ".join),
)


@given(st.data(), _texts)
def test_terms_are_found_exactly_where_the_analyzer_has_them(data: st.DataObject, text: str) -> None:
    tokens = analyze(text)
    term = data.draw(st.sampled_from([token.term for token in tokens] or ["none"]))

    matches = Matcher(Term("body", term)).find(text)

    assert [(match.start, match.end) for match in matches] == [(t.start, t.end) for t in tokens if t.term == term]


@given(st.data(), _texts)
def test_exact_terms_are_found_exactly_where_the_analyzer_has_them(data: st.DataObject, text: str) -> None:
    tokens = analyze_exact(text)
    term = data.draw(st.sampled_from([token.term for token in tokens] or ["none"]))

    matches = Matcher(Term("exact", term)).find(text)

    assert [(match.start, match.end) for match in matches] == [(t.start, t.end) for t in tokens if t.term == term]


@st.composite
def _foreign_texts(draw: st.DrawFn) -> tuple[str, str]:
    """A language, and a text of its words, of those of others and of anything."""
    language = draw(st.sampled_from(_LANGUAGES))
    own = sorted({*_BODIES_OF.get(language, "").split()})
    words = st.sampled_from(_EVERYWHERE) | _odd_words | st.text(max_size=6)
    words = words | st.sampled_from(own) if own else words
    return language, draw(st.lists(words, max_size=20).map(" ".join))


@given(st.data(), _foreign_texts())
def test_terms_of_any_language_are_found_exactly_where_the_analyzer_has_them(
    data: st.DataObject, foreign: tuple[str, str]
) -> None:
    language, text = foreign
    tokens = analyze(text, language)
    term = data.draw(st.sampled_from([token.term for token in tokens] or ["none"]))

    matches = Matcher(Term("body", term), language).find(text)

    assert [(match.start, match.end) for match in matches] == [(t.start, t.end) for t in tokens if t.term == term]


@given(st.data(), _foreign_texts())
def test_exact_terms_of_any_language_are_found_exactly_where_the_analyzer_has_them(
    data: st.DataObject, foreign: tuple[str, str]
) -> None:
    language, text = foreign
    tokens = analyze_exact(text, language)
    term = data.draw(st.sampled_from([token.term for token in tokens] or ["none"]))

    matches = Matcher(Term("exact", term), language).find(text)

    assert [(match.start, match.end) for match in matches] == [(t.start, t.end) for t in tokens if t.term == term]


@given(st.data(), _foreign_texts())
def test_prefixes_of_any_language_are_found_exactly_where_the_analyzer_has_them(
    data: st.DataObject, foreign: tuple[str, str]
) -> None:
    language, text = foreign
    tokens = analyze(text, language)
    prefix = data.draw(st.sampled_from([token.term[:3] for token in tokens] or ["none"]))

    matches = Matcher(PrefixTerm("body", prefix), language).find(text)

    expected = [(token.start, token.end) for token in tokens if token.term.startswith(prefix)]
    assert [(match.start, match.end) for match in matches] == expected


def test_a_reading_counts_in_articles_of_its_language_alone() -> None:
    query = Term("body", "lotan", readings=(Reading(("fr", "it"), ("otan",)),))
    found = {
        language: [(match.start, match.end) for match in Matcher(query, language).find("L'OTAN, OTAN")]
        for language in ("fr", "en", None)
    }
    assert found == {"fr": [(2, 6), (8, 12)], "en": [(0, 6)], None: [(0, 6)]}


def test_a_symbol_that_folds_to_letters_hides_no_prefix() -> None:
    assert [(match.start, match.end) for match in Matcher(PrefixTerm("body", "0")).find("㎀0 kV")] == [(1, 2)]


def test_signs_that_fold_to_digits_hide_no_stem() -> None:
    assert [(match.start, match.end) for match in Matcher(PrefixTerm("body", "a2i")).find("A²Y")] == [(0, 3)]


@given(st.data(), _texts)
def test_prefixes_are_found_exactly_where_the_analyzer_has_them(data: st.DataObject, text: str) -> None:
    tokens = analyze(text)
    prefix = data.draw(st.sampled_from([token.term[:3] for token in tokens] or ["none"]))

    matches = Matcher(PrefixTerm("body", prefix)).find(text)

    expected = [(token.start, token.end) for token in tokens if token.term.startswith(prefix)]
    assert [(match.start, match.end) for match in matches] == expected


@given(st.data(), _texts)
def test_a_phrase_of_the_text_is_found_where_it_stands(data: st.DataObject, text: str) -> None:
    tokens = analyze(text)
    first = data.draw(st.integers(0, max(0, len(tokens) - 2)))
    phrase = tokens[first : first + 2]
    sequence = TermSequence("body", tuple(token.term for token in phrase) or ("none",))

    matches = Matcher(sequence).find(text)

    assert not phrase or any(match.start <= phrase[0].start < match.end for match in matches)
    assert all(match.is_phrase for match in matches)


@given(st.lists(st.sampled_from(["alpha", "beta", "gamma", "x", "y"]), max_size=40), st.integers(0, 4))
def test_words_of_a_loose_phrase_are_found_where_few_enough_stand_between(words: list[str], slop: int) -> None:
    text = " ".join(words)
    starts = [len(" ".join(words[:place])) + (place > 0) for place in range(len(words))]
    wanted = ("alpha", "beta", "gamma")
    # From each of the words on, the next of each kind, when the last of these is near enough.
    groups = [
        [place + words[place:].index(word) for word in wanted]
        for place in range(len(words))
        if words[place] in wanted and set(wanted) <= set(words[place:])
    ]
    near = {place for group in groups for place in group if max(group) - min(group) <= slop + len(wanted)}

    matches = Matcher(TermSequence("body", wanted, slop)).find(text)

    assert [match.start for match in matches] == [starts[place] for place in sorted(near)]
