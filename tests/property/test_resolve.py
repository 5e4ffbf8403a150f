"""Properties of names and their resolution that hold for every archive."""

from collections.abc import Sequence

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.errors import DecisionError
from index.identity.decisions.prepare import prepare
from index.identity.records import Decision, DecisionAction, Name, Resolution
from index.identity.within_article import link_mentions
from index.model import ENTITY_KINDS, Kind, Mention, Span
from index.normalize.designators import fold_system
from index.normalize.names import fold_name, slug
from index.normalize.slips import slips_between
from tests.examples import examples
from tests.unit.index.identity.archives import PACKS, clusters, name, resolve

# Few words, so that names meet: surnames that are given names, initials, titles, acronyms and their long forms.
WORDS = "Ismail İsmail Demir demir Akar Kim Xi bin al J. Jr Dr Alexander Aleksandr Mikheev Mikheyev SSB Presidency of "
WORDS += "Defense Defence Industries Industry Corp S-400 S‑400s Triumf Triumph US U.S. Georgia Ankara the Colts FBI"
NAME_TEXTS = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=4).map(" ".join)
REFERENCES = st.sampled_from([None, None, None, *(entry.reference for entry in PACKS.entries)])
NAMES = st.builds(name, st.sampled_from(ENTITY_KINDS), NAME_TEXTS, st.integers(0, 9), REFERENCES)
ARCHIVES = st.lists(NAMES, min_size=1, max_size=14)
ACTIONS = st.sampled_from([action for action in DecisionAction if action is not DecisionAction.UNDO])
# An entity is chosen by its place among the entities there are.
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


def chosen(choice: tuple[DecisionAction, int, int, str, object], resolution: Resolution) -> Decision:
    action, first, second, text, kind = choice
    ids = [entity.id for entity in resolution.entities] or ["none"]
    entity = next((entity for entity in resolution.entities if entity.id == ids[first % len(ids)]), None)
    aliases = [alias.text for alias in entity.aliases] if entity else [text]
    return Decision(
        action,
        {
            "entity": ids[first % len(ids)],
            "into": ids[second % len(ids)],
            "other": ids[second % len(ids)],
            "name": aliases[second % len(aliases)] if action is DecisionAction.SPLIT else text,
            "kind": str(kind),
        },
    )


def decide(archive: Sequence[Name], choices: Sequence[tuple[DecisionAction, int, int, str, object]]) -> list[Decision]:
    """The choices that make sense one after the other, numbered from 1."""
    made: list[Decision] = []
    for choice in choices:
        resolution = resolve(archive, *made)
        try:
            prepared = prepare(chosen(choice, resolution), resolution=resolution, decisions=made)
        except DecisionError:
            continue
        made.append(Decision(prepared.action, prepared.arguments, len(made) + 1))
    return made


@settings(max_examples=examples(40))
@given(ARCHIVES, st.lists(CHOICES, max_size=6), st.randoms(use_true_random=False))
def test_undoing_all_decisions_in_any_order_gives_the_original(
    archive: list[Name], choices: list[tuple[DecisionAction, int, int, str, object]], random: object
) -> None:
    made = decide(archive, choices)
    undone = [Decision(DecisionAction.UNDO, {"decision": str(decision.id)}) for decision in made]
    random.shuffle(undone)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert resolve(archive, *made, *undone) == resolve(archive)


@settings(max_examples=examples(40))
@given(ARCHIVES, st.lists(CHOICES, max_size=6))
def test_after_any_decisions_names_and_entities_fit(
    archive: list[Name], choices: list[tuple[DecisionAction, int, int, str, object]]
) -> None:
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
    asked = [Decision(DecisionAction.MERGE, {"entity": one, "into": other}) for one, other in wanted if one != other]
    assume(len(asked) > 1)
    merges = [prepare(decision, resolution=original, decisions=()) for decision in asked]
    permuted = data.draw(st.permutations(merges))
    assert resolve(archive, *permuted) == resolve(archive, *merges)


@settings(max_examples=examples(40))
@given(ARCHIVES)
def test_a_split_touches_no_other_entity(archive: list[Name]) -> None:
    pair = [name(Kind.PEOPLE, "Recep Tayyip Erdogan"), name(Kind.PEOPLE, "Erdogan")]
    original = resolve([*archive, *pair])
    asked = Decision(DecisionAction.SPLIT, {"entity": "recep-tayyip-erdogan", "name": "Erdogan"})
    after = resolve([*archive, *pair], prepare(asked, resolution=original, decisions=()))
    together = frozenset({"recep tayyip erdogan", "erdogan"})
    assert clusters(original) - clusters(after) == {together}
    assert clusters(after) - clusters(original) == {frozenset({key}) for key in together}
