import gzip
import io
import sys
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from index.readers.base import ReadOptions
from tests.support.examples import examples
from tests.unit.index.readers.reading import articles, found, read, reasons, skipped

TEXT = "The ferries between the islands returned to service on Monday morning, the port authority said."
PAGE = f"<html><head><title>Ferries return</title></head><body><article><p>{TEXT}</p></article></body></html>".encode()
A = "http://example.org/a"


def http(body: bytes, *, status: str = "200 OK", kind: str | None = "text/html", headers: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\n" + (f"Content-Type: {kind}\r\n" if kind is not None else "") + headers + "\r\n"
    return head.encode() + body


def record(
    block: bytes, address: str = A, *, kind: str = "response", content_type: str = "application/http", headers: str = ""
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2019-03-05T10:00:00Z\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n{headers}\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


INFO = record(b"software: test\r\n", "", kind="warcinfo", content_type="application/warc-fields")


def written_by_warcio(*, is_packed: bool) -> bytes:
    """An archive as an independent program writes it."""
    output = io.BytesIO()
    writer = WARCWriter(output, gzip=is_packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "warcio"}))
    for number in range(3):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        body = PAGE.replace(b"islands", b"islands %d" % number)
        writer.write_record(
            writer.create_warc_record(f"{A}{number}", "response", payload=io.BytesIO(body), http_headers=headers)
        )
        request = StatusAndHeaders(f"GET /a{number} HTTP/1.1", [("Host", "example.org")], is_http_request=True)
        writer.write_record(writer.create_warc_record(f"{A}{number}", "request", http_headers=request))
    conversion = io.BytesIO(TEXT.encode())
    writer.write_record(
        writer.create_warc_record(
            "http://example.org/b.pdf", "conversion", payload=conversion, warc_content_type="text/plain"
        )
    )
    return output.getvalue()


# warcio leaves a temporary file open for each record.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.txt", "a"])
def test_pages_of_another_programs_archive_are_read(is_packed: bool, name: str) -> None:
    items = read(written_by_warcio(is_packed=is_packed), name)
    addresses = [f"{A}0", f"{A}1", f"{A}2", "http://example.org/b.pdf"]
    assert found(items) == {f"{name}#{address}": "article" for address in addresses}
    assert [item.url for item in articles(items)] == addresses
    assert articles(items)[0].title == "Ferries return"
    assert TEXT in articles(items)[3].body
    assert skipped(items) == []


def arc(*records: tuple[str, bytes], version: int = 1) -> bytes:
    extra = "200 - - 0 a.arc " if version == 2 else ""
    names = "URL IP-address Archive-date Content-type " + (
        "Result-code Checksum Location Offset Filename " * (version - 1)
    )
    block = f"{version} 0 Test\n{names}Archive-length\n".encode()
    data = f"filedesc://a.arc 0.0.0.0 20190305100000 text/plain {extra}{len(block)}\n".encode() + block + b"\n"
    for address, body in records:
        data += f"{address} 127.0.0.1 20190305100000 text/html {extra}{len(body)}\n".encode() + body + b"\n"
    return data


@pytest.mark.parametrize("version", [1, 2])
def test_arc_files_are_read(version: int) -> None:
    data = arc((A, http(PAGE)), ("http://example.org/x.png", http(b"\x89PNG", kind="image/png")), version=version)
    for packed in (data, gzip.compress(data)):
        items = read(packed, "a.arc")
        assert found(items) == {f"a.arc#{A}": "article"}
        assert len(skipped(items)) == 1


OTHER, NO_PAGE, REPEATED = (
    "files of other types in web archives",
    "redirects, errors and empty answers in web archives",
    "repeated captures in web archives",
)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (record(http(b"\x89PNG\r\n\x1a\n" + bytes(99), kind="image/png")), OTHER),
        (record(http(b"\x89PNG\r\n\x1a\n" + bytes(99), kind="text/html")), OTHER),
        (record(http(b"a { color: red }", kind="text/css")), OTHER),
        (record(http(b"a { color: red }", kind="text/plain"), f"{A}/style.css?x=1"), OTHER),
        (record(http(b'{"a": 1}', kind="text/plain")), OTHER),
        (record(http(b"%PDF-1.7", kind="application/pdf")), OTHER),
        (record(http(b"User-agent: *\nDisallow: /\n", kind="text/plain"), "http://example.org/robots.txt"), OTHER),
        (record(http(b"words without a type", kind=None)), OTHER),
        (record(b"dns answer", "dns:example.org", content_type="text/dns"), OTHER),
        (record(b"note", "metadata://gnu.org/wget/log", kind="resource", content_type="text/plain"), OTHER),
        (record(http(PAGE, status="301 Moved Permanently")), NO_PAGE),
        (record(http(PAGE, status="404 Not Found")), NO_PAGE),
        (record(http(PAGE, status="206 Partial Content")), NO_PAGE),
        (record(http(PAGE, status="503 Service Unavailable")), NO_PAGE),
        (record(http(b"")), NO_PAGE),
        (record(http(b""), kind="revisit"), REPEATED),
        (record(b"", kind="revisit"), REPEATED),
    ],
)
def test_what_is_no_page_is_counted_and_no_failure(data: bytes, kind: str) -> None:
    items = read(INFO + data, "a.warc")
    assert (found(items), skipped(items)) == ({}, [kind])


