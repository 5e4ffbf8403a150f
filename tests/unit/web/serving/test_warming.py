import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.settings import Settings
from web.app import create_app
from web.serving.warming import warm_up


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


def _fail(*args: object, **named: object) -> None:
    raise AssertionError("a template was compiled")
