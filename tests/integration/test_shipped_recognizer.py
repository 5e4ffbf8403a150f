"""The recognizer that ships, with all rules and packs: on sentences made up for it, with names that nobody bears."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from index.extract.models.spacy_model import load_model
from index.extract.pipeline import Extractor
from index.model import Article, Kind
from index.packs.loader import load_packs
from tests.conftest import SEEDS

PEOPLE, FIRMS, PLACES, SYSTEMS = Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PLACES, Kind.SYSTEMS
Find = Callable[[str, Kind], list[str]]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(packs=load_packs(("core", "defence")))


@pytest.fixture(scope="module")
def find(extractor: Extractor) -> Find:
    """Return the names of one kind found in a text."""

    def find_names(text: str, kind: Kind) -> list[str]:
        (mentions,) = extractor.extract([Article("a", "a", "", "", text)])
        return [mention.text for mention in mentions if mention.kind is kind]

    return find_names


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("On Monday Tovah Brunnel of the Quellmark Foundation left Ostrahavn.", PEOPLE, ["Tovah Brunnel"]),
        ("On Monday Tovah Brunnel of the Quellmark Foundation left Ostrahavn.", FIRMS, ["Quellmark Foundation"]),
        ("On Monday Tovah Brunnel of the Quellmark Foundation left Ostrahavn.", PLACES, ["Ostrahavn"]),
        ("Turkish and Polish officials met in Warsaw.", PLACES, ["Warsaw"]),
        ("Washington said it would send a Patriot battery to Poland.", SYSTEMS, ["Patriot"]),
        ("The deal was signed by Lockheed Martin in Oslo.", FIRMS, ["Lockheed Martin"]),
        ("Talks between the US-led coalition and Russia failed.", PLACES, ["US", "Russia"]),
        ("The European Union backed the Paris Agreement on climate.", PLACES, []),
        ("Rep. Tovah Brunnel (D-MN) spoke.", FIRMS, []),
        ("She lives on Easter Island, off the coast of Chile.", PLACES, ["Easter Island", "Chile"]),
        ("They met in Oslo on Easter Monday.", PLACES, ["Oslo"]),
        ("The bonds were sold by Merrill Lynch and\nCo in London.", FIRMS, ["Merrill Lynch and\nCo"]),
        ("OSLO, March 2 - Standard and Poor's Corp lowered the ratings.", FIRMS, ["Standard and Poor's Corp"]),
        ("STAMFORD, Conn., March 2 - Brunnel Corp said it would grow.", FIRMS, ["Brunnel Corp"]),
        ("STAMFORD, Conn., March 2 - Brunnel Corp said it would grow.", PLACES, ["STAMFORD", "Conn"]),
        ("BRUNNEL CORP <BRN> 4TH QTR NET\n\nOSLO, March 2 - Net was three mln dlrs.", FIRMS, ["BRUNNEL CORP"]),
        ("OSLO BANK QUARTERLY DIVIDEND\n\nOSLO, March 2 - The dividend is three euros.", FIRMS, ["OSLO BANK"]),
        (
            "The European Community (EC) Commission said on Monday that it had no plans.",
            FIRMS,
            ["European Community", "EC", "Commission"],
        ),
        ("The bonds were sold by Merrill Lynch and Co in London.", FIRMS, ["Merrill Lynch and Co"]),
        (
            "The fine of Savinja Apno d.o.o. and of Ludwig Kranzmayr & Söhne KG was reduced.",
            FIRMS,
            ["Savinja Apno d.o.o.", "Ludwig Kranzmayr & Söhne KG"],
        ),
        ("There were ten letters from the kings of Gezer swearing loyalty.", PEOPLE, []),
        ("His brother Prince Henry, Duke of Cumberland, was exposed in London.", PEOPLE, ["Henry"]),
        ("All of his four losses were by KO. Brunnel returned to Minnesota.", PEOPLE, ["Brunnel"]),
        ("The report was written by A. Brunnel and I. Kern in Oslo.", PEOPLE, ["A. Brunnel", "I. Kern"]),
        ("The Wintershall Co-founder Anna Kern spoke in Oslo on Monday.", FIRMS, ["Wintershall"]),
        ("Tovah Brunnel AB, 34, left.", FIRMS, []),
        ("The governor of Hunan and Hubei, Lin Zexu, banned the foreign trade.", PEOPLE, ["Lin Zexu"]),
        ("First one of the Yazidi women started crying.", PLACES, []),
        ("He won nine fights by KO, the last against Tovah Brunnel.", FIRMS, []),
        ("A statue of Tovah Brunnel, Jr. stands in Oslo.", PEOPLE, ["Tovah Brunnel, Jr."]),
        ("In 843 Louis the German became king in Frankfurt.", PEOPLE, ["Louis the German"]),
        ("Oslo was hit by sanctions under CAATSA, which mandates penalties.", FIRMS, []),
        (
            "The Foreign Agents Registration Act (FARA) was passed in 1938. Tovah Brunnel broke FARA in 2019.",
            FIRMS,
            [],
        ),
        ("जो लो को आप August कि और बह Mr. Smith हमा.", PEOPLE, ["Smith"]),
        ("After the Bahamas, Dorian was forecast to reach the coast. Hurricane Dorian killed two.", PEOPLE, []),
        ("The World Food Program said on Monday that it would leave.", FIRMS, ["World Food Program"]),
    ],
)
def test_names_are_found_beside_rules_and_packs(text: str, kind: Kind, found: list[str], find: Find) -> None:
    assert find(text, kind) == found


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        pytest.param(
            "Erdogan Says Turkey Will Not Give Up New Missiles\n\nHe spoke in Izmir.", PEOPLE, ["Erdogan"],
            id="a headline in title case",
        ),
        pytest.param(
            "FLOODS KILL NINE IN NORTHERN PORTUGAL\n\nRescuers searched for survivors near Braga on Sunday.",
            PLACES, ["PORTUGAL", "Braga"], id="a headline in capitals",
        ),
        pytest.param(
            "The talks ended in Warsaw in 2019.The foreign minister of Poland, Jan Kowalewski, left at once.",
            PLACES, ["Warsaw", "Poland"], id="no blank after a full stop",
        ),
        pytest.param(
            "Present were:\n- Tovah Brunnel, a lawyer from Oslo\n- Henrik Dahlsen, a farmer from Bergen",
            PEOPLE, ["Tovah Brunnel", "Henrik Dahlsen"], id="a list",
        ),
        pytest.param(
            "Mayor Tovah Brunnel hands out water after the storm (photo: Henrik Dahlsen)\n"
            "OSLO - The storm cut off three villages in Norway.",
            PEOPLE, ["Tovah Brunnel", "Henrik Dahlsen"], id="a caption before a line in capitals",
        ),
        pytest.param(
            "The president of Poland met\nthe president of the Czech\nRepublic in Prague last\nweek and told\n"
            "reporters that talks would go on.",
            PLACES, ["Poland", "Czech\nRepublic", "Prague"], id="wrapped lines",
        ),
    ],
)  # fmt: skip
def test_odd_layouts_are_read(text: str, kind: Kind, found: list[str], find: Find) -> None:
    assert find(text, kind) == found


def test_a_word_in_small_letters_is_no_name(find: Find) -> None:
    (article,) = SEEDS.glob("002_*.txt")
    text = article.read_text(encoding="utf-8")
    assert "then-Defence Department" in text
    assert "then" not in find(text, FIRMS)


def test_a_long_article_is_read_to_its_end(find: Find) -> None:
    filler = "The committee met again and did not agree on anything that mattered to the public. " * 300
    people = find(f"Tovah Brunnel spoke first. {filler}Then Henrik Dahlsen, a farmer from Bergen, left.", PEOPLE)
    assert people == ["Tovah Brunnel", "Henrik Dahlsen"]


def test_what_is_read_before_changes_nothing(extractor: Extractor) -> None:
    articles = [
        Article(str(number), str(number), "", "", text)
        for number, text in enumerate(["Tovah Brunnel left Oslo.", "Short.", "", "The Quellmark Group sued in Bergen."])
    ]
    together = list(extractor.extract(articles))
    assert together == [mentions for article in articles for mentions in extractor.extract([article])]


def test_the_recognizer_can_be_asked_alone() -> None:
    doc = load_model("dossier")("The Quellmark Foundation hired Turkish lawyers in US-based Ostrahavn.")
    assert ("Turkish", "NORP") in [(entity.text, entity.label_) for entity in doc.ents]


def test_the_evidence_says_how_sure_it_is(extractor: Extractor) -> None:
    (mentions,) = extractor.extract([Article("a", "a", "", "", "The storm hit Ostrahavn on the coast of Norway.")])
    assert mentions[0].evidence.startswith("recognizer, ")
    assert mentions[0].evidence.endswith("% sure")


@pytest.mark.parametrize(
    "program",
    [
        "import index.extract.pipeline",
        "from index.extract.pipeline import Extractor; from index.packs.loader import Packs;"
        " Extractor(packs=Packs(), model='none')",
        "import search.answer.service",
        "import search.cli.main, search.cli.commands.recognizer",
    ],
)
def test_the_runtime_is_loaded_only_when_it_is_used(program: str) -> None:
    asked = f"{program}; import sys; print('onnxruntime' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", asked], text=True) == "False\n"
