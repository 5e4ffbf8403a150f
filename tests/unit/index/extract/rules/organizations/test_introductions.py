import pytest

from index.extract.rules.organizations.introductions import Introductions
from index.extract.rules.vocabulary import read_vocabulary
from index.extract.tokens import read_tokens
from index.packs.loader import load_packs


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("He leads the union Quell.", "'union' before the name"),
        ("Shares in Quell fell.", "'Shares in' before the name"),
        ("On Monday Quell shares fell.", "'shares' after the name"),
        ("Quell, a small insurer based there, fell.", "'insurer' after the name"),
        ("The next lender, Quell, fell.", "'lender' before the name"),
        ("Analysts at Quell agreed.", "'Analysts at' before the name"),
        ("Corvin is a subsidiary of Quell.", "'subsidiary of' before the name"),
        ("Quell's profit fell.", "'profit' after the name"),
        ("Quell's harbour froze.", ""),
        ("The price of Quell fell.", ""),
        ("He stood at Quell.", ""),
        ("He met the producer Quell.", ""),
        ("Quell, a union leader, fell.", ""),
        ("He left the union. Quell stayed.", ""),
        ("He lives in Quell.", ""),
    ],
)
def test_words_beside_a_name_introduce_an_organization(text: str, sign: str) -> None:
    tokens = read_tokens(text)
    start = tokens.keys.index("Quell")
    assert Introductions(read_vocabulary(load_packs(("core",)))).sign(tokens, start, start + 1) == sign
