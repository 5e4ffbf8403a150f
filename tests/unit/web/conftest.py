"""The application over the index of the seeds, asked without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from search.archive import OpenArchive, open_archive
from web.app import create_app


@pytest.fixture(scope="session")
def archive(seed_settings: Settings, seed_index: Path) -> Iterator[OpenArchive]:
    assert seed_index.is_dir()
    with open_archive(seed_settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def app(seed_settings: Settings, archive: OpenArchive) -> Flask:
    return create_app(seed_settings, archive)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def empty_client(tmp_path: Path) -> FlaskClient:
    """The application where nothing was indexed yet."""
    return create_app(Settings(index=tmp_path / ".dossier")).test_client()


@pytest.fixture(scope="session")
def awkward_app(awkward_settings: Settings) -> Iterator[Flask]:
    with open_archive(awkward_settings) as opened:
        yield create_app(awkward_settings, opened)


@pytest.fixture
def awkward_client(awkward_app: Flask) -> FlaskClient:
    return awkward_app.test_client()