@pytest.mark.parametrize(
    "data",
    [
        record(http(PAGE, kind="text/html; charset=utf-8")),
        record(http(PAGE, kind="TEXT/HTML;charset=UTF-8")),
        record(http(PAGE, kind="application/xhtml+xml")),
        record(http(PAGE, kind=None)),
        record(http(PAGE, kind="text/plain")),
        record(http(TEXT.encode(), kind="text/plain; charset=us-ascii")),
        record(http(PAGE).replace(b"\r\n", b"\n")),
        record(http(PAGE), f"<{A}>"),
        record(PAGE, kind="resource", content_type="text/html"),
        record(TEXT.encode(), kind="conversion", content_type="text/plain"),
        record(http(PAGE), headers="X-Folded: one\r\n two\r\n"),
        record(http(PAGE)).replace(b"WARC/1.0", b"WARC/1.1"),
        record(http(PAGE)).replace(b"\r\nWARC-Type", b"\r\nwarc-type"),
        record(http(PAGE)).replace(b"\r\n", b"\n", 6),
        b"\r\n\r\n".join((INFO, record(http(PAGE)))),
    ],
)
def test_pages_and_texts_are_articles(data: bytes) -> None:
    [article] = articles(read(data, "a.warc"))
    assert TEXT in article.body
    assert (article.url, article.locator) == (A, f"a.warc#{A}")


def chunked(body: bytes, size: int = 50, *, extension: str = "") -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(f"{len(piece):x}{extension}\r\n".encode() + piece + b"\r\n" for piece in pieces) + b"0\r\n\r\n"


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Transfer-Encoding: chunked\r\n", chunked(PAGE)),
        ("Transfer-Encoding: Chunked\r\n", chunked(PAGE, extension=";name=value")),
        ("Transfer-Encoding: chunked\r\n", PAGE),
        ("Content-Encoding: gzip\r\n", gzip.compress(PAGE)),
        ("Content-Encoding: x-gzip\r\n", gzip.compress(PAGE)),
        ("Content-Encoding: gzip\r\n", PAGE),
        ("Content-Encoding: deflate\r\n", zlib.compress(PAGE)),
        ("Content-Encoding: deflate\r\n", raw_deflate(PAGE)),
        ("Content-Encoding: deflate\r\n", PAGE),
        ("Content-Encoding: br\r\n", brotli.compress(PAGE)),
        ("Content-Encoding: br\r\n", PAGE),
        ("Content-Encoding: identity\r\n", PAGE),
        ("Content-Encoding: zstd\r\n", PAGE),
        ("Content-Encoding: gzip, br\r\n", brotli.compress(gzip.compress(PAGE))),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked(gzip.compress(PAGE))),
    ],
)
def test_encodings_of_the_transfer_are_undone(headers: str, body: bytes) -> None:
    [article] = articles(read(record(http(body, headers=headers)), "a.warc"))
    assert (article.title, TEXT in article.body) == ("Ferries return", True)


def story(text: str, declared: str = "") -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}<title>{text}</title></head><body><p>{text}</p></body></html>"


RUSSIAN = "Порт Риги снова открыт для судов"
TURKISH = "İzmir limanında çalışan işçiler"


@pytest.mark.parametrize(
    ("text", "encoding", "charset", "declared"),
    [
        (RUSSIAN, "cp1251", "windows-1251", ""),
        (RUSSIAN, "koi8-r", "KOI8-R", "windows-1251"),
        (RUSSIAN, "utf-8", "utf-8", "windows-1251"),
        # Servers say Latin-1 for everything; valid UTF-8 is UTF-8.
        (RUSSIAN, "utf-8", "ISO-8859-1", "utf-8"),
        (RUSSIAN, "utf-8", "no-such-charset", "utf-8"),
        (RUSSIAN, "cp1251", "", "windows-1251"),
        (TURKISH, "cp1254", "iso-8859-9", ""),
        (RUSSIAN, "utf-16", "utf-16", ""),
        # Too little text for statistics: only the server knows.
        ("Élysée", "mac-roman", "macintosh", ""),
    ],
)
def test_the_charset_of_the_server_is_respected(text: str, encoding: str, charset: str, declared: str) -> None:
    kind = f"text/html; charset={charset}" if charset else "text/html"
    [article] = articles(read(record(http(story(text, declared).encode(encoding), kind=kind)), "a.warc"))
    assert article.title == text


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("2019-03-04", "2019-03-04"),
        ("2019-03-06", "2019-03-06"),
        ("2019-03-07", None),
        ("2024-01-01", None),
        ("", None),
    ],
)
def test_the_day_of_the_capture_is_no_publication_date_but_its_last_possible_day(
    stated: str, published: str | None
) -> None:
    meta = f'<meta property="article:published_time" content="{stated}">' if stated else ""
    page = PAGE.replace(b"</head>", meta.encode() + b"</head>")
    [article] = articles(read(record(http(page)), "a.warc"))
    assert (article.published.value if article.published else None) == published
    assert (article.published_origin is None) is (published is None)


