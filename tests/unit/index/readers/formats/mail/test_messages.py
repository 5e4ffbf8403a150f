from email.message import EmailMessage

import pytest

from index.model import Article, Failure
from index.readers.base import ReadOptions, Source
from index.readers.registry import read_source


def message(*, html: str = "", subject: str = "Ferries – zurück") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Jane Röe <jane@example.org>"
    made["Date"] = "Mon, 04 Mar 2019 23:30:00 +0300"
    made["Subject"] = subject
    made["Message-ID"] = "<1@example.org>"
    made.set_content("The strike is over.\nGrüße.\n")
    made.add_alternative(html or "<p>The <b>strike</b> is over.</p>", subtype="html")
    return made


def read(data: bytes, name: str = "a.eml", **options: int) -> list[Article | Failure]:
    return list(read_source(Source(name, data=data), ReadOptions(**options)))  # type: ignore[arg-type]


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


def test_attachments_are_not_text() -> None:
    made = message()
    made.add_attachment("secret", filename="a.txt")
    [article] = read(made.as_bytes())
    assert isinstance(article, Article)
    assert "secret" not in article.body


@pytest.mark.parametrize("header", ["Date: nonsense", "Date: ", "From: <<>>", "Subject: =?utf-8?b?!!?=", "From: ,"])
def test_broken_headers_do_no_harm(header: str) -> None:
    [article] = read(f"{header}\nX-Other: 1\n\nThe strike is over.\n".encode())
    assert isinstance(article, Article)
    assert article.published is None


def test_mbox_gives_one_article_a_message() -> None:
    text = message().as_bytes()
    separator = b"From jane@example.org Mon Mar  4 10:00:00 2019\n"
    found = read(separator + text + b"\n" + separator + b"Subject: Two\n\nHello.\n>From here on\n", "a.mbox")
    assert [item.locator for item in found] == ["a.mbox#1@example.org", "a.mbox#2"]
    assert isinstance(found[1], Article)
    assert found[1].body == "Two\n\nHello.\nFrom here on\n"


def test_large_or_empty_message_in_an_mbox_fails_alone() -> None:
    separator = b"From a@b.c Mon Mar  4 10:00:00 2019\n"
    parts = [
        b"Subject: A\n\nOne.\n\n",
        b"Subject: B\n\n" + b"word " * 100 + b"\n\n",
        b"Subject: C\n\n\n\n",
        b"S: D\n\nFour.\n",
    ]
    found = read(b"".join(separator + part for part in parts), "a.mbox", max_bytes=200)
    assert [isinstance(item, Failure) and item.reason for item in found] == [False, "too-large", "no-text", False]
