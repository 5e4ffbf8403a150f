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
        {"OPENSEARCH_PASSWORD": "secret"},
    )
    assert found.urls == (_URL, "https://two.example.org")
    assert (found.name, found.shards, found.replicas, found.user, found.timeout) == ("news", 3, 2, "ada", 5.0)


def test_secrets_come_from_the_environment_or_a_file_which_wins(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from file\nsecond line\n", encoding="utf-8")
    password, token = {"OPENSEARCH_PASSWORD": "from environment"}, {"OPENSEARCH_TOKEN": "from environment"}
    assert read_options(_location(user="ada"), password).password == "from environment"
    assert read_options(_location(user="ada", password_file=str(file)), password).password == "from file"
    assert read_options(_location(), token).token == "from environment"
    assert read_options(_location(token_file=str(file)), token).token == "from file"


@pytest.mark.parametrize(
    ("options", "environment", "said"),
    [
        ((), ("PASSWORD",), r"a password \(the variable OPENSEARCH_PASSWORD\) and no user. Write user = NAME"),
        (("password_file",), (), r"a password \(password_file in .engine.\) and no user"),
        (("user",), (), "user in .engine. is 'ada', and there is no password. Put it in the variable OPENSEARCH_PASS"),
        (("user",), ("TOKEN",), r"a token \(the variable OPENSEARCH_TOKEN\) and user in .engine.: one way"),
        (("user", "token_file"), ("PASSWORD",), r"a token \(token_file in .engine.\) and user in .engine.: one way"),
        ((), ("PASSWORD", "TOKEN"), r"a token \(.*TOKEN\) and the variable OPENSEARCH_PASSWORD: one way"),
        (("token_file", "password_file"), (), "token_file in .engine.. and password_file in .engine.: one way"),
        (("user", "empty password_file"), (), "password_file in .engine. names a file whose first line is empty"),
        (("empty token_file",), (), "token_file in .engine. names a file whose first line is empty"),
    ],
)
def test_half_of_a_way_to_sign_in_is_said_at_once(
    tmp_path: Path, options: tuple[str, ...], environment: tuple[str, ...], said: str
) -> None:
    named: dict[str, str] = {}
    for option in options:
        key = option.removeprefix("empty ")
        file = tmp_path / key
        file.write_text("\n" if key != option else "secret\n", encoding="utf-8")
        named[key] = "ada" if key == "user" else str(file)
    with pytest.raises(UsageError, match=said) as error:
        read_options(_location(**named), {f"OPENSEARCH_{name}": "secret" for name in environment})
    assert "secret" not in str(error.value).replace(str(tmp_path), "")


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
        ({"ca_file": __file__, "url": "http://localhost:9200"}, "ca_file in .engine. is for https"),
    ],
)
def test_an_option_that_cannot_be_used_is_named(options: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        read_options(_location(**options), {})
    assert "secret" not in str(error.value)


def test_secrets_are_not_shown() -> None:
    for options, variable in ((_location(user="ada"), "OPENSEARCH_PASSWORD"), (_location(), "OPENSEARCH_TOKEN")):
        assert "secret" not in repr(read_options(options, {variable: "secret"}))


def test_an_index_without_a_folder_needs_a_name() -> None:
    with pytest.raises(UsageError, match="folder"):
        read_options(EngineLocation(url=_URL), {})
    assert read_options(EngineLocation(url=_URL, options={"index": "news"}), {}).name == "news"
