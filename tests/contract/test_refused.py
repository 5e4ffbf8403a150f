"""An article that the engine cannot store stops nothing: it is counted, and named until it is stored."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from index import publishing
from index.deciding import Decider
from index.identity.decisions import Rename
from index.ingest.indexer import Indexer
from index.ingest.report import Report
from index.settings import Settings
from search.archive import open_archive
from search.cli.commands.doctor import doctor
from search.request import SearchRequest
from tests.contract.engines import ENGINES as ALL
from tests.contract.engines import INSTALLED, Engine, parameters, running

# The default engine stores values of any length.
REFUSING = [engine for engine in ALL if engine.name in {"tantivy", "opensearch"} & set(INSTALLED)]
TEXTS = {
    "a": "Ismail Demir spoke in Ankara.",
    "b": "UNFIT. Vladimir Putin was in Ankara.",
    "c": "Hulusi Akar left Ankara.",
}


@pytest.fixture(params=parameters(REFUSING))
def engine(request: pytest.FixtureRequest) -> Engine:
    return running(request)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def settings(engine: Engine, news: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    made = publishing.make_document

    def with_long_values(article: Any, *arguments: Any, **options: Any) -> Any:
        document = made(article, *arguments, **options)
        return replace(document, source="x" * 70_000) if "UNFIT" in article.body else document

    monkeypatch.setattr(publishing, "make_document", with_long_values)
    folder = news.parent / ".dossier"
    url = engine.location(folder).url
    return Settings(index=folder, workers=1, packs=("core",), model="none", engine=engine.name, engine_url=url)


def run(settings: Settings, news: Path, **options: Any) -> Report:
    return Indexer(settings, pool="local").index([str(news)], **options)


def names(settings: Settings, **request: Any) -> list[str]:
    """The first letters of the articles that a search finds."""
    with open_archive(settings) as archive, archive.view() as view:
        return sorted(hit.id[0] for hit in view.service.search(SearchRequest(**request)).hits)


def problems(settings: Settings) -> list[tuple[str, bool]]:
    return [(problem.text, problem.is_damage) for problem in doctor(settings)]


def failures(settings: Settings) -> list[tuple[str, str]]:
    with open_archive(settings) as archive, archive.view() as view:
        found = [row.failure for row in view.service.catalog.failures()]
        return [(Path(failure.locator).name, failure.reason) for failure in found]


def test_the_others_are_found_and_the_article_is_counted_and_named(settings: Settings, news: Path) -> None:
    report = run(settings, news)
    assert (report.added, report.failed, len(report.failures)) == (3, 1, 1)
    (failure,) = report.failures
    assert (Path(failure.locator).name, failure.reason) == ("b.txt", "refused")
    assert names(settings, q="Ankara") == ["a", "c"]
    assert failures(settings) == [("b.txt", "refused")]
    ((text, is_damage),) = problems(settings)
    assert text.startswith("1 article cannot be found, as the engine refused it (")
    assert "b.txt: " in text
    assert not is_damage


def test_another_run_tells_it_once_and_keeps_it(settings: Settings, news: Path) -> None:
    run(settings, news)
    (news / "d.txt").write_text("Another report from Ankara.", encoding="utf-8")
    report = run(settings, news)
    assert (report.read, report.added, report.failed) == (4, 1, 0)
    assert names(settings, q="Ankara") == ["a", "c", "d"]
    assert failures(settings) == [("b.txt", "refused")]
    assert [is_damage for _, is_damage in problems(settings)] == [False]


@pytest.mark.parametrize("how", ["mended", "pruned", "rebuilt"])
def test_it_is_forgotten_when_it_is_stored_or_gone(
    settings: Settings, news: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    run(settings, news)
    if how == "mended":
        (news / "b.txt").write_text("Vladimir Putin was in Ankara.", encoding="utf-8")
        report = run(settings, news)
        assert (report.changed, report.failed) == (1, 0)
    elif how == "pruned":
        (news / "b.txt").unlink()
        assert run(settings, news, prune=True, prune_many=True).removed == 1
    else:
        assert Indexer(settings).rebuild().failed == 1
        assert names(settings, q="Ankara") == ["a", "c"]
        monkeypatch.undo()
        assert Indexer(settings).rebuild().failed == 0
    assert names(settings, q="Ankara") == (["a", "c"] if how == "pruned" else ["a", "b", "c"])
    assert (failures(settings), problems(settings)) == ([], [])


def test_an_article_that_becomes_unfit_is_found_no_more(settings: Settings, news: Path) -> None:
    run(settings, news)
    (news / "a.txt").write_text("UNFIT. Ismail Demir spoke in Ankara.", encoding="utf-8")
    report = run(settings, news)
    assert (report.changed, report.failed) == (1, 1)
    assert names(settings, q="Ankara") == ["c"]
    assert failures(settings) == [("a.txt", "refused"), ("b.txt", "refused")]
    assert [is_damage for _, is_damage in problems(settings)] == [False]


def test_a_decision_about_its_entities_is_made(settings: Settings, news: Path) -> None:
    run(settings, news)
    Decider(settings).decide(Rename("ankara", "Angora"))
    assert names(settings, q="Ankara") == ["a", "c"]
    assert failures(settings) == [("b.txt", "refused")]


def test_when_all_are_refused_the_archive_says_so(settings: Settings, news: Path) -> None:
    for file in news.iterdir():
        file.write_text(f"UNFIT. {file.read_text(encoding='utf-8')}", encoding="utf-8")
    report = run(settings, news)
    assert (report.added, report.failed, names(settings, q="Ankara")) == (3, 3, [])
    assert [is_damage for _, is_damage in problems(settings)] == [False]
