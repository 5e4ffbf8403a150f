from email.message import EmailMessage

import pytest

from index.model import Article
from index.readers.formats.mail.messages import parse_mail_date
from tests.unit.index.readers.formats.mail.samples import article_of, failures_of, multipart, read


def message(*, html: str = "", subject: str = "Ferries – zurück") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Jane Röe <jane@example.org>"
    made["Date"] = "Mon, 04 Mar 2019 23:30:00 +0300"
    made["Subject"] = subject
    made["Message-ID"] = "<1@example.org>"
    made.set_content("The strike is over.\nGrüße.\n")
    made.add_alternative(html or "<p>The <b>strike</b> is over.</p>", subtype="html")
    return made


def test_headers_and_text_are_read() -> None:
    [article] = read(message().as_bytes())
    assert isinstance(article, Article)
    assert article.published is not None
    assert (article.title, article.byline, article.published.value, article.published_origin, article.locator) == (
        "Ferries – zurück",
        "Jane Röe",
        "2019-03-04",
        "mail header Date",
        "a.eml",
    )
    assert article.body == "Ferries – zurück\n\nThe strike is over.\nGrüße.\n"


def test_html_alone_is_read_without_its_tags() -> None:
    data = b"From: a@b.c\r\nSubject: S\r\nContent-Type: text/html; charset=cp1252\r\n\r\n<p>Gr\xfc\xdfe</p><p>two</p>"
    [article] = read(data)
    assert isinstance(article, Article)
    assert article.body == "S\n\nGrüße\n\ntwo"


@pytest.mark.parametrize("header", ["Date: nonsense", "Date: ", "From: <<>>", "Subject: =?utf-8?b?!!?=", "From: ,"])
def test_broken_headers_do_no_harm(header: str) -> None:
    [article] = read(f"{header}\nX-Other: 1\n\nThe strike is over.\n".encode())
    assert isinstance(article, Article)
    assert article.published is None


HEAD = "From: Alma Reyes <alma@example.org>\nDate: Tue, 03 Mar 2020 10:00:00 +0100\nSubject: S\n"
PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mon, 2 Mar 2020 10:00:00 -0800 (PST)", "2020-03-02"),
        ("Mon, 2 Mar 2020 10:00:00 +0100 (Mitteleuropäische Zeit)", "2020-03-02"),
        ("2 Mar 2020", "2020-03-02"),
        ("22 Mar 93 09:41 PST", "1993-03-22"),
        ("2020-03-02T10:00:00Z", "2020-03-02"),
        ("Mon, 32 Mar 2020 10:00:00 +0000", None),
        ("Mon, 2 Mar 20200 10:00:00 +0000", None),
        ("nonsense", None),
        ("", None),
    ],
)
def test_date_of_a_mail_is_read(text: str, value: str | None) -> None:
    found = parse_mail_date(text)
    assert (found.value if found is not None else None) == value


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("windows-1251", "cp1251"), ("koi8-r", "koi8_r"), ("utf-8", "utf-8"), (None, "cp1251"), ("us-ascii", "cp1251")],
)
def test_raw_subject_has_the_charset_of_the_text(charset: str | None, codec: str) -> None:
    kind = f"Content-Type: text/plain; charset={charset}\n" if charset is not None else ""
    text = (
        f"From: Иван Петренко <i@example.org>\nSubject: Отчёт о поставках из Риги\n{kind}\n"
        "Поставки из Риги выросли на треть, сообщил директор порта. Склад полон.\n"
    )
    article = article_of(text.encode(codec))
    assert (article.title, article.byline) == ("Отчёт о поставках из Риги", "Иван Петренко")
    assert "Склад полон" in article.body


def test_raw_subject_has_the_charset_of_a_part() -> None:
    part = "Content-Type: text/plain; charset=koi8-r\n\nСклад полон."
    text = "Subject: Отчёт\n" + multipart("Content-Type: image/png\n\nx", part)
    assert article_of(text.encode("koi8_r")).title == "Отчёт"


@pytest.mark.parametrize("name", ["a.emlx", "a.eml"])
def test_length_and_properties_of_apple_are_no_text(name: str) -> None:
    message = f"{HEAD}\nHello there.\n"
    article = article_of(f"{len(message)}      \n{message}<?xml version='1.0'?>\n<plist></plist>\n", name)
    assert article.body == "S\n\nHello there.\n"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + HEAD.encode() + b"\nHello.\n",
        (HEAD + "\nHello.\n").encode("utf-16"),
        (HEAD + "\nHello.\n").replace("\n", "\r").encode(),
        b"\n\n" + HEAD.encode() + b"\nHello.\n",
        HEAD.encode() + b"\nHello.\n" + bytes(range(1, 9)) * 99,
    ],
)
def test_message_is_read_whatever_its_bytes_around_the_text(data: bytes) -> None:
    article = article_of(data)
    assert (article.title, article.byline) == ("S", "Alma Reyes")
    assert "Hello." in article.body


