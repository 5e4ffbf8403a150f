"""Files with others in them: zip archives and web archives, unchanged, changed and pruned."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.ingest.report import Report
from index.settings import Settings
from tests.unit.index.ingest.indexer.archive import age, counts, locators

Run = Callable[..., Report]
ONE = "Talks in Izmir\n\nThe talks were held in Izmir on Monday.\n"
TWO = "Sale in Rome\n\nRome, the capital of Italy, sold them in 2019.\n"
ROWS = '{"id": "x", "body": "Madrid is in Spain."}\n{"id": "y", "body": "Lisbon is in Portugal."}\n'


def write_zip(file: Path, members: Mapping[str, str | bytes]) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)


@pytest.fixture
def file(news: Path) -> Path:
    for text in news.iterdir():
        text.unlink()
    write_zip(news / "a.zip", {"one.txt": ONE, "two.txt": TWO, "rows.jsonl": ROWS})
    return news / "a.zip"


ALL = ["news/a.zip!/one.txt", "news/a.zip!/rows.jsonl#x", "news/a.zip!/rows.jsonl#y", "news/a.zip!/two.txt"]


def test_members_are_articles_that_their_locator_finds(run: Run, file: Path, settings: Settings) -> None:
    assert counts(run()) == (4, 0, 0, 0, 0)
    assert locators(settings) == ALL
    reader = open_reader(settings.index)
    assert reader.article(str(reader.resolve_article_id("news/a.zip!/two.txt"))).title == "Sale in Rome"
    reader.close()


def test_an_archive_that_looks_as_it_did_is_not_opened(run: Run, file: Path) -> None:
    age(file)
    run()
    broken = bytes(file.stat().st_size)
    file.write_bytes(broken)
    age(file)
    assert counts(run()) == (0, 0, 4, 0, 0)


def test_only_the_members_that_changed_are_indexed_again(run: Run, file: Path, settings: Settings) -> None:
    age(file)
    run()
    write_zip(file, {"one.txt": ONE.replace("Monday", "Tuesday"), "rows.jsonl": ROWS, "two.txt": TWO, "new.txt": ONE})
    assert counts(run()) == (1, 1, 3, 0, 0)
    assert counts(run()) == (0, 0, 5, 0, 0)


def test_members_that_vanished_are_pruned(run: Run, file: Path, settings: Settings) -> None:
    run()
    write_zip(file, {"one.txt": ONE, "rows.jsonl": ROWS.partition("\n")[0]})
    assert counts(run()) == (0, 0, 2, 0, 0)
    assert len(locators(settings)) == 4
    assert counts(run(prune=True, dry_run=True)) == (0, 0, 2, 2, 0)
    assert counts(run(prune=True)) == (0, 0, 2, 2, 0)
    assert locators(settings) == ALL[:2]


@pytest.mark.parametrize(
    ("members", "kept"),
    [
        # A picture says nothing about the others.
        ({"one.txt": ONE, "photo.png": b"\x89PNG\r\n\x1a\n" + bytes(50)}, ALL[:1]),
        # A member that is broken now may be read again later.
        ({"one.txt": ONE, "two.txt": b"\x89PNG\r\n\x1a\n" + bytes(50)}, [ALL[0], ALL[3]]),
        ({"one.txt": ONE, "rows.jsonl": "not JSON\n"}, ALL[:3]),
        ({"one.txt": ONE, "../two.txt": TWO}, ALL[:1]),
    ],
)
def test_a_bad_member_keeps_its_own_articles_alone(
    run: Run, file: Path, settings: Settings, members: dict[str, str | bytes], kept: list[str]
) -> None:
    run()
    write_zip(file, members)
    report = run(prune=True)
    assert (report.removed, report.failed) == (4 - len(kept), 1)
    assert locators(settings) == kept


def test_a_broken_archive_loses_nothing(run: Run, file: Path, settings: Settings) -> None:
    run()
    file.write_bytes(file.read_bytes()[:100])
    report = run(prune=True)
    assert (counts(report), report.failures[0].reason) == ((0, 0, 0, 0, 1), "damaged")
    assert locators(settings) == ALL


def test_an_archive_that_is_gone_is_pruned(run: Run, file: Path, settings: Settings) -> None:
    (file.parent / "stays.txt").write_text(ONE, encoding="utf-8")
    run()
    file.unlink()
    assert counts(run(prune=True)) == (0, 0, 1, 4, 0)


def web_record(number: int, status: str = "200 OK", kind: str = "text/html") -> bytes:
    page = f"<html><body><p>The ferry {number} sails from Izmir to Rome on Monday.</p></body></html>"
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{page}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/{number}\r\n"
        f"WARC-Date: 2019-03-05T10:00:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


@pytest.mark.parametrize("dry_run", [False, True])
def test_what_is_no_article_is_counted_beside_the_failures(run: Run, news: Path, dry_run: bool) -> None:
    file = news.parent / "a.warc"
    pictures = b"".join(web_record(number, kind="image/png") for number in range(100, 6_000))
    file.write_bytes(web_record(1) + pictures + web_record(2) + web_record(2) + web_record(3, status="404 Not Found"))
    report = run(file, dry_run=dry_run)
    assert counts(report) == (2, 0, 0, 0, 0)
    assert report.skipped == {
        "files of other types in web archives": 5_900,
        "redirects, errors and empty answers in web archives": 1,
        "repeated captures in web archives": 1,
    }
