import errno
import gzip
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DiskFullError
from index.model import Article, Failure
from index.readers.article import building
from index.readers.base import ReadOptions, Source
from index.readers.registry import ARCHIVES, READERS, read_source
from index.readers.sniffing import SUFFIXES, Format
from tests.support.examples import examples

STORY = "Ferries return after strike\n\nThe ferries between the islands returned to service on Monday morning.\n"


def read(data: bytes, name: str = "a.txt", options: ReadOptions | None = None) -> list[Article | Failure]:
    return list(read_source(Source(name, data=data), options))


def reasons(found: list[Article | Failure]) -> list[str]:
    return [item.reason if isinstance(item, Failure) else "article" for item in found]


def test_every_format_has_a_reader() -> None:
    assert {*READERS, *ARCHIVES} == set(Format)


def test_body_of_a_text_file_is_its_text() -> None:
    [article] = read(STORY.encode())
    assert isinstance(article, Article)
    assert article.body == STORY


def test_same_locator_and_content_give_the_same_article(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(STORY)
    assert list(read_source(Source("a.txt", path=file))) == read(STORY.encode())


def test_changed_content_keeps_the_id_and_changes_the_hash() -> None:
    [before], [after] = read(STORY.encode()), read(STORY.upper().encode())
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert before.id == after.id
    assert before.content_hash != after.content_hash


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", bytes(range(256)) * 10, "binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"x" * 100, "binary"),
        ("a.docx", b"PK\x03\x04" + b"x" * 100, "damaged"),
        ("a.css", b"body { color: red }", "unsupported"),
        ("a.txt", b"x" * 2000, "too-large"),
        ("a.json", b'{"text": ', "bad-json"),
        ("a.json", b"[" * 100_000, "too-large"),
        ("a.jsonl", b'{"title": "no text here"}', "no-text"),
        ("a.csv", b"title,text\n", "empty"),
        ("a.csv", b"title,date\nOne,2019", "no-text"),
        ("a.pdf", b"%PDF-1.4 and then nothing of the kind", "damaged"),
        ("a.eml", b"Subject: nothing\n\n", "no-text"),
        ("a.html", b"<html><!-- nothing --></html>", "empty"),
        ("a.txt.gz", gzip.compress(b"text" * 200, mtime=0)[:10], "damaged"),
    ],
)
def test_bad_content_is_a_failure_with_its_reason(name: str, data: bytes, reason: str) -> None:
    assert reasons(read(data, name, ReadOptions(max_bytes=1000))) == [reason]


def test_file_that_is_gone_is_a_failure(tmp_path: Path) -> None:
    assert reasons(list(read_source(Source("a.txt", path=tmp_path / "a.txt")))) == ["unreadable"]


def test_unknown_encoding_is_a_failure() -> None:
    assert reasons(read(b"text", options=ReadOptions(encoding="utf-99"))) == ["unknown-encoding"]


def test_mapping_of_an_unknown_field_is_a_failure() -> None:
    assert reasons(read(b'{"a": "b"}', "a.json", ReadOptions(mapping={"author": "a"}))) == ["bad-mapping"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "<!DOCTYPE html><html><body><p>" + STORY + "</p></body></html>"),
        ("a.json", json.dumps({"text": STORY}) + "\n" + json.dumps({"text": STORY})),
        ("a.jsonl", json.dumps([{"text": STORY}], indent=1)),
        ("a.txt", json.dumps([{"text": STORY}])),
        ("a", json.dumps({"text": STORY})),
        ("a.txt", "---\ntitle: Ferries return\n---\n" + STORY),
        ("a.txt", "From: a@example.org\nDate: Mon, 4 Mar 2019 10:00:00 +0000\nSubject: Ferries\n\n" + STORY),
        ("a.pdf", STORY),
        ("a.unheard-of", STORY),
    ],
)
def test_content_counts_more_than_the_suffix(name: str, content: str) -> None:
    article = read(content.encode(), name)[0]
    assert isinstance(article, Article)
    assert "returned to service" in article.body
    assert "<" not in article.body
    assert "{" not in article.body
    assert "---" not in article.body