@pytest.mark.parametrize(
    "name",
    [
        "mail/cur/1204680122.M2P3.harbor:2,S",
        "mail/new/1204680122.M2P3.example.md",
        "mail/new/1204680122.M2P3.example.sh",
        "mail/cur/1204680122.M2P3.harbor,S=45;2,Sb",
        "mail/tmp/1204680122.M2P3.harbor",
        "1.",
    ],
)
def test_file_of_a_maildir_is_a_message(name: str) -> None:
    article = article_of(HEAD.replace(": S", ":S") + "Cc:\n\nHello there.\n", name)
    assert (article.title, article.body, article.locator) == ("S", "S\n\nHello there.\n", name)


@pytest.mark.parametrize(("name", "command"), [("a.msg", "msgconvert"), ("a.pst", "readpst")])
def test_file_of_outlook_says_how_to_convert_it(name: str, command: str) -> None:
    [failure] = read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), name)
    assert not isinstance(failure, Article)
    assert failure.reason == "unsupported"
    assert command in failure.hint


def test_encrypted_message_says_so() -> None:
    part = "Content-Type: application/octet-stream\n\nx"
    text = HEAD + multipart("Content-Type: application/pgp-encrypted\n\nVersion: 1", part, kind="encrypted")
    assert failures_of(text) == [("a.eml", "encrypted")]


@pytest.mark.parametrize(
    ("part", "locator", "reason"),
    [
        ("Content-Transfer-Encoding: base64\n\n" + "QUJD" * 30 + "*", "a.eml#part 2", "damaged"),
        ("Content-Transfer-Encoding: base64\n\nThis is no base64, but plain text.", "a.eml#part 2", "damaged"),
        ("Content-Transfer-Encoding: 9bit\n\nText.", "a.eml#part 2", "damaged"),
        ("Content-Type: text/plain; charset=x-klingon\n\nGrüße.", "a.eml#part 2", "unknown-encoding"),
        ("Content-Type: application/pdf; name=a.pdf\n\n%PDF-1.4 nothing", "a.eml#part 2", "damaged"),
    ],
)
def test_bad_part_loses_only_itself_and_is_told(part: str, locator: str, reason: str) -> None:
    text = HEAD + multipart(PLAIN + "First text.", part, PLAIN + "Last text.")
    article = article_of(text)
    assert "First text." in article.body
    assert "Last text." in article.body
    assert failures_of(text) == [(locator, reason)]


def test_text_with_a_wrong_label_is_read_as_it_is() -> None:
    text = f"{HEAD}Content-Transfer-Encoding: base64\n\nThe ferries are back, said the harbor master.\n"
    assert article_of(text).body == "S\n\nThe ferries are back, said the harbor master.\n"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("base64", "SGVsbG8gd29ybGQu"),
        ("base64", "SGVsbG8g\nd29ybGQu\n"),
        ("base64", "SGVsbG8=\nIHdvcmxkLg=="),
        ("base64", "SGVsbG8gd29ybGQuCg"),
        ("BASE64 (comment)", "SGVsbG8gd29ybGQu"),
        ("quoted-printable", "Hello w=6Frld=\n."),
        ("x-uuencode", "begin 644 a\n,2&5L;&\\@=V]R;&0N\n`\nend\n"),
        ("8 bit", "Hello world."),
        ("", "Hello world."),
    ],
)
def test_transfer_encodings_are_undone(encoding: str, body: str) -> None:
    text = f"{HEAD}Content-Transfer-Encoding: {encoding}\n\n{body}\n"
    assert article_of(text).body.strip() == "S\n\nHello world."
    assert failures_of(text) == []


@pytest.mark.parametrize(
    ("header", "day", "origin"),
    [
        ("Received: from x by y; Tue, 03 Mar 2020 10:00:00 +0100", "2020-03-03", "mail header Received"),
        ("Received: from x by y", None, None),
        ("Date: nonsense\nReceived: from x by y; Tue, 03 Mar 2020 10:00:00 +0100", None, None),
        ("Date: Thu, 01 Jan 1970 00:00:00 +0000", None, None),
    ],
)
def test_a_message_without_date_has_that_of_its_arrival(header: str, day: str | None, origin: str | None) -> None:
    article = article_of(f"From: a@example.org\nSubject: S\n{header}\n\nThe strike is over.\n")
    assert (article.published.value if article.published else None, article.published_origin) == (day, origin)
