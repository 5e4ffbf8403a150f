"""Rules and packs against the recognizer: whose names are left, in a text in which every chance is set by hand."""

from dataclasses import replace

import numpy as np
import pytest

from index.extract.candidates import Candidate, Certainty
from index.extract.models.weighing import ReadName, agree, weigh
from index.model import Kind
from index.recognizer.labels import LABELS
from index.recognizer.reading import Reading
from index.recognizer.windows import Window
from index.recognizer.words import read_words

TEXT = "Tovah Brunt of Dorn left"
PERSON, ORG, PLACE = Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PLACES
BRUNT, TOVAH_BRUNT, DORN, BRUNT_OF_DORN = (6, 11), (0, 11), (15, 19), (6, 19)


def reading(**labels: str) -> Reading:
    """A reading that is sure of one label for each word named, and of no name for all others."""
    words = read_words(TEXT)
    scores = np.zeros((len(words), len(LABELS)), dtype=np.float32)
    for number, word in enumerate(words.words):
        scores[number, LABELS.index(labels.get(word, "O"))] = 20
    made = Reading(words)
    made.add(Window([], [], [], [], [], 0, len(words)), scores)
    return made


def rule(span: tuple[int, int], kind: Kind, certainty: Certainty = Certainty.LIKELY) -> Candidate:
    return Candidate(*span, kind, "people", "tried", certainty=certainty)


def known(span: tuple[int, int], kind: Kind, *, pack: str = "core") -> Candidate:
    return Candidate(*span, kind, "gazetteer", "tried", f"{pack}:tried", Certainty.SURE)


def read(span: tuple[int, int], kind: Kind, chance: float = 0.99, *, in_headline: bool = False) -> ReadName:
    return ReadName(Candidate(*span, kind, "recognizer", "tried"), chance, in_headline)


NOTHING = reading()
A_PERSON = reading(Tovah="B-PERSON", Brunt="I-PERSON")
A_PEOPLE = reading(Dorn="B-NORP")


@pytest.mark.parametrize(
    ("candidate", "names", "chances", "left"),
    [
        pytest.param(rule(BRUNT, PERSON), [], NOTHING, [], id="a rule that nothing shares"),
        pytest.param(rule(BRUNT, PERSON), [], A_PERSON, ["people"], id="a rule that is thought possible"),
        pytest.param(rule(BRUNT, PLACE), [read(TOVAH_BRUNT, PERSON)], A_PERSON, ["recognizer"], id="within a name"),
        pytest.param(
            rule(BRUNT, PERSON), [read(BRUNT, PERSON)], A_PERSON, ["people", "recognizer"], id="both say the same"
        ),
        pytest.param(
            rule(BRUNT, PERSON), [read(BRUNT, PERSON, 0.4)], A_PERSON, ["people", "recognizer"], id="both are unsure"
        ),
        pytest.param(rule(BRUNT, PLACE), [read(BRUNT, PERSON, 0.4)], A_PERSON, ["people"], id="an unsure reading"),
        pytest.param(known(DORN, ORG, pack="own"), [], NOTHING, ["gazetteer"], id="of a special pack"),
        pytest.param(known(DORN, ORG), [], NOTHING, [], id="of the general pack"),
        pytest.param(known(DORN, PLACE), [], A_PEOPLE, ["gazetteer"], id="a place read as a nationality"),
        pytest.param(known(DORN, ORG), [read(DORN, PLACE)], NOTHING, ["gazetteer"], id="a known firm as a place"),
        pytest.param(known(DORN, PLACE), [read(DORN, ORG)], NOTHING, ["gazetteer"], id="a known place as a firm"),
        pytest.param(known(DORN, PLACE), [read(DORN, PERSON)], NOTHING, ["recognizer"], id="a known place as a person"),
        pytest.param(known(BRUNT_OF_DORN, PLACE), [read(DORN, PERSON)], NOTHING, ["gazetteer"], id="around another"),
        pytest.param(known(DORN, PLACE), [read(BRUNT_OF_DORN, ORG)], NOTHING, ["recognizer"], id="in a longer one"),
        pytest.param(
            known(BRUNT, PERSON), [read(TOVAH_BRUNT, PERSON, in_headline=True)], A_PERSON, ["gazetteer"],
            id="in a longer one of a headline",
        ),
        pytest.param(
            rule(DORN, Kind.SYSTEMS), [read(BRUNT_OF_DORN, ORG)], NOTHING, ["people"], id="a system in a longer name"
        ),
    ],
)  # fmt: skip
def test_what_is_left_of_a_candidate_and_the_names_beside_it(
    candidate: Candidate, names: list[ReadName], chances: Reading, left: list[str]
) -> None:
    assert [each.component for each in weigh(TEXT, [candidate], names, chances)] == left


