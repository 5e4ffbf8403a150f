"""Names of small articles by the recognizer that ships, rules and packs, and what each stands for there."""

from collections.abc import Callable

import pytest

from index.extract.pipeline import Extractor
from index.identity.within_article import link_mentions
from index.model import Article, Kind
from index.packs.loader import load_packs

PEOPLE, FIRMS, PLACES = Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PLACES
Names = list[tuple[str, str]]


@pytest.fixture(scope="module")
def read() -> Callable[[str, Kind], Names]:
    """Return the names of one kind in a text, each with the name that it stands for."""
    extractor = Extractor(packs=load_packs(("core", "defence")))

    def read_names(text: str, kind: Kind) -> Names:
        (mentions,) = extractor.extract([Article("a", "a", "", "", text)])
        links = {link.mention_index: link.name.text for link in link_mentions(mentions, body=text)}
        return [(each.text, links[number]) for number, each in enumerate(mentions) if each.kind is kind]

    return read_names


_BID = (
    "Hadley Tool Co rejects bid\n\nHOUSTON, March 5 (Reuters) - Hadley Tool Co said on Monday that it had rejected the "
    "merger with Barker International Corp. Hadley said Barker had asked for too much. Barker sued Hadley. Hadley "
    "makes drills."
)
_SALE = (
    "Viamax sold\n\nBOSTON, March 5 - Ana Redwood will buy Viamax Inc. Redwood holds 19 pct. The other bidder is "
    "Corvid Corp. Lund said no. Harbor Ltd. Directors met. The seller was Quill Co. Prado is chairman."
)
_WILL = "BOSTON - Sumner Redwood said he would buy Viamax Inc. Redwood holds 19 pct of Viamax."
_LEAD = (
    "NEW YORK, March 5 - The underwriters are Goldman, Sachs and Co, Morgan Stanley and Co and Smith Barney, "
    "Harris Upham and Co Inc, the company said."
)
_LISTED = "Viamax Inc and Corvid Corp agreed. Viamax Inc Corvid Corp Harbor Ltd were listed. Acme Corp/Bolt Ltd merged."
_LABEL = "SMITH: I never said so.\n\nJONES: You did, Mr. Smith. John Smith wrote it."
_FERRY = (
    "Haji Burhan Daeng Situru, director of PT Daeng Situru dan Putra, was held. Daeng Situru bought the ferry. "
    "Situru wept."
)
_RAW = "The cut was made by Standard and Poor's Corp. S/P said the outlook is stable. S/P may cut again."


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        pytest.param(_BID, FIRMS, ["Hadley Tool Co", "Reuters", "Hadley Tool Co", "Barker International Corp.",
                                   "Hadley",
                                   "Barker", "Barker", "Hadley", "Hadley"], id="firms, not people"),
        pytest.param(_BID, PEOPLE, [], id="no people"),
        pytest.param(_SALE, FIRMS, ["Viamax", "Viamax Inc.", "Corvid Corp.", "Harbor Ltd.", "Quill Co."],
                     id="the end of a sentence"),
        pytest.param(_SALE, PEOPLE, ["Ana Redwood", "Redwood", "Lund", "Prado"], id="people behind it"),
        pytest.param(_WILL, FIRMS, ["Viamax Inc.", "Viamax"], id="the firm"),
        pytest.param(_WILL, PLACES, ["BOSTON"], id="a dateline without a date"),
        pytest.param(_LEAD, FIRMS, ["Goldman, Sachs and Co", "Morgan Stanley and Co",
                                    "Smith Barney, Harris Upham and Co Inc"], id="partners"),
        pytest.param(_LEAD, PEOPLE, [], id="no partner alone"),
        pytest.param(_LISTED, FIRMS, ["Viamax Inc", "Corvid Corp", "Viamax Inc", "Corvid Corp", "Harbor Ltd",
                                      "Acme Corp",
                                      "Bolt Ltd"], id="firms in a row"),
        pytest.param(_LABEL, PEOPLE, ["SMITH", "JONES", "Smith", "John Smith"], id="labels of speakers"),
        pytest.param(_FERRY, FIRMS, ["PT Daeng Situru dan Putra", "Daeng Situru"], id="a firm with a person's name"),
        pytest.param(_FERRY, PEOPLE, ["Burhan Daeng Situru", "Situru"], id="the person"),
        pytest.param("MILAN - Gruppo Santoro S.p.A. lost. Santoro said so.", FIRMS,
                     ["Gruppo Santoro S.p.A.", "Santoro"], id="a form before and behind a name"),
        pytest.param("JAKARTA - The mine of PT Karya Dana opened on Monday. Workers of Karya Dana cheered.", FIRMS,
                     ["PT Karya Dana", "Karya Dana"], id="a form before a name"),
        pytest.param("Reederei Brunt GmbH & Co. KG bought a ship.", FIRMS, ["Reederei Brunt GmbH & Co. KG"],
                     id="a form in two parts"),
        pytest.param("AUSTIN - Chipmaker Brontek said sales rose. Analysts like Brontek.", FIRMS,
                     ["Brontek", "Brontek"], id="a word that says what it is"),
        pytest.param("AUSTIN - Chipmaker Brontek said sales rose. Analysts like Brontek.", PEOPLE, [],
                     id="no person behind it"),
        pytest.param("Charity Oxfam said no. Toymaker Veluna said it would grow.", PEOPLE, [],
                     id="no people behind what firms are"),
        pytest.param("Charity Oxfam said so. Airline Ryanair grew.", FIRMS, ["Oxfam", "Ryanair"],
                     id="what firms are is no part of their names"),
        pytest.param("TAIPEI - Chen Hwa Precision Industries Co Ltd will grow. Chen Hwa supplies Apple.", FIRMS,
                     ["Chen Hwa Precision Industries Co Ltd", "Chen Hwa", "Apple"], id="two words of a firm"),
        pytest.param("NORFOLK - USS Carney sailed. Sailors of the Carney slept. Mark Carney spoke.", PEOPLE,
                     ["Mark Carney"], id="ships are no people"),
        pytest.param("MANILA - The ferry Maria Kristina sank. The Maria Kristina was old. Maria Santos swam.", PEOPLE,
                     ["Maria Santos"], id="ferries neither"),
        pytest.param("Storm Kills Nine in Oslo\n\nThe storm hit Oslo on Monday.", PLACES, ["Oslo", "Oslo"],
                     id="a storm in a headline"),
        pytest.param("He met Justice (retd) B. N. Srivastava, Kgosi Mothibi Seretse and Maulana Fazlur Qadri.", PEOPLE,
                     ["B. N. Srivastava", "Mothibi Seretse", "Fazlur Qadri"], id="retired, chiefs and scholars"),
        pytest.param("A\n\nCAIRO, May 2 - Two men were held.", PLACES, ["CAIRO"], id="a dateline of one paragraph"),
        pytest.param("NEW YORK - Net income was $1,234.", FIRMS, [], id="no firm over a dash"),
        pytest.param("NEW YORK - Net income was $1,234.", PLACES, ["NEW YORK"], id="the town before it"),
        pytest.param("Rotterdam - Ana Redwood, who spoke for the Baltic Rail Authority, called it reckless.", PEOPLE,
                     ["Ana Redwood"], id="no town in small letters before a person"),
        pytest.param("Izmir - Hulusi Akar said no. Akar left.", PEOPLE, ["Hulusi Akar", "Akar"], id="no other town"),
        pytest.param("Izmir - Hulusi Akar said no. Akar left.", PLACES, ["Izmir"], id="the town in small letters"),
        pytest.param("A vote\n\nPorto Alegre - Ayla Brunt said no.", PEOPLE, ["Ayla Brunt"], id="a town of two words"),
        pytest.param("The Baden - Württemberg and Paris - Roubaix of Frank - Walter Steinmeier.", PEOPLE,
                     ["Frank - Walter Steinmeier"], id="blanks around the hyphen of a name"),
        pytest.param("WARSAW, March 5 - President Andrzej Duda spoke.", PEOPLE, ["Andrzej Duda"], id="no town"),
        pytest.param("Lic. Rigo Quell, Inga. Marta Brunt and Amb. Ximena Lanz came.", PEOPLE,
                     ["Rigo Quell", "Marta Brunt", "Ximena Lanz"], id="dotted forms of address"),
        pytest.param("Don Baudilio Quell met Don Lemon and U Thant.", PEOPLE,
                     ["Baudilio Quell", "Don Lemon", "U Thant"],
                     id="forms that are names, too"),
        pytest.param("JAKARTA - PT Bank Nusa Raya Tbk rose. Bank Nusa Raya lends.", FIRMS,
                     ["PT Bank Nusa Raya Tbk", "Bank Nusa Raya"], id="a bank between two forms"),
        pytest.param("JAKARTA - Bank Nusa Raya Tbk and the lender Bank Cipta Dana Tbk. fell.", FIRMS,
                     ["Bank Nusa Raya Tbk", "Bank Cipta Dana Tbk."], id="a bank before a form"),
        pytest.param("DHAKA - Bank Meghna Delta PLC fell.", FIRMS, ["Bank Meghna Delta PLC"], id="a form in capitals"),
        pytest.param("COPENHAGEN - Bank Vesterhavet A/S fell, Nordlys ApS rose.", FIRMS,
                     ["Bank Vesterhavet A/S", "Nordlys ApS"], id="a form with a slash"),
        pytest.param("WARSAW - Stocznia Polnoc S.A. and Huta Wanda Sp. z o.o. merged.", FIRMS,
                     ["Stocznia Polnoc S.A.", "Huta Wanda Sp. z o.o."], id="a form of three words"),
        pytest.param("WARSAW - Stocznia Polnoc S.A. and Huta Wanda Sp. z o.o. merged.", PEOPLE, [],
                     id="no given name in it"),
        pytest.param("MEXICO CITY - Grupo Alondra S.A.B. de C.V. fell. Alondra owns mills.", FIRMS,
                     ["Grupo Alondra S.A.B. de C.V.", "Alondra"], id="a form with a small word"),
        pytest.param("ISTANBUL - Denizsu Holding A.S. sold Kaya Insaat A.Ş. on Monday.", FIRMS,
                     ["Denizsu Holding A.S.", "Kaya Insaat A.Ş."], id="two letters with stops"),
        pytest.param("Tessera Holdings plc sold a mill. Tessera said profit rose.", FIRMS,
                     ["Tessera Holdings plc", "Tessera"], id="a form in small letters"),
        pytest.param("They sued Corvin Energy S.A. Paris will appeal.", FIRMS, ["Corvin Energy S.A."],
                     id="a form with stops ends a sentence"),
        pytest.param("They sued Corvin Energy S.A. Paris will appeal.", PLACES, ["Paris"], id="the town behind it"),
        pytest.param("The firm of Harlow, Pike & Strand LLP sued. Pike said nothing.", FIRMS,
                     ["Harlow, Pike & Strand LLP"], id="partners by their form"),
        pytest.param("The tanker Maersk Peary and the tug Ana Redwood collided.", PEOPLE, [], id="a tug"),
        pytest.param("Notes\n\nRobert Redwood Sr. and his son spoke. Redwood Sr. left for Oslo.", PEOPLE,
                     ["Robert Redwood Sr.", "Redwood Sr."], id="fathers keep their stop"),
        pytest.param("FRANKFURT - Siemens SIEGn.DE rose.", FIRMS, ["Siemens"], id="a code without brackets"),
        pytest.param("KIEL, Germany, April 9 (AP) — Two ships left.", FIRMS, ["AP"], id="the agency of a dateline"),
        pytest.param("OTTAWA, April 9 - Parliament voted on Monday.", FIRMS, ["Parliament"], id="without an article"),
        pytest.param("The Bank said so. The Bank has a garden.", FIRMS, ["Bank"],
                     id="the Bank, and no other"),
        pytest.param("Banks\n\nThe lenders of Spain want help. Banks said so.", FIRMS, [], id="a heading of one word"),
        pytest.param("LONDON - Apple (AAPL), SAP SE SAPG.DE and Rio Tinto RIO.L rose, $TSLA fell.", FIRMS,
                     ["Apple", "SAP SE", "Rio Tinto"], id="codes are no parts of names"),
        pytest.param("LONDON - Apple (AAPL), SAP SE SAPG.DE and Rio Tinto RIO.L rose, $TSLA fell.", PLACES, ["LONDON"],
                     id="what stands before a code is no place"),
        pytest.param("JAKARTA, KOMPAS - President Joko Widodo spoke on Monday.", FIRMS, ["KOMPAS"],
                     id="the publisher in a dateline"),
        pytest.param("JAKARTA, KOMPAS - President Joko Widodo spoke on Monday.", PLACES, ["JAKARTA"],
                     id="and its town alone"),
        pytest.param("NEW DELHI, PTI - The minister spoke on Monday.", FIRMS, ["PTI"], id="an agency behind a comma"),
        pytest.param("Floods\n\nTEHRAN (Tasnim) - The minister spoke on Monday.", PLACES, ["TEHRAN"],
                     id="no dateline over paragraphs"),
        pytest.param("OSLO - Prices rose, Statistics Norway (SSB) said. SSB expects more.", FIRMS,
                     ["Statistics Norway", "SSB", "SSB"], id="a name with its country and another acronym"),
        pytest.param("BRUSSELS - The European Commission fined it. The Commission said so.", FIRMS,
                     ["European Commission", "Commission"], id="the Commission"),
        pytest.param("AUSTIN - Analysts at Santander said so.", FIRMS, ["Santander"], id="who employs analysts"),
        pytest.param("MADRID - Rain fell in Santander and Bilbao.", PLACES, ["MADRID", "Santander", "Bilbao"],
                     id="a town in a list"),
        pytest.param("BRASILIA - Fires burned in the Amazon. The boat sank in the Amazon.", PLACES,
                     ["BRASILIA", "Amazon", "Amazon"], id="a forest and a river"),
        pytest.param("SEATTLE - Amazon said sales rose. Jeff Bezos founded Amazon.", FIRMS, ["Amazon", "Amazon"],
                     id="a firm"),
        pytest.param("PARIS - Garnier Textiles SA lost money. Shares in Garnier fell. Marie Garnier, its owner, wept.",
                     FIRMS, ["Garnier Textiles SA", "Garnier"], id="a firm before its owner is named"),
        pytest.param("PARIS - Garnier Textiles SA lost money. Shares in Garnier fell. Marie Garnier, its owner, wept.",
                     PEOPLE, ["Marie Garnier"], id="and its owner"),
        pytest.param("STUTTGART - Maschinenfabrik Kessler GmbH failed. Kessler makes presses.", FIRMS,
                     ["Maschinenfabrik Kessler GmbH", "Kessler"], id="a name behind what the firm is"),
        pytest.param("CHICAGO - Lawyers Hardwick, Monroe and Co sued.", FIRMS, ["Hardwick, Monroe and Co"],
                     id="what partners are"),
        pytest.param("OSLO - They saw Abu Bakr al-Baghdadi and Rep. Ilhan Omar, D-Minn., there.", PEOPLE,
                     ["Abu Bakr al-Baghdadi", "Ilhan Omar"], id="a name with a word like a title, and a party"),
        pytest.param("MILAN, May 4 - The firms E.ON and P&O merged.", FIRMS, ["E.ON", "P&O"], id="marks inside"),
        pytest.param("MILAN, May 4 - The firms E.ON and P&O merged.", PLACES, ["MILAN"], id="a town like a missile"),
        pytest.param("Harbor Gas (NYSE: HGA) and Acme Widgets Inc (ACM.N) rose.", FIRMS,
                     ["Harbor Gas", "NYSE", "Acme Widgets Inc"], id="codes of exchanges"),
    ],
)  # fmt: skip
def test_names_in_an_article(text: str, kind: Kind, names: list[str], read: Callable[[str, Kind], Names]) -> None:
    assert [name for name, _ in read(text, kind)] == names


