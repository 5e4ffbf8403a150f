"""Answers follow the state of the archive: tags change with every decision, and merged ids lead to the current ones."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import web.app
from index import archive
from index.deciding import Decider
from index.errors import DecisionError
from index.identity.decisions import AnyDecision, KeepApart, Merge, Rename, expect_versions
from index.settings import Settings
from web.app import create_app


@pytest.fixture
def settings(seed_index: Path, seed_settings: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(seed_index, tmp_path / ".dossier")
    return Settings(index=tmp_path / ".dossier", workers=1, model=seed_settings.model)


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


def again(client: FlaskClient, path: str, tag: str) -> int:
    return client.get(path, headers={"If-None-Match": tag}).status_code


@pytest.mark.parametrize(
    "decision",
    [
        Rename("ismail-demir", "I. Demir"),
        KeepApart("cbs", "trt"),
        Merge("cbs", "trt"),
    ],
    ids=lambda decision: type(decision).__name__,
)
@pytest.mark.parametrize(
    "path",
    [
        "/search?q=Demir",
        "/entity/ismail-demir",
        "/entities/people",
        "/suggestions",
        "/facet/person",
        "/api/v1/search?q=Demir",
        "/api/v1/entities/ismail-demir",
        "/api/v1/suggestions",
    ],
)
def test_every_decision_changes_every_tag(
    client: FlaskClient, settings: Settings, path: str, decision: AnyDecision
) -> None:
    tag = client.get(path).headers["ETag"]
    assert again(client, path, tag) == 304
    number = Decider(settings).decide(decision).decisions[0].id
    assert again(client, path, tag) == 200
    newer = client.get(path).headers["ETag"]
    Decider(settings).undo(number)
    assert again(client, path, newer) == 200


def test_a_new_name_is_shown_at_once(client: FlaskClient, settings: Settings) -> None:
    tag = client.get("/search?q=Demir").headers["ETag"]
    Decider(settings).decide(Rename("ismail-demir", "The Head of SSB"))
    answer = client.get("/search?q=Demir", headers={"If-None-Match": tag})
    assert "The Head of SSB" in answer.get_data(as_text=True)


def test_the_version_of_the_api_can_be_handed_back_until_the_entity_changes(
    client: FlaskClient, settings: Settings
) -> None:
    version = client.get("/api/v1/entities/trt").json["entity"]["version"]
    Decider(settings).decide(Rename("ismail-demir", "I. Demir"))
    Decider(settings).decide(Merge("cbs", "trt"), expected=expect_versions([version]))
    with pytest.raises(DecisionError, match="“CBS” was merged into it by decision 2"):
        Decider(settings).decide(Rename("trt", "TRT World"), expected=expect_versions([version]))
    newer = client.get("/api/v1/entities/cbs").json["entity"]["version"]
    assert Decider(settings).decide(Rename("trt", "TRT World"), expected=expect_versions([newer])).decisions


def test_an_upgrade_of_the_program_changes_tags(
    client: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = client.get("/search?q=Demir").headers["ETag"]
    monkeypatch.setattr(archive, "_program_version", lambda: "99")
    assert again(client, "/search?q=Demir", tag) == 200
    monkeypatch.undo()
    assert again(client, "/search?q=Demir", tag) == 304
    monkeypatch.setattr(web.app, "_digest", lambda files: f"other {len(list(files))}")
    assert again(create_app(settings).test_client(), "/search?q=Demir", tag) == 200


@pytest.fixture
def merged(client: FlaskClient, settings: Settings) -> FlaskClient:
    """The application after "cbs" was merged into "trt"."""
    Decider(settings).decide(Merge("cbs", "trt"))
    return client


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/search?org=cbs", "/search?org=trt"),
        ("/search?q=Turkey&org=cbs&org=trt", "/search?q=Turkey&org=trt"),
        ("/search?org=-cbs", "/search?org=-trt"),
        ("/facet/person?org=cbs", "/facet/person?org=trt"),
        ("/facet/person?org=cbs&by=name", "/facet/person?org=trt&by=name"),
        ("/entity/cbs", "/entity/trt"),
    ],
)
def test_a_merged_id_leads_to_the_current_one_for_good(merged: FlaskClient, path: str, target: str) -> None:
    answer = merged.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (301, target)
    assert merged.get(target).status_code == 200


def test_the_api_reads_a_merged_id_as_the_current_one_and_says_so(merged: FlaskClient) -> None:
    old, new = (merged.get(f"/api/v1/search?org={name}").json for name in ("cbs", "trt"))
    assert old["total"] == new["total"] > 0
    assert ["“cbs” is now" in notice["message"] for notice in old["notices"]] == [True]
    assert new["notices"] == []
    facets = [merged.get(f"/api/v1/facets/person?org={name}").json["facet"]["values"] for name in ("cbs", "trt")]
    counts = [[(value["value"], value["count"]) for value in values] for values in facets]
    assert counts[0] == counts[1] != []


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("/search?org=nobody", lambda answer: answer.get_data(as_text=True)),
        ("/api/v1/search?org=nobody", lambda answer: " ".join(notice["message"] for notice in answer.json["notices"])),
    ],
)
def test_an_unknown_id_finds_nothing_and_says_so(client: FlaskClient, path: str, read: Callable[[object], str]) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "No organization in this archive has the id “nobody”" in read(answer)
