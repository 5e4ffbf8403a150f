"""The same archive on every engine: commands, the page, the API and Python answer alike with nothing but a setting."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import search
from index.engines.registry import find_engine
from index.settings import Settings
from search.archive import open_archive
from tests.contract.engines import INSTALLED
from tests.support.commands import Run
from web.app import create_app

# Those on servers are asked in `tests/servers`, and score in their own way.
_OTHERS = [name for name in INSTALLED if name != Settings().engine and not find_engine(name).is_server]
_COMMANDS = [
    ("search", "missile"),
    ("search", '"defense air"~5'),
    ("search", '"air defense" OR =missiles'),
    ("search", "missil* misile~1 -germany"),
    ("search", "agreement", "--source", "RIA"),
    ("search", 'person:"Recep Tayyip Erdoğan" amount:>1000000'),
    ("facets", "people"),
    ("facets", "amount_sizes"),
    ("mentions", "--q", "missile"),
    ("export", "missile"),
]
_ADDRESSES = [
    "/api/v1/search?q=missile",
    "/api/v1/search?q=missile&sort=newest",
    "/api/v1/search?q=%22defense+air%22~9&place=turkey",
    "/api/v1/search?q=s-400&person=vladimir-putin&person.op=all",
]


@pytest.fixture(params=_OTHERS)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def _outputs(run: Run) -> list[tuple[int, str]]:
    return [(result.returncode, result.stdout) for result in (run(*command) for command in _COMMANDS)]


def _answers(client: FlaskClient) -> Iterator[object]:
    for address in _ADDRESSES:
        answer = client.get(address).get_json()
        assert answer["total"] > 0, address
        for hit in answer["hits"]:
            # Engines add up in different orders.
            hit["score"] = round(hit["score"], 6)
        yield {name: value for name, value in answer.items() if name != "milliseconds"}


def _client(folder: Path, engine: str) -> FlaskClient:
    settings = Settings(index=folder, engine=engine)
    return create_app(settings, open_archive(settings)).test_client()


def test_commands_page_api_and_python_answer_alike(
    in_process_on_copy: Run, seed_index: Path, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, folder = in_process_on_copy, tmp_path / seed_index.name
    expected = _outputs(run)
    answers = list(_answers(_client(folder, Settings().engine)))
    assert run("rebuild", "--engine", engine).returncode == 0
    refused = run("search", "missile")
    assert (refused.returncode, f"name '{engine}' in search.toml" in refused.stderr) == (3, True)
    monkeypatch.setenv("SEARCH_CLI_ENGINE", engine)
    assert _outputs(run) == expected
    client = _client(folder, engine)
    assert list(_answers(client)) == answers
    assert "S-400" in client.get("/search?q=missile", follow_redirects=True).get_data(as_text=True)
    with search.open(folder, engine=engine) as archive:
        assert archive.search("missile").total == 5
    assert run("doctor").returncode == 0


def test_a_backup_is_restored_to_any_engine(
    in_process_on_copy: Run, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = in_process_on_copy
    assert run("backup", "file.zip").returncode == 0
    monkeypatch.setenv("SEARCH_CLI_ENGINE", engine)
    (tmp_path / "other").mkdir()
    assert run("-C", "other", "restore", "file.zip").returncode == 0
    assert run("-C", "other", "doctor").returncode == 0
    assert len(run("-C", "other", "search", "missile").stdout.splitlines()) >= 5