@pytest.mark.parametrize(
    ("text", "kind", "meaning"),
    [
        pytest.param(_BID, FIRMS, {"Hadley": "Hadley Tool Co", "Barker": "Barker International Corp."},
                     id="short forms"),
        pytest.param(_SALE, FIRMS, {"Viamax": "Viamax Inc."}, id="a form before the full one"),
        pytest.param(_SALE, PEOPLE, {"Redwood": "Ana Redwood", "Lund": "Lund"}, id="a surname behind a firm"),
        pytest.param(_LABEL, PEOPLE, {"SMITH": "John Smith", "JONES": "Jones"}, id="labels of speakers"),
        pytest.param(_FERRY, FIRMS, {"Daeng Situru": "PT Daeng Situru dan Putra"}, id="partners"),
        pytest.param("The International Coffee Organization (ICO) met. ICO Ltd, a roaster, sued. The ICO left.", FIRMS,
                     {"ICO": "International Coffee Organization", "ICO Ltd": "ICO Ltd"}, id="a legal form"),
        pytest.param("The National Association of Tea Owners (NATO) met in Colombo. NATO wants lower taxes.", FIRMS,
                     {"NATO": "National Association of Tea Owners"}, id="initials of a pack, spelled out otherwise"),
        pytest.param("OSLO - Prices rose, Statistics Norway (SSB) said. SSB expects more.", FIRMS,
                     {"SSB": "Statistics Norway"}, id="the acronym of a name with its country"),
        pytest.param("LAGOS - The Nigerian Communications Commission sued. The Commission won.", FIRMS,
                     {"Commission": "Nigerian Communications Commission"}, id="the word that heads a name"),
        pytest.param("DUBAI - Mohammed bin Rashid Al Maktoum spoke. Bin Rashid left.", PEOPLE,
                     {"Bin Rashid": "Mohammed bin Rashid Al Maktoum"}, id="a father before the family"),
        pytest.param("STUTTGART - Maschinenfabrik Kessler GmbH failed. Kessler makes presses.", FIRMS,
                     {"Kessler": "Maschinenfabrik Kessler GmbH"}, id="the name in a firm"),
        pytest.param("The North Atlantic Treaty Organisation (NATO) met in Brussels.", FIRMS,
                     {"NATO": "NATO"}, id="another spelling of the same"),
        pytest.param("Donald Trump Jr. spoke in Ohio. Trump Jr. left.", PEOPLE, {"Trump Jr.": "Donald Trump Jr."},
                     id="a son by his surname"),
        pytest.param("Olaf Lund Jr. sued Olaf Lund in Oslo.", PEOPLE, {"Olaf Lund": "Olaf Lund"}, id="father and son"),
        pytest.param("Olaf Lund Jr. spoke in Oslo.\n\nOlaf Lund left.", PEOPLE, {"Olaf Lund": "Olaf Lund Jr."},
                     id="the son again"),
    ],
)  # fmt: skip
def test_what_names_stand_for(
    text: str, kind: Kind, meaning: dict[str, str], read: Callable[[str, Kind], Names]
) -> None:
    found = dict(read(text, kind))
    assert {name: found.get(name) for name in meaning} == meaning


def test_initials_with_a_slash_mean_what_the_article_names(read: Callable[[str, Kind], Names]) -> None:
    assert [name for name, _ in read(_RAW, FIRMS)] == ["Standard and Poor's Corp.", "S/P", "S/P"]
