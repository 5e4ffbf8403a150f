"""Decisions as JSON: what is written, what of this version and of 0.1 is read, and what is no decision."""

import json
from typing import Any

import pytest

from index.errors import DecisionError
from index.identity.decision_json import action_of, arguments_of, read_decision
from index.identity.records import AnyDecision, KeepApart, Merge, Reject, Rename, Retype, Split
from index.model import Kind

ISMAIL, DEMIR, OWN = ((Kind.PEOPLE, key) for key in ("ismail demir", "demir", "demir@~1"))
BOTH = [["people", "ismail demir"], ["people", "demir"]]


@pytest.mark.parametrize(
    ("decision", "written"),
    [
        (Reject("demir"), '{"action": "reject", "arguments": {"entity": "demir"}}'),
        (
            Merge("a", "b", "A", "Ü", (ISMAIL, DEMIR), (DEMIR,)),
            '{"action": "merge", "arguments": {"entity": "a", "entity_name": "A", "into": "b", "into_name": "Ü", '
            '"into_names": [["people", "demir"]], "names": [["people", "ismail demir"], ["people", "demir"]]}}',
        ),
        (
            Split("a", "Demir", "001", "A", (ISMAIL,), (DEMIR,), OWN),
            '{"action": "split", "arguments": {"article": "001", "entity": "a", "entity_name": "A", '
            '"forms": [["people", "demir"]], "name": "Demir", "names": [["people", "ismail demir"]], '
            '"own": ["people", "demir@~1"]}}',
        ),
        (Split("a", "Demir"), '{"action": "split", "arguments": {"entity": "a", "name": "Demir"}}'),
        (Rename("a", "B"), '{"action": "rename", "arguments": {"entity": "a", "name": "B"}}'),
        (Retype("a", Kind.PLACES), '{"action": "retype", "arguments": {"entity": "a", "kind": "places"}}'),
        (
            KeepApart("a", "b", other_names=(DEMIR,)),
            '{"action": "apart", "arguments": {"entity": "a", "other": "b", "other_names": [["people", "demir"]]}}',
        ),
    ],
)
def test_a_decision_is_written_and_read_again(decision: AnyDecision, written: str) -> None:
    row = {"action": action_of(decision), "arguments": arguments_of(decision)}
    assert json.dumps(row, ensure_ascii=False, sort_keys=True) == written
    assert read_decision(**json.loads(written)) == decision


@pytest.mark.parametrize(
    ("action", "arguments", "decision"),
    [
        ("reject", {"entity": "a", "names": "people/ismail demir|people/demir"}, Reject("a", names=(ISMAIL, DEMIR))),
        ("split", {"entity": "a", "own": "people/demir@~1"}, Split("a", own=OWN)),
        ("merge", {"names": "people/demir", "into_names": BOTH}, Merge("", "", "", "", (DEMIR,), (ISMAIL, DEMIR))),
        ("reject", {"entity": "a", "names": "places/a/b"}, Reject("a", names=((Kind.PLACES, "a/b"),))),
        ("retype", {"entity": " a ", "kind": " Places "}, Retype("a", Kind.PLACES)),
        ("split", {"entity": "a", "name": "A", "article": None, "forms": None}, Split("a", "A")),
        ("reject", {"entity": 1984, "unknown": "x"}, Reject("1984")),
    ],
)
def test_packed_names_and_what_people_write_is_read(
    action: str, arguments: dict[str, Any], decision: AnyDecision
) -> None:
    assert read_decision(action, arguments) == decision


@pytest.mark.parametrize(
    ("action", "arguments", "error"),
    [
        ("sing", {"entity": "a"}, ValueError),
        ("undo", {"decision": "1"}, ValueError),
        ("reject", {"entity": ["a"]}, TypeError),
        ("reject", {"entity": "a", "names": [["people"]]}, ValueError),
        ("reject", {"entity": "a", "names": [["people", ""]]}, ValueError),
        ("reject", {"entity": "a", "names": [["towns", "a"]]}, ValueError),
        ("reject", {"entity": "a", "names": ["people/a"]}, TypeError),
        ("reject", {"entity": "a", "names": []}, DecisionError),
        ("reject", {"entity": "a", "names": "people/"}, DecisionError),
        ("reject", {"entity": "a", "names": "people/a|"}, DecisionError),
        ("split", {"entity": "a", "own": "demir"}, DecisionError),
        ("reject", {"entity": " "}, DecisionError),
        ("merge", {"entity": "a"}, DecisionError),
        ("apart", {"entity": "a", "names": "people/a"}, DecisionError),
        ("rename", {"entity": "a", "name": " "}, DecisionError),
        ("retype", {"entity": "a", "kind": "amounts"}, DecisionError),
    ],
)
def test_what_is_no_decision_is_an_error(action: str, arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        read_decision(action, arguments)
