import gzip
import io
import json
import re
import zipfile
from base64 import encodebytes

import pytest

from index.model import Article
from tests.unit.index.readers.formats.mail.samples import article_of, failures_of, multipart, read

HEAD = "From: Alma Reyes <alma@example.org>\nSubject: S\n"
TEXT = "Content-Type: text/plain; charset=utf-8\n\nSee what is attached."
STORY = "The tanker Quillfeather docked at Narva on Monday, said the harbor master to the reporters there."

TNEF = b"\x78\x9f\x3e\x22\x01\x00\x01\x90\x08\x00" + bytes(range(32)) * 9


def attached(name: str, data: bytes | str, kind: str = "application/octet-stream") -> str:
    raw = data.encode() if isinstance(data, str) else data
    return (
        f'Content-Type: {kind}\nContent-Disposition: attachment; filename="{name}"\n'
        f"Content-Transfer-Encoding: base64\n\n{encodebytes(raw).decode()}"
    )


def body_of(*parts: str) -> str:
    return article_of(HEAD + multipart(TEXT, *parts)).body.removeprefix("S\n\n").strip()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", STORY, "text/plain"),
        ("a.txt", STORY, "application/octet-stream"),
        ("a", STORY, "text/plain"),
        ("a.md", f"# Berths\n\n{STORY}", "text/markdown"),
        ("a.html", f"<html><body><p>{STORY}</p></body></html>", "text/html"),
        ("a", f"<html><body><p>{STORY}</p></body></html>", "text/html"),
        ("a.csv", f"title,text\nBerths,{STORY.replace(',', ';')}\n", "text/csv"),
        ("a.csv", f"berth,ship\n1,{STORY}\n", "text/csv"),
        ("a.json", json.dumps([{"text": STORY}]), "application/json"),
        ("a.json", json.dumps({"ships": STORY}), "application/json"),
        ("a.txt.gz", gzip.compress(STORY.encode(), mtime=0), "application/gzip"),
        ("a.eml", f"From: b@example.org\nSubject: Berths\n\n{STORY}", "application/octet-stream"),
        ("a.mbox", f"From b Tue Mar  3 10:00:00 2020\nSubject: Berths\n\n{STORY}", "application/mbox"),
    ],
)
def test_attachment_is_read_where_its_format_is(name: str, data: bytes | str, kind: str) -> None:
    body = body_of(attached(name, data, kind))
    assert body.startswith(f"See what is attached.\n\nAttachment: {name}\n\n")
    assert "tanker Quillfeather docked" in body
    assert failures_of(HEAD + multipart(TEXT, attached(name, data, kind))) == []


@pytest.mark.parametrize(
    ("part", "line"),
    [
        (attached("x.png", b"\x89PNG\r\n\x1a\n", "image/png"), "Attachment: x.png (not read: image/png)"),
        (
            attached("x.bin", bytes(range(256)), "application/x-thing"),
            "Attachment: x.bin (not read: application/x-thing)",
        ),
        (attached("x.ics", "BEGIN:VCALENDAR", "text/calendar"), "Attachment: x.ics (not read: text/calendar)"),
        (attached("x.txt", "", "text/plain"), "Attachment: x.txt (not read: the file is empty)"),
        ("Content-Type: image/png\n\nx", "Attachment: image/png (not read)"),
        (attached("=?utf-8?q?=C3=BCber.png?=", "x", "image/png"), "Attachment: über.png (not read: image/png)"),
        (attached("../../etc/x.png", "x", "image/png"), "Attachment: x.png (not read: image/png)"),
        (attached("C:\\temp\\new.png", "x", "image/png"), "Attachment: new.png (not read: image/png)"),
        ("Content-Type: image/png; name*=koi8-r''%EF%D4.png\n\nx", "Attachment: От.png (not read: image/png)"),
    ],
)
def test_attachment_that_is_not_read_is_named(part: str, line: str) -> None:
    assert body_of(part) == f"See what is attached.\n\n{line}"
    assert failures_of(HEAD + multipart(TEXT, part)) == []


