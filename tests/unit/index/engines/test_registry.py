from pathlib import Path

import pytest

from index.engines.base import EngineEntry, EngineLocation
from index.engines.registry import ENGINES, find_engine, load_class, locate, open_writer, verify
from index.errors import UsageError
from index.model import Document
from search.engines.registry import engine_capabilities, open_searcher
from search.query.ast import Everything

_STRANGER = """
from index.engines.base import EngineEntry

ENTRY = EngineEntry("tests.reference.engine:ReferenceWriter", "tests.reference.engine:ReferenceSearcher")
OLD = ("tests.reference.engine:ReferenceWriter", "tests.reference.engine:ReferenceSearcher")
"""

_ENTRY_POINTS = """
[dossier.engines]
strange = strange_engine:ENTRY
old = strange_engine:OLD
broken = strange_engine:NOTHING
"""


@pytest.fixture
def _strangers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package that offers engines."""
    package = tmp_path / "installed"
    (package / "strange_engine-1.0.dist-info").mkdir(parents=True)
    (package / "strange_engine.py").write_text(_STRANGER)
    (package / "strange_engine-1.0.dist-info/METADATA").write_text("Name: strange-engine\nVersion: 1.0\n")
    (package / "strange_engine-1.0.dist-info/entry_points.txt").write_text(_ENTRY_POINTS)
    monkeypatch.syspath_prepend(package)


def test_an_unknown_engine_is_said_with_those_that_are_known(tmp_path: Path) -> None:
    message = r"no engine 'lucene'\. Known: .*whoosh"
    for open_ in (lambda: open_writer("lucene", tmp_path, lock_seconds=0), lambda: open_searcher("lucene", tmp_path)):
        with pytest.raises(UsageError, match=message):
            open_()


@pytest.mark.usefixtures("_strangers")
def test_an_engine_of_another_package_is_found_by_its_entry_point(tmp_path: Path) -> None:
    with open_writer("strange", tmp_path, lock_seconds=0) as writer:
        writer.put([Document(id="a", title="", body="Missiles")])
    assert list(open_searcher("strange", tmp_path).scan(Everything())) == ["a"]
    assert engine_capabilities("strange").can_pin_commits
    assert verify("strange", tmp_path) == ()
    with pytest.raises(UsageError, match=r"Known: broken, old, .*strange, .*whoosh"):
        find_engine("lucene")


@pytest.mark.usefixtures("_strangers")
@pytest.mark.parametrize(("name", "message"), [("old", "not an EngineEntry"), ("broken", "NOTHING")])
def test_an_engine_that_does_not_fit_is_said(name: str, message: str) -> None:
    with pytest.raises(UsageError, match=f"'{name}'.*{message}"):
        find_engine(name)


@pytest.mark.parametrize(
    ("extra", "advice"), [("missing", r"pip install 'dossier-search\[missing\]'"), ("", "Update its package")]
)
def test_a_package_that_an_engine_needs_is_named(extra: str, advice: str) -> None:
    entry = EngineEntry("no_such_package.writer:Writer", "", extra)
    with pytest.raises(UsageError, match=f"no_such_package.*{advice}"):
        load_class("some", entry, entry.writer)


def test_a_class_that_is_not_there_is_said() -> None:
    entry = ENGINES["whoosh"]
    with pytest.raises(UsageError, match="WhooshReader"):
        load_class("whoosh", entry, "index.engines.whoosh.writer:WhooshReader")


def test_a_bare_folder_is_a_location() -> None:
    location = EngineLocation(url="http://localhost:9200", options={"index": "news"})
    assert locate(Path("x")) == EngineLocation(folder=Path("x"))
    assert locate(location) is location


def test_an_engine_on_disk_needs_a_folder() -> None:
    with pytest.raises(UsageError, match="folder"):
        open_searcher("whoosh", EngineLocation(url="http://localhost:9200"))
