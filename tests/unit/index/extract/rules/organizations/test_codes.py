import pytest

from index.extract.candidates import CANDIDATES_KEY, TOKENS_KEY, Candidate
from index.extract.language import ArticleLanguage
from index.extract.rules.organizations.codes import drop_codes, find_codes
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
    assert [text[each.start : each.end] for each in drop_codes(doc).user_data[CANDIDATES_KEY]] == left


@pytest.mark.parametrize(("span", "left"), [((0, 4), ["Acme"]), ((0, 10), ["Acme"]), ((5, 13), [])])
def test_a_name_ends_before_a_code_without_brackets(span: tuple[int, int], left: list[str]) -> None:
    text = "Acme ACMEn.DE rose"
    doc = ArticleLanguage(Packs()).make_doc(text)
    doc.user_data[TOKENS_KEY] = read_tokens(text)
    doc.user_data[CANDIDATES_KEY] = [Candidate(*span, Kind.ORGANIZATIONS, "organizations", "tried")]
    assert [text[each.start : each.end] for each in drop_codes(doc).user_data[CANDIDATES_KEY]] == left
