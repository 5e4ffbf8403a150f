"""Packed data that is cut off: what stands before the cut is read, and the cut is told."""

import base64
import bz2
import gzip
import io
import json
import lzma
import random
import tarfile
import zlib
from collections.abc import Callable

import pytest

from index.model import Failure
from tests.unit.index.readers.reading import articles, found, read, reasons

Pack = Callable[[bytes], bytes]

PACKS = [pytest.param(gzip.compress, "gz", id="gzip"), pytest.param(lzma.compress, "xz", id="xz")]
_WORDS = [
    "the",
    "ferry",
    "harbor",
    "strike",
    "ended",
    "crews",
    "island",
    "boats",
    "morning",
    "storm",
    "captain",
    "minister",
    "port",
    "wind",
    "Größe",
]


def _text(seed: int, count: int = 300) -> str:
    drawn = random.Random(seed)
    return " ".join(drawn.choice(_WORDS) + str(drawn.randrange(1000)) for _ in range(count))


TEXTS = tuple(_text(seed) for seed in range(40))


def _mbox() -> str:
    head = "From a@example.org Mon Mar  4 10:00:00 2019\nFrom: a@example.org\nSubject: S\n\n"
    return "".join(f"{head}{text}\n\n" for text in TEXTS)


def _warc() -> bytes:
    records = []
    for number, text in enumerate(TEXTS):
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{text}".encode()
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        records.append(f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n")
    return b"".join(records)


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for number, text in enumerate(TEXTS):
            member = tarfile.TarInfo(f"{number}.txt")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return buffer.getvalue()


ROWS = {
    "a.jsonl": "".join(json.dumps({"text": text}) + "\n" for text in TEXTS).encode(),
    "a.json": json.dumps([{"text": text} for text in TEXTS]).encode(),
    "b.json": json.dumps({"status": "ok", "articles": [{"text": text} for text in TEXTS]}).encode(),
    "a.csv": ("title,text\n" + "".join(f'T,"{text}"\n' for text in TEXTS)).encode(),
    "b.csv": ("title,text\n" + "".join(f'T,"{text[:99]}\n{text[99:]}"\n' for text in TEXTS)).encode(),
    "a.warc": _warc(),
    "a.rss": ("<rss><channel>" + "".join(f"<item><description>{text}</description></item>" for text in TEXTS)).encode(),
}


@pytest.mark.parametrize(("pack", "suffix"), PACKS)
@pytest.mark.parametrize("name", ROWS)
def test_rows_before_the_cut_are_read_whole(name: str, pack: Pack, suffix: str) -> None:
    packed = pack(ROWS[name])
    items = read(packed[: len(packed) // 2], f"{name}.{suffix}")
    whole = {article.body for article in articles(read(ROWS[name], name))}
    bodies = [article.body for article in articles(items)]
    assert 10 < len(bodies) < 30
    assert set(bodies) <= whole
    last = items[-1]
    assert isinstance(last, Failure)
    assert (last.locator, last.reason) == (f"{name}.{suffix}", "damaged")
    assert "is cut off: only what stands before that was read" in last.message


@pytest.mark.parametrize(("pack", "suffix"), PACKS)
def test_files_before_the_cut_are_read_and_that_in_which_it_is_cut_is_named(pack: Pack, suffix: str) -> None:
    packed = pack(_tar())
    items = read(packed[: len(packed) // 2], f"a.tar.{suffix}")
    states = found(items)
    assert states[f"a.tar.{suffix}"] == "damaged"
    cut = [locator for locator, state in states.items() if state == "damaged" and "!/" in locator]
    assert len(cut) <= 1
    bodies = [article.body for article in articles(items) if article.locator not in cut]
    assert 10 < len(bodies) < 30
    assert set(bodies) <= set(TEXTS)


@pytest.mark.parametrize(("pack", "suffix"), PACKS)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "\n\n".join(TEXTS)),
        ("a.html", "<html><body>" + "".join(f"<p>{text}</p>" for text in TEXTS)),
        ("a.md", "# Ferries\n\n" + "\n\n".join(TEXTS)),
        ("a.eml", "From: a@example.org\nSubject: S\nDate: Mon, 4 Mar 2019 10:00:00 +0000\n\n" + "\n\n".join(TEXTS)),
    ],
)
def test_a_text_that_is_cut_off_is_read_and_does_not_pass_as_whole(
    name: str, text: str, pack: Pack, suffix: str
) -> None:
    packed = pack(text.encode())
    items = read(packed[: len(packed) // 2], f"{name}.{suffix}")
    [article] = articles(items)
    assert TEXTS[0] in article.body
    assert "\ufffd" not in article.body
    assert reasons(items) == ["damaged"]


@pytest.mark.parametrize("cut", range(1, 12))
def test_no_part_of_a_character_is_left_at_the_cut(cut: int) -> None:
    # Blocks that are stored as they are end where they are cut.
    compressor = zlib.compressobj(0, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    packed = compressor.compress("The port of Größe 港口 😀😀".encode()) + compressor.flush()
    items = read(packed[: -8 - cut], "a.txt")
    [article] = articles(items)
    assert "The port of Größe 港口 😀😀".startswith(article.body)
    assert reasons(items) == ["damaged"]


def test_messages_before_the_cut_are_read() -> None:
    packed = gzip.compress(_mbox().encode())
    items = read(packed[: len(packed) // 2], "a.mbox.gz")
    assert 10 < len(articles(items)) < 30
    assert reasons(items) == ["damaged"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("number", range(2))
def test_a_cut_behind_a_whole_stream_loses_nothing_of_it(pack: Pack, number: int) -> None:
    items = read(pack(TEXTS[0].encode()) + pack(TEXTS[1].encode())[: 5 + 3 * number], "a.txt")
    assert [article.body for article in articles(items)] == [TEXTS[0]]
    assert reasons(items) == ["damaged"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_data_behind_packed_data_is_told_and_loses_nothing(pack: Pack) -> None:
    items = read(pack(TEXTS[0].encode()) + b"<!-- served in 3 ms -->", "a.txt")
    assert [article.body for article in articles(items)] == [TEXTS[0]]
    [failure] = [item for item in items if isinstance(item, Failure)]
    assert failure.message.startswith("something else follows")
    assert found(read(pack(ROWS["a.jsonl"].rstrip()) + b"x", "a"))[f"a#{len(TEXTS)}"] == "article"
    assert reasons(read(pack(TEXTS[0].encode()) + bytes(200_000), "a.txt")) == []


def test_what_was_compressed_twice_is_unpacked_twice() -> None:
    packed = gzip.compress(gzip.compress(TEXTS[0].encode()))
    assert [article.body for article in articles(read(packed, "a.txt.gz"))] == [TEXTS[0]]
    assert reasons(read(packed[:-20], "a.txt.gz")) == ["damaged"]
    assert reasons(read(gzip.compress(packed), "a.txt.gz")) == ["binary"]


@pytest.mark.parametrize("end", ["", "\n", "\nC,three\n"])
def test_quotes_that_are_still_open_at_the_end_of_a_table_are_told(end: str) -> None:
    items = read(f'title,text\nA,"one"\nB,"two is cut{end}'.encode(), "a.csv")
    assert [article.locator for article in articles(items)] == ["a.csv#1", "a.csv#2"]
    assert reasons(items) == ["bad-row"]
    assert reasons(read(b'title,text\nA,"one"\nB,"two"', "a.csv")) == []


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_nothing_before_the_cut_is_a_failure_alone(pack: Pack) -> None:
    items = read(pack(TEXTS[0].encode())[:20], "a.txt")
    assert [(type(item), reasons([item])) for item in items] == [(Failure, ["damaged"])]


def test_an_attachment_that_is_cut_off_is_named() -> None:
    packed = gzip.compress(TEXTS[0].encode())[:-300]
    body = "".join(f"{line}\n" for line in _base64(packed))
    message = (
        "From: a@example.org\nSubject: S\nDate: Mon, 4 Mar 2019 10:00:00 +0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nThe text.\n--b\nContent-Type: application/gzip\n'
        'Content-Disposition: attachment; filename="a.txt.gz"\nContent-Transfer-Encoding: base64\n\n'
        f"{body}--b--\n"
    )
    items = read(message.encode(), "a.eml")
    [article] = articles(items)
    assert TEXTS[0][:200] in article.body
    assert [item.locator for item in items if isinstance(item, Failure)] == ["a.eml#part 2"]


def _base64(data: bytes) -> list[str]:
    text = base64.b64encode(data).decode()
    return [text[at : at + 76] for at in range(0, len(text), 76)]