@pytest.mark.parametrize(
    ("part", "reason", "words"),
    [
        (attached("winmail.dat", TNEF, "application/ms-tnef"), "unsupported", "container of attachments from Outlook"),
        (
            attached("winmail.dat", TNEF, "application/octet-stream"),
            "unsupported",
            "container of attachments from Outlook",
        ),
        (attached("", TNEF, "application/ms-tnef"), "unsupported", "container of attachments from Outlook"),
        ("Content-Type: application/pkcs7-mime; name=smime.p7m\n\nMIIB", "encrypted", "encrypted with S/MIME"),
        (
            "Content-Type: application/x-pkcs7-mime; smime-type=enveloped-data\n\nMIIB",
            "encrypted",
            "encrypted with S/MIME",
        ),
        (
            "Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nMIIB",
            "unsupported",
            "a text inside its S/MIME",
        ),
    ],
)
def test_attachment_that_may_hold_the_message_itself_is_told(part: str, reason: str, words: str) -> None:
    assert f"(not read: {words}" in body_of(part)
    assert failures_of(HEAD + multipart(TEXT, part)) == [("a.eml#part 2", reason)]


def test_message_of_attachments_alone_is_found_by_their_names() -> None:
    article = article_of(HEAD + multipart(attached("contract.png", "x", "image/png")))
    assert article.body == "S\n\nAttachment: contract.png (not read: image/png)"


@pytest.mark.parametrize(
    ("name", "data", "reason", "words"),
    [
        ("a.pdf", b"%PDF-1.4 and then nothing", "damaged", "not a readable PDF"),
        ("a.txt.gz", gzip.compress(STORY.encode() * 9, mtime=0)[:12], "damaged", "the gzip data is cut off"),
    ],
)
def test_attachment_that_should_be_read_and_cannot_is_told(name: str, data: bytes, reason: str, words: str) -> None:
    assert f"Attachment: {name} (not read: {words}" in body_of(attached(name, data))
    assert failures_of(HEAD + multipart(TEXT, attached(name, data))) == [("a.eml#part 2", reason)]


def test_charset_of_an_attached_text_counts() -> None:
    part = attached("a.txt", "Склад полон.".encode("koi8_r"), "text/plain; charset=koi8-r")
    assert body_of(part).endswith("Attachment: a.txt\n\nСклад полон.")


def test_attachments_beyond_the_bounds_are_named() -> None:
    many = HEAD + multipart(TEXT, *(attached(f"{number}.txt", f"Words {number}") for number in range(120)))
    body = article_of(many).body
    assert "Words 99" in body
    assert "Attachment: 110.txt (not read: too many or too large attachments)" in body
    assert failures_of(many) == [("a.eml#part 102", "too-large")]


def test_size_of_what_attachments_unpack_to_is_bounded() -> None:
    packed = attached("a.txt.gz", gzip.compress(b"word " * 10_000))
    found = read(HEAD + multipart(TEXT, *(packed,) * 9), max_bytes=120_000)
    assert isinstance(found[0], Article)
    assert len(found[0].body) < 130_000
    assert found[1:]


def test_attachments_are_named_when_those_before_used_up_the_size() -> None:
    parts = [attached(f"{number}.txt", f"Words{number} " * 1_250) for number in range(4)]
    [article, failure] = read(HEAD + multipart(TEXT, *parts), max_bytes=52_000)
    assert isinstance(article, Article)
    assert "Words2" in article.body
    assert article.body.endswith("Attachment: 3.txt (not read: too many or too large attachments)")
    assert failure.locator == "a.eml#part 5"


def test_file_in_file_without_end_is_told() -> None:
    text = HEAD + "\nThe innermost words.\n"
    for _ in range(8):
        text = HEAD + multipart(TEXT, attached("a.eml", text), boundary="b")
    assert "See what is attached." in article_of(text).body
    assert "too-deep" in [reason for _, reason in failures_of(text)]


def test_uuencoded_file_in_a_text_is_an_attachment() -> None:
    text = f"{HEAD}\nHello.\n\nbegin 644 a.txt\n,2&5L;&\\@=V]R;&0N\n`\nend\nBye.\nbegin 7 lines\nand end\n"
    assert article_of(text).body == "S\n\nHello.\n\nAttachment: a.txt\n\nHello world.\n\nBye.\nbegin 7 lines\nand end\n"


def test_archive_with_pictures_is_named() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x.png", b"\x89PNG")
    assert re.search(r"^Attachment: a\.zip", body_of(attached("a.zip", packed.getvalue())), re.MULTILINE)