def test_one_content_of_an_address_is_read_once() -> None:
    digest = "WARC-Payload-Digest: sha1:AAAA\r\n"
    changed = http(PAGE.replace(b"Monday", b"Tuesday"))
    data = record(http(PAGE)) * 2 + record(changed) + record(http(PAGE), f"{A}b", headers=digest) * 2
    items = read(data, "a.warc")
    assert found(items) == {f"a.warc#{A}": "article", "a.warc#3~": "article", f"a.warc#{A}b": "article"}
    assert skipped(items) == [REPEATED, REPEATED]


def test_a_very_long_address_is_kept_and_the_article_is_named_by_its_number() -> None:
    [article] = articles(read(record(http(PAGE), f"{A}?{'x' * 300}"), "a.warc"))
    assert (article.locator, article.url) == ("a.warc#1", f"{A}?{'x' * 300}")


GOOD = record(http(PAGE), f"{A}z")
READ = {f"a.warc#{A}z": "article"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            record(http(PAGE)).replace(b"Content-Length: ", b"Content-Length: x") + GOOD,
            {"a.warc#1": "bad-record", **READ},
        ),
        (record(http(PAGE)).replace(b"Content-Length", b"No-Length") + GOOD, {"a.warc#1": "bad-record", **READ}),
        (INFO + b"garbage\nmore of it\n" * 50 + GOOD, {"a.warc#2": "bad-record", **READ}),
        (INFO + b"x" * 300_000 + b"\n" + GOOD, {"a.warc#2": "bad-record", **READ}),
        (record(b"no answer of a server") + GOOD, {"a.warc#1": "bad-record", **READ}),
        (record(http(b"<html><script>x</script></html>")) + GOOD, {"a.warc#1": "empty", **READ}),
        (record(http(b"<html>" + b"x" * 200_000)) + GOOD, {"a.warc#1": "too-large", **READ}),
        (
            record(http(gzip.compress(b"<html>" + b"x" * 9_000_000), headers="Content-Encoding: gzip\r\n")) + GOOD,
            {"a.warc#1": "too-large", **READ},
        ),
        (
            record(http(zlib.compress(b"<html>" + b"x" * 9_000_000), headers="Content-Encoding: deflate\r\n")) + GOOD,
            {"a.warc#1": "too-large", **READ},
        ),
        (
            record(http(brotli.compress(b"<html>" + b"x" * 9_000_000), headers="Content-Encoding: br\r\n")) + GOOD,
            {"a.warc#1": "too-large", **READ},
        ),
        (
            record(http(gzip.compress(PAGE)[:-30], headers="Content-Encoding: gzip\r\n")) + GOOD,
            {"a.warc#1": "damaged", **READ},
        ),
        (
            record(http(brotli.compress(PAGE)[:-30], headers="Content-Encoding: br\r\n")) + GOOD,
            {"a.warc#1": "damaged", **READ},
        ),
        (
            record(http(bytes(range(256)) * 9, headers="Content-Encoding: zstd\r\n")) + GOOD,
            {"a.warc#1": "unsupported", **READ},
        ),
        (GOOD + record(http(PAGE))[:-40], {**READ, "a.warc#2": "damaged"}),
        (GOOD + record(http(PAGE))[:60], {**READ, "a.warc#2": "bad-record"}),
        (INFO, {"a.warc": "empty"}),
    ],
)
def test_one_bad_record_loses_only_itself(data: bytes, expected: dict[str, str]) -> None:
    assert found(read(data, "a.warc", ReadOptions(max_bytes=100_000))) == expected


def test_large_files_of_other_types_are_no_failures() -> None:
    items = read(record(http(bytes(300_000), kind="video/mp4")) + GOOD, "a.warc", ReadOptions(max_bytes=100_000))
    assert (found(items), skipped(items)) == (READ, [OTHER])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_packed_archive_that_is_cut_off_says_so(share: float) -> None:
    data = written_by_warcio(is_packed=True)
    assert found(read(data[: int(len(data) * share)], "a.warc.gz"))["a.warc.gz"] == "damaged"


def test_missing_library_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    items = read(record(http(brotli.compress(PAGE), headers="Content-Encoding: br\r\n")) + GOOD, "a.warc")
    assert found(items) == {"a.warc#1": "needs-extra", **READ}
    assert 'pip install "dossier-search[warc]"' in str(items[0])


@settings(max_examples=examples(100))
@given(data=st.data())
def test_broken_archives_never_raise(data: st.DataObject) -> None:
    archive = bytearray(INFO + record(http(chunked(PAGE), headers="Transfer-Encoding: chunked\r\n")) + GOOD)
    for _ in range(data.draw(st.integers(1, 20))):
        archive[data.draw(st.integers(10, len(archive) - 1))] = data.draw(st.integers(0, 255))
    assert "reader-error" not in reasons(read(bytes(archive), "a.warc"))
