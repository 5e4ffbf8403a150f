"""Splits of a form or of one article: the stored arguments, and splits that are refused."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import pytest

from index.errors import DecisionError
from index.identity.applied.mention_splits import apply_mention_splits, mention_splits_of, taken_back
from index.identity.decision_arguments import from_arguments
from index.identity.decisions.prepare import describe, prepare
from index.identity.records import Decision, DecisionAction, NameId
from index.identity.within_article import link_mentions
from tests.unit.index.identity.archives import PEOPLE, made_of, mentions_in, names, resolve

ISMAIL, DEMIR = (PEOPLE, "ismail demir"), (PEOPLE, "demir")
ARCHIVE = names(PEOPLE, "Ismail Demir", "Hulusi Akar")
# In article "1" he is named in full and by his surname; in article "2" only in full.
WRITTEN = {
    None: {(ISMAIL, "Ismail Demir"): 3, (ISMAIL, "Mr. Demir’s"): 1, ((PEOPLE, "hulusi akar"), "Hulusi Akar"): 1},
    "1": {(ISMAIL, "Ismail Demir"): 1, (ISMAIL, "Mr. Demir’s"): 1},
    "2": {(ISMAIL, "Ismail Demir"): 2},
}


def written_forms(wanted: Collection[NameId], article: str | None) -> Mapping[tuple[NameId, str], int]:
    return {pair: count for pair, count in WRITTEN.get(article, {}).items() if pair[0] in wanted}


def split(**arguments: str) -> Decision:
    asked = Decision(DecisionAction.SPLIT, arguments)
    return prepare(asked, resolution=resolve(ARCHIVE), decisions=(), written_forms=written_forms)


def test_a_form_that_was_linked_within_articles_is_kept_with_the_names_it_was_linked_to() -> None:
    kept = split(entity="ismail-demir", name="Demir").arguments
    assert (kept["names"], kept["forms"], kept["name"]) == ("people/ismail demir", "people/demir", "Demir")
    assert kept["own"].startswith("people/demir@~")


def test_what_is_kept_of_an_article_is_the_same_every_time() -> None:
    kept = split(entity="ismail-demir", article="1")
    assert kept == split(entity="ismail-demir", article="1")
    assert (kept.arguments["article"], kept.arguments["name"]) == ("1", "Ismail Demir")
    assert "forms" not in kept.arguments


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"name": "Demir"}, "took “Demir” out of “Ismail Demir”, in articles that name it in full"),
        ({"name": "Demir", "article": "1"}, "took “Demir” in article 1 out of “Ismail Demir”"),
        ({"article": "1"}, "took all in article 1 out of “Ismail Demir”"),
    ],
)
def test_what_was_taken_out_is_said_in_words(arguments: dict[str, str], words: str) -> None:
    assert describe(split(entity="ismail-demir", **arguments)) == words


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"name": "Akar"},
            "has no name 'Akar' in the archive. Give one of its names: 'ismail demir'; or a shorter form",
        ),
        ({"name": "…"}, "has no name '…' in the archive"),
        ({"article": "3"}, "Article 3 does not mention Ismail Demir (ismail-demir)."),
        (
            {"article": "2", "name": "Demir"},
            "Article 2 does not write 'Demir' for Ismail Demir (ismail-demir). It writes",
        ),
        ({"name": " ", "article": ""}, "To split, give name."),
    ],
)
def test_a_split_that_takes_nothing_out_says_what_there_is(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(DecisionError) as raised:
        split(entity="ismail-demir", **arguments)
    assert message in str(raised.value)


def test_a_split_that_leaves_nothing_behind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WRITTEN, None, WRITTEN["2"])
    with pytest.raises(DecisionError, match=r"Nothing but that mentions Ismail Demir \(ismail-demir\)\. Rename or"):
        split(entity="ismail-demir", article="2")


BODY = "Ismail Demir met Hulusi Akar. Mr Demir left; Ismail Demir stayed."
MENTIONS = mentions_in(
    BODY, (PEOPLE, "Ismail Demir"), (PEOPLE, "Hulusi Akar"), (PEOPLE, "Demir"), (PEOPLE, "Ismail Demir")
)


def meant(article: str, *decisions: Decision) -> list[str]:
    """Return the words of the names of mentions, with a star after those that were set apart."""
    mention_splits = mention_splits_of(map(from_arguments, decisions))
    links = apply_mention_splits(
        link_mentions(MENTIONS, body=BODY), MENTIONS, article_id=article, mention_splits=mention_splits
    )
    return [link.name.text + "*" * (link.rule == "split") for link in links]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"name": "Demir"}, ["Ismail Demir", "Hulusi Akar", "Demir*", "Ismail Demir"]),
        ({"name": "Demir", "article": "1"}, ["Ismail Demir", "Hulusi Akar", "Demir*", "Ismail Demir"]),
        ({"name": "Ismail Demir", "article": "1"}, ["Ismail Demir*", "Hulusi Akar", "Ismail Demir", "Ismail Demir*"]),
        ({"article": "1"}, ["Ismail Demir*", "Hulusi Akar", "Ismail Demir*", "Ismail Demir*"]),
        ({"article": "2"}, ["Ismail Demir", "Hulusi Akar", "Ismail Demir", "Ismail Demir"]),
    ],
)
def test_only_the_mentions_that_are_meant_are_set_apart(arguments: dict[str, str], expected: list[str]) -> None:
    assert meant("1", split(entity="ismail-demir", **arguments)) == expected


def test_a_name_that_was_set_apart_stands_for_itself_whatever_the_rules_would_join() -> None:
    own = mention_splits_of([from_arguments(split(entity="ismail-demir", name="Demir"))])[0].own
    resolution = resolve([*ARCHIVE, own])
    assert {assignment.entity_id for assignment in resolution.assignments.values()} == {
        "ismail-demir",
        "hulusi-akar",
        "demir",
    }
    assert resolution.suggestions == ()


def test_what_was_set_apart_can_be_merged_and_given_another_kind() -> None:
    own = mention_splits_of([from_arguments(split(entity="ismail-demir", name="Demir"))])[0].own
    archive = [*ARCHIVE, own]
    asked = Decision(DecisionAction.MERGE, {"entity": "demir", "into": "hulusi-akar"})
    merged = resolve(archive, prepare(asked, resolution=resolve(archive), decisions=()))
    assert merged.assignments[own.kind, own.key].entity_id == "hulusi-akar"
    asked = Decision(DecisionAction.RETYPE, {"entity": "demir", "kind": "places"})
    moved = resolve([*archive], prepare(asked, resolution=resolve(archive), decisions=()))
    assert moved.assignments[own.kind, own.key].entity_id == "demir"


def test_what_was_taken_back_is_part_of_its_entity_again() -> None:
    made = replace(split(entity="ismail-demir", name="Demir"), id=1)
    own = mention_splits_of([from_arguments(made)])[0].own
    undo = Decision(DecisionAction.UNDO, {"decision": "1"}, 2)
    assignments = resolve(ARCHIVE).assignments
    assert taken_back(made_of([made, undo]), assignments) == {(own.kind, own.key): "ismail-demir"}
    assert taken_back(made_of([made]), assignments) == {}
