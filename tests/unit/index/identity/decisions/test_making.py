"""Making decisions in a catalog: what is refused and why, what is so already, and what an undone split leaves."""

import subprocess
import sys

import pytest

from index.catalog.store import Catalog
from index.errors import DecisionError
from index.identity.decisions import Expected, decide
from index.identity.incremental.view import Knowledge
from index.identity.records import AnyDecision, KeepApart, Merge, Reject, Rename, Retype, Split
from index.model import Kind
from index.packs.records import Packs
from tests.unit.index.identity.archives import PACKS
from tests.unit.index.identity.decisions.people import make, take_back

MERGE = Merge("hulusi-akar", "selim-kaya")
APART = KeepApart("hulusi-akar", "selim-kaya")


def test_a_decision_keeps_who_made_and_undid_it(catalog: Catalog) -> None:
    make(catalog, MERGE)
    take_back(catalog, 1)
    (row,) = catalog.reader().decisions()
    assert (row.decided_by, row.undone_by) == ("Hulusi Akar", "Selim Kaya")


@pytest.mark.parametrize(
    ("first", "decision", "message"),
    [
        (MERGE, Rename("hulusi-akar", "X"), "hulusi-akar was merged by decision 1 on .*Give 'selim-kaya', the id of"),
        (MERGE, KeepApart("hulusi-akar", "ismail-demir"), "hulusi-akar was merged by decision 1"),
        (Reject("hulusi-akar"), Rename("hulusi-akar", "X"), "was rejected by decision 1 on .* Undo that first"),
        (APART, MERGE, "Decision 1 kept “Hulusi Akar” apart from “Selim Kaya”. To merge them, undo decision 1 first"),
        (APART, Merge("selim-kaya", "hulusi-akar"), "Decision 1 kept"),
        (MERGE, Rename("selim-kaya", "a\x00b"), "control characters"),
        (MERGE, Rename("selim-kaya", "\u200b\u00ad"), "has no letter and no digit"),
        (MERGE, Rename("selim-kaya", "\u200f —"), "has no letter and no digit"),
        (MERGE, Rename("demir", "X"), "demir is part of Ismail Demir now. Give 'ismail-demir'"),
        (MERGE, Merge("nobody", "selim-kaya"), "No entity has the id 'nobody'"),
    ],
)
def test_what_is_refused_says_what_happened(
    catalog: Catalog, first: AnyDecision, decision: AnyDecision, message: str
) -> None:
    make(catalog, first)
    with pytest.raises(DecisionError, match=message):
        make(catalog, decision)
    assert len(catalog.reader().decisions()) == 1


def test_what_is_kept_apart_is_not_merged_by_way_of_a_third(catalog: Catalog) -> None:
    make(catalog, APART)
    make(catalog, Merge("hulusi-akar", "ismail-demir"))
    with pytest.raises(DecisionError, match="Decision 1 kept “Hulusi Akar” apart"):
        make(catalog, Merge("selim-kaya", "ismail-demir"))


@pytest.mark.parametrize(
    "decision",
    [MERGE, APART, Rename("hulusi-akar", "Akar Hulusi"), Retype("hulusi-akar", Kind.PLACES), Reject("hulusi-akar")],
)
def test_saying_the_same_again_succeeds_and_stores_nothing(catalog: Catalog, decision: AnyDecision) -> None:
    assert not make(catalog, decision).is_already_so
    again = make(catalog, decision)
    assert (again.is_already_so, again.decisions) == (True, ())
    assert len(catalog.reader().decisions()) == 1


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Se\u00adlim  K.\u200b\n", "Selim K."),
        ("\u202eSelim\u202c K.", "Selim K."),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_name_keeps_what_a_reader_sees(catalog: Catalog, written: str, name: str) -> None:
    make(catalog, Rename("selim-kaya", written))
    assert catalog.reader().entities(["selim-kaya"])["selim-kaya"].name == name
    assert make(catalog, Rename("selim-kaya", written)).is_already_so


def test_undoing_again_succeeds_and_changes_nothing(catalog: Catalog) -> None:
    make(catalog, MERGE)
    assert not take_back(catalog, 1).is_already_so
    assert take_back(catalog, 1).is_already_so
    with pytest.raises(DecisionError, match="no decision 7"):
        take_back(catalog, 7)


@pytest.mark.parametrize("expected", [Expected(name="Akar"), Expected(kind=Kind.PLACES)])
def test_an_entity_that_is_another_than_its_author_saw_is_not_decided_about(
    catalog: Catalog, expected: Expected
) -> None:
    with pytest.raises(DecisionError, match="now"):
        make(catalog, MERGE, **{"hulusi-akar": expected})


@pytest.mark.parametrize("split", [Split("ismail-demir", "Demir"), Split("ismail-demir", article="d")])
def test_an_undone_split_leads_from_the_id_that_it_made_to_the_entity(catalog: Catalog, split: Split) -> None:
    (made,) = set(make(catalog, split).changes.added)
    take_back(catalog, 1)
    assert catalog.reader().current_id(made) == "ismail-demir"


def test_a_rename_of_an_entity_of_a_pack_loads_its_entry_alone(catalog: Catalog) -> None:
    def load() -> Packs:
        raise AssertionError("all packs were loaded")

    entries = {entry.reference: entry for entry in PACKS.entries}
    known = [entity for entity in catalog.reader().entities(["vladimir-putin"]).values() if entity.reference in entries]
    assert len(known) == 1
    with catalog.transaction():
        knowledge = Knowledge(load, "test", entries.get)
        decide(catalog, Rename("vladimir-putin", "V. Putin"), knowledge=knowledge)
    renamed = catalog.reader().entity("vladimir-putin")
    assert (renamed.name, renamed.reference) == ("V. Putin", known[0].reference)


def test_decisions_need_no_heavy_library() -> None:
    code = (
        "import sys, index.identity.decisions; print(*{'spacy', 'numpy', 'whoosh', 'sqlalchemy'} & sys.modules.keys())"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
