import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.settings import Settings
from tests.support.users import app_with_users, logged_in, make_users
from web.app import create_app
from web.serving.warming import warm_up
from web.visitors.users.records import UserRole


@pytest.fixture(autouse=True)
def _is_not_frozen_afterwards() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_no_request_compiles_a_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(Settings(index=tmp_path / ".dossier"))
    warm_up(app)
    monkeypatch.setattr(type(app.jinja_env), "compile", _fail)
    assert app.test_client().get("/help").status_code == 200
    assert app.test_client().get("/search?q=nothing").status_code == 503


def test_collections_leave_out_what_was_made_before_the_first_request(tmp_path: Path) -> None:
    before = gc.get_freeze_count()
    warm_up(create_app(Settings(index=tmp_path / ".dossier")))
    assert gc.get_freeze_count() > before


@pytest.mark.usefixtures("seed_index")
def test_no_request_opens_the_archive(seed_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(seed_settings)
    warm_up(app)
    monkeypatch.setattr("web.access.open_archive", _fail)
    assert "S-400" in app.test_client().get("/search?q=S-400").get_data(as_text=True)


@pytest.mark.usefixtures("seed_index")
def test_a_server_with_users_is_ready_too(
    seed_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_with_users(seed_settings, make_users(tmp_path))
    warm_up(app)
    monkeypatch.setattr("web.access.open_archive", _fail)
    viewer = logged_in(app, UserRole.VIEWER)
    assert "S-400" in viewer.get("/search?q=S-400").get_data(as_text=True)


@pytest.mark.usefixtures("seed_index")
def test_what_is_done_before_the_first_request_is_not_counted_as_one(seed_settings: Settings) -> None:
    app = create_app(seed_settings, has_metrics=True)
    warm_up(app)
    client = app.test_client()
    assert 'route="/search"' not in client.get("/metrics").get_data(as_text=True)
    client.get("/search")
    assert 'route="/search"' in client.get("/metrics").get_data(as_text=True)


def _fail(*args: object, **named: object) -> None:
    raise AssertionError("this was not done before")