@pytest.mark.parametrize("name", ["a.txt.gz", "a.txt", "a.gz"])
def test_gzip_is_unpacked_whatever_the_name(name: str) -> None:
    [article] = read(gzip.compress(STORY.encode()), name)
    assert isinstance(article, Article)
    assert article.body == STORY


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt.gz", b"a" * 5_000_000), ("a.jsonl.gz", b"a" * 5_000_000), ("a.jsonl.gz", b"x" + b"\n" * 5_000_000)],
)
def test_compressed_bomb_is_stopped(name: str, content: bytes) -> None:
    found = read(gzip.compress(content), name, ReadOptions(max_bytes=100_000))
    assert reasons(found)[-1] in ("too-large", "compressed-bomb")


def test_rows_are_known_by_their_own_id_else_by_number() -> None:
    rows = [{"id": "x1", "text": "One."}, {"text": "Two."}, {"id": "x1", "text": "Three."}, {"id": 7, "text": "Four."}]
    found = read("\n".join(map(json.dumps, rows)).encode(), "a.jsonl")
    assert [item.locator for item in found] == ["a.jsonl#x1", "a.jsonl#2", "a.jsonl#3~", "a.jsonl#7"]


def test_number_of_a_row_never_takes_the_locator_of_another() -> None:
    rows = [{"id": 2, "text": "One."}, {"text": "Two."}, {"id": "2~", "text": "Three."}]
    found = read("\n".join(map(json.dumps, rows)).encode(), "a.jsonl")
    assert len({item.locator for item in found}) == 3


@settings(max_examples=examples(150))
@given(data=st.binary(max_size=400), suffix=st.sampled_from([*SUFFIXES, "", ".xml", ".txt.gz", ".bin"]))
def test_arbitrary_bytes_never_raise(data: bytes, suffix: str) -> None:
    found = read(data, f"a{suffix}")
    assert found
    assert "reader-error" not in reasons(found)


STARTS = (
    *("", "%PDF-1.7\n", "<html>", "{", "[", '{"text": "', "---\n", "From: a@b.c\nDate: x\nSubject: y\n\n", "a,b\n"),
    *("From a@b.c Mon Jan 4 10:00:00 2019\nSubject: ", "<!doctype html><meta charset=", "+++\n", '"'),
)


@settings(max_examples=examples(150))
@given(
    start=st.sampled_from(STARTS),
    text=st.text(st.characters(codec="utf-8"), max_size=200),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-8-sig"]),
    suffix=st.sampled_from([*SUFFIXES]),
)
def test_articles_of_arbitrary_text_are_valid(start: str, text: str, encoding: str, suffix: str) -> None:
    found = read((start + text).encode(encoding, errors="replace"), f"a{suffix}")
    assert "reader-error" not in reasons(found)
    articles = [item for item in found if isinstance(item, Article)]
    assert all(is_valid(article) for article in articles)


def is_valid(article: Article) -> bool:
    spans = [furniture.span for furniture in article.furniture]
    if article.title_span is not None:
        assert not article.title_is_derived
        assert article.body[article.title_span.start : article.title_span.end].split() == article.title.split()
    assert all(0 <= span.start < span.end <= len(article.body) for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert (article.published is None) == (article.published_origin is None)
    assert article.title
    json.dumps(article.body).encode()
    article.body.encode("utf-8")
    assert not set(article.body) & set("\x00\r\x1b")
    return True


def test_a_full_disk_of_temporary_files_is_no_fault_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(text: str) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(building, "detect_language", full)
    with pytest.raises(DiskFullError, match="temporary file"):
        list(read_source(Source("a.txt", data=b"Talks in Ankara.")))
