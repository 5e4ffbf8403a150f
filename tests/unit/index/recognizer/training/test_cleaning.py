from pathlib import Path

import pytest

from index.errors import ModelError
from index.packs.loader import load_packs
from index.recognizer.training.cleaning import Conventions, clean, read_forms
from index.recognizer.training.documents import Document, Name
from index.recognizer.training.recipe import recipe_conventions

CONVENTIONS = Conventions(
    kinds={"Quell Cup": "-", "House": "?", "* Treaty": "-", "U.N.": "ORG"},
    titles=frozenset({"President", "General", "Secretary-General"}),
    known={"Duskmere": "GPE"},
    given=frozenset({"Tovah"}),
    heads=frozenset({"Group"}),
)


def document(text: str, *names: tuple[str, str], source: str = "careful") -> Document:
    """A document in which each of `names` stands once, with its kind."""
    found = sorted(Name(text.index(name), text.index(name) + len(name), kind) for name, kind in names)
    return Document(source, text, tuple(found))


def cleaned(*documents: Document) -> list[list[tuple[str, str | None]]]:
    """The names that are left, with their kinds."""
    return [
        [(each.text_of(name), name.kind) for name in each.names]
        for each in clean(documents, CONVENTIONS, voting=("rough",))
    ]


@pytest.mark.parametrize(
    ("text", "name", "kind", "left"),
    [
        ("He left the Quells.", "the Quells", "ORG", [("Quells", "ORG")]),
        ("in southern Duskmere now", "southern Duskmere", "GPE", [("Duskmere", "GPE")]),
        ("Brunt's party", "Brunt's", "PERSON", [("Brunt", "PERSON")]),
        ("The Quells won.", "The Quells", "ORG", [("Quells", "ORG")]),
        ("He read The Quell.", "The Quell", "ORG", [("The Quell", "ORG")]),
        ("a Quell(old form) name", "Quell(old form", "ORG", [("Quell(old form", None)]),
        ("the Quell Cup began", "Quell Cup", "ORG", []),
        ("the House met", "House", "ORG", [("House", None)]),
        ("the Quell Treaty held", "Quell Treaty", "ORG", []),
        ("He told the U.N. so", "U.N.", "GPE", [("U.N.", "ORG")]),
        ("he -- left", "--", "ORG", []),
    ],
)
def test_edges_are_cut_and_conventions_followed(
    text: str, name: str, kind: str, left: list[tuple[str, str | None]]
) -> None:
    assert cleaned(document(text, (name, kind))) == [left]


@pytest.mark.parametrize(
    ("text", "name", "kind", "left"),
    [
        ("He met General Brunt.", "General Brunt", "PERSON", [("Brunt", "PERSON")]),
        ("the U.N. Secretary-General spoke", "U.N. Secretary-General", "ORG", [("U.N.", "ORG")]),
        ("the Quell President spoke", "Quell President", "ORG", [("Quell", None)]),
        ("Envoy Tovah Brunt spoke", "Envoy Tovah Brunt", "ORG", [("Envoy Tovah Brunt", None)]),
        ("Quell and Dorn merged", "Quell and Dorn", "ORG", [("Quell and Dorn", None)]),
        ("Quell and Dorn Group merged", "Quell and Dorn Group", "ORG", [("Quell and Dorn Group", "ORG")]),
        ("the Quell President Dorn spoke", "Quell", "ORG", [("Quell", None)]),
    ],
)
def test_a_rough_set_loses_its_titles_and_what_is_no_organization(
    text: str, name: str, kind: str, left: list[tuple[str, str | None]]
) -> None:
    assert cleaned(document(text, (name, kind), source="rough")) == [left]


def test_titles_stay_where_people_annotated() -> None:
    assert cleaned(document("He met General Brunt.", ("General Brunt", "PERSON"))) == [[("General Brunt", "PERSON")]]


def rough(number: int, kind: str, *, form: str = "Dorn") -> Document:
    return document(f"{number} men saw {form} there", (form, kind), source="rough")


def test_a_form_of_nearly_one_kind_gets_it_everywhere() -> None:
    kinds = [names[0][1] for names in cleaned(*(rough(number, "PERSON") for number in range(30)), rough(30, "ORG"))]
    assert kinds == ["PERSON"] * 31


def test_the_odd_ones_of_a_form_of_mostly_one_kind_are_left_out() -> None:
    kinds = [names[0][1] for names in cleaned(*(rough(number, "PERSON") for number in range(9)), rough(9, "ORG"))]
    assert kinds == ["PERSON"] * 9 + [None]


def test_a_form_of_no_kind_in_particular_is_left_out() -> None:
    documents = [rough(number, "PERSON" if number % 2 else "ORG") for number in range(8)]
    assert cleaned(*documents) == [[("Dorn", None)]] * 8


def test_packs_decide_where_a_set_disagrees_with_itself() -> None:
    documents = [rough(0, "PERSON", form="Duskmere"), rough(1, "GPE", form="Duskmere")]
    assert cleaned(*documents) == [[("Duskmere", "GPE")]] * 2


def test_a_mention_that_was_missed_is_added_when_nearly_all_are_marked() -> None:
    marked = [rough(number, "PERSON", form="Tovah Dorn") for number in range(9)]
    assert cleaned(*marked, Document("rough", "they say Tovah Dorn left", ()))[-1] == [("Tovah Dorn", "PERSON")]


def test_a_mention_that_is_part_of_a_longer_name_is_not_added() -> None:
    marked = [rough(number, "PERSON", form="Tovah Dorn") for number in range(9)]
    assert cleaned(*marked, Document("rough", "the Tovah Dorn Prize", ()))[-1] == []


def test_what_is_a_name_elsewhere_in_a_careful_document_is_not_learned_as_none() -> None:
    text = "He knew Dorn. They say Dorn left."
    assert cleaned(document(text, ("Dorn", "PERSON"))) == [[("Dorn", "PERSON"), ("Dorn", None)]]


def test_a_repeated_document_counts_once() -> None:
    assert len(cleaned(Document("careful", "Same text", ()), Document("careful", "Same text", ()))) == 1


def test_names_stay_disjoint_and_in_order() -> None:
    marked = [rough(number, "PERSON", form="Tovah Dorn") for number in range(9)]
    text = "Tovah Dorn and Quell Group met Tovah Dorn"
    *_, last = clean([*marked, document(text, ("Quell Group", "ORG"), source="rough")], CONVENTIONS, voting=("rough",))
    assert [last.text_of(name) for name in last.names] == ["Tovah Dorn", "Quell Group", "Tovah Dorn"]


def test_a_table_of_forms_with_a_missing_kind_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "forms.tsv").write_text("# note\nform\tkind\nQuell\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"forms\.tsv:3"):
        read_forms(tmp_path / "forms.tsv")


def test_the_conventions_of_the_recipe_know_titles_and_names_of_one_kind() -> None:
    conventions = recipe_conventions(load_packs(("core", "defence", "names")))
    assert conventions.kinds["U.N."] == "ORG"
    assert "President" in conventions.titles
    assert conventions.known["Germany"] == "GPE"
    assert conventions.known["German"] == "NORP"