@pytest.mark.parametrize(
    ("candidate", "left"),
    [
        (known(DORN, ORG), ["gazetteer"]),
        (rule(TOVAH_BRUNT, PERSON), ["people"]),
        (rule(TOVAH_BRUNT, PERSON, Certainty.GUESS), []),
        (rule(DORN, ORG), ["people"]),
        (replace(rule(DORN, PLACE), component="places"), []),
        (replace(rule(DORN, PLACE), component="places", reference="core:dorn"), ["places"]),
    ],
)
def test_silence_says_nothing_in_a_language_that_was_not_learned(candidate: Candidate, left: list[str]) -> None:
    assert [each.component for each in weigh(TEXT, [candidate], [], NOTHING, heeds_silence=False)] == left


@pytest.mark.parametrize(("text", "left"), [("Brunt et la Dorn", ["gazetteer"]), ("Brunt de la Dorn", ["recognizer"])])
def test_a_known_firm_and_another_name_are_two_in_other_languages(text: str, left: list[str]) -> None:
    found = weigh(text, [known((0, 5), ORG)], [read((0, 16), ORG)], Reading(read_words(text)), heeds_silence=False)
    assert [each.component for each in found] == left


def test_names_that_nothing_touches_stay_when_they_are_sure() -> None:
    names = [read(TOVAH_BRUNT, PERSON), read(DORN, ORG, 0.4)]
    assert weigh(TEXT, [], names, NOTHING) == [names[0].candidate]


@pytest.mark.parametrize(
    ("text", "kind", "chance", "count"),
    [
        ("in Dorn", PLACE, 0.52, 0),
        ("in Dorn", PLACE, 0.58, 1),
        ("the Dorn", PLACE, 0.52, 1),
        ("in Dorn", ORG, 0.52, 1),
    ],
)
def test_a_place_without_an_article_needs_a_firmer_reading(text: str, kind: Kind, chance: float, count: int) -> None:
    span = (text.index("Dorn"), len(text))
    assert len(weigh(text, [], [read(span, kind, chance)], Reading(read_words(text)))) == count


def test_the_partners_of_a_firm_are_no_names_beside_it() -> None:
    firm = Candidate(*TOVAH_BRUNT, ORG, "partnerships", "tried", certainty=Certainty.SURE)
    assert weigh(TEXT, [firm], [read(BRUNT, PERSON), read(DORN, PLACE)], NOTHING)[0] is firm
    assert {each.kind for each in weigh(TEXT, [firm], [read(BRUNT, PERSON)], NOTHING)} == {ORG}


def test_a_known_firm_stays_where_a_name_around_it_swallowed_a_system_too() -> None:
    candidates = [known(TOVAH_BRUNT, ORG, pack="own"), rule(DORN, Kind.SYSTEMS)]
    assert weigh(TEXT, candidates, [read((0, 19), ORG)], NOTHING) == candidates


@pytest.mark.parametrize(
    ("certainty", "names", "left"),
    [
        (Certainty.LIKELY, [read(BRUNT, PERSON)], [PERSON]),
        (Certainty.LIKELY, [read(BRUNT, PERSON, 0.6)], [Kind.DATES, PERSON]),
        (Certainty.LIKELY, [read(BRUNT, ORG)], [Kind.DATES, ORG]),
        (Certainty.SURE, [read(BRUNT, PERSON)], [Kind.DATES, PERSON]),
    ],
)
def test_a_date_that_could_be_a_name_yields_to_a_person_of_that_name(
    certainty: Certainty, names: list[ReadName], left: list[Kind]
) -> None:
    may = Candidate(*BRUNT, Kind.DATES, "dates", "month", certainty=certainty)
    assert [each.kind for each in weigh(TEXT, [may], names, A_PERSON)] == left


@pytest.mark.parametrize(("chance", "count"), [(0.2, 2), (0.05, 1)])
def test_an_unsure_full_name_is_believed_when_its_surname_is_read_elsewhere(chance: float, count: int) -> None:
    text = "Tovah Brunt left. Brunt"
    assert len(weigh(text, [], [read((0, 11), PERSON, chance), read((18, 23), PERSON)], A_PERSON)) == count


