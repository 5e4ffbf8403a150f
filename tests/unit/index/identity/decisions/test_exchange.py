"""Taking over decisions: all or nothing, errors with the number of the line, and nothing twice."""

import json
from pathlib import Path

import pytest

from index.catalog.store import Catalog, open_catalog
from index.errors import DecisionError
from index.identity.applied.decided_clusters import names_of
from index.identity.decision_json import action_of, arguments_of
from index.identity.decisions import exchange
from index.identity.decisions.exchange import ImportResult, export_decisions
from index.identity.incremental.view import Knowledge
from index.identity.records import MadeDecision, Split
from index.model import Kind
from index.packs.loader import Packs
from tests.unit.index.catalog.archive import ARCHIVE

KNOWLEDGE = Knowledge(lambda: Packs(), "none")


def import_decisions(catalog: Catalog, lines: list[str]) -> ImportResult:
    with catalog.transaction():
        return exchange.import_decisions(catalog, lines, knowledge=KNOWLEDGE, decided_by="Ismail Demir")


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    catalog = open_catalog(tmp_path / "index")
    catalog.store(ARCHIVE, extraction="v1", run=1)
    return catalog


def line(action: str, **arguments: str) -> str:
    return json.dumps({"action": action, "arguments": arguments})


REJECT = line("reject", entity="ankara")
APART = line("apart", entity="ankara", other="moscow")


def actions(made: tuple[MadeDecision, ...]) -> list[tuple[int, str]]:
    return [(item.id, action_of(item.decision)) for item in made]


def test_decisions_are_numbered_in_the_order_of_the_lines(catalog: Catalog) -> None:
    imported = import_decisions(catalog, [APART, "\n", REJECT])
    assert (actions(imported.decisions), imported.known) == ([(1, "apart"), (2, "reject")], 0)
    catalog.close()


def test_what_holds_already_and_what_comes_twice_is_left_out_and_counted(catalog: Catalog) -> None:
    import_decisions(catalog, [APART])
    imported = import_decisions(catalog, [APART, REJECT, REJECT])
    assert (actions(imported.decisions), imported.known) == ([(2, "reject")], 2)
    catalog.close()


def test_what_was_written_is_taken_over_as_it_was(catalog: Catalog, tmp_path: Path) -> None:
    import_decisions(catalog, [APART, REJECT])
    lines = list(export_decisions(catalog))
    catalog.close()
    with open_catalog(tmp_path / "empty") as other:
        assert len(import_decisions(other, lines).decisions) == 2
        assert list(export_decisions(other)) == lines
        assert import_decisions(other, lines).known == 2


def test_exported_names_are_lists_and_the_packed_ones_of_0_1_are_read(catalog: Catalog) -> None:
    import_decisions(catalog, [APART])
    exported = json.loads(export_decisions(catalog)[0])["arguments"]
    assert (exported["names"], exported["other_names"]) == ([["places", "ankara"]], [["places", "moscow"]])
    packed = {**exported, "names": "places/ankara", "other_names": "places/moscow"}
    assert import_decisions(catalog, [line("apart", **packed)]).known == 1
    catalog.close()


def test_a_decision_with_names_needs_no_id(catalog: Catalog) -> None:
    import_decisions(catalog, [line("merge", names="places/moscow", into_names="places/ankara")])
    (made,) = catalog.decisions()
    assert names_of(made.decision) == {(Kind.PLACES, "moscow"), (Kind.PLACES, "ankara")}
    assert (Kind.PLACES, "moscow") in catalog.resolution().assignments
    assert catalog.reader().current_id("moscow") == "ankara"
    catalog.close()


MERGE = line("merge", entity="ankara", into="moscow")


def test_an_exported_merge_holds_though_there_is_nothing_left_to_merge(catalog: Catalog) -> None:
    import_decisions(catalog, [MERGE])
    lines = list(export_decisions(catalog))
    imported = import_decisions(catalog, [*lines, MERGE])
    assert (imported.decisions, imported.known) == ((), 2)
    catalog.close()


def test_an_exported_decision_is_kept_as_it_is_whatever_the_ids_mean_here(catalog: Catalog) -> None:
    arguments = {"entity": "moscow", "entity_name": "Moscow", "names": [["places", "moscow idaho"]]}
    exported = json.dumps({"action": "reject", "arguments": arguments})
    assert arguments_of(import_decisions(catalog, [exported]).decisions[0].decision) == arguments
    catalog.close()


def test_a_split_everywhere_is_another_than_one_in_an_article() -> None:
    places = ((Kind.PLACES, "ankara"),)
    in_article = Split("ankara", "Ankara", "a", names=places, own=(Kind.PLACES, "ankara@~1"))
    decided = exchange._DecisionSet([in_article])
    assert in_article in decided
    assert Split("ankara", "Ankara", "a") in decided
    assert Split("ankara", "Ankara") not in decided


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("nonsense", "Line 2 is no decision"),
        ('{"action": "sing", "arguments": {}}', "Line 2 is no decision"),
        (line("reject"), "Line 2: A decision needs entity. Give it. Nothing was imported"),
        (line("reject", entity="berlin"), "Line 2: No entity has the id 'berlin'"),
        (line("merge", entity="ankara", into="ankara"), "Line 2: .* into itself"),
        (line("merge", entity="a", into="b", names="places/a"), "Line 2: An exported decision to merge has into_names"),
        (line("apart", entity="a", other="b", other_names="places/b"), "Line 2: .* has names; this one has not"),
        (line("rename", entity="a", names="places/a"), "Line 2: .* has name; this one has not"),
        (line("retype", entity="a", names="places/a", kind="dates"), "Line 2: 'dates' is not a kind of entity"),
        (line("rename", entity="ankara"), "Line 2: A decision needs name. Give it. Nothing was imported"),
        (line("retype", entity="ankara", kind="towns"), "Line 2: 'towns' is not a kind of entity"),
        (line("merge", entity="a", names="places/a"), "Line 2: An exported decision to merge has into_names"),
        (line("split", entity="a", names="places/a", article="b"), "Line 2: .* has own, name; this one has not"),
        ('{"action": "reject", "arguments": {"entity": ["a"]}}', "Line 2 is no decision"),
        ('{"action": ["reject"], "arguments": {"entity": "a"}}', "Line 2 is no decision"),
        ('{"action": "reject", "arguments": ["entity"]}', "Line 2 is no decision"),
        (line("reject", entity="a", names="places/a|nonsense"), "Line 2: .* has names; this one has not"),
        (line("reject", entity="a", names="nonsense"), "Line 2: .* has names; this one has not"),
        ('{"action": "reject", "arguments": {"entity": "a", "names": [["places"]]}}', "Line 2 is no decision"),
        ('{"action": "reject", "arguments": {"entity": "a", "names": [["towns", "a"]]}}', "Line 2 is no decision"),
        ('{"action": "reject", "arguments": {"entity": "a", "names": [1]}}', "Line 2 is no decision"),
        (line("undo", decision="1"), "Line 2 undoes a decision by its number"),
    ],
)
def test_of_lines_with_a_bad_one_none_is_kept(catalog: Catalog, bad: str, message: str) -> None:
    with pytest.raises(DecisionError, match=message):
        import_decisions(catalog, [REJECT, bad])
    assert catalog.decisions() == ()
    catalog.close()
