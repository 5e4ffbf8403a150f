"""New articles of a search: all of them, only them, and each once."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.errors import UsageError
from index.ingest.indexer import Indexer
from index.settings import Settings
from search.archive import OpenArchive, open_archive
from search.cli.main import cli
from search.cli.watcher import Watcher
from search.request import SearchRequest

ROME = SearchRequest(q="Rome")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / ".dossier", workers=1, packs=("core",), model="none", meaning="none")


@pytest.fixture
def write(settings: Settings) -> Callable[..., None]:
    """Writes articles by name and indexes them."""
    folder = settings.index.parent / "news"
    folder.mkdir()

    def add(**articles: str) -> None:
        for name, text in articles.items():
            (folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
        Indexer(settings, pool="local").index([str(folder)], prune=True, prune_many=True)

    add(first="Rome was there before.", other="Paris was, too.")
    return add


@pytest.fixture
def archive(settings: Settings, write: Callable[..., None]) -> Iterator[OpenArchive]:
    with open_archive(settings) as opened:
        yield opened


def watcher_of(archive: OpenArchive, request: SearchRequest = ROME, **options: object) -> Watcher:
    return Watcher(archive, request, typed=request.q, **options)  # type: ignore[arg-type]  # the tests give what it takes


def titles(watcher: Watcher) -> list[str]:
    return [entry.hit.title for entry in watcher.new()]


def test_what_was_there_before_is_not_new(archive: OpenArchive, write: Callable[..., None]) -> None:
    watcher = watcher_of(archive)
    assert titles(watcher) == []
    write(a="Rome, again.", b="Paris, again.")
    assert titles(watcher) == ["Rome, again"]
    assert titles(watcher) == []


def test_all_new_articles_come_once_while_others_index(archive: OpenArchive, write: Callable[..., None]) -> None:
    watcher = watcher_of(archive)
    expected = []

    def index() -> None:
        for batch in range(6):
            articles = {f"n{batch}x{number}": f"Rome {batch} {number}." for number in range(5)}
            write(**articles, **{f"p{batch}": "Paris."})

    for batch in range(6):
        expected += [f"Rome {batch} {number}" for number in range(5)]
    thread = threading.Thread(target=index)
    thread.start()
    found = []
    while thread.is_alive():
        found += titles(watcher)
    thread.join()
    found += titles(watcher)
    assert sorted(found) == sorted(expected)


def test_what_changes_or_means_another_entity_is_not_new(archive: OpenArchive, write: Callable[..., None]) -> None:
    watcher, changes = watcher_of(archive), watcher_of(archive, with_changed=True)
    write(first="Rome is another.", other="Rome, not Paris.")
    assert titles(watcher) == []
    assert sorted(titles(changes)) == ["Rome is another", "Rome, not Paris"]
    assert titles(changes) == []


def test_a_file_goes_on_from_run_to_run(archive: OpenArchive, write: Callable[..., None], tmp_path: Path) -> None:
    file = tmp_path / "rome.json"
    assert titles(watcher_of(archive, file=file)) == []
    write(a="Rome one.")
    assert titles(watcher_of(archive, file=file)) == ["Rome one"]
    write(b="Rome two.", c="Paris.")
    assert titles(watcher_of(archive, file=file)) == ["Rome two"]
    assert titles(watcher_of(archive, file=file)) == []
    assert [path.name for path in tmp_path.iterdir() if "rome" in path.name] == ["rome.json"]


def test_what_was_not_taken_whole_comes_again(archive: OpenArchive, write: Callable[..., None], tmp_path: Path) -> None:
    file = tmp_path / "rome.json"
    watcher_of(archive, file=file)
    write(a="Rome one.", b="Rome two.")
    killed = watcher_of(archive, file=file).new()
    next(killed)
    killed.close()
    assert titles(watcher_of(archive, file=file)) == ["Rome one", "Rome two"]


def test_a_time_says_from_when_on_articles_are_new(archive: OpenArchive) -> None:
    assert titles(watcher_of(archive, started="1999-01-01T00:00:00+00:00")) == ["Rome was there before"]
    assert titles(watcher_of(archive, started="2999-01-01T00:00:00+00:00")) == []


def test_a_search_that_is_followed_wants_all_its_words(archive: OpenArchive) -> None:
    always = "1999-01-01T00:00:00+00:00"
    assert titles(watcher_of(archive, SearchRequest(q="Rome xylophone"), started=always)) == []


def test_a_file_of_another_search_is_refused(archive: OpenArchive, tmp_path: Path) -> None:
    file = tmp_path / "rome.json"
    watcher_of(archive, file=file)
    with pytest.raises(UsageError, match="belongs to another search: Rome"):
        watcher_of(archive, SearchRequest(q="Paris"), file=file)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"search": 1}'])
def test_a_file_that_is_none_of_ours_is_refused(archive: OpenArchive, tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"not a file of search-cli watch\. To begin"):
        watcher_of(archive, file=tmp_path / "x.json")


def test_a_file_of_another_archive_is_refused(archive: OpenArchive, tmp_path: Path) -> None:
    file = tmp_path / "rome.json"
    watcher_of(archive, file=file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"changes":', '"changes":9'), encoding="utf-8")
    with pytest.raises(UsageError, match="replaced or restored"):
        watcher_of(archive, file=file)


def test_a_place_that_cannot_be_written_is_told(archive: OpenArchive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Name a file that can be written"):
        watcher_of(archive, file=tmp_path / "nowhere" / "rome.json")


def run(settings: Settings, *args: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(settings.index), "watch", *args])


def test_the_command_prints_a_line_for_each_and_says_whether_there_were_any(
    settings: Settings, write: Callable[..., None], tmp_path: Path
) -> None:
    command = ["Rome", "--once", "--state", str(tmp_path / "rome.json")]
    assert run(settings, *command).stdout == ""
    write(a="Rome one.")
    assert "\tRome one\tnews/a.txt\n" in run(settings, *command).stdout
    assert run(settings, *command).stdout == ""
    line = run(settings, "Rome", "--once", "--since", "1h", "--nl", "--fields", "title").stdout
    assert sorted(line.splitlines()) == ['{"title": "Rome one"}', '{"title": "Rome was there before"}']


@pytest.mark.parametrize(
    "args", [["--once"], ["--once", "--since", "soon"], ["--since", "-1d"], ["--fields", "x", "Rome"]]
)
def test_the_command_refuses_what_makes_no_sense(
    settings: Settings, write: Callable[..., None], args: list[str]
) -> None:
    assert isinstance(run(settings, *args).exception, UsageError)
