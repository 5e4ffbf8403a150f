"""The application over the index of the seeds, asked without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from search.answer.service import SearchService, open_service
from web.app import create_app


@pytest.fixture(scope="session")
def service(seed_settings: Settings, seed_index: Path) -> Iterator[SearchService]:
    assert seed_index.is_dir()
    opened = open_service(seed_settings)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def app(seed_settings: Settings, service: SearchService) -> Flask:
    return create_app(seed_settings, service)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def empty_client(tmp_path: Path) -> FlaskClient:
    """The application where nothing was indexed yet."""
    return create_app(Settings(index=tmp_path / ".dossier")).test_client()
