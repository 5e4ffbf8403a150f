import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.recognizer.training.augmentation import Chances, NamePools, collect_pools, replace_names, set_headline, vary
from index.recognizer.training.documents import Document, Name

POOLS = NamePools(given=("Ayla",), surnames=("Demirkan",), places=("Duskmere",), organizations=("Quell Group",))
NEVER = Chances(people=0, places=0, organizations=0, title=0, upper=0)
TEXT = "Tovah Brunt of Dorn Ltd left Oslo. Then Brunt met Tovah."


def document() -> Document:
    names = [(0, 11, "PERSON"), (15, 23, "ORG"), (29, 33, "GPE"), (40, 45, "PERSON"), (50, 55, "PERSON")]
    return Document("tried", TEXT, tuple(Name(*name) for name in names))


def names_of(changed: Document) -> list[tuple[str, str | None]]:
    return [(changed.text_of(name), name.kind) for name in changed.names]


def test_nothing_changes_without_a_chance() -> None:
    assert vary(document(), POOLS, NEVER, random.Random(1)) == document()


def test_people_get_one_new_name_wherever_they_are_named() -> None:
    changed = vary(document(), POOLS, Chances(people=1, places=0, organizations=0, title=0, upper=0), random.Random(2))
    people = [text for text, kind in names_of(changed) if kind == "PERSON"]
    assert people == ["Ayla Demirkan", "Demirkan", "Ayla"]
    assert changed.text == "Ayla Demirkan of Dorn Ltd left Oslo. Then Demirkan met Ayla."


def test_the_same_dice_change_the_same() -> None:
    often = Chances(people=0.5, places=0.5, organizations=0.5, title=0.3, upper=0.3)
    first, second = ([vary(document(), POOLS, often, dice) for _ in range(20)] for dice in map(random.Random, (7, 7)))
    assert first == second


def test_a_headline_is_set_apart_and_loses_its_full_stop() -> None:
    changed = set_headline(document(), str.upper)
    assert changed.text == "TOVAH BRUNT OF DORN LTD LEFT OSLO\nThen Brunt met Tovah."
    assert names_of(changed) == [
        ("TOVAH BRUNT", "PERSON"), ("DORN LTD", "ORG"), ("OSLO", "GPE"), ("Brunt", "PERSON"), ("Tovah", "PERSON")
    ]  # fmt: skip


def test_a_full_stop_that_belongs_to_a_name_goes_with_it() -> None:
    text = "They all went to work for Dorn Ltd."
    changed = set_headline(Document("tried", text, (Name(26, 35, "ORG"),)), str.upper)
    assert names_of(changed) == [("DORN LTD", "ORG")]


@pytest.mark.parametrize("text", ["Too short. Then more words came along.", "", "ßßßß ßßß ßßßß ßßßß ßßßß ßßßß"])
def test_no_headline_is_made_of_what_is_none(text: str) -> None:
    assert set_headline(Document("tried", text, ()), str.upper).text == text


@given(
    st.lists(st.sampled_from(["Tovah", "left", "Oslo", ".", "\n", "the", "U.S."])), st.randoms(use_true_random=False)
)
def test_names_stay_names_whatever_changes(words: list[str], dice: random.Random) -> None:
    text = " ".join(words)
    kinds = {"Tovah": "PERSON", "Oslo": "GPE", "U.S.": "GPE"}
    starts = [len(" ".join([*words[:number], ""])) for number in range(len(words))]
    names = tuple(
        Name(start, start + len(word), kinds[word]) for start, word in zip(starts, words, strict=True) if word in kinds
    )
    always = Chances(people=1, places=1, organizations=1, title=0.5, upper=0.5)
    changed = vary(Document("tried", text, names), POOLS, always, dice)
    known = {"Tovah", "Oslo", "U.S.", "U.S", "Ayla", "Demirkan", "Duskmere"}
    spelled = known | {form.upper() for form in known} | {f"{particle}Demirkan" for particle in ("al-", "de ", "van ")}
    assert [name.kind for name in changed.names] == [name.kind for name in names]
    assert all(changed.text_of(name) in spelled or changed.text_of(name).endswith(("mirkan", "MIRKAN"))
               for name in changed.names)  # fmt: skip


def test_doubtful_names_are_not_replaced() -> None:
    doubtful = Document("tried", "Oslo won", (Name(0, 4, None),))
    assert replace_names(doubtful, {"Oslo": "Duskmere"}) == doubtful


def test_pools_hold_each_name_once_and_rough_organizations_only_when_frequent() -> None:
    rough = [Document("rough", f"{number} Dorn Ltd", (Name(2, 10, "ORG"),)) for number in range(4)] + [
        Document("rough", "Quell", (Name(0, 5, "ORG"),))
    ]
    pools = collect_pools([document(), *rough], given=["Ayla", "Ayla"], places=["Oslo"], rough=("rough",))
    assert pools == NamePools(["Ayla"], ["Brunt"], ["Oslo"], ["Dorn Ltd"])
