"""Text that was encoded twice is mended where all of it proves it, and no other text."""

import json

import pytest

from index.model import GUESSED_ENCODING, Notice
from index.readers.base import ReadOptions
from index.readers.encodings.twice import find_second_encoding
from tests.unit.index.readers.reading import articles, read

TEXTS = {
    "en": "“The ferry,” he said — it’s back. “We’re glad”, said the crew.",
    "fr": "L’été dernier à Orléans, la société a été créée.",
    "de": "Größe, Straße, Übermut, Mädchen, schön, für Ältere.",
    "pt": "A NAÇÃO não está só: é São João.",
    "pl": "Zażółć gęślą jaźń.",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "tr": "İstanbul’da yapılan açıklamada görüşmelerin süreceği belirtildi.",
    "vi": "Thủ tướng Việt Nam đã đến.",
    "el": "Ο πρωθυπουργός δήλωσε ότι οι συνομιλίες συνεχίζονται.",
    "ru": "Министр обороны заявил, что поставки начнутся.",
    "he": "ראש הממשלה אמר כי השיחות יימשכו.",
    "ar": "قال رئيس الوزراء إن المحادثات مستمرة.",
    "hi": "प्रधान मंत्री ने कहा कि वार्ता जारी रहेगी।",
    "th": "นายกรัฐมนตรีกล่าวว่าการเจรจาจะดำเนินต่อไป",
    "ja": "日本の首相は北京を訪問した。",
    "ko": "한국 정부는 오늘 회담이 계속된다고 밝혔다.",
    "zh": "中国总理今天在北京会见了代表团。",
}
READ_AS = ("cp1252", "latin-1", "cp1251", "cp1250", "cp1254", "mac-roman", "cp437", "cp850", "cp866", "koi8-r")


def misread(text: str, read_as: str, times: int = 1) -> str:
    """The text after a program took its UTF-8 for another encoding; a byte without a character becomes a control."""
    for _ in range(times):
        text = "".join(bytes([byte]).decode(read_as, errors="ignore") or chr(byte) for byte in text.encode())
    return text


@pytest.mark.parametrize("read_as", READ_AS)
@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("times", [1, 2])
def test_text_that_was_encoded_twice_is_mended(language: str, read_as: str, times: int) -> None:
    found = find_second_encoding(misread(TEXTS[language], read_as, times))
    assert found is not None
    assert found.text == TEXTS[language]


def test_closing_quotes_that_lost_a_byte_are_mended() -> None:
    found = find_second_encoding(misread(TEXTS["en"], "cp1252").replace("\x9d", ""))
    assert found is not None
    assert found.text == TEXTS["en"]


@pytest.mark.parametrize("text", [*TEXTS.values(), ""])
def test_right_text_stays_as_it_is(text: str) -> None:
    assert find_second_encoding(text) is None


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("right", ["é", "’", "ж", "港", "\u00a0"])
def test_one_right_character_is_enough_to_leave_a_text(language: str, right: str) -> None:
    assert find_second_encoding(f"{misread(TEXTS[language], 'cp1252')} Then {right}.") is None


@pytest.mark.parametrize(
    "text",
    [
        "The word cafÃ© is read wrong.",
        "NESTLÉ® NESTLÉ® NESTLÉ® NESTLÉ® NESTLÉ® NESTLÉ® NESTLÉ®",
        "LE CAFÉ… LA SOCIÉTÉ… LE MARCHÉ… LA VÉRITÉ",
        "It’s “50 °C” here: naïve café, façade, Zoë.",
        "ÄÖÜ ÄÖÜ ÄÖÜ",
    ],
)
def test_what_proves_nothing_stays(text: str) -> None:
    assert find_second_encoding(text) is None


ROWS = [{"title": f"Row {number}", "text": text} for number, text in enumerate(TEXTS.values())]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "\n\n".join(TEXTS.values())),
        ("a.html", f"<html><meta charset=utf-8><body><p>{'</p><p>'.join(TEXTS.values())}</p></body></html>"),
        ("a.md", "\n\n".join(TEXTS.values())),
        ("a.json", json.dumps(ROWS, ensure_ascii=False)),
        ("a.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)),
        ("a.csv", "title,text\n" + "".join(f'{row["title"]},"{row["text"]}"\n' for row in ROWS)),
        ("a.eml", "From: a@example.org\nSubject: S\nDate: Mon, 4 Mar 2019 10:00:00 +0000\n\n" + TEXTS["en"]),
    ],
)
def test_every_format_is_mended_and_says_so(name: str, content: str) -> None:
    items = read(misread(content, "cp1252").encode(), name)
    assert [article.body for article in articles(items)] == [
        article.body for article in articles(read(content.encode(), name))
    ]
    assert Notice(name, GUESSED_ENCODING, "double utf-8 via cp1252") in items
    assert {(each.encoding, each.encoding_is_guessed) for each in articles(items)} == {
        ("double utf-8 via cp1252", True)
    }


def test_a_row_that_is_right_stays_as_it_is() -> None:
    rows = [misread(json.dumps(row, ensure_ascii=False), "cp1252") for row in ROWS] * 100
    rows.append('{"text": "Größe, right."}')
    items = read("\n".join(rows).encode(), "a.jsonl")
    bodies = [article.body for article in articles(items)]
    assert bodies[1] == "Row 1\n\n" + TEXTS["fr"]
    assert bodies[-1] == "Größe, right."


def test_a_stated_encoding_counts_more() -> None:
    [article] = articles(read(misread(TEXTS["fr"], "cp1252").encode(), "a.txt", ReadOptions(encoding="utf-8")))
    assert "Ã©" in article.body
