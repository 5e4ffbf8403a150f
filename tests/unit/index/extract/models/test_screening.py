from bisect import bisect_right

import pytest

from index.extract.models.screening import Screen
from index.extract.rules.systems.lookalikes import ThingsComponent
from index.extract.rules.vocabulary import Vocabulary
from index.extract.tokens import read_tokens
from index.model import Kind

VOCABULARY = Vocabulary(
    titles=frozenset({"Count"}),
    common=frozenset({"Then", "Sales"}),
    organization_never=frozenset({"Program"}),
    law_acronyms=frozenset({"CAATSA"}),
    before_thing=frozenset({"Hurricane"}),
)
PEOPLE, FIRMS, PLACES = Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PLACES


def passes(text: str, name: str, kind: Kind, chance: float) -> bool:
    tokens = read_tokens(text)
    start = text.index(name)
    word = bisect_right(tokens.starts, start) - 1
    screen = Screen(tokens, VOCABULARY, ThingsComponent(VOCABULARY).read(text))
    return screen.passes(start, start + len(name), kind, chance, word=word)


@pytest.mark.parametrize(
    ("text", "name", "kind", "chance"),
    [
        pytest.param("He met Ayla Brunt.", "Ayla Brunt", PEOPLE, 0.5, id="a person"),
        pytest.param("He met Count Brunt.", "Count Brunt", PEOPLE, 0.5, id="a title and a name"),
        pytest.param("The Food Program paid.", "Food Program", FIRMS, 0.9, id="firmly read"),
        pytest.param("The Food Agency Program paid.", "Food Agency", FIRMS, 0.9, id="firmly read before a program"),
        pytest.param("they met ayla brunt in oslo", "ayla brunt", PEOPLE, 0.5, id="a text in small letters"),
        pytest.param("The Brunnians left Germans.", "Germans", PLACES, 0.95, id="a place like a people, firmly read"),
        pytest.param("Brunt\n\nThey met Ayla Brunt in Oslo.", "Brunt", PEOPLE, 0.9, id="a heading that is a name"),
        pytest.param("BRUNT\n\nThey met Brunt in Oslo.", "BRUNT", PEOPLE, 0.9, id="a heading in capitals"),
        pytest.param("Brunt\n\nQuell\n\nKern", "Quell", PEOPLE, 0.9, id="a list of single words"),
        pytest.param("Ayla Brunt\n\nThey met in Oslo.", "Ayla Brunt", PEOPLE, 0.9, id="a heading of two words"),
    ],
)
def test_names_pass(text: str, name: str, kind: Kind, chance: float) -> None:
    assert passes(text, name, kind, chance)


@pytest.mark.parametrize(
    ("text", "name", "kind", "chance"),
    [
        pytest.param("Then he met the Count.", "Count", PEOPLE, 0.9, id="a title"),
        pytest.param("He met X.", "X", PEOPLE, 0.9, id="one letter"),
        pytest.param("Hurricane Ayla passed. Ayla killed two.", "Ayla", PEOPLE, 0.9, id="a storm"),
        pytest.param("The then-Bank of Oslo.", "then", FIRMS, 0.9, id="small letters beside capitals"),
        pytest.param("He met \u4e1c\u4eac in Oslo.", "\u4e1c\u4eac", PLACES, 0.9, id="a script without cases"),
        pytest.param("The Germans left.", "Germans", PLACES, 0.8, id="a people"),
        pytest.param("Sales rose in Oslo.", "Sales", FIRMS, 0.9, id="a word"),
        pytest.param("The Food Program paid.", "Food Program", FIRMS, 0.8, id="a program, weakly read"),
        pytest.param("The Quell Food Program paid.", "Quell Food", FIRMS, 0.8, id="a program, read in part"),
        pytest.param("Sanctions under CAATSA hit it.", "CAATSA", FIRMS, 0.99, id="a law"),
        pytest.param("Rep. Brunt (D-MN) spoke.", "D-MN", FIRMS, 0.99, id="a party and a state"),
        pytest.param("Rep. Ayla Brunt, D-Minn., spoke.", "D-Minn", PEOPLE, 0.99, id="a party and a state, as a person"),
        pytest.param("Rep. Ayla Brunt, R-Ohio, spoke.", "R-Ohio", PLACES, 0.99, id="a party and a state, as a place"),
        pytest.param("Banks\n\nThe lenders of Oslo met.", "Banks", FIRMS, 0.99, id="a heading of one word"),
        pytest.param("Chips\n\nChips were sold in Oslo.", "Chips", PEOPLE, 0.99, id="a heading and a sentence start"),
        pytest.param("They met at Army-2017 in Oslo.", "Army", FIRMS, 0.99, id="an event of a year"),
    ],
)
def test_what_is_no_name_does_not_pass(text: str, name: str, kind: Kind, chance: float) -> None:
    assert not passes(text, name, kind, chance)
