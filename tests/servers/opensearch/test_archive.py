"""An archive with its catalog on PostgreSQL and its index on OpenSearch: commands, page, API, Python."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

import search
from index.engines.opensearch.state import STATE_INDEX
from index.ingest.indexer import Indexer
from index.settings import Settings
from search.archive import OpenArchive, open_archive
from search.archive_api import Archive
from search.cli.main import main
from search.request import SearchRequest
from tests.conftest import SEEDS
from tests.support.editing import EditingSite, editing_app

QUERIES = ("Patriot withdrawal", "place:turkey", "", "S-400 OR nothing", "misile~1 defen*", '"air defense"~3', "Rusia")


def settings_at(folder: Path, **more: object) -> Settings:
    return Settings(index=folder / ".dossier", workers=1, model="none", **more)  # type: ignore[arg-type]


def sources() -> list[str]:
    return [str(path) for path in sorted(SEEDS.glob("*.txt"))]


@pytest.fixture(scope="module")
def served(
    opensearch_server: str, postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    settings = settings_at(
        tmp_path_factory.mktemp("served"),
        catalog_url=f"{postgres_server}&schema=with_opensearch",
        engine="opensearch",
        engine_url=opensearch_server,
        engine_options={"index": "seeds"},
    )
    assert Indexer(settings, pool="local").index(sources()).added == 5
    yield settings
    OpenSearch(opensearch_server).indices.delete(index="seeds-*")


@pytest.fixture
def named(served: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The archive as users name it: by a file of settings in the working folder."""
    text = f"""
        index = "{served.index}"
        [catalog]
        url = "{served.catalog_url}"
        [engine]
        name = "opensearch"
        url = "{served.engine_url}"
        index = "seeds"
    """
    (tmp_path / "search.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return served


def answers(archive: Archive) -> list[object]:
    """The part of an answer that all engines agree on."""
    found = [archive.search(query) for query in QUERIES]
    facets = [archive.facets(name).values for name in ("people", "places", "systems")]
    return [sorted((hit.id, hit.title) for hit in result.hits) for result in found] + facets


def test_python_answers_as_with_files(named: Settings, tmp_path: Path) -> None:
    in_files = settings_at(tmp_path / "files")
    Indexer(in_files, pool="local").index(sources())
    with search.open() as ours, Archive(OpenArchive(in_files)) as theirs:
        assert answers(ours) == answers(theirs)


@pytest.mark.parametrize("query", ["", "Patriot", "place:turkey", "S-400 OR nothing", "nowhere"])
def test_a_graph_is_drawn_as_with_files(named: Settings, tmp_path: Path, query: str) -> None:
    in_files = settings_at(tmp_path / "files")
    Indexer(in_files, pool="local").index(sources())
    graphs = []
    for settings in (named, in_files):
        with open_archive(settings) as archive, archive.view() as view:
            graphs.append(view.service.graph(SearchRequest(q=query)))
    assert graphs[0] == graphs[1]
    assert bool(graphs[0].ties) == (query != "nowhere")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Patriot withdrawal"], "S-400"),
        (["Patriot withdrwal"], "withdrawal"),
        (["Patriot withdrawal", "--engine", "opensearch"], "S-400"),
        (["stats"], "articles       5"),
        (["doctor"], "are intact and agree"),
        (["entities", "show", "turkey"], "Turkey"),
        (["facets", "places"], "Turkey"),
        (["rebuild"], "5 articles written"),
    ],
)
def test_commands_read_it(
    named: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.setattr("sys.argv", ["search-cli", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    output = capsys.readouterr()
    assert (ended.value.code or 0) == 0, output
    assert said in output.out + output.err


def test_a_decision_on_the_page_counts(served: Settings) -> None:
    site = EditingSite(editing_app(served).test_client())

    def total(query: str) -> int:
        return int(site.client.get(f"/api/v1/search?{query}").json["total"])

    assert (total("place=ankara"), total("place=turkey"), total("q=Patriot")) == (5, 5, 5)
    text = site.decide("/entity/turkey/rename?name=T%C3%BCrkiye")
    assert site.entity("turkey")[0] == "Türkiye"
    assert "Türkiye" in site.open("/search?q=Patriot")
    assert total("q=place:T%C3%BCrkiye") == 5
    before = site.entity("russia")
    merged = site.decide("/entity/moscow/same?other=russia")
    after = site.entity("russia")
    assert (after[2], after[3] > before[3]) == (5, True)
    site.undo(merged)
    assert site.entity("russia") == before
    site.undo(text)
    assert site.entity("turkey")[0] == "Turkey"


def test_the_page_says_that_the_engine_is_away(served: Settings) -> None:
    away = replace(served, engine_url="http://127.0.0.1:9", engine_options={"index": "seeds", "patience": "0.1"})
    answer = editing_app(away).test_client().get("/search?q=Patriot")
    assert (answer.status_code, "OpenSearch cannot be reached" in answer.get_data(as_text=True)) == (503, True)


def test_an_index_that_is_lost_is_written_again_with_the_next_article(served: Settings, tmp_path: Path) -> None:
    client = OpenSearch(served.engine_url)
    client.delete(index=STATE_INDEX, id="seeds")
    article = tmp_path / "new.txt"
    article.write_text("Moscow again\n\nThe Patriot came back to Moscow.", encoding="utf-8")
    Indexer(served, pool="local").index([str(article)])
    site = EditingSite(editing_app(served).test_client())
    assert site.client.get("/api/v1/search?q=Patriot").json["total"] == 6
    assert site.client.get("/api/v1/search?q=").json["total"] == 6
