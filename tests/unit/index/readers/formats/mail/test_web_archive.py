from quopri import encodestring

import pytest

from index.model import Article
from tests.unit.index.readers.formats.mail.samples import article_of, failures_of, read

STORY = "The ferries between the islands returned to service on Monday morning, said the harbor master to reporters. "
ADDRESS = "https://example.org/ferries"
DATED = '<meta property="article:published_time" content="2019-10-22T08:00:00Z">'


def page(head: str = "<title>Ferries return</title>", body: str = f"<h1>Ferries return</h1><p>{STORY * 4}</p>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def saved(
    html: str, *, location: str = f"Content-Location: {ADDRESS}", charset: str = "", codec: str = "utf-8"
) -> bytes:
    encoded = encodestring(html.encode(codec)).replace(b"\n", b"\r\n")
    head = (
        "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?Saved=20title?=\r\nDate: Tue, 3 Mar 2020 10:00:00 -0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="--x--"\r\n\r\n'
        f"----x--\r\nContent-Type: text/html{charset}\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n{location}\r\n\r\n"
    )
    rest = "\r\n----x--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBOR\r\n----x----\r\n"
    return head.encode() + encoded + rest.encode()


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a"])
def test_saved_page_is_read_as_a_page(name: str) -> None:
    article = article_of(saved(page()), name)
    assert (article.title, article.url, article.published) == ("Ferries return", ADDRESS, None)
    assert article.body.startswith("Ferries return\n\nThe ferries between the islands")


def test_date_is_that_of_the_page_and_not_of_saving() -> None:
    article = article_of(saved(page(DATED + "<title>Ferries return</title>")), "a.mhtml")
    assert article.published is not None
    assert article.published.value == "2019-10-22"


def test_subject_stands_for_a_title_that_is_missing() -> None:
    assert article_of(saved(page("", f"<p>{STORY * 4}</p>")), "a.mhtml").title == "Saved title"


@pytest.mark.parametrize(
    ("charset", "codec"), [("; charset=koi8-r", "koi8_r"), ('; charset="utf-8"', "utf-8"), ("", "windows-1251")]
)
def test_charset_of_the_part_counts_and_then_that_of_the_page(charset: str, codec: str) -> None:
    html = page('<meta charset="windows-1251"><title>Склад полон</title>', f"<p>{'Паромы вернулись в порт. ' * 9}</p>")
    article = article_of(saved(html, charset=charset, codec=codec), "a.mhtml")
    assert article.title == "Склад полон"
    assert "Паромы вернулись" in article.body


@pytest.mark.parametrize(
    "location", ["Content-Location: cid:frame-1@mhtml.blink", "Content-Location: file:///C:/page.html", "X: y"]
)
def test_other_locations_are_no_address(location: str) -> None:
    assert article_of(saved(page(), location=location), "a.mhtml").url is None


def test_page_of_frames_is_the_first_frame_with_text() -> None:
    frames = saved('<html><frameset><frame src="cid:f"></frameset></html>').decode()
    frame = f"----x--\r\nContent-Type: text/html\r\n\r\n{page()}\r\n----x----"
    assert "The ferries between" in article_of(frames.replace("----x----", frame, 1), "a.mhtml").body


def test_page_alone_without_parts_is_read() -> None:
    text = f"Content-Type: text/html; charset=utf-8\nContent-Location: {ADDRESS}\n\n{page()}"
    assert article_of(text, "a.mht").url == ADDRESS


def test_file_without_a_page_is_a_failure() -> None:
    assert failures_of("Content-Type: image/png\n\nx\n", "a.mht") == [("a.mht", "no-text")]
    assert not [item for item in read("", "a.mht") if isinstance(item, Article)]
