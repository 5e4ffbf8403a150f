"""The encoding of an article is told with it, and whether it was guessed."""

from pathlib import Path

import pytest

from index.catalog.open import open_reader
from index.ingest.indexer import Indexer
from index.model import GUESSED_ENCODING, Article, Notice
from index.readers.base import ReadOptions, Source
from index.readers.registry import read_source
from index.settings import Settings

_RUSSIAN = "Отчёт о поставках зерна из Риги в Москву за прошлый год"
_MAIL = b"From: a@example.org\nSubject: Report\n\n"


def _read(name: str, data: bytes, encoding: str | None = None) -> tuple[Article, list[Notice]]:
    found = list(read_source(Source(name, data=data), ReadOptions(encoding=encoding)))
    (article,) = (item for item in found if isinstance(item, Article))
    return article, [item for item in found if isinstance(item, Notice) and item.reason == GUESSED_ENCODING]


@pytest.mark.parametrize(
    ("name", "data", "stated", "encoding", "is_guessed"),
    [
        pytest.param("a.txt", _RUSSIAN.encode(), None, "utf-8", False, id="UTF-8"),
        pytest.param("a.txt", _RUSSIAN.encode("cp1251"), None, "cp1251", True, id="statistics"),
        pytest.param("a.txt", _RUSSIAN.encode("cp1251"), "cp1251", "cp1251", False, id="stated by the user"),
        pytest.param("a.csv", f"title,body\nx,{_RUSSIAN}\n".encode("cp1251"), None, "cp1251", True, id="rows"),
        pytest.param("a.eml", _MAIL + _RUSSIAN.encode("cp1251"), None, "cp1251", True, id="mail without a charset"),
        pytest.param("a.eml", _MAIL + _RUSSIAN.encode("cp1251"), "cp1251", "cp1251", False, id="stated for mail"),
    ],
)
def test_encoding_is_told_and_a_guess_is_counted(
    name: str, data: bytes, stated: str | None, encoding: str, is_guessed: bool
) -> None:
    article, notices = _read(name, data, stated)
    assert (article.encoding, article.encoding_is_guessed) == (encoding, is_guessed)
    assert _RUSSIAN in article.body
    assert [notice.message for notice in notices] == ([encoding] if is_guessed else [])


@pytest.mark.parametrize(
    ("declared", "stated", "word"),
    [
        pytest.param("", "cp866", "Отчёт".encode("cp1251").decode("cp866"), id="nothing declared: as the user says"),
        pytest.param("Content-Type: text/plain; charset=windows-1251\n", "cp866", "Отчёт", id="as the part declares"),
    ],
)
def test_mail_without_a_charset_is_read_as_the_user_says(declared: str, stated: str, word: str) -> None:
    data = declared.encode() + _MAIL + _RUSSIAN.encode("cp1251")
    assert word in _read("a.eml", data, stated)[0].body


def test_an_encoding_other_than_utf8_is_a_part_of_the_content() -> None:
    guessed = _read("a.txt", _RUSSIAN.encode("cp1251"))[0]
    stated = _read("a.txt", _RUSSIAN.encode("cp1251"), "cp1251")[0]
    assert guessed.body == stated.body
    assert guessed.content_hash != stated.content_hash


def test_the_catalog_keeps_the_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(_RUSSIAN.encode("cp1251"))
    settings = Settings(index=tmp_path / ".index", model="none", workers=1)
    Indexer(settings).index([str(tmp_path)])
    reader = open_reader(settings.index)
    (article,) = reader.articles(list(reader.article_ids())).values()
    reader.close()
    assert (article.encoding, article.encoding_is_guessed) == ("cp1251", True)
