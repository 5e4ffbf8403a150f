import io
import sys

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from index.model import Article, Failure
from index.readers.base import Source
from index.readers.registry import read_source


def make_pdf(*pages: str, title: str = "", password: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    for text in pages:
        page = writer.add_blank_page(300, 300)
        font = {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")}
        font[NameObject("/BaseFont")] = NameObject("/Helvetica")
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(DictionaryObject(font))})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": title, "/CreationDate": "D:20190304100000Z"})
    writer.encrypt(password, algorithm="RC4-128") if password else None
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def read(data: bytes) -> Article | Failure:
    [found] = read_source(Source("a.pdf", data=data))
    return found


def test_pages_are_paragraphs_and_the_file_date_is_no_publication_date() -> None:
    article = read(make_pdf("The strike is over.", "The ferries sail.", title="Ferries return"))
    assert isinstance(article, Article)
    assert article.body == "Ferries return\n\nThe strike is over.\n\nThe ferries sail."
    assert article.published is None


@pytest.mark.parametrize("title", ["Microsoft Word - draft.doc", "report.indd", "untitled", ""])
def test_titles_that_nobody_chose_are_not_taken(title: str) -> None:
    article = read(make_pdf("The strike is over.", title=title))
    assert isinstance(article, Article)
    assert article.title == "The strike is over"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (make_pdf("Secret.", password="word"), "encrypted"),
        (make_pdf(""), "no-text"),
        (make_pdf("Text.")[:200], "damaged"),
        (b"%PDF-1.7\n" + b"\x00\xff" * 200, "damaged"),
    ],
)
def test_unreadable_pdf_says_why(data: bytes, reason: str) -> None:
    failure = read(data)
    assert isinstance(failure, Failure)
    assert failure.reason == reason


def test_missing_library_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    failure = read(b"%PDF-1.7\n")
    assert isinstance(failure, Failure)
    assert failure.reason == "needs-extra"
    assert 'pip install "dossier-search[pdf]"' in failure.hint
