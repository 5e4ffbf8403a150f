from pathlib import Path

import pytest

from index.engines.base import EngineLocation
from index.engines.opensearch.options import read_options
from index.errors import UsageError

_URL = "https://search.example.org:9200"


def _location(**options: str) -> EngineLocation:
    return EngineLocation(Path("/news/engine"), url=options.pop("url", _URL), options=options)


def test_without_options_the_index_is_that_of_the_folder() -> None:
    here, there = (read_options(EngineLocation(Path(name), url=_URL), {}) for name in ("/a", "/b"))
    assert here.name != there.name
    assert here.name.startswith("dossier-")
    assert (here.urls, here.shards, here.replicas, here.user, here.password) == ((_URL,), 1, None, "", "")


def test_options_are_read() -> None:
    found = read_options(
        _location(
            url=f"{_URL}/, https://two.example.org", index="news", shards="3", replicas="2", user="ada", timeout="5"
        ),
        {},
    )
    assert found.urls == (_URL, "https://two.example.org")
    assert (found.name, found.shards, found.replicas, found.user, found.timeout) == ("news", 3, 2, "ada", 5.0)


def test_secrets_come_from_the_environment_or_a_file_which_wins(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("from file\nsecond line\n", encoding="utf-8")
    environment = {"OPENSEARCH_PASSWORD": "from environment", "OPENSEARCH_TOKEN": "token"}
    assert read_options(_location(index="news"), environment).password == "from environment"
    assert read_options(_location(index="news"), environment).token == "token"
    assert read_options(_location(index="news", password_file=str(file)), environment).password == "from file"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"url": ""}, "needs the address of a server"),
        ({"url": "search.example.org"}, "Write http://HOST:PORT"),
        ({"url": "https://ada:secret@search.example.org"}, "OPENSEARCH_PASSWORD"),
        ({"colour": "red"}, "no setting 'colour' for opensearch. Known: ca_file"),
        ({"index": "News"}, "cannot be 'News'"),
        ({"index": "a" * 101}, "at most 100"),
        ({"index": "news,other"}, "cannot be"),
        ({"shards": "0"}, "shards in .engine. cannot be '0'. Write a number from 1"),
        ({"replicas": "-1"}, "Write a number from 0"),
        ({"timeout": "soon"}, "timeout in .engine. cannot be 'soon'"),
        ({"timeout": "0"}, "above 0"),
        ({"password_file": "/nowhere"}, "password_file in .engine. cannot be read"),
        ({"ca_file": "/nowhere"}, "ca_file in .engine. cannot be read: /nowhere: No such file"),
        ({"ca_file": __file__}, "ca_file in .engine. cannot be read: .*in PEM"),
    ],
)
def test_an_option_that_cannot_be_used_is_named(options: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        read_options(_location(**options), {})
    assert "secret" not in str(error.value)


def test_secrets_are_not_shown() -> None:
    found = read_options(_location(index="news"), {"OPENSEARCH_PASSWORD": "secret", "OPENSEARCH_TOKEN": "secret"})
    assert "secret" not in repr(found)


def test_an_index_without_a_folder_needs_a_name() -> None:
    with pytest.raises(UsageError, match="folder"):
        read_options(EngineLocation(url=_URL), {})
    assert read_options(EngineLocation(url=_URL, options={"index": "news"}), {}).name == "news"
