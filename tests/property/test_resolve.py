"""Properties of names and their resolution that hold for every archive."""

from collections.abc import Sequence
from typing import TypeAlias

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.errors import DecisionError
from index.identity.decisions.prepare import prepare
from index.identity.records import (
    AnyDecision,
    KeepApart,
    Merge,
    Name,
    Reject,
    Rename,
    Resolution,
    Retype,
    Split,
)
from index.identity.within_article import link_mentions
from index.model import ENTITY_KINDS, Kind, Mention, Span
from index.normalize.designators import fold_system
from index.normalize.names import fold_name, slug
from index.normalize.slips import slips_between
from tests.support.examples import examples
from tests.unit.index.identity.archives import PACKS, clusters, name, resolve

# Few words, so that names meet: surnames that are given names, initials, titles, acronyms and their long forms.
WORDS = "Ismail İsmail Demir demir Akar Kim Xi bin al J. Jr Dr Alexander Aleksandr Mikheev Mikheyev SSB Presidency of "
WORDS += "Defense Defence Industries Industry Corp S-400 S‑400s Triumf Triumph US U.S. Georgia Ankara the Colts FBI"
NAME_TEXTS = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=4).map(" ".join)
REFERENCES = st.sampled_from([None, None, None, *(entry.reference for entry in PACKS.entries)])
NAMES = st.builds(name, st.sampled_from(ENTITY_KINDS), NAME_TEXTS, st.integers(0, 9), REFERENCES)
ARCHIVES = st.lists(NAMES, min_size=1, max_size=14)
# An entity is chosen by its place among the entities there are.
ACTIONS = st.sampled_from([Merge, Split, Rename, Retype, Reject, KeepApart])
CHOICES = st.tuples(ACTIONS, st.integers(0, 99), st.integers(0, 99), NAME_TEXTS, st.sampled_from(ENTITY_KINDS))


@given(st.text())
def test_folding_a_folded_name_changes_nothing(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text())
def test_a_folded_name_has_plain_words_only(text: str) -> None:
    folded = fold_name(text)
    assert folded.isascii()
    assert folded == " ".join(folded.split())
    assert folded.replace(" ", "").isalnum() or not folded


@given(NAME_TEXTS)
def test_case_makes_no_difference(text: str) -> None:
    assert fold_name(text.upper()) == fold_name(text.lower()) == fold_name(text)


@given(st.text(min_size=1))
def test_a_slug_is_never_empty_and_needs_no_escaping(text: str) -> None:
    assert slug(text).replace("-", "").isalnum()
    assert slug(text).isascii()


@given(
    st.sampled_from("ABFMSTX"),
    st.integers(1, 999),
    st.sampled_from(["", "-", " ", "‑", "–"]),
    st.sampled_from(["", "s"]),
)
def test_a_designator_is_the_same_however_it_is_written(letter: str, number: int, hyphen: str, plural: str) -> None:
    assert fold_system(f"{letter}{hyphen}{number}{plural}") == f"{letter.lower()}{number}"


@given(st.text("abc", min_size=4, max_size=12), st.integers(0, 11), st.sampled_from("abcd"))
def test_one_letter_replaced_left_out_added_or_swapped_is_one_slip(word: str, place: int, letter: str) -> None:
    at = place % len(word)
    before, after = word[:at], word[at + 1 :]
    wrong = {before + letter + after, before + letter + word[at:], before + after[:1] + word[at] + after[1:]}
    wrong |= {before + after} if len(word) > 4 else set()
    assert {slips_between(word, other) for other in wrong - {word}} <= {1}
    assert {slips_between(other, word) for other in wrong - {word}} <= {1}


@given(ARCHIVES, st.randoms(use_true_random=False))
def test_the_order_of_names_makes_no_difference(archive: list[Name], random: object) -> None:
    shuffled = list(archive)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert resolve(shuffled) == resolve(archive)


@given(ARCHIVES)
def test_every_name_has_one_entity_and_every_entity_a_name(archive: list[Name]) -> None:
    resolution = resolve(archive)
    assert set(resolution.assignments) == {(name.kind, name.key) for name in archive}
    assert {assignment.entity_id for assignment in resolution.assignments.values()} == {
        entity.id for entity in resolution.entities
    }
    assert sum(entity.mentions for entity in resolution.entities) == sum(name.mentions for name in archive)


@given(ARCHIVES)
def test_ids_are_unique_and_redirects_lead_to_entities(archive: list[Name]) -> None:
    resolution = resolve(archive)
    ids = [entity.id for entity in resolution.entities]
    assert ids == sorted(set(ids))
    assert set(resolution.redirects.values()) <= set(ids)
    assert not set(resolution.redirects) & set(ids)


