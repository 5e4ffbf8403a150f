from collections.abc import Callable

import pytest

from index.extract.candidates import CANDIDATES_KEY, TOKENS_KEY, Candidate
from index.extract.language import ArticleLanguage
from index.extract.rules.organizations.codes import CodesComponent, find_codes
from index.extract.rules.vocabulary import Vocabulary
from index.extract.tokens import read_tokens
from index.model import Kind
from index.packs.loader import Packs


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Acme (NYSE: ACM) and Bolt (Nasdaq:BLT)", ["ACM", "BLT"]),
        ("Acme <ACM> and Bolt <BLT.O>", ["ACM", "BLT.O"]),
        ("Acme (ACM.N) rose", ["ACM.N"]),
        ("Acme AG ACMEn.DE and Bolt BLT.L, and Quell QUL.PA.", ["ACMEn.DE", "BLT.L", "QUL.PA"]),
        ("He left OSLO.The S.A. of the U.S. and B.T rose", []),
        ("the U.S. (U.S) and (note: not one) and (ACM)", []),
        ("Quell 005930.KS fell, Acme Corp. ACME.PA rose; 0.5.KS", ["005930.KS", "ACME.PA"]),
        ("Acme ($ACM) and $BLT.N rose, $5 and US$B fell", ["ACM", "BLT.N"]),
    ],
)
def test_codes_of_exchanges_stand_behind_names(text: str, codes: list[str]) -> None:
    assert [text[start:end] for start, end in find_codes(text)] == codes


@pytest.mark.parametrize(
    ("span", "left"),
    [((0, 4), ["Acme"]), ((12, 15), []), ((0, 16), ["Acme"]), ((6, 10), ["NYSE"]), ((17, 22), ["Quell"])],
)
def test_no_name_is_a_code_or_goes_on_into_one(span: tuple[int, int], left: list[str]) -> None:
    text = "Acme (NYSE: ACM) Quell"
    doc = ArticleLanguage(Packs()).make_doc(text)
    doc.user_data[TOKENS_KEY] = read_tokens(text)
    doc.user_data[CANDIDATES_KEY] = [Candidate(*span, Kind.ORGANIZATIONS, "organizations", "tried")]
    kept = CodesComponent(Vocabulary())(doc).user_data[CANDIDATES_KEY]
    assert [text[each.start : each.end] for each in kept if each.component == "organizations"] == left


@pytest.mark.parametrize(("span", "left"), [((0, 4), ["Acme"]), ((0, 10), ["Acme"]), ((5, 13), [])])
def test_a_name_ends_before_a_code_without_brackets(span: tuple[int, int], left: list[str]) -> None:
    text = "Acme ACMEn.DE rose"
    doc = ArticleLanguage(Packs()).make_doc(text)
    doc.user_data[TOKENS_KEY] = read_tokens(text)
    doc.user_data[CANDIDATES_KEY] = [Candidate(*span, Kind.ORGANIZATIONS, "organizations", "tried")]
    kept = CodesComponent(Vocabulary())(doc).user_data[CANDIDATES_KEY]
    assert [text[each.start : each.end] for each in kept if each.component == "organizations"] == left


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("Brunt Quell Inc (BRQL) rose.", ["Brunt Quell Inc"]),
        ("Apple (AAPL) rose.", ["Apple"]),
        # The beginnings of its words, and what the text goes on to say, are its acronym.
        ("Brunt Quell Inc (BQI) rose.", ["Brunt Quell Inc", "BQI"]),
        ("Brunt Quell Inc (BRUQU) rose.", ["Brunt Quell Inc", "BRUQU"]),
        ("Brunt Quell Inc (XLR) rose. The XLR grew.", ["Brunt Quell Inc", "XLR", "XLR"]),
        # In a text with other codes
        ("Brunt Quell Institute (XLR) and Microsoft (MSFT.O) met.", ["Brunt Quell Institute", "Microsoft"]),
        # Nobody has seen a name before them.
        ("Quell (QLL.N) rose, and by noon Brunt Dorn BRDO.PA fell.", ["Quell", "Brunt Dorn"]),
        ("Monday (MON.N) and the (THE.N) rose.", []),
        # No firm
        ("The Brunt Quell Institute (XLR) met.", ["Brunt Quell Institute", "XLR"]),
    ],
)
def test_a_code_in_brackets_names_nobody(text: str, firms: list[str], names: Callable[[str, Kind], list[str]]) -> None:
    assert names(text, Kind.ORGANIZATIONS) == firms


def _kinds(text: str, kind: Kind, name: str, reference: str | None = None) -> list[Kind]:
    doc = ArticleLanguage(Packs()).make_doc(text)
    doc.user_data[TOKENS_KEY] = read_tokens(text)
    start = text.index(name)
    made = Candidate(start, start + len(name), kind, "places", "tried", reference)
    doc.user_data[CANDIDATES_KEY] = [made]
    return [each.kind for each in CodesComponent(Vocabulary())(doc).user_data[CANDIDATES_KEY]]


@pytest.mark.parametrize(
    ("text", "reference", "kind"),
    [
        ("Rio Quell RIO.L rose", None, Kind.ORGANIZATIONS),
        ("Rio Quell (RIO.L) rose", None, Kind.ORGANIZATIONS),
        ("Rio Quell (LSE: RIO) rose", None, Kind.ORGANIZATIONS),
        ("Rio Quell <RIO> rose", None, Kind.ORGANIZATIONS),
        ("Rio Quell ($RIO) rose", None, Kind.PLACES),
        ("Rio Quell rose", None, Kind.PLACES),
        ("Rio Quell RIO.L rose", "core:rio", Kind.PLACES),
    ],
)
def test_what_a_code_follows_is_an_organization(text: str, reference: str | None, kind: Kind) -> None:
    assert _kinds(text, Kind.PLACES, "Rio Quell", reference) == [kind]


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("Apple AAPL rose 3 percent.", ["Apple"]),
        ("Quell Brunt Ltd QLBR rose.", ["Quell Brunt Ltd"]),
        ("Apple Inc AAPL.O and Ford Motor F fell.", ["Apple Inc", "Ford Motor"]),
        # Other letters than those of the name, where other codes tell
        ("Tesla TSLA rose, and Alphabet GOOGL fell.", ["Tesla", "Alphabet"]),
        # No price, another organization, a legal form
        ("Apple NATO shares fell.", ["Apple", "NATO"]),
        ("Shares of Quell Brunt AG fell.", ["Quell Brunt AG"]),
    ],
)
def test_letters_behind_a_firm_are_its_code_in_news_of_prices(
    text: str, firms: list[str], names: Callable[[str, Kind], list[str]]
) -> None:
    assert names(text, Kind.ORGANIZATIONS) == firms


def test_a_recognized_name_ends_before_the_letters_of_its_code() -> None:
    text = "Quell QLL rose and Dorn ODN met."
    doc = ArticleLanguage(Packs()).make_doc(text)
    doc.user_data[TOKENS_KEY] = read_tokens(text)
    spans = [(0, 9), (19, 27)]
    doc.user_data[CANDIDATES_KEY] = [Candidate(*span, Kind.ORGANIZATIONS, "recognizer", "tried") for span in spans]
    kept = CodesComponent(Vocabulary(market=frozenset({"rose"})))(doc).user_data[CANDIDATES_KEY]
    assert [text[each.start : each.end] for each in kept] == ["Quell", "Dorn ODN"]
