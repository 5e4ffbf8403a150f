"""Versions of entities: what makes another one, what does not, and their texts."""

from dataclasses import replace

import pytest

from index.identity.records import AnyDecision, KeepApart, NameId, Rename, Split
from index.identity.versions import Version, VersionMark, make_version, read_version
from index.model import Kind

NO_DECISIONS = VersionMark()
ISMAIL, DEMIR = (Kind.PEOPLE, "ismail demir"), (Kind.PEOPLE, "demir")
SPLIT = Split("demir", "Demir", names=(DEMIR,), own=(Kind.PEOPLE, "demir@~1"))


def version(
    *decisions: AnyDecision,
    kind: Kind = Kind.PEOPLE,
    name: str = "Demir",
    names: tuple[NameId, ...] = (ISMAIL, DEMIR),
    mark: VersionMark = NO_DECISIONS,
) -> Version:
    return make_version("demir", kind=kind, name=name, names=names, decisions=decisions, mark=mark)


@pytest.mark.parametrize(
    "other",
    [
        version(kind=Kind.PLACES),
        version(name="demir"),
        version(names=(ISMAIL,)),
        version(names=(ISMAIL, (Kind.PLACES, "demir"))),
        version(SPLIT),
        version(SPLIT, replace(SPLIT, own=(Kind.PEOPLE, "demir@~2"))),
    ],
)
def test_another_kind_name_or_split_makes_another_version(other: Version) -> None:
    assert other.digest != version().digest


@pytest.mark.parametrize(
    "other",
    [
        version(names=(DEMIR, ISMAIL)),
        version(mark=VersionMark(7, 3)),
        version(Rename("demir", "X", names=(DEMIR,)), KeepApart("demir", "x", names=(DEMIR,))),
        version(replace(SPLIT, own=None)),
        version(replace(SPLIT, names=((Kind.PEOPLE, "akar"),))),
    ],
)
def test_order_other_decisions_and_marks_make_no_other_digest(other: Version) -> None:
    assert other.digest == version().digest


def test_a_version_is_read_from_its_text() -> None:
    made = version(SPLIT, mark=VersionMark(12, 3))
    assert read_version(f" {made}\n") == made