@given(ARCHIVES)
def test_different_pack_entries_are_never_joined(archive: list[Name]) -> None:
    assignments = resolve(archive).assignments
    known = {(assignments[named.kind, named.key].entity_id, named.reference) for named in archive if named.reference}
    assert len({entity_id for entity_id, _ in known}) == len(known)


@given(st.lists(st.tuples(st.sampled_from(ENTITY_KINDS), NAME_TEXTS), max_size=12))
def test_every_mention_is_linked_once_to_a_name_of_its_kind(marked: list[tuple[object, str]]) -> None:
    mentions = [
        Mention(Span(40 * index, 40 * index + len(text)), text, kind, "test", "test")  # type: ignore[arg-type]
        for index, (kind, text) in enumerate(marked)
    ]
    links = link_mentions(mentions)
    assert [link.mention_index for link in links] == list(range(len(mentions)))
    assert [link.name.kind for link in links] == [mention.kind for mention in mentions]
    written = {(mention.kind, link.name.key) for mention, link in zip(mentions, links, strict=True)}
    assert {(link.name.kind, link.name.key) for link in links} <= written


Choice: TypeAlias = tuple[type[AnyDecision], int, int, str, Kind]


def chosen(choice: Choice, resolution: Resolution) -> AnyDecision:
    wanted, first, second, text, kind = choice
    ids = [entity.id for entity in resolution.entities] or ["none"]
    entity_id, other_id = ids[first % len(ids)], ids[second % len(ids)]
    entity = next((entity for entity in resolution.entities if entity.id == entity_id), None)
    aliases = [alias.text for alias in entity.aliases] if entity else [text]
    asked: dict[type[AnyDecision], AnyDecision] = {
        Merge: Merge(entity_id, other_id),
        Split: Split(entity_id, aliases[second % len(aliases)]),
        Rename: Rename(entity_id, text),
        Retype: Retype(entity_id, kind),
        Reject: Reject(entity_id),
        KeepApart: KeepApart(entity_id, other_id),
    }
    return asked[wanted]


def decide(archive: Sequence[Name], choices: Sequence[Choice]) -> list[AnyDecision]:
    """The choices that make sense one after the other."""
    made: list[AnyDecision] = []
    for choice in choices:
        resolution = resolve(archive, *made)
        try:
            made.append(prepare(chosen(choice, resolution), resolution=resolution))
        except DecisionError:
            continue
    return made


@settings(max_examples=examples(40))
@given(ARCHIVES, st.lists(CHOICES, max_size=6))
def test_undoing_all_decisions_gives_the_original(archive: list[Name], choices: list[Choice]) -> None:
    made = decide(archive, choices)
    assert resolve(archive, *made, undone=range(1, len(made) + 1)) == resolve(archive)


@settings(max_examples=examples(40))
@given(ARCHIVES, st.lists(CHOICES, max_size=6))
def test_after_any_decisions_names_and_entities_fit(archive: list[Name], choices: list[Choice]) -> None:
    resolution = resolve(archive, *decide(archive, choices))
    ids = {entity.id for entity in resolution.entities}
    assert {assignment.entity_id for assignment in resolution.assignments.values()} == ids
    assert len(ids) == len(resolution.entities)
    assert set(resolution.redirects.values()) <= ids
    assert not set(resolution.redirects) & ids
    assert set(resolution.assignments) <= {(named.kind, named.key) for named in archive}


@settings(max_examples=examples(40))
@given(ARCHIVES, st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=2, max_size=5), st.data())
def test_the_order_of_merges_makes_no_difference(
    archive: list[Name], pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    original = resolve(archive)
    ids = [entity.id for entity in original.entities]
    wanted = [(ids[left % len(ids)], ids[right % len(ids)]) for left, right in pairs]
    asked = [Merge(one, other) for one, other in wanted if one != other]
    assume(len(asked) > 1)
    merges = [prepare(decision, resolution=original) for decision in asked]
    permuted = data.draw(st.permutations(merges))
    assert resolve(archive, *permuted) == resolve(archive, *merges)


@settings(max_examples=examples(40))
@given(ARCHIVES)
def test_a_split_touches_no_other_entity(archive: list[Name]) -> None:
    pair = [name(Kind.PEOPLE, "Recep Tayyip Erdogan"), name(Kind.PEOPLE, "Erdogan")]
    original = resolve([*archive, *pair])
    asked = Split("recep-tayyip-erdogan", "Erdogan")
    after = resolve([*archive, *pair], prepare(asked, resolution=original))
    together = frozenset({"recep tayyip erdogan", "erdogan"})
    assert clusters(original) - clusters(after) == {together}
    assert clusters(after) - clusters(original) == {frozenset({key}) for key in together}