def test_a_known_place_in_a_compound_needs_no_reading() -> None:
    assert len(weigh("Dorn-led talks", [known((0, 4), PLACE)], [], Reading(read_words("Dorn-led talks")))) == 1


def test_a_known_person_loses_the_title_that_the_reading_leaves_out() -> None:
    (person, _) = weigh(TEXT, [known(TOVAH_BRUNT, PERSON)], [read(BRUNT, PERSON)], A_PERSON)
    assert (person.start, person.end, person.reference) == (*BRUNT, "core:tried")


@pytest.mark.parametrize(("chance", "start"), [(0.7, 6), (0.9, 0)])
def test_a_title_that_a_rule_sees_in_a_name_is_cut_unless_the_reading_is_sure(chance: float, start: int) -> None:
    after_title = rule(BRUNT, PERSON, Certainty.SURE)
    assert {each.start for each in weigh(TEXT, [after_title], [read(TOVAH_BRUNT, PERSON, chance)], A_PERSON)} == {start}


def test_a_name_keeps_what_only_a_guess_leaves_out() -> None:
    guess = rule(BRUNT, PERSON)
    assert [each.start for each in weigh(TEXT, [guess], [read(TOVAH_BRUNT, PERSON, 0.7)], A_PERSON)] == [0]


@pytest.mark.parametrize(
    ("chance", "others", "ends"),
    [
        (0.6, [], {19}),
        (0.9, [], {11}),
        (0.6, [read((9, 19), PERSON)], {8, 19}),
    ],
    ids=("unsure", "sure", "another name in between"),
)
def test_an_organization_goes_on_to_the_head_that_a_rule_sees_behind_it(
    chance: float, others: list[ReadName], ends: set[int]
) -> None:
    headed = Candidate(0, 19, ORG, "organizations", "tried")
    first = read((0, 8 if others else 11), ORG, chance)
    assert {each.end for each in weigh(TEXT, [headed], [first, *others], NOTHING)} == ends


def test_a_known_firm_goes_on_to_the_end_of_the_name_that_begins_in_it() -> None:
    (firm, read_name) = weigh(TEXT, [known(TOVAH_BRUNT, ORG)], [read(BRUNT_OF_DORN, ORG)], A_PERSON)
    assert (firm.start, firm.end, firm.reference) == (0, 19, "core:tried")
    assert (read_name.start, read_name.end) == BRUNT_OF_DORN


def test_a_known_paper_is_not_the_longer_name_behind_its_article() -> None:
    text = "The Dornish Bank fell"
    paper, bank = known((0, 11), ORG), read((4, 16), ORG)
    assert weigh(text, [paper], [bank], Reading(read_words(text))) == [bank.candidate]


def test_one_form_has_the_kind_that_most_of_it_was_read_as() -> None:
    text = "Dorn and Dorn and Dorn"
    names = [read((0, 4), ORG), read((9, 13), PLACE), read((18, 22), ORG)]
    assert [name.candidate.kind for name in agree(text, names)] == [ORG, ORG, ORG]
    assert "organizations" in agree(text, names)[1].candidate.evidence


def test_a_form_without_a_leading_kind_keeps_all() -> None:
    text = "Dorn and Dorn"
    assert [name.candidate.kind for name in agree(text, [read((0, 4), ORG), read((9, 13), PLACE)])] == [ORG, PLACE]


def test_chances_are_those_of_the_words_of_a_span_on_average() -> None:
    assert A_PERSON.chances(*TOVAH_BRUNT)["PERSON"] == pytest.approx(1, abs=1e-3)
    assert A_PERSON.chances(0, 14)["PERSON"] == pytest.approx(2 / 3, abs=1e-3)
    assert A_PERSON.chances(5, 6) == dict.fromkeys(("PERSON", "ORG", "GPE", "NORP"), 0.0)


@pytest.mark.parametrize(("chance", "kind"), [(0.85, ORG), (0.95, PERSON)])
def test_a_person_with_the_words_of_an_organization_is_one_unless_surely_read(chance: float, kind: Kind) -> None:
    headed = Candidate(*TOVAH_BRUNT, ORG, "organizations", "tried")
    left = weigh(TEXT, [headed], [read(TOVAH_BRUNT, PERSON, chance)], A_PERSON)
    assert {each.kind for each in left} == {kind}
