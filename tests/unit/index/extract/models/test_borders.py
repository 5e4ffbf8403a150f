import pytest

from index.extract.models.borders import trim
from index.model import Kind


@pytest.mark.parametrize(
    ("kind", "text", "read", "left"),
    [
        pytest.param(Kind.PLACES, "in the Alps", "the Alps", "Alps", id="article"),
        pytest.param(
            Kind.ORGANIZATIONS, "of (EC) Commission", "EC) Commission", "Commission", id="bracket that closes"
        ),
        pytest.param(Kind.ORGANIZATIONS, "Bank (the", "Bank (the", "Bank", id="bracket that opens"),
        pytest.param(Kind.ORGANIZATIONS, "Bank (BoE) said", "Bank (BoE)", "Bank (BoE)", id="whole bracket"),
        pytest.param(Kind.ORGANIZATIONS, "Union of the", "Union of the", "Union", id="words that lead nowhere"),
        pytest.param(Kind.PEOPLE, "Louis the German died", "Louis", "Louis the German", id="sobriquet"),
        pytest.param(Kind.PEOPLE, "Louis the King Henry", "Louis", "Louis", id="another name behind an article"),
        pytest.param(Kind.PEOPLE, "met Ismail Demir. Then", "Ismail Demir.", "Ismail Demir", id="end of a sentence"),
        pytest.param(Kind.PEOPLE, "met King Jr. Then", "King Jr.", "King Jr.", id="stop of a short word"),
        pytest.param(Kind.ORGANIZATIONS, "Acme Corp. said", "Acme Corp.", "Acme Corp.", id="stop of a firm"),
        pytest.param(Kind.PLACES, "Ankara “is ready", "Ankara “", "Ankara", id="quote that opens behind"),
        pytest.param(Kind.PLACES, "” Ankara said", "” Ankara", "Ankara", id="quote that closes before"),
        pytest.param(Kind.PEOPLE, "Oslo's Ayla Brunt", "Oslo's Ayla Brunt", "Ayla Brunt", id="whose she is"),
        pytest.param(Kind.PEOPLE, "Agents’ Ayla Brunt", "Agents’ Ayla Brunt", "Ayla Brunt", id="theirs"),
        pytest.param(Kind.PEOPLE, "Ayla D'Souza", "Ayla D'Souza", "Ayla D'Souza", id="apostrophe"),
        pytest.param(Kind.ORGANIZATIONS, "People's Bank", "People's Bank", "People's Bank", id="firm of an owner"),
        pytest.param(Kind.PEOPLE, "“Big” Demir", "“Big” Demir", "“Big” Demir", id="quotes inside"),
        pytest.param(Kind.PEOPLE, "Ayla Brunt Image: Demir", "Ayla Brunt Image", "Ayla Brunt", id="credit"),
        pytest.param(Kind.PEOPLE, "Ayla BruntPhoto : Demir", "Ayla BruntPhoto", "Ayla Brunt", id="glued credit"),
        pytest.param(Kind.PLACES, "Oslo. Foto: Demir", "Oslo. Foto", "Oslo", id="credit behind a stop"),
        pytest.param(Kind.ORGANIZATIONS, "Getty Images: of Oslo", "Getty Images", "Getty Images", id="agency"),
        pytest.param(Kind.ORGANIZATIONS, "Public Image said: no", "Public Image", "Public Image", id="no credit"),
        pytest.param(Kind.ORGANIZATIONS, "the (", "the (", "", id="nothing left"),
        pytest.param(Kind.ORGANIZATIONS, "Shares of E.ON fell", "E.", "E.ON", id="cut behind a stop"),
        pytest.param(Kind.ORGANIZATIONS, "The ferry of P&O sank", "P&", "P&O", id="cut behind an ampersand"),
        pytest.param(Kind.ORGANIZATIONS, "as Quell.com said", "Quell", "Quell.com", id="cut before a domain"),
        pytest.param(Kind.ORGANIZATIONS, "at Quell.com/news", "Quell", "Quell", id="an address"),
        pytest.param(Kind.ORGANIZATIONS, "Acme Co.The end", "Acme Co.", "Acme Co.", id="a blank is missing"),
        pytest.param(Kind.PEOPLE, "\u202aAyla Brunt\u202c", "\u202aAyla Brunt\u202c", "Ayla Brunt", id="direction"),
        pytest.param(Kind.PEOPLE, "Ayla Brunt\u200b said", "Ayla Brunt\u200b", "Ayla Brunt", id="no width"),
    ],
)
def test_names_are_trimmed(kind: Kind, text: str, read: str, left: str) -> None:
    start = text.index(read)
    trimmed_start, trimmed_end = trim(text, start, start + len(read), kind)
    assert text[trimmed_start:trimmed_end] == left
