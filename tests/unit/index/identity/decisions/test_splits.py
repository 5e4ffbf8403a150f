"""Splits of a form or of one article: the stored arguments, and splits that are refused."""

from collections.abc import Collection, Mapping

import pytest

from index.errors import DecisionError
from index.identity.applied.mention_splits import apply_mention_splits, mention_splits_of, taken_back
from index.identity.decisions.prepare import prepare
from index.identity.records import AnyDecision, Merge, NameId, Retype, Split
from index.identity.within_article import link_mentions
from index.identity.wording import describe
from index.model import Kind
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


def split(name: str = "", article: str | None = None) -> Split:
    asked = Split("ismail-demir", name, article)
    made = prepare(asked, resolution=resolve(ARCHIVE), written_forms=written_forms)
    assert isinstance(made, Split)
    return made


def test_a_form_that_was_linked_within_articles_is_kept_with_the_names_it_was_linked_to() -> None:
    kept = split("Demir")
    assert (kept.names, kept.forms, kept.name) == ((ISMAIL,), (DEMIR,), "Demir")
    assert kept.own == (PEOPLE, "demir@~81a1e638e6")


def test_what_is_kept_of_an_article_is_the_same_every_time() -> None:
    kept = split(article="1")
    assert kept == split(article="1")
    assert (kept.article, kept.name, kept.forms) == ("1", "Ismail Demir", ())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"name": "Demir"}, "took “Demir” out of “Ismail Demir”, in articles that name it in full"),
        ({"name": "Demir", "article": "1"}, "took “Demir” in article 1 out of “Ismail Demir”"),
        ({"article": "1"}, "took all in article 1 out of “Ismail Demir”"),
    ],
)
def test_what_was_taken_out_is_said_in_words(arguments: dict[str, str], words: str) -> None:
    assert describe(split(**arguments)) == words


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
        split(**arguments)
    assert message in str(raised.value)


def test_a_split_that_leaves_nothing_behind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WRITTEN, None, WRITTEN["2"])
    with pytest.raises(DecisionError, match=r"Nothing but that mentions Ismail Demir \(ismail-demir\)\. Rename or"):
        split(article="2")


BODY = "Ismail Demir met Hulusi Akar. Mr Demir left; Ismail Demir stayed."
MENTIONS = mentions_in(
    BODY, (PEOPLE, "Ismail Demir"), (PEOPLE, "Hulusi Akar"), (PEOPLE, "Demir"), (PEOPLE, "Ismail Demir")
)


def meant(article: str, *decisions: AnyDecision) -> list[str]:
    """Return the words of the names of mentions, with a star after those that were set apart."""
    mention_splits = mention_splits_of(decisions)
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
    assert meant("1", split(**arguments)) == expected


def test_a_name_that_was_set_apart_stands_for_itself_whatever_the_rules_would_join() -> None:
    own = mention_splits_of([split("Demir")])[0].own
    resolution = resolve([*ARCHIVE, own])
    assert {assignment.entity_id for assignment in resolution.assignments.values()} == {
        "ismail-demir",
        "hulusi-akar",
        "demir",
    }
    assert resolution.suggestions == ()


def test_what_was_set_apart_can_be_merged_and_given_another_kind() -> None:
    own = mention_splits_of([split("Demir")])[0].own
    archive = [*ARCHIVE, own]
    merged = resolve(archive, prepare(Merge("demir", "hulusi-akar"), resolution=resolve(archive)))
    assert merged.assignments[own.kind, own.key].entity_id == "hulusi-akar"
    moved = resolve([*archive], prepare(Retype("demir", Kind.PLACES), resolution=resolve(archive)))
    assert moved.assignments[own.kind, own.key].entity_id == "demir"


def test_what_was_taken_back_is_part_of_its_entity_again() -> None:
    made = split("Demir")
    own = mention_splits_of([made])[0].own
    assignments = resolve(ARCHIVE).assignments
    assert taken_back(made_of([made], undone=[1]), assignments) == {(own.kind, own.key): "ismail-demir"}
    assert taken_back(made_of([made]), assignments) == {}
