"""Settings from defaults, a file, the environment and options."""

from pathlib import Path

import pytest

from index.archive import Archive
from index.errors import UsageError
from index.settings import Settings, load_settings


def loaded(folder: Path, text: str = "", **environment: str) -> Settings:
    (folder / "search.toml").write_text(text, encoding="utf-8")
    return load_settings(working_folder=folder, environment=environment)


def test_the_environment_wins_over_the_file_and_options_over_both(tmp_path: Path) -> None:
    (tmp_path / "search.toml").write_text("workers = 1\nmodel = 'none'\nlock_seconds = 1", encoding="utf-8")
    environment = {"SEARCH_CLI_WORKERS": "2", "SEARCH_CLI_MODEL": "a"}
    settings = load_settings(working_folder=tmp_path, environment=environment, options={"workers": 3, "packs": None})
    assert (settings.workers, settings.model, settings.lock_seconds) == (3, "a", 1.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("engine = 'other'", ("other", "", {}, "")),
        ("[engine]\nname = 'other'", ("other", "", {}, "")),
        (
            "[engine]\nname = 'other'\nurl = 'https://localhost:9200'\nindex = 'news'\nreplicas = 1",
            ("other", "https://localhost:9200", {"index": "news", "replicas": "1"}, ""),
        ),
        ("[catalog]\nurl = 'postgresql://me:secret@localhost/news'", (
            "whoosh", "", {}, "postgresql://me:secret@localhost/news",
        )),
        ("[catalog]\nurl = 'sqlite:///news/catalog.sqlite3'", ("whoosh", "", {}, "sqlite:///news/catalog.sqlite3")),
    ],
)  # fmt: skip
def test_tables_of_catalog_and_engine(tmp_path: Path, text: str, expected: tuple[object, ...]) -> None:
    settings = loaded(tmp_path, text)
    found = (settings.engine, settings.engine_url, dict(settings.engine_options), settings.catalog_url)
    assert found == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour = 'red'", "unknown setting 'colour'"),
        ("workers = -1", "workers cannot be -1"),
        ("workers = 'many'", "workers cannot be 'many'"),
        ("lock_seconds = -1", "lock_seconds cannot be -1"),
        ("lock_seconds = nan", "lock_seconds cannot be nan"),
        ("[catalog]\nurl = 'mysql://me:secret@localhost/news'", "catalog_url cannot be this address"),
        ("[catalog]\nurl = 'news'", "Write sqlite://... or postgresql://..."),
        ("[catalog]\nname = 'news'", "[catalog] has no setting 'name'"),
        ("[engine]\nurl = 'ftp://localhost'", "engine_url cannot be this address"),
        ("[engine]\nhosts = ['a', 'b']", "[engine] has no setting 'hosts'"),
        ("workers = ", "Fix the file or remove it"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        loaded(tmp_path, text)
    assert message in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        "[catalog]\nurl = 'sqlite:///news/catalog.sqlite3'",
        "[engine]\nurl = 'http://localhost'",
        "[engine]\nindex = 'a'",
    ],
)
def test_settings_that_would_be_ignored_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="Remove"):
        Archive(loaded(tmp_path, text))


def test_an_engine_on_a_server_needs_its_address_before_all_work(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'opensearch' needs the address of a server"):
        Archive(loaded(tmp_path, "[engine]\nname = 'opensearch'\nindex = 'news'"))
    archive = Archive(loaded(tmp_path, "[engine]\nname = 'opensearch'\nurl = 'http://localhost:1'\nindex = 'news'"))
    assert (archive.engine_location.url, archive.engine_location.options) == ("http://localhost:1", {"index": "news"})
    assert archive.locate_engine("whoosh").url == ""
    assert archive.has_engine("opensearch")
    assert not archive.has_engine("whoosh")
