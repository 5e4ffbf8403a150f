"""The lists fit their texts, and each language has what makes it hard."""

from collections import Counter
from itertools import pairwise

import pytest

from index.model import ENTITY_KINDS, Kind
from index.packs.loader import load_packs
from tests.languages.right_values import ForeignText, ListError, read_texts, read_values

_TEXTS = list(read_texts())
_TEN = ("de", "fr", "es", "it", "pt", "nl", "tr", "ru", "uk", "pl")
_SEVEN = ("ar", "he", "el", "zh", "ja", "th", "ca")
_WITHOUT_SPACES = frozenset({"zh", "ja", "th"})
_NEVER_DIVIDED = _WITHOUT_SPACES | {"ar", "he"}
_PACKS = load_packs(["core", "defence"])
_HEAD = "language\tfr\npublished\t2020-05-06\n"

each_text = pytest.mark.parametrize("foreign", _TEXTS, ids=lambda foreign: foreign.gold.name)


def test_each_language_has_two_texts() -> None:
    assert Counter(foreign.language for foreign in _TEXTS) == dict.fromkeys((*_TEN, *_SEVEN), 2)


@each_text
def test_name_of_the_file_begins_with_the_language(foreign: ForeignText) -> None:
    assert foreign.gold.name.split("-")[0] == foreign.language


@each_text
def test_text_has_the_length_of_short_news(foreign: ForeignText) -> None:
    words, characters = len(foreign.gold.text.split()), len(foreign.gold.text)
    assert 350 <= characters <= 900 if foreign.language in _WITHOUT_SPACES else 120 <= words <= 200


@each_text
def test_list_has_dates_amounts_and_words(foreign: ForeignText) -> None:
    kinds = Counter(mention.kind for mention in foreign.gold.mentions)
    assert min(kinds[Kind.DATES], kinds[Kind.AMOUNTS], len(foreign.queries)) >= 5


@each_text
def test_no_two_values_share_a_character(foreign: ForeignText) -> None:
    spans = [mention.span for mention in foreign.gold.mentions if mention.kind not in ENTITY_KINDS]
    assert [(one, other) for one, other in pairwise(spans) if one.end > other.start] == []


@each_text
def test_no_value_begins_or_ends_inside_a_number(foreign: ForeignText) -> None:
    text = f" {foreign.gold.text} "
    borders = [border for mention in foreign.gold.mentions for border in (mention.span.start, mention.span.end)]
    assert [text[border : border + 2] for border in borders if text[border : border + 2].isdecimal()] == []


@each_text
def test_names_are_those_of_entries_of_packs(foreign: ForeignText) -> None:
    wanted = {(mention.kind, mention.entity) for mention in foreign.gold.mentions if mention.kind in ENTITY_KINDS}
    assert wanted - {(entry.kind, entry.name) for entry in _PACKS.entries} == set()


@each_text
def test_a_word_is_divided_at_a_line_end(foreign: ForeignText) -> None:
    pieces = [foreign.gold.text[query.start : query.end] for query in foreign.queries]
    assert any("-\n" in piece for piece in pieces) is (foreign.language not in _NEVER_DIVIDED)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param("dates\t6 mai\t2020-05-06", "a.tsv:3: .*substring not found", id="not in the text"),
        pytest.param("dates\t5 mai\t2020-05-05\ndates\t5 mai\t2020-05-05", "a.tsv:4: ", id="not there twice"),
        pytest.param("dates\t5 mai\tsoon", "a.tsv:3: .*soon", id="no date"),
        pytest.param("amounts\t3 euros\t3", "a.tsv:3: .*'3' is no amount", id="no amount"),
        pytest.param("ships\t3 euros\t3", "a.tsv:3: .*'ships'", id="no kind"),
        pytest.param("word\teuros", "a.tsv:3: ", id="no query"),
    ],
)
def test_row_that_does_not_fit_is_named(rows: str, told: str) -> None:
    with pytest.raises(ListError, match=told):
        read_values("a", "Le 5 mai, 3 euros", _HEAD + rows)


def test_list_without_its_head_is_named() -> None:
    with pytest.raises(ListError, match=r"a\.tsv: rows 'language' and 'published'"):
        read_values("a", "Le 5 mai", "language\tfr")
