import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.extract.rules.pack_names.forms import FormTable, spellings_of, words_of
from index.extract.tokens import read_tokens
from index.model import Kind
from index.packs.loader import PackEntry

ENTRY = PackEntry("own:kestrel", Kind.SYSTEMS, "Kestrel")
PLAIN = st.text(string.ascii_letters + string.digits + " ", max_size=30)


@pytest.fixture
def table() -> FormTable:
    table = FormTable()
    table.add(("National",), ENTRY, None)
    table.add(("National", "Bank"), ENTRY, None)
    table.add(("National", "Bank", "of", "Norland"), ENTRY, None)
    table.add(("National", "Union"), ENTRY, None)
    table.add(("Nation",), ENTRY, None)
    table.sort(lambda form: 0)
    return table


@given(PLAIN)
def test_plain_words_are_those_of_the_reading_of_texts(text: str) -> None:
    assert words_of(text) == tuple(read_tokens(text).keys)


@pytest.mark.parametrize(
    ("text", "rests"),
    [
        ("National Bank of Norland", [("Bank", "of", "Norland"), ("Bank",), ()]),
        ("National Bank of", [("Bank",), ()]),
        ("National Union", [("Union",), ()]),
        ("National pride", [()]),
        ("National", [()]),
        ("Nation building", [()]),
    ],
)
def test_forms_of_a_beginning_come_longest_first(text: str, rests: list[tuple[str, ...]], table: FormTable) -> None:
    assert [form.rest for form in table.beginning(text.split(), 0)] == rests


def test_only_forms_of_one_word_are_single(table: FormTable) -> None:
    assert ([form.rest for form in table.single("National")], table.single("Bank")) == ([()], [])
    assert ("National" in table.first_words, "Bank" in table.first_words) == (True, False)


def test_a_form_is_kept_once() -> None:
    table = FormTable()
    table.add(("Kestrel",), ENTRY, None)
    table.add(("Kestrel",), ENTRY, None)
    table.sort(lambda form: 0)
    assert len(table.single("Kestrel")) == 1


def test_of_one_length_the_higher_rank_comes_first() -> None:
    other = PackEntry("late:kestrel", Kind.SYSTEMS, "Kestrel")
    table = FormTable()
    table.add(("Kestrel",), ENTRY, None)
    table.add(("Kestrel",), other, None)
    table.sort(lambda form: int(form.entry is other))
    assert [form.entry for form in table.single("Kestrel")] == [other, ENTRY]


@pytest.mark.parametrize(
    ("form", "spellings"),
    [
        ("Leopard", [("Leopards", False)]),
        ("Atlas", []),
        ("F-16", [("F-16s", False), ("F16", True), ("F16s", True)]),
        ("S-400", [("S-400s", False), ("S400", False), ("S400s", False)]),
    ],
)
def test_systems_are_met_in_the_plural_and_without_hyphens(form: str, spellings: list[tuple[str, bool]]) -> None:
    assert [(" ".join(words), is_loose) for words, is_loose in spellings_of(words_of(form))] == spellings
